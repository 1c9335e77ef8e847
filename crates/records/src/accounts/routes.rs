//! The accounts slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::{activate, edit, factor, handover, invite, own, sessions, setup, sign_in, user, users},
    policy::{ManageAccounts, ResetAccess, SeeAccounts},
};

const SEE: Access = Access::Action(&SeeAccounts::DEF);
const MANAGE: Access = Access::Action(&ManageAccounts::DEF);
const RESET: Access = Access::Action(&ResetAccess::DEF);

/// One line per route.
pub(super) fn table() -> Routes {
    Routes::new()
        .get("/cai-dat-lan-dau", Access::Public, setup::form)
        .post("/cai-dat-lan-dau", Access::Public, setup::submit)
        .get("/dang-nhap", Access::Public, sign_in::form)
        .post("/dang-nhap", Access::Public, sign_in::submit)
        .post("/dang-xuat", Access::Restricted, sign_in::sign_out)
        .get("/con-day", Access::Restricted, sign_in::still_here)
        .get("/khoa-phien", Access::Public, sign_in::locked)
        .post("/khoa-phien", Access::Public, sign_in::lock)
        .get("/ma-xac-thuc", Access::Restricted, sign_in::code_form)
        .post("/ma-xac-thuc", Access::Restricted, sign_in::code)
        .get("/kich-hoat", Access::Public, activate::form)
        .post("/kich-hoat", Access::Public, activate::submit)
        .get("/doi-mat-khau", Access::Restricted, own::password_form)
        .post("/doi-mat-khau", Access::Restricted, own::password_change)
        .get("/xac-thuc-hai-buoc", Access::Restricted, factor::show)
        .post("/xac-thuc-hai-buoc", Access::Restricted, factor::enable)
        .post("/xac-thuc-hai-buoc/tat", Access::SignedIn, factor::disable)
        .get("/tai-khoan-cua-toi", Access::SignedIn, own::show)
        .post("/tai-khoan-cua-toi/phien/{id}/ket-thuc", Access::SignedIn, own::end_session)
        .post("/tai-khoan-cua-toi/phien-khac/ket-thuc", Access::SignedIn, own::end_others)
        .get("/tai-khoan", SEE, users::list)
        .get("/tai-khoan/xuat", SEE, users::export)
        .get("/tai-khoan/moi", MANAGE, edit::new_form)
        .post("/tai-khoan/moi", MANAGE, edit::create)
        .get("/tai-khoan/bang-mau", MANAGE, invite::sample)
        .get("/tai-khoan/moi-tu-bang-tinh", MANAGE, invite::form)
        .post("/tai-khoan/moi-tu-bang-tinh", MANAGE, invite::submit)
        .post("/tai-khoan/moi-tu-bang-tinh/kiem-tra", MANAGE, invite::check)
        .get("/tai-khoan/phieu", MANAGE, invite::no_slips)
        .post("/tai-khoan/phieu", MANAGE, invite::print)
        .get("/tai-khoan/{id}", SEE, user::show)
        .get("/tai-khoan/{id}/sua", MANAGE, edit::form)
        .post("/tai-khoan/{id}/sua", MANAGE, edit::update)
        .post("/tai-khoan/{id}/khoa", MANAGE, user::disable)
        .post("/tai-khoan/{id}/mo-khoa", MANAGE, user::enable)
        .post("/tai-khoan/{id}/cap-lai-phieu", RESET, user::reset)
        .get("/tai-khoan/{id}/phien", RESET, sessions::list)
        .post("/tai-khoan/{id}/phien/ket-thuc", RESET, sessions::end_all)
        .post("/tai-khoan/{id}/phien/{session}/ket-thuc", RESET, sessions::end)
        .post("/tai-khoan/{id}/vai-tro", MANAGE, user::grant)
        .post("/tai-khoan/{id}/vai-tro/{holding}/ket-thuc", MANAGE, user::end_role)
        .get("/tai-khoan/{id}/ban-giao", MANAGE, handover::show)
        .post("/tai-khoan/{id}/ban-giao", MANAGE, handover::submit)
}
