//! Reading the forms and addresses of the publications slice.

use chrono::{FixedOffset, NaiveDateTime, TimeZone};
use kernel::{FieldErrors, Paging, Timestamp, Uuid};
use platform::web::{form, guard};
use serde::Deserialize;

use super::{
    model::Draft,
    service::{Query, SectionDraft},
};

/// The query of the newsroom's list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    pub q: String,
    pub tt: String,
    pub loai: String,
    pub cua: String,
    pub trang: Option<u32>,
}

impl ListQuery {
    pub(super) fn paging(&self) -> Paging {
        Paging::new(self.trang)
    }

    pub(super) fn query(&self) -> Query {
        Query {
            state: self.tt.clone(),
            kind: self.loai.clone(),
            words: self.q.trim().chars().take(200).collect(),
            mine: self.cua == "toi",
        }
    }

    /// The same with one thing changed, from its first page; ends in `&` when not empty.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let pairs = [("q", &self.q), ("tt", &self.tt), ("loai", &self.loai), ("cua", &self.cua)];
        guard::query(pairs.into_iter().map(|(key, old)| (key, if key == name { value } else { old.as_str() })))
    }
}

/// Which period.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PeriodQuery {
    pub ky: String,
}

/// What readers read: in which period, of which agency.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReadQuery {
    ky: String,
    co_quan: String,
}

impl ReadQuery {
    /// The period; the last thirty days when none is chosen.
    pub(super) fn period(&self) -> String {
        if self.ky.is_empty() { "30".into() } else { self.ky.clone() }
    }

    pub(super) fn agency(&self) -> Option<Uuid> {
        Uuid::parse_str(&self.co_quan).ok()
    }
}

/// Two editions to compare, by number.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct DifferenceQuery {
    pub tu: i64,
    pub den: i64,
}

/// Which article of law is to be quoted, as it stands on which day.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct QuoteQuery {
    pub so: String,
    pub dieu: String,
    pub ngay: String,
}

/// A contribution as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct WordsForm {
    pub co_quan: String,
    pub loai: String,
    pub tieu_de: String,
    pub tom_tat: String,
    pub noi_dung: String,
    pub tac_gia: String,
    pub hieu_dinh: String,
    pub ban_thu: String,
    /// Of a version: number of the original's edition that stood beside the form.
    pub ban_goc: String,
    pub ghi_chu: String,
    pub bat_dau: String,
    pub ket_thuc: String,
    pub noi: String,
    pub chuyen_muc: Vec<String>,
    pub linh_vuc: Vec<String>,
    pub doi_tuong: Vec<String>,
    pub phien_ban: String,
}

/// Day and time as a browser sends them, or as people write them: `09/11/2026 08:00`.
fn moment(errors: &mut FieldErrors, field: &str, text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let found = ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y"]
        .iter()
        .find_map(|pattern| NaiveDateTime::parse_from_str(text, pattern).ok());
    if found.is_none() {
        errors
            .add(field, "Ngày, giờ không hợp lệ; hãy viết theo dạng ngày/tháng/năm giờ:phút, ví dụ 09/11/2026 08:00.");
    }
    found
}

/// The item of the library that an address, or what is copied from its page, names.
fn item(errors: &mut FieldErrors, field: &str, text: &str) -> Option<Uuid> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let found =
        text.split(|sign: char| !sign.is_ascii_hexdigit() && sign != '-').find_map(|part| Uuid::parse_str(part).ok());
    if found.is_none() {
        errors.add(field, "Hãy dán địa chỉ trang của bản thu trong thư viện tư liệu, dạng /tu-lieu/….");
    }
    found
}

impl WordsForm {
    /// A field of a form that came in parts.
    pub(super) fn set(&mut self, name: &str, value: String) {
        match name {
            "co_quan" => self.co_quan = value,
            "loai" => self.loai = value,
            "tieu_de" => self.tieu_de = value,
            "tom_tat" => self.tom_tat = value,
            "noi_dung" => self.noi_dung = value,
            "tac_gia" => self.tac_gia = value,
            "hieu_dinh" => self.hieu_dinh = value,
            "ban_thu" => self.ban_thu = value,
            "ban_goc" => self.ban_goc = value,
            "ghi_chu" => self.ghi_chu = value,
            "bat_dau" => self.bat_dau = value,
            "ket_thuc" => self.ket_thuc = value,
            "noi" => self.noi = value,
            "chuyen_muc" => self.chuyen_muc.push(value),
            "linh_vuc" => self.linh_vuc.push(value),
            "doi_tuong" => self.doi_tuong.push(value),
            "phien_ban" => self.phien_ban = value,
            _ => {}
        }
    }

    /// The contribution, with what is wrong in its fields.
    pub(super) fn read(&self, errors: &mut FieldErrors) -> Draft {
        Draft {
            agency: form::id(errors, "co_quan", &self.co_quan).unwrap_or_default(),
            kind: self.loai.clone(),
            title: form::required(errors, "tieu_de", &self.tieu_de, 200),
            lead: form::bounded(errors, "tom_tat", &self.tom_tat, 600),
            body: form::bounded(errors, "noi_dung", &self.noi_dung.replace("\r\n", "\n"), 100_000),
            byline: form::bounded(errors, "tac_gia", &self.tac_gia, 120),
            checker: form::bounded(errors, "hieu_dinh", &self.hieu_dinh, 120),
            audio: item(errors, "ban_thu", &self.ban_thu),
            base: self.ban_goc.parse().unwrap_or(0),
            note: form::bounded(errors, "ghi_chu", &self.ghi_chu, 500),
            starts: moment(errors, "bat_dau", &self.bat_dau),
            ends: moment(errors, "ket_thuc", &self.ket_thuc),
            place: form::bounded(errors, "noi", &self.noi, 200),
            sections: self.chuyen_muc.iter().filter_map(|id| form::id(errors, "chuyen_muc", id)).collect(),
            fields: self.linh_vuc.clone(),
            groups: self.doi_tuong.clone(),
            ..Draft::default()
        }
    }

