//! Feeds of the portal's lists, the map of its addresses, and what robots may read.

use askama::Template;
use axum::extract::{Path, State};
use kernel::{Paging, Uuid};
use platform::{App, web::Result};
use records::{
    laws::service as laws,
    library::service as library,
    publications::service::{self as publications, ListPage as Listed},
    site::service as face,
};

use crate::portal::{
    model::Found,
    service::{ATOM, Asked, WORDS, XML, answer, site, words},
    views::instant,
};

/// Publications of a feed.
const FED: u32 = 30;

#[derive(Template)]
#[template(path = "portal/templates/feed.xml", escape = "xml")]
struct Feed {
    base: String,
    path: String,
    page: String,
    title: String,
    updated: String,
    rows: Vec<Entry>,
}

struct Entry {
    id: Uuid,
    path: String,
    title: String,
    lead: String,
    agency: String,
    at: String,
}

async fn show_feed<F>(app: &App, asked: &Asked, page: String, found: F) -> Result
where
    F: AsyncFnOnce(Paging) -> kernel::Result<Listed>,
{
    let make = async || {
        let listed = found(Paging { number: 1, size: FED }).await?;
        let site = site(app, asked).await?;
        let newest = listed.page.rows.iter().map(|brief| brief.first_at).max().unwrap_or(0);
        let rows = listed.page.rows.into_iter().map(|brief| Entry {
            id: brief.id,
            path: format!("/tin/{}", brief.slug),
            title: brief.title,
            lead: brief.lead,
            agency: brief.agency_name,
            at: instant(brief.first_at),
        });
        words(
            ATOM,
            &Feed {
                rows: rows.collect(),
                base: site.base,
                path: site.p.path,
                page,
                title: listed.title,
                updated: instant(newest),
            },
        )
    };
    Ok(answer(app, asked, make).await?)
}

/// `GET /tin.atom`
pub(in crate::portal) async fn latest_feed(State(app): State<App>, asked: Asked) -> Result {
    show_feed(&app, &asked, "/tin".into(), async |paging| publications::latest(&app, "", paging).await).await
}

/// `GET /the-loai/{kind}/atom`
pub(in crate::portal) async fn kind_feed(State(app): State<App>, asked: Asked, Path(kind): Path<String>) -> Result {
    let page = format!("/the-loai/{kind}");
    show_feed(&app, &asked, page, async |paging| publications::latest(&app, &kind, paging).await).await
}

/// `GET /chu-de/{field}/atom`
pub(in crate::portal) async fn topic_feed(State(app): State<App>, asked: Asked, Path(field): Path<String>) -> Result {
    let page = format!("/chu-de/{field}");
    show_feed(&app, &asked, page, async |paging| publications::topic_page(&app, &field, paging).await).await
}

/// `GET /noi-dang/{agency}/atom`
pub(in crate::portal) async fn agency_feed(State(app): State<App>, asked: Asked, Path(agency): Path<Uuid>) -> Result {
    let page = format!("/noi-dang/{agency}");
    show_feed(&app, &asked, page, async |paging| publications::agency_page(&app, agency, paging).await).await
}

/// `GET /chuyen-muc/{slug}/atom`
pub(in crate::portal) async fn section_feed(State(app): State<App>, asked: Asked, Path(slug): Path<String>) -> Result {
    let found = async |paging| {
        let gathered = publications::section_page(&app, &slug, paging).await?;
        Ok(Listed { title: gathered.section.title, page: gathered.page })
    };
    show_feed(&app, &asked, format!("/chuyen-muc/{slug}"), found).await
}

#[derive(Template)]
#[template(path = "portal/templates/map.xml", escape = "xml")]
struct Map {
    base: String,
    /// Address and instant.
    rows: Vec<(String, String)>,
}

/// `GET /sitemap.xml`
pub(in crate::portal) async fn map(State(app): State<App>, asked: Asked) -> Result {
    let make = async || {
        let (addresses, sections) = publications::addresses(&app).await?;
        let site = site(&app, &asked).await?;
        let sections = sections.iter().map(|section| (format!("/chuyen-muc/{}", section.slug), String::new()));
        let articles = addresses.iter().map(|one| (format!("/tin/{}", one.slug), instant(one.published_at)));
        let first = ["/", "/tin", "/luat", "/luat-cho-toi", "/thu-vien", "/mo-hinh"]
            .map(|path| (path.to_owned(), String::new()));
        let shelf = laws::address_map(&app).await?.into_iter().map(|(path, at)| (path, instant(at)));
        let library = library::address_map(&app).await?.into_iter().map(|(path, at)| (path, instant(at.0)));
        let fixed =
            face::addresses(&app).await?.into_iter().map(|page| (format!("/trang/{}", page.slug), instant(page.at)));
        let rows =
            first.into_iter().chain(fixed).chain(sections).chain(shelf).chain(library).chain(articles).take(50_000);
        words(XML, &Map { base: site.base, rows: rows.collect() })
    };
    Ok(answer(&app, &asked, make).await?)
}

/// `GET /robots.txt`
pub(in crate::portal) async fn robots(State(app): State<App>, asked: Asked) -> Result {
    let make = async || {
        let base = app.config.server.public_url.trim_end_matches('/');
        Ok(Found::Page(WORDS, format!("User-agent: *\nDisallow: /dang-nhap\nSitemap: {base}/sitemap.xml\n")))
    };
    Ok(answer(&app, &asked, make).await?)
}
