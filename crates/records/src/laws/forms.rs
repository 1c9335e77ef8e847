//! Reading the forms and addresses of the laws slice.

use kernel::{FieldErrors, Paging};
use platform::web::{day, form, guard};
use serde::Deserialize;

use super::{
    model::slug_of,
    service::{CardDraft, CardView, Confirmation, FactsDraft, LinkDraft, MendDraft, Review},
    store::{Law, Text, Tie},
};

/// The query of the shelf's list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    pub q: String,
    pub loai: String,
    pub trang: Option<u32>,
}

impl ListQuery {
    pub(super) fn paging(&self) -> Paging {
        Paging::new(self.trang)
    }

    /// The filter without the page; ends in `&` when not empty.
    pub(super) fn kept(&self) -> String {
        guard::query([("q", self.q.as_str()), ("loai", self.loai.as_str())])
    }
}

/// Which cards.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct CardsQuery {
    pub loc: String,
}

fn shown(stored: i64) -> String {
    if stored == 0 { String::new() } else { day(stored) }
}

/// Numbers of documents, one a line or between commas.
fn numbers(errors: &mut FieldErrors, field: &str, text: &str) -> Vec<String> {
    let all = text.split([',', ';', '\n']).map(str::trim).filter(|number| !number.is_empty());
    let all: Vec<String> = all.map(str::to_owned).collect();
    if all.iter().any(|number| slug_of(number).is_empty() || number.len() > 60) || all.len() > 40 {
        errors.add(field, "Hãy viết mỗi số hiệu một dòng, ví dụ 14/2012/QH13.");
    }
    all
}

/// A document as it is confirmed or corrected.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct LawForm {
    pub so_hieu: String,
    pub loai: String,
    pub ten: String,
    pub noi_ban_hanh: String,
    pub ban_hanh: String,
    pub hieu_luc: String,
    pub het_hieu_luc: String,
    pub do_van_ban: String,
    pub thay_the: String,
    pub bai_bo: String,
    pub sua_doi: String,
    pub toan_van: String,
    pub doi_chieu: String,
    pub phien_ban: String,
}

impl LawForm {
    /// Filled from what was found in a file.
    pub(super) fn found(review: &Review) -> Self {
        let Some(found) = review.documents.first().filter(|_| !review.codified()) else { return Self::default() };
        let linked = |relation: &str| {
            let all = found.links.iter().filter(|link| link.relation == relation).map(|link| link.to.as_str());
            all.collect::<Vec<_>>().join("\n")
        };
        Self {
            so_hieu: found.number.clone(),
            loai: found.kind.clone(),
            ten: found.title.clone(),
            noi_ban_hanh: found.issuer.clone(),
            ban_hanh: shown(found.issued_on),
            hieu_luc: shown(found.effect_from),
            thay_the: linked("replaces"),
            bai_bo: linked("repeals"),
            sua_doi: linked("amends"),
            toan_van: "1".into(),
            ..Self::default()
        }
    }

    /// Filled from a document on the shelf.
    pub(super) fn of(law: &Law) -> Self {
        Self {
            so_hieu: law.number.clone(),
            loai: law.kind.clone(),
            ten: law.title.clone(),
            noi_ban_hanh: law.issuer.clone(),
            ban_hanh: shown(law.issued_on),
            hieu_luc: shown(law.effect_from),
            het_hieu_luc: shown(law.ended_on),
            phien_ban: law.version.to_string(),
            ..Self::default()
        }
    }

    pub(super) fn confirmation(&self, errors: &mut FieldErrors) -> Confirmation {
        Confirmation {
            number: form::bounded(errors, "so_hieu", &self.so_hieu, 60),
            kind: self.loai.clone(),
            title: form::bounded(errors, "ten", &self.ten, 600),
            issuer: form::bounded(errors, "noi_ban_hanh", &self.noi_ban_hanh, 200),
            issued: form::date(errors, "ban_hanh", &self.ban_hanh),
            effect: form::date(errors, "hieu_luc", &self.hieu_luc),
            cause: form::bounded(errors, "do_van_ban", &self.do_van_ban, 200),
            replaces: numbers(errors, "thay_the", &self.thay_the),
            repeals: numbers(errors, "bai_bo", &self.bai_bo),
            amends: numbers(errors, "sua_doi", &self.sua_doi),
            whole: !self.toan_van.is_empty(),
            checked: !self.doi_chieu.is_empty(),
        }
    }

    pub(super) fn facts(&self, errors: &mut FieldErrors) -> FactsDraft {
        FactsDraft {
            kind: self.loai.clone(),
            title: form::required(errors, "ten", &self.ten, 600),
            issuer: form::bounded(errors, "noi_ban_hanh", &self.noi_ban_hanh, 200),
            issued: form::date(errors, "ban_hanh", &self.ban_hanh),
            effect: form::date(errors, "hieu_luc", &self.hieu_luc),
            ended: form::date(errors, "het_hieu_luc", &self.het_hieu_luc),
            version: self.phien_ban.parse().unwrap_or(-1),
        }
    }
}

