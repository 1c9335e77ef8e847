//! The first start.

use askama::Template;
use axum::extract::{Form, State};
use kernel::{Error, FieldErrors};
use platform::{
    App,
    web::{Chrome, Client, Flash, Result, form, page, page_invalid, page_too_many},
};
use serde::Deserialize;

use super::{TOO_MANY, signed_in};
use crate::accounts::{
    forms,
    model::password,
    service::setup::{self, First},
};

#[derive(Template)]
#[template(path = "accounts/templates/setup.html")]
struct SetupPage {
    p: Chrome,
    form: SetupForm,
    advice: String,
    errors: FieldErrors,
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct SetupForm {
    code: String,
    login: String,
    name: String,
    agency: String,
    password: String,
    again: String,
}

fn view(app: &App, p: Chrome, form: SetupForm, errors: FieldErrors) -> SetupPage {
    SetupPage { p, form, advice: password::advice(&app.config.access, false), errors }
}

/// `GET /cai-dat-lan-dau`: only while there is no account.
pub(in crate::accounts) async fn form(State(app): State<App>, p: Chrome) -> Result {
    if !setup::needed(&app).await? {
        return Err(Error::NotFound.into());
    }
    page(&view(&app, p, SetupForm::default(), FieldErrors::default()))
}

/// `POST /cai-dat-lan-dau`
pub(in crate::accounts) async fn submit(
    State(app): State<App>,
    p: Chrome,
    client: Client,
    Form(typed): Form<SetupForm>,
) -> Result {
    if !setup::needed(&app).await? {
        return Err(Error::NotFound.into());
    }
    let mut errors = FieldErrors::default();
    if !app.attempts.take(&client.address, app.clock.now()) {
        errors.add("code", TOO_MANY);
        return page_too_many(&view(&app, p, typed, errors));
    }
    let name = form::required(&mut errors, "name", &typed.name, 120);
    let agency = form::bounded(&mut errors, "agency", &typed.agency, 200);
    let done = async {
        errors.into_result(())?;
        forms::repeated(&typed.password, &typed.again)?;
        let new = First { login: &typed.login, name: &name, agency: &agency, password: &typed.password };
        setup::first(&app, &client, &typed.code, new).await
    };
    match done.await {
        Ok(token) => {
            app.attempts.give_back(&client.address);
            let flash = Flash::ok("Đã tạo người quản trị đầu tiên.");
            Ok(signed_in(&app, &token, "/tai-khoan", Some(&flash)))
        }
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, typed, errors)),
        Err(error) => Err(error.into()),
    }
}
