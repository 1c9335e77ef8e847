//! Where somebody else is signed in, and ending it.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use kernel::{Error, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page, see_other},
};

use crate::accounts::{policy::ResetAccess, service::others, store::users::UserRow, views::SessionLine};

#[derive(Template)]
#[template(path = "accounts/templates/sessions.html")]
struct SessionsPage {
    p: Chrome,
    user: UserRow,
    sessions: Vec<SessionLine>,
    /// The person's page, below which the sessions are ended.
    base: String,
}

/// `GET /tai-khoan/{id}/phien`
pub(in crate::accounts) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ResetAccess>,
    Path(id): Path<Uuid>,
) -> Result {
    let (user, open) = match others::open_sessions(&app, &permit, id).await {
        Err(error) => return forbidden(id, error),
        Ok(found) => found,
    };
    let sessions = open.iter().map(|open| SessionLine::new(open, None)).collect();
    page(&SessionsPage { p, user, sessions, base: format!("/tai-khoan/{id}") })
}

/// `POST /tai-khoan/{id}/phien/{session}/ket-thuc`
pub(in crate::accounts) async fn end(
    State(app): State<App>,
    permit: Permit<ResetAccess>,
    Path((id, session)): Path<(Uuid, Uuid)>,
) -> Result {
    match others::end_session(&app, &permit, id, session).await {
        Ok(()) => Ok(see_other(&format!("/tai-khoan/{id}/phien"), Flash::ok("Đã kết thúc phiên."))),
        Err(error) => forbidden(id, error),
    }
}

/// `POST /tai-khoan/{id}/phien/ket-thuc`
pub(in crate::accounts) async fn end_all(
    State(app): State<App>,
    permit: Permit<ResetAccess>,
    Path(id): Path<Uuid>,
) -> Result {
    match others::end_sessions(&app, &permit, id).await {
        Ok(ended) => Ok(see_other(&format!("/tai-khoan/{id}/phien"), Flash::ok(format!("Đã kết thúc {ended} phiên.")))),
        Err(error) => forbidden(id, error),
    }
}

/// Back to the person's page, which says what is possible.
fn forbidden(id: Uuid, error: Error) -> Result<Response> {
    match error {
        Error::Conflict(why) => Ok(see_other(&format!("/tai-khoan/{id}"), Flash::warn(why))),
        error => Err(error.into()),
    }
}
