//! Every slice, in dependency order.

use platform::Slice;

/// The list.
pub const SLICES: &[&Slice] = &[
    &platform::admin::SLICE,
    &platform::search::SLICE,
    &records::agencies::SLICE,
    &records::accounts::SLICE,
    &records::documents::SLICE,
    &records::laws::SLICE,
    &records::activities::SLICE,
    &records::publications::SLICE,
    &records::disclosures::SLICE,
    &records::site::SLICE,
    &public::portal::SLICE,
    &public::search::SLICE,
    &public::bookshelf::SLICE,
    &public::disclosures::SLICE,
    &work::plans::SLICE,
    &work::reporting::SLICE,
    &work::outgoing::SLICE,
    &work::overview::SLICE,
];
