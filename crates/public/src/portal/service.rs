//! Pages made once per state of the public side.

use std::sync::{Arc, OnceLock};

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Error, Result, time};
use platform::{App, Lang, revision, web::Chrome};
use records::publications::service as publications;

use super::{
    model::{Found, Kept, Pages, has, takes_gzip},
    views::{Site, WAYS},
};

/// HTML, as a media type.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// A feed.
pub(super) const ATOM: &str = "application/atom+xml; charset=utf-8";
/// A map of addresses.
pub(super) const XML: &str = "application/xml; charset=utf-8";
/// A calendar.
pub(super) const CALENDAR: &str = "text/calendar; charset=utf-8";
/// Words.
pub(super) const WORDS: &str = "text/plain; charset=utf-8";

/// Who asks, as far as a page may depend on it: for which address, in which language.
pub(super) struct Asked {
    pub lang: Lang,
    /// Path and page number.
    pub address: String,
    pub headers: HeaderMap,
}

/// Addresses of every page that some slice has.
#[derive(Default)]
struct Known(OnceLock<Vec<&'static str>>);

/// Has some slice a page at this address?
fn there(app: &App, path: &str) -> bool {
    let known = app.memory.of::<Known>();
    let all = || app.slices.iter().flat_map(|slice| (slice.routes)().0).map(|route| route.path).collect();
    known.0.get_or_init(all).contains(&path)
}

/// What every page of the portal shows around its content.
///
/// # Errors
/// When the database refuses.
pub(super) async fn site(app: &App, asked: &Asked) -> Result<Site> {
    let path = asked.address.split('?').next().unwrap_or_default().to_owned();
    Ok(Site {
        p: Chrome { lang: asked.lang, path, ..Chrome::default() },
        base: app.config.server.public_url.trim_end_matches('/').to_owned(),
        sections: publications::menu(app).await?,
        ways: WAYS.iter().filter(|way| there(app, way.path)).collect(),
        search: there(app, "/tim-kiem"),
    })
}

/// The kept page for an address, or a new one made by `make`, which is kept.
///
/// # Errors
/// What `make` says; pages that cannot be made are not kept.
pub(super) async fn answer<F>(app: &App, asked: &Asked, make: F) -> Result<Response>
where
    F: AsyncFnOnce() -> Result<Found>,
{
    let pages = app.memory.of::<Pages>();
    let made = (revision::current(app).await?, time::date_to_int(app.clock.today()));
    let address = format!("{}{}", asked.lang.code(), asked.address);
    let page = match pages.get(made, &address) {
        Some(page) => page,
        None => {
            let page = Arc::new(Kept::of(make().await?));
            pages.put(made, address, page.clone());
            page
        }
    };
    Ok(respond(&page, &asked.headers))
}

fn respond(page: &Kept, headers: &HeaderMap) -> Response {
    if let Some(to) = &page.to {
        return Redirect::permanent(to).into_response();
    }
    let cache = [
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate")),
        (header::VARY, HeaderValue::from_static("Accept-Encoding, Cookie")),
        (header::ETAG, HeaderValue::from_str(&page.etag).unwrap_or(HeaderValue::from_static("\"\""))),
    ];
    if has(headers, &page.etag) {
        return (StatusCode::NOT_MODIFIED, cache).into_response();
    }
    let media = [(header::CONTENT_TYPE, HeaderValue::from_static(page.media))];
    if takes_gzip(headers) {
        let packed = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
        (cache, media, packed, page.gzip.clone()).into_response()
    } else {
        (cache, media, page.plain.clone()).into_response()
    }
}

/// A page of a media type.
///
/// # Errors
/// When the template fails, which is a fault of ours.
pub(super) fn words(media: &'static str, view: &impl Template) -> Result<Found> {
    Ok(Found::Page(media, view.render().map_err(Error::internal)?))
}
