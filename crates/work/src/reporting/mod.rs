//! Reporting
pub mod model;
