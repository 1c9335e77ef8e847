//! What reading a paper yields. Every recognised piece carries the bytes it was read from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A byte range in [`Paper::text`]; always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A recognised value, where it stands and how sure the reader is (0 to 1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field<T> {
    /// The value in canonical form (see each field of [`Paper`]).
    pub value: T,
    /// Where it was read; `None` when it was inferred.
    pub span: Option<Span>,
    /// 0 to 1; below [`SURE`] a person should look first.
    pub confidence: f32,
}

/// Confidence from which a piece counts as certain ("phần chắc chắn").
pub const SURE: f32 = 0.8;

/// One official paper as read. Field rules follow Nghị định 30/2020/NĐ-CP, Phụ lục I.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Paper {
    /// The cleaned text (Unicode NFC, furniture and markup removed, lines joined); all spans point into it.
    pub text: String,
    /// Body that issued it, canonical full name ("Ủy ban nhân dân tỉnh Thái Nguyên").
    pub issuer: Option<Field<String>>,
    /// Body above the issuer, printed over it in the header.
    pub parent_body: Option<Field<String>>,
    /// Number and symbol without spaces ("164/KH-UBND"); `None` when the ordinal is blank.
    pub number: Option<Field<String>>,
    /// Place printed before the date.
    pub place: Option<Field<String>>,
    /// Date of the paper.
    pub date: Option<Field<NaiveDate>>,
    /// Canonical Vietnamese name of the kind ("Kế hoạch", "Quyết định", "Công văn"…).
    #[serde(rename = "type")]
    pub kind: Option<Field<String>>,
    /// Trích yếu on one line, printed case, without "V/v" or "Về việc".
    pub title: Option<Field<String>>,
    /// Degree of secrecy stamped on the paper ("MẬT", "TỐI MẬT", "TUYỆT MẬT").
    pub secrecy: Option<Field<String>>,
    /// Degree of urgency stamped on the paper ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC").
    pub urgency: Option<Field<String>>,
    /// Kính gửi.
    pub addressees: Vec<Field<String>>,
    /// Nơi nhận.
    pub recipients: Vec<Field<String>>,
    /// Who signed.
    pub signer: Option<Signer>,
    /// Every other paper it names, in order of first appearance, one entry per number.
    pub citations: Vec<Citation>,
    /// The clause tree in reading order; parents come before children.
    pub clauses: Vec<Clause>,
    /// Tables, in reading order.
    pub tables: Vec<Table>,
    /// Work that it assigns or requests, in reading order.
    pub tasks: Vec<Task>,
    /// What deviates or could not be read; never blocks.
    pub warnings: Vec<Warning>,
}

/// The signature block.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Signer {
    /// TM./KT./TL./TUQ./Q. lines joined by " / ".
    pub authority: Option<Field<String>>,
    /// Rank of the person who signs.
    pub position: Option<Field<String>>,
    /// A second position printed below the first.
    pub concurrent_position: Option<Field<String>>,
    /// Name as printed.
    pub name: Option<Field<String>>,
}

/// What a cited paper is to the citing one, or to the paper whose title names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Directly governed by Căn cứ / Thực hiện / Triển khai / Thi hành in the preamble.
    Basis,
    /// "ban hành": the cited decision issues it.
    Issues,
    /// "thực hiện", "triển khai": it carries the other out.
    Implements,
    /// "tiếp tục thực hiện".
    Continues,
    /// "sửa đổi, bổ sung".
    Amends,
    /// "thay thế", "bãi bỏ".
    Replaces,
    /// Named as a proposal ("Theo đề nghị … tại Tờ trình số …").
    Proposal,
    /// Named otherwise.
    Mentions,
}

/// One paper named in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// Kind as named ("Kết luận", "Quyết định", "Luật"…), when it is.
    pub kind: Option<String>,
    /// Number without spaces ("80-KL/TW"); `None` for a law cited by name.
    pub number: Option<String>,
    /// Name of a law or programme cited by name.
    pub name: Option<String>,
    /// Date, when printed beside it.
    pub date: Option<NaiveDate>,
    /// What it is to [`Citation::of`] (or to this paper when that is `None`).
    pub relation: Relation,
    /// Index in [`Paper::citations`] of the paper in whose title this one is nested
    /// ("Quyết định X ban hành Kế hoạch thực hiện **Kết luận Y**": Y is `of` X, `Implements`).
    pub of: Option<usize>,
    /// First place it stands.
    pub span: Span,
    /// 0 to 1.
    pub confidence: f32,
}

