//! The links slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::pages;
use crate::publications::policy::ReadPublications;

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadPublications::DEF);
    Routes::new().get("/toa-soan/lien-ket", read, pages::page).post("/toa-soan/lien-ket", read, pages::look)
}
