//! Public information for everybody: what agencies make public, requests without an account, published answers.
//!
//! **What.** The list by kind and agency, published questions and answers, the form for a request and the page that tells its asker where it stands.
//! **States.** Lists are kept like the pages of the portal; the form and what it answers are made anew and kept nowhere.
//! **Invariants.** Nothing of an asker is on a page that is not answered to the code and the contact together. Neither ever stands in an address.
//! **Who may.** Everybody; who sends or tries too much waits.

mod forms;
mod pages;
mod routes;
mod views;

use platform::Slice;

/// The slice.
pub const SLICE: Slice = Slice { name: "public-disclosures", routes: routes::table, ..Slice::EMPTY };
