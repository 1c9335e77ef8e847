//! The application: configuration, the list of slices, start-up, commands. The only place that knows every slice.

pub mod cli;
pub mod commands;
pub mod config;
pub mod slices;
pub mod start;
