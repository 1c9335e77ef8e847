//! An activity as it is entered, and the rules for it.

use chrono::NaiveDate;
use kernel::{FieldErrors, Uuid, text};

use super::{
    definitions::{Definitions, Entry},
    measure::{Facts, MaterialFacts},
};

/// State of what counts.
pub const RECORDED: &str = "recorded";
/// State of what was taken back.
pub const WITHDRAWN: &str = "withdrawn";

/// Most turns of one activity.
const MOST_TURNS: i64 = 100_000_000;
/// Most đồng from one source.
const MOST_COST: i64 = 1_000_000_000_000;

/// What a person (or a file, or another program) enters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The one agency that owns and counts it.
    pub owner: Uuid,
    /// Key of the kind.
    pub kind: String,
    /// What it was.
    pub title: String,
    /// First day.
    pub held_on: Option<NaiveDate>,
    /// Last day; the first one when absent.
    pub ends_on: Option<NaiveDate>,
    /// Where, in words.
    pub place: String,
    /// The administrative unit.
    pub unit: Option<Uuid>,
    /// Held online?
    pub online: bool,
    /// Turns of attendance.
    pub turns: i64,
    /// Of them women.
    pub women: i64,
    /// Of them ethnic minorities.
    pub minorities: i64,
    /// Of them young people.
    pub young: i64,
    /// What was said and what came of it.
    pub summary: String,
    /// Keys of target groups.
    pub groups: Vec<String>,
    /// Keys of fields of law.
    pub fields: Vec<String>,
    /// Agencies that took part.
    pub partners: Vec<Partner>,
    /// Who spoke.
    pub reporters: Vec<Reporter>,
    /// What was handed out or published.
    pub materials: Vec<Material>,
    /// Source and amount in whole đồng.
    pub costs: Vec<(String, i64)>,
    /// Documents disseminated.
    pub documents: Vec<Disseminated>,
    /// What it serves.
    pub subjects: Vec<Served>,
}

/// An agency that took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// In the register of agencies; none for a body that is not there.
    pub agency: Option<Uuid>,
    /// Its name.
    pub name: String,
}

/// A person who spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporter {
    /// Key of the kind.
    pub kind: String,
    /// Name.
    pub name: String,
}

/// A material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// Key of the kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Copies.
    pub copies: i64,
    /// Published online?
    pub online: bool,
}

/// A document that was made known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disseminated {
    /// In the register of documents.
    pub document: Option<Uuid>,
    /// Number and name as written.
    pub title: String,
}

/// Something the activity serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Kind of the subject, as the slice that offers it calls it.
    pub kind: String,
    /// Which.
    pub id: Uuid,
    /// What it is part of.
    pub within: Option<Uuid>,
    /// In words, as it was then.
    pub label: String,
}

impl Draft {
    /// What is wrong with it, by field of the form.
    pub fn check(&self, definitions: &Definitions, today: NaiveDate, errors: &mut FieldErrors) {
        if self.title.is_empty() {
            errors.add("ten", "Hãy điền tên hoạt động.");
        }
        let day = self.held_on.unwrap_or(today);
        match definitions.kind(&self.kind) {
            None => errors.add("loai", "Hãy chọn loại hoạt động trong danh sách."),
            Some(kind) if !kind.holds(day) => {
                errors.add("loai", format!("Loại “{}” không dùng cho ngày này; hãy chọn loại khác.", kind.name));
            }
            Some(_) => {}
        }
        match self.held_on {
            None => errors.add("ngay", "Hãy điền ngày tổ chức."),
            Some(day) if day > today => {
                errors.add("ngay", "Ngày này chưa đến; chỉ ghi hoạt động đã diễn ra.");
            }
            Some(day) if self.ends_on.is_some_and(|end| end < day) => {
                errors.add("den_ngay", "Ngày kết thúc trước ngày bắt đầu; hãy kiểm tra lại.");
            }
            Some(_) if self.ends_on.is_some_and(|end| end > today) => {
                errors.add("den_ngay", "Ngày kết thúc chưa đến; hãy ghi khi hoạt động đã xong.");
            }
            Some(_) => {}
        }
        self.check_numbers(errors);
        let unknown = |list: &[Entry], keys: &[String]| keys.iter().any(|key| !list.iter().any(|e| e.key == *key));
        if unknown(&definitions.groups, &self.groups) {
            errors.add("doi_tuong", "Có đối tượng không nằm trong danh sách.");
        }
        if unknown(&definitions.fields, &self.fields) {
            errors.add("linh_vuc", "Có lĩnh vực không nằm trong danh sách.");
        }
        let kinds: Vec<String> = self.materials.iter().map(|material| material.kind.clone()).collect();
        if unknown(&definitions.materials, &kinds) {
            errors.add("tl_loai", "Hãy chọn loại tài liệu trong danh sách.");
        }
        let kinds: Vec<String> = self.reporters.iter().map(|reporter| reporter.kind.clone()).collect();
        if unknown(&definitions.reporters, &kinds) {
            errors.add("bcv", "Loại báo cáo viên không nằm trong danh sách.");
        }
        let sources: Vec<String> = self.costs.iter().map(|(source, _)| source.clone()).collect();
        if unknown(&definitions.sources, &sources) {
            errors.add("kinh_phi", "Nguồn kinh phí không nằm trong danh sách.");
        }
    }

