//! Forms and reports over HTTP.

mod demo;
mod excel;
mod figures;
mod forms;
mod levels;
mod offline;
mod questions;
mod rules;
mod schedule;
mod way;
