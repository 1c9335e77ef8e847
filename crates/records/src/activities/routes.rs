//! The activities slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    api,
    pages::{activity, calendar, coverage, entry, import, list, map, topics},
    policy::{ReadActivities, RecordActivities, SetTopics},
};

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadActivities::DEF);
    let record = Access::Action(&RecordActivities::DEF);
    let topic = Access::Action(&SetTopics::DEF);
    Routes::new()
        .get("/hoat-dong", read, list::page)
        .get("/hoat-dong.xlsx", read, list::workbook)
        .get("/hoat-dong.csv", read, list::csv)
        .get("/hoat-dong/lich", read, calendar::page)
        .get("/hoat-dong/ban-do", read, map::page)
        .get("/hoat-dong/do-phu", read, coverage::page)
        .get("/hoat-dong/dinh-huong", read, topics::page)
        .get("/hoat-dong/dinh-huong/chua-thuc-hien", read, topics::idle)
        .post("/hoat-dong/dinh-huong", topic, topics::submit)
        .get("/hoat-dong/moi", record, entry::form)
        .post("/hoat-dong/moi", record, entry::submit)
        .get("/hoat-dong/nhap", record, import::page)
        .post("/hoat-dong/nhap", record, import::preview)
        .post("/hoat-dong/nhap/ghi", record, import::confirm)
        .get("/hoat-dong/nhap/bang-mau", record, import::template)
        .get("/hoat-dong/{id}", read, activity::page)
        .get("/hoat-dong/{id}/sua", record, entry::edit_form)
        .post("/hoat-dong/{id}/sua", record, entry::edit)
        .post("/hoat-dong/{id}/rut", record, activity::withdraw)
        .post("/hoat-dong/{id}/phoi-hop", record, activity::join)
        .post("/hoat-dong/{id}/tep", record, activity::add)
        .post("/api/hoat-dong", record, api::intake)
        .get("/tep-hoat-dong/{id}", read, activity::file)
        .post("/tep-hoat-dong/{id}/danh-dau", record, activity::mark_file)
        .post("/tep-hoat-dong/{id}/bo", record, activity::drop_file)
}
