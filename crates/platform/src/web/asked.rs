//! What a request for a page asks for: which page, in which form, and whether its browser has it already.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, header},
};

/// Longest path that is looked up; nothing longer is a page.
const LONGEST: usize = 300;

/// What other sites put behind addresses; no page depends on it.
const FOREIGN: [&str; 8] =
    ["fbclid", "gclid", "zarsrc", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];

/// Under which a page is kept: language, encoding, path and page number. `None`: not to be looked for.
pub(super) fn key(request: &Request) -> Option<String> {
    let path = request.uri().path();
    if request.method() != Method::GET || path.len() > LONGEST {
        return None;
    }
    let mut lang = "vi";
    for cookies in request.headers().get_all(header::COOKIE) {
        for cookie in cookies.to_str().ok()?.split(';') {
            match cookie.trim().split_once('=')? {
                ("lang", code) => lang = crate::Lang::from_code(code).code(),
                // Of who is signed in or was just told something the handlers know more.
                ("lantoa" | "flash", _) => return None,
                _ => {}
            }
        }
    }
    let gzip = if takes_gzip(request.headers()) { "z" } else { "-" };
    let mut key = String::with_capacity(path.len() + 16);
    key.push_str(lang);
    key.push_str(gzip);
    key.push_str(path);
    for part in request.uri().query().into_iter().flat_map(|query| query.split('&')) {
        match part.split_once('=') {
            Some(("trang", number)) if number.len() < 8 && number.bytes().all(|digit| digit.is_ascii_digit()) => {
                key.push('?');
                key.push_str(number);
            }
            Some((name, _)) if FOREIGN.contains(&name) => {}
            // A page that depends on more has countless addresses.
            _ => return None,
        }
    }
    Some(key)
}

/// Does a browser take compressed pages?
pub fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next() == Some("gzip") && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// Has a browser this very page?
pub(super) fn has(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let Some(marks) = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) else { return false };
    marks.split(',').map(|mark| mark.trim().trim_start_matches("W/")).any(|mark| mark == "*" || etag == mark)
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::HeaderName};

    use super::*;

    fn request(uri: &str, headers: &[(HeaderName, &str)]) -> Request {
        let mut request = Request::builder().uri(uri).body(Body::empty()).unwrap();
        for (name, value) in headers {
            request.headers_mut().append(name.clone(), value.parse().unwrap());
        }
        request
    }

    #[test]
    fn pages_differ_by_language_encoding_and_number_alone() {
        let of = |uri: &str, headers: &[(HeaderName, &str)]| key(&request(uri, headers));
        assert_eq!(of("/tin?trang=2&fbclid=xyz", &[]).as_deref(), Some("vi-/tin?2"));
        assert_eq!(of("/tin", &[(header::ACCEPT_ENCODING, "gzip, br")]).as_deref(), Some("viz/tin"));
        assert_eq!(of("/tin?trang=hai", &[]), None);
        assert_eq!(of("/luat/a?ngay=2020-01-01", &[]), None);
        assert_eq!(of("/tin", &[(header::COOKIE, "lang=en; other=1")]).as_deref(), Some("en-/tin"));
        assert_eq!(of("/tin", &[(header::COOKIE, "lantoa=abc")]), None);
        assert_eq!(of("/tin", &[(header::COOKIE, "flash=ok")]), None);
        let mut post = request("/tin", &[]);
        *post.method_mut() = Method::POST;
        assert_eq!(key(&post), None);
    }

    #[test]
    fn browsers_say_what_they_take_and_have() {
        let etag = HeaderValue::from_static("\"a\"");
        let mut headers = HeaderMap::new();
        assert!(!takes_gzip(&headers) && !has(&headers, &etag));
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br, gzip;q=0.8"));
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"b\", W/\"a\""));
        assert!(takes_gzip(&headers) && has(&headers, &etag));
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip;q=0"));
        assert!(!takes_gzip(&headers));
    }
}
