//! A publication: its page, what its writers see of it beforehand, and its event for a calendar.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::header::CACHE_CONTROL,
    response::{Html, IntoResponse},
};
use kernel::{Error, Permit, Uuid};
use platform::{
    App,
    languages::language_name,
    markdown::sound,
    picture::widths,
    web::{Chrome, Result},
};
use records::publications::{
    Article, Spoken,
    model::{kind_name, minutes},
    policy::ReadPublications,
    service as publications,
};

use crate::portal::{
    model::Found,
    service::{Asked, CALENDAR, answer, read, site},
    views::{Card, Site, instant, minute, phase},
};

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
    /// Address of the photo with which others show it.
    image: Option<String>,
    /// Other languages in which it can be read.
    others: Vec<Spoken>,
    /// A player of its recording.
    audio: String,
    /// What machines read: schema.org as JSON.
    machine: String,
    /// Of a preview: what it is; else empty.
    bar: &'static str,
}

impl ArticlePage {
    fn language(&self, code: &str) -> &'static str {
        language_name(code)
    }
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
        image: shared(&site, &article),
        others: page.others,
        audio: article.audio_id.map_or(String::new(), |id| sound(id, site.p.t("Nghe bài này"))),
        machine: machine(&site, &article),
        p: site.p.clone(),
        site,
        article,
    })
}

/// `GET /tin/{slug}`
pub(in crate::portal) async fn page(State(app): State<App>, asked: Asked, Path(slug): Path<String>) -> Result {
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
pub(in crate::portal) async fn preview(
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

/// Address of the photo with which others show the publication.
fn shared(site: &Site, article: &Article) -> Option<String> {
    let width = widths(u32::try_from(article.picture_width).unwrap_or(0)).take_while(|one| *one <= 1280).last()?;
    article.picture_id.map(|id| format!("{}/anh/{id}/{width}.jpg", site.base))
}

/// The publication in the words of schema.org. `<` is written so that it ends no script.
fn machine(site: &Site, article: &Article) -> String {
    let mut value = serde_json::json!({
        "@context": "https://schema.org",
        "@type": if article.kind == "event" { "Event" } else { "NewsArticle" },
        "headline": article.title,
        "name": article.title,
        "description": article.lead,
        "datePublished": instant(article.first_at),
        "dateModified": instant(article.published_at),
        "inLanguage": article.lang,
        "url": format!("{}/tin/{}", site.base, article.slug),
        "publisher": { "@type": "GovernmentOrganization", "name": article.agency_name },
    });
    if let Some(image) = shared(site, article) {
        value["image"] = image.into();
    }
    value.to_string().replace('<', "\\u003c")
}

/// `GET /tin/{slug}/lich`: an event for a calendar.
pub(in crate::portal) async fn calendar(State(app): State<App>, asked: Asked, Path(slug): Path<String>) -> Result {
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
