//! Pages of the reporting slice.

pub(super) mod board;
pub(super) mod book;
pub(super) mod cell;
pub(super) mod decide;
pub(super) mod fill;
pub(super) mod forms;
pub(super) mod history;
pub(super) mod holidays;
pub(super) mod mine;
pub(super) mod open;
pub(super) mod report;
pub(super) mod rounds;
pub(super) mod schedule;
pub(super) mod words;
