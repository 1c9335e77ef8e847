//! Agencies and localities.
//!
//! **What.** Two dated trees (places; agencies serving them), what they are called on paper, and which agencies a collective phrase
//! of an official paper means on a date.
//! **States.** A unit lives from a first day to a last day; between them its name, kind and superior may change, each on a date.
//! **Invariants.** Nothing is overwritten: every change is an event with a date. Agencies made from the definitions follow their places: a commune that
//! merges takes its agencies along. A living unit hangs under a living one, without cycles.
//! Additive figures have the same total as it was and in the units of any later day.
//! **Who may.** Everyone signed in reads; administrators and the secretariat record events, names, members of councils and imports, below their agencies.

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
use platform::{Access, JobDef, MenuItem, Schedule, Slice};

pub use model::{
    definitions::Bloc,
    letterhead::{Letterhead, abbreviation, is_committee, own_name, place_and_day},
    positions::position_of,
};
pub use store::{Named, beside, is_below, letterhead, members_by_kind, named};

pub use service::{AliasTarget, Dir, Membership, Resolved, Who, blocs, directory, in_full, only_asks, remember_alias};

/// The slice.
pub const SLICE: Slice =
    Slice { name: "agencies", routes: routes::table, actions: policy::ACTIONS, jobs: JOBS, menu: MENU, ..Slice::EMPTY };

const JOBS: &[JobDef] = &[JobDef {
    kind: "agencies.refresh",
    run: |app, _| Box::pin(service::record::refresh(app)),
    schedule: Some(Schedule::DailyAt(0)),
}];

const MENU: &[MenuItem] =
    &[MenuItem { label: "Cơ quan", path: "/co-quan", access: Access::Action(&policy::ReadAgencies::DEF), order: 40 }];
