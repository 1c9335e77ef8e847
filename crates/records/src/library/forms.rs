//! Reading the forms and addresses of the library slice.

use kernel::{FieldErrors, Paging, Uuid};
use platform::web::{day, form, guard};
use serde::Deserialize;

use super::{
    model::{Draft, PracticeDraft},
    service::Query,
    store::{CollectionDraft, PackageDraft},
};

/// The query of the library's list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    pub q: String,
    pub loai: String,
    pub tt: String,
    pub linh_vuc: String,
    pub doi_tuong: String,
    pub bo: String,
    pub tieng: String,
    pub trang: Option<u32>,
}

impl ListQuery {
    pub(super) fn paging(&self) -> Paging {
        Paging::new(self.trang)
    }

    pub(super) fn query(&self) -> Query {
        Query {
            words: self.q.trim().chars().take(200).collect(),
            kind: self.loai.clone(),
            state: self.tt.clone(),
            field: self.linh_vuc.clone(),
            group: self.doi_tuong.clone(),
            collection: self.bo.clone(),
            lang: self.tieng.clone(),
        }
    }

    /// The same with one thing changed, from its first page; ends in `&` when not empty.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let pairs = [
            ("q", &self.q),
            ("loai", &self.loai),
            ("tt", &self.tt),
            ("linh_vuc", &self.linh_vuc),
            ("doi_tuong", &self.doi_tuong),
            ("bo", &self.bo),
            ("tieng", &self.tieng),
        ];
        guard::query(pairs.into_iter().map(|(key, old)| (key, if key == name { value } else { old.as_str() })))
    }
}

/// What is said of an item, as typed.
#[derive(Debug, Clone, Default)]
pub(super) struct ItemForm {
    pub co_quan: String,
    pub loai: String,
    pub tieu_de: String,
    pub noi_dung: String,
    pub mo_ta_anh: String,
    pub tac_gia: String,
    pub ban_quyen: String,
    pub ghi_chu_quyen: String,
    pub co_nguoi: bool,
    pub dong_y: bool,
    pub tre_em: bool,
    pub ngay_lam: String,
    pub noi: String,
    pub ngon_ngu: String,
    pub bang_dia: String,
    pub tieu_diem_x: String,
    pub tieu_diem_y: String,
    pub linh_vuc: Vec<String>,
    pub doi_tuong: Vec<String>,
    pub bo_suu_tap: Vec<String>,
    /// A file that came in pieces.
    pub tai_len: String,
    pub phien_ban: String,
}

impl ItemForm {
    /// Takes one field of a form.
    pub(super) fn set(&mut self, name: &str, value: String) {
        match name {
            "co_quan" => self.co_quan = value,
            "loai" => self.loai = value,
            "tieu_de" => self.tieu_de = value,
            "noi_dung" => self.noi_dung = value,
            "mo_ta_anh" => self.mo_ta_anh = value,
            "tac_gia" => self.tac_gia = value,
            "ban_quyen" => self.ban_quyen = value,
            "ghi_chu_quyen" => self.ghi_chu_quyen = value,
            "co_nguoi" => self.co_nguoi = !value.is_empty(),
            "dong_y" => self.dong_y = !value.is_empty(),
            "tre_em" => self.tre_em = !value.is_empty(),
            "ngay_lam" => self.ngay_lam = value,
            "noi" => self.noi = value,
            "ngon_ngu" => self.ngon_ngu = value,
            "bang_dia" => self.bang_dia = value,
            "tieu_diem_x" => self.tieu_diem_x = value,
            "tieu_diem_y" => self.tieu_diem_y = value,
            "linh_vuc" => self.linh_vuc.push(value),
            "doi_tuong" => self.doi_tuong.push(value),
            "bo_suu_tap" => self.bo_suu_tap.push(value),
            "tai_len" => self.tai_len = value,
            "phien_ban" => self.phien_ban = value,
            _ => {}
        }
    }

    pub(super) fn read(&self, errors: &mut FieldErrors) -> Draft {
        let percent = |text: &str| if text.trim().is_empty() { 50 } else { text.trim().parse().unwrap_or(-1) };
        Draft {
            agency: form::id(errors, "co_quan", &self.co_quan).unwrap_or_default(),
            kind: self.loai.clone(),
            title: form::required(errors, "tieu_de", &self.tieu_de, 200),
            about: form::bounded(errors, "noi_dung", &self.noi_dung.replace("\r\n", "\n"), 4_000),
            alt: form::bounded(errors, "mo_ta_anh", &self.mo_ta_anh, 300),
            author: form::bounded(errors, "tac_gia", &self.tac_gia, 160),
            rights: self.ban_quyen.clone(),
            rights_note: form::bounded(errors, "ghi_chu_quyen", &self.ghi_chu_quyen, 500),
            people: self.co_nguoi,
            consent: self.dong_y,
            minors: self.tre_em,
            taken: form::date(errors, "ngay_lam", &self.ngay_lam),
            place: form::bounded(errors, "noi", &self.noi, 200),
            lang: self.ngon_ngu.clone(),
            carrier: form::bounded(errors, "bang_dia", &self.bang_dia, 300),
            focus: (percent(&self.tieu_diem_x), percent(&self.tieu_diem_y)),
            fields: self.linh_vuc.clone(),
            groups: self.doi_tuong.clone(),
            collections: self.bo_suu_tap.iter().filter_map(|id| form::id(errors, "bo_suu_tap", id)).collect(),
        }
    }

