//! Every query of the site slice.

mod face;
mod fixed;

pub(super) use face::*;
pub use face::{Banner, Face, Item};
pub use fixed::Live;
pub(super) use fixed::*;

use kernel::Error;

/// Somebody else was faster.
fn stale() -> Error {
    Error::Conflict("Người khác vừa thay đổi mục này. Hãy tải lại trang và làm lại.".into())
}
