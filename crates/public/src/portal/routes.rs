//! The portal's route table.

use kernel::Action;
use platform::{Access, Routes};
use records::publications::policy::ReadPublications;

use super::pages::{self, article, directory, feeds, fixed, short};

/// One line per route.
pub(super) fn table() -> Routes {
    let all = Access::Public;
    Routes::new()
        .get("/", all, pages::home)
        .get("/trang-chu", all, pages::front)
        .get("/tin", all, pages::latest)
        .get("/tin.atom", all, feeds::latest_feed)
        .get("/tin/{slug}", all, article::page)
        .get("/tin/{slug}/lich", all, article::calendar)
        .get("/toa-soan/{id}/xem", Access::Action(&ReadPublications::DEF), article::preview)
        .get("/the-loai/{kind}", all, pages::kind)
        .get("/the-loai/{kind}/atom", all, feeds::kind_feed)
        .get("/chu-de/{field}", all, pages::topic)
        .get("/chu-de/{field}/atom", all, feeds::topic_feed)
        .get("/noi-dang/{agency}", all, pages::agency)
        .get("/noi-dang/{agency}/atom", all, feeds::agency_feed)
        .get("/danh-muc", all, directory::page)
        .get("/tin-dia-phuong/{code}", all, directory::locality)
        .get("/chuyen-muc/{slug}", all, pages::section)
        .get("/chuyen-muc/{slug}/atom", all, feeds::section_feed)
        .get("/da-luu", all, pages::saved)
        .get("/s/{code}", all, short::lead)
        .get("/s/{code}/qr.svg", all, short::picture)
        .get("/trang/{slug}", all, fixed::page)
        .get("/sitemap.xml", all, feeds::map)
        .get("/robots.txt", all, feeds::robots)
}
