//! What citizens meet. Knows records, never work.

pub mod portal;
pub mod search;
