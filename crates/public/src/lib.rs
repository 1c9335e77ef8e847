//! What citizens meet. Knows records, never work.

pub mod bookshelf;
pub mod disclosures;
pub mod library;
pub mod newsletter;
pub mod portal;
pub mod search;
