//! Pages of the agencies slice.

pub(super) mod agency;
pub(super) mod council;
pub(super) mod events;
pub(super) mod places;
pub(super) mod record;
pub(super) mod sheets;
pub(super) mod tree;

use super::model::side::Side;

/// Which tree the pages of events are about.
pub(super) trait About: Send + Sync + 'static {
    /// The tree.
    const SIDE: Side;
}

/// Pages about agencies.
pub(super) struct Agencies;

/// Pages about localities.
pub(super) struct Localities;

impl About for Agencies {
    const SIDE: Side = Side::Agencies;
}

impl About for Localities {
    const SIDE: Side = Side::Localities;
}
