//! Who may pass: one check per route, by the route table's own word; a [`Permit`] for the handler.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::request::Parts,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Action, Actor, Error, Permit};

use super::{Fail, chrome};
use crate::{Access, App, Session};

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
    if let Some(token) = token {
        match app.sessions.resolve(&app, &token).await {
            Ok(Some(session)) => {
                request.extensions_mut().insert(session);
            }
            Ok(None) => {}
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
        let there = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let back = if request.method() == axum::http::Method::GET { there } else { "/" };
        return Redirect::to(&format!("/dang-nhap?tiep={}", encode(back))).into_response();
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
