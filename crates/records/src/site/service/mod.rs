//! Use cases of the portal's face, and what the public side reads of it.

mod face;
mod find;
mod fixed;
mod generate;

pub(crate) use face::{BannerDraft, FaceDraft, banner, drop_banner, overview, save_banner, save_face, save_menu};
pub use face::{Look, banners_today, look};
pub(super) use find::{LINKS, SEARCH};
pub(crate) use fixed::{PageDraft, add, change, editions, page, publish, withdraw};
pub use fixed::{addresses, live};
pub use generate::generate;

use ::store::Tx;
use kernel::{Actor, Result, Uuid};
use platform::{
    App,
    audit::{self, Entry},
    revision,
};
use serde_json::json;

/// Records a change that readers see.
async fn note(app: &App, tx: &Tx, actor: &Actor, action: &str, (id, what): (Option<Uuid>, &str)) -> Result<()> {
    revision::bump(&**tx, app.clock.now()).await?;
    let entry = Entry { action, subject: "site", id, detail: json!({ "title": what }) };
    audit::record(&**tx, &*app.clock, actor, entry).await
}
