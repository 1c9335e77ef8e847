//! What the templates of the documents slice receive.

pub(super) mod doubts;
pub(super) mod lineage;
pub(super) mod review;
pub(super) mod upload;
