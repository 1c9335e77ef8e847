//! The bookshelf's pages.

pub(super) mod cards;
pub(super) mod documents;
pub(super) mod files;

use kernel::{Error, Result, time};
use serde::Deserialize;

/// The day and the page of a list that a reader chose.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    ngay: String,
    trang: Option<u32>,
}

impl Chosen {
    /// yyyymmdd; 0 when none was chosen. What is no day is answered like what does not exist.
    fn day(&self) -> Result<i64> {
        if self.ngay.trim().is_empty() {
            return Ok(0);
        }
        time::parse_date(self.ngay.trim()).map(time::date_to_int).ok_or(Error::NotFound)
    }
}
