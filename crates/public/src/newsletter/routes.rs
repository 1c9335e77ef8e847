//! The newsletter's route table.

use platform::{Access, Routes};

use super::pages;

/// One line per route.
pub(super) fn table() -> Routes {
    let all = Access::Public;
    Routes::new()
        .get("/dang-ky-nhan-tin", all, pages::form)
        .post("/dang-ky-nhan-tin", all, pages::submit)
        .get("/dang-ky-nhan-tin/da-gui", all, pages::sent)
        .get("/dang-ky-nhan-tin/xac-nhan/{token}", all, pages::asked)
        .post("/dang-ky-nhan-tin/xac-nhan/{token}", all, pages::confirm)
        .get("/dang-ky-nhan-tin/{token}", all, pages::manage)
        .post("/dang-ky-nhan-tin/{token}", all, pages::choose)
        .get("/dang-ky-nhan-tin/{token}/huy", all, pages::leave)
        .post("/dang-ky-nhan-tin/{token}/huy", all, pages::end)
}
