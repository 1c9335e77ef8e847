//! The route table of public information.

use platform::{Access, Routes};

use super::pages::{ask, lists};

/// One line per route.
pub(super) fn table() -> Routes {
    let all = Access::Public;
    Routes::new()
        .get("/cong-khai-thong-tin", all, lists::all)
        .get("/cong-khai-thong-tin/loai/{kind}", all, lists::kind)
        .get("/cong-khai-thong-tin/co-quan/{agency}", all, lists::agency)
        .get("/cong-khai-thong-tin/muc/{item}", all, lists::entry)
        .get("/cong-khai-thong-tin/tra-loi", all, lists::answers)
        .get("/cong-khai-thong-tin/tra-loi/{item}", all, lists::answer)
        .get("/cong-khai-thong-tin/yeu-cau", all, ask::form)
        .post("/cong-khai-thong-tin/yeu-cau", all, ask::send)
        .get("/cong-khai-thong-tin/tra-cuu", all, ask::lookup)
        .post("/cong-khai-thong-tin/tra-cuu", all, ask::look_up)
}
