//! What citizens meet. Knows records, never work.

pub mod bookshelf;
pub mod newsletter;
pub mod portal;
pub mod search;
