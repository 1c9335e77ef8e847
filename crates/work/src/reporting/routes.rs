//! The reporting slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    api,
    pages::{board, book, cell, decide, fill, forms, history, holidays, mine, open, report, rounds, schedule, words},
    policy::{CheckReports, DecideReports, FillReports, ManageReports, ReadReports, SetHolidays, SignReports},
};

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadReports::DEF);
    let make = Access::Action(&FillReports::DEF);
    let check = Access::Action(&CheckReports::DEF);
    let sign = Access::Action(&SignReports::DEF);
    let decide = Access::Action(&DecideReports::DEF);
    let manage = Access::Action(&ManageReports::DEF);
    let rest = Access::Action(&SetHolidays::DEF);
    Routes::new()
        .get("/bieu-mau", read, forms::list)
        .get("/bieu-mau/tai-len", manage, forms::upload_form)
        .post("/bieu-mau/tai-len", manage, forms::upload)
        .get("/bieu-mau/ngay-nghi", Access::SignedIn, holidays::page)
        .get("/bieu-mau/ngay-nghi/tai-ve", Access::SignedIn, holidays::download)
        .post("/bieu-mau/ngay-nghi", rest, holidays::set)
        .get("/bieu-mau/{id}", read, forms::page)
        .get("/bieu-mau/{id}/tai-ve", read, forms::download)
        .post("/bieu-mau/{id}/ban-hanh", manage, forms::publish)
        .post("/bieu-mau/{id}/bo", manage, forms::drop)
        .get("/ky-bao-cao", read, rounds::list)
        .get("/ky-bao-cao/mo", manage, open::form)
        .post("/ky-bao-cao/mo", manage, open::submit)
        .get("/ky-bao-cao/tu-dong", manage, schedule::list)
        .get("/ky-bao-cao/tu-dong/moi", manage, schedule::form)
        .post("/ky-bao-cao/tu-dong/moi", manage, schedule::submit)
        .post("/ky-bao-cao/tu-dong/{id}/tam-dung", manage, schedule::pause)
        .post("/ky-bao-cao/tu-dong/{id}/tiep-tuc", manage, schedule::resume)
        .post("/ky-bao-cao/tu-dong/{id}/ket-thuc", manage, schedule::end)
        .get("/ky-bao-cao/bang", read, board::page)
        .get("/ky-bao-cao/{id}", read, rounds::page)
        .get("/ky-bao-cao/{id}/loi-van", read, words::page)
        .get("/ky-bao-cao/{id}/o/{cell}", read, cell::of_round)
        .get("/ky-bao-cao/{id}/qua-cac-ky/{cell}", read, history::page)
        .get("/bao-cao", read, mine::page)
        .get("/bao-cao/thiet-lap", manage, mine::settings)
        .post("/bao-cao/thiet-lap", manage, mine::set)
        .get("/bao-cao/{id}", read, report::page)
        .get("/bao-cao/{id}/o/{cell}", read, cell::of_report)
        .get("/bao-cao/{id}/dien", make, fill::form)
        .post("/bao-cao/{id}/dien", make, fill::submit)
        .get("/bao-cao/{id}/tai-bieu", make, book::workbook)
        .post("/bao-cao/{id}/nop-bieu", make, book::upload)
        .post("/bao-cao/{id}/doi-chieu", make, book::compare)
        .post("/bao-cao/{id}/dinh-chinh", make, fill::correct)
        .post("/bao-cao/{id}/kiem-tra", check, decide::check)
        .post("/bao-cao/{id}/tra-nguoi-lap", check, decide::give_back)
        .post("/bao-cao/{id}/gui", sign, decide::send)
        .post("/bao-cao/{id}/tra-lai", decide, decide::return_report)
        .post("/bao-cao/{id}/duyet", decide, decide::approve)
        .post("/bao-cao/{id}/tiep-nhan", decide, decide::accept)
        .post("/ky-bao-cao/{id}/tiep-nhan", decide, decide::accept_all)
        .post("/bao-cao/{id}/hoi", decide, decide::ask)
        .post("/bao-cao/{id}/tra-loi/{question}", make, decide::answer)
        .post("/bao-cao/{id}/theo-doi/{question}", decide, decide::follow)
        .post("/api/bao-cao", make, api::intake)
        .post("/api/bao-cao/ngoai-tuyen", make, api::away)
}
