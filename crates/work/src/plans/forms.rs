//! Reading the forms and addresses of the plans slice.

use axum::extract::Multipart;
use chrono::NaiveDate;
use kernel::{Error, FieldErrors, Paging, Result, Uuid};
use platform::web::{form, guard};
use serde::Deserialize;

use super::{
    model::{group::AgencyGroup, kind::PlanKind, review::ReviewKind, section::Section, state::State},
    service::{Decision, Heir, How, Proposal, Query, Report, Review, Told, Upload},
    store::PlanSettings,
};

/// The query of a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    pub q: String,
    pub nhom: String,
    pub cq: String,
    pub khoi: String,
    pub vt: String,
    pub tt: String,
    pub khi: String,
    pub quy: String,
    pub sx: String,
    pub kh: String,
    pub trang: Option<u32>,
}

impl ListQuery {
    pub(super) fn paging(&self) -> Paging {
        Paging::new(self.trang)
    }

    pub(super) fn query(&self, plan: Option<Uuid>) -> Query {
        Query {
            plan: plan.or_else(|| Uuid::parse_str(&self.kh).ok()),
            over_all: plan.is_none(),
            words: self.q.trim().chars().take(200).collect(),
            group: self.nhom.clone(),
            agency: self.cq.trim().chars().take(200).collect(),
            role: match self.vt.as_str() {
                "chu-tri" => Some("lead"),
                "phoi-hop" => Some("coordinating"),
                _ => None,
            },
            state: State::from_key(&self.tt),
            agency_group: AgencyGroup::from_key(&self.khoi),
            when: self.khi.clone(),
            quarter: self.quy.clone(),
            sort: self.sx.clone(),
        }
    }

    /// The same list with one thing changed, from its first page; ends in `&` when not empty.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let pairs = [
            ("q", &self.q),
            ("nhom", &self.nhom),
            ("cq", &self.cq),
            ("khoi", &self.khoi),
            ("vt", &self.vt),
            ("tt", &self.tt),
            ("khi", &self.khi),
            ("quy", &self.quy),
            ("sx", &self.sx),
            ("kh", &self.kh),
        ];
        guard::query(pairs.into_iter().map(|(key, old)| (key, if key == name { value } else { old.as_str() })))
    }
}

/// Which part of one's own work.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct MineQuery {
    pub muc: String,
    pub trang: Option<u32>,
}

impl MineQuery {
    pub(super) fn section(&self) -> Option<Section> {
        Section::from_key(&self.muc)
    }

    pub(super) fn paging(&self) -> Paging {
        Paging { size: 20, ..Paging::new(self.trang) }
    }

    /// The same section, without its page; ends in `&` when not empty.
    pub(super) fn kept(&self) -> String {
        guard::query([("muc", self.muc.as_str())])
    }
}

/// Duties to be received together, and the section they were ticked in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReceiveForm {
    pub nv: Vec<String>,
    pub muc: String,
}

impl ReceiveForm {
    pub(super) fn ids(&self) -> Vec<Uuid> {
        self.nv.iter().filter_map(|id| Uuid::parse_str(id).ok()).take(500).collect()
    }
}

/// Which plans of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PlansQuery {
    /// `lich-su`, `tat-ca`, or nothing: those that are followed now.
    pub xem: String,
}

/// Texts and, for some forms, a day or a choice.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub ly_do: String,
    pub noi_dung: String,
    pub tra_loi: String,
    pub den_ngay: String,
    pub lam: String,
}

impl WordForm {
    /// The reason.
    pub(super) fn reason(&self) -> Result<String> {
        bounded("ly_do", &self.ly_do)
    }

    /// What is to be changed.
    pub(super) fn content(&self) -> Result<String> {
        bounded("noi_dung", &self.noi_dung)
    }

    /// The proposal.
    pub(super) fn proposal(&self) -> Result<Proposal> {
        Ok(Proposal { content: self.content()?, until: self.until()?, reason: self.reason()? })
    }

