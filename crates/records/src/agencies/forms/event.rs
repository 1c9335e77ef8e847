//! The form of an event, for agencies and for localities.

use chrono::NaiveDate;
use kernel::{FieldErrors, time};
use platform::web::form;
use serde::Deserialize;

use super::{reader::Reader, words::words};
use crate::agencies::{
    model::{
        definitions::Level,
        event::{Change, Event, NewUnit, Part},
        localities::REFORM,
        side::Side,
        tree::Face,
    },
    service::Dir,
};

/// The form of an event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::agencies) struct EventForm {
    /// Key of a kind of event, see [`words`].
    pub loai: String,
    pub ngay: String,
    pub tieu_de: String,
    pub can_cu: String,
    pub chua_kiem_chung: String,
    /// The unit that it is about.
    pub co_quan: String,
    /// New name; name inside the province.
    pub ten: String,
    pub ten_ngan: String,
    /// Kind of agency.
    pub nhom: String,
    /// Superior.
    pub cap_tren: String,
    /// Official code of a new locality.
    pub ma: String,
    /// One unit to a line.
    pub tu: String,
    /// Heir, or one heir to a line with its weight behind a bar.
    pub tiep_nhan: String,
    /// "xem" shows what would change, "ghi" records it.
    pub buoc: String,
}

impl EventForm {
    /// The form as it would have been filled for an event; nothing for one of several changes, which no form makes.
    pub(in crate::agencies) fn of(dir: &Dir, side: Side, event: &Event) -> Option<Self> {
        let [change] = event.changes.as_slice() else { return None };
        let mut form = Self {
            ngay: time::display_date(event.date),
            tieu_de: event.title.clone(),
            can_cu: event.basis.clone().unwrap_or_default(),
            chua_kiem_chung: if event.unverified { "1".into() } else { String::new() },
            ..Self::default()
        };
        let code = |key: &Option<String>| key.clone().unwrap_or_default();
        let named = |form: &mut Self, face: &Face| {
            form.ten.clone_from(&face.name);
            if side == Side::Localities {
                return;
            }
            form.ten_ngan = if face.short == face.name { String::new() } else { face.short.clone() };
            form.nhom.clone_from(&face.kind);
        };
        let kind = match change {
            Change::Create(new) => {
                named(&mut form, &new.face);
                form.cap_tren = code(&new.parent);
                form.ma = if side == Side::Localities { new.role.clone() } else { String::new() };
                "thanh-lap"
            }
            Change::Rename { unit, face } => {
                named(&mut form, face);
                form.co_quan.clone_from(unit);
                "doi-ten"
            }
            Change::Merge { from, into } => {
                form.tu = from.join("\n");
                form.tiep_nhan.clone_from(into);
                "hop-nhat"
            }
            Change::Split { from, into } => {
                let line = |part: &Part| match part.weight {
                    Some(weight) => format!("{} | {weight}", part.unit),
                    None => part.unit.clone(),
                };
                form.co_quan.clone_from(from);
                form.tiep_nhan = into.iter().map(line).collect::<Vec<_>>().join("\n");
                "chia-tach"
            }
            Change::Move { unit, parent } => {
                form.co_quan.clone_from(unit);
                form.cap_tren = code(parent);
                "chuyen"
            }
            Change::Abolish { unit, heir } => {
                form.co_quan.clone_from(unit);
                form.tiep_nhan = code(heir);
                "giai-the"
            }
        };
        form.loai = kind.into();
        let own = format!("{}: ", form.label(side).unwrap_or_default());
        // A title that the program made is made anew.
        if form.tieu_de.starts_with(&own) {
            form.tieu_de.clear();
        }
        form.in_names(dir, side, event.date);
        Some(form)
    }

    /// A unit as a field of the form shows it.
    pub(in crate::agencies) fn shown(dir: &Dir, side: Side, key: &str, date: NaiveDate) -> String {
        let mut form = Self { co_quan: key.to_owned(), ..Self::default() };
        form.in_names(dir, side, date.succ_opt().unwrap_or(date));
        form.co_quan
    }

