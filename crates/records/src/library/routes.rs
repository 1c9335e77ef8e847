//! The library slice's route table.

use kernel::Action;
use platform::{Access, Routes, slice::MethodFilter};

use super::{
    pages::{collections, files, item, list, packages, practices, upload},
    policy::{KeepLibrary, ReadLibrary, ShowLibrary},
};

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadLibrary::DEF);
    let keep = Access::Action(&KeepLibrary::DEF);
    let show = Access::Action(&ShowLibrary::DEF);
    Routes::new()
        .get("/tu-lieu", read, list::page)
        .get("/tu-lieu/moi", keep, item::form)
        .post("/tu-lieu/moi", keep, item::submit)
        .post("/tu-lieu/tai-len", keep, upload::begin)
        .on(MethodFilter::HEAD, "/tu-lieu/tai-len/{id}", keep, upload::standing)
        .on(MethodFilter::PATCH, "/tu-lieu/tai-len/{id}", keep, upload::receive)
        .on(MethodFilter::DELETE, "/tu-lieu/tai-len/{id}", keep, upload::give_up)
        .get("/tu-lieu/bo-suu-tap", read, collections::list)
        .post("/tu-lieu/bo-suu-tap", show, collections::open)
        .get("/tu-lieu/bo-suu-tap/{id}", show, collections::page)
        .post("/tu-lieu/bo-suu-tap/{id}", show, collections::change)
        .get("/tu-lieu/goi", read, packages::list)
        .post("/tu-lieu/goi", keep, packages::ask)
        .get("/tu-lieu/goi/{id}/tep", read, packages::file)
        .get("/tu-lieu/mo-hinh", read, practices::list)
        .get("/tu-lieu/mo-hinh/moi", keep, practices::form)
        .post("/tu-lieu/mo-hinh/moi", keep, practices::submit)
        .get("/tu-lieu/mo-hinh/{id}", read, practices::page)
        .get("/tu-lieu/mo-hinh/{id}/sua", keep, practices::edit_form)
        .post("/tu-lieu/mo-hinh/{id}/sua", keep, practices::edit)
        .post("/tu-lieu/mo-hinh/{id}/cong-khai", show, practices::show_it)
        .post("/tu-lieu/mo-hinh/{id}/thoi-cong-khai", show, practices::hide)
        .get("/tu-lieu/{id}", read, item::page)
        .get("/tu-lieu/{id}/sua", keep, item::edit_form)
        .post("/tu-lieu/{id}/sua", keep, item::edit)
        .post("/tu-lieu/{id}/tep", keep, item::give_file)
        .post("/tu-lieu/{id}/kiem-tra", keep, item::check)
        .post("/tu-lieu/{id}/cong-khai", show, item::show_it)
        .post("/tu-lieu/{id}/thoi-cong-khai", show, item::hide)
        .get("/anh/{id}/{name}", Access::Public, files::picture)
        .get("/tep/{id}/{name}", Access::Public, files::rendition)
}