/// Level of a clause, from the outside in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// Phụ lục.
    Annex,
    /// Phần.
    Part,
    /// Chương.
    Chapter,
    /// Mục, or a Roman numeral heading.
    Section,
    /// Điều.
    Article,
    /// Khoản: "1.", "1.1."
    Numbered,
    /// Điểm: "a)".
    Lettered,
    /// A dash or bullet.
    Bullet,
    /// An unnumbered paragraph.
    Paragraph,
}

/// One clause; the tree is given by `parent`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// Stable address: printed numbers from the outside in ("II.2.1", "Điều 1.2.b", "PL.3", "II.1#2").
    pub anchor: String,
    /// Level.
    pub kind: ClauseKind,
    /// Index in [`Paper::clauses`].
    pub parent: Option<usize>,
    /// Heading or first sentence, without the number.
    pub heading: String,
    /// The clause's own text, number included, children excluded.
    pub span: Span,
}

/// A table as rows of cells; a merged cell stands in its first place and the others are empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Whole table.
    pub span: Span,
    /// Rows, header first when there is one.
    pub rows: Vec<Vec<String>>,
}

/// Does the paper order the work or ask for it?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// The issuer may order the lead agency.
    Assign,
    /// "đề nghị", or a body outside the issuer's system (Front, court, procuracy).
    Request,
}

/// Where the task stands: the content part or "Tổ chức thực hiện".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskClass {
    /// Content part.
    Task,
    /// "Tổ chức thực hiện", "Kinh phí".
    Org,
}

/// A deadline as a rule; due dates follow from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// See [`DeadlineKind`].
    pub kind: DeadlineKind,
    /// Grammar by kind: date `2025-12-15`, `A/B`, `A/..`; month `2025-12`; quarter `2026-Q3`, `A/B`, `A/..`;
    /// year `2025`, `A/B`, `A/..`, `A,B`; annual none, `MM-DD`, `MM` or a comma list; periodic `monthly-20`, `weekly-5`, `quarterly`.
    pub value: Option<String>,
}

/// Kinds of deadline rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// A day.
    Date,
    /// A month of a year.
    Month,
    /// A quarter.
    Quarter,
    /// A year or several.
    Year,
    /// Every year.
    Annual,
    /// "thường xuyên".
    Continuous,
    /// Depends on something else happening.
    Event,
    /// Every month, week or quarter.
    Periodic,
    /// None printed.
    None,
}

/// One piece of work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Path of printed numbers ("II.2.1", "PL.3", "II.1#2"); unique within the paper.
    #[serde(rename = "ref")]
    pub anchor: String,
    /// Nearest descriptive heading above, or the row's own name.
    pub heading: Option<String>,
    /// The task's own words, label and number removed.
    pub text: String,
    /// First 60 characters of `text`, right-trimmed.
    pub text_start: String,
    /// Where the words stand.
    pub span: Span,
    /// Who carries the work, as printed.
    pub lead: Vec<Field<String>>,
    /// Who helps, as printed.
    pub coordinating: Vec<Field<String>>,
    /// Product expected, when printed ("Sản phẩm").
    pub product: Option<String>,
    /// Words of the deadline as printed, label removed.
    pub deadline_text: Option<Field<String>>,
    /// The rule read from them.
    pub deadline: Deadline,
    /// Further deadlines in the same task.
    pub deadlines_more: Vec<Deadline>,
    /// Order or request.
    pub force: Force,
    /// Content or organisation.
    pub class: TaskClass,
    /// Stands in a table row.
    pub in_table: bool,
    /// 0 to 1.
    pub confidence: f32,
}

/// Something a person should know about the paper or the reading of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable key ("number_blank", "symbol_deviates", "ocr_noise"…), translated on screen.
    pub code: String,
    /// Vietnamese sentence with the particulars.
    pub message: String,
    /// Where, when it has a place.
    pub span: Option<Span>,
}