    /// Names for codes, where the name finds the same agency again.
    fn in_names(&mut self, dir: &Dir, side: Side, date: NaiveDate) {
        let name = |code: &str| {
            let tree = dir.tree(side);
            let ix = tree.find(code)?;
            let unit = tree.unit(ix);
            let day = unit.day_within(date.pred_opt().unwrap_or(date));
            let name = match side {
                Side::Agencies => unit.face(day).name.clone(),
                Side::Localities => {
                    let names: Vec<&str> =
                        tree.chain(ix, day).map(|ix| tree.unit(ix).face(day).name.as_str()).collect();
                    names.join(", ")
                }
            };
            (dir.pick_around(side, &name, date, None) == Ok(ix)).then_some(name)
        };
        let line = |line: &str| {
            let (code, weight) = line.split_once(" | ").map_or((line, None), |(code, weight)| (code, Some(weight)));
            let name = name(code).unwrap_or_else(|| code.to_owned());
            weight.map_or(name.clone(), |weight| format!("{name} | {weight}"))
        };
        for field in [&mut self.co_quan, &mut self.cap_tren, &mut self.tu, &mut self.tiep_nhan] {
            *field = field.lines().map(line).collect::<Vec<_>>().join("\n");
        }
    }

    /// Label of the kind of event; nothing when there is no such kind.
    pub(in crate::agencies) fn label(&self, side: Side) -> Option<&'static str> {
        words(side).kinds.iter().find(|(key, ..)| *key == self.loai).map(|(_, label, _)| *label)
    }

    /// The event, or what is wrong with the form; `old` is the day of the event that it puts right.
    ///
    /// # Errors
    /// Messages by field.
    pub(in crate::agencies) fn read(
        &self,
        dir: &Dir,
        side: Side,
        old: Option<NaiveDate>,
    ) -> Result<Event, FieldErrors> {
        let mut errors = FieldErrors::default();
        let date = form::required_date(&mut errors, "ngay", &self.ngay);
        let basis = form::bounded(&mut errors, "can_cu", &self.can_cu, 500);
        let unverified = !self.chua_kiem_chung.is_empty();
        if basis.is_empty() && !unverified {
            errors.add("can_cu", "Hãy ghi văn bản làm căn cứ, hoặc đánh dấu “Chưa kiểm chứng”.");
        }
        let title = form::bounded(&mut errors, "tieu_de", &self.tieu_de, 200);
        let Some(date) = date else { return Err(errors) };
        let reader = Reader { dir, side, date, old, errors };
        let (changes, about, mut errors) = self.changes(reader);
        let title = if title.is_empty() { format!("{}: {about}", self.label(side).unwrap_or_default()) } else { title };
        if changes.is_empty() && errors.is_empty() {
            errors.add("loai", "Hãy chọn loại sự kiện.");
        }
        errors.into_result(()).map_err(|error| match error {
            kernel::Error::Invalid(errors) => errors,
            _ => FieldErrors::default(),
        })?;
        let basis = Some(basis).filter(|basis| !basis.is_empty());
        Ok(Event { date, title, basis, unverified, changes })
    }

    /// The changes, the name of what they are about, and what is wrong.
    fn changes(&self, mut r: Reader<'_>) -> (Vec<Change>, String, FieldErrors) {
        let mut changes = Vec::new();
        let mut about = String::new();
        match self.loai.as_str() {
            "thanh-lap" => {
                let new = match r.side {
                    Side::Agencies => self.new_agency(&mut r),
                    Side::Localities => self.new_place(&mut r),
                };
                about.clone_from(&new.face.name);
                changes.push(Change::Create(new));
            }
            "doi-ten" => {
                let unit = r.one("co_quan", &self.co_quan, true);
                let name = form::required(&mut r.errors, "ten", &self.ten, 300);
                if let Some(ix) = unit {
                    about = r.name(ix);
                    let kind = r.dir.tree(r.side).unit(ix).face(r.date).kind.clone();
                    let face = match r.side {
                        Side::Agencies => Face { short: self.short(&name).to_owned(), name, kind },
                        Side::Localities => r.place_face(&name),
                    };
                    changes.push(Change::Rename { unit: r.key(ix), face });
                }
            }
            "hop-nhat" => {
                let from = r.several("tu", &self.tu);
                let into = r.one("tiep_nhan", &self.tiep_nhan, true);
                if let Some(into) = into {
                    about = r.name(into);
                    if from.iter().all(|(ix, _)| *ix == into) {
                        r.errors.add("tu", words(r.side).merged);
                    }
                    let from = from.into_iter().map(|(ix, _)| r.key(ix)).collect();
                    changes.push(Change::Merge { from, into: r.key(into) });
                }
            }
            "chia-tach" => {
                let unit = r.one("co_quan", &self.co_quan, true);
                let into = r.several("tiep_nhan", &self.tiep_nhan);
                if into.len() < 2 {
                    r.errors.add("tiep_nhan", words(r.side).at_least_two);
                }
                if into.iter().any(|(_, weight)| weight.is_some()) && into.iter().any(|(_, weight)| weight.is_none()) {
                    r.errors.add("tiep_nhan", "Hãy ghi tỷ lệ cho tất cả nơi tiếp nhận, hoặc không ghi cho nơi nào.");
                }
                if let Some(ix) = unit {
                    about = r.name(ix);
                    let into = into.into_iter().map(|(ix, weight)| Part { unit: r.key(ix), weight }).collect();
                    changes.push(Change::Split { from: r.key(ix), into });
                }
            }
            "chuyen" => {
                let unit = r.one("co_quan", &self.co_quan, true);
                let parent = r.one("cap_tren", &self.cap_tren, true);
                if let (Some(ix), Some(parent)) = (unit, parent) {
                    about = r.name(ix);
                    changes.push(Change::Move { unit: r.key(ix), parent: Some(r.key(parent)) });
                }
            }
            "giai-the" => {
                let unit = r.one("co_quan", &self.co_quan, true);
                let heir = r.one("tiep_nhan", &self.tiep_nhan, false);
                if let Some(ix) = unit {
                    about = r.name(ix);
                    changes.push(Change::Abolish { unit: r.key(ix), heir: heir.map(|heir| r.key(heir)) });
                }
            }
            _ => {}
        }
        (changes, about, r.errors)
    }

    fn new_agency(&self, r: &mut Reader<'_>) -> NewUnit {
        let name = form::required(&mut r.errors, "ten", &self.ten, 300);
        let parent = r.one("cap_tren", &self.cap_tren, true);
        if r.dir.inner.definitions().kind(&self.nhom).is_none() {
            r.errors.add("nhom", "Hãy chọn loại cơ quan.");
        }
        let unit = parent.map(|ix| r.dir.agencies().unit(ix));
        let place = unit.map(|unit| unit.place.clone()).unwrap_or_default();
        let key = r.dir.new_code(&place, self.short(&name), &[]);
        let face = Face { short: self.short(&name).to_owned(), name, kind: self.nhom.clone() };
        NewUnit { key, place, role: String::new(), parent: unit.map(|unit| unit.key.clone()), face }
    }

    /// The level follows from what it lies in: nothing, a province (a commune; before the middle level was dropped a district), a district.
    fn new_place(&self, r: &mut Reader<'_>) -> NewUnit {
        let name = form::required(&mut r.errors, "ten", &self.ten, 300);
        let code = form::bounded(&mut r.errors, "ma", &self.ma, 5);
        if !code.chars().all(|c| c.is_ascii_digit()) {
            r.errors.add("ma", "Mã đơn vị hành chính chỉ gồm chữ số.");
        }
        let face = r.place_face(&name);
        let parent = r.one("cap_tren", &self.cap_tren, false).map(|ix| r.dir.places().unit(ix));
        let district = ["Huyện", "Quận", "Thị xã", "Thành phố"].contains(&face.kind.as_str());
        let level = match parent.map(|unit| unit.place.as_str()) {
            None => Level::Province,
            Some("province") if district && r.date < REFORM => Level::District,
            Some("province" | "district") => Level::Commune,
            Some(_) => {
                r.errors.add("cap_tren", "Xã, phường, đặc khu không có đơn vị hành chính cấp dưới.");
                Level::Commune
            }
        };
        let province = ["Tỉnh", "Thành phố"].contains(&face.kind.as_str());
        if !name.is_empty() && (level == Level::Province) != province && level != Level::District {
            r.errors.add(
                "cap_tren",
                "Tỉnh, thành phố không trực thuộc đơn vị nào; xã, phường, đặc khu trực thuộc tỉnh, thành phố.",
            );
        }
        let key = r.dir.new_key(level, &code, &face.short, r.date);
        let parent = parent.map(|unit| unit.key.clone());
        NewUnit { key, place: level.key().to_owned(), role: code, parent, face }
    }

    fn short<'t>(&'t self, name: &'t str) -> &'t str {
        Some(self.ten_ngan.trim()).filter(|short| !short.is_empty()).unwrap_or(name)
    }
}
