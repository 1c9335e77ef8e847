//! Use cases of the agencies slice.

mod import;
mod projection;
pub(super) mod replay;

pub use import::{Imported, import_agencies, import_units};
