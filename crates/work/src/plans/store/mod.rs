//! Every query of the plans slice.

mod events;
mod figures;
mod heat;
mod list;
mod mine;
mod obligations;
mod orphans;
mod overview;
mod people;
mod plans;
mod products;
mod scope;
mod steps;
mod tasks;
mod totals;

pub(super) use events::*;
pub use figures::Figures;
pub(crate) use figures::Part;
pub(super) use figures::{Difficulty, behind_figure, difficulties, figures};
pub(super) use heat::*;
pub(crate) use list::Line;
pub(super) use list::*;
pub(super) use mine::*;
pub(super) use obligations::*;
pub(super) use orphans::*;
pub(crate) use overview::AgencyProgress;
pub(super) use overview::agencies_in_sight;
pub(super) use overview::agencies_progress;
pub(super) use people::*;
pub(super) use plans::*;
pub(super) use products::*;
pub(super) use scope::*;
pub(super) use steps::*;
pub(super) use tasks::*;
pub(super) use totals::*;
