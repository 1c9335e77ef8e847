//! The library's pages.

pub(super) mod collections;
pub(super) mod files;
pub(super) mod item;
pub(super) mod list;
pub(super) mod packages;
pub(super) mod practices;
pub(super) mod upload;
