//! Periodic reports: forms as data, figures that fill from activities, the way up.
//!
//! **What.** A form is a dated definition ([`model::form`]); a round asks for it for a period and makes one report per agency of its levels, each with
//! the agency that receives it. Cells arrive filled from activities and obligations; the figures of approved reports are summed for each receiver.
//!
//! **States.** A definition is a draft → published (then it never changes). A report is a draft → checked → before the head → submitted → approved →
//! accepted, or returned with reasons ([`model::flow`]); a correction of an accepted report is a new revision.
//!
//! **Invariants.** Nobody edits another agency's figures. Zero, "không phát sinh", "không được giao" and nothing at all stay apart in every sum
//! ([`model::sums`]). Kept sums equal a recount. What was done to a report is only added to.
//!
//! **Who may.** People of an agency fill, check and send its reports; secretariat and leaders of the receiving agency decide on them; secretariats
//! publish forms and open rounds.

mod api;
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
    name: "reporting",
    routes: routes::table,
    actions: policy::ACTIONS,
    jobs: jobs::JOBS,
    menu: MENU,
    uses: service::USES,
    ..Slice::EMPTY
};

const READ: Access = Access::Action(&policy::ReadReports::DEF);

const MENU: &[MenuItem] = &[
    MenuItem { label: "Báo cáo", path: "/bao-cao", access: READ, order: 31 },
    MenuItem { label: "Biểu mẫu", path: "/bieu-mau", access: READ, order: 32 },
    MenuItem {
        label: "Ngày nghỉ",
        path: "/bieu-mau/ngay-nghi",
        access: Access::Action(&policy::SetHolidays::DEF),
        order: 125,
    },
];
