//! Every query of the publications slice.

mod editions;
mod find;
mod list;
mod public;
mod sections;
mod visits;

pub(super) use editions::*;
pub(super) use find::*;
pub(super) use list::*;
pub(super) use public::*;
pub use public::{Article, Brief, Contributor, Counted};
pub use sections::Section;
pub(super) use sections::*;
pub(super) use visits::*;

pub(crate) use crate::agencies::{Named, named as agencies};
