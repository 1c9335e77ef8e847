//! Pages of the site slice.

pub(super) mod face;
pub(super) mod fixed;
