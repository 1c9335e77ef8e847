//! Links that lead nowhere, in everything that readers see.
//!
//! **What.** Slices tell what of theirs readers see and where it links to ([`platform::links::LinksDef`]); a nightly job looks at all of it, as somebody
//! without an account sees this site, and asks other sites.
//! **States.** A link that led nowhere at the last look stays in the list until the next; the list says when it is gone from what readers see.
//! **Invariants.** What a look found is replaced whole by the next; looking counts nobody's reading. A machine within the own network is never asked.
//! **Who may.** Whoever reads in the newsroom sees what is broken in what the agencies he oversees have published; editors see that of the portal too, and
//! ask for a look.

mod forms;
mod jobs;
mod pages;
mod routes;
mod service;
mod store;

use platform::Slice;

/// The slice.
pub const SLICE: Slice = Slice { name: "links", routes: routes::table, slow_jobs: jobs::SLOW, ..Slice::EMPTY };
