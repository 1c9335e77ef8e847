//! Forms and reports over HTTP.

mod figures;
mod forms;
mod way;
