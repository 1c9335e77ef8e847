//! Forms and reports over HTTP.

mod excel;
mod demo;
mod figures;
mod forms;
mod offline;
mod rules;
mod levels;
mod way;
