//! The one place that makes HTTP of errors: a status here, and the page by [`show`] on the way out.

use askama::Template;
use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use kernel::Error;

use super::{Chrome, guard};
use crate::App;

/// A kernel error on its way to the browser.
#[derive(Debug)]
pub struct Fail(pub Error);

/// What handlers return.
pub type Result<T = Response> = std::result::Result<T, Fail>;

impl<E: Into<Error>> From<E> for Fail {
    fn from(error: E) -> Self {
        Fail(error.into())
    }
}

/// Marks a response whose page is still to be made.
#[derive(Debug, Clone)]
struct Message(Vec<String>);

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let (status, messages) = match self.0 {
            Error::NotFound => (StatusCode::NOT_FOUND, Vec::new()),
            Error::Denied => (StatusCode::FORBIDDEN, Vec::new()),
            Error::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors.0.into_values().collect()),
            Error::Conflict(message) => (StatusCode::CONFLICT, vec![message]),
            Error::Unavailable(message) => (StatusCode::SERVICE_UNAVAILABLE, vec![message]),
            Error::Internal(cause) => {
                tracing::error!(cause, "lỗi bên trong");
                (StatusCode::INTERNAL_SERVER_ERROR, Vec::new())
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Message(messages));
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    p: Chrome,
    status: u16,
    heading: &'static str,
    advice: &'static str,
    message: String,
    /// The page before, when there was another one.
    back: Option<String>,
    request_id: String,
}

/// Middleware: gives error responses without a body their page.
pub(super) async fn show(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    let message = response.extensions().get::<Message>().cloned();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let html = kind.is_some_and(|kind| kind.starts_with("text/html"));
    let unmade = message.is_some()
        || (status.is_client_error() || status.is_server_error())
            && !response.headers().contains_key(header::CONTENT_TYPE)
        || !html
            && matches!(
                status,
                StatusCode::METHOD_NOT_ALLOWED | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::BAD_REQUEST
            );
    if !unmade {
        return response;
    }
    let request_id = crate::audit::REQUEST_ID.try_with(Clone::clone).unwrap_or_default();
    let said = message.map(|Message(messages)| messages).unwrap_or_default();
    let (heading, advice) = words(status);
    let p = Chrome::of(&app, &asked);
    let message = said.iter().map(|message| p.say(message)).collect::<Vec<_>>().join(" ");
    let back = guard::came_from(&asked.headers).filter(|back| *back != p.here || asked.method != Method::GET);
    let view = ErrorPage { p, status: status.as_u16(), heading, advice, message, back, request_id };
    match view.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => status.into_response(),
    }
}

/// Heading and advice for a status, in Vietnamese.
fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        401 | 403 => (
            "Không có quyền",
            "Tài khoản này không được làm việc đó. Nếu cần, hãy đề nghị người quản trị của đơn vị cấp quyền.",
        ),
        404 => ("Không tìm thấy", "Trang không có, hoặc không dành cho tài khoản này. Hãy kiểm tra lại địa chỉ."),
        405 => ("Thao tác không dùng được ở đây", "Hãy quay lại trang trước và bấm nút trên trang."),
        409 => ("Chưa thực hiện được", "Dữ liệu đã thay đổi. Hãy tải lại trang và thử lại."),
        413 => ("Tệp quá lớn", "Hãy gửi tệp nhỏ hơn, hoặc tách thành nhiều tệp."),
        422 | 400 => ("Dữ liệu chưa hợp lệ", "Hãy quay lại, kiểm tra các mục đã điền rồi gửi lại."),
        503 => ("Tạm thời chưa dùng được", "Hãy thử lại sau ít phút."),
        _ => ("Có lỗi xảy ra", "Lỗi đã được ghi lại. Hãy thử lại; nếu vẫn lỗi, gửi mã yêu cầu cho người quản trị."),
    }
}
