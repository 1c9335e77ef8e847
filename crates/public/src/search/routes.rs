//! The route table of the search.

use platform::{Access, Routes};

use super::pages;

/// One line per route.
pub(super) fn table() -> Routes {
    Routes::new().get("/tim-kiem", Access::Public, pages::page).get("/tim-kiem/goi-y", Access::Public, pages::suggest)
}
