//! Access to information: what an agency must make public, and requests for information by citizens (Luật Tiếp cận thông tin).
//!
//! **What.** The list of what each agency makes public or still has to; requests without an account, answered within the time limits of the law, some of
//! them made public.
//! **States.** An entry: planned → public. A request: received → accepted → answered | refused; a time limit may be extended once; before it is closed a
//! request may be handed on to another agency, where it begins anew.
//! **Invariants.** A time limit is counted in working days by the definition, never typed in. History is only added to. Nothing of the asker is ever
//! public: staff writes what is. Who looked at a request stands in the audit trail; the code of the asker is kept as a hash only.
//! **Who may.** Everybody reads what is public and asks. People of an agency and of those above it see its list and requests, people of exactly the agency
//! keep and answer them.

mod forms;
pub mod model;
mod pages;
pub mod policy;
mod routes;
mod samples;
pub mod service;
mod store;
mod views;

use kernel::Action;
use platform::{Access, MenuItem, Slice};

pub use store::{Answered, Disclosure, Named, OpenRequest, Step};
pub use views::step_name;

/// The slice.
pub const SLICE: Slice = Slice {
    name: "disclosures",
    routes: routes::table,
    actions: policy::ACTIONS,
    menu: MENU,
    search: service::SEARCH,
    links: service::LINKS,
    ..Slice::EMPTY
};

const MENU: &[MenuItem] = &[MenuItem {
    label: "Tiếp cận thông tin",
    path: "/tiep-can-thong-tin",
    access: Access::Action(&policy::ReadDisclosures::DEF),
    order: 37,
}];
