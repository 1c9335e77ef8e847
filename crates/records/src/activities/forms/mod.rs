//! Reading the forms and addresses of the activities slice.

mod upload;

use chrono::NaiveDate;
use kernel::{FieldErrors, Paging, Uuid, new_id, time};
use platform::web::{form, guard};
use serde::Deserialize;

use super::{
    model::{
        activity::{Draft, Material, Repeat, Reporter},
        definitions::definitions,
    },
    service::{Query, Shown, Words},
};

pub(super) use upload::{read_entry, read_upload};

/// The query of a list, also of calendar, map and coverage.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    pub q: String,
    pub loai: String,
    pub ht: String,
    pub tu: String,
    pub den: String,
    pub cq: String,
    pub db: String,
    pub dt: String,
    pub lv: String,
    pub xem: String,
    /// Month of the calendar, "2026-11".
    pub thang: String,
    /// Province of map and coverage.
    pub tinh: String,
    /// What the map's colours say.
    pub mau: String,
    pub trang: Option<u32>,
}

impl ListQuery {
    pub(super) fn paging(&self) -> Paging {
        Paging::new(self.trang)
    }

    /// The query, with what is wrong in its days.
    pub(super) fn query(&self, errors: &mut FieldErrors) -> Query {
        let short = |text: &str| text.trim().chars().take(200).collect::<String>();
        Query {
            kind: self.loai.clone(),
            form: self.ht.clone(),
            from: form::date(errors, "tu", &self.tu),
            to: form::date(errors, "den", &self.den),
            agency: short(&self.cq),
            place: short(&self.db),
            group: self.dt.clone(),
            field: self.lv.clone(),
            words: short(&self.q),
            partner: self.xem == "phoi-hop",
            withdrawn: self.xem == "da-rut",
        }
    }

    /// The same with one thing changed, from its first page; ends in `&` when not empty.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let pairs = [
            ("q", &self.q),
            ("loai", &self.loai),
            ("ht", &self.ht),
            ("tu", &self.tu),
            ("den", &self.den),
            ("cq", &self.cq),
            ("db", &self.db),
            ("dt", &self.dt),
            ("lv", &self.lv),
            ("xem", &self.xem),
            ("thang", &self.thang),
            ("tinh", &self.tinh),
            ("mau", &self.mau),
        ];
        guard::query(pairs.into_iter().map(|(key, old)| (key, if key == name { value } else { old.as_str() })))
    }

    /// Is anything filtered?
    pub(super) fn filters(&self) -> bool {
        [&self.q, &self.loai, &self.ht, &self.tu, &self.den, &self.cq, &self.db, &self.dt, &self.lv]
            .iter()
            .any(|text| !text.is_empty())
    }

    /// Year and month of the calendar.
    pub(super) fn month(&self, today: NaiveDate) -> (i32, u32) {
        use chrono::Datelike;
        let typed =
            self.thang.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
        typed
            .filter(|(year, month)| (2013..2200).contains(year) && (1..=12).contains(month))
            .unwrap_or((today.year(), today.month()))
    }
}

/// The entry form as it was typed: every field in order, so that it can be shown again word by word.
#[derive(Debug, Clone, Default)]
pub(super) struct EntryForm(pub Vec<(String, String)>);

impl EntryForm {
    /// A fresh one.
    pub(super) fn fresh(owner: Option<Uuid>, today: NaiveDate) -> Self {
        let mut pairs = vec![("ngay".to_owned(), time::display_date(today)), ("khoa".to_owned(), new_id().to_string())];
        pairs.extend(owner.map(|owner| ("co_quan".to_owned(), owner.to_string())));
        Self(pairs)
    }

