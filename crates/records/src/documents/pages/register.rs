//! The register of documents.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use kernel::{Error, Page, Paging, Permit, time};
use platform::{
    App, Session,
    web::{self, Chrome, Result, guard, page},
};
use press::{Cell, Sheet, write_workbook};
use serde::Deserialize;

use crate::documents::{
    model::{self, Audience, Mode, State as Standing},
    policy::{Prepare, Read},
    service,
    store::{Facet, Filter, Line, Owner},
    views::upload::UploadView,
};

/// The filters, as in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::documents) struct Asked {
    q: String,
    loai: String,
    nam: String,
    #[serde(rename = "co-quan")]
    issuer: String,
    #[serde(rename = "trang-thai")]
    state: String,
    #[serde(rename = "pham-vi")]
    audience: String,
    #[serde(rename = "sap-xep")]
    sort: String,
    trang: Option<u32>,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            q: self.q.clone(),
            kind: self.loai.clone(),
            year: self.nam.parse().ok(),
            issuer: self.issuer.clone(),
            state: self.state.clone(),
            audience: self.audience.clone(),
            sort: self.sort.clone(),
        }
    }

    /// The filters as a query without the page, ending in `&` when not empty.
    fn query(&self, sort: bool) -> String {
        guard::query([
            ("q", self.q.as_str()),
            ("loai", &self.loai),
            ("nam", &self.nam),
            ("co-quan", &self.issuer),
            ("trang-thai", &self.state),
            ("pham-vi", &self.audience),
            ("sap-xep", if sort { &self.sort } else { "" }),
        ])
    }

    fn narrowed(&self) -> bool {
        !self.query(false).is_empty()
    }
}

/// A line as shown.
struct Row {
    href: String,
    name: String,
    title: String,
    issuer: String,
    date: String,
    iso: String,
    state: &'static str,
    pill: &'static str,
    /// The day it was registered.
    registered: String,
    audience: &'static str,
    tasks: String,
}

fn row(line: &Line) -> Row {
    let date = time::date_from_int(line.issued_on);
    let state: Standing = model::from_key(&line.state).unwrap_or(Standing::Failed);
    let mode: Option<Mode> = model::from_key(&line.mode);
    let confirmed = mode.filter(|_| state == Standing::Confirmed);
    let audience: Audience = model::from_key(&line.audience).unwrap_or(Audience::Internal);
    let unread = matches!(state, Standing::Reading | Standing::Failed);
    let name = format!("{} {}", line.kind, line.number).trim().to_owned();
    Row {
        href: format!("/van-ban/{}{}", line.id, if state == Standing::Draft { "/ra-soat" } else { "" }),
        name: if name.is_empty() { line.file_name.clone() } else { name },
        title: line.title.clone(),
        issuer: line.issuer.clone(),
        date: date.map(time::display_date).unwrap_or_default(),
        iso: date.map(|date| date.to_string()).unwrap_or_default(),
        state: confirmed.map_or(state.label(), Mode::label),
        pill: if confirmed == Some(Mode::History) { "plain" } else { state.pill() },
        registered: time::date_from_int(line.confirmed_on).map(time::display_date).unwrap_or_default(),
        audience: audience.label(),
        tasks: if unread { String::new() } else { kernel::text::display_number(line.tasks) },
    }
}

#[derive(Template)]
#[template(path = "documents/templates/register.html")]
pub(in crate::documents) struct RegisterPage {
    p: Chrome,
    asked: Asked,
    facets: Vec<Facet>,
    list: Page<Line>,
    rows: Vec<Row>,
    query: String,
    sortless: String,
    owners: Vec<Owner>,
    may_upload: bool,
    uploads: Vec<UploadView>,
    upload_mb: usize,
    waiting: i64,
}

impl RegisterPage {
    fn values(&self, facet: &str) -> Vec<&Facet> {
        let mut found: Vec<&Facet> = self.facets.iter().filter(|one| one.facet == facet).collect();
        if facet == "year" {
            found.reverse();
        }
        found
    }

