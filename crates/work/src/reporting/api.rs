//! `POST /api/bao-cao`: reports from machines and offline pages, as JSON.

use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, Permit};
use platform::{App, web::Result};
use serde_json::json;

use super::{
    policy::FillReports,
    service::{self, Away, Incoming},
};

/// `POST /api/bao-cao`
pub(super) async fn intake(
    State(app): State<App>,
    permit: Permit<FillReports>,
    body: std::result::Result<Json<Incoming>, JsonRejection>,
) -> Result<Response> {
    let outcome = match read(body) {
        Ok(incoming) => service::intake(&app, &permit, &incoming).await,
        Err(message) => return Ok(say(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "error": message }))),
    };
    told(outcome)
}

/// `POST /api/bao-cao/ngoai-tuyen`: from a page that had no line.
pub(super) async fn away(
    State(app): State<App>,
    permit: Permit<FillReports>,
    body: std::result::Result<Json<Away>, JsonRejection>,
) -> Result<Response> {
    let outcome = match read(body) {
        Ok(away) => service::bring_in(&app, &permit, &away).await,
        Err(message) => return Ok(say(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "error": message }))),
    };
    told(outcome)
}

fn say(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, Json(body)).into_response()
}

fn read<T>(body: std::result::Result<Json<T>, JsonRejection>) -> std::result::Result<T, String> {
    let wrong = |rejection: JsonRejection| format!("Nội dung gửi không đúng: {}", rejection.body_text());
    body.map(|Json(told)| told).map_err(wrong)
}

fn told(outcome: kernel::Result<String>) -> Result<Response> {
    match outcome {
        Ok(answer) => Ok(([(header::CONTENT_TYPE, "application/json")], answer).into_response()),
        Err(Error::Invalid(errors)) => {
            let message = "Báo cáo chưa được nhận: có ô cần sửa.";
            Ok(say(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "error": message, "errors": errors.0 })))
        }
        Err(Error::Conflict(message)) => Ok(say(StatusCode::CONFLICT, &json!({ "error": message }))),
        Err(Error::NotFound) => {
            let message = "Không có kỳ báo cáo này cho cơ quan của tài khoản.";
            Ok(say(StatusCode::NOT_FOUND, &json!({ "error": message })))
        }
        Err(error) => Err(error.into()),
    }
}
