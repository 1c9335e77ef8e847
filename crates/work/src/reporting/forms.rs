//! Reading the forms and addresses of the reporting slice.

use std::collections::BTreeMap;

use axum::extract::{Multipart, multipart::MultipartRejection};
use kernel::{Error, FieldErrors, Paging, Result, Uuid, periods::Rule};
use platform::web::{form, guard};
use serde::Deserialize;

use super::{
    model::{
        form::Form,
        merge::Patch,
        payload::typed,
        schedule::{MOST_DAYS, Opens},
        value::Value,
    },
    service::{BoardQuery, Filling, Opening},
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

/// Cells of the fill page: `c.<cell>` what was typed, `k.<cell>` which kind of value, `r.<cell>` why it differs from its source, `w.<cell>` what
/// stood there when the page was made.
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
            let Some(text) = self.0.get(&format!("c.{}", cell.key)) else { continue };
            let choice = match self.get(&format!("k.{}", cell.key)) {
                NONE => Some(Value::None),
                UNASSIGNED => Some(Value::Unassigned),
                _ => None,
            };
            let value = match typed(cell, text, choice) {
                Ok(value) => value,
                Err(message) => {
                    errors.add(&cell.key, message);
                    continue;
                }
            };
            filling.values.insert(cell.key.clone(), value);
            let reason = self.get(&format!("r.{}", cell.key));
            if !reason.is_empty() {
                filling.reasons.insert(cell.key.clone(), reason.to_owned());
            }
        }
        filling
    }

    /// What was typed, as changes of what stood there when the page was made.
    pub(super) fn changes(&self, filling: Filling) -> Vec<Patch> {
        let Filling { values, mut reasons, .. } = filling;
        let patch = |(cell, mine): (String, Option<Value>)| Patch {
            was: serde_json::from_str(self.get(&format!("w.{cell}"))).unwrap_or_default(),
            reason: reasons.remove(&cell),
            cell,
            mine,
        };
        values.into_iter().map(patch).collect()
    }

    /// Reasons by cell (`r.<cell>`), for returning a report.
    pub(super) fn reasons(&self) -> BTreeMap<String, String> {
        let cells = self.0.iter().filter_map(|(name, text)| Some((name.strip_prefix("r.")?, text.trim())));
        let cells = cells.filter(|(_, text)| !text.is_empty());
        cells.map(|(cell, text)| (cell.to_owned(), text.chars().take(1000).collect())).collect()
    }

    /// Figures of one who was away: `m.<cell>` what the person put there, `w.<cell>` what stood there before, `r.<cell>` why; where two people
    /// changed the same, `chon.<cell>` says whose stays. Also those for which nothing was chosen.
    pub(super) fn patches(&self) -> Result<(Vec<Patch>, Vec<Patch>)> {
        let (mut chosen, mut unchosen) = (Vec::new(), Vec::new());
        let choosing = self.get("buoc") == "chon";
        let unreadable = || Error::invalid("buoc", "Nội dung gửi không đúng; hãy quay lại trang điền số liệu.");
        let value = |text: &str| if text.is_empty() { Ok(None) } else { serde_json::from_str(text) };
        for (cell, mine) in self.0.iter().filter_map(|(name, text)| Some((name.strip_prefix("m.")?, text))) {
            let mine = value(mine).map_err(|_| unreadable())?;
            let was = value(self.get(&format!("w.{cell}"))).map_err(|_| unreadable())?;
            let reason = Some(self.get(&format!("r.{cell}")).to_owned()).filter(|reason| !reason.is_empty());
            let patch = Patch { cell: cell.to_owned(), was, mine, reason };
            match (choosing, self.get(&format!("chon.{cell}"))) {
                (true, "ho") => {}
                (true, "toi") | (false, _) => chosen.push(patch),
                _ => unchosen.push(patch),
            }
        }
        if chosen.is_empty() && unchosen.is_empty() && !choosing {
            return Err(unreadable());
        }
        Ok((chosen, unchosen))
    }

    /// The reason for the whole.
    pub(super) fn reason(&self) -> Result<String> {
        let mut errors = FieldErrors::default();
        let text = form::bounded(&mut errors, "ly_do", self.get("ly_do"), 2000);
        errors.into_result(text)
    }
}

/// Largest workbook that is read.
const LARGEST_BOOK: usize = 8 << 20;

