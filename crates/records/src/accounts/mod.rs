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
//! Nobody gives a role to himself, nor one over an agency that he does not administer; who holds a role outside an
//! administrator's agencies cannot be closed or reset by that administrator. A slip's code is shown once.
//!
//! **Who may.** Administrators manage the accounts of their agencies and everything below; the secretariat of a superior
//! agency sees those below it and may give its people (not administrators) a new slip and end their sessions. Everybody
//! manages his own password, second factor and sessions.

mod forms;
mod jobs;
mod model;
mod pages;
pub mod policy;
mod routes;
pub mod service;
mod store;
mod views;

use kernel::Action;
use platform::{Access, MenuItem, Slice};

pub use model::totp;
pub use service::sessions::DatabaseSessions;

/// The slice.
pub const SLICE: Slice = Slice {
    name: "accounts",
    routes: routes::table,
    actions: policy::ACTIONS,
    jobs: jobs::JOBS,
    menu: MENU,
    ..Slice::EMPTY
};

const MENU: &[MenuItem] = &[MenuItem {
    label: "Tài khoản",
    path: "/tai-khoan",
    access: Access::Action(&policy::SeeAccounts::DEF),
    order: 110,
}];
