//! Large files by parts, as players and broken downloads ask for them.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::headers::{HeaderMapExt, Range};

use super::Result;
use crate::App;

/// A file of the blob store that is given out.
pub struct File<'a> {
    /// Its hash.
    pub hash: &'a str,
    /// Its media type, as this program knows it; never as a sender said.
    pub media_type: &'a str,
    /// Bytes.
    pub size: u64,
    /// Name under which it is saved (plain ASCII); empty: it is shown.
    pub name: &'a str,
    /// May it be kept by everybody on the way?
    pub public: bool,
}

/// The file, or the part that the browser asks for. Whatever it holds, a browser runs nothing of it.
///
/// # Errors
/// [`kernel::Error::NotFound`] when the bytes are gone.
pub async fn part(app: &App, file: &File<'_>, asked: &HeaderMap) -> Result {
    let etag = format!("\"{}\"", file.hash.get(..24).unwrap_or_default());
    let mut headers = HeaderMap::new();
    let mut set = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::ETAG, &etag);
    set(header::ACCEPT_RANGES, "bytes");
    set(header::CONTENT_TYPE, file.media_type);
    set(header::CACHE_CONTROL, if file.public { "public, max-age=3600" } else { "private, no-cache" });
    if !file.name.is_empty() {
        let name = file.name.replace(['"', '\\', '\n', '\r'], "");
        set(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
    }
    if asked.get(header::IF_NONE_MATCH).is_some_and(|mark| mark.as_bytes() == etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    // A part of another version is of no use.
    let same = asked.get(header::IF_RANGE).is_none_or(|mark| mark.as_bytes() == etag.as_bytes());
    let wanted = asked.typed_get::<Range>().filter(|_| same);
    let (status, from, to) = match wanted.map(|range| bounds(&range, file.size)) {
        None => (StatusCode::OK, 0, file.size),
        Some(Some((from, to))) => (StatusCode::PARTIAL_CONTENT, from, to),
        Some(None) => {
            let all = format!("bytes */{}", file.size);
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, all)]).into_response());
        }
    };
    if status == StatusCode::PARTIAL_CONTENT {
        let said = format!("bytes {from}-{}/{}", to.saturating_sub(1), file.size);
        headers.insert(header::CONTENT_RANGE, HeaderValue::from_str(&said).map_err(kernel::Error::internal)?);
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(to - from));
    if from == to {
        return Ok((status, headers).into_response());
    }
    let body = Body::from_stream(app.blobs.part(file.hash, from..to).await?);
    let response: Response = (status, headers, body).into_response();
    Ok(response)
}

/// First byte and the one after the last; `None` when there is no such part, or several are asked for.
fn bounds(range: &Range, size: u64) -> Option<(u64, u64)> {
    use std::ops::Bound;
    let mut parts = range.satisfiable_ranges(size);
    let (from, to) = parts.next().filter(|_| parts.next().is_none())?;
    let from = match from {
        Bound::Included(at) => at,
        Bound::Excluded(at) => at + 1,
        Bound::Unbounded => 0,
    };
    let to = match to {
        Bound::Included(at) => at.saturating_add(1),
        Bound::Excluded(at) => at,
        Bound::Unbounded => size,
    };
    let to = to.min(size);
    (from < to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &'static str) -> Option<(u64, u64)> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_static(text));
        bounds(&headers.typed_get::<Range>()?, 100)
    }

    #[test]
    fn one_part_at_a_time() {
        assert_eq!(of("bytes=0-9"), Some((0, 10)));
        assert_eq!(of("bytes=90-"), Some((90, 100)));
        assert_eq!(of("bytes=-5"), Some((95, 100)));
        assert_eq!(of("bytes=90-500"), Some((90, 100)));
        assert_eq!(of("bytes=100-"), None);
        assert_eq!(of("bytes=0-1,5-6"), None);
        assert_eq!(of("bytes=9-3"), None);
    }
}
