//! Reading the forms and addresses of the reporting slice.

use axum::extract::Multipart;
use kernel::{Error, Result};
use serde::Deserialize;

/// From which day a form is used.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PublishForm {
    pub tu_ngay: String,
}

/// Reads an uploaded definition: the file, else the text that was typed.
pub(super) async fn read_definition(mut parts: Multipart) -> Result<String> {
    let bad = |e: axum::extract::multipart::MultipartError| {
        Error::invalid("tep", format!("Không nhận được tệp: {}", e.body_text()))
    };
    let (mut file, mut typed) = (String::new(), String::new());
    while let Some(field) = parts.next_field().await.map_err(bad)? {
        match field.name().unwrap_or_default() {
            "tep" => {
                let bytes = field.bytes().await.map_err(bad)?;
                file = String::from_utf8(bytes.to_vec())
                    .map_err(|_| Error::invalid("tep", "Tệp không phải văn bản UTF-8; hãy chọn tệp .toml."))?;
            }
            "noi_dung" => typed = field.text().await.map_err(bad)?,
            _ => {}
        }
    }
    let text = if file.trim().is_empty() { typed } else { file };
    // A browser sends line ends as on Windows.
    Ok(text.replace("\r\n", "\n").trim_start_matches('\u{feff}').to_owned())
}
