//! The publications slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::{contribution, list, quote, sections, versions, visits, word, write},
    policy::{ArrangeSections, EditPublications, ReadPublications, WritePublications},
};

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadPublications::DEF);
    let write_it = Access::Action(&WritePublications::DEF);
    let edit = Access::Action(&EditPublications::DEF);
    let arrange = Access::Action(&ArrangeSections::DEF);
    Routes::new()
        .get("/toa-soan", read, list::page)
        .get("/toa-soan/dong-gop", read, list::score)
        .get("/toa-soan/luot-doc", read, visits::page)
        .get("/toa-soan/luot-doc.csv", read, visits::csv)
        .get("/toa-soan/moi", write_it, write::form)
        .post("/toa-soan/moi", write_it, write::submit)
        .post("/toa-soan/tu-word", write_it, word::take)
        .post("/toa-soan/xem-thu", write_it, write::preview)
        .get("/toa-soan/trich-luat", write_it, quote::page)
        .get("/toa-soan/chuyen-muc", arrange, sections::list)
        .post("/toa-soan/chuyen-muc", arrange, sections::open)
        .post("/toa-soan/chuyen-muc/trang-chu", arrange, sections::home)
        .get("/toa-soan/chuyen-muc/{id}", arrange, sections::page)
        .post("/toa-soan/chuyen-muc/{id}", arrange, sections::change)
        .get("/toa-soan/{id}", read, contribution::page)
        .get("/toa-soan/{id}/khac-biet", read, contribution::difference)
        .get("/toa-soan/{id}/sua", write_it, write::edit_form)
        .post("/toa-soan/{id}/sua", write_it, write::edit)
        .post("/toa-soan/{id}/gui", write_it, contribution::submit)
        .post("/toa-soan/{id}/rut-lai", write_it, contribution::take_back)
        .post("/toa-soan/{id}/bo", write_it, contribution::give_up)
        .post("/toa-soan/{id}/dinh-chinh", write_it, contribution::correct)
        .post("/toa-soan/{id}/ban-dich", write_it, versions::begin)
        .post("/toa-soan/{id}/tra", edit, contribution::send_back)
        .post("/toa-soan/{id}/duyet", edit, contribution::accept)
        .post("/toa-soan/{id}/xuat-ban", edit, contribution::publish)
        .post("/toa-soan/{id}/hen-gio", edit, contribution::schedule)
        .post("/toa-soan/{id}/bo-hen", edit, contribution::unschedule)
        .post("/toa-soan/{id}/go", edit, contribution::withdraw)
        .post("/toa-soan/{id}/dang-lai", edit, contribution::restore)
}
