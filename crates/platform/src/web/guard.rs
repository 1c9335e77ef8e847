//! Who may pass: one check per route, by the route table's own word; a [`Permit`] for the handler.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Action, Actor, Error, Permit};

use super::{Fail, chrome};
use crate::{Access, App, Over, Resolved, Session};

/// Name of the session cookie.
pub const COOKIE: &str = "lantoa";

/// Where signing out goes; allowed at any time.
pub const SIGN_OUT: &str = "/dang-xuat";

/// Where style sheets, scripts and fonts are served.
pub(super) const ASSETS: &str = "/assets/";

/// Middleware: finds the session of the cookie.
pub(super) async fn load_session(State(app): State<App>, mut request: Request, next: Next) -> Response {
    // Style sheets and fonts are the same for everybody; a page would otherwise look up its session a dozen times.
    if request.uri().path().starts_with(ASSETS) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let token = chrome::cookie(&parts, COOKIE);
    request = Request::from_parts(parts, body);
    if let Some(token) = token.filter(|token| !token.is_empty()) {
        match app.sessions.resolve(&app, &token).await {
            Ok(Resolved::Open(session)) => {
                request.extensions_mut().insert(session);
            }
            Ok(Resolved::Over(why)) => {
                request.extensions_mut().insert(why);
            }
            Err(error) => return Fail(error).into_response(),
        }
    }
    next.run(request).await
}

/// Middleware of one route.
pub(crate) async fn check(access: Access, request: Request, next: Next) -> Response {
    if access == Access::Public {
        return next.run(request).await;
    }
    let Some(session) = request.extensions().get::<Session>() else {
        return to_sign_in(&request);
    };
    if let Some(detour) = session.detour {
        let path = request.uri().path();
        if access != Access::Restricted || (path != detour && path != SIGN_OUT) {
            return Redirect::to(detour).into_response();
        }
    }
    if let Access::Action(action) = access
        && !session.actor.may(action)
    {
        return Fail(Error::Denied).into_response();
    }
    next.run(request).await
}

/// To the sign-in page, which says why and leads back to the page in hand. What a form held is not kept, which is said too.
fn to_sign_in(request: &Request) -> Response {
    if request.uri().path() == SIGN_OUT {
        // Nobody is signed in: just what was asked for. There was nothing to lose.
        return Redirect::to("/dang-nhap").into_response();
    }
    let page_in_hand = request.method() == Method::GET && !request.headers().contains_key("hx-request");
    let back = if page_in_hand {
        request.uri().path_and_query().map(ToString::to_string)
    } else {
        came_from(request.headers())
    };
    let why = match request.extensions().get::<Over>() {
        Some(Over::Idle) => "lau",
        Some(Over::Ended) => "het",
        None => "",
    };
    let lost = if request.method() == Method::GET { "" } else { "1" };
    let about = query([("khoa", why), ("mat", lost)]);
    let path = format!("/dang-nhap?{about}tiep={}", encode(back.as_deref().unwrap_or("/")));
    if request.headers().contains_key("hx-request") {
        // A redirection would put the sign-in page into a piece of the page in hand.
        return [("hx-redirect", path)].into_response();
    }
    Redirect::to(&path).into_response()
}

/// The page that a request was sent from, by path only: never another site.
pub fn came_from(headers: &HeaderMap) -> Option<String> {
    let from = headers.get(header::REFERER)?.to_str().ok()?.parse::<axum::http::Uri>().ok()?;
    from.path_and_query().map(ToString::to_string).filter(|path| path.starts_with('/') && !path.starts_with("//"))
}

/// Percent-encodes a text for use inside a query.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Names and values as a query, without those that are empty; each ends in `&`.
pub fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    pairs
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}&", encode(value)))
        .collect()
}

impl<A: Action> FromRequestParts<App> for Permit<A> {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fail> {
        let session = parts.extensions.get::<Session>().ok_or(Fail(Error::Denied))?;
        Permit::of(&session.actor).ok_or(Fail(Error::Denied))
    }
}

/// The person signed in, for routes open to everybody signed in.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Actor);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fail> {
        parts.extensions.get::<Session>().map(|session| Self(session.actor.clone())).ok_or(Fail(Error::Denied))
    }
}

impl FromRequestParts<App> for Session {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fail> {
        parts.extensions.get::<Session>().cloned().ok_or(Fail(Error::Denied))
    }
}
