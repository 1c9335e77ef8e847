//! What officials do inside agencies: plans, periodic reports, outgoing papers.

pub mod outgoing;
pub mod plans;
pub mod reporting;