    fn check_numbers(&self, errors: &mut FieldErrors) {
        if !(0..=MOST_TURNS).contains(&self.turns) {
            errors.add("luot", "Số lượt người phải là số nguyên từ 0 đến 100.000.000.");
        }
        for (field, name, part) in [
            ("nu", "nữ", self.women),
            ("dtts", "dân tộc thiểu số", self.minorities),
            ("tre", "thanh, thiếu niên", self.young),
        ] {
            if part < 0 {
                errors.add(field, "Số này không được âm.");
            } else if part > self.turns {
                errors.add(
                    field,
                    format!(
                        "Số {name} ({}) nhiều hơn tổng số lượt người ({}).",
                        text::display_number(part),
                        text::display_number(self.turns)
                    ),
                );
            }
        }
        if self.costs.iter().any(|(_, amount)| !(0..=MOST_COST).contains(amount)) {
            errors.add("kinh_phi", "Kinh phí phải là số đồng nguyên, không âm.");
        }
        if self.materials.iter().any(|material| !(0..=MOST_TURNS).contains(&material.copies)) {
            errors.add("tl_so", "Số bản phải là số nguyên, không âm.");
        }
    }

    /// Total of the costs.
    pub fn cost(&self) -> i64 {
        self.costs.iter().map(|(_, amount)| amount).sum()
    }

    /// Last day, never before the first.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.ends_on.or(self.held_on)
    }

    /// Everything that can be searched, folded.
    pub fn search_text(&self) -> String {
        let mut line = format!("{} {} {}", self.title, self.place, self.summary);
        for name in self.reporters.iter().map(|one| &one.name).chain(self.partners.iter().map(|one| &one.name)) {
            line.push(' ');
            line.push_str(name);
        }
        format!(" {}", text::fold(&line))
    }

    /// What of it is counted.
    pub fn facts(&self, definitions: &Definitions) -> Facts {
        Facts {
            kind: self.kind.clone(),
            form: definitions.kind(&self.kind).map(|kind| kind.form.clone()).unwrap_or_default(),
            online: self.online,
            turns: self.turns,
            women: self.women,
            minorities: self.minorities,
            young: self.young,
            groups: self.groups.clone(),
            fields: self.fields.clone(),
            materials: self
                .materials
                .iter()
                .map(|one| MaterialFacts { kind: one.kind.clone(), copies: one.copies, online: one.online })
                .collect(),
            costs: self.costs.clone(),
            reporters: self.reporters.iter().map(|one| (one.kind.clone(), text::fold(&one.name))).collect(),
        }
    }
}

/// How alike two titles are: common words over all words, in percent.
pub fn likeness(one: &str, other: &str) -> usize {
    let (one, other) = (text::fold(one), text::fold(other));
    let (mut a, mut b): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    for words in [&mut a, &mut b] {
        words.sort_unstable();
        words.dedup();
    }
    let common = a.iter().filter(|word| b.contains(word)).count();
    let all = a.len() + b.len() - common;
    (common * 100).checked_div(all).unwrap_or(0)
}

/// How often a series repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Every seven days.
    Weekly,
    /// The same day of every month, or its last one.
    Monthly,
}

impl Repeat {
    /// By the word of the form.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "tuan" => Some(Repeat::Weekly),
            "thang" => Some(Repeat::Monthly),
            _ => None,
        }
    }

    /// The days of `times` activities, the first one included.
    pub fn days(self, first: NaiveDate, times: u32) -> Vec<NaiveDate> {
        (0..times)
            .filter_map(|n| match self {
                Repeat::Weekly => first.checked_add_days(chrono::Days::new(u64::from(n) * 7)),
                Repeat::Monthly => first.checked_add_months(chrono::Months::new(n)),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activities::model::definitions::definitions;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn draft() -> Draft {
        Draft {
            kind: "hoi-nghi".into(),
            title: "Hội nghị giới thiệu Luật Đất đai".into(),
            held_on: Some(day(11, 2)),
            turns: 80,
            women: 30,
            ..Draft::default()
        }
    }

    fn faults(draft: &Draft) -> Vec<String> {
        let mut errors = FieldErrors::default();
        draft.check(definitions(), day(11, 9), &mut errors);
        errors.0.into_keys().collect()
    }

    #[test]
    fn parts_are_bounded_by_the_turns_and_days_by_today() {
        assert!(faults(&draft()).is_empty());
        assert_eq!(faults(&Draft { women: 81, young: -1, ..draft() }), ["nu", "tre"]);
        assert_eq!(faults(&Draft { held_on: Some(day(11, 10)), ..draft() }), ["ngay"]);
        assert_eq!(faults(&Draft { ends_on: Some(day(11, 1)), ..draft() }), ["den_ngay"]);
        assert_eq!(faults(&Draft::default()), ["loai", "ngay", "ten"]);
        assert_eq!(
            faults(&Draft { groups: vec!["ai-do".into()], costs: vec![("ho-tro".into(), -5)], ..draft() }),
            ["doi_tuong", "kinh_phi"]
        );
    }

    #[test]
    fn a_monthly_series_keeps_to_the_last_day_of_short_months() {
        assert_eq!(Repeat::Monthly.days(day(1, 31), 3), [day(1, 31), day(2, 28), day(3, 31)]);
        assert_eq!(Repeat::Weekly.days(day(11, 2), 2), [day(11, 2), day(11, 9)]);
    }

    #[test]
    fn titles_are_alike_by_their_words() {
        assert!(likeness("Hội nghị giới thiệu Luật Đất đai", "Hoi nghi gioi thieu Luat Dat dai 2024") >= 80);
        assert!(likeness("Tập huấn hòa giải viên", "Phát thanh về giao thông") < 20);
    }
}
