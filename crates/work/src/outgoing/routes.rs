//! The outgoing slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::{begin, edit, list, paper, print, source},
    policy::{DraftPapers, ReadPapers},
};
use crate::reporting::policy::SignReports;

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadPapers::DEF);
    let draft = Access::Action(&DraftPapers::DEF);
    let sign = Access::Action(&SignReports::DEF);
    Routes::new()
        .get("/van-ban-di", read, list::page)
        .get("/van-ban-di/moi", draft, begin::form)
        .post("/van-ban-di/moi", draft, begin::submit)
        .get("/van-ban-di/{id}", read, paper::page)
        .get("/van-ban-di/{id}/nguon/{key}", read, source::page)
        .get("/van-ban-di/{id}/soan", draft, edit::form)
        .post("/van-ban-di/{id}/soan", draft, edit::submit)
        .post("/van-ban-di/{id}/xem-thu", draft, edit::preview)
        .post("/van-ban-di/{id}/da-xem", draft, edit::looked)
        .post("/van-ban-di/{id}/xoa", draft, edit::discard)
        .post("/van-ban-di/{id}/trinh", draft, paper::hand_in)
        .post("/van-ban-di/{id}/tra-lai", sign, paper::give_back)
        .post("/van-ban-di/{id}/ky", sign, paper::sign)
        .post("/van-ban-di/{id}/ban-ky", draft, paper::keep)
        .get("/tep-van-ban-di/{id}", read, print::signed_file)
        .get("/van-ban-di/{id}/{as}", read, print::printed)
}
