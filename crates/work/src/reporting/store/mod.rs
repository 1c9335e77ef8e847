//! Every query of the reporting slice.

mod board;
mod citations;
mod elsewhere;
mod forms;
mod holidays;
mod intakes;
mod lines;
mod questions;
mod reports;
mod rounds;
mod schedules;
mod uses;
mod within;

pub(super) use board::*;
pub(super) use citations::is_cited;
pub(crate) use citations::{Citing, cite};
pub(super) use elsewhere::*;
pub(super) use forms::*;
pub(super) use holidays::*;
pub(super) use intakes::*;
pub(super) use lines::*;
pub(super) use questions::*;
pub(super) use reports::*;
pub(crate) use rounds::Round;
pub(super) use rounds::*;
pub(super) use schedules::*;
pub(super) use uses::*;
pub(super) use within::*;
