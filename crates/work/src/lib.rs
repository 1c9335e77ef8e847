//! What officials do inside agencies: plans.

pub mod plans;
