//! The media library: videos, sounds, photos and documents of agencies with what must be known to use them, and the catalogue of good practices.
//!
//! **What.** An item has one file, kept as it came, or a physical carrier that lies somewhere, or both; from the file, pictures and renditions are made that
//! readers get. Collections gather items. A package puts items together for a broadcaster. A practice is an entry of the catalogue of models, exemplary
//! collectives and persons.
//! **States.** A file on its way → kept → looked at by a job (verdict on its use for broadcasting) . An item or practice is public or not.
//! **Invariants.** Nobody but people of the agency and those above it ever gets the file that was sent, and only to be saved; what readers see was made by this
//! program from it, without position and device. An item whose people have not agreed, or whose rights are not known, is not public.
//! **Who may.** People of an agency add to it; editors and secretaries of an agency above decide what is public.

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

pub use store::{Collection, Item, Line, Practice};

/// The slice.
pub const SLICE: Slice = Slice {
    name: "library",
    routes: routes::table,
    actions: policy::ACTIONS,
    jobs: jobs::JOBS,
    slow_jobs: jobs::SLOW,
    menu: MENU,
    search: service::SEARCH,
    links: service::LINKS,
    ..Slice::EMPTY
};

const MENU: &[MenuItem] = &[MenuItem {
    label: "Thư viện tư liệu",
    path: "/tu-lieu",
    access: Access::Action(&policy::ReadLibrary::DEF),
    order: 37,
}];
