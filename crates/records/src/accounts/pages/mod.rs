//! Pages of the accounts slice.

pub(super) mod activate;
pub(super) mod edit;
pub(super) mod factor;
pub(super) mod handover;
pub(super) mod invite;
pub(super) mod own;
pub(super) mod sessions;
pub(super) mod setup;
pub(super) mod sign_in;
pub(super) mod user;
pub(super) mod users;

use axum::{
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use platform::{
    App,
    web::{Flash, guard},
};

/// The session cookie.
pub(super) fn cookie(app: &App, token: &str) -> String {
    let secure = if app.config.secure() { "; Secure" } else { "" };
    let seconds = app.config.access.session_hours * 3600;
    format!("{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", guard::COOKIE)
}

/// On to a page with a new session cookie and perhaps a word on what was done.
pub(super) fn signed_in(app: &App, token: &str, path: &str, flash: Option<&Flash>) -> Response {
    let mut response = ([(header::SET_COOKIE, cookie(app, token))], Redirect::to(path)).into_response();
    for (name, value) in flash.into_iter().flat_map(Flash::cookie) {
        response.headers_mut().append(name, value);
    }
    response
}

/// Without a session cookie from here on.
pub(super) fn signed_out(path: &str) -> Response {
    let gone = format!("{}=; Path=/; HttpOnly; Max-Age=0", guard::COOKIE);
    ([(header::SET_COOKIE, gone)], Redirect::to(path)).into_response()
}

/// Only ever to a page of this site.
pub(super) fn local(next: &str) -> String {
    let safe = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.contains('\n');
    if safe { next.to_owned() } else { "/".to_owned() }
}

/// What to say after too many attempts.
pub(super) const TOO_MANY: &str = "Có quá nhiều lần thử từ địa chỉ này. Hãy đợi một phút rồi thử lại.";