    /// The decision.
    pub(super) fn decision(&self) -> Result<Decision> {
        let agreed = self.lam == "dong-y";
        // A refusal does not ask for a day that is well written.
        let until = if agreed { self.until()? } else { None };
        Ok(Decision { agreed, until, content: self.content()?, answer: self.answer()? })
    }

    /// The owner's word.
    pub(super) fn answer(&self) -> Result<String> {
        bounded("tra_loi", &self.tra_loi)
    }

    /// The day, if any.
    pub(super) fn until(&self) -> Result<Option<NaiveDate>> {
        let mut errors = FieldErrors::default();
        let day = form::date(&mut errors, "den_ngay", &self.den_ngay);
        errors.into_result(day)
    }
}

fn bounded(field: &str, text: &str) -> Result<String> {
    let mut errors = FieldErrors::default();
    let text = form::bounded(&mut errors, field, text, 4000);
    errors.into_result(text)
}

/// The event of a task.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct EventForm {
    pub ngay: String,
    pub so_ngay: String,
    pub ghi_chu: String,
}

impl EventForm {
    /// The event.
    pub(super) fn read(&self) -> Result<Told> {
        let mut errors = FieldErrors::default();
        let day = form::required_date(&mut errors, "ngay", &self.ngay);
        let text = self.so_ngay.trim();
        let days = if text.is_empty() { Some(0) } else { text.parse().ok().filter(|days| *days <= 3650) };
        if days.is_none() {
            errors.add("so_ngay", "Số ngày phải là số từ 0 đến 3650.");
        }
        let note = form::bounded(&mut errors, "ghi_chu", &self.ghi_chu, 1000);
        errors.into_result(())?;
        Ok(Told { on: day.ok_or(Error::NotFound)?, days: days.unwrap_or(0), note })
    }
}

/// Which event is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EventBack {
    pub su_kien: Uuid,
}

/// A review that was held.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReviewForm {
    /// Kind and day: `final:20261231`.
    pub viec: String,
    pub ngay: String,
    pub van_ban: String,
    pub ghi_chu: String,
}

impl ReviewForm {
    /// The review.
    pub(super) fn read(&self) -> Result<Review> {
        let mut errors = FieldErrors::default();
        let which =
            self.viec.split_once(':').and_then(|(kind, due)| Some((ReviewKind::from_key(kind)?, due.parse().ok()?)));
        let (kind, due) = which.ok_or_else(|| Error::invalid("viec", "Hãy chọn cuộc sơ kết, tổng kết."))?;
        let on = form::required_date(&mut errors, "ngay", &self.ngay);
        let paper = form::bounded(&mut errors, "van_ban", &self.van_ban, 200);
        let note = form::bounded(&mut errors, "ghi_chu", &self.ghi_chu, 2000);
        errors.into_result(())?;
        Ok(Review { kind, due, on: on.ok_or(Error::NotFound)?, paper, note })
    }
}

/// The product that a task expects.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProductForm {
    pub san_pham: String,
    pub loai: String,
    pub ban_hanh: String,
    pub moi_noi: String,
}

impl ProductForm {
    /// The product in words, kind of paper, who issues it.
    pub(super) fn read(&self) -> Result<[String; 3]> {
        let mut errors = FieldErrors::default();
        let values = [("san_pham", &self.san_pham), ("loai", &self.loai), ("ban_hanh", &self.ban_hanh)];
        let values = values.map(|(field, text)| form::bounded(&mut errors, field, text, 300));
        errors.into_result(values)
    }
}

/// Settings of a plan.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct SettingsForm {
    pub loai: String,
    pub thuoc: String,
    pub tu_nam: String,
    pub den_nam: String,
    pub cuoi_nam: String,
    pub so_ket: String,
    pub tong_ket: String,
}