    /// One filled from an activity.
    pub(super) fn of(draft: &Draft) -> Self {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: String| {
            if !value.is_empty() {
                pairs.push((name.to_owned(), value));
            }
        };
        let number = |number: i64| if number == 0 { String::new() } else { number.to_string() };
        put("co_quan", draft.owner.to_string());
        put("loai", draft.kind.clone());
        put("ten", draft.title.clone());
        put("ngay", draft.held_on.map(time::display_date).unwrap_or_default());
        put("den_ngay", draft.ends_on.map(time::display_date).unwrap_or_default());
        put("noi", draft.place.clone());
        put("dia_ban", draft.unit.map(|unit| unit.to_string()).unwrap_or_default());
        put("truc_tuyen", if draft.online { "1".into() } else { String::new() });
        put("luot", number(draft.turns));
        put("nu", number(draft.women));
        put("dtts", number(draft.minorities));
        put("tre", number(draft.young));
        put("noi_dung", draft.summary.clone());
        draft.groups.iter().for_each(|key| put("doi_tuong", key.clone()));
        draft.fields.iter().for_each(|key| put("linh_vuc", key.clone()));
        let lines = |names: Vec<&str>| names.join("\n");
        put("phoi_hop", lines(draft.partners.iter().map(|one| one.name.as_str()).collect()));
        for kind in &definitions().reporters {
            let of_kind = draft.reporters.iter().filter(|one| one.kind == kind.key);
            put(&format!("bcv_{}", kind.key), lines(of_kind.map(|one| one.name.as_str()).collect()));
        }
        draft.costs.iter().for_each(|(source, amount)| put(&format!("kp_{source}"), amount.to_string()));
        put("van_ban", lines(draft.documents.iter().map(|one| one.title.as_str()).collect()));
        draft.subjects.iter().for_each(|one| put("phuc_vu", format!("{}:{}", one.kind, one.id)));
        for one in &draft.materials {
            pairs.push(("tl_loai".into(), one.kind.clone()));
            pairs.push(("tl_ten".into(), one.title.clone()));
            pairs.push(("tl_so".into(), one.copies.to_string()));
            pairs.push(("tl_dang".into(), if one.online { "mang" } else { "in" }.into()));
        }
        Self(pairs)
    }

