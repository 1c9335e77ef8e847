//! What the public reads: contributions of many agencies, through one newsroom.
//!
//! **What.** A publication keeps its address for ever; its words stand in editions. Special sections gather publications.
//! A version in another language is a publication of its own, bound to its original and read only while that is public.
//! **States.** An edition: draft → submitted → returned | accepted → scheduled → live → past; one not published may be dropped. A publication that went
//! live may be withdrawn, with its words below a notice, or, when it was an error, with its address leading elsewhere.
//! **Invariants.** At most one edition is live and at most one is being worked on; a live edition never changes, a correction is a new edition. Whoever
//! wrote an edition does not publish it, unless with a reason that is recorded. Everything that readers can see moves [`service::revision`].
//! **Who may.** People of an agency write for it; editors of an agency above it, or of the justice authority of its place, return, accept, publish and
//! withdraw.

mod forms;
mod jobs;
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

pub use model::Phase;
pub use store::{Article, Brief, Contributor, Counted, Section, Spoken};

/// The slice.
pub const SLICE: Slice = Slice {
    name: "publications",
    routes: routes::table,
    actions: policy::ACTIONS,
    jobs: jobs::JOBS,
    menu: MENU,
    search: service::SEARCH,
    links: service::LINKS,
    uses: service::USES,
    ..Slice::EMPTY
};

const MENU: &[MenuItem] = &[MenuItem {
    label: "Tòa soạn",
    path: "/toa-soan",
    access: Access::Action(&policy::ReadPublications::DEF),
    order: 35,
}];
