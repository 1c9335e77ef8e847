//! The documents slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::{confirm, document, register, review, tasks, upload},
    policy::{Confirm, Prepare, Read},
};

/// One line per route.
pub(super) fn table() -> Routes {
    const READ: Access = Access::Action(&Read::DEF);
    const PREPARE: Access = Access::Action(&Prepare::DEF);
    const CONFIRM: Access = Access::Action(&Confirm::DEF);
    Routes::new()
        .get("/van-ban", READ, register::register)
        .get("/van-ban/xuat", READ, register::export)
        .post("/van-ban/tai-len", PREPARE, upload::upload)
        .get("/van-ban/{id}", READ, document::document)
        .get("/van-ban/{id}/tep", READ, document::file)
        .get("/van-ban/{id}/xac-nhan", CONFIRM, confirm::form)
        .post("/van-ban/{id}/xac-nhan", CONFIRM, confirm::submit)
        .post("/van-ban/{id}/dinh-chinh", CONFIRM, confirm::correct)
        .get("/van-ban/{id}/trang-thai", PREPARE, upload::status)
        .post("/van-ban/{id}/doc-lai", PREPARE, upload::retry)
        .post("/van-ban/{id}/bo", PREPARE, upload::discard)
        .get("/van-ban/{id}/ra-soat", PREPARE, review::review)
        .post("/van-ban/{id}/thong-tin", PREPARE, review::facts)
        .post("/van-ban/{id}/chap-nhan-chac-chan", PREPARE, review::accept_sure)
        .post("/van-ban/{id}/nhiem-vu", PREPARE, tasks::add)
        .post("/van-ban/{id}/nhiem-vu/{task}/sua", PREPARE, tasks::edit)
        .post("/van-ban/{id}/nhiem-vu/{task}/nhan", PREPARE, tasks::accept)
        .post("/van-ban/{id}/nhiem-vu/{task}/bo", PREPARE, tasks::remove)
        .post("/van-ban/{id}/nhiem-vu/{task}/mo-lai", PREPARE, tasks::reopen)
        .post("/van-ban/{id}/nhiem-vu/{task}/tach", PREPARE, tasks::split)
        .post("/van-ban/{id}/nhiem-vu/{task}/gop", PREPARE, tasks::merge)
        .post("/van-ban/{id}/ben/{party}", PREPARE, tasks::choose)
}
