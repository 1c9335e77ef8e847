//! The bookshelf's work room.

pub(super) mod cards;
pub(super) mod mend;
pub(super) mod shelf;
pub(super) mod upload;
