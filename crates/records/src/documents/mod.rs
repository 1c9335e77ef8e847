//! Official papers as documents: received, read, reviewed, confirmed, registered.
//!
//! **What.** A file becomes a document with its fields, tasks, parties, recipients and citations, each with the place
//! in the text where it was read. A person reviews and confirms; from then on it is what others build on.
//!
//! **States.** reading → draft (or failed → reading again) → confirmed → superseded by a corrected version.
//!
//! **Invariants.** A confirmed document never changes. The original file is kept by the hash of its content, and an
//! owner has the same file once. No byte of a paper stamped MẬT, TỐI MẬT or TUYỆT MẬT is kept; the refusal is audited.
//!
//! **Who may.** Secretariat and editors of an agency (or of one above it) upload and review; the secretariat confirms.
//! Confirmed documents are read by the owner's agencies, by those that they name when meant for them, by all when public.

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

pub use model::{
    Audience, Change, Confirmed, ConfirmedTask, Mode, Party, PartyRole, Target,
    deadline::label as deadline_label,
    related,
    task::{place, place_label},
};
pub use service::{Unread, cited, confirmed, extract, issuer};

/// Kind of the job that confirming queues, with the payload `{"document": id}`; whoever makes work of documents runs it.
pub const CONFIRMED: &str = "documents.confirmed";

/// The slice.
pub const SLICE: Slice = Slice {
    name: "documents",
    routes: routes::table,
    actions: policy::ACTIONS,
    jobs: jobs::JOBS,
    menu: MENU,
    search: service::SEARCH,
    ..Slice::EMPTY
};

const MENU: &[MenuItem] =
    &[MenuItem { label: "Văn bản", path: "/van-ban", access: Access::Action(&policy::Read::DEF), order: 20 }];
