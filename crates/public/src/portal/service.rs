//! Pages made once per state of the public side.

use std::sync::Arc;

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
    views::Site,
};

/// HTML, as a media type.
pub(crate) const HTML: &str = "text/html; charset=utf-8";
/// A feed.
pub(crate) const ATOM: &str = "application/atom+xml; charset=utf-8";
/// A map of addresses.
pub(crate) const XML: &str = "application/xml; charset=utf-8";
/// A calendar.
pub(crate) const CALENDAR: &str = "text/calendar; charset=utf-8";
/// Words.
pub(crate) const WORDS: &str = "text/plain; charset=utf-8";

/// Who asks, as far as a page may depend on it: for which address, in which language.
pub(crate) struct Asked {
    pub lang: Lang,
    /// Path and page number.
    pub address: String,
    pub headers: HeaderMap,
}

/// What every page of the portal shows around its content.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn site(app: &App, asked: &Asked) -> Result<Site> {
    let path = asked.address.split('?').next().unwrap_or_default().to_owned();
    Ok(Site {
        p: Chrome { lang: asked.lang, path, ..Chrome::default() },
        base: app.config.server.public_url.trim_end_matches('/').to_owned(),
        sections: publications::menu(app).await?,
    })
}

/// The kept page for an address, or a new one made by `make`, which is kept.
///
/// # Errors
/// What `make` says; pages that cannot be made are not kept.
pub(crate) async fn answer<F>(app: &App, asked: &Asked, make: F) -> Result<Response>
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

/// A page for one of countless addresses (a day chosen by the reader): made anew each time.
///
/// # Errors
/// What `make` says.
pub(crate) async fn fresh<F>(asked: &Asked, make: F) -> Result<Response>
where
    F: AsyncFnOnce() -> Result<Found>,
{
    Ok(respond(&Kept::of(make().await?), &asked.headers))
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
pub(crate) fn words(media: &'static str, view: &impl Template) -> Result<Found> {
    Ok(Found::Page(media, view.render().map_err(Error::internal)?))
}
