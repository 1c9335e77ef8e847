//! The reporting slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::forms,
    policy::{ManageReports, ReadReports},
};

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadReports::DEF);
    let manage = Access::Action(&ManageReports::DEF);
    Routes::new()
        .get("/bieu-mau", read, forms::list)
        .get("/bieu-mau/tai-len", manage, forms::upload_form)
        .post("/bieu-mau/tai-len", manage, forms::upload)
        .get("/bieu-mau/{id}", read, forms::page)
        .get("/bieu-mau/{id}/tai-ve", read, forms::download)
        .post("/bieu-mau/{id}/ban-hanh", manage, forms::publish)
        .post("/bieu-mau/{id}/bo", manage, forms::drop)
}
