//! Every query of the laws slice.

mod cards;
mod documents;
mod mends;
mod shelve;
mod texts;
mod visits;

pub use cards::Card;
pub(super) use cards::*;
pub(super) use documents::*;
pub use documents::{Law, Tie};
pub(super) use mends::*;
pub(super) use shelve::*;
pub(super) use texts::*;
pub use texts::{Citing, Text};
pub(super) use visits::*;
