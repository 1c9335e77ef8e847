//! The media library and the catalogue of good practices for everybody.
//!
//! **What.** Public items with players, pictures and what is said of them, by kind, field of law and language; collections; the catalogue.
//! **States.** Pages are kept like those of the portal.
//! **Invariants.** No page depends on who asks; what a browser shows or plays was made by this program, and only documents are saved as they came.
//! **Who may.** Everybody.

mod pages;
mod routes;
mod views;

use platform::Slice;

/// The slice.
pub const SLICE: Slice = Slice { name: "public-library", routes: routes::table, ..Slice::EMPTY };
