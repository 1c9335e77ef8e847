//! Forms and reports over HTTP.

mod demo;
mod excel;
mod figures;
pub(crate) mod forms;
mod holidays;
mod levels;
mod offline;
mod programme;
mod questions;
mod rules;
mod schedule;
pub(crate) mod way;
