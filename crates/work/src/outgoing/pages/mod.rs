//! Pages of the outgoing slice.

pub(super) mod begin;
pub(super) mod edit;
pub(super) mod list;
pub(super) mod paper;
pub(super) mod print;
pub(super) mod source;
