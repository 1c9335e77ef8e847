//! Pages made once per state of the public side.

use std::{
    collections::HashMap,
    io::Write,
    sync::{Arc, PoisonError, RwLock},
};

use askama::Template;
use axum::{
    Extension,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use flate2::{Compression, write::GzEncoder};
use kernel::{Error, Result, Uuid};
use platform::{
    App, Lang, revision,
    visits::Seen,
    web::{
        Chrome, asked,
        kept::{self, Keep, Made},
    },
};
use records::{
    laws::{model::article_of, service as laws},
    publications::service as publications,
    site::service as face,
};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use super::{
    model::{Found, short_code, typed_code},
    views::{Head, Site, WAYS},
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
    /// Path.
    pub path: String,
    pub headers: HeaderMap,
}

/// Name, menu and footer for the state of the public side and the day for which they were read.
#[derive(Default)]
struct Read(RwLock<(Made, Arc<Head>)>);

async fn head(app: &App) -> Result<Arc<Head>> {
    // Before it is read: what changes meanwhile makes it old.
    let made = kept::made(app).await?;
    let read = app.memory.of::<Read>();
    {
        let known = read.0.read().unwrap_or_else(PoisonError::into_inner);
        if known.0 == made {
            return Ok(known.1.clone());
        }
    }
    let head = Arc::new(Head { look: face::look(app).await?, sections: publications::menu(app).await? });
    *read.0.write().unwrap_or_else(PoisonError::into_inner) = (made, head.clone());
    Ok(head)
}

/// What every page of the portal shows around its content.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn site(app: &App, asked: &Asked) -> Result<Site> {
    Ok(Site {
        p: Chrome { lang: asked.lang, path: asked.path.clone(), ..Chrome::default() },
        base: app.config.server.public_url.trim_end_matches('/').to_owned(),
        head: head(app).await?,
        ways: WAYS,
    })
}

/// A page that is the same for everybody, and kept until something that readers see changes.
///
/// # Errors
/// What `make` says; pages that cannot be made are not kept.
pub(crate) async fn answer<F>(app: &App, asked: &Asked, make: F) -> Result<Response>
where
    F: AsyncFnOnce() -> Result<Found>,
{
    // Before the page is made: what changes meanwhile makes it old.
    let made = kept::made(app).await?;
    let mut response = fresh(asked, make).await?;
    response.extensions_mut().insert(Keep(made));
    Ok(response)
}

/// A page for one of countless addresses (a day chosen by the reader): made anew each time.
///
/// # Errors
/// What `make` says.
pub(crate) async fn fresh<F>(asked: &Asked, make: F) -> Result<Response>
where
    F: AsyncFnOnce() -> Result<Found>,
{
    let (media, text, seen) = match make().await? {
        Found::Page(media, text) => (media, text, None),
        Found::Thing(seen, text) => (HTML, text, Some(seen)),
        Found::Elsewhere(to) => return Ok(Redirect::permanent(&to).into_response()),
    };
    let mark: String = Sha256::digest(text.as_bytes()).iter().take(9).map(|byte| format!("{byte:02x}")).collect();
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate")),
        (header::VARY, HeaderValue::from_static("Accept-Encoding, Cookie")),
        (header::ETAG, HeaderValue::from_str(&format!("\"{mark}\"")).unwrap_or(HeaderValue::from_static("\"\""))),
        (header::CONTENT_TYPE, HeaderValue::from_static(media)),
    ];
    let seen = seen.map(Extension);
    if !asked::takes_gzip(&asked.headers) {
        return Ok((seen, headers, text).into_response());
    }
    let mut gzip = GzEncoder::new(Vec::with_capacity(text.len() / 3), Compression::new(9));
    let packed = gzip.write_all(text.as_bytes()).and_then(|()| gzip.finish()).map_err(Error::internal)?;
    Ok((seen, headers, [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))], packed).into_response())
}

/// A page of a media type.
///
/// # Errors
/// When the template fails, which is a fault of ours.
pub(crate) fn words(media: &'static str, view: &impl Template) -> Result<Found> {
    Ok(Found::Page(media, view.render().map_err(Error::internal)?))
}

/// A page of one thing, which counts how often it is read.
///
/// # Errors
/// See [`words`].
pub(crate) fn read(kind: &'static str, id: Uuid, view: &impl Template) -> Result<Found> {
    Ok(Found::Thing(Seen { kind, id }, view.render().map_err(Error::internal)?))
}

/// Addresses by their short codes, as of a state of the public side.
#[derive(Default)]
struct Codes(Mutex<(i64, Arc<HashMap<String, String>>)>);

/// Every address that has a short code; an address once known stays known. Asked for anew only when a code is not known and something has changed.
async fn codes(app: &App, wanted: &str) -> Result<Arc<HashMap<String, String>>> {
    let kept = app.memory.of::<Codes>();
    let mut kept = kept.0.lock().await;
    let now = revision::current(app).await?;
    if kept.0 != now && !kept.1.contains_key(wanted) {
        let (news, sections) = tokio::try_join!(publications::ever_public(app), publications::sections(app))?;
        let shelf = laws::address_map(app).await?;
        let news = news.into_iter().map(|slug| format!("/tin/{slug}"));
        let sections = sections.into_iter().map(|section| format!("/chuyen-muc/{}", section.slug));
        let all = news.chain(sections).chain(shelf.into_iter().map(|(path, _)| path));
        *kept = (now, Arc::new(all.map(|path| (short_code(&path), path)).collect()));
    }
    Ok(kept.1.clone())
}

/// The address that a short code, as typed, stands for.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn meant(app: &App, typed: &str) -> Result<String> {
    let (code, below) = typed_code(typed);
    let path = codes(app, &code).await?.get(&code).cloned().ok_or(Error::NotFound)?;
    if let Some(slug) = below.strip_prefix('/') {
        let law = path.strip_prefix("/luat/").ok_or(Error::NotFound)?.to_owned();
        let number = article_of(slug).ok_or(Error::NotFound)?;
        let there = laws::known_addresses(app, std::slice::from_ref(&law)).await?;
        if !there.contains(&(law, number)) {
            return Err(Error::NotFound);
        }
    }
    Ok(path + &below)
}
