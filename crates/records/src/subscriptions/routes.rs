//! The subscriptions slice's route table: what staff see. What everybody sees is in the crate `public`.

use kernel::Action;
use platform::{Access, Routes};

use super::pages;
use crate::publications::policy::EditPublications;

/// One line per route.
pub(super) fn table() -> Routes {
    Routes::new().get("/toa-soan/nhan-tin", Access::Action(&EditPublications::DEF), pages::numbers)
}
