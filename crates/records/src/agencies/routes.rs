//! The agencies slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::{agency, council, events, places, record, sheets, tree},
    policy::{ManageAgencies, ReadAgencies},
};

const READ: Access = Access::Action(&ReadAgencies::DEF);
const MANAGE: Access = Access::Action(&ManageAgencies::DEF);

/// One line per route.
pub(super) fn table() -> Routes {
    Routes::new()
        .get("/co-quan", READ, tree::tree)
        .get("/co-quan/xuat", READ, sheets::export)
        .get("/co-quan/nhap", MANAGE, sheets::form)
        .post("/co-quan/nhap", MANAGE, sheets::submit)
        .get("/co-quan/su-kien", READ, events::list)
        .post("/co-quan/su-kien", MANAGE, record::submit)
        .get("/co-quan/su-kien/moi", MANAGE, record::form)
        .get("/co-quan/su-kien/{id}", READ, events::event)
        .get("/co-quan/su-kien/{id}/sua", MANAGE, record::edit)
        .post("/co-quan/su-kien/{id}/sua", MANAGE, record::correct)
        .post("/co-quan/su-kien/{id}/thu-hoi", MANAGE, events::withdraw)
        .post("/co-quan/su-kien/{id}/kiem-chung", MANAGE, events::check)
        .post("/co-quan/cach-goi/{id}/xoa", MANAGE, agency::forget)
        .get("/co-quan/{id}", READ, agency::agency)
        .get("/co-quan/{id}/nhanh", READ, tree::branch)
        .post("/co-quan/{id}/cach-goi", MANAGE, agency::remember)
        .get("/co-quan/{id}/thanh-vien", READ, council::list)
        .post("/co-quan/{id}/thanh-vien", MANAGE, council::add)
        .post("/co-quan/thanh-vien/{id}/ket-thuc", MANAGE, council::end)
        .post("/co-quan/thanh-vien/{id}/xoa", MANAGE, council::delete)
        .get("/dia-ban", READ, places::list)
        .get("/dia-ban/{key}", READ, places::place)
}
