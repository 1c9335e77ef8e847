//! Days of rest and days worked instead: a file of its own, built into the program until an administrator puts another in its place.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};
use kernel::workdays::{Holidays, Rest};
use serde::Deserialize;
use toml::Spanned;

use super::form::{self, Fault, Severity};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDays {
    #[serde(default)]
    rest: Vec<RawRest>,
    #[serde(default)]
    worked: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRest {
    name: Spanned<String>,
    from: Spanned<String>,
    to: Spanned<String>,
}

/// The file that is built into the program.
pub const BUILT_IN: &str = include_str!("../../../../../definitions/forms/holidays/ngay-nghi.toml");

/// Longest file.
const LONGEST: usize = 200_000;
/// Most days of rest in a row.
const LONG: i64 = 31;

struct Reader<'a> {
    text: &'a str,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn error(&mut self, at: Range<usize>, message: String) {
        self.faults.push(Fault::at(self.text, at, Severity::Error, message));
    }

    fn date(&mut self, text: &Spanned<String>) -> Option<NaiveDate> {
        form::date(self.text, text).map_err(|fault| self.faults.push(fault)).ok()
    }

    fn rest(&mut self, raw: &RawRest) -> Option<Rest> {
        let name = raw.name.get_ref().trim();
        if name.is_empty() {
            self.error(raw.name.span(), "Hãy ghi tên ngày nghỉ.".into());
        }
        let (from, to) = (self.date(&raw.from)?, self.date(&raw.to)?);
        if to < from {
            self.error(raw.to.span(), "Ngày cuối trước ngày đầu.".into());
        } else if (to - from).num_days() >= LONG {
            self.error(raw.to.span(), format!("Một đợt nghỉ dài nhất {LONG} ngày; hãy kiểm tra lại năm."));
        }
        Some(Rest { name: name.to_owned(), from, to })
    }
}

/// Reads a file of days.
///
/// # Errors
/// Everything that is wrong in it, by line.
pub fn read(text: &str) -> Result<Holidays, Vec<Fault>> {
    let (raw, faults) = form::parse_all::<RawDays>(text, LONGEST);
    let mut reader = Reader { text, faults };
    let Some(raw) = raw else { return Err(reader.faults) };
    let mut out = Holidays::default();
    for one in &raw.rest {
        let Some(rest) = reader.rest(one) else { continue };
        if let Some(other) = out.rest.iter().find(|other| other.from <= rest.to && rest.from <= other.to) {
            reader.error(one.from.span(), format!("“{}” trùng ngày với “{}”.", rest.name, other.name));
        }
        out.rest.push(rest);
    }
    for text in &raw.worked {
        let Some(day) = reader.date(text) else { continue };
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            reader.error(text.span(), "Ngày làm bù phải là Thứ Bảy hoặc Chủ nhật.".into());
        } else if out.rest.iter().any(|rest| rest.from <= day && day <= rest.to) {
            reader.error(text.span(), "Ngày làm bù nằm trong một đợt nghỉ.".into());
        }
        out.worked.push(day);
    }
    if raw.rest.is_empty() {
        reader.error(0..0, "Tệp không có ngày nghỉ nào; mỗi đợt nghỉ là một mục [[rest]].".into());
    }
    out.rest.sort_by_key(|rest| rest.from);
    out.worked.sort_unstable();
    reader.faults.sort();
    if reader.faults.is_empty() { Ok(out) } else { Err(reader.faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_built_in_days_can_be_read() {
        let holidays = read(BUILT_IN).unwrap();
        assert_eq!(holidays.rest_on(day(2026, 9, 2)), Some("Quốc khánh"));
        assert_eq!(holidays.rest_on(day(2026, 11, 9)), None);
    }

    #[test]
    fn what_is_wrong_is_said_by_line() {
        let text = "worked = [\n  '2027-02-10',\n  '2027-02-07',\n]\n[[rest]]\nname = 'Tết'\nfrom = '2027-02-05'\nto = '2027-02-08'\n\
                    [[rest]]\nname = 'Lễ'\nfrom = '2027-02-08'\nto = '2027-02-01'\n[[rest]]\nname = ' '\nfrom = 'mai'\nto = '2027-05-01'\n";
        let lines: Vec<usize> = read(text).unwrap_err().iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 3, 12, 14, 15]);
        assert_eq!(read("rest = 5").unwrap_err()[0].line, 1);
        assert!(read("").unwrap_err()[0].message.contains("không có ngày nghỉ nào"));
    }
}
