//! Reading what is sent with files.

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::Field},
    http::header,
};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Result};

use super::{EntryForm, shown};
use crate::activities::service::Upload;

/// Bytes of words that are read of one form.
const WORDS: usize = 1 << 20;
/// So many times what may be kept is read to its end and thrown away, so that the answer arrives and what was typed is there.
const DRAINED: usize = 8;

/// Files with what is said of them, and the fields around them.
pub(in crate::activities) async fn read_upload(mut parts: Multipart) -> Result<(Upload, Vec<(String, String)>)> {
    let bad = |e: axum::extract::multipart::MultipartError| Error::invalid("tep", e.body_text());
    let mut upload = Upload::default();
    let mut fields = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(bad)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "tep" {
            let file = file_name(&field);
            let kind = field.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = field.bytes().await.map_err(bad)?;
            // A browser sends one empty part when no file was chosen.
            if !file.is_empty() {
                upload.files.push((file, kind, bytes));
            }
            continue;
        }
        fields.push((name, field.text().await.map_err(bad)?));
    }
    upload.shown = shown(&fields);
    Ok((upload, fields))
}

/// The name of a file without what could lead elsewhere.
fn file_name(field: &Field<'_>) -> String {
    let name = field.file_name().unwrap_or_default().replace(['/', '\\', '\r', '\n', '"'], "_");
    name.chars().take(200).collect()
}

/// The bytes of a part, read to its end; none when there are more than may be kept.
async fn bytes_of(field: &mut Field<'_>, room: usize) -> std::result::Result<Option<Vec<u8>>, ()> {
    let (mut bytes, mut fits) = (Vec::new(), true);
    while let Some(piece) = field.chunk().await.map_err(drop)? {
        fits = fits && bytes.len() + piece.len() <= room;
        if fits {
            bytes.extend_from_slice(&piece);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(fits.then_some(bytes))
}

/// The entry form with its photos and papers. A file that is refused is named at `tep`; everything else arrives.
pub(in crate::activities) async fn read_entry(
    mut request: Request,
    megabytes: usize,
    errors: &mut FieldErrors,
) -> Result<(EntryForm, Upload)> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, &())
            .await
            .map_err(|rejection| Error::invalid("", format!("Nội dung gửi không đúng: {rejection}")))?;
        return Ok((EntryForm(pairs), Upload::default()));
    }
    let most = megabytes.saturating_mul(1 << 20);
    DefaultBodyLimit::max(most.saturating_mul(DRAINED)).apply(&mut request);
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|rejection| Error::invalid("tep", rejection.body_text()))?;
    let (mut pairs, mut upload) = (Vec::new(), Upload::default());
    let (mut room, mut words) = (most, WORDS);
    // Where the line breaks in a file, what came before it stays.
    let broken = "Một tệp chưa được nhận hết; hãy chọn lại tệp nhỏ hơn hoặc gửi sau.";
    loop {
        let mut field = match parts.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(_) => {
                errors.add("tep", broken);
                break;
            }
        };
        let name = field.name().unwrap_or_default().to_owned();
        if name != "tep" {
            let Ok(Some(text)) = bytes_of(&mut field, words).await else {
                errors.add("", "Nội dung điền quá dài.");
                continue;
            };
            words -= text.len();
            pairs.push((name, String::from_utf8_lossy(&text).into_owned()));
            continue;
        }
        let file = file_name(&field);
        let kind = field.content_type().unwrap_or("application/octet-stream").to_owned();
        match bytes_of(&mut field, room).await {
            // A browser sends one empty part when no file was chosen.
            Ok(_) if file.is_empty() => {}
            Ok(Some(bytes)) => {
                room -= bytes.len();
                upload.files.push((file, kind, bytes.into()));
            }
            Ok(None) => {
                let message = format!(
                    "Tệp “{file}” không được nhận: mỗi lần gửi nhiều nhất {megabytes} MB. Hãy chọn tệp nhỏ hơn hoặc thêm sau khi lưu."
                );
                errors.add("tep", message);
            }
            Err(()) => {
                errors.add("tep", broken);
                break;
            }
        }
    }
    let form = EntryForm(pairs);
    upload.shown = form.shown();
    Ok((form, upload))
}
