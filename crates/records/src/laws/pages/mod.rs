//! The bookshelf's work room.

pub(super) mod cards;
pub(super) mod shelf;
pub(super) mod upload;
