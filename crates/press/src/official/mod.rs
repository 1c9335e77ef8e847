//! An official paper as its author thinks of it: who issues it, what it says, who signs. How it looks on the page follows from Nghị định 30/2020
//! (`Printed`), once for every format.

mod blocks;
mod grid;
mod layout;
mod measure;
mod printed;
mod text;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use layout::Layout;
pub use text::{Run, Text};

pub(crate) use grid::{Slot, settle as settle_grid};
#[cfg(feature = "png")]
pub(crate) use measure::FONTS;

pub(crate) use blocks::{PrintedBlock, PrintedTable};
pub(crate) use layout::{HEIGHT, WIDTH};
pub(crate) use printed::{Printed, PrintedAnnex};
pub(crate) use text::clean;

/// Why a paper could not be laid out.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// A measure outside what the decree allows.
    #[error("{what} là {value} {unit}, ngoài khoảng {low}–{high} {unit} mà thể thức cho phép")]
    Layout {
        /// Which measure, in Vietnamese.
        what: &'static str,
        /// What was asked for.
        value: f32,
        /// Millimetres, points or lines.
        unit: &'static str,
        /// Least allowed.
        low: f32,
        /// Most allowed.
        high: f32,
    },
    /// A reference that a word processor could not keep.
    #[error("Mã tham chiếu “{0}” phải có từ 1 đến 64 ký tự và không có ký tự điều khiển")]
    Reference(String),
    /// The typesetter refused.
    #[error("Không dàn được trang: {0}")]
    Typesetting(String),
    /// The package could not be put together.
    #[error("Không ghi được tệp: {0}")]
    Unwritable(String),
}

/// One official paper: what its author decides.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Official {
    /// Body above the issuer ("Ủy ban nhân dân tỉnh Thái Nguyên"), printed in capitals.
    pub superior: Option<String>,
    /// Body that issues it, printed in capitals. A line break in it is kept.
    pub issuer: String,
    /// Number; without one a gap is left for the registry.
    pub number: Option<u32>,
    /// Symbol after the number ("BC-STP").
    pub symbol: String,
    /// Place before the date.
    pub place: String,
    /// Date; without one gaps are left for day and month.
    pub date: Option<NaiveDate>,
    /// Year printed while the date is open.
    pub year: Option<i32>,
    /// Name of the kind ("Báo cáo"), printed in capitals; `None` is a công văn, whose title stands under the number.
    pub kind: Option<String>,
    /// Trích yếu, without "V/v".
    pub title: String,
    /// Kính gửi, one body each.
    pub addressees: Vec<String>,
    /// Căn cứ, without the closing signs.
    pub bases: Vec<Text>,
    /// What it says.
    pub body: Vec<Block>,
    /// Who signs.
    pub signature: Signature,
    /// Nơi nhận without dashes and closing signs; the last is the keeper ("Lưu: VT, PBGDPL").
    pub recipients: Vec<String>,
    /// Mark of the person who drafted it, after the keeper.
    pub drafter: Option<String>,
    /// Degree of urgency.
    pub urgency: Option<Urgency>,
    /// Phụ lục, in order; numbered when there are several.
    pub annexes: Vec<Annex>,
}

/// Degree of urgency stamped on a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// KHẨN.
    Urgent,
    /// THƯỢNG KHẨN.
    VeryUrgent,
    /// HỎA TỐC.
    Express,
}

/// The signature block.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Signature {
    /// Lines of authority from the outside in ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH").
    pub authority: Vec<String>,
    /// Position of the person who signs ("PHÓ CHỦ TỊCH").
    pub position: String,
    /// A second position printed below it.
    pub concurrent: Option<String>,
    /// Name; without one a gap is left.
    pub name: Option<String>,
}

/// A piece of the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// A heading as its author numbers it.
    Heading {
        /// How deep.
        level: Level,
        /// The number as printed ("Phần I", "II.", "1.", "a)"); may be empty.
        label: String,
        /// The words.
        text: Text,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        text: Text,
    },
    /// Items with a dash each.
    Bullets {
        /// The items.
        items: Vec<Text>,
    },
    /// A line in the middle, in bold ("QUYẾT ĐỊNH:").
    Centred {
        /// The words.
        text: Text,
    },
    /// A table.
    Table(Table),
}

/// Levels of a body, from the outside in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Phần: number and name centred on lines of their own.
    Part,
    /// Chương: likewise.
    Chapter,
    /// Mục: likewise.
    Section,
    /// "I.": bold.
    Roman,
    /// "1.": bold.
    Arabic,
    /// "1.1.": bold and italic.
    Decimal,
    /// "a)": italic.
    Letter,
    /// Điều: the number in bold, the name too.
    Article,
}

/// A table whose head comes back on every page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows of the head.
    pub head: Vec<Vec<Cell>>,
    /// Rows below it.
    pub rows: Vec<Vec<Cell>>,
    /// Name above the table.
    pub caption: Option<String>,
    /// Note below it.
    pub note: Option<String>,
    /// Size of its letters in points, 9 to 14; one less than the body's when not given.
    pub size: Option<f32>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Share of the table's width.
    pub weight: f32,
    /// Where its words stand.
    pub align: Align,
}

/// Where words stand in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// Right, for figures.
    Right,
}

/// A cell, which may cover several columns and rows; covered cells are left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cell {
    /// The words.
    pub text: Text,
    /// Columns it covers, from 1.
    pub columns: usize,
    /// Rows it covers, from 1.
    pub rows: usize,
}

impl Default for Cell {
    fn default() -> Self {
        Self { text: Text::default(), columns: 1, rows: 1 }
    }
}

impl Cell {
    /// A cell of its own column and row.
    pub fn of(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A cell over several columns and rows.
    pub fn over(text: impl Into<Text>, columns: usize, rows: usize) -> Self {
        Self { text: text.into(), columns, rows }
    }
}

impl Column {
    /// A column of this share of the width.
    pub fn new(weight: f32, align: Align) -> Self {
        Self { weight, align }
    }
}

/// A phụ lục on pages of its own, numbered from one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Annex {
    /// Its name, printed in capitals.
    pub title: String,
    /// On its side?
    pub landscape: bool,
    /// What it holds.
    pub body: Vec<Block>,
}
