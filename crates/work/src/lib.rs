//! What officials do inside agencies: plans, periodic reports, outgoing papers.

pub mod outgoing;
pub mod overview;
pub mod plans;
pub mod reporting;
