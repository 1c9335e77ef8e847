//! Signing in, locking and signing out.

use askama::Template;
use axum::{
    extract::{Form, Query, State},
    http::{HeaderMap, StatusCode},
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
    /// Why the person is here again.
    why: String,
    /// Did a form not get through?
    lost: bool,
    errors: FieldErrors,
}

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct Next {
    tiep: String,
    khoa: String,
    mat: String,
}

/// What to tell somebody whose session is over.
fn why(p: &Chrome, app: &App, key: &str) -> String {
    match key {
        "" => String::new(),
        "lau" => p.t1(
            "Phiên đã khóa vì không có thao tác nào trong {} phút. Đăng nhập lại để trở về trang đang làm.",
            app.config.access.idle_minutes,
        ),
        "het" => p
            .t("Phiên đăng nhập đã kết thúc: quá thời hạn, hoặc đã được kết thúc từ nơi khác. Đăng nhập lại để trở về trang đang làm.")
            .to_owned(),
        _ => p.t("Phiên đã khóa. Đăng nhập lại để trở về trang đang làm.").to_owned(),
    }
}

/// `GET /dang-nhap`
pub(in crate::accounts) async fn form(State(app): State<App>, p: Chrome, Query(next): Query<Next>) -> Result {
    if service::setup::needed(&app).await? {
        return Ok(Redirect::to("/cai-dat-lan-dau").into_response());
    }
    let (why, lost) = (why(&p, &app, &next.khoa), !next.mat.is_empty());
    page(&SignInPage { p, login: String::new(), next: local(&next.tiep), why, lost, errors: FieldErrors::default() })
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
    let mut view = SignInPage {
        p,
        login: form.login,
        next: local(&form.next),
        why: String::new(),
        lost: false,
        errors: FieldErrors::default(),
    };
    if !app.attempts.take(&client.address, app.clock.now()) {
        view.errors.add("", TOO_MANY);
        return page_too_many(&view);
    }
    match service::sign_in(&app, &client, &view.login, &form.password).await {
        Ok((token, waits)) => {
            app.attempts.give_back(&client.address);
            let path = if waits { code_path(&view.next) } else { view.next };
            Ok(signed_in(&app, &token, &path, None))
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

/// `POST /khoa-phien`: ends the session and comes back to the same page after signing in again. An idle page asks this too,
/// perhaps when another one of the same browser has done so already.
pub(in crate::accounts) async fn lock(
    State(app): State<App>,
    session: Option<axum::Extension<Session>>,
    headers: HeaderMap,
) -> Result {
    if let Some(axum::Extension(session)) = session {
        service::sign_out(&app, session.id, &session.actor).await?;
    }
    Ok(signed_out(&locked_path(&headers, "1", "")))
}

/// `GET /khoa-phien`: where an idle page goes; the session is over by then. With `mat`, something typed was not saved.
pub(in crate::accounts) async fn locked(headers: HeaderMap, Query(next): Query<Next>) -> Redirect {
    Redirect::to(&locked_path(&headers, "lau", &next.mat))
}

fn locked_path(headers: &HeaderMap, why: &str, lost: &str) -> String {
    let back = guard::came_from(headers).unwrap_or_else(|| "/".into());
    let lost = if lost.is_empty() { "" } else { "1" };
    format!("/dang-nhap?{}tiep={}", guard::query([("khoa", why), ("mat", lost)]), guard::encode(&local(&back)))
}

/// `GET /con-day`: an active page keeps its session; the check before this one has noted it.
pub(in crate::accounts) async fn still_here() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

#[derive(Template)]
#[template(path = "accounts/templates/code.html")]
struct CodePage {
    p: Chrome,
    next: String,
    errors: FieldErrors,
}

const CODE: &str = "/ma-xac-thuc";

/// The second step, with where to go after it.
fn code_path(next: &str) -> String {
    if next == "/" { CODE.to_owned() } else { format!("{CODE}?tiep={}", guard::encode(next)) }
}

/// `GET /ma-xac-thuc`: the second step.
pub(in crate::accounts) async fn code_form(p: Chrome, session: Session, Query(next): Query<Next>) -> Result {
    if session.detour != Some(CODE) {
        return Ok(Redirect::to(&local(&next.tiep)).into_response());
    }
    page(&CodePage { p, next: local(&next.tiep), errors: FieldErrors::default() })
}

/// The second step's form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct CodeForm {
    code: String,
    next: String,
}

/// `POST /ma-xac-thuc`
pub(in crate::accounts) async fn code(
    State(app): State<App>,
    p: Chrome,
    client: Client,
    session: Session,
    Form(form): Form<CodeForm>,
) -> Result {
    let next = local(&form.next);
    if session.detour != Some(CODE) {
        return Ok(Redirect::to(&next).into_response());
    }
    if !app.attempts.take(&client.address, app.clock.now()) {
        let mut errors = FieldErrors::default();
        errors.add("code", TOO_MANY);
        return page_too_many(&CodePage { p, next, errors });
    }
    match service::second_factor(&app, &client, session.id, &session.actor, &form.code).await {
        Ok(token) => {
            app.attempts.give_back(&client.address);
            Ok(signed_in(&app, &token, &next, None))
        }
        Err(Error::Invalid(errors)) => page_invalid(&CodePage { p, next, errors }),
        Err(error) => Err(error.into()),
    }
}
