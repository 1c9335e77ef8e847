//! The public library's route table.

use platform::{Access, Routes};

use super::pages::{items, practices};

/// One line per route.
pub(super) fn table() -> Routes {
    let all = Access::Public;
    Routes::new()
        .get("/thu-vien", all, items::list)
        .get("/thu-vien/loai/{kind}", all, items::kind)
        .get("/thu-vien/linh-vuc/{field}", all, items::field)
        .get("/thu-vien/tieng/{lang}", all, items::lang)
        .get("/thu-vien/bo-suu-tap/{slug}", all, items::collection)
        .get("/thu-vien/{slug}", all, items::item)
        .get("/mo-hinh", all, practices::list)
        .get("/mo-hinh/loai/{kind}", all, practices::kind)
        .get("/mo-hinh/{slug}", all, practices::practice)
}
