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
//! **Who may.** People of the agency write; who may send its reports signs, and not their own paper unless the agency allows it. Agencies above it
//! and those that receive the reports of its round see signed papers and what their figures are made of; those whose reports are counted in it see
//! signed papers and their own part of the figures.

mod forms;
pub mod model;
mod pages;
pub mod policy;
mod routes;
pub mod service;
mod store;
mod views;

use kernel::{Actor, Permit, Result, Uuid};
use platform::{App, Slice};

pub(crate) use views::Row;

/// The papers of a round at an agency that a person may see, and whether that person may begin one there. For the pages of rounds and reports.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn of_round(app: &App, actor: &Actor, round: Uuid, node: Uuid) -> Result<(Vec<Row>, bool)> {
    let mut rows = Vec::new();
    if let Some(read) = Permit::<policy::ReadPapers>::of(actor) {
        rows = service::of_round(app, &read, round, node).await?.iter().map(Row::of).collect();
    }
    // Others' figures are told by a paper of one's own only in another way: from one's own table.
    let own = Permit::<policy::DraftPapers>::of(actor).is_some_and(|permit| permit.roots().contains(&node));
    let writes = own && service::can_begin(app, round, node).await?;
    Ok((rows, writes))
}

/// The slice. Its list is reached from the reports: the menu is full.
pub const SLICE: Slice = Slice { name: "outgoing", routes: routes::table, actions: policy::ACTIONS, ..Slice::EMPTY };
