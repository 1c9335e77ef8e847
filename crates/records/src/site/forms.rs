//! Reading the forms of the site slice.

use chrono::Datelike;
use kernel::FieldErrors;
use platform::web::{day, form};
use serde::Deserialize;

use super::{
    service::{BannerDraft, FaceDraft, PageDraft},
    store::{Banner, Face, Item, PageRow},
};

/// Name and footer as they were typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct FaceForm {
    pub ten: String,
    pub khau_hieu: String,
    pub co_quan: String,
    pub dia_chi: String,
    pub dien_thoai: String,
    pub thu: String,
    pub nguoi: String,
    pub giay_phep: String,
    pub phien_ban: String,
}

impl FaceForm {
    pub(super) fn read(&self, errors: &mut FieldErrors) -> FaceDraft {
        FaceDraft(Face {
            name: form::required(errors, "ten", &self.ten, 80),
            slogan: form::bounded(errors, "khau_hieu", &self.khau_hieu, 120),
            agency: form::bounded(errors, "co_quan", &self.co_quan, 200),
            address: form::bounded(errors, "dia_chi", &self.dia_chi, 300),
            phone: form::bounded(errors, "dien_thoai", &self.dien_thoai, 60),
            email: form::bounded(errors, "thu", &self.thu, 120),
            person: form::bounded(errors, "nguoi", &self.nguoi, 160),
            licence: form::bounded(errors, "giay_phep", &self.giay_phep, 200),
            version: self.phien_ban.parse().unwrap_or(-1),
            ..Face::default()
        })
    }

    pub(super) fn of(face: &Face) -> Self {
        Self {
            ten: face.name.clone(),
            khau_hieu: face.slogan.clone(),
            co_quan: face.agency.clone(),
            dia_chi: face.address.clone(),
            dien_thoai: face.phone.clone(),
            thu: face.email.clone(),
            nguoi: face.person.clone(),
            giay_phep: face.licence.clone(),
            phien_ban: face.version.to_string(),
        }
    }
}

/// The menu as it was typed: labels, addresses, and which button was pressed ("luu", "len-2", "xuong-2", "bo-2").
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct MenuForm {
    pub nhan: Vec<String>,
    pub den: Vec<String>,
    pub nut: String,
    pub phien_ban: String,
}

impl MenuForm {
    /// The entries after the button; lines left empty are no entries.
    pub(super) fn items(&self) -> Vec<Item> {
        let mut items: Vec<Item> = self
            .nhan
            .iter()
            .zip(&self.den)
            .map(|(label, path)| Item { label: label.trim().to_owned(), path: path.trim().to_owned() })
            .collect();
        let (act, at) = self.nut.split_once('-').unwrap_or((&self.nut, ""));
        let at = at.parse().unwrap_or(usize::MAX);
        match act {
            "len" if at > 0 && at < items.len() => items.swap(at - 1, at),
            "xuong" if at < items.len().saturating_sub(1) => items.swap(at, at + 1),
            "bo" if at < items.len() => drop(items.remove(at)),
            _ => {}
        }
        items.retain(|item| !item.label.is_empty() || !item.path.is_empty());
        items
    }
}

/// A banner as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct BannerForm {
    pub noi_dung: String,
    pub lien_ket: String,
    pub tu_ngay: String,
    pub den_ngay: String,
    pub uu_tien: String,
    pub phien_ban: String,
}

impl BannerForm {
    pub(super) fn read(&self, errors: &mut FieldErrors) -> BannerDraft {
        BannerDraft {
            text: form::required(errors, "noi_dung", &self.noi_dung, 200),
            link: form::bounded(errors, "lien_ket", &self.lien_ket, 500),
            from: form::required_date(errors, "tu_ngay", &self.tu_ngay).filter(|day| day.year() < 9999),
            to: form::required_date(errors, "den_ngay", &self.den_ngay),
            weight: i64::from(self.uu_tien == "1"),
        }
    }

    pub(super) fn of(banner: &Banner) -> Self {
        Self {
            noi_dung: banner.text.clone(),
            lien_ket: banner.link.clone(),
            tu_ngay: day(banner.from_on),
            den_ngay: day(banner.to_on),
            uu_tien: banner.weight.to_string(),
            phien_ban: banner.version.to_string(),
        }
    }
}

/// A static page as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PageForm {
    pub tieu_de: String,
    pub dia_chi: String,
    pub noi_dung: String,
    pub thu_tu: String,
    pub phien_ban: String,
}

impl PageForm {
    pub(super) fn read(&self, errors: &mut FieldErrors) -> PageDraft {
        let order = self.thu_tu.trim();
        let position = if order.is_empty() { Some(0) } else { order.parse().ok().filter(|at| (0..1000).contains(at)) };
        if position.is_none() {
            errors.add("thu_tu", "Thứ tự là một số từ 0 đến 999.");
        }
        PageDraft {
            title: form::required(errors, "tieu_de", &self.tieu_de, 120),
            body: form::required(errors, "noi_dung", &self.noi_dung.replace("\r\n", "\n"), 50_000),
            slug: form::bounded(errors, "dia_chi", &self.dia_chi, 80),
            position: position.unwrap_or(0),
        }
    }

    pub(super) fn of(row: &PageRow) -> Self {
        Self {
            tieu_de: row.title.clone(),
            dia_chi: row.slug.clone(),
            noi_dung: row.body.clone(),
            thu_tu: row.position.to_string(),
            phien_ban: row.version.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_move_entries_and_empty_lines_are_none() {
        let form = |button: &str| MenuForm {
            nhan: ["A", "B", "C", ""].map(str::to_owned).to_vec(),
            den: ["/a", "/b", "/c", " "].map(str::to_owned).to_vec(),
            nut: button.into(),
            phien_ban: String::new(),
        };
        let order = |button| form(button).items().into_iter().map(|item| item.label).collect::<String>();
        assert_eq!(order("luu"), "ABC");
        assert_eq!(order("len-1"), "BAC");
        assert_eq!(order("len-0"), "ABC");
        assert_eq!(order("xuong-0"), "BAC");
        assert_eq!(order("xuong-9"), "ABC");
        assert_eq!(order("bo-1"), "AC");
    }
}
