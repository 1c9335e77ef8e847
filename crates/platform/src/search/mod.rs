//! Search: slices tell what they have to be found ([`SearchDef`]) and what changed ([`changed`]); an index on each node follows.

mod cited;
mod excerpt;
mod find;
mod follow;
mod index;
mod pages;
mod query;
mod shown;
mod store;
#[cfg(test)]
mod tests;
mod waiting;
mod words;

pub use excerpt::Piece;
pub use find::{DEEPEST, Facet, Found, Hit};
pub(crate) use follow::forget_old;
pub use follow::{catch_up, reindex, spawn};
pub use index::Index;
pub use query::Query;
pub use shown::{Asked, Choice, Choices, Results};

use ::store::ConnectionTrait;
use futures::future::BoxFuture;
use kernel::{ActionDef, Actor, Result, Uuid};

use crate::{Access, App, MenuItem, Routes, Slice};

/// The slice: search for people who are signed in.
pub const SLICE: Slice = Slice {
    name: "search",
    routes: || Routes::new().get("/tra-cuu", Access::SignedIn, pages::page),
    menu: &[MenuItem { label: "Tra cứu", path: "/tra-cuu", access: Access::SignedIn, order: 25 }],
    ..Slice::EMPTY
};

/// See [`SearchDef::ids`].
pub type FindIds = for<'a> fn(&'a App, Option<Uuid>, i64) -> BoxFuture<'a, Result<Vec<Uuid>>>;

/// See [`SearchDef::load`].
pub type LoadEntries = for<'a> fn(&'a App, &'a [Uuid]) -> BoxFuture<'a, Result<Vec<Entry>>>;

/// A kind of thing that can be found.
pub struct SearchDef {
    /// Its key, as stored and in addresses: `article`, `law`.
    pub kind: &'static str,
    /// What it is, in Vietnamese.
    pub label: &'static str,
    /// At most so many items after an id, in order of id: how an index is made anew.
    pub ids: FindIds,
    /// What reading what is not public of it asks for; none where everything is public.
    pub read: Option<&'static ActionDef>,
    /// What is to be found of these items, in a constant number of statements. An item of which nothing (more) is to be found has no entry; an item may
    /// have several (a law: one for each article).
    pub load: LoadEntries,
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
    /// Places: code and name.
    pub localities: Vec<(String, String)>,
    /// Special sections: address and heading.
    pub sections: Vec<(String, String)>,
    /// Fields of law: key and name.
    pub fields: Vec<(String, String)>,
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
    /// Whoever holds a role with [`SearchDef::read`] at any agency.
    Staff,
    /// Whoever holds one at one of these agencies (the owner, the addressees and those above them).
    Agencies(Vec<Uuid>),
}

/// Says in the caller's transaction that these items are to be looked at anew.
///
/// # Errors
/// When the database refuses.
pub async fn changed(c: &impl ConnectionTrait, kind: &str, items: &[Uuid]) -> Result<()> {
    store::add(c, kind, items).await
}

/// What everybody can find: the `count` best from place `skip` on; nothing before the index is open, a moment after the start.
///
/// # Errors
/// When the index cannot be read.
pub fn find_public(app: &App, query: &Query, skip: usize, count: usize) -> Result<Found> {
    follow::public(app).map_or_else(|| Ok(Found::default()), |index| index.find(query, skip, count))
}

/// Headings of what everybody can find that begin like this: heading and page.
///
/// # Errors
/// When the index cannot be read.
pub fn suggest_public(app: &App, text: &str, count: usize) -> Result<Vec<(String, String)>> {
    follow::public(app).map_or_else(|| Ok(Vec::new()), |index| index.suggest(text, count))
}

/// What is not public and this person may read.
///
/// # Errors
/// When the index cannot be read.
pub fn find_inner(app: &App, actor: &Actor, query: &Query, skip: usize, count: usize) -> Result<Found> {
    let kinds = app.slices.iter().flat_map(|slice| slice.search).filter_map(|def| {
        let agencies = def.read.map(|action| actor.agencies_for(action)).unwrap_or_default();
        (!agencies.is_empty()).then(|| (def.kind.to_owned(), agencies))
    });
    let reader: Vec<_> = kinds.collect();
    if reader.is_empty() {
        return Ok(Found::default());
    }
    let query = Query { reader: Some(reader), ..query.clone() };
    follow::inner(app).map_or_else(|| Ok(Found::default()), |index| index.find(&query, skip, count))
}
