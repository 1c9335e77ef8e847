//! The public library's pages.

pub(super) mod items;
pub(super) mod practices;

use kernel::Paging;
use serde::Deserialize;

/// Which page of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Turned {
    trang: Option<u32>,
}

/// Things on a page of a list.
const SIZE: u32 = 24;

pub(super) fn paging(turned: &Turned) -> Paging {
    Paging { size: SIZE, ..Paging::new(turned.trang) }
}