    /// Filled from an item.
    pub(super) fn of(draft: &Draft, version: i64) -> Self {
        Self {
            co_quan: draft.agency.to_string(),
            loai: draft.kind.clone(),
            tieu_de: draft.title.clone(),
            noi_dung: draft.about.clone(),
            mo_ta_anh: draft.alt.clone(),
            tac_gia: draft.author.clone(),
            ban_quyen: draft.rights.clone(),
            ghi_chu_quyen: draft.rights_note.clone(),
            co_nguoi: draft.people,
            dong_y: draft.consent,
            tre_em: draft.minors,
            ngay_lam: draft.taken.map_or(String::new(), |date| day(kernel::time::date_to_int(date))),
            noi: draft.place.clone(),
            ngon_ngu: draft.lang.clone(),
            bang_dia: draft.carrier.clone(),
            tieu_diem_x: draft.focus.0.to_string(),
            tieu_diem_y: draft.focus.1.to_string(),
            linh_vuc: draft.fields.clone(),
            doi_tuong: draft.groups.clone(),
            bo_suu_tap: draft.collections.iter().map(Uuid::to_string).collect(),
            tai_len: String::new(),
            phien_ban: version.to_string(),
        }
    }
}

/// Why something is taken back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct WhyForm {
    pub ly_do: String,
}

/// A collection as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct CollectionForm {
    pub co_quan: String,
    pub ten: String,
    pub gioi_thieu: String,
    pub hien: String,
    pub phien_ban: String,
}

impl CollectionForm {
    pub(super) fn read(&self, errors: &mut FieldErrors) -> CollectionDraft {
        CollectionDraft {
            agency: form::id(errors, "co_quan", &self.co_quan).unwrap_or_default(),
            title: form::required(errors, "ten", &self.ten, 160),
            about: form::bounded(errors, "gioi_thieu", &self.gioi_thieu, 1_000),
            shown: !self.hien.is_empty(),
        }
    }
}

/// A package as it was asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PackageForm {
    pub co_quan: String,
    pub ten: String,
    pub noi_nhan: String,
    pub tu_lieu: Vec<String>,
}

impl PackageForm {
    pub(super) fn read(&self, errors: &mut FieldErrors) -> PackageDraft {
        PackageDraft {
            agency: form::id(errors, "co_quan", &self.co_quan).unwrap_or_default(),
            title: form::required(errors, "ten", &self.ten, 200),
            receiver: form::required(errors, "noi_nhan", &self.noi_nhan, 200),
            items: self.tu_lieu.iter().filter_map(|id| form::id(errors, "tu_lieu", id)).collect(),
        }
    }
}

/// The query of the catalogue's list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PracticesQuery {
    pub q: String,
    pub loai: String,
    pub trang: Option<u32>,
}

impl PracticesQuery {
    pub(super) fn paging(&self) -> Paging {
        Paging::new(self.trang)
    }

    /// The filter without the page; ends in `&` when not empty.
    pub(super) fn kept(&self) -> String {
        guard::query([("q", self.q.as_str()), ("loai", self.loai.as_str())])
    }
}

/// An entry of the catalogue as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PracticeForm {
    pub co_quan: String,
    pub loai: String,
    pub tieu_de: String,
    pub tom_tat: String,
    pub noi_dung: String,
    pub ket_qua: String,
    pub chi_phi: String,
    pub lien_he: String,
    pub nhan_rong: String,
    pub tu_nam: String,
    pub tu_lieu: String,
    pub linh_vuc: Vec<String>,
    pub doi_tuong: Vec<String>,
    pub phien_ban: String,
}

impl PracticeForm {
    /// `this_year`: nothing began later.
    pub(super) fn read(&self, this_year: i32, errors: &mut FieldErrors) -> PracticeDraft {
        let since = if self.tu_nam.trim().is_empty() { 0 } else { self.tu_nam.trim().parse().unwrap_or(-1) };
        if since != 0 && !(1945..=i64::from(this_year)).contains(&since) {
            errors.add("tu_nam", "Năm bắt đầu gồm bốn chữ số và không sau năm nay.");
        }
        // The address of the item's page is what people have at hand.
        let media = self.tu_lieu.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        PracticeDraft {
            agency: form::id(errors, "co_quan", &self.co_quan).unwrap_or_default(),
            kind: self.loai.clone(),
            title: form::required(errors, "tieu_de", &self.tieu_de, 200),
            summary: form::required(errors, "tom_tat", &self.tom_tat, 600),
            body: form::bounded(errors, "noi_dung", &self.noi_dung.replace("\r\n", "\n"), 30_000),
            results: form::bounded(errors, "ket_qua", &self.ket_qua.replace("\r\n", "\n"), 4_000),
            cost: form::bounded(errors, "chi_phi", &self.chi_phi, 600),
            contact: form::bounded(errors, "lien_he", &self.lien_he, 400),
            replicated: form::bounded(errors, "nhan_rong", &self.nhan_rong.replace("\r\n", "\n"), 2_000),
            since,
            media: form::id(errors, "tu_lieu", media),
            fields: self.linh_vuc.clone(),
            groups: self.doi_tuong.clone(),
        }
    }

    /// Filled from an entry.
    pub(super) fn of(draft: &PracticeDraft, version: i64) -> Self {
        Self {
            co_quan: draft.agency.to_string(),
            loai: draft.kind.clone(),
            tieu_de: draft.title.clone(),
            tom_tat: draft.summary.clone(),
            noi_dung: draft.body.clone(),
            ket_qua: draft.results.clone(),
            chi_phi: draft.cost.clone(),
            lien_he: draft.contact.clone(),
            nhan_rong: draft.replicated.clone(),
            tu_nam: if draft.since == 0 { String::new() } else { draft.since.to_string() },
            tu_lieu: draft.media.map_or(String::new(), |id| format!("/tu-lieu/{id}")),
            linh_vuc: draft.fields.clone(),
            doi_tuong: draft.groups.clone(),
            phien_ban: version.to_string(),
        }
    }
}
