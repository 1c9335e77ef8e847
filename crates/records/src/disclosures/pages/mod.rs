//! Pages of the disclosures slice.

pub(super) mod entries;
pub(super) mod requests;
