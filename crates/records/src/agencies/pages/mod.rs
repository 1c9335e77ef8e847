//! Pages of the agencies slice.

pub(super) mod agency;
pub(super) mod council;
pub(super) mod events;
pub(super) mod places;
pub(super) mod record;
pub(super) mod sheets;
pub(super) mod tree;
