//! Filling the form from an article that was written in Word; nothing is kept before the form is.

use axum::extract::{Multipart, State, multipart::MultipartRejection};
use bytes::Bytes;
use kernel::{Error, FieldErrors, Permit, Uuid};
use papers::{Limits, ReadError};
use platform::{
    App,
    web::{Chrome, Result, page as show, page_invalid},
};

use super::write::{Place, new, place, view};
use crate::publications::{forms::WordsForm, policy::WritePublications};

/// Bytes of a file; an article of more is mostly pictures, which are not taken.
const MOST: usize = 30 << 20;

async fn fields(mut parts: Multipart) -> kernel::Result<(WordsForm, String, Option<Bytes>)> {
    let bad = |_| Error::invalid("tep", "Tệp chưa đến đủ hoặc lớn quá mức cho phép; hãy chọn lại.");
    let (mut form, mut of, mut file) = (WordsForm::default(), String::new(), None);
    while let Some(part) = parts.next_field().await.map_err(bad)? {
        match part.name().unwrap_or_default() {
            "tep" => file = Some(part.bytes().await.map_err(bad)?).filter(|bytes| !bytes.is_empty()),
            "cua" => of = part.text().await.map_err(bad)?,
            name => {
                let name = name.to_owned();
                form.set(&name, part.text().await.map_err(bad)?);
            }
        }
    }
    Ok((form, of, file))
}

/// Puts the words of the file below what is typed; what is to be said about it.
async fn fill(form: &mut WordsForm, file: Option<Bytes>, p: &Chrome) -> kernel::Result<String> {
    let file = file.ok_or_else(|| Error::invalid("tep", "Hãy chọn tệp Word (.docx) trên máy."))?;
    let limits = Limits { input: MOST, ..Limits::default() };
    let packed = file.starts_with(b"PK");
    let read = tokio::task::spawn_blocking(move || papers::article(&file, limits)).await.map_err(Error::internal)?;
    let article = read.map_err(|error| match error {
        ReadError::Encrypted => Error::invalid("tep", error.to_string()),
        other if packed && other != ReadError::Unsupported => Error::invalid("tep", other.to_string()),
        _ => {
            let message =
                "Chỉ lấy được bài từ tệp Word dạng .docx; hãy mở tệp bằng Word, lưu lại dạng .docx rồi chọn lại.";
            Error::invalid("tep", message)
        }
    })?;
    if form.tieu_de.trim().is_empty() {
        form.tieu_de = article.title;
    }
    let typed = form.noi_dung.trim_end();
    let gap = if typed.is_empty() || article.markdown.is_empty() { "" } else { "\n\n" };
    form.noi_dung = format!("{typed}{gap}{}", article.markdown);
    Ok(match article.pictures {
        0 => p.t("Đã lấy bài từ tệp Word; hãy xem lại rồi lưu.").to_owned(),
        n => p.t1("Đã lấy bài từ tệp Word; {} ảnh trong tệp không được lấy, hãy đưa ảnh vào thư viện tư liệu rồi chèn vào bài.", n),
    })
}

/// `POST /toa-soan/tu-word`: the form once more, with the words of a file.
pub(in crate::publications) async fn take(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<WritePublications>,
    parts: std::result::Result<Multipart, MultipartRejection>,
) -> Result {
    let parts = parts.map_err(|_| Error::invalid("tep", "Hãy chọn tệp Word (.docx) trên máy."))?;
    let (mut form, of, file) = fields(parts).await?;
    let place: Place = match Uuid::parse_str(&of) {
        Ok(id) => place(&app, &permit, id).await?.0,
        Err(_) => new(),
    };
    match fill(&mut form, file, &p).await {
        Ok(said) => show(&view(&app, p, &permit, place, (form, FieldErrors::default())).await?.saying(said)),
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, &permit, place, (form, errors)).await?),
        Err(error) => Err(error.into()),
    }
}
