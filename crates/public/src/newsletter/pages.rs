//! The newsletter's pages.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Uuid};
use platform::{
    App,
    web::{Chrome, Client, Result, page as show},
};
use records::{
    activities::definitions,
    publications::service as publications,
    subscriptions::{
        model::{Choice, PERIODS},
        service as subscriptions,
    },
};

use super::forms::AskForm;
use crate::portal::{
    service::{Asked, HTML, answer, site, words},
    views::Site,
};

/// What can be chosen: value, name, and whether it is.
type Options = Vec<(String, String, bool)>;

#[derive(Template)]
#[template(path = "newsletter/templates/form.html")]
struct FormPage {
    site: Site,
    p: Chrome,
    available: bool,
    /// Empty: a new subscription; else the sealed token of the one that is changed.
    token: String,
    email: String,
    periods: Options,
    sections: Options,
    fields: Options,
    agencies: Options,
    errors: FieldErrors,
    saved: bool,
}

fn fields() -> Vec<(String, String)> {
    definitions().fields.iter().map(|field| (field.key.clone(), field.name.clone())).collect()
}

async fn view(app: &App, asked: &Asked, choice: &Choice) -> kernel::Result<FormPage> {
    let site = site(app, asked).await?;
    let (sections, directory) = (publications::sections(app).await?, publications::directory(app).await?);
    let option = |id: Uuid, name: String, chosen: &[Uuid]| (id.to_string(), name, chosen.contains(&id));
    Ok(FormPage {
        available: subscriptions::available(app),
        token: String::new(),
        email: String::new(),
        periods: PERIODS
            .iter()
            .map(|(key, name)| ((*key).to_owned(), site.p.t(name).to_owned(), choice.period == *key))
            .collect(),
        sections: sections.into_iter().map(|one| option(one.id, one.title, &choice.sections)).collect(),
        fields: fields()
            .into_iter()
            .map(|(key, name)| {
                let chosen = choice.fields.contains(&key);
                (key, name, chosen)
            })
            .collect(),
        agencies: directory.agencies.into_iter().map(|(id, name)| option(id, name, &choice.agencies)).collect(),
        errors: FieldErrors::default(),
        saved: false,
        p: site.p.clone(),
        site,
    })
}

/// `GET /dang-ky-nhan-tin`
pub(super) async fn form(State(app): State<App>, asked: Asked) -> Result {
    let weekly = Choice { period: "weekly".into(), ..Choice::default() };
    let make = async || words(HTML, &view(&app, &asked, &weekly).await?);
    Ok(answer(&app, &asked, make).await?)
}

async fn again(
    app: &App,
    asked: &Asked,
    (form, choice): (&AskForm, &Choice),
    (status, errors): (StatusCode, FieldErrors),
) -> Result {
    let page = FormPage { email: form.email.clone(), errors, ..view(app, asked, choice).await? };
    let mut response = show(&page)?;
    *response.status_mut() = status;
    Ok(response)
}

