//! People, their roles over agencies, and how they sign in.
//!
//! **What.** An account belongs to a home agency; roles ([`kernel::Role`]) are held over an agency and everything
//! below it for a period. Sessions are rows; a cookie holds a token whose hash is the row's key.
//!
//! **States.** invited → active ⇄ disabled; a session is open, waits for its second factor, or is over.
//!
//! **Invariants.** No password and no token is stored in clear. An account locked after wrong passwords opens by
//! itself. An ended holding is kept, with its dates. The last administrator cannot be removed.
//!
//! **Who may.** Administrators manage every account; a superior agency's administrator those of its subtree.

mod model;
mod pages;
pub mod policy;
mod routes;
pub mod service;
mod store;

use platform::{JobDef, Slice};

pub use service::sessions::DatabaseSessions;

/// The slice.
pub const SLICE: Slice =
    Slice { name: "accounts", routes: routes::table, actions: policy::ACTIONS, jobs: JOBS, menu: &[] };

const JOBS: &[JobDef] = &[];
