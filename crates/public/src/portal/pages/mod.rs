//! The portal's pages.

pub(super) mod directory;
pub(super) mod feeds;
pub(super) mod fixed;
pub(super) mod short;

use std::convert::Infallible;

use askama::Template;
use axum::{
    Extension,
    extract::{FromRequestParts, Path, Query, State},
    http::{header::CACHE_CONTROL, request::Parts},
    response::{Html, IntoResponse, Redirect},
};
use kernel::{Error, Page, Paging, Permit, Uuid};
use platform::{
    App, Session,
    web::{Chrome, Result},
};
use records::publications::{
    Article,
    model::{kind_name, minutes},
    policy::ReadPublications,
    service::{self as publications, ListPage as Listed, SectionPage as Gathered},
};
use records::site::{Banner, service::banners_today};
use serde::Deserialize;

use super::{
    model::Found,
    service::{Asked, CALENDAR, HTML, answer, read, site, words},
    views::{Card, Coming, Site, cards, instant, minute, phase},
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
#[template(path = "portal/templates/article.html")]
struct ArticlePage {
    site: Site,
    p: Chrome,
    article: Article,
    html: String,
    kind: &'static str,
    minutes: usize,
    day: String,
    iso: String,
    corrected: String,
    gone_on: String,
    starts: String,
    ends: String,
    phase: String,
    sections: Vec<records::publications::Section>,
    fields: Vec<(String, String)>,
    more: Vec<Card>,
    /// What machines read: schema.org as JSON.
    machine: String,
    /// Of a preview: what it is; else empty.
    bar: &'static str,
}

/// What readers get of a publication; `bar`: what stands above it when it is not (yet) public.
async fn article_view(
    app: &App,
    site: Site,
    page: publications::ArticlePage,
    bar: &'static str,
) -> kernel::Result<ArticlePage> {
    let article = page.article;
    let day = |at: i64| kernel::Timestamp(at).display();
    let written = kernel::Timestamp(article.first_at).date();
    Ok(ArticlePage {
        html: publications::shown(app, &article.body, written).await?.html,
        bar,
        kind: kind_name(&article.kind),
        minutes: minutes(&article.body),
        day: day(article.first_at),
        iso: instant(article.first_at),
        corrected: if article.number > 1 { day(article.published_at) } else { String::new() },
        gone_on: if article.gone.is_empty() { String::new() } else { day(article.gone_at) },
        starts: minute(article.starts_at),
        ends: minute(article.ends_at),
        phase: phase(&site.p, page.phase),
        sections: page.sections,
        fields: page.fields,
        more: Card::all(&page.more),
        machine: machine(&site, &article),
        p: site.p.clone(),
        site,
        article,
    })
}

/// `GET /tin/{slug}`
pub(super) async fn article(State(app): State<App>, asked: Asked, Path(slug): Path<String>) -> Result {
    let make = async || {
        let page = publications::article_page(&app, &slug).await?;
        if page.article.gone == "error" {
            return Ok(Found::Elsewhere(page.article.gone_to));
        }
        let site = site(&app, &asked).await?;
        let id = page.article.id;
        read("publication", id, &article_view(&app, site, page, "").await?)
    };
    Ok(answer(&app, &asked, make).await?)
}

/// `GET /toa-soan/{id}/xem`: the newest edition as readers would get it, for those who may see it; never kept.
pub(super) async fn preview(
    State(app): State<App>,
    asked: Asked,
    permit: Permit<ReadPublications>,
    Path(id): Path<Uuid>,
) -> Result {
    let (page, live) = publications::preview_page(&app, &permit, id).await?;
    let bar = if live { "Bản đang công khai" } else { "Bản xem trước, chưa công khai" };
    // What depends on the address (its short one) is what it will be.
    let asked = Asked { path: format!("/tin/{}", page.article.slug), ..asked };
    let site = site(&app, &asked).await?;
    let view = article_view(&app, site, page, bar).await?;
    Ok(([(CACHE_CONTROL, "no-store")], Html(view.render().map_err(Error::internal)?)).into_response())
}

/// The publication in the words of schema.org. `<` is written so that it ends no script.
fn machine(site: &Site, article: &Article) -> String {
    let value = serde_json::json!({
        "@context": "https://schema.org",
        "@type": if article.kind == "event" { "Event" } else { "NewsArticle" },
        "headline": article.title,
        "name": article.title,
        "description": article.lead,
        "datePublished": instant(article.first_at),
        "dateModified": instant(article.published_at),
        "inLanguage": "vi",
        "url": format!("{}/tin/{}", site.base, article.slug),
        "publisher": { "@type": "GovernmentOrganization", "name": article.agency_name },
    });
    value.to_string().replace('<', "\\u003c")
}

/// `GET /tin/{slug}/lich`: an event for a calendar.
pub(super) async fn calendar(State(app): State<App>, asked: Asked, Path(slug): Path<String>) -> Result {
    let make = async || {
        let article = publications::article_page(&app, &slug).await?.article;
        if article.starts_at == 0 || !article.gone.is_empty() {
            return Err(Error::NotFound);
        }
        let site = site(&app, &asked).await?;
        let at = |stored: i64| format!("{:08}T{:04}00", stored / 10_000, stored % 10_000);
        let line = |text: &str| text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n");
        let ends = if article.ends_at == 0 { article.starts_at } else { article.ends_at };
        let stamp = kernel::Timestamp(article.published_at).local().to_utc().format("%Y%m%dT%H%M%SZ");
        Ok(Found::Page(
            CALENDAR,
            format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lan Toa//VI\r\nBEGIN:VEVENT\r\nUID:{}@lantoa\r\nDTSTAMP:{stamp}\r\n\
             DTSTART;TZID=Asia/Ho_Chi_Minh:{}\r\nDTEND;TZID=Asia/Ho_Chi_Minh:{}\r\nSUMMARY:{}\r\nLOCATION:{}\r\nURL:{}/tin/{}\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n",
                article.id,
                at(article.starts_at),
                at(ends),
                line(&article.title),
                line(&article.place),
                site.base,
                article.slug,
            ),
        ))
    };
    Ok(answer(&app, &asked, make).await?)
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
