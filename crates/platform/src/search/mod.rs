//! Search: slices tell what they have to be found ([`SearchDef`]) and what changed ([`changed`]); an index on each node follows.

use futures::future::BoxFuture;
use kernel::{Result, Uuid, new_id};
use store::{ConnectionTrait, insert};

use crate::App;

/// A kind of thing that can be found.
pub struct SearchDef {
    /// Its key, as stored and in addresses: `article`, `law`.
    pub kind: &'static str,
    /// What it is, in Vietnamese.
    pub label: &'static str,
    /// At most so many items after an id, in order of id: how an index is made anew.
    pub ids: for<'a> fn(&'a App, Option<Uuid>, i64) -> BoxFuture<'a, Result<Vec<Uuid>>>,
    /// What is to be found of these items, in a constant number of statements. An item of which nothing (more) is to be found has no entry; an item may
    /// have several (a law: one for each article).
    pub load: for<'a> fn(&'a App, &'a [Uuid]) -> BoxFuture<'a, Result<Vec<Entry>>>,
}

/// One thing that can be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The item it belongs to; entries of an item are replaced together.
    pub item: Uuid,
    /// Its page.
    pub path: String,
    /// Heading.
    pub title: String,
    /// Numbers and symbols by which it is known ("14/2012/QH13", "Điều 11").
    pub symbols: String,
    /// Words, without markup.
    pub body: String,
    /// What it is part of, for show: a law's name, an agency's.
    pub within: String,
    /// Agency, if any.
    pub agency: Option<Uuid>,
    /// Name of that agency.
    pub agency_name: String,
    /// Code of the place of that agency (province or commune), if any.
    pub locality: String,
    /// Keys of special sections.
    pub sections: Vec<String>,
    /// Keys of fields of law.
    pub fields: Vec<String>,
    /// yyyymmdd; 0: none.
    pub date: i64,
    /// Language of the words; empty: Vietnamese.
    pub lang: String,
    /// Who may find it.
    pub audience: Audience,
}

/// Who may find something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// Whoever holds a role with read access at one of these agencies (the owner and those above it).
    Agencies(Vec<Uuid>),
}

/// Says in the caller's transaction that these items are to be looked at anew.
///
/// # Errors
/// When the database refuses.
pub async fn changed(c: &impl ConnectionTrait, kind: &str, items: &[Uuid]) -> Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let mut rows = insert("search_changes", &["id", "kind", "item_id"]);
    for item in items {
        rows = rows.row([new_id().into(), kind.into(), (*item).into()]);
    }
    rows.run(c).await
}
