//! What officials do inside agencies: plans, periodic reports, outgoing papers.

mod letterhead;
mod made_up;
pub mod outgoing;
pub mod overview;
pub mod plans;
pub mod reporting;
