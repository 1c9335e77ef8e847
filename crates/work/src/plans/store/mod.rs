//! Every query of the plans slice.

mod heat;
mod list;
mod obligations;
mod people;
mod plans;
mod scope;
mod steps;
mod tasks;
mod totals;

pub(super) use heat::*;
pub(super) use list::*;
pub(super) use obligations::*;
pub(super) use people::*;
pub(super) use plans::*;
pub(super) use scope::*;
pub(super) use steps::*;
pub(super) use tasks::*;
pub(super) use totals::*;
