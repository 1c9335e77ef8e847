//! Reading the forms and addresses of the disclosures slice.

use kernel::{FieldErrors, Paging};
use platform::web::{day, form, guard};
use serde::Deserialize;

use super::{
    service::{Decision, EntryDraft},
    store::EntryRow,
};

/// The query of a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    pub tt: String,
    pub loai: String,
    pub trang: Option<u32>,
}

impl ListQuery {
    pub(super) fn paging(&self) -> Paging {
        Paging::new(self.trang)
    }

    /// The same with one thing changed, from its first page; ends in `&` when not empty.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let pairs = [("tt", &self.tt), ("loai", &self.loai)];
        guard::query(pairs.into_iter().map(|(key, old)| (key, if key == name { value } else { old.as_str() })))
    }
}

/// An entry as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct EntryForm {
    pub co_quan: String,
    pub loai: String,
    pub linh_vuc: String,
    pub ten: String,
    pub mo_ta: String,
    pub ngay: String,
    pub dia_chi: String,
    pub trang_thai: String,
    pub phien_ban: String,
}

impl EntryForm {
    pub(super) fn read(&self, errors: &mut FieldErrors) -> EntryDraft {
        EntryDraft {
            agency: form::id(errors, "co_quan", &self.co_quan).unwrap_or_default(),
            kind: self.loai.clone(),
            field: self.linh_vuc.clone(),
            title: form::required(errors, "ten", &self.ten, 300),
            note: form::bounded(errors, "mo_ta", &self.mo_ta, 2_000),
            made_on: form::date(errors, "ngay", &self.ngay),
            link: form::bounded(errors, "dia_chi", &self.dia_chi, 500),
            public: self.trang_thai == "public",
            generated: false,
        }
    }

    /// Filled from an entry.
    pub(super) fn of(row: &EntryRow) -> Self {
        Self {
            co_quan: row.agency_id.to_string(),
            loai: row.kind.clone(),
            linh_vuc: row.field.clone(),
            ten: row.title.clone(),
            mo_ta: row.note.clone(),
            ngay: if row.made_on == 0 { String::new() } else { day(row.made_on) },
            dia_chi: row.link.clone(),
            trang_thai: row.state.clone(),
            phien_ban: row.version.to_string(),
        }
    }
}

/// A step with a request as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct StepForm {
    pub phien_ban: String,
    pub muc_do: String,
    pub den_ngay: String,
    pub ly_do: String,
    pub tra_loi: String,
    pub can_cu: String,
    pub giai_thich: String,
    pub chuyen_den: String,
    pub ly_do_chuyen: String,
    pub cau_hoi: String,
    pub cau_tra_loi: String,
}

impl StepForm {
    /// The version that the person saw.
    pub(super) fn version(&self) -> i64 {
        self.phien_ban.parse().unwrap_or(-1)
    }

    pub(super) fn accept(&self, errors: &mut FieldErrors) -> Decision {
        if !["simple", "complex"].contains(&self.muc_do.as_str()) {
            errors.add("muc_do", "Hãy chọn mức độ của thông tin.");
        }
        Decision::Accept { simple: self.muc_do == "simple" }
    }

    pub(super) fn extend(&self, errors: &mut FieldErrors) -> Decision {
        let to = form::date(errors, "den_ngay", &self.den_ngay);
        Decision::Extend { to, why: form::bounded(errors, "ly_do", &self.ly_do, 1_000) }
    }

    pub(super) fn answer(&self, errors: &mut FieldErrors) -> Decision {
        Decision::Answer(form::bounded(errors, "tra_loi", &self.tra_loi.replace("\r\n", "\n"), 20_000))
    }

    pub(super) fn refuse(&self, errors: &mut FieldErrors) -> Decision {
        let why = form::bounded(errors, "giai_thich", &self.giai_thich, 2_000);
        Decision::Refuse { reason: self.can_cu.clone(), why }
    }

    pub(super) fn hand_on(&self, errors: &mut FieldErrors) -> Decision {
        let to = form::id(errors, "chuyen_den", &self.chuyen_den);
        Decision::HandOn { to, why: form::bounded(errors, "ly_do_chuyen", &self.ly_do_chuyen, 1_000) }
    }

    pub(super) fn publish(&self, errors: &mut FieldErrors) -> Decision {
        let words = |errors: &mut FieldErrors, field: &str, text: &str| {
            form::bounded(errors, field, &text.replace("\r\n", "\n"), 10_000)
        };
        let question = words(errors, "cau_hoi", &self.cau_hoi);
        Decision::Publish { question, answer: words(errors, "cau_tra_loi", &self.cau_tra_loi) }
    }
}
