//! Handing over to a successor.

use askama::Template;
use axum::extract::{Form, Path, State};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, form, page, see_other},
};
use serde::Deserialize;

use crate::accounts::{
    policy::ManageAccounts,
    service::{Reach, roles},
    store::{
        holdings::{self, HoldingRow},
        users::{self, UserRow},
    },
};

#[derive(Template)]
#[template(path = "accounts/templates/handover.html")]
struct HandoverPage {
    p: Chrome,
    user: UserRow,
    open: Vec<HoldingRow>,
    form: HandoverForm,
    errors: FieldErrors,
}

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct HandoverForm {
    successor: String,
    day: String,
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ManageAccounts>,
    id: Uuid,
    (form, errors): (HandoverForm, FieldErrors),
) -> kernel::Result<HandoverPage> {
    let user = users::find(app.db.read(), &Reach::of(permit), id).await?.ok_or(Error::NotFound)?;
    let today = kernel::time::date_to_int(app.clock.today());
    let mut open = holdings::of(app.db.read(), &[id]).await?;
    open.retain(|held| !held.ended(today));
    Ok(HandoverPage { p, user, open, form, errors })
}

/// `GET /tai-khoan/{id}/ban-giao`
pub(in crate::accounts) async fn show(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAccounts>,
    Path(id): Path<Uuid>,
) -> Result {
    let form = HandoverForm { day: kernel::time::display_date(app.clock.today()), ..HandoverForm::default() };
    page(&view(&app, p, &permit, id, (form, FieldErrors::default())).await?)
}

/// `POST /tai-khoan/{id}/ban-giao`
pub(in crate::accounts) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAccounts>,
    Path(id): Path<Uuid>,
    Form(typed): Form<HandoverForm>,
) -> Result {
    let done = async {
        let mut errors = FieldErrors::default();
        let day = form::required_date(&mut errors, "day", &typed.day);
        let login = form::required(&mut errors, "successor", &typed.successor, 64).to_lowercase();
        let found = users::by_login(app.db.read(), &login).await?;
        // Somebody of a foreign agency does not exist for this administrator.
        let found = match found {
            Some(found) => users::find(app.db.read(), &Reach::of(&permit), found.id).await?,
            None => None,
        };
        if found.is_none() {
            errors.add("successor", "Không có tên đăng nhập này trong các cơ quan thuộc phạm vi quản lý; hãy tạo tài khoản cho người nhận trước.");
        }
        errors.into_result(())?;
        match (found, day) {
            (Some(found), Some(day)) => roles::hand_over(&app, &permit, (id, found.id), day).await,
            _ => Err(Error::NotFound),
        }
    };
    let outcome = done.await;
    let done = |count| {
        let text = format!("Đã bàn giao {count} vai trò từ ngày {}.", typed.day.trim());
        see_other(&format!("/tai-khoan/{id}"), Flash::ok(text))
    };
    answer(outcome, done, |errors| view(&app, p, &permit, id, (typed.clone(), errors))).await
}
