//! The overview slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{pages, policy::ReadOverview};

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadOverview::DEF);
    Routes::new().get("/tong-quan", read, pages::page).get("/tong-quan/hinh.png", read, pages::picture).get(
        "/tong-quan/so-lieu.csv",
        read,
        pages::figures,
    )
}
