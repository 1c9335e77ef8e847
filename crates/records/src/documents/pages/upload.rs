//! Uploading.

use askama::Template;
use axum::{
    extract::{Multipart, Path, State, multipart::MultipartError},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use kernel::{Error, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page, see_other},
};

use super::register;
use crate::documents::{
    model::{self, Audience},
    policy::Prepare,
    service::{self, Received, Upload},
    views::upload::UploadView,
};

#[derive(Template)]
#[template(path = "documents/templates/upload_fragment.html")]
pub(in crate::documents) struct UploadFragment {
    p: Chrome,
    u: UploadView,
}

/// What the form carried.
#[derive(Default)]
struct Parts {
    owner: String,
    audience: String,
    files: Vec<(String, Bytes)>,
    /// Name of the file that is being read.
    reading: String,
    too_large: bool,
}

async fn parts(mut form: Multipart) -> kernel::Result<Parts> {
    let mut parts = Parts::default();
    loop {
        match next(&mut form, &mut parts).await {
            Ok(true) => {}
            Ok(false) => return Ok(parts),
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                parts.too_large = true;
                return Ok(parts);
            }
            Err(_) => return Err(Error::invalid("files", "Tệp chưa đến đủ. Hãy kiểm tra mạng rồi tải lại.")),
        }
    }
}

async fn next(form: &mut Multipart, parts: &mut Parts) -> std::result::Result<bool, MultipartError> {
    let Some(field) = form.next_field().await? else { return Ok(false) };
    match field.name().unwrap_or_default() {
        "owner" => parts.owner = field.text().await?,
        "audience" => parts.audience = field.text().await?,
        "files" => {
            let name = plain_name(field.file_name().unwrap_or_default());
            parts.reading.clone_from(&name);
            let bytes = field.bytes().await?;
            // A browser sends one nameless, empty file when none was chosen.
            if !(name.is_empty() && bytes.is_empty()) {
                parts.files.push((name, bytes));
            }
        }
        _ => {}
    }
    Ok(true)
}

/// The last part of the name, without control signs, of bounded length.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).collect();
    let clean = clean.trim();
    let skip = clean.chars().count().saturating_sub(150);
    clean.chars().skip(skip).collect()
}

fn named(name: String) -> String {
    if name.is_empty() { "tệp không tên".to_owned() } else { name }
}

/// `POST /van-ban/tai-len`
pub(in crate::documents) async fn upload(
    State(app): State<App>,
    permit: Permit<Prepare>,
    session: platform::Session,
    headers: HeaderMap,
    p: Chrome,
    form: Multipart,
) -> Result {
    let parts = parts(form).await?;
    let owner = match parts.owner.trim() {
        "" => *permit.roots().first().ok_or(Error::Denied)?,
        text => Uuid::parse_str(text).map_err(|_| Error::invalid("owner", "Hãy chọn cơ quan trong danh sách."))?,
    };
    let audience = model::from_key(&parts.audience).unwrap_or(Audience::Internal);
    let mut views = Vec::new();
    let mut draft = None;
    for (file_name, bytes) in parts.files {
        let name = named(file_name);
        let upload = Upload { owner, audience, file_name: name.clone(), bytes };
        let received = service::upload(&app, &permit, upload).await?;
        if let Received::Draft(document) = &received {
            draft = Some(document.id);
        }
        views.push(UploadView::of(&name, received));
    }
    if parts.too_large {
        views.push(UploadView::of(&named(parts.reading), service::too_large(&app)));
    }
    if headers.contains_key("x-upload") {
        let Some(u) = views.pop() else {
            return Err(Error::invalid("files", "Hãy chọn ít nhất một tệp.").into());
        };
        let status = u.status;
        return with_status(page(&UploadFragment { p, u })?, status);
    }
    if let (Some(id), [_]) = (draft, views.as_slice()) {
        return Ok(see_other(
            &format!("/van-ban/{id}/ra-soat"),
            Flash::ok("Đã đọc văn bản. Hãy rà soát rồi xác nhận."),
        ));
    }
    let status = views.iter().map(|view| view.status).max().unwrap_or(422);
    with_status(register::with_uploads(&app, &session, p, views).await?, status)
}

fn with_status(mut response: Response, status: u16) -> Result {
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    Ok(response.into_response())
}

/// `GET /van-ban/{id}/trang-thai`: one line of the list of uploads, asked for until the paper is read.
pub(in crate::documents) async fn status(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path(id): Path<Uuid>,
    p: Chrome,
) -> Result {
    let document = service::owned(&app, &permit, id).await?;
    page(&UploadFragment { p, u: UploadView::of_document(&document) })
}

/// `POST /van-ban/{id}/doc-lai`
pub(in crate::documents) async fn retry(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path(id): Path<Uuid>,
) -> Result {
    service::retry(&app, &permit, id).await?;
    Ok(see_other("/van-ban?trang-thai=draft", Flash::ok("Đang đọc lại văn bản.")))
}

/// `POST /van-ban/{id}/bo`
pub(in crate::documents) async fn discard(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path(id): Path<Uuid>,
) -> Result {
    service::discard(&app, &permit, id).await?;
    Ok(see_other("/van-ban", Flash::ok("Đã bỏ bản nháp và xóa tệp.")))
}