    fn audiences(&self) -> Vec<(String, &'static str)> {
        Audience::ALL.iter().map(|audience| (model::key(audience), audience.label())).collect()
    }
}

async fn show(app: &App, session: &Session, p: Chrome, asked: Asked, uploads: Vec<UploadView>) -> Result {
    let read = Permit::<Read>::of(&session.actor).ok_or(Error::Denied)?;
    let prepare = Permit::<Prepare>::of(&session.actor);
    let register = service::register(app, &read, prepare.as_ref(), &asked.filter(), Paging::new(asked.trang)).await?;
    let waiting = register.facets.iter().filter(|one| one.facet == "state");
    let waiting =
        waiting.filter(|one| matches!(one.value.as_str(), "draft" | "reading" | "failed")).map(|one| one.n).sum();
    page(&RegisterPage {
        rows: register.list.rows.iter().map(row).collect(),
        query: asked.query(true),
        sortless: asked.query(false),
        asked,
        facets: register.facets,
        list: register.list,
        owners: register.owners,
        may_upload: prepare.is_some(),
        uploads,
        upload_mb: app.config.server.upload_mb,
        waiting,
        p,
    })
}

/// `GET /van-ban`
pub(in crate::documents) async fn register(
    State(app): State<App>,
    session: Session,
    Query(asked): Query<Asked>,
    p: Chrome,
) -> Result {
    show(&app, &session, p, asked, Vec::new()).await
}

/// The register with what became of the files just sent.
pub(super) async fn with_uploads(app: &App, session: &Session, p: Chrome, uploads: Vec<UploadView>) -> Result {
    show(app, session, p, Asked::default(), uploads).await
}

/// `GET /van-ban/xuat`: the register under its filters as a workbook.
pub(in crate::documents) async fn export(
    State(app): State<App>,
    session: Session,
    permit: Permit<Read>,
    Query(asked): Query<Asked>,
) -> Result {
    let prepare = Permit::<Prepare>::of(&session.actor);
    let lines = service::export(&app, &permit, prepare.as_ref(), &asked.filter()).await?;
    Ok(workbook(&lines)?)
}

fn workbook(lines: &[Line]) -> kernel::Result<Response> {
    let date = |number: i64| match time::date_from_int(number) {
        Some(date) => {
            use chrono::Datelike;
            let small = |n: u32| u8::try_from(n).unwrap_or(1);
            Cell::Date(u16::try_from(date.year()).unwrap_or(1), small(date.month()), small(date.day()))
        }
        None => Cell::Empty,
    };
    let columns = [
        ("Số, ký hiệu", 20.0),
        ("Ngày ban hành", 14.0),
        ("Loại", 16.0),
        ("Trích yếu", 60.0),
        ("Cơ quan ban hành", 36.0),
        ("Cơ quan quản lý", 30.0),
        ("Trạng thái", 16.0),
        ("Phạm vi", 12.0),
        ("Nhiệm vụ", 10.0),
        ("Ngày xác nhận", 14.0),
    ];
    let rows = lines.iter().map(|line| {
        let shown = row(line);
        vec![
            line.number.as_str().into(),
            date(line.issued_on),
            line.kind.as_str().into(),
            line.title.as_str().into(),
            line.issuer.as_str().into(),
            line.owner.as_str().into(),
            shown.state.into(),
            shown.audience.into(),
            Cell::Number(line.tasks as f64),
            date(line.confirmed_on),
        ]
    });
    let sheet = Sheet {
        name: "Sổ văn bản".into(),
        columns: columns.map(|(title, width)| (title.to_owned(), width)).into(),
        rows: rows.collect(),
    };
    let bytes = write_workbook(&[sheet]).map_err(Error::internal)?;
    Ok(web::download("so-van-ban.xlsx", web::XLSX, bytes))
}
