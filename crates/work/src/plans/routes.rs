//! The plans slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::{board, handover, heat, list, mine, obligation, plans, products, settings, task},
    policy::{DecidePlans, ManagePlans, ReadPlans, ReportProgress},
};

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadPlans::DEF);
    let report = Access::Action(&ReportProgress::DEF);
    let decide = Access::Action(&DecidePlans::DEF);
    let manage = Access::Action(&ManagePlans::DEF);
    Routes::new()
        .get("/viec-cua-toi", Access::SignedIn, mine::page)
        .post("/viec-cua-toi/tiep-nhan", report, mine::receive)
        .post("/viec-cua-toi/da-doc", Access::SignedIn, mine::read)
        .get("/ke-hoach", read, plans::page)
        .get("/ke-hoach/{id}", read, board::page)
        .post("/ke-hoach/{id}/nhac", manage, board::remind)
        .post("/ke-hoach/{id}/so-ket", manage, board::review)
        .get("/ke-hoach/{id}/danh-sach", read, list::of_plan)
        .get("/ke-hoach/{id}/danh-sach.xlsx", read, list::workbook_of_plan)
        .get("/nhiem-vu", read, list::of_all)
        .get("/nhiem-vu.xlsx", read, list::workbook_of_all)
        .get("/ke-hoach/{id}/bang-nhiet", read, heat::page)
        .get("/ke-hoach/{id}/san-pham", read, products::page)
        .get("/ke-hoach/{id}/thiet-lap", manage, settings::form)
        .post("/ke-hoach/{id}/thiet-lap", manage, settings::submit)
        .post("/ke-hoach/{id}/thay-the", manage, settings::fate)
        .get("/ke-hoach/{id}/tiep-nhan", manage, handover::page)
        .post("/ke-hoach/{id}/tiep-nhan", manage, handover::submit)
        .get("/ke-hoach/{id}/nhiem-vu/{task}", read, task::page)
        .post("/ke-hoach/{id}/nhiem-vu/{task}/su-kien", manage, task::event)
        .post("/ke-hoach/{id}/nhiem-vu/{task}/rut-su-kien", manage, task::event_back)
        .post("/ke-hoach/{id}/nhiem-vu/{task}/san-pham", manage, task::product)
        .get("/nghia-vu/{id}", read, obligation::page)
        .post("/nghia-vu/{id}/tiep-nhan", report, obligation::receive)
        .post("/nghia-vu/{id}/bao-cao", report, obligation::report)
        .post("/nghia-vu/{id}/kien-nghi", report, obligation::propose)
        .post("/nghia-vu/{id}/gia-han", report, obligation::ask_for_time)
        .post("/nghia-vu/{id}/khong-nhan", report, obligation::decline)
        .post("/nghia-vu/{id}/ket-luan", decide, obligation::end)
        .post("/de-nghi/{id}", decide, obligation::decide)
        .get("/minh-chung/{id}", read, obligation::file)
}
