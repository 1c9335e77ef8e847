//! A paper as a file to save. What did not change since it was fetched is not sent again.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, Permit, Uuid};
use platform::{
    App, secrets,
    web::{Result, XLSX, download},
};

use crate::outgoing::{
    policy::ReadPapers,
    service::{self, Printable},
    store::Paper,
};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// "bao-cao-12-BC-STP.docx", or "du-thao.docx" without a number.
fn name(row: &Paper, ending: &str) -> String {
    let symbol = kernel::text::fold(&row.symbol).to_uppercase();
    let symbol: String = symbol.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    match row.number {
        Some(number) => format!("{number:02}-{symbol}.{ending}"),
        None => format!("du-thao.{ending}"),
    }
}

fn file(headers: &HeaderMap, name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let tag = format!("\"{}\"", secrets::sha256(&bytes));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let tag_value = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static(""));
    if known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag_value)]).into_response();
    }
    let mut response = download(name, media_type, bytes);
    response.headers_mut().insert(header::ETAG, tag_value);
    response
}

/// `GET /van-ban-di/{id}/{as}`: the paper as "docx", "pdf", "xlsx" (its figures and tables) or "doan" (a part of another paper).
pub(in crate::outgoing) async fn printed(
    State(app): State<App>,
    permit: Permit<ReadPapers>,
    headers: HeaderMap,
    Path((id, format)): Path<(Uuid, String)>,
) -> Result {
    let (what, before, ending, media_type) = match format.as_str() {
        "docx" => (Printable::Docx, "", "docx", DOCX),
        "pdf" => (Printable::Pdf, "", "pdf", "application/pdf"),
        "xlsx" => (Printable::Workbook, "", "xlsx", XLSX),
        "doan" => (Printable::Fragment, "doan-", "docx", DOCX),
        _ => return Err(Error::NotFound.into()),
    };
    let sight = service::sight(&app, &permit, id).await?;
    let bytes = service::print(&app, &sight, what).await?;
    Ok(file(&headers, &format!("{before}{}", name(&sight.row, ending)), media_type, bytes))
}

/// `GET /tep-van-ban-di/{id}`: the signed file as it came.
pub(in crate::outgoing) async fn signed_file(
    State(app): State<App>,
    permit: Permit<ReadPapers>,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
) -> Result {
    let (found, bytes) = service::open_file(&app, &permit, id).await?;
    let name: String = found.file_name.chars().map(|c| if c.is_ascii_graphic() { c } else { '_' }).collect();
    // The sender names the media type; a browser is never to run what it gets.
    Ok(file(&headers, &name, "application/octet-stream", bytes.to_vec()))
}