/// `POST /dang-ky-nhan-tin`: the same answer for every address.
pub(super) async fn submit(State(app): State<App>, client: Client, asked: Asked, Form(form): Form<AskForm>) -> Result {
    let choice = form.choice(&fields());
    if !app.attempts.take(&client.address, app.clock.now()) {
        let mut errors = FieldErrors::default();
        errors.add("email", "Có quá nhiều lần đăng ký từ mạng này. Hãy thử lại sau ít phút.");
        return again(&app, &asked, (&form, &choice), (StatusCode::TOO_MANY_REQUESTS, errors)).await;
    }
    let done = if form.website.is_empty() { subscriptions::ask(&app, &form.email, &choice).await } else { Ok(()) };
    match done {
        Ok(()) => Ok(Redirect::to("/dang-ky-nhan-tin/da-gui").into_response()),
        Err(Error::Invalid(errors)) => {
            again(&app, &asked, (&form, &choice), (StatusCode::UNPROCESSABLE_ENTITY, errors)).await
        }
        Err(Error::Unavailable(why)) => {
            let mut errors = FieldErrors::default();
            errors.add("email", why);
            again(&app, &asked, (&form, &choice), (StatusCode::UNPROCESSABLE_ENTITY, errors)).await
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "newsletter/templates/said.html")]
struct SaidPage {
    site: Site,
    p: Chrome,
    title: &'static str,
    text: &'static str,
    /// Where the button of this name goes.
    action: String,
    button: &'static str,
    /// Where choices are changed.
    manage: String,
}

async fn said(app: &App, asked: &Asked, title: &'static str, text: &'static str) -> kernel::Result<SaidPage> {
    let site = site(app, asked).await?;
    let p = site.p.clone();
    Ok(SaidPage { site, p, title, text, action: String::new(), button: "", manage: String::new() })
}

/// `GET /dang-ky-nhan-tin/da-gui`
pub(super) async fn sent(State(app): State<App>, asked: Asked) -> Result {
    let text = "Nếu địa chỉ đúng, ông/bà sẽ nhận được một thư trong ít phút nữa. Hãy mở thư và bấm vào liên kết xác nhận trong vòng 24 giờ. Không thấy thư: hãy xem mục thư rác.";
    let make = async || words(HTML, &said(&app, &asked, "Hãy mở hộp thư để xác nhận", text).await?);
    Ok(answer(&app, &asked, make).await?)
}

/// `GET /dang-ky-nhan-tin/xac-nhan/{token}`
pub(super) async fn asked(State(app): State<App>, asked: Asked, Path(token): Path<String>) -> Result {
    subscriptions::asked(&app, &token).await?;
    let page = said(&app, &asked, "Xác nhận nhận tin", "Bấm nút dưới đây để bắt đầu nhận tin qua thư điện tử.").await?;
    show(&SaidPage { action: format!("/dang-ky-nhan-tin/xac-nhan/{token}"), button: "Xác nhận", ..page })
}

/// `POST /dang-ky-nhan-tin/xac-nhan/{token}`
pub(super) async fn confirm(State(app): State<App>, asked: Asked, Path(token): Path<String>) -> Result {
    let manage = subscriptions::confirm(&app, &token).await?;
    let text = "Từ nay ông/bà nhận được tin mới qua thư. Mỗi thư đều có liên kết để đổi nội dung hoặc ngừng nhận.";
    let page = said(&app, &asked, "Đã xác nhận", text).await?;
    show(&SaidPage { manage: format!("/dang-ky-nhan-tin/{manage}"), ..page })
}

/// `GET /dang-ky-nhan-tin/{token}`
pub(super) async fn manage(State(app): State<App>, asked: Asked, Path(token): Path<String>) -> Result {
    let choice = subscriptions::choice(&app, &token).await?;
    show(&FormPage { token, ..view(&app, &asked, &choice).await? })
}

/// `POST /dang-ky-nhan-tin/{token}`
pub(super) async fn choose(
    State(app): State<App>,
    asked: Asked,
    Path(token): Path<String>,
    Form(form): Form<AskForm>,
) -> Result {
    let choice = form.choice(&fields());
    match subscriptions::choose(&app, &token, &choice).await {
        Ok(()) => show(&FormPage { token, saved: true, ..view(&app, &asked, &choice).await? }),
        Err(Error::Invalid(errors)) => {
            let mut response = show(&FormPage { token, errors, ..view(&app, &asked, &choice).await? })?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /dang-ky-nhan-tin/{token}/huy`
pub(super) async fn leave(State(app): State<App>, asked: Asked, Path(token): Path<String>) -> Result {
    if !subscriptions::is_token(&app, &token) {
        return Err(Error::NotFound.into());
    }
    let text = "Bấm nút dưới đây để không nhận tin nữa. Địa chỉ thư được xóa ngay khỏi hệ thống.";
    let page = said(&app, &asked, "Ngừng nhận tin", text).await?;
    show(&SaidPage { action: format!("/dang-ky-nhan-tin/{token}/huy"), button: "Ngừng nhận tin", ..page })
}

/// `POST /dang-ky-nhan-tin/{token}/huy`: also what mail programs send for "unsubscribe" (RFC 8058).
pub(super) async fn end(State(app): State<App>, asked: Asked, Path(token): Path<String>) -> Result {
    subscriptions::end(&app, &token).await?;
    show(&said(&app, &asked, "Đã ngừng nhận tin", "Địa chỉ thư đã được xóa khỏi hệ thống.").await?)
}
