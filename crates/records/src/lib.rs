//! What everyone refers to: who (accounts), where (agencies), which paper (documents), what law says (laws), what was done (activities).

pub mod accounts;
pub mod activities;
pub mod agencies;
pub mod disclosures;
pub mod documents;
pub mod laws;
pub mod publications;
pub mod site;
