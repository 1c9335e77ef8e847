//! Asking for news by mail, for everybody.
//!
//! **What.** The form, the confirmation that a letter asks for, changing what is chosen, ending it.
//! **States.** See `records::subscriptions`.
//! **Invariants.** Every answer is the same whether or not an address is known. Opening a link changes nothing; a button does.
//! **Who may.** Everybody; what a subscription chose, whoever has a link from its letters.

mod forms;
mod pages;
mod routes;

use platform::Slice;

/// The slice.
pub const SLICE: Slice = Slice { name: "newsletter", routes: routes::table, ..Slice::EMPTY };
