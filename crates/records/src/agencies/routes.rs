//! The agencies slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::{Agencies, Localities, agency, council, events, places, record, sheets, tree},
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
        .get("/co-quan/su-kien", READ, events::list::<Agencies>)
        .post("/co-quan/su-kien", MANAGE, record::submit::<Agencies>)
        .get("/co-quan/su-kien/moi", MANAGE, record::form::<Agencies>)
        .get("/co-quan/su-kien/{id}", READ, events::event::<Agencies>)
        .get("/co-quan/su-kien/{id}/sua", MANAGE, record::edit::<Agencies>)
        .post("/co-quan/su-kien/{id}/sua", MANAGE, record::correct::<Agencies>)
        .post("/co-quan/su-kien/{id}/thu-hoi", MANAGE, events::withdraw::<Agencies>)
        .post("/co-quan/su-kien/{id}/kiem-chung", MANAGE, events::check::<Agencies>)
        .post("/co-quan/cach-goi/{id}/xoa", MANAGE, agency::forget)
        .get("/co-quan/{id}", READ, agency::agency)
        .get("/co-quan/{id}/nhanh", READ, tree::branch)
        .post("/co-quan/{id}/cach-goi", MANAGE, agency::remember)
        .get("/co-quan/{id}/thanh-vien", READ, council::list)
        .post("/co-quan/{id}/thanh-vien", MANAGE, council::add)
        .post("/co-quan/thanh-vien/{id}/ket-thuc", MANAGE, council::end)
        .post("/co-quan/thanh-vien/{id}/xoa", MANAGE, council::delete)
        .get("/dia-ban", READ, places::list)
        .get("/dia-ban/su-kien", READ, events::list::<Localities>)
        .post("/dia-ban/su-kien", MANAGE, record::submit::<Localities>)
        .get("/dia-ban/su-kien/moi", MANAGE, record::form::<Localities>)
        .get("/dia-ban/su-kien/{id}", READ, events::event::<Localities>)
        .get("/dia-ban/su-kien/{id}/sua", MANAGE, record::edit::<Localities>)
        .post("/dia-ban/su-kien/{id}/sua", MANAGE, record::correct::<Localities>)
        .post("/dia-ban/su-kien/{id}/thu-hoi", MANAGE, events::withdraw::<Localities>)
        .post("/dia-ban/su-kien/{id}/kiem-chung", MANAGE, events::check::<Localities>)
        .get("/dia-ban/{key}", READ, places::place)
}
