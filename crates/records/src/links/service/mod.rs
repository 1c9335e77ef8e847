//! Looking at links, and what was found.

mod found;
mod look;
mod outside;

pub(super) use found::{Line, Sought, dead_links, look_now, look_one};
pub(super) use look::{AGAIN, LOOK, look, look_again};

use platform::{App, links::LinksDef};

/// Everything that has links.
pub(in crate::links) fn definitions(app: &App) -> impl Iterator<Item = &'static LinksDef> {
    app.slices.iter().flat_map(|slice| slice.links)
}
