//! Forms of the agencies slice.

use chrono::NaiveDate;
use kernel::{FieldErrors, time};
use platform::web::form;
use serde::Deserialize;

use super::{
    model::{
        event::{Change, Event, NewUnit, Part},
        tree::{Face, UnitIx},
    },
    service::{Dir, NewSeat},
};

/// Kinds of event that can be recorded on screen: key, label, what it does.
pub(super) const KINDS: [(&str, &str, &str); 6] = [
    ("thanh-lap", "Thành lập", "Một cơ quan mới"),
    ("doi-ten", "Đổi tên", "Cơ quan vẫn là cơ quan đó, mang tên khác"),
    ("hop-nhat", "Hợp nhất, sáp nhập", "Nhiều cơ quan thành một; số liệu cũ tính cho cơ quan tiếp nhận"),
    ("chia-tach", "Chia, tách", "Một cơ quan chia cho nhiều cơ quan; số liệu cũ chia theo tỷ lệ"),
    ("chuyen", "Chuyển cơ quan cấp trên", "Cơ quan về trực thuộc cơ quan khác"),
    ("giai-the", "Giải thể, kết thúc hoạt động", "Cơ quan không còn; nhiệm vụ về nơi tiếp nhận"),
];

/// The form of an event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct EventForm {
    /// Key of [`KINDS`].
    pub loai: String,
    pub ngay: String,
    pub tieu_de: String,
    pub can_cu: String,
    pub chua_kiem_chung: String,
    /// The agency that it is about.
    pub co_quan: String,
    /// New name; name inside the province.
    pub ten: String,
    pub ten_ngan: String,
    /// Kind of agency.
    pub nhom: String,
    /// Superior.
    pub cap_tren: String,
    /// One agency to a line.
    pub tu: String,
    /// Heir, or one heir to a line with its weight behind a bar.
    pub tiep_nhan: String,
    /// "xem" shows what would change, "ghi" records it.
    pub buoc: String,
}

