//! Search for everybody: one box over everything that is public.
//!
//! **What.** The best entries with excerpts, numbers by kind, agency, place, section, field and language to narrow by, suggestions while typing.
//! **States.** None: the index follows what is published (`platform::search`).
//! **Invariants.** Nothing that is not public can be found. What was typed is kept nowhere.
//! **Who may.** Everybody.

mod pages;
mod routes;

use platform::Slice;

/// The slice.
pub const SLICE: Slice = Slice { name: "search", routes: routes::table, ..Slice::EMPTY };
