//! The portal's own face: its name and footer, menu, banners and static pages.
//!
//! **What.** What stands around every public page, and pages such as "Giới thiệu" or "Liên hệ".
//! **States.** A static page has editions; one of them may be live. A banner shows itself from its first day to its last.
//! **Invariants.** An edition never changes, a change is a new one. The address of a page that was once public keeps answering. Everything that readers can
//! see moves [`platform::revision`]; what changes with the day is made anew with the day.
//! **Who may.** Editors and administrators; the portal is one for the whole installation.

mod forms;
mod pages;
pub mod policy;
mod routes;
mod samples;
pub mod service;
mod store;

use kernel::Action;
use platform::{Access, MenuItem, Slice};

pub use store::{Banner, Face, Item, Live};

/// The slice.
pub const SLICE: Slice = Slice {
    name: "site",
    routes: routes::table,
    actions: policy::ACTIONS,
    menu: MENU,
    search: service::SEARCH,
    links: service::LINKS,
    ..Slice::EMPTY
};

const MENU: &[MenuItem] = &[MenuItem {
    label: "Giao diện cổng",
    path: "/giao-dien-cong",
    access: Access::Action(&policy::ArrangeSite::DEF),
    order: 105,
}];
