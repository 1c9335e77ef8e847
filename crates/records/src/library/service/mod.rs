//! Use cases of the library, and what the public side and the newsroom read.

mod check;
mod collections;
mod find;
mod generate;
mod keep;
mod list;
mod package;
mod practices;
mod public;
mod sight;
mod upload;

pub(crate) use check::{check, sweep};
pub(crate) use collections::save_collection;
pub(super) use find::{LINKS, SEARCH};
pub use generate::{Filled, generate};
pub(crate) use keep::{check_again, edit, give_file, hide, reasons_of, show};
pub use keep::{create, is_sound, unshown};
pub(crate) use list::{Query, list, seen};
pub(super) use package::catalogue;
pub(crate) use package::{ask_package, make_package, open_package, packages};
pub use practices::create_practice;
pub(crate) use practices::{
    PracticeSight, edit_practice, hide_practice, list_practices, practice_sight, show_practice,
};
pub use public::{
    ItemPage, LibraryPage, PracticePage, Wanted, address_map, collection_page, item_page, library_page, practice_page,
    practices_page,
};
pub use sight::{Given, original, rendition};
pub(crate) use sight::{Sight, draft_of, sight};
pub(crate) use upload::{Received, begin, drop_upload, receive, received, standing};
pub use upload::{Source, Taken, take};

use ::store::Tx;
use kernel::{Actor, Result, Uuid};
use platform::{
    App,
    audit::{self, Entry},
    revision, search as index,
};
use serde_json::Value;

/// Records a change in the audit trail.
async fn note(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    (action, subject, id): (&'static str, &'static str, Uuid),
    detail: Value,
) -> Result<()> {
    audit::record(&**tx, &*app.clock, actor, Entry { action, subject, id: Some(id), detail }).await
}

/// Readers see something else of these.
async fn turn(app: &App, tx: &Tx, kind: &str, items: &[Uuid]) -> Result<()> {
    revision::bump(&**tx, app.clock.now()).await?;
    index::changed(&**tx, kind, items).await
}
