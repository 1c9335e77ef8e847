//! Reading a definition: everything that is wrong, with line and column, or the form.

mod cells;
mod syntax;

use std::{collections::HashMap, ops::Range};

use chrono::NaiveDate;
use records::activities::Definitions;
use toml::Spanned;

use super::{
    Form, Layout, Level, Severity, Word,
    raw::{RawForm, RawLevel, Text},
    word,
};
use crate::reporting::model::due::Deadline;

pub use syntax::{parse, parse_all};

/// Most bytes of a definition.
pub const LONGEST: usize = 400_000;

/// Something wrong in a definition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Does it keep the definition from being used?
    pub severity: Severity,
    /// What is wrong, in Vietnamese.
    pub message: String,
}

impl Fault {
    /// What is wrong at a place of a text.
    pub fn at(text: &str, at: Range<usize>, severity: Severity, message: String) -> Self {
        let before = text.get(..at.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { line, column, severity, message }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = if self.severity == Severity::Error { "lỗi" } else { "lưu ý" };
        write!(f, "dòng {}, cột {}: {kind}: {}", self.line, self.column, self.message)
    }
}

/// What else is known when a definition is read.
pub struct Known<'a> {
    /// Words for activities.
    pub activities: &'a Definitions,
    /// Cells of other forms by key.
    pub forms: HashMap<String, Vec<String>>,
    /// The day on which an expired form is pointed out.
    pub today: NaiveDate,
}

/// Reads a definition: the form unless there is an error, and everything to be said about it, in order of place.
pub fn read(text: &str, known: &Known<'_>) -> (Option<Form>, Vec<Fault>) {
    let mut reader = Reader { text, known, faults: Vec::new() };
    let (raw, mut faults) = parse_all::<RawForm>(text, LONGEST);
    let form = raw.map(|raw| reader.form(raw));
    faults.extend(reader.faults);
    faults.sort();
    faults.dedup();
    let wrong = faults.iter().any(|fault| fault.severity == Severity::Error);
    (form.filter(|_| !wrong), faults)
}

/// Reads a value of a file as a day.
///
/// # Errors
/// When it is none.
pub fn date(text: &str, value: &Text) -> Result<NaiveDate, Fault> {
    value.get_ref().parse().map_err(|_| {
        let message = format!("“{}” không phải là ngày; viết dạng 2026-01-31.", value.get_ref());
        Fault::at(text, value.span(), Severity::Error, message)
    })
}

