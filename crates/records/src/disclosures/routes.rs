//! The disclosures slice's route table.

use kernel::Action;
use platform::{Access, Routes};

use super::{
    pages::{entries, requests},
    policy::{HandleRequests, KeepDisclosures, ReadDisclosures, ReadRequests},
};

/// One line per route.
pub(super) fn table() -> Routes {
    let read = Access::Action(&ReadDisclosures::DEF);
    let keep = Access::Action(&KeepDisclosures::DEF);
    let see = Access::Action(&ReadRequests::DEF);
    let handle = Access::Action(&HandleRequests::DEF);
    Routes::new()
        .get("/tiep-can-thong-tin", read, entries::list)
        .get("/tiep-can-thong-tin/moi", keep, entries::form)
        .post("/tiep-can-thong-tin/moi", keep, entries::add)
        .get("/tiep-can-thong-tin/muc/{id}", read, entries::page)
        .post("/tiep-can-thong-tin/muc/{id}", keep, entries::change)
        .get("/tiep-can-thong-tin/yeu-cau", see, requests::list)
        .get("/tiep-can-thong-tin/yeu-cau/{id}", see, requests::page)
        .post("/tiep-can-thong-tin/yeu-cau/{id}/nhan", handle, requests::accept)
        .post("/tiep-can-thong-tin/yeu-cau/{id}/gia-han", handle, requests::extend)
        .post("/tiep-can-thong-tin/yeu-cau/{id}/tra-loi", handle, requests::answer)
        .post("/tiep-can-thong-tin/yeu-cau/{id}/tu-choi", handle, requests::refuse)
        .post("/tiep-can-thong-tin/yeu-cau/{id}/chuyen", handle, requests::hand_on)
        .post("/tiep-can-thong-tin/yeu-cau/{id}/cong-khai", handle, requests::publish)
        .post("/tiep-can-thong-tin/yeu-cau/{id}/thoi-cong-khai", handle, requests::unpublish)
}
