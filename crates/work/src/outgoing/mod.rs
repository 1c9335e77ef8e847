//! Outgoing papers: the report that writes itself, from draft to the signed file.
//!
//! **What.** A paper begins from a template ([`model::template`]) and a round at an agency. Its text is edited as plain blocks in which figures stay
//! references ([`model::reference`]); reading them gives the paper as it is printed, with where every figure leads ([`model::compose`]).
//!
//! **States.** Draft → before the head → signed (frozen: words and figures never change) → issued (the signed file is back). The head may give it back.
//!
//! **Invariants.** No figure without a source is signed. A signed paper gives the same bytes for ever. A number is given once a year to a symbol of an
//! agency. What was done to a paper is only added to.
//!
//! **Who may.** People of the agency write; who may send its reports signs, and not their own paper unless the agency allows it. Agencies above see
//! signed papers.

mod forms;
pub mod model;
mod pages;
pub mod policy;
mod routes;
pub mod service;
mod store;
mod views;

use platform::Slice;

/// The slice. Its list is reached from the reports: the menu is full.
pub const SLICE: Slice = Slice {
    name: "outgoing",
    routes: routes::table,
    actions: policy::ACTIONS,
    jobs: &[],
    menu: &[],
    subjects: &[],
    forecasts: &[],
};
