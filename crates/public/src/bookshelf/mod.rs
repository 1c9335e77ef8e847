//! The law bookshelf for everybody: documents and articles on any day, and cards in plain words.
//!
//! **What.** The list of documents, a document's articles, the whole of it for print and as Akoma Ntoso, an article with what names it and how it changed,
//! cards by group, life event and locality, a feed of new documents.
//! **States.** Pages for today are kept like those of the portal; pages for another day are made when asked for.
//! **Invariants.** No page depends on who asks. Effect that does not follow from what is known is called unknown. No link leads to what is not on the shelf.
//! **Who may.** Everybody.

mod pages;
mod routes;
mod views;

use platform::Slice;

/// The slice.
pub const SLICE: Slice = Slice { name: "bookshelf", routes: routes::table, ..Slice::EMPTY };
