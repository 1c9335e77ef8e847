//! Use cases of the bookshelf, and what the public side and the newsroom read.

mod cards;
mod generate;
mod mend;
mod public;
mod search;
mod shelve;
mod staff;
mod upload;

pub(crate) use cards::{CardDraft, card_for_staff, compare, save, topics};
pub use cards::{CardView, GROUPS, Topic, card_page, cards_overview, topic_cards};
pub use generate::generate;
pub(crate) use mend::{LinkDraft, MendDraft, Mending, RELATIONS, Through, change_link, looked_through, mend, mending};
pub use public::{
    ArticlePage, ListPage, ReadThing, Standing, Stood, Whole, address_map, article_on, article_page, articles_on,
    document_page, known_addresses, list, most_read, newest, standing,
};
pub(super) use search::new_day;
pub(crate) use search::{find_card_ids, find_cards, find_law_ids, find_laws, link_cards};
pub(crate) use shelve::shelve;
pub use shelve::{Shelved, import};
pub(crate) use staff::{FactsDraft, check, facts};
pub(crate) use upload::{Confirmation, Review, confirm, review, throw_away, upload};

use ::store::Tx;
use kernel::{Actor, Result, Uuid};
use platform::{
    App,
    audit::{self, Entry},
    revision, search as index,
};
use serde_json::Value;

/// Records a change of the shelf: readers see something else, items are looked at anew, and the audit trail has it.
async fn note(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    (action, kind, items): (&'static str, &str, &[Uuid]),
    detail: Value,
) -> Result<()> {
    revision::bump(&**tx, app.clock.now()).await?;
    index::changed(&**tx, kind, items).await?;
    let id = items.first().copied().filter(|_| items.len() == 1);
    audit::record(&**tx, &*app.clock, actor, Entry { action, subject: kind_of_subject(kind), id, detail }).await
}

fn kind_of_subject(kind: &str) -> &'static str {
    if kind == "card" { "law_card" } else { "law" }
}
