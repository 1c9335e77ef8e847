//! Using a slip.

use askama::Template;
use axum::extract::{Form, Query, State};
use kernel::{Error, FieldErrors};
use platform::{
    App,
    web::{Chrome, Client, Flash, Result, page, page_invalid, page_too_many},
};
use serde::Deserialize;

use super::{TOO_MANY, signed_in};
use crate::accounts::{forms, model::password, service::slips};

#[derive(Template)]
#[template(path = "accounts/templates/activate.html")]
struct ActivatePage {
    p: Chrome,
    code: String,
    advice: String,
    errors: FieldErrors,
}

/// The form; the code may also stand in the address (of a QR code on a slip).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct ActivateForm {
    #[serde(alias = "ma")]
    code: String,
    password: String,
    again: String,
}

fn view(app: &App, p: Chrome, code: String, errors: FieldErrors) -> ActivatePage {
    ActivatePage { p, code, advice: password::advice(&app.config.access, false), errors }
}

/// `GET /kich-hoat`
pub(in crate::accounts) async fn form(State(app): State<App>, p: Chrome, Query(typed): Query<ActivateForm>) -> Result {
    page(&view(&app, p, typed.code, FieldErrors::default()))
}

/// `POST /kich-hoat`
pub(in crate::accounts) async fn submit(
    State(app): State<App>,
    p: Chrome,
    client: Client,
    Form(form): Form<ActivateForm>,
) -> Result {
    if !app.attempts.take(&client.address, app.clock.now()) {
        let mut errors = FieldErrors::default();
        errors.add("code", TOO_MANY);
        return page_too_many(&view(&app, p, form.code, errors));
    }
    let done = async {
        forms::repeated(&form.password, &form.again)?;
        slips::activate(&app, &client, &form.code, &form.password).await
    };
    match done.await {
        Ok((token, login)) => {
            app.attempts.give_back(&client.address);
            let text = p.t1("Đã kích hoạt. Tên đăng nhập của ông/bà là {}.", login);
            Ok(signed_in(&app, &token, "/", Some(&Flash::ok(text))))
        }
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, form.code, errors)),
        Err(error) => Err(error.into()),
    }
}
