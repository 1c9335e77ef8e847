//! Pages of public information.

pub(super) mod ask;
pub(super) mod lists;