impl SettingsForm {
    /// The settings.
    pub(super) fn read(&self) -> Result<PlanSettings> {
        let mut errors = FieldErrors::default();
        let year = |text: &str| text.trim().parse::<i64>().ok().filter(|year| (1990..=2200).contains(year));
        let from = year(&self.tu_nam);
        let to = if self.den_nam.trim().is_empty() { Some(9999) } else { year(&self.den_nam) };
        if from.is_none() {
            errors.add("tu_nam", "Năm bắt đầu phải là số có bốn chữ số.");
        }
        if to.is_none_or(|to| from.is_some_and(|from| to < from)) {
            errors.add("den_nam", "Năm kết thúc phải từ năm bắt đầu trở đi, hoặc để trống.");
        }
        let settings = PlanSettings {
            kind: PlanKind::from_key(&self.loai).key(),
            parent: form::id(&mut errors, "thuoc", &self.thuoc),
            years: (from.unwrap_or(0), to.unwrap_or(0)),
            year_end: if self.cuoi_nam == "1214" { 1214 } else { 1231 },
            interim: form::date(&mut errors, "so_ket", &self.so_ket),
            finale: form::date(&mut errors, "tong_ket", &self.tong_ket),
        };
        errors.into_result(settings)
    }
}

/// What becomes of a plan.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct FateForm {
    pub cach: String,
    pub moi: String,
}

impl FateForm {
    /// How another plan changes this one.
    pub(super) fn how(&self) -> Result<How> {
        match self.cach.as_str() {
            "thay-the" => Ok(How::Replaces),
            "sua-doi" => Ok(How::Amends),
            "thu-hoi" => Ok(How::Withdraws),
            _ => Err(Error::invalid("cach", "Hãy chọn cách xử lý.")),
        }
    }
}

/// Who carries on for an agency that is no more.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct HandoverForm {
    pub co_quan: String,
    pub nv: Vec<String>,
    pub noi_nhan: String,
    pub ten: String,
    pub can_cu: String,
}

impl HandoverForm {
    /// Obligations, heir, basis.
    pub(super) fn read(&self) -> Result<(Vec<Uuid>, Heir, String)> {
        let ids = self.nv.iter().filter_map(|id| Uuid::parse_str(id).ok()).collect();
        let heir = match (self.noi_nhan.as_str(), Uuid::parse_str(&self.noi_nhan)) {
            ("cham-dut", _) => Heir::Nobody,
            (_, Ok(known)) => Heir::Known(known),
            _ => Heir::Called(self.ten.trim().chars().take(300).collect()),
        };
        Ok((ids, heir, bounded("can_cu", &self.can_cu)?))
    }
}

/// Reads a report with files. What was read stays in `report` also when something is wrong with the rest.
pub(super) async fn read_report(mut parts: Multipart, report: &mut Report) -> Result<()> {
    let mut errors = FieldErrors::default();
    let bad = |e: axum::extract::multipart::MultipartError| {
        Error::invalid("tep", format!("Không nhận được tệp: {}", e.body_text()))
    };
    while let Some(field) = parts.next_field().await.map_err(bad)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "tep" {
            let file = field.file_name().unwrap_or_default().replace(['/', '\\', '\r', '\n', '"'], "_");
            let media_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = field.bytes().await.map_err(bad)?;
            // A browser sends one empty part when no file was chosen.
            if !file.is_empty() {
                report.files.push(Upload { name: file.chars().take(200).collect(), media_type, bytes });
            }
            continue;
        }
        let text = field.text().await.map_err(bad)?;
        match name.as_str() {
            "phien_ban" => report.version = text.trim().parse().unwrap_or(-1),
            "phan_tram" => report.percent = text.trim().parse().unwrap_or(-1),
            "ket_qua" => report.result = form::bounded(&mut errors, "ket_qua", &text, 8000),
            "kho_khan" => report.difficulty = form::bounded(&mut errors, "kho_khan", &text, 4000),
            "san_pham" => report.stage = text,
            "so_van_ban" => report.product_number = form::bounded(&mut errors, "so_van_ban", &text, 100),
            "xong" => report.done = text == "1",
            _ => {}
        }
    }
    errors.into_result(())
}