    /// Sets a field.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(key, _)| key != name);
        self.0.push((name.to_owned(), value.into()));
    }

    /// The first value of a field.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Does a field have this value?
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(key, one)| key == name && one == value)
    }

    /// Is anything said in these fields? Then their part of the form stands open.
    pub(super) fn any(&self, names: &[&str]) -> bool {
        self.0.iter().any(|(key, value)| !value.is_empty() && names.iter().any(|name| key.starts_with(name)))
    }

    /// Reporters of a kind, one a line.
    pub(super) fn reporters(&self, kind: &str) -> &str {
        self.get(&format!("bcv_{kind}"))
    }

    /// Money of a source.
    pub(super) fn money(&self, source: &str) -> &str {
        self.get(&format!("kp_{source}"))
    }

    /// Rows of materials as typed: kind, title, copies, online; always with room for more.
    pub(super) fn materials(&self) -> Vec<(String, String, String, bool)> {
        let (kinds, titles) = (self.all("tl_loai"), self.all("tl_ten"));
        let (copies, shapes) = (self.all("tl_so"), self.all("tl_dang"));
        let at = |list: &[&str], n: usize| list.get(n).copied().unwrap_or_default().to_owned();
        let mut rows: Vec<_> = (0..kinds.len())
            .map(|n| (at(&kinds, n), at(&titles, n), at(&copies, n), at(&shapes, n) == "mang"))
            .filter(|(kind, title, copies, _)| !(kind.is_empty() && title.is_empty() && copies.is_empty()))
            .collect();
        let blank = 3usize.saturating_sub(rows.len()).max(1);
        rows.extend((0..blank).map(|_| (String::new(), String::new(), String::new(), false)));
        rows
    }

    fn number(&self, name: &str, errors: &mut FieldErrors, shown_at: &str) -> i64 {
        number(self.get(name), errors, shown_at)
    }

    /// The activity as typed; partners, documents and subjects still in words.
    pub(super) fn draft(&self, errors: &mut FieldErrors) -> Draft {
        let money = |errors: &mut FieldErrors| {
            let amount = |errors: &mut FieldErrors, key: &str| number(self.money(key), errors, "kinh_phi");
            let sources = definitions().sources.iter();
            sources.map(|one| (one.key.clone(), amount(errors, &one.key))).filter(|(_, amount)| *amount != 0).collect()
        };
        let reporters = definitions().reporters.iter().flat_map(|kind| {
            let names = self.reporters(&kind.key).lines().flat_map(|line| line.split([';', ','])).map(str::trim);
            names
                .filter(|name| !name.is_empty())
                .take(50)
                .map(|name| Reporter { kind: kind.key.clone(), name: name.chars().take(120).collect() })
        });
        let mut materials = Vec::new();
        for (kind, title, copies, online) in self.materials() {
            if kind.is_empty() && title.is_empty() && copies.is_empty() {
                continue;
            }
            if kind.is_empty() {
                errors.add("tl_loai", "Hãy chọn loại cho từng tài liệu.");
            }
            let copies = number(&copies, errors, "tl_so");
            materials.push(Material { kind, title: form::bounded(errors, "tl_loai", &title, 300), copies, online });
        }
        let keys = |name: &str| self.all(name).into_iter().filter(|key| !key.is_empty()).map(str::to_owned).collect();
        Draft {
            owner: form::id(errors, "co_quan", self.get("co_quan")).unwrap_or_default(),
            kind: self.get("loai").to_owned(),
            title: form::bounded(errors, "ten", self.get("ten"), 300),
            held_on: form::date(errors, "ngay", self.get("ngay")),
            ends_on: form::date(errors, "den_ngay", self.get("den_ngay")),
            place: form::bounded(errors, "noi", self.get("noi"), 300),
            unit: form::id(errors, "dia_ban", self.get("dia_ban")),
            online: self.has("truc_tuyen", "1"),
            turns: self.number("luot", errors, "luot"),
            women: self.number("nu", errors, "nu"),
            minorities: self.number("dtts", errors, "dtts"),
            young: self.number("tre", errors, "tre"),
            summary: form::bounded(errors, "noi_dung", self.get("noi_dung"), 8_000),
            groups: keys("doi_tuong"),
            fields: keys("linh_vuc"),
            reporters: reporters.collect(),
            materials,
            costs: money(errors),
            ..Draft::default()
        }
    }

    /// What is said in words.
    pub(super) fn words<'a>(&'a self, known: &'a Draft) -> Words<'a> {
        Words { partners: self.get("phoi_hop"), documents: self.get("van_ban"), subjects: self.all("phuc_vu"), known }
    }

    /// Several of the same?
    pub(super) fn repeat(&self) -> Option<(Repeat, u32)> {
        Repeat::from_key(self.get("lap")).map(|repeat| (repeat, self.get("so_lan").trim().parse().unwrap_or(0)))
    }

    /// What is said of the photos that come with it.
    pub(super) fn shown(&self) -> Shown {
        shown(&self.0)
    }

    /// The version it was made from.
    pub(super) fn version(&self) -> i64 {
        self.get("phien_ban").parse().unwrap_or(-1)
    }
}

fn number(typed: &str, errors: &mut FieldErrors, shown_at: &str) -> i64 {
    let digits = typed.replace(['.', ' ', '\u{a0}'], "");
    if digits.is_empty() {
        return 0;
    }
    digits.parse().unwrap_or_else(|_| {
        errors.add(shown_at, format!("“{}” không phải số nguyên.", typed.trim()));
        0
    })
}

/// Topics of a quarter as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct TopicsForm {
    pub co_quan: String,
    pub quy: String,
    pub linh_vuc: Vec<String>,
    pub noi_dung: Vec<String>,
}

/// Reason and version.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct WithdrawForm {
    pub ly_do: String,
    pub phien_ban: String,
}

/// Confirms a file that was shown.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ConfirmForm {
    pub co_quan: String,
    pub tep: String,
    pub giong: String,
    pub phoi_hop: String,
}

/// The agency that took part.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct JoinForm {
    pub co_quan: String,
}

/// What files show, as ticked in a form.
pub(super) fn shown(fields: &[(String, String)]) -> Shown {
    let ticked = |name: &str| fields.iter().any(|(key, value)| key == name && value == "1");
    Shown { people: ticked("co_nguoi"), consent: ticked("dong_y"), minors: ticked("tre_em") }
}
