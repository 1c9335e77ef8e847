//! Use cases of the agencies slice.

mod aliases;
mod carry;
mod council;
mod demo;
mod directory;
mod import;
mod localities;
mod lookup;
mod orders;
mod projection;
pub(super) mod record;
pub(super) mod replay;
mod resolved;
pub(super) mod sheet;

pub use aliases::{add_alias, forget_alias, note_export, remember_alias, within};
pub use council::{NewSeat, add_seat, delete_seat, end_seat};
pub use demo::{MergedPair, merge_for_demonstration};
pub use directory::{Dir, directory};
pub(super) use lookup::EventHead;
pub(super) use projection::FOREVER;

pub use import::{Imported, import_agencies, import_units};
pub use orders::only_asks;
pub(super) use record::correctable;
pub use record::{correct, preview, preview_correction, record, set_withdrawn, verify, within_event};
pub use replay::{blocs, in_full};
pub use resolved::{AliasTarget, Membership, Resolved, Who};
pub use sheet::{TableDone, import_table};