    /// Filled from an edition.
    pub(super) fn of(draft: &Draft, version: i64) -> Self {
        let shown = |at: Option<NaiveDateTime>| at.map_or(String::new(), |at| at.format("%Y-%m-%dT%H:%M").to_string());
        Self {
            co_quan: draft.agency.to_string(),
            loai: draft.kind.clone(),
            tieu_de: draft.title.clone(),
            tom_tat: draft.lead.clone(),
            noi_dung: draft.body.clone(),
            tac_gia: draft.byline.clone(),
            hieu_dinh: draft.checker.clone(),
            ban_thu: draft.audio.map_or(String::new(), |id| format!("/tu-lieu/{id}")),
            ban_goc: draft.base.to_string(),
            ghi_chu: draft.note.clone(),
            bat_dau: shown(draft.starts),
            ket_thuc: shown(draft.ends),
            noi: draft.place.clone(),
            chuyen_muc: draft.sections.iter().map(Uuid::to_string).collect(),
            linh_vuc: draft.fields.clone(),
            doi_tuong: draft.groups.clone(),
            phien_ban: version.to_string(),
        }
    }
}

/// A language in which something is to be written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct LanguageForm {
    pub tieng: String,
}

/// A step with a word: why, what was said.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct StepForm {
    pub y_kien: String,
    pub ly_do: String,
    pub luc: String,
    pub cach: String,
    pub ly_do_go: String,
    pub den: String,
}

impl StepForm {
    /// What an editor says to the writer.
    pub(super) fn word(&self, errors: &mut FieldErrors) -> String {
        form::bounded(errors, "y_kien", &self.y_kien, 2_000)
    }

    /// Why it is published alone, or given back.
    pub(super) fn reason(&self, errors: &mut FieldErrors) -> String {
        form::bounded(errors, "ly_do", &self.ly_do, 1_000)
    }

    /// How it is withdrawn, why, and where its address leads.
    pub(super) fn withdrawal(&self, errors: &mut FieldErrors) -> (String, String, String) {
        let why = form::bounded(errors, "ly_do_go", &self.ly_do_go, 1_000);
        (self.cach.clone(), why, form::bounded(errors, "den", &self.den, 300))
    }

    /// The instant of a scheduled publication, on a Vietnamese clock.
    pub(super) fn at(&self, errors: &mut FieldErrors) -> Option<Timestamp> {
        if self.luc.trim().is_empty() {
            errors.add("luc", "Hãy chọn ngày, giờ xuất bản.");
        }
        let local = moment(errors, "luc", &self.luc)?;
        let zone = FixedOffset::east_opt(7 * 3600)?;
        zone.from_local_datetime(&local).single().map(|at| Timestamp(at.timestamp_millis()))
    }
}

/// A section as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct SectionForm {
    pub co_quan: String,
    pub ten: String,
    pub mo_ta: String,
    pub tu_ngay: String,
    pub den_ngay: String,
    pub ghim: String,
    pub phien_ban: String,
}

impl SectionForm {
    pub(super) fn read(&self, errors: &mut FieldErrors) -> SectionDraft {
        SectionDraft {
            agency: form::id(errors, "co_quan", &self.co_quan).unwrap_or_default(),
            title: form::required(errors, "ten", &self.ten, 160),
            description: form::bounded(errors, "mo_ta", &self.mo_ta, 2_000),
            opens: form::date(errors, "tu_ngay", &self.tu_ngay),
            closes: form::date(errors, "den_ngay", &self.den_ngay),
            pins: self.ghim.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        }
    }
}

/// Sections in the order of the home page: the value at each is its place, empty when it is not there.
#[derive(Debug, Clone, Default)]
pub(super) struct HomeForm(pub Vec<(String, String)>);

impl HomeForm {
    /// Sections by their places.
    pub(super) fn order(&self) -> Vec<Uuid> {
        let mut placed: Vec<(u32, Uuid)> = self
            .0
            .iter()
            .filter_map(|(id, place)| Some((place.trim().parse().ok()?, Uuid::parse_str(id).ok()?)))
            .filter(|(place, _)| *place > 0)
            .collect();
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, id)| id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_read_from_whatever_names_it() {
        let mut errors = FieldErrors::default();
        let id = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);
        for text in [format!("https://cong.vn/tu-lieu/{id}"), format!(" ![Nghe](/tep/{id}/web#audio)"), id.to_string()]
        {
            assert_eq!(item(&mut errors, "ban_thu", &text), Some(id), "{text}");
        }
        assert!(item(&mut errors, "ban_thu", " ").is_none() && errors.is_empty());
        assert!(item(&mut errors, "ban_thu", "/thu-vien/bai-ca").is_none() && !errors.is_empty());
    }

    #[test]
    fn moments_are_read_as_browsers_and_people_write_them() {
        let mut errors = FieldErrors::default();
        let expected = chrono::NaiveDate::from_ymd_opt(2026, 11, 9).unwrap().and_hms_opt(8, 0, 0);
        assert_eq!(moment(&mut errors, "luc", "2026-11-09T08:00"), expected);
        assert_eq!(moment(&mut errors, "luc", "09/11/2026 08:00"), expected);
        assert!(errors.is_empty());
        assert_eq!(moment(&mut errors, "luc", "mai"), None);
        assert!(!errors.is_empty());
    }
}
