//! What officials do inside agencies: plans, periodic reports.

pub mod plans;
pub mod reporting;