/// A card as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct CardForm {
    pub ten: String,
    pub noi_dung: String,
    pub so_hieu: String,
    pub ten_van_ban: String,
    pub dieu: String,
    pub doi_tuong: Vec<String>,
    pub su_kien: Vec<String>,
    pub noi: Vec<String>,
    pub hien: String,
    pub phien_ban: String,
}

impl CardForm {
    pub(super) fn read(&self, errors: &mut FieldErrors) -> CardDraft {
        let lists = [("group", &self.doi_tuong), ("event", &self.su_kien), ("place", &self.noi)];
        let marks = lists.into_iter().flat_map(|(kind, keys)| keys.iter().map(move |key| (kind, key.clone())));
        CardDraft {
            title: form::required(errors, "ten", &self.ten, 160),
            body: form::required(errors, "noi_dung", &self.noi_dung.replace("\r\n", "\n"), 5_000),
            number: form::bounded(errors, "so_hieu", &self.so_hieu, 60),
            law_name: form::bounded(errors, "ten_van_ban", &self.ten_van_ban, 300),
            article: form::bounded(errors, "dieu", self.dieu.trim().trim_start_matches("Điều").trim(), 10),
            marks: marks.filter(|(_, key)| !key.is_empty()).collect(),
            shown: !self.hien.is_empty(),
        }
    }

    pub(super) fn of(view: &CardView) -> Self {
        let card = &view.card;
        let keys = |kind: &str| {
            view.marks.iter().filter(|(known, ..)| known == kind).map(|(_, key, _)| key.clone()).collect::<Vec<_>>()
        };
        Self {
            ten: card.title.clone(),
            noi_dung: card.body.clone(),
            so_hieu: card.law_number.clone(),
            ten_van_ban: card.law_name.clone(),
            dieu: card.article.clone(),
            doi_tuong: keys("group"),
            su_kien: keys("event"),
            noi: keys("place"),
            hien: if card.shown { "1".into() } else { String::new() },
            phien_ban: card.version.to_string(),
        }
    }
}

/// Words of an article as they were typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct MendForm {
    pub tieu_de: String,
    pub noi_dung: String,
    pub ly_do: String,
    /// Mark of the words that were mended.
    pub dau: String,
    /// `sua` (back to the words), `luu` (save); else: compare.
    pub buoc: String,
}

impl MendForm {
    pub(super) fn of(text: &Text) -> Self {
        Self { tieu_de: text.heading.clone(), noi_dung: text.body.clone(), dau: text.mark.clone(), ..Self::default() }
    }

    pub(super) fn read(&self, errors: &mut FieldErrors) -> MendDraft {
        let lines = self.noi_dung.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let body: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        let heading: Vec<&str> = self.tieu_de.split_whitespace().collect();
        MendDraft {
            heading: form::bounded(errors, "tieu_de", &heading.join(" "), 1_000),
            body: form::required(errors, "noi_dung", &body.join("\n"), 200_000),
            reason: form::required(errors, "ly_do", &self.ly_do, 500),
            mark: self.dau.clone(),
        }
    }

    /// With the words as they would be kept.
    pub(super) fn tidied(self, draft: &MendDraft) -> Self {
        Self { tieu_de: draft.heading.clone(), noi_dung: draft.body.clone(), ..self }
    }
}

/// Which link.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct LinkQuery {
    pub goc: String,
}

/// A link between documents as it was filled in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct LinkForm {
    /// The link as it was seen ([`LinkForm::key`]); empty: a new one.
    pub goc: String,
    /// `bo`: take it away; else keep it.
    pub viec: String,
    /// `den`: the other document acts.
    pub chieu: String,
    pub quan_he: String,
    pub so_hieu: String,
    pub tu_ngay: String,
    pub ly_do: String,
}

impl LinkForm {
    /// A link with its day, in one word.
    pub(super) fn key(tie: &Tie) -> String {
        format!("{}.{}.{}.{}", tie.from_slug, tie.relation, tie.to_slug, tie.from_on)
    }

    pub(super) fn of(tie: &Tie, slug: &str) -> Self {
        let acts = tie.from_slug == slug;
        Self {
            goc: Self::key(tie),
            chieu: if acts { String::new() } else { "den".into() },
            quan_he: tie.relation.clone(),
            so_hieu: if acts { tie.to_number.clone() } else { tie.from_number.clone() },
            tu_ngay: shown(tie.from_on),
            ..Self::default()
        }
    }

    pub(super) fn read(&self, errors: &mut FieldErrors) -> LinkDraft {
        let old = match self.goc.split('.').collect::<Vec<_>>().as_slice() {
            [from, relation, to, on] => Some(Tie {
                from_slug: (*from).to_owned(),
                relation: (*relation).to_owned(),
                to_slug: (*to).to_owned(),
                from_on: on.parse().unwrap_or(-1),
                ..Tie::default()
            }),
            _ => None,
        };
        LinkDraft {
            old,
            removed: self.viec == "bo",
            acts: self.chieu != "den",
            relation: self.quan_he.clone(),
            number: form::bounded(errors, "so_hieu", &self.so_hieu, 60),
            on: form::date(errors, "tu_ngay", &self.tu_ngay),
            reason: form::required(errors, "ly_do", &self.ly_do, 500),
        }
    }
}