/// The bytes of a workbook that was uploaded.
pub(super) async fn read_book(parts: std::result::Result<Multipart, MultipartRejection>) -> Result<Vec<u8>> {
    let bad = |e: axum::extract::multipart::MultipartError| {
        Error::invalid("tep", format!("Không nhận được tệp: {}", e.body_text()))
    };
    let mut parts = parts.map_err(|_| Error::invalid("tep", "Hãy chọn tệp Excel (.xlsx) đã điền."))?;
    let mut bytes = Vec::new();
    while let Some(mut field) = parts.next_field().await.map_err(bad)? {
        if field.name() != Some("tep") {
            continue;
        }
        while let Some(piece) = field.chunk().await.map_err(bad)? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > LARGEST_BOOK {
                let most = LARGEST_BOOK >> 20;
                let message = format!("Tệp lớn quá {most} MB; biểu tải về từ hệ thống không bao giờ lớn như vậy.");
                return Err(Error::invalid("tep", message));
            }
        }
    }
    Ok(bytes)
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
    pub chuong_trinh: String,
    pub da_doi_chieu: String,
}

impl OpenForm {
    /// The opening; `ky` is "rule/period".
    pub(super) fn read(&self) -> Result<Opening> {
        let mut errors = FieldErrors::default();
        let definition = form::id(&mut errors, "bieu", &self.bieu);
        let owner = form::id(&mut errors, "co_quan", &self.co_quan);
        let on = form::date(&mut errors, "theo_ngay", &self.theo_ngay);
        let plan = form::id(&mut errors, "chuong_trinh", &self.chuong_trinh);
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
            plan,
        })
    }
}

/// Rounds that shall open by themselves.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ScheduleForm {
    pub bieu: String,
    /// The first period, "rule|period".
    pub ky: String,
    pub co_quan: String,
    /// "dau", "truoc", "cuoi".
    pub mo: String,
    /// Days before the end.
    pub so_ngay: String,
    pub can_cu: String,
    pub da_doi_chieu: String,
}

impl ScheduleForm {
    /// The first round, when each opens, and on which basis.
    pub(super) fn read(&self) -> Result<(Opening, Opens, String)> {
        let first = OpenForm {
            bieu: self.bieu.clone(),
            ky: self.ky.clone(),
            co_quan: self.co_quan.clone(),
            da_doi_chieu: self.da_doi_chieu.clone(),
            ..OpenForm::default()
        };
        let mut errors = FieldErrors::default();
        let basis = form::required(&mut errors, "can_cu", &self.can_cu, 500);
        let opens = match self.mo.as_str() {
            "dau" => Some(Opens::Begin),
            "cuoi" => Some(Opens::End),
            "truoc" => {
                let days = self.so_ngay.trim().parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
                if days.is_none() {
                    errors.add("so_ngay", format!("Hãy ghi số ngày, từ 1 đến {MOST_DAYS}."));
                }
                days.map(Opens::Before)
            }
            _ => {
                errors.add("mo", "Hãy chọn khi nào mở kỳ.");
                None
            }
        };
        let first = first.read().map_err(|error| match error {
            Error::Invalid(more) => {
                more.0.into_iter().for_each(|(field, message)| errors.add(&field, message));
                Error::NotFound
            }
            other => other,
        });
        errors.into_result(())?;
        Ok((first?, opens.ok_or(Error::NotFound)?, basis))
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
    /// "bat-thuong": only agencies with figures that stand out; "theo-doi": only those with figures that are followed.
    pub loc: String,
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

/// The query of the board across periods.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct BoardForm {
    /// Key of the form.
    pub bieu: String,
    /// Kind of period.
    pub ky: String,
    /// Level of the agencies.
    pub cap: String,
    /// Only those who report to this agency.
    pub co: String,
    /// "ten": by name.
    pub sx: String,
    /// Page of the agencies.
    pub trang: Option<u32>,
}

impl BoardForm {
    pub(super) fn query(&self) -> Result<BoardQuery> {
        let receiver =
            if self.co.is_empty() { None } else { Some(Uuid::parse_str(&self.co).map_err(|_| Error::NotFound)?) };
        Ok(BoardQuery {
            form: self.bieu.clone(),
            rule: self.ky.clone(),
            level: self.cap.clone(),
            receiver,
            by_name: self.sx == "ten",
            paging: Paging::new(self.trang),
        })
    }

    /// The same board for another page; ends in `&` when not empty.
    pub(super) fn kept(&self) -> String {
        let pairs = [("bieu", &self.bieu), ("ky", &self.ky), ("cap", &self.cap), ("co", &self.co), ("sx", &self.sx)];
        guard::query(pairs.map(|(key, value)| (key, value.as_str())))
    }
}
