//! The overview slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{pages, policy::ReadOverview};

/// One line per route.
pub(super) fn table() -> Routes {
    Routes::new().get("/tong-quan", Access::Action(&ReadOverview::DEF), pages::page)
}
