//! Use cases of the documents slice.

mod confirmed;
mod directory;
pub mod extract;
mod read;
mod spool;
mod upload;

pub use confirmed::confirmed;
pub use extract::{Unread, extract};
pub use upload::{Received, Upload, discard, refusal, retry, too_large, upload};

pub(in crate::documents) use upload::{READ_JOB, ReadJob, read_waiting};
