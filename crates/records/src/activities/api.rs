//! `POST /api/hoat-dong`: activities typed on a page without a line, as JSON; the same key makes one record however often it is sent.

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{App, web::Result};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Draft,
    forms::EntryForm,
    pages::entry::{entered, read},
    policy::RecordActivities,
    service::{self, Candidate, Created, Upload},
    views::day,
};

/// What is sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Incoming {
    /// Who typed it; refused when another person is signed in.
    person: Uuid,
    /// The fields of the entry form; `khoa` is the key.
    fields: Vec<(String, String)>,
}

/// `POST /api/hoat-dong`
pub(super) async fn intake(
    State(app): State<App>,
    permit: Permit<RecordActivities>,
    body: std::result::Result<Json<Incoming>, JsonRejection>,
) -> Result<Response> {
    let say = |status: StatusCode, body: Value| Ok((status, Json(body)).into_response());
    let invalid = |errors: FieldErrors| {
        let message = "Hoạt động chưa được ghi: có mục cần sửa.";
        say(StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": message, "errors": errors.0 }))
    };
    let incoming = match body {
        Ok(Json(incoming)) => incoming,
        Err(rejection) => {
            let message = format!("Nội dung gửi không đúng: {}", rejection.body_text());
            return say(StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": message }));
        }
    };
    if incoming.person != permit.actor().user {
        let message = "Trình duyệt đang đăng nhập bằng tài khoản khác với người đã điền.";
        return say(StatusCode::CONFLICT, json!({ "error": message }));
    }
    let form = EntryForm(incoming.fields);
    if Uuid::parse_str(form.get("khoa")).is_err() {
        let mut errors = FieldErrors::default();
        errors.add("khoa", "Cần khóa chống gửi trùng (khoa).");
        return invalid(errors);
    }
    let mut errors = FieldErrors::default();
    let files = service::keep_files(&app, permit.actor(), &form.all("tep_giu"), Upload::default(), &mut errors).await?;
    let draft = read(&app, &permit, &form, &Draft::default(), &mut errors).await?;
    if !errors.is_empty() {
        return invalid(errors);
    }
    let recorded =
        |id: Uuid, already: bool| json!({ "id": id, "path": format!("/hoat-dong/{id}"), "already": already });
    match service::create(&app, &permit, entered(&form, draft, &files)).await {
        Ok(Created::Recorded(ids)) => say(StatusCode::OK, recorded(ids.first().copied().unwrap_or_default(), false)),
        Ok(Created::Already(id)) => say(StatusCode::OK, recorded(id, true)),
        Ok(Created::Alike(found)) => {
            let line = |one: &Candidate| {
                let by = if one.seen { format!("{}, ", one.by) } else { String::new() };
                format!("{} · {} · {by}{}", one.title, day(one.held_on), one.owner)
            };
            let lines = found.iter().map(line);
            say(StatusCode::CONFLICT, json!({ "alike": lines.collect::<Vec<_>>() }))
        }
        Err(Error::Invalid(errors)) => invalid(errors),
        Err(error) => Err(error.into()),
    }
}
