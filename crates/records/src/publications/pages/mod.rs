//! Pages of the newsroom.

pub(super) mod contribution;
pub(super) mod list;
pub(super) mod quote;
pub(super) mod sections;
pub(super) mod versions;
pub(super) mod visits;
pub(super) mod word;
pub(super) mod write;
