//! The laws slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::{cards, mend, shelf, upload},
    policy::{EditLaws, ReadLaws},
};

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadLaws::DEF);
    let edit = Access::Action(&EditLaws::DEF);
    Routes::new()
        .get("/tu-sach", read, shelf::page)
        .post("/tu-sach/tai-len", edit, upload::submit)
        .get("/tu-sach/nhap/{id}", read, upload::review)
        .post("/tu-sach/nhap/{id}", edit, upload::confirm)
        .post("/tu-sach/nhap/{id}/bo", edit, upload::throw_away)
        .get("/tu-sach/van-ban/{slug}", edit, shelf::form)
        .post("/tu-sach/van-ban/{slug}", edit, shelf::change)
        .post("/tu-sach/van-ban/{slug}/doi-chieu", edit, shelf::check)
        .get("/tu-sach/van-ban/{slug}/sua", edit, mend::page)
        .get("/tu-sach/van-ban/{slug}/sua/{article}/{from}", edit, mend::form)
        .post("/tu-sach/van-ban/{slug}/sua/{article}/{from}", edit, mend::submit)
        .get("/tu-sach/van-ban/{slug}/lien-ket", edit, mend::link_form)
        .post("/tu-sach/van-ban/{slug}/lien-ket", edit, mend::link)
        .get("/tu-sach/the", read, cards::list)
        .get("/tu-sach/the/moi", edit, cards::form)
        .post("/tu-sach/the/moi", edit, cards::submit)
        .get("/tu-sach/the/{id}", edit, cards::edit_form)
        .post("/tu-sach/the/{id}", edit, cards::edit)
        .post("/tu-sach/the/{id}/doi-chieu", edit, cards::compare)
}
