//! The portal's pages.

pub(super) mod article;
pub(super) mod directory;
pub(super) mod feeds;
pub(super) mod fixed;
pub(super) mod short;

use std::convert::Infallible;

use askama::Template;
use axum::{
    Extension,
    extract::{FromRequestParts, Path, Query, State},
    http::request::Parts,
    response::{IntoResponse, Redirect},
};
use kernel::{Error, Page, Paging, Uuid};
use platform::{
    App, Session,
    web::{Chrome, Result},
};
use records::{
    publications::service::{self as publications, ListPage as Listed, SectionPage as Gathered},
    site::{Banner, service::banners_today},
};
use serde::Deserialize;

use super::{
    service::{Asked, HTML, answer, site, words},
    views::{Card, Coming, Site, cards, phase},
};

impl FromRequestParts<App> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> std::result::Result<Self, Infallible> {
        let chrome = Chrome::from_request_parts(parts, app).await?;
        Ok(Asked { lang: chrome.lang, path: chrome.path, headers: parts.headers.clone() })
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Turned {
    trang: Option<u32>,
}

/// Publications on a page of a list.
const SIZE: u32 = 20;

fn paging(turned: &Turned) -> Paging {
    Paging { size: SIZE, ..Paging::new(turned.trang) }
}

#[derive(Template)]
#[template(path = "portal/templates/home.html")]
struct HomePage {
    site: Site,
    p: Chrome,
    first: Option<Card>,
    news: Vec<Card>,
    sections: Vec<(records::publications::Section, Vec<Card>)>,
    events: Vec<Coming>,
    banners: Vec<Banner>,
}

fn coming(app: &App, event: &records::publications::Brief) -> Coming {
    let day = kernel::time::date_from_int(event.starts_at / 10_000);
    Coming { card: Card::of(event), days: day.map_or(0, |day| (day - app.clock.today()).num_days()) }
}

async fn show_home(app: &App, asked: &Asked) -> Result {
    let make = async || {
        let home = publications::home(app).await?;
        let site = site(app, asked).await?;
        let mut news = Card::all(&home.news).into_iter();
        let sections = home.sections.into_iter().map(|(section, briefs)| (section, Card::all(&briefs)));
        words(
            HTML,
            &HomePage {
                p: site.p.clone(),
                site,
                first: news.next(),
                news: news.collect(),
                sections: sections.collect(),
                events: home.events.iter().map(|event| coming(app, event)).collect(),
                banners: banners_today(app).await?,
            },
        )
    };
    Ok(answer(app, asked, make).await?)
}

/// `GET /`: the work of who is signed in, the first settings of a new installation, else the portal's home page.
pub(super) async fn home(State(app): State<App>, asked: Asked, session: Option<Extension<Session>>) -> Result {
    if session.is_some() {
        return Ok(Redirect::to("/viec-cua-toi").into_response());
    }
    if records::accounts::service::setup::needed(&app).await? {
        return Ok(Redirect::to("/cai-dat-lan-dau").into_response());
    }
    show_home(&app, &asked).await
}

/// `GET /trang-chu`: the portal's home page, signed in or not.
pub(super) async fn front(State(app): State<App>, asked: Asked) -> Result {
    show_home(&app, &asked).await
}

#[derive(Template)]
#[template(path = "portal/templates/list.html")]
struct ListPage {
    site: Site,
    p: Chrome,
    title: String,
    list: Page<Card>,
    feed: String,
}

async fn show_list<F>(app: &App, asked: &Asked, feed: String, found: F) -> Result
where
    F: AsyncFnOnce() -> kernel::Result<Listed>,
{
    let make = async || {
        let listed = found().await?;
        if listed.page.rows.is_empty() && listed.page.paging.number > 1 {
            return Err(Error::NotFound);
        }
        let site = site(app, asked).await?;
        words(
            HTML,
            &ListPage {
                title: site.p.say(&listed.title).into_owned(),
                list: cards(&listed.page),
                p: site.p.clone(),
                site,
                feed,
            },
        )
    };
    Ok(answer(app, asked, make).await?)
}

/// `GET /tin`
pub(super) async fn latest(State(app): State<App>, asked: Asked, Query(turned): Query<Turned>) -> Result {
    let found = async || publications::latest(&app, "", paging(&turned)).await;
    show_list(&app, &asked, "/tin.atom".into(), found).await
}

/// `GET /the-loai/{kind}`
pub(super) async fn kind(
    State(app): State<App>,
    asked: Asked,
    Path(kind): Path<String>,
    Query(turned): Query<Turned>,
) -> Result {
    let found = async || publications::latest(&app, &kind, paging(&turned)).await;
    show_list(&app, &asked, format!("/the-loai/{kind}/atom"), found).await
}

/// `GET /chu-de/{field}`
pub(super) async fn topic(
    State(app): State<App>,
    asked: Asked,
    Path(field): Path<String>,
    Query(turned): Query<Turned>,
) -> Result {
    let found = async || publications::topic_page(&app, &field, paging(&turned)).await;
    show_list(&app, &asked, format!("/chu-de/{field}/atom"), found).await
}

/// `GET /noi-dang/{agency}`
pub(super) async fn agency(
    State(app): State<App>,
    asked: Asked,
    Path(agency): Path<Uuid>,
    Query(turned): Query<Turned>,
) -> Result {
    let found = async || publications::agency_page(&app, agency, paging(&turned)).await;
    show_list(&app, &asked, format!("/noi-dang/{agency}/atom"), found).await
}

#[derive(Template)]
#[template(path = "portal/templates/saved.html")]
struct SavedPage {
    site: Site,
    p: Chrome,
}

/// `GET /da-luu`: what this browser has saved; the list is made by the browser, also without a line.
pub(super) async fn saved(State(app): State<App>, asked: Asked) -> Result {
    let make = async || {
        let site = site(&app, &asked).await?;
        words(HTML, &SavedPage { p: site.p.clone(), site })
    };
    Ok(answer(&app, &asked, make).await?)
}

#[derive(Template)]
#[template(path = "portal/templates/section.html")]
struct SectionPage {
    site: Site,
    p: Chrome,
    gathered: Gathered,
    days: String,
    phase: String,
    pinned: Vec<Card>,
    material: Vec<Card>,
    list: Page<Card>,
    feed: String,
}

/// `GET /chuyen-muc/{slug}`
pub(super) async fn section(
    State(app): State<App>,
    asked: Asked,
    Path(slug): Path<String>,
    Query(turned): Query<Turned>,
) -> Result {
    let make = async || {
        let gathered = publications::section_page(&app, &slug, paging(&turned)).await?;
        let site = site(&app, &asked).await?;
        let day = |stored: i64| if stored == 0 { "…".to_owned() } else { platform::web::day(stored) };
        let (from, to) = (gathered.section.opens_on, gathered.section.closes_on);
        words(
            HTML,
            &SectionPage {
                days: if from == 0 && to == 0 { String::new() } else { format!("{} – {}", day(from), day(to)) },
                phase: phase(&site.p, gathered.phase),
                pinned: Card::all(&gathered.pinned),
                material: Card::all(&gathered.material),
                list: cards(&gathered.page),
                feed: format!("/chuyen-muc/{slug}/atom"),
                gathered,
                p: site.p.clone(),
                site,
            },
        )
    };
    Ok(answer(&app, &asked, make).await?)
}
