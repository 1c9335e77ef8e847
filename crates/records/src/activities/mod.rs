//! Activities of legal education: entered once, counted everywhere.
//!
//! **What.** One record per activity: what, when, where, who, for whom, about what, with which materials and money, what it serves.
//! Figures of forms are sums over these records ([`model::measure`]).
//! **States.** Recorded → withdrawn with a reason. Only what is recorded counts.
//! **Invariants.** Exactly one agency owns and counts an activity; agencies that took part see it as "phối hợp" and never count it.
//! **Who may.** People of the owner record and change; superiors of the owner and the justice authority of its place read.

mod api;
mod forms;
pub mod model;
mod pages;
pub mod policy;
mod routes;
pub mod samples;
pub mod service;
mod store;
mod views;

use kernel::Action;
use platform::{Access, MenuItem, Slice};

pub use model::{
    activity::{Draft, Served},
    definitions::{Definitions, definitions, name_in},
    measure::{Filter, Measure, What},
};
pub use service::{
    Behind, Counted, Line, MonthSum, Over, PlaceSum, Share, adds, behind, by_month, by_place, counted, measures,
    serving, serving_counts, totals,
};

/// The slice.
pub const SLICE: Slice =
    Slice { name: "activities", routes: routes::table, actions: policy::ACTIONS, menu: MENU, ..Slice::EMPTY };

/// First part of its pages' addresses; under this key other slices tell where they count it.
pub const KIND: &str = "hoat-dong";

const MENU: &[MenuItem] = &[MenuItem {
    label: "Hoạt động",
    path: "/hoat-dong",
    access: Access::Action(&policy::ReadActivities::DEF),
    order: 25,
}];
