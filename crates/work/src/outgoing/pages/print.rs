//! A paper as a file to save. What did not change since it was fetched is not sent again.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Permit, Uuid};
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

/// `GET /van-ban-di/{id}/docx`
pub(in crate::outgoing) async fn docx(
    State(app): State<App>,
    permit: Permit<ReadPapers>,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    let bytes = service::print(&app, &sight, Printable::Docx).await?;
    Ok(file(&headers, &name(&sight.row, "docx"), DOCX, bytes))
}

/// `GET /van-ban-di/{id}/pdf`
pub(in crate::outgoing) async fn pdf(
    State(app): State<App>,
    permit: Permit<ReadPapers>,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    let bytes = service::print(&app, &sight, Printable::Pdf).await?;
    Ok(file(&headers, &name(&sight.row, "pdf"), "application/pdf", bytes))
}

/// `GET /van-ban-di/{id}/xlsx`
pub(in crate::outgoing) async fn xlsx(
    State(app): State<App>,
    permit: Permit<ReadPapers>,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    let bytes = service::workbook(&app, &sight).await?;
    Ok(file(&headers, &name(&sight.row, "xlsx"), XLSX, bytes))
}

/// `GET /van-ban-di/{id}/doan`
pub(in crate::outgoing) async fn fragment(
    State(app): State<App>,
    permit: Permit<ReadPapers>,
    headers: HeaderMap,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    let bytes = service::fragment(&app, &sight).await?;
    Ok(file(&headers, &format!("doan-{}", name(&sight.row, "docx")), DOCX, bytes))
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
