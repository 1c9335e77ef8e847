//! Signing in, locking and signing out.

use askama::Template;
use axum::{
    extract::{Form, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Error, FieldErrors};
use platform::{
    App, Session,
    web::{Chrome, Client, Result, guard, page, page_invalid, page_too_many},
};
use serde::Deserialize;

use super::{TOO_MANY, local, signed_in, signed_out};
use crate::accounts::service;

#[derive(Template)]
#[template(path = "accounts/templates/sign_in.html")]
struct SignInPage {
    p: Chrome,
    login: String,
    next: String,
    locked: bool,
    errors: FieldErrors,
}

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct Next {
    tiep: String,
    khoa: String,
}

/// `GET /`: one's own work comes first; before there is any account, the set-up.
pub(in crate::accounts) async fn home(State(app): State<App>, session: Option<axum::Extension<Session>>) -> Result {
    if session.is_none() && service::setup::needed(&app).await? {
        return Ok(Redirect::to("/cai-dat-lan-dau").into_response());
    }
    Ok(Redirect::to("/viec-cua-toi").into_response())
}

/// `GET /dang-nhap`
pub(in crate::accounts) async fn form(State(app): State<App>, p: Chrome, Query(next): Query<Next>) -> Result {
    if service::setup::needed(&app).await? {
        return Ok(Redirect::to("/cai-dat-lan-dau").into_response());
    }
    let locked = !next.khoa.is_empty();
    page(&SignInPage { p, login: String::new(), next: local(&next.tiep), locked, errors: FieldErrors::default() })
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct SignInForm {
    login: String,
    password: String,
    next: String,
}

/// `POST /dang-nhap`
pub(in crate::accounts) async fn submit(
    State(app): State<App>,
    p: Chrome,
    client: Client,
    Form(form): Form<SignInForm>,
) -> Result {
    let mut view =
        SignInPage { p, login: form.login, next: local(&form.next), locked: false, errors: FieldErrors::default() };
    if !app.attempts.take(&client.address, app.clock.now()) {
        view.errors.add("", TOO_MANY);
        return page_too_many(&view);
    }
    match service::sign_in(&app, &client, &view.login, &form.password).await {
        Ok(token) => {
            app.attempts.give_back(&client.address);
            Ok(signed_in(&app, &token, &view.next, None))
        }
        Err(Error::Invalid(errors)) => {
            view.errors = errors;
            page_invalid(&view)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /dang-xuat`
pub(in crate::accounts) async fn sign_out(State(app): State<App>, session: Session) -> Result {
    service::sign_out(&app, session.id, &session.actor).await?;
    Ok(signed_out("/dang-nhap"))
}

/// `POST /khoa-phien`: ends the session and comes back to the same page after signing in again.
pub(in crate::accounts) async fn lock(State(app): State<App>, session: Session, headers: HeaderMap) -> Result {
    service::sign_out(&app, session.id, &session.actor).await?;
    Ok(signed_out(&locked_path(&headers)))
}

/// `GET /khoa-phien`: where an idle page goes; the session is over by then.
pub(in crate::accounts) async fn locked(headers: HeaderMap) -> Redirect {
    Redirect::to(&locked_path(&headers))
}

fn locked_path(headers: &HeaderMap) -> String {
    let back = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok()?.parse::<axum::http::Uri>().ok())
        .and_then(|uri| uri.path_and_query().map(ToString::to_string))
        .unwrap_or_else(|| "/".into());
    format!("/dang-nhap?khoa=1&tiep={}", guard::encode(&local(&back)))
}

/// `GET /con-day`: an active page keeps its session; the check before this one has noted it.
pub(in crate::accounts) async fn still_here() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

#[derive(Template)]
#[template(path = "accounts/templates/code.html")]
struct CodePage {
    p: Chrome,
    errors: FieldErrors,
}

/// `GET /ma-xac-thuc`: the second step.
pub(in crate::accounts) async fn code_form(p: Chrome, session: Session) -> Result {
    if session.detour != Some("/ma-xac-thuc") {
        return Ok(Redirect::to("/").into_response());
    }
    page(&CodePage { p, errors: FieldErrors::default() })
}

/// The second step's form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct CodeForm {
    code: String,
}

/// `POST /ma-xac-thuc`
pub(in crate::accounts) async fn code(
    State(app): State<App>,
    p: Chrome,
    client: Client,
    session: Session,
    Form(form): Form<CodeForm>,
) -> Result {
    if session.detour != Some("/ma-xac-thuc") {
        return Ok(Redirect::to("/").into_response());
    }
    if !app.attempts.take(&client.address, app.clock.now()) {
        let mut errors = FieldErrors::default();
        errors.add("code", TOO_MANY);
        return page_too_many(&CodePage { p, errors });
    }
    match service::second_factor(&app, &client, session.id, &session.actor, &form.code).await {
        Ok(token) => {
            app.attempts.give_back(&client.address);
            Ok(signed_in(&app, &token, "/", None))
        }
        Err(Error::Invalid(errors)) => page_invalid(&CodePage { p, errors }),
        Err(error) => Err(error.into()),
    }
}
