//! Pages of the documents slice.

pub(super) mod confirm;
pub(super) mod document;
pub(super) mod register;
pub(super) mod review;
pub(super) mod tasks;
pub(super) mod upload;
