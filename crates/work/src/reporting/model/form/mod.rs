//! Forms: what a definition file says once it has been read and found right.

mod check;
mod diff;
mod header;
mod raw;
pub mod shipped;

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use kernel::periods::{Period, Rule};
use kernel::workdays::Holidays;
use records::activities::Measure;
use serde::Serialize;

use super::{due::Deadline, expr::Expr};

pub use check::{Fault, Known, LONGEST, date, parse, parse_all, read};
pub use diff::{Change, differences};
pub use header::{HeadCell, header_rows};

/// Has the form been compared with the paper that prescribes it?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Exactly as prescribed.
    Official,
    /// To be edited before use.
    Unverified,
}

impl Status {
    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Status::Official => "theo văn bản",
            Status::Unverified => "chưa đối chiếu, sửa trước khi dùng",
        }
    }
}

/// How a form is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// One wide row with headers of several levels.
    Table,
    /// One line per indicator.
    List,
    /// Sections of prose.
    Narrative,
}

impl Layout {
    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Layout::Table => "bảng ngang",
            Layout::List => "danh sách chỉ tiêu",
            Layout::Narrative => "đề cương",
        }
    }
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Things counted: whole, not negative.
    Count,
    /// A number with at most three decimals.
    Number,
    /// Whole đồng.
    Money,
    /// Numerator over denominator, computed.
    Ratio,
    /// Words.
    Text,
}

impl Kind {
    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Count => "số đếm",
            Kind::Number => "số",
            Kind::Money => "tiền (đồng)",
            Kind::Ratio => "tỷ lệ",
            Kind::Text => "lời văn",
        }
    }

    /// Is it a number?
    pub fn numeric(self) -> bool {
        self != Kind::Text
    }
}

/// A figure over the obligations of an agency that fall due in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanFigure {
    /// All of them.
    Assigned,
    /// Done.
    Done,
    /// Done by the due date.
    InTime,
    /// Open and past the due date.
    Late,
    /// Open.
    Open,
}

impl PlanFigure {
    /// All of them.
    pub const ALL: [PlanFigure; 5] =
        [PlanFigure::Assigned, PlanFigure::Done, PlanFigure::InTime, PlanFigure::Late, PlanFigure::Open];

    /// As written in definitions.
    pub fn key(self) -> &'static str {
        match self {
            PlanFigure::Assigned => "assigned",
            PlanFigure::Done => "done",
            PlanFigure::InTime => "in_time",
            PlanFigure::Late => "late",
            PlanFigure::Open => "open",
        }
    }
}

/// Where the value of a cell comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A person types it.
    Typed,
    /// Counted from activities.
    Activities(Measure),
    /// Counted from the agency's obligations.
    Plans(PlanFigure),
    /// The approved total of another form, of the same period, at this agency.
    Below {
        /// The other form.
        form: String,
        /// Its cell.
        cell: String,
    },
    /// Computed from other cells.
    Formula(Expr),
    /// Computed from two cells, times `scale`.
    Ratio {
        /// Above the line.
        numerator: String,
        /// Below the line.
        denominator: String,
        /// 100 for per cent.
        scale: f64,
    },
}

impl Source {
    /// Is it computed from other cells, so that nobody types it?
    pub fn computed(&self) -> bool {
        matches!(self, Source::Formula(_) | Source::Ratio { .. })
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Key in expressions and values.
    pub key: String,
    /// What it counts.
    pub label: String,
    /// Headers above it, from the top.
    pub header: Vec<String>,
    /// Unit of measure.
    pub unit: String,
    /// What it holds.
    pub kind: Kind,
    /// Do the figures of several agencies add up?
    pub additive: bool,
    /// Must it be answered before the report is sent?
    pub required: bool,
    /// Where it comes from.
    pub source: Source,
    /// The cell of which it is a breakdown.
    pub part_of: Option<String>,
    /// How to fill it in.
    pub note: String,
    /// The formula as written; empty without.
    pub formula: String,
}

/// Must a rule hold?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The report cannot be sent while it is broken.
    Error,
    /// It is shown and asks for a look.
    Warn,
}

impl Severity {
    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Error => "lỗi",
            Severity::Warn => "lưu ý",
        }
    }
}

/// A rule that values must keep to.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// As written.
    pub text: String,
    /// The condition.
    pub expr: Expr,
    /// What is said when it is false.
    pub message: String,
    /// Must it hold?
    pub severity: Severity,
    /// Cells that are shown as wrong.
    pub cells: Vec<String>,
}

