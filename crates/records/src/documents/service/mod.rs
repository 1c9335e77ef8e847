//! Use cases of the documents slice.

mod choose;
mod confirm;
mod confirmed;
mod correct;
mod directory;
mod divide;
pub mod extract;
mod find;
mod heirs;
mod lacks;
mod lineage;
mod open;
mod read;
mod register;
mod review;
mod spool;
mod upload;

pub use choose::{Choice, choose_party};
pub use confirm::{Confirmation, Foreseen, Preparation, confirm, foresee, outcome, prepare};
pub use confirmed::{cited, confirmed, issuer};
pub use correct::correct;
pub use directory::HeirOption;
pub use divide::{merge_task, split_task};
pub use extract::{Unread, extract};
pub use heirs::Gone;
pub use register::{Register, export, owned, readable, register, with_file};
pub use review::{Assigned, SheetOf, TaskEdit, accept_sure, add_task, edit_facts, edit_task, set_task_state, sheet};
pub use upload::{Received, Upload, discard, refusal, retry, too_large, upload};

pub(in crate::documents) use find::SEARCH;
pub(in crate::documents) use heirs::{basis_field, heir_field};
pub(in crate::documents) use lacks::twin;
pub(in crate::documents) use open::{Opened, download, open};
pub(in crate::documents) use upload::{READ_JOB, ReadJob, read_waiting};
