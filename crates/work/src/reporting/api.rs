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
    service::{self, Incoming},
};

/// `POST /api/bao-cao`
pub(super) async fn intake(
    State(app): State<App>,
    permit: Permit<FillReports>,
    body: std::result::Result<Json<Incoming>, JsonRejection>,
) -> Result<Response> {
    let say = |status: StatusCode, body: serde_json::Value| Ok((status, Json(body)).into_response());
    let incoming = match body {
        Ok(Json(incoming)) => incoming,
        Err(rejection) => {
            let message = format!("Nội dung gửi không đúng: {}", rejection.body_text());
            return say(StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": message }));
        }
    };
    match service::intake(&app, &permit, &incoming).await {
        Ok(answer) => Ok(([(header::CONTENT_TYPE, "application/json")], answer).into_response()),
        Err(Error::Invalid(errors)) => {
            let message = "Báo cáo chưa được nhận: có ô cần sửa.";
            say(StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": message, "errors": errors.0 }))
        }
        Err(Error::Conflict(message)) => say(StatusCode::CONFLICT, json!({ "error": message })),
        Err(Error::NotFound) => {
            say(StatusCode::NOT_FOUND, json!({ "error": "Không có kỳ báo cáo này cho cơ quan của tài khoản." }))
        }
        Err(error) => Err(error.into()),
    }
}
