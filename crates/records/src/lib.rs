//! What everyone refers to: who (accounts), where (agencies), which paper (documents).

pub mod accounts;
pub mod agencies;
pub mod documents;
