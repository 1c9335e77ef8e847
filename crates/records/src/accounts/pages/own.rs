//! One's own account: roles, sessions, password.

use askama::Template;
use axum::extract::{Form, Path, State};
use kernel::{Error, FieldErrors, Uuid};
use platform::{
    App, Session,
    web::{Chrome, Client, Flash, Result, page, page_invalid, page_too_many, see_other},
};
use serde::Deserialize;

use super::{TOO_MANY, signed_in};
use crate::accounts::{
    forms,
    model::password,
    service::{own, password as passwords},
    store::holdings::HoldingRow,
    views::SessionLine,
};

const PATH: &str = "/tai-khoan-cua-toi";

#[derive(Template)]
#[template(path = "accounts/templates/own.html")]
struct OwnPage {
    p: Chrome,
    name: String,
    login: String,
    has_totp: bool,
    holdings: Vec<HoldingRow>,
    sessions: Vec<SessionLine>,
    /// Where the sessions are ended.
    base: String,
    password_since: String,
}

/// `GET /tai-khoan-cua-toi`
pub(in crate::accounts) async fn show(State(app): State<App>, p: Chrome, session: Session) -> Result {
    let own = own::view(&app, &session.actor).await?;
    let since = passwords::since(&app, session.actor.user).await?;
    page(&OwnPage {
        p,
        has_totp: own.user.has_totp(),
        name: own.user.name,
        login: own.user.login,
        holdings: own.holdings,
        sessions: own.sessions.iter().map(|open| SessionLine::new(open, Some(session.id))).collect(),
        base: PATH.to_owned(),
        password_since: since.map(|at| kernel::time::display_date(at.date())).unwrap_or_default(),
    })
}

/// `POST /tai-khoan-cua-toi/phien/{id}/ket-thuc`
pub(in crate::accounts) async fn end_session(State(app): State<App>, session: Session, Path(id): Path<Uuid>) -> Result {
    own::end_session(&app, &session.actor, id).await?;
    Ok(see_other(PATH, Flash::ok("Đã kết thúc phiên.")))
}

/// `POST /tai-khoan-cua-toi/phien-khac/ket-thuc`
pub(in crate::accounts) async fn end_others(State(app): State<App>, session: Session) -> Result {
    let ended = own::end_others(&app, &session.actor, session.id).await?;
    Ok(see_other(PATH, Flash::ok(format!("Đã đăng xuất khỏi {ended} nơi khác."))))
}

#[derive(Template)]
#[template(path = "accounts/templates/password.html")]
struct PasswordPage {
    p: Chrome,
    must: bool,
    /// Days after which an administrator's password is too old, when this one is.
    outdated: Option<i64>,
    advice: String,
    errors: FieldErrors,
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct PasswordForm {
    old: String,
    password: String,
    again: String,
}

async fn password_page(app: &App, p: Chrome, session: &Session, errors: FieldErrors) -> kernel::Result<PasswordPage> {
    let rules = &app.config.access;
    let has_totp = own::view(app, &session.actor).await?.user.has_totp();
    let since = passwords::since(app, session.actor.user).await?.map(|at| at.0);
    let (must, advice) = (session.detour.is_some(), password::advice(rules, has_totp));
    let outdated = (must && rules.outdated(since, app.clock.now())).then_some(rules.administrator_password_days);
    Ok(PasswordPage { p, must, outdated, advice, errors })
}

/// `GET /doi-mat-khau`
pub(in crate::accounts) async fn password_form(State(app): State<App>, p: Chrome, session: Session) -> Result {
    page(&password_page(&app, p, &session, FieldErrors::default()).await?)
}

/// `POST /doi-mat-khau`
pub(in crate::accounts) async fn password_change(
    State(app): State<App>,
    p: Chrome,
    client: Client,
    session: Session,
    Form(form): Form<PasswordForm>,
) -> Result {
    if !app.attempts.take(&client.address, app.clock.now()) {
        let mut errors = FieldErrors::default();
        errors.add("old", TOO_MANY);
        return page_too_many(&password_page(&app, p, &session, errors).await?);
    }
    let done = async {
        forms::repeated(&form.password, &form.again)?;
        passwords::change(&app, &client, session.id, &session.actor, (&form.old, &form.password)).await
    };
    match done.await {
        Ok(token) => {
            app.attempts.give_back(&client.address);
            let flash = Flash::ok("Đã đổi mật khẩu. Các phiên khác đã bị đăng xuất.");
            Ok(signed_in(&app, &token, PATH, Some(&flash)))
        }
        Err(Error::Invalid(errors)) => page_invalid(&password_page(&app, p, &session, errors).await?),
        Err(error) => Err(error.into()),
    }
}
