//! The site slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::{face, fixed},
    policy::ArrangeSite,
};

/// One line per route.
pub(super) fn table() -> Routes {
    let arrange = Access::Action(&ArrangeSite::DEF);
    Routes::new()
        .get("/giao-dien-cong", arrange, face::page)
        .post("/giao-dien-cong", arrange, face::save)
        .post("/giao-dien-cong/thuc-don", arrange, face::menu)
        .post("/giao-dien-cong/thong-bao", arrange, face::add_banner)
        .get("/giao-dien-cong/thong-bao/{id}", arrange, face::banner)
        .post("/giao-dien-cong/thong-bao/{id}", arrange, face::change_banner)
        .post("/giao-dien-cong/thong-bao/{id}/bo", arrange, face::drop_banner)
        .get("/giao-dien-cong/trang-moi", arrange, fixed::form)
        .post("/giao-dien-cong/trang-moi", arrange, fixed::add)
        .get("/giao-dien-cong/trang/{id}", arrange, fixed::page)
        .post("/giao-dien-cong/trang/{id}", arrange, fixed::change)
        .post("/giao-dien-cong/trang/{id}/dang", arrange, fixed::publish)
        .post("/giao-dien-cong/trang/{id}/go", arrange, fixed::withdraw)
}
