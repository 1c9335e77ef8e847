//! What everyone refers to: who (accounts), where (agencies), which paper (documents), what law says (laws), what was done (activities), what shows it
//! (library), what the public reads of it (publications).

pub mod accounts;
pub mod activities;
pub mod agencies;
pub mod disclosures;
pub mod documents;
pub mod laws;
pub mod library;
pub mod links;
pub mod publications;

pub mod site;
pub mod subscriptions;
