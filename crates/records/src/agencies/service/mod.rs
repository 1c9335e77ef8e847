//! Use cases of the agencies slice.

mod aliases;
mod carry;
mod directory;
mod import;
mod lookup;
mod projection;
pub(super) mod record;
pub(super) mod replay;
mod resolved;
pub(super) mod sheet;

pub use aliases::{add_alias, forget_alias, note_export, remember_alias};
pub use directory::{Dir, directory};
pub(super) use lookup::EventHead;

pub use import::{Imported, import_agencies, import_units};
pub use record::{preview, record, set_withdrawn, verify};
pub use resolved::{AliasTarget, Membership, Resolved, Who};
pub use sheet::{TableDone, import_table};
