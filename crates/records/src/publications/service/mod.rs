//! Use cases of the newsroom, and what the public side reads.

mod arrange;
mod edit;
mod find;
mod generate;
mod list;
mod public;
mod publish;
mod read;
mod sight;
mod uses;
mod versions;
mod visits;
mod write;

pub(crate) use arrange::{SectionDraft, arrange, save, section};
pub(crate) use edit::{Whither, decide};
pub(super) use find::{LINKS, SEARCH};
pub use generate::generate;
pub(crate) use list::{Query, Score, list, score, topics};
pub use public::{
    ArticlePage, Directory, HomePage, ListPage, SectionPage, addresses, agency_page, article_page, directory,
    ever_public, home, latest, locality_page, menu, preview_page, section_page, sections, topic_page,
};
pub(crate) use publish::{publish, publish_due, restore, withdraw};
pub use read::{Doubt, Shown, shown};
pub(crate) use read::{Quotable, quotable};
pub(crate) use sight::{Sight, draft_of, sight};
pub(super) use uses::USES;
pub(crate) use versions::{Original, Version, original, translate, versions};
pub(crate) use visits::{Reads, reads, reads_sheet, views_of};
pub use write::create;
pub(crate) use write::{correct, edit};

use ::store::Tx;
use kernel::{Actor, Result, Uuid};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::store;

/// Records a step of a publication: in its history and in the audit trail.
async fn note(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    (publication, edition): (Uuid, i64),
    (kind, body): (&str, &str),
) -> Result<()> {
    store::insert_step(&**tx, (publication, edition), (kind, body), (actor.user, &actor.name), app.clock.now()).await?;
    let action = match kind {
        "create" => "publications.create",
        "edit" => "publications.edit",
        "correct" => "publications.correct",
        "translate" => "publications.translate",
        "submit" => "publications.submit",
        "take-back" => "publications.take_back",
        "return" => "publications.return",
        "accept" => "publications.accept",
        "schedule" => "publications.schedule",
        "unschedule" => "publications.unschedule",
        "publish" => "publications.publish",
        "force" => "publications.force",
        "drop" => "publications.drop",
        "withdraw" => "publications.withdraw",
        _ => "publications.restore",
    };
    let detail = json!({ "edition": edition, "text": body });
    let entry = Entry { action, subject: "publication", id: Some(publication), detail };
    audit::record(&**tx, &*app.clock, actor, entry).await
}
