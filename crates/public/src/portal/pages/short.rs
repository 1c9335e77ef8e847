//! Short addresses: where they lead, and their pictures for telephones.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect},
};
use kernel::Error;
use platform::{App, web::Result};
use qrcode::{EcLevel, QrCode, render::svg};

use crate::portal::{model::short_code, service::meant};

/// `GET /s/{code}`
pub(in crate::portal) async fn lead(State(app): State<App>, Path(code): Path<String>) -> Result {
    let path = meant(&app, &code).await?;
    Ok(([(header::CACHE_CONTROL, "public, max-age=3600")], Redirect::permanent(&path)).into_response())
}

/// `GET /s/{code}/qr.svg`
pub(in crate::portal) async fn picture(State(app): State<App>, Path(code): Path<String>) -> Result {
    let path = meant(&app, &code).await?;
    let base = app.config.server.public_url.trim_end_matches('/');
    let address = format!("{base}/s/{}", short_code(&path));
    let drawn = QrCode::with_error_correction_level(address, EcLevel::M).map_err(Error::internal)?;
    let picture = drawn.render::<svg::Color<'_>>().min_dimensions(200, 200).quiet_zone(true).build();
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=604800")];
    Ok((headers, picture).into_response())
}
