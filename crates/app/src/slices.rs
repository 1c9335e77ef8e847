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
    &records::library::SLICE,
    &records::publications::SLICE,
    &records::disclosures::SLICE,
    &records::subscriptions::SLICE,
    &records::site::SLICE,
    &records::links::SLICE,
    &public::portal::SLICE,
    &public::search::SLICE,
    &public::bookshelf::SLICE,
    &public::library::SLICE,
    &public::disclosures::SLICE,
    &public::newsletter::SLICE,
    &work::plans::SLICE,
    &work::reporting::SLICE,
    &work::outgoing::SLICE,
    &work::overview::SLICE,
];
