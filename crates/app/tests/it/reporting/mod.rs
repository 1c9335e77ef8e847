//! Forms and reports over HTTP.

mod forms;
mod way;
