//! Agencies as a spreadsheet, out and in.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Multipart, Query, State};
use kernel::{Error, FieldErrors, Permit, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, XLSX, download, form, page, page_invalid, see_other},
};
use serde::Deserialize;

use crate::agencies::{
    policy::{ManageAgencies, ReadAgencies},
    service::{directory, import_table, note_export, sheet},
    views::AsOf,
};

/// The query.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::agencies) struct ExportQuery {
    dang: String,
    ngay: String,
}

/// `GET /co-quan/xuat`
pub(in crate::agencies) async fn export(
    State(app): State<App>,
    permit: Permit<ReadAgencies>,
    Query(query): Query<ExportQuery>,
) -> Result {
    let dir = directory(&app).await?;
    let as_of = AsOf::new(&query.ngay, app.clock.today());
    let sheet = sheet::export(&dir, as_of.date);
    note_export(&app, &permit, sheet.rows.len(), as_of.date).await?;
    if query.dang == "csv" {
        return Ok(download(
            &format!("co-quan-{}.csv", as_of.iso()),
            "text/csv; charset=utf-8",
            press::write_csv(&sheet),
        ));
    }
    let bytes = press::write_workbook(&[sheet]).map_err(Error::internal)?;
    Ok(download(&format!("co-quan-{}.xlsx", as_of.iso()), XLSX, bytes))
}

#[derive(Template)]
#[template(path = "agencies/templates/import.html")]
struct ImportPage {
    p: Chrome,
    day: String,
    basis: String,
    columns: Vec<&'static str>,
    /// What is wrong in the rows, and how many more there are.
    faults: Vec<String>,
    more: usize,
    errors: FieldErrors,
}

/// Faults shown at most.
const SHOWN: usize = 20;

impl ImportPage {
    fn new(p: Chrome, day: String, basis: String, errors: FieldErrors) -> Self {
        let (rows, errors): (BTreeMap<_, _>, _) =
            errors.0.into_iter().partition(|(field, _)| field.starts_with("dong-"));
        let more = rows.len().saturating_sub(SHOWN);
        let (faults, errors) = (rows.into_values().take(SHOWN).collect(), FieldErrors(errors));
        Self { p, day, basis, columns: sheet::COLUMNS.iter().map(|(title, _)| *title).collect(), faults, more, errors }
    }
}

/// `GET /co-quan/nhap`
pub(in crate::agencies) async fn form(State(app): State<App>, p: Chrome, _permit: Permit<ManageAgencies>) -> Result {
    page(&ImportPage::new(p, time::display_date(app.clock.today()), String::new(), FieldErrors::default()))
}

/// `POST /co-quan/nhap`
pub(in crate::agencies) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAgencies>,
    mut body: Multipart,
) -> Result {
    let unreadable =
        |e: axum::extract::multipart::MultipartError| Error::invalid("tep", format!("Không nhận được tệp: {e}"));
    let (mut day, mut basis, mut bytes) = (String::new(), String::new(), Vec::new());
    while let Some(field) = body.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or_default() {
            "ngay" => day = field.text().await.map_err(unreadable)?,
            "can_cu" => basis = field.text().await.map_err(unreadable)?,
            "tep" => bytes = field.bytes().await.map_err(unreadable)?.to_vec(),
            _ => {}
        }
    }
    let mut errors = FieldErrors::default();
    let date = form::required_date(&mut errors, "ngay", &day);
    let basis = form::bounded(&mut errors, "can_cu", &basis, 500);
    if bytes.is_empty() {
        errors.add("tep", "Hãy chọn tệp XLSX hoặc CSV.");
    }
    let Some(date) = date.filter(|_| errors.is_empty()) else {
        return page_invalid(&ImportPage::new(p, day, basis, errors));
    };
    match import_table(&app, &permit, &bytes, date, &basis).await {
        Ok(done) => {
            let Some(event) = done.event else {
                let text = "Bảng không khác gì danh mục hiện có; không có gì thay đổi.";
                return Ok(see_other("/co-quan", Flash::ok(text)));
            };
            let text = format!(
                "Đã nhập bảng thành một sự kiện: {} cơ quan mới, {} đổi tên hoặc loại, {} đổi cơ quan cấp trên. Nhập nhầm thì thu hồi sự kiện này.",
                done.created, done.renamed, done.moved
            );
            Ok(see_other(&format!("/co-quan/su-kien/{event}"), Flash::ok(text)))
        }
        Err(Error::Invalid(errors)) => page_invalid(&ImportPage::new(p, day, basis, errors)),
        Err(error) => Err(error.into()),
    }
}