impl EventForm {
    /// The form as it would have been filled for an event; nothing for one of several changes, which no form makes.
    pub(super) fn of(dir: &Dir, event: &Event) -> Option<Self> {
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
            form.ten_ngan = if face.short == face.name { String::new() } else { face.short.clone() };
            form.nhom.clone_from(&face.kind);
        };
        let kind = match change {
            Change::Create(new) => {
                named(&mut form, &new.face);
                form.cap_tren = code(&new.parent);
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
        let own = format!("{}: ", form.label().unwrap_or_default());
        // A title that the program made is made anew.
        if form.tieu_de.starts_with(&own) {
            form.tieu_de.clear();
        }
        form.in_names(dir, event.date);
        Some(form)
    }

    /// Names for codes, where the name finds the same agency again.
    fn in_names(&mut self, dir: &Dir, date: NaiveDate) {
        let name = |code: &str| {
            let tree = dir.agencies();
            let ix = tree.find(code)?;
            let unit = tree.unit(ix);
            let name = unit.face(unit.day_within(date.pred_opt().unwrap_or(date))).name.clone();
            (dir.pick_around(&name, date, None) == Ok(ix)).then_some(name)
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
    pub(super) fn label(&self) -> Option<&'static str> {
        KINDS.iter().find(|(key, ..)| *key == self.loai).map(|(_, label, _)| *label)
    }

    /// The event, or what is wrong with the form; `old` is the day of the event that it puts right.
    ///
    /// # Errors
    /// Messages by field.
    pub(super) fn read(&self, dir: &Dir, old: Option<NaiveDate>) -> Result<Event, FieldErrors> {
        let mut errors = FieldErrors::default();
        let date = form::required_date(&mut errors, "ngay", &self.ngay);
        let basis = form::bounded(&mut errors, "can_cu", &self.can_cu, 500);
        let unverified = !self.chua_kiem_chung.is_empty();
        if basis.is_empty() && !unverified {
            errors.add("can_cu", "Hãy ghi văn bản làm căn cứ, hoặc đánh dấu “Chưa kiểm chứng”.");
        }
        let title = form::bounded(&mut errors, "tieu_de", &self.tieu_de, 200);
        let Some(date) = date else { return Err(errors) };
        let reader = Reader { dir, date, old, errors };
        let (changes, about, mut errors) = self.changes(reader);
        let title = if title.is_empty() { format!("{}: {about}", self.label().unwrap_or_default()) } else { title };
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
                let name = form::required(&mut r.errors, "ten", &self.ten, 300);
                let parent = r.one("cap_tren", &self.cap_tren, true);
                if r.dir.inner.definitions().kind(&self.nhom).is_none() {
                    r.errors.add("nhom", "Hãy chọn loại cơ quan.");
                }
                let unit = parent.map(|ix| r.dir.agencies().unit(ix));
                let place = unit.map(|unit| unit.place.clone()).unwrap_or_default();
                let key = r.dir.new_code(&place, self.short(&name), &[]);
                about.clone_from(&name);
                let face = Face { short: self.short(&name).to_owned(), name, kind: self.nhom.clone() };
                let parent = unit.map(|unit| unit.key.clone());
                changes.push(Change::Create(NewUnit { key, place, role: String::new(), parent, face }));
            }
            "doi-ten" => {
                let unit = r.one("co_quan", &self.co_quan, true);
                let name = form::required(&mut r.errors, "ten", &self.ten, 300);
                if let Some(ix) = unit {
                    about = r.name(ix);
                    let kind = r.dir.agencies().unit(ix).face(r.date).kind.clone();
                    let face = Face { short: self.short(&name).to_owned(), name, kind };
                    changes.push(Change::Rename { unit: r.key(ix), face });
                }
            }
            "hop-nhat" => {
                let from = r.several("tu", &self.tu);
                let into = r.one("tiep_nhan", &self.tiep_nhan, true);
                if let Some(into) = into {
                    about = r.name(into);
                    if from.iter().all(|(ix, _)| *ix == into) {
                        r.errors.add("tu", "Hãy ghi các cơ quan được nhập vào, mỗi dòng một cơ quan.");
                    }
                    let from = from.into_iter().map(|(ix, _)| r.key(ix)).collect();
                    changes.push(Change::Merge { from, into: r.key(into) });
                }
            }
            "chia-tach" => {
                let unit = r.one("co_quan", &self.co_quan, true);
                let into = r.several("tiep_nhan", &self.tiep_nhan);
                if into.len() < 2 {
                    r.errors.add("tiep_nhan", "Hãy ghi ít nhất hai cơ quan tiếp nhận, mỗi dòng một cơ quan.");
                }
                if into.iter().any(|(_, weight)| weight.is_some()) && into.iter().any(|(_, weight)| weight.is_none()) {
                    r.errors.add(
                        "tiep_nhan",
                        "Hãy ghi tỷ lệ cho tất cả các cơ quan tiếp nhận, hoặc không ghi cho cơ quan nào.",
                    );
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

    fn short<'t>(&'t self, name: &'t str) -> &'t str {
        Some(self.ten_ngan.trim()).filter(|short| !short.is_empty()).unwrap_or(name)
    }
}

/// What somebody can be in a council, in the order of the list.
pub(super) const SEATS: [&str; 5] =
    ["Chủ tịch Hội đồng", "Phó Chủ tịch Thường trực", "Phó Chủ tịch", "Ủy viên Thường trực", "Ủy viên"];

/// The form of a member of a council.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct SeatForm {
    pub co_quan: String,
    pub nguoi: String,
    pub chuc_vu: String,
    pub tu_cach: String,
    pub can_cu: String,
    pub tu_ngay: String,
    pub den_ngay: String,
}

impl SeatForm {
    /// The seat, or what is wrong with the form.
    ///
    /// # Errors
    /// Messages by field.
    pub(super) fn read(&self, dir: &Dir) -> Result<NewSeat, FieldErrors> {
        let mut errors = FieldErrors::default();
        let person = form::required(&mut errors, "nguoi", &self.nguoi, 100);
        let position = form::required(&mut errors, "chuc_vu", &self.chuc_vu, 200);
        let basis = form::required(&mut errors, "can_cu", &self.can_cu, 500);
        if !SEATS.contains(&self.tu_cach.as_str()) {
            errors.add("tu_cach", "Hãy chọn tư cách trong Hội đồng.");
        }
        let from = form::required_date(&mut errors, "tu_ngay", &self.tu_ngay);
        let last = form::date(&mut errors, "den_ngay", &self.den_ngay);
        if last.is_some_and(|last| from.is_some_and(|from| last < from)) {
            errors.add("den_ngay", "Ngày thôi tham gia phải từ ngày bắt đầu trở đi.");
        }
        let Some(from) = from else { return Err(errors) };
        let mut reader = Reader { dir, date: from, old: None, errors };
        let agency = reader.one("co_quan", &self.co_quan, true);
        let Some(agency) = agency.filter(|_| reader.errors.is_empty()) else { return Err(reader.errors) };
        let until = last.and_then(|last| last.succ_opt());
        Ok(NewSeat { agency: dir.id(agency), person, position, seat: self.tu_cach.clone(), basis, from, until })
    }
}

/// Reads names of agencies on the day of the event.
struct Reader<'a> {
    dir: &'a Dir,
    date: NaiveDate,
    /// Day of the event that is put right.
    old: Option<NaiveDate>,
    errors: FieldErrors,
}

impl Reader<'_> {
    fn key(&self, ix: UnitIx) -> String {
        self.dir.agencies().unit(ix).key.clone()
    }

    fn name(&self, ix: UnitIx) -> String {
        self.dir.agencies().unit(ix).face(self.date).name.clone()
    }

    fn one(&mut self, field: &str, typed: &str, required: bool) -> Option<UnitIx> {
        if typed.trim().is_empty() {
            if required {
                self.errors.add(field, "Hãy ghi tên hoặc mã cơ quan.");
            }
            return None;
        }
        match self.dir.pick_around(typed, self.date, self.old) {
            Ok(ix) => Some(ix),
            Err(message) => {
                self.errors.add(field, message);
                None
            }
        }
    }

    /// One agency to a line, a weight behind a bar.
    fn several(&mut self, field: &str, typed: &str) -> Vec<(UnitIx, Option<u64>)> {
        let mut out = Vec::new();
        for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (name, weight) =
                line.rsplit_once('|').map_or((line, None), |(name, weight)| (name, Some(weight.trim())));
            let number = weight.map(|weight| weight.replace('.', "").parse::<u64>());
            if let Some(Err(_)) = number {
                self.errors
                    .add(field, format!("Tỷ lệ ở dòng “{line}” không phải số nguyên; ví dụ: Tên cơ quan | 12.500"));
            }
            if let Some(ix) = self.one(field, name, true) {
                out.push((ix, number.and_then(Result::ok)));
            }
        }
        if out.is_empty() {
            self.errors.add(field, "Hãy ghi ít nhất một cơ quan, mỗi dòng một cơ quan.");
        }
        out
    }
}
