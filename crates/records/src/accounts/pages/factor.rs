//! The second factor: switched on and off.

use askama::Template;
use axum::extract::{Form, State};
use kernel::{Error, FieldErrors, Role};
use platform::{
    App, Session,
    web::{Chrome, Client, Flash, Result, page, page_invalid, page_too_many},
};
use serde::Deserialize;

use super::{TOO_MANY, signed_in};
use crate::accounts::service::factor::{self, Setup};

#[derive(Template)]
#[template(path = "accounts/templates/factor.html")]
struct FactorPage {
    p: Chrome,
    setup: Setup,
    must: bool,
    errors: FieldErrors,
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct FactorForm {
    password: String,
    code: String,
}

async fn view(app: &App, p: Chrome, session: &Session, errors: FieldErrors) -> kernel::Result<FactorPage> {
    let administrator = session.actor.holdings.iter().any(|held| held.role == Role::Administrator);
    let must = administrator && app.config.access.administrator_totp;
    Ok(FactorPage { p, setup: factor::setup(app, &session.actor).await?, must, errors })
}

/// `GET /xac-thuc-hai-buoc`
pub(in crate::accounts) async fn show(State(app): State<App>, p: Chrome, session: Session) -> Result {
    page(&view(&app, p, &session, FieldErrors::default()).await?)
}

/// `POST /xac-thuc-hai-buoc`
pub(in crate::accounts) async fn enable(
    State(app): State<App>,
    p: Chrome,
    client: Client,
    session: Session,
    Form(form): Form<FactorForm>,
) -> Result {
    if !app.attempts.take(&client.address, app.clock.now()) {
        return page_too_many(&view(&app, p, &session, too_many()).await?);
    }
    let both = (form.password.as_str(), form.code.as_str());
    match factor::enable(&app, &client, session.id, &session.actor, both).await {
        Ok(token) => {
            app.attempts.give_back(&client.address);
            let flash = Flash::ok("Đã bật xác thực hai bước.");
            Ok(signed_in(&app, &token, "/tai-khoan-cua-toi", Some(&flash)))
        }
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, &session, errors).await?),
        Err(error) => Err(error.into()),
    }
}

/// `POST /xac-thuc-hai-buoc/tat`
pub(in crate::accounts) async fn disable(
    State(app): State<App>,
    p: Chrome,
    client: Client,
    session: Session,
    Form(form): Form<FactorForm>,
) -> Result {
    if !app.attempts.take(&client.address, app.clock.now()) {
        return page_too_many(&view(&app, p, &session, too_many()).await?);
    }
    match factor::disable(&app, &client, &session.actor, (&form.password, &form.code)).await {
        Ok(()) => {
            app.attempts.give_back(&client.address);
            Ok(platform::web::see_other("/tai-khoan-cua-toi", Flash::ok("Đã tắt xác thực hai bước.")))
        }
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, &session, errors).await?),
        Err(error) => Err(error.into()),
    }
}

fn too_many() -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.add("code", TOO_MANY);
    errors
}