struct Reader<'a> {
    text: &'a str,
    known: &'a Known<'a>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn say(&mut self, at: Range<usize>, severity: Severity, message: String) {
        self.faults.push(Fault::at(self.text, at, severity, message));
    }

    fn error(&mut self, at: Range<usize>, message: String) {
        self.say(at, Severity::Error, message);
    }

    fn warn(&mut self, at: Range<usize>, message: String) {
        self.say(at, Severity::Warn, message);
    }

    fn word<T: Word>(&mut self, text: &Text, fallback: T) -> T {
        word(text.get_ref()).unwrap_or_else(|message| {
            self.error(text.span(), message);
            fallback
        })
    }

    fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, text: &Text) -> Option<T> {
        text.get_ref().parse().map_err(|e: T::Err| self.error(text.span(), format!("{e}."))).ok()
    }

    fn date(&mut self, text: &Text) -> Option<NaiveDate> {
        date(self.text, text).map_err(|fault| self.faults.push(fault)).ok()
    }

    fn form(&mut self, raw: RawForm) -> Form {
        let valid_from = self.date(&raw.valid_from).unwrap_or_default();
        let valid_to = raw.valid_to.as_ref().and_then(|text| self.date(text));
        self.head(&raw, valid_from, valid_to);
        let status = self.word(&raw.status, super::Status::Unverified);
        let layout = raw.layout.as_ref().map_or(Layout::List, |layout| self.word(layout, Layout::List));
        let periods = raw.periods.iter().filter_map(|name| self.parsed(name)).collect();
        let levels = self.levels(raw.level);
        let (cells, order) = self.cells(raw.cell, raw.key.get_ref());
        let checks = self.rules(raw.rule, &cells, raw.key.get_ref());
        Form {
            key: raw.key.into_inner(),
            version: raw.version.into_inner(),
            name: raw.name.into_inner(),
            code: raw.code,
            legal_basis: raw.legal_basis,
            valid_from,
            valid_to,
            status,
            followed_by: raw.followed_by,
            layout,
            periods,
            levels,
            cells,
            order,
            checks,
            programme: raw.programme,
            notes: raw.notes,
        }
    }

    fn head(&mut self, raw: &RawForm, from: NaiveDate, to: Option<NaiveDate>) {
        if !is_key(raw.key.get_ref(), '-', 60) {
            self.error(
                raw.key.span(),
                "Mã biểu chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, tối đa 60 ký tự.".into(),
            );
        }
        if !(1..=9_999).contains(raw.version.get_ref()) {
            self.error(raw.version.span(), "Bản phải là số từ 1 trở đi.".into());
        }
        if raw.name.get_ref().trim().is_empty() {
            self.error(raw.name.span(), "Biểu cần có tên.".into());
        }
        if raw.periods.is_empty() {
            self.error(raw.key.span(), "Biểu cần ít nhất một loại kỳ (periods).".into());
        }
        let Some((to, place)) = to.zip(raw.valid_to.as_ref().map(Spanned::span)) else { return };
        if to < from {
            self.error(place, "Ngày hết hiệu lực phải sau ngày có hiệu lực.".into());
        } else if to < self.known.today {
            let next =
                if raw.followed_by.is_empty() { "chưa ghi biểu thay thế (followed_by)" } else { &raw.followed_by };
            let day = kernel::time::display_date(to);
            let message = format!(
                "Biểu đã hết hiệu lực từ sau ngày {day}; thay thế: {next}. Không mở được kỳ kết thúc sau ngày đó."
            );
            self.warn(place, message);
        }
    }

    fn levels(&mut self, raw: Vec<RawLevel>) -> Vec<Level> {
        let keys: Vec<String> = raw.iter().map(|level| level.key.get_ref().clone()).collect();
        let mut levels: Vec<Level> = Vec::new();
        for level in raw {
            if !is_key(level.key.get_ref(), '-', 20) || levels.iter().any(|other| other.key == *level.key.get_ref()) {
                self.error(level.key.span(), "Mã cấp phải khác nhau, chỉ gồm chữ thường không dấu và chữ số.".into());
            }
            if let Some(to) = level.to.as_ref().filter(|to| !keys.contains(to.get_ref())) {
                self.error(to.span(), format!("Không có cấp “{}”.", to.get_ref()));
            }
            let who = level.who.get_ref();
            if !["class:", "each:", "kind:"]
                .iter()
                .any(|start| who.strip_prefix(start).is_some_and(|rest| !rest.is_empty()))
            {
                let message = "Nơi lập viết dạng class:xa-phuong, each:so-tu-phap@province hoặc kind:ministry.";
                self.error(level.who.span(), message.into());
            }
            let mut due: Vec<(_, Deadline)> = Vec::new();
            due.extend(level.due.as_ref().and_then(|text| self.parsed(text)).map(|due| (None, due)));
            for (rule, text) in &level.due_by_period {
                if let Some((rule, deadline)) = self.parsed(rule).zip(self.parsed(text)) {
                    due.push((Some(rule), deadline));
                }
            }
            if level.to.is_some() && due.is_empty() {
                self.warn(level.key.span(), "Cấp này chưa có thời hạn gửi (due).".into());
            }
            levels.push(Level {
                key: level.key.into_inner(),
                name: level.name,
                who: level.who.into_inner(),
                to: level.to.map(Spanned::into_inner),
                fills: level.fills.unwrap_or(true),
                due,
            });
        }
        self.chain(&levels, &keys);
        levels
    }

    fn chain(&mut self, levels: &[Level], keys: &[String]) {
        if !levels.is_empty() && levels.iter().all(|level| level.to.is_some()) {
            self.error(0..0, "Các cấp gửi vòng tròn: phải có một cấp trên cùng, không gửi cho cấp nào.".into());
        }
        for level in levels {
            let above = |key: &String| levels.iter().find(|level| level.key == *key).and_then(|level| level.to.clone());
            if std::iter::successors(Some(level.key.clone()), above).take(keys.len() + 2).count() > keys.len() {
                self.error(0..0, format!("Cấp “{}” gửi vòng tròn về chính nó.", level.key));
            }
        }
    }
}

/// Lower-case letters without marks, digits and `joint`; begins with a letter or digit.
fn is_key(text: &str, joint: char, limit: usize) -> bool {
    let first_ok = text.chars().next().is_some_and(|c| c.is_ascii_lowercase() || (joint == '-' && c.is_ascii_digit()));
    first_ok && text.len() <= limit && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint)
}
