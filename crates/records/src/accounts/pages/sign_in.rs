//! Signing in and out.

use askama::Template;
use axum::{
    extract::{Form, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Error, FieldErrors};
use platform::{
    App, Session,
    web::{Chrome, Client, Result, guard, page, page_invalid},
};
use serde::Deserialize;

use crate::accounts::service;

#[derive(Template)]
#[template(path = "accounts/templates/sign_in.html")]
pub(in crate::accounts) struct SignInPage {
    p: Chrome,
    login: String,
    next: String,
    errors: FieldErrors,
}

/// Where to go after signing in.
#[derive(Debug, Deserialize)]
pub(in crate::accounts) struct Next {
    #[serde(default)]
    tiep: String,
}

/// `GET /`: one's own work comes first.
pub(in crate::accounts) async fn home() -> Redirect {
    Redirect::to("/viec-cua-toi")
}

/// `GET /dang-nhap`
pub(in crate::accounts) async fn form(p: Chrome, Query(next): Query<Next>) -> Result {
    page(&SignInPage { p, login: String::new(), next: local(&next.tiep), errors: FieldErrors::default() })
}

/// The form.
#[derive(Debug, Deserialize)]
pub(in crate::accounts) struct SignInForm {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// `POST /dang-nhap`
pub(in crate::accounts) async fn submit(
    State(app): State<App>,
    p: Chrome,
    client: Client,
    Form(form): Form<SignInForm>,
) -> Result {
    match service::sign_in(&app, &client, &form.login, &form.password).await {
        Ok(token) => {
            Ok(([(header::SET_COOKIE, cookie(&app, &token))], Redirect::to(&local(&form.next))).into_response())
        }
        Err(Error::Invalid(errors)) => {
            page_invalid(&SignInPage { p, login: form.login, next: local(&form.next), errors })
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /dang-xuat`
pub(in crate::accounts) async fn sign_out(State(app): State<App>, session: Session) -> Result {
    service::sign_out(&app, session.id, &session.actor).await?;
    let gone = format!("{}=; Path=/; HttpOnly; Max-Age=0", guard::COOKIE);
    Ok(([(header::SET_COOKIE, gone)], Redirect::to("/dang-nhap")).into_response())
}

/// `GET /con-day`: an active page keeps its session; the check before this one has noted it.
pub(in crate::accounts) async fn still_here() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

fn cookie(app: &App, token: &str) -> String {
    let secure = if app.config.secure() { "; Secure" } else { "" };
    let seconds = app.config.access.session_hours * 3600;
    format!("{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", guard::COOKIE)
}

/// Only ever to a page of this site.
fn local(next: &str) -> String {
    let safe = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if safe { next.to_owned() } else { "/".to_owned() }
}