/// Who reports, to whom, by when.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Key.
    pub key: String,
    /// Name on screen.
    pub name: String,
    /// Which agencies: `class:…` or `each:…` of the directory, or `kind:…`, seen from the agency that receives.
    pub who: String,
    /// The level that receives; none for the top.
    pub to: Option<String>,
    /// Does it fill in figures of its own, or only consolidate what comes from below?
    pub fills: bool,
    /// By when, for each kind of period; `None` stands for all others.
    pub due: Vec<(Option<Rule>, Deadline)>,
}

impl Level {
    /// Deadline for a kind of period.
    pub fn deadline(&self, rule: Rule) -> Option<Deadline> {
        let of = |wanted: Option<Rule>| self.due.iter().find(|(rule, _)| *rule == wanted).map(|(_, due)| *due);
        of(Some(rule)).or_else(|| of(None))
    }

    /// Last day for a period.
    pub fn due_date(&self, rule: Rule, period: &Period, holidays: &Holidays) -> Option<NaiveDate> {
        self.deadline(rule).map(|deadline| deadline.date(period, holidays))
    }
}

/// A form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Key, the same in all versions.
    pub key: String,
    /// Version, from 1.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Its official code ("09e/BTP/PBGDPL"); may be empty.
    pub code: String,
    /// The paper that prescribes it.
    pub legal_basis: String,
    /// Does a round look back on one programme, project or plan, which it names?
    pub programme: bool,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// See [`Status`].
    pub status: Status,
    /// What came after it.
    pub followed_by: String,
    /// See [`Layout`].
    pub layout: Layout,
    /// Kinds of period for which it is asked.
    pub periods: Vec<Rule>,
    /// Levels, as written.
    pub levels: Vec<Level>,
    /// Cells, in order.
    pub cells: Vec<Cell>,
    /// Places of computed cells, each after those that it needs.
    pub order: Vec<usize>,
    /// Rules.
    pub checks: Vec<Check>,
    /// Notes under the form.
    pub notes: Vec<String>,
}

impl Form {
    /// The cell with this key.
    pub fn cell(&self, key: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.key == key)
    }

    /// The level with this key.
    pub fn level(&self, key: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.key == key)
    }

    /// Levels that report to this one.
    pub fn below<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Level> {
        self.levels.iter().filter(move |level| level.to.as_deref() == Some(key))
    }

    /// Why it may not be used for a period; `None` when it may.
    pub fn refusal(&self, period: &Period) -> Option<String> {
        let name = if self.code.is_empty() {
            format!("Biểu “{}”", self.name)
        } else {
            format!("Biểu số {}", self.code)
        };
        let day = kernel::time::display_date;
        if let Some(last) = self.valid_to.filter(|last| *last < period.to) {
            let next = if self.followed_by.is_empty() {
                "Hãy dùng biểu thay thế.".to_owned()
            } else {
                format!("Thay thế bởi: {}.", self.followed_by)
            };
            return Some(format!(
                "{name} chỉ có hiệu lực đến hết ngày {} ({}); kỳ này kết thúc ngày {}. {next}",
                day(last),
                self.legal_basis,
                day(period.to)
            ));
        }
        (period.to < self.valid_from).then(|| {
            format!(
                "{name} có hiệu lực từ ngày {}; kỳ này kết thúc trước đó, ngày {}.",
                day(self.valid_from),
                day(period.to)
            )
        })
    }
}

/// Text key of an enum that is written in definitions.
trait Word: Sized + Copy + 'static {
    /// Every value with its word.
    const WORDS: &'static [(&'static str, Self)];
}

impl Word for Status {
    const WORDS: &'static [(&'static str, Self)] =
        &[("official", Status::Official), ("unverified", Status::Unverified)];
}

impl Word for Layout {
    const WORDS: &'static [(&'static str, Self)] =
        &[("table", Layout::Table), ("list", Layout::List), ("narrative", Layout::Narrative)];
}

impl Word for Kind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("count", Kind::Count),
        ("number", Kind::Number),
        ("money", Kind::Money),
        ("ratio", Kind::Ratio),
        ("text", Kind::Text),
    ];
}

impl Word for Severity {
    const WORDS: &'static [(&'static str, Self)] = &[("error", Severity::Error), ("warn", Severity::Warn)];
}

/// Reads one of the words of an enum.
fn word<T: Word>(text: &str) -> Result<T, String> {
    T::WORDS.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        format!("“{text}” không dùng được ở đây; dùng {}.", words.join(", "))
    })
}

impl FromStr for PlanFigure {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        PlanFigure::ALL.into_iter().find(|figure| figure.key() == text).ok_or_else(|| {
            let words: Vec<&str> = PlanFigure::ALL.iter().map(|figure| figure.key()).collect();
            format!("“{text}” không phải là số liệu kế hoạch; dùng {}.", words.join(", "))
        })
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bản {}", self.key, self.version)
    }
}
