//! The feed of new documents, and a document as Akoma Ntoso.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::Uuid;
use platform::{App, web::Result};
use records::laws::{
    model::{Work, akn as written},
    service as laws,
};

use super::Chosen;
use crate::{
    bookshelf::views::called,
    portal::{
        model::Found,
        service::{ATOM, Asked, XML, answer, fresh, site, words},
        views::instant,
    },
};

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

/// `GET /luat.atom`
pub(in crate::bookshelf) async fn feed(State(app): State<App>, asked: Asked) -> Result {
    let make = async || {
        let newest = laws::newest(&app).await?;
        let site = site(&app, &asked).await?;
        let updated = newest.iter().map(|law| law.added_at).max().unwrap_or(0);
        let rows = newest.into_iter().map(|law| Entry {
            id: law.id,
            path: format!("/luat/{}", law.slug),
            lead: law.title.clone(),
            title: called(&law.kind, &law.number, &law.title),
            agency: law.issuer,
            at: instant(law.added_at),
        });
        let feed = Feed {
            rows: rows.collect(),
            base: site.base,
            path: site.p.path.clone(),
            page: "/luat".into(),
            title: site.p.t("Văn bản mới trong tủ sách pháp luật").to_owned(),
            updated: instant(updated),
        };
        words(ATOM, &feed)
    };
    Ok(answer(&app, &asked, make).await?)
}

/// `GET /luat/{slug}/akn.xml`
pub(in crate::bookshelf) async fn akn(
    State(app): State<App>,
    asked: Asked,
    Path(slug): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result {
    let day = chosen.day()?;
    let make = async || {
        let page = laws::document_page(&app, &slug, day).await?;
        let law = page.standing.law;
        let work = Work {
            base: app.config.server.public_url.trim_end_matches('/').to_owned(),
            slug: law.slug,
            number: law.number,
            kind: law.kind,
            title: law.title,
            issuer: law.issuer,
            issued_on: law.issued_on,
            effect_from: law.effect_from,
            day: page.day,
        };
        let articles: Vec<_> = page.texts.iter().map(|text| (text.number.clone(), text.version().words)).collect();
        Ok(Found::Page(XML, written(&work, &articles)))
    };
    Ok(if day == 0 { answer(&app, &asked, make).await? } else { fresh(&asked, make).await? })
}
