//! Plans: what a confirmed paper asks for, who owes it by when, and what was done.
//!
//! **What.** A confirmed document becomes a plan with its tasks; each task is assigned to agencies or classes of them,
//! to lead or to help, ordered or asked; each assignment becomes obligations, one per agency and period, with a due
//! date by the rule of the deadline ([`model::due`]).
//!
//! **States.** A plan is being built → active (or historical) → replaced or withdrawn. An obligation is new → received
//! → under way → submitted → done; it may be declined (when only asked for), replaced, withdrawn or ended ([`model::state`]).
//! Of a paper of the past, or due before the plan was in force, it is historical: to be read, counted nowhere.
//!
//! **Invariants.** What was said and done is never changed. An obligation exists once per task, agency, role and period.
//! Totals equal a recount. What was only asked for is never late. No person gets two reminders of one kind on a day.
//!
//! **Who may.** An agency's people see and act on obligations of agencies below theirs; secretariat and leaders of the
//! agency that owns a plan see all of it and decide. Administrators do not report.

mod forms;
mod jobs;
pub mod model;
mod pages;
pub mod policy;
mod routes;
pub mod service;
mod store;
mod views;

use kernel::Action;
use platform::{Access, MenuItem, Slice};

/// The slice.
pub const SLICE: Slice = Slice {
    name: "plans",
    routes: routes::table,
    actions: policy::ACTIONS,
    jobs: jobs::JOBS,
    menu: MENU,
    subjects: service::SUBJECTS,
    forecasts: service::FORECASTS,
    ..Slice::EMPTY
};

const MENU: &[MenuItem] = &[
    MenuItem { label: "Việc của tôi", path: "/viec-cua-toi", access: Access::SignedIn, order: 1 },
    MenuItem { label: "Kế hoạch", path: "/ke-hoach", access: Access::Action(&policy::ReadPlans::DEF), order: 20 },
    MenuItem { label: "Nhiệm vụ", path: "/nhiem-vu", access: Access::Action(&policy::ReadPlans::DEF), order: 21 },
];
