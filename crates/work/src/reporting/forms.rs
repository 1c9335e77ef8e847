//! Reading the forms and addresses of the reporting slice.

use std::collections::BTreeMap;

use axum::extract::Multipart;
use kernel::{Error, FieldErrors, Result, periods::Rule};
use platform::web::form;
use serde::Deserialize;

use super::{
    model::{
        form::{Form, Kind},
        value::{Value, parse_number},
    },
    service::{Filling, Opening},
};

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

/// Cells of the fill page: `c.<cell>` what was typed, `k.<cell>` which kind of value, `r.<cell>` why it differs from its source.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct CellsForm(pub BTreeMap<String, String>);

/// Choices of the fill page.
pub(super) const NUMBER: &str = "so";
/// "Không phát sinh".
pub(super) const NONE: &str = "khong-phat-sinh";
/// "Không được giao".
pub(super) const UNASSIGNED: &str = "khong-duoc-giao";

impl CellsForm {
    /// One field.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// What was typed for a form; what cannot be read is an error at its cell.
    pub(super) fn filling(&self, form: &Form, errors: &mut FieldErrors) -> Filling {
        let mut filling = Filling { version: self.get("phien_ban").parse().ok(), ..Filling::default() };
        for cell in form.cells.iter().filter(|cell| !cell.source.computed()) {
            let Some(typed) = self.0.get(&format!("c.{}", cell.key)) else { continue };
            let typed = typed.trim();
            let value = match self.get(&format!("k.{}", cell.key)) {
                _ if cell.kind == Kind::Text => (!typed.is_empty()).then(|| Value::Text(typed.replace("\r\n", "\n"))),
                NONE => Some(Value::None),
                UNASSIGNED => Some(Value::Unassigned),
                _ if typed.is_empty() => None,
                _ => match parse_number(typed) {
                    Some(number) => Some(Value::Number(number)),
                    None => {
                        errors.add(
                            &cell.key,
                            format!("{}: “{typed}” không phải là số; viết 1.234 hoặc 1.234,5.", cell.label),
                        );
                        continue;
                    }
                },
            };
            filling.values.insert(cell.key.clone(), value);
            let reason = self.get(&format!("r.{}", cell.key));
            if !reason.is_empty() {
                filling.reasons.insert(cell.key.clone(), reason.to_owned());
            }
        }
        filling
    }

    /// Reasons by cell (`r.<cell>`), for returning a report.
    pub(super) fn reasons(&self) -> BTreeMap<String, String> {
        let cells = self.0.iter().filter_map(|(name, text)| Some((name.strip_prefix("r.")?, text.trim())));
        let cells = cells.filter(|(_, text)| !text.is_empty());
        cells.map(|(cell, text)| (cell.to_owned(), text.chars().take(1000).collect())).collect()
    }

    /// The reason for the whole.
    pub(super) fn reason(&self) -> Result<String> {
        let mut errors = FieldErrors::default();
        let text = form::bounded(&mut errors, "ly_do", self.get("ly_do"), 2000);
        errors.into_result(text)
    }
}

/// What a round asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct OpenForm {
    pub bieu: String,
    pub ky: String,
    pub co_quan: String,
    pub lan: String,
    pub theo_ngay: String,
    pub da_doi_chieu: String,
}

impl OpenForm {
    /// The opening; `ky` is "rule/period".
    pub(super) fn read(&self) -> Result<Opening> {
        let mut errors = FieldErrors::default();
        let definition = form::id(&mut errors, "bieu", &self.bieu);
        let owner = form::id(&mut errors, "co_quan", &self.co_quan);
        let on = form::date(&mut errors, "theo_ngay", &self.theo_ngay);
        let (rule, period) = self.ky.split_once('|').unwrap_or_default();
        let rule: Option<Rule> = rule.parse().ok();
        for (field, there) in [("bieu", definition.is_some()), ("co_quan", owner.is_some()), ("ky", rule.is_some())] {
            if !there {
                errors.add(field, "Hãy chọn mục này.");
            }
        }
        errors.into_result(())?;
        Ok(Opening {
            form: definition.ok_or(Error::NotFound)?,
            owner: owner.ok_or(Error::NotFound)?,
            rule: rule.ok_or(Error::NotFound)?,
            period: period.to_owned(),
            estimate: self.lan == "uoc",
            on,
            compared: self.da_doi_chieu == "1",
            generated: false,
        })
    }
}

/// Which part of a round is shown.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct NodeQuery {
    /// The agency.
    pub co: String,
    /// "nay": in the agencies of today.
    pub xem: String,
    /// Page of a list.
    pub trang: Option<u32>,
    /// Form for which a round is to be opened.
    pub bieu: String,
}

/// How an agency works.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct AgencyForm {
    pub co_quan: String,
    pub kiem_nhiem: String,
}
