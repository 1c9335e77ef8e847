//! Every query of the activities slice.

mod list;
mod measures;
mod parts;
mod read;
mod scope;
mod serving;
mod topics;
mod views;
mod write;

pub(super) use list::*;
pub(super) use measures::*;
pub(super) use parts::*;
pub(super) use read::*;
pub(super) use scope::*;
pub(super) use serving::*;
pub(crate) use topics::Topic;
pub(super) use topics::*;
pub(super) use views::*;
pub(super) use write::*;
