//! The accounts slice's route table.

use platform::{Access, Routes};

use super::pages;

/// One line per route.
pub(super) fn table() -> Routes {
    Routes::new()
        .get("/", Access::Public, pages::sign_in::home)
        .get("/dang-nhap", Access::Public, pages::sign_in::form)
        .post("/dang-nhap", Access::Public, pages::sign_in::submit)
        .post("/dang-xuat", Access::Restricted, pages::sign_in::sign_out)
        .get("/con-day", Access::Restricted, pages::sign_in::still_here)
}
