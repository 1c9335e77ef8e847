//! Every query of the reporting slice.

mod board;
mod forms;
mod questions;
mod reports;
mod rounds;

pub(super) use board::*;
pub(super) use forms::*;
pub(super) use questions::*;
pub(super) use reports::*;
pub(super) use rounds::*;
