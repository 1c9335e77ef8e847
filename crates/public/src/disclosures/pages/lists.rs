//! What agencies make public, and published answers.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Page, Paging, Uuid};
use platform::{
    App,
    web::{Chrome, Result},
};
use records::disclosures::{
    Named,
    model::{Entry, Law, definitions},
    service as disclosures,
};
use serde::Deserialize;

use crate::{
    disclosures::views::{AnswerView, EntryView},
    portal::{
        service::{Asked, HTML, answer as kept, site, words},
        views::Site,
    },
};

/// The page of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::disclosures) struct Turned {
    trang: Option<u32>,
}

/// Rows on a page of a list.
const SIZE: u32 = 20;

impl Turned {
    fn paging(&self) -> Paging {
        Paging { size: SIZE, ..Paging::new(self.trang) }
    }
}

#[derive(Template)]
#[template(path = "disclosures/templates/list.html")]
struct ListPage {
    site: Site,
    p: Chrome,
    list: Page<EntryView>,
    kinds: Vec<(&'static Entry, i64)>,
    agencies: Vec<Named>,
    kind: Option<&'static Entry>,
    agency: Option<Named>,
    law: &'static Law,
}

async fn show(app: &App, asked: &Asked, (kind, agency): (&str, Option<Uuid>), turned: &Turned) -> Result {
    let make = async || {
        let found = disclosures::list_page(app, kind, agency, turned.paging()).await?;
        let site = site(app, asked).await?;
        let page = found.page;
        let rows = page.rows.iter().map(EntryView::of).collect();
        words(
            HTML,
            &ListPage {
                p: site.p.clone(),
                site,
                list: Page { rows, total: page.total, paging: page.paging },
                kinds: found.kinds,
                agencies: found.agencies,
                kind: found.kind,
                agency: found.agency,
                law: &definitions().law,
            },
        )
    };
    Ok(kept(app, asked, make).await?)
}

/// `GET /cong-khai-thong-tin`
pub(in crate::disclosures) async fn all(State(app): State<App>, asked: Asked, Query(turned): Query<Turned>) -> Result {
    show(&app, &asked, ("", None), &turned).await
}

/// `GET /cong-khai-thong-tin/loai/{kind}`
pub(in crate::disclosures) async fn kind(
    State(app): State<App>,
    asked: Asked,
    Path(kind): Path<String>,
    Query(turned): Query<Turned>,
) -> Result {
    show(&app, &asked, (&kind, None), &turned).await
}

/// `GET /cong-khai-thong-tin/co-quan/{agency}`
pub(in crate::disclosures) async fn agency(
    State(app): State<App>,
    asked: Asked,
    Path(agency): Path<Uuid>,
    Query(turned): Query<Turned>,
) -> Result {
    show(&app, &asked, ("", Some(agency)), &turned).await
}

#[derive(Template)]
#[template(path = "disclosures/templates/entry.html")]
struct EntryPage {
    site: Site,
    p: Chrome,
    entry: EntryView,
    law: &'static Law,
}

/// `GET /cong-khai-thong-tin/muc/{item}`
pub(in crate::disclosures) async fn entry(State(app): State<App>, asked: Asked, Path(item): Path<Uuid>) -> Result {
    let make = async || {
        let entry = EntryView::of(&disclosures::entry_page(&app, item).await?);
        let site = site(&app, &asked).await?;
        words(HTML, &EntryPage { p: site.p.clone(), site, entry, law: &definitions().law })
    };
    Ok(kept(&app, &asked, make).await?)
}

#[derive(Template)]
#[template(path = "disclosures/templates/answers.html")]
struct AnswersPage {
    site: Site,
    p: Chrome,
    list: Page<AnswerView>,
}

/// `GET /cong-khai-thong-tin/tra-loi`
pub(in crate::disclosures) async fn answers(
    State(app): State<App>,
    asked: Asked,
    Query(turned): Query<Turned>,
) -> Result {
    let make = async || {
        let page = disclosures::answers_page(&app, turned.paging()).await?;
        let site = site(&app, &asked).await?;
        let rows = page.rows.iter().map(AnswerView::of).collect();
        words(
            HTML,
            &AnswersPage { p: site.p.clone(), site, list: Page { rows, total: page.total, paging: page.paging } },
        )
    };
    Ok(kept(&app, &asked, make).await?)
}

#[derive(Template)]
#[template(path = "disclosures/templates/answer.html")]
struct AnswerPage {
    site: Site,
    p: Chrome,
    one: AnswerView,
}

/// `GET /cong-khai-thong-tin/tra-loi/{item}`
pub(in crate::disclosures) async fn answer(State(app): State<App>, asked: Asked, Path(item): Path<Uuid>) -> Result {
    let make = async || {
        let one = AnswerView::of(&disclosures::answer_page(&app, item).await?);
        let site = site(&app, &asked).await?;
        words(HTML, &AnswerPage { p: site.p.clone(), site, one })
    };
    Ok(kept(&app, &asked, make).await?)
}
