//! Every query of the publications slice.

mod editions;
mod find;
mod list;
mod public;
mod sections;
mod steps;
mod versions;
mod visits;

pub(super) use editions::*;
pub(super) use find::*;
pub(super) use list::*;
pub(super) use public::*;
pub use public::{Article, Brief, Contributor, Counted, Spoken};
pub use sections::Section;
pub(super) use sections::*;
pub(super) use steps::*;
pub(super) use versions::*;
pub(super) use visits::*;

pub(crate) use crate::agencies::{Named, named as agencies};
