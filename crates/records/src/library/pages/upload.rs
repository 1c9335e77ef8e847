//! The tus protocol: files in pieces (see `service::upload`).

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, Permit, Uuid};
use platform::{
    App,
    web::{Fail, Result},
};

use crate::library::{
    policy::KeepLibrary,
    service::{self, Received},
};

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSION: HeaderName = HeaderName::from_static("tus-version");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");

/// The version that is spoken.
const SPOKEN: &str = "1.0.0";

/// What is wrong, as a program reads it: the status says it, the words are for people.
fn refused(error: Error) -> Result {
    let (status, words) = match error {
        Error::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors.get("tep").unwrap_or_default().to_owned()),
        Error::Conflict(words) => (StatusCode::CONFLICT, words),
        Error::Unavailable(words) => (StatusCode::SERVICE_UNAVAILABLE, words),
        other => return Err(Fail(other)),
    };
    Ok(plain(status, words))
}

fn plain(status: StatusCode, words: impl Into<String>) -> Response {
    let media = (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned());
    (status, [media, (RESUMABLE, SPOKEN.to_owned())], words.into()).into_response()
}

/// What is wrong when the other side does not speak the same version.
fn unspoken(headers: &HeaderMap) -> Option<Response> {
    match headers.get(RESUMABLE).map(|version| version.as_bytes()) {
        Some(version) if version == SPOKEN.as_bytes() => None,
        Some(_) => {
            let mut answer = plain(StatusCode::PRECONDITION_FAILED, "Tus-Version: 1.0.0");
            answer.headers_mut().insert(VERSION, header::HeaderValue::from_static(SPOKEN));
            Some(answer)
        }
        None => Some(plain(StatusCode::BAD_REQUEST, "Tus-Resumable: 1.0.0")),
    }
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// The value of a key of the metadata ("filename dHJhaWxlci5tcDQ=").
fn metadata(headers: &HeaderMap, key: &str) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let all = headers.get(METADATA).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let found = all.split(',').filter_map(|pair| pair.trim().split_once(' ')).find(|(name, _)| *name == key);
    let bytes = found.and_then(|(_, value)| BASE64_STANDARD.decode(value.trim()).ok()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn far(status: StatusCode, received: Received) -> Response {
    let headers = [
        (RESUMABLE, SPOKEN.to_owned()),
        (OFFSET, received.offset.to_string()),
        (LENGTH, received.size.to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (status, headers).into_response()
}

/// `POST /tu-lieu/tai-len`: a file is announced.
pub(in crate::library) async fn begin(
    State(app): State<App>,
    permit: Permit<KeepLibrary>,
    headers: HeaderMap,
) -> Result {
    if let Some(answer) = unspoken(&headers) {
        return Ok(answer);
    }
    let Some(size) = number(&headers, &LENGTH) else {
        return Ok(plain(StatusCode::BAD_REQUEST, "Upload-Length"));
    };
    match service::begin(&app, permit.actor(), &metadata(&headers, "filename"), size).await {
        Ok(id) => {
            let headers = [(RESUMABLE, SPOKEN.to_owned()), (header::LOCATION, format!("/tu-lieu/tai-len/{id}"))];
            Ok((StatusCode::CREATED, headers).into_response())
        }
        Err(error) => refused(error),
    }
}

/// `HEAD /tu-lieu/tai-len/{id}`: how far is it?
pub(in crate::library) async fn standing(
    State(app): State<App>,
    permit: Permit<KeepLibrary>,
    Path(id): Path<Uuid>,
) -> Result {
    match service::standing(&app, permit.actor(), id).await {
        Ok(received) => Ok(far(StatusCode::OK, received)),
        Err(error) => refused(error),
    }
}

/// `PATCH /tu-lieu/tai-len/{id}`: the next piece.
pub(in crate::library) async fn receive(
    State(app): State<App>,
    permit: Permit<KeepLibrary>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    body: Body,
) -> Result {
    // Who may not send it does not learn what it lacks.
    service::standing(&app, permit.actor(), id).await?;
    if let Some(answer) = unspoken(&headers) {
        return Ok(answer);
    }
    let piece = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/offset+octet-stream");
    let Some(offset) = number(&headers, &OFFSET).filter(|_| piece) else {
        let status = if piece { StatusCode::BAD_REQUEST } else { StatusCode::UNSUPPORTED_MEDIA_TYPE };
        return Ok(plain(status, "Content-Type: application/offset+octet-stream, Upload-Offset"));
    };
    match service::receive(&app, permit.actor(), id, offset, body.into_data_stream()).await {
        Ok(received) => Ok(far(StatusCode::NO_CONTENT, received)),
        Err(error) => refused(error),
    }
}

/// `DELETE /tu-lieu/tai-len/{id}`: it is not wanted any more.
pub(in crate::library) async fn give_up(
    State(app): State<App>,
    permit: Permit<KeepLibrary>,
    Path(id): Path<Uuid>,
) -> Result {
    match service::drop_upload(&app, permit.actor(), id).await {
        Ok(()) => Ok(plain(StatusCode::NO_CONTENT, "")),
        Err(error) => refused(error),
    }
}
