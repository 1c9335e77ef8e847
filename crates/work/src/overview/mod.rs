//! The overview for those who lead: how plans stand, where activities happen, who reports in time.
//!
//! **What.** One page over the other slices: progress of plans, trend of activities, comparison and map of localities, and for each head of an
//! agency what is late. Every chart stands beside its table, can be taken away as PNG or CSV, and leads on to the lists behind it.
//!
//! **States.** None: it only reads.
//!
//! **Invariants.** A person sees here no more than on the pages of the other slices. The number of statements does not depend on the number of
//! agencies.
//!
//! **Who may.** Everybody who works with plans and reports, for what lies below their agencies.

mod forms;
mod model;
mod pages;
pub mod policy;
mod routes;
mod service;
mod store;
mod views;

use kernel::Action;
use platform::{Access, MenuItem, Slice};

/// The slice.
pub const SLICE: Slice =
    Slice { name: "overview", routes: routes::table, actions: policy::ACTIONS, menu: MENU, ..Slice::EMPTY };

const MENU: &[MenuItem] = &[MenuItem {
    label: "Tổng quan",
    path: "/tong-quan",
    access: Access::Action(&policy::ReadOverview::DEF),
    order: 2,
}];
