//! The words every part of Lan Tỏa shares, in reading order: [`id`], [`time`], [`text`], [`difference`], [`page`], [`permit`], [`periods`], [`workdays`], [`error`].
//!
//! Pure: no I/O, no async, no SQL, no HTML, and no noun that belongs to a slice.

pub mod difference;
pub mod error;
pub mod id;
pub mod page;
pub mod periods;
pub mod permit;
pub mod text;
pub mod time;
pub mod workdays;

pub use error::{Error, FieldErrors, Result};
pub use id::new_id;
pub use page::{Page, Paging};
pub use permit::{Action, ActionDef, Actor, Holding, Permit, Role};
pub use time::{Clock, FixedClock, SystemClock, Timestamp};
pub use uuid::Uuid;
