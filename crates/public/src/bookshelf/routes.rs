//! The bookshelf's route table.

use platform::{Access, Routes};

use super::pages::{cards, documents, files};

/// One line per route.
pub(super) fn table() -> Routes {
    let all = Access::Public;
    Routes::new()
        .get("/luat", all, documents::list)
        .get("/luat.atom", all, files::feed)
        .get("/luat/loai/{kind}", all, documents::kind)
        .get("/luat/{slug}", all, documents::document)
        .get("/luat/{slug}/toan-van", all, documents::whole)
        .get("/luat/{slug}/akn.xml", all, files::akn)
        .get("/luat/{slug}/{article}", all, documents::article)
        .get("/luat/{slug}/{article}/thay-doi", all, documents::changes)
        .get("/luat-cho-toi", all, cards::overview)
        .get("/luat-cho-toi/{slug}", all, cards::card)
        .get("/luat-cho-toi/{part}/{key}", all, cards::topic)
}
