//! A form as a workbook: filled in Excel without a line to the network, sent back, read with the address of every cell.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, ProtectionOptions,
    Workbook, Worksheet, XlsxError,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::official::{Cell, Slot, settle_grid};
use crate::sheet::{SheetError, cell_text};

/// What an input cell may say instead of a number.
pub const NONE: &str = "không phát sinh";
/// What an input cell may say when the work is not the agency's.
pub const UNASSIGNED: &str = "không được giao";

/// The hidden sheet that says what the workbook is.
const IDENTITY: &str = "lantoa";

/// Which report the workbook holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FormIdentity {
    /// Key of the form ("09e-btp-pbgdpl").
    pub form: String,
    /// Version of its definition.
    pub version: String,
    /// Key of the period ("2026-H1").
    pub period: String,
    /// The agency that reports.
    pub agency: String,
    /// Hash of the definition.
    pub hash: String,
    /// The very report: its identity changes with each revision.
    pub report: String,
}

/// A form to be filled in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormBook {
    /// Which report.
    pub identity: FormIdentity,
    /// Lines above the table: name of the form, period, agency, unit.
    pub titles: Vec<String>,
    /// Widths of the columns in characters.
    pub widths: Vec<f64>,
    /// Rows of the head, with merged cells.
    pub head: Vec<Vec<Cell>>,
    /// Words that cannot be changed: row below the head and column, both from 0.
    pub labels: Vec<(u32, u16, String)>,
    /// Cells to be filled in.
    pub cells: Vec<FormCell>,
}

/// A cell to be filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct FormCell {
    /// Key of the value.
    pub key: String,
    /// Row below the head, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u16,
    /// What it takes.
    pub kind: FormKind,
    /// What stands in it now: a number, [`NONE`], [`UNASSIGNED`], a text, or nothing.
    pub value: String,
    /// What to fill in, shown when the cell is chosen; at most 255 characters are.
    pub hint: String,
}

/// What a cell takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// A whole number within bounds, [`NONE`] or [`UNASSIGNED`].
    Number {
        /// Least.
        min: i64,
        /// Most.
        max: Option<i64>,
    },
    /// A number with so many decimals, [`NONE`] or [`UNASSIGNED`].
    Decimal {
        /// Most decimals.
        places: u8,
    },
    /// Words.
    Text,
}

/// One cell of a workbook that came back.
#[derive(Debug, Clone, PartialEq)]
pub struct FormEntry {
    /// Key of the value.
    pub key: String,
    /// Where it stands ("D12").
    pub address: String,
    /// What stood there when the workbook was written.
    pub was: String,
    /// What stands there; empty when nothing does.
    pub raw: String,
    /// The same as a number, when the program that filled it in took it for one.
    pub number: Option<f64>,
}

/// Most bytes that the parts of a workbook may have together once unpacked.
const UNPACKED: u64 = 64 << 20;

/// The form as a workbook: only its input cells can be changed, and they refuse what the form cannot take.
///
/// # Errors
/// [`SheetError::Unwritable`].
pub fn write_form_book(book: &FormBook) -> Result<Vec<u8>, SheetError> {
    write(book).map_err(|e| SheetError::Unwritable(e.to_string()))
}

fn write(book: &FormBook) -> Result<Vec<u8>, XlsxError> {
    let mut out = Workbook::new();
    out.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let page = out.add_worksheet();
    page.set_name("Biểu")?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    for (column, width) in (0u16..).zip(&book.widths) {
        page.set_column_width(column, *width)?;
    }
    let first = write_head(page, book)?;
    let words = base().set_text_wrap().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
    for (row, column, text) in &book.labels {
        page.write_with_format(first + row, *column, text, &words)?;
    }
    for cell in &book.cells {
        write_input(page, first + cell.row, cell)?;
    }
    page.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::new()
    });
    let hidden = out.add_worksheet();
    hidden.set_name(IDENTITY)?.set_very_hidden(true);
    for (row, texts) in (0u32..).zip(identity_rows(book, first)) {
        for (column, text) in (0u16..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            hidden.write(row, column, text)?;
        }
    }
    hidden.protect();
    out.save_to_buffer()
}

fn base() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12)
}

/// Titles and head; the first row below them.
fn write_head(page: &mut Worksheet, book: &FormBook) -> Result<u32, XlsxError> {
    let title = base().set_bold();
    let head = base()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    let mut row = 0u32;
    for line in &book.titles {
        page.write_with_format(row, 0, line, &title)?;
        row += 1;
    }
    let top = row;
    let columns = book.head.iter().map(|row| row.iter().map(|cell| cell.columns).sum()).max().unwrap_or(0);
    for slots in settle_grid(&book.head, columns.max(book.widths.len())) {
        let mut column = 0u16;
        for slot in slots {
            let (covers, cell) = match &slot {
                Slot::Cell(cell) => (cell.columns, Some(cell)),
                Slot::Covered(covers) => (*covers, None),
            };
            let covers = u16::try_from(covers.max(1)).unwrap_or(1);
            if let Some(cell) = cell {
                let down = u32::try_from(cell.rows).unwrap_or(1);
                if covers > 1 || down > 1 {
                    page.merge_range(row, column, row + down - 1, column + covers - 1, &cell.text.words(), &head)?;
                } else {
                    page.write_with_format(row, column, cell.text.words(), &head)?;
                }
            }
            column += covers;
        }
        row += 1;
    }
    page.set_freeze_panes(row, 0)?;
    if row > top {
        page.set_repeat_rows(top, row - 1)?;
    }
    Ok(row)
}

fn write_input(page: &mut Worksheet, row: u32, cell: &FormCell) -> Result<(), XlsxError> {
    let input = base().set_unlocked().set_border(FormatBorder::Thin).set_background_color("FFF9E5");
    let (rule, input) = match cell.kind {
        FormKind::Number { min, max } => {
            let at = address(row, cell.column);
            let most = max.map(|max| format!(",{at}<={max}")).unwrap_or_default();
            let formula = format!(
                "=OR(AND(ISNUMBER({at}),{at}=INT({at}),{at}>={min}{most}),{at}=\"{NONE}\",{at}=\"{UNASSIGNED}\")"
            );
            let bounds = match max {
                Some(max) => format!("từ {min} đến {max}"),
                None => format!("từ {min} trở lên"),
            };
            let error = format!("Hãy nhập số nguyên {bounds}, hoặc ghi “{NONE}”, “{UNASSIGNED}”.");
            let rule = DataValidation::new().allow_custom(Formula::new(formula)).set_error_message(error)?;
            (rule, input.set_num_format("#,##0").set_align(FormatAlign::Right))
        }
        FormKind::Decimal { places } => {
            let at = address(row, cell.column);
            let formula =
                format!("=OR(AND(ISNUMBER({at}),ROUND({at},{places})={at}),{at}=\"{NONE}\",{at}=\"{UNASSIGNED}\")");
            let error =
                format!("Hãy nhập số, nhiều nhất {places} chữ số thập phân, hoặc ghi “{NONE}”, “{UNASSIGNED}”.");
            let rule = DataValidation::new().allow_custom(Formula::new(formula)).set_error_message(error)?;
            (rule, input.set_num_format("#,##0.###").set_align(FormatAlign::Right))
        }
        FormKind::Text => (DataValidation::new().allow_any_value(), input.set_text_wrap()),
    };
    let hint: String = cell.hint.chars().take(255).collect();
    let rule = rule.set_error_title("Chưa đúng")?.set_input_message(hint)?;
    page.add_data_validation(row, cell.column, row, cell.column, &rule)?;
    match (cell.kind, cell.value.parse::<f64>()) {
        (FormKind::Number { .. } | FormKind::Decimal { .. }, Ok(number)) if number.is_finite() => {
            page.write_with_format(row, cell.column, number, &input)?
        }
        _ if cell.value.is_empty() => page.write_blank(row, cell.column, &input)?,
        _ => page.write_with_format(row, cell.column, &cell.value, &input)?,
    };
    Ok(())
}

/// How many rows say which report it is; the seal follows them.
const IDENTIFYING: usize = 6;

/// Rows of the hidden sheet: the identity, a seal over everything, then key, address and first content of each cell.
fn identity_rows(book: &FormBook, first: u32) -> Vec<[String; 3]> {
    let id = &book.identity;
    let mut rows: Vec<[String; 3]> = [
        ("form", &id.form),
        ("version", &id.version),
        ("period", &id.period),
        ("agency", &id.agency),
        ("hash", &id.hash),
        ("report", &id.report),
    ]
    .map(|(name, value)| [name.to_owned(), value.clone(), String::new()])
    .to_vec();
    let cells = book.cells.iter();
    rows.extend(cells.map(|cell| [cell.key.clone(), address(first + cell.row, cell.column), plain(&cell.value)]));
    rows.insert(IDENTIFYING, ["seal".to_owned(), seal(&rows), String::new()]);
    rows
}

/// A text as it comes back from a workbook.
fn plain(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>().trim().to_owned()
}

/// A sum over what the hidden sheet says; it shows that the sheet was changed, not by whom.
fn seal(rows: &[[String; 3]]) -> String {
    let mut sum = Sha256::new();
    for text in rows.iter().flatten() {
        sum.update((text.len() as u64).to_be_bytes());
        sum.update(text);
    }
    sum.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Row and column from 0 → "D12".
pub fn address(row: u32, column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), row + 1)
}

/// "D12" → row and column from 0.
fn place(address: &str) -> Option<(u32, u32)> {
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = address.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0u32, |sum, letter| {
        letter.is_ascii_uppercase().then(|| sum.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)).flatten()
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// Reads a workbook that came back: which report it is, and what stands in each input cell.
///
/// # Errors
/// [`SheetError::Unreadable`] when it is no workbook, none of ours, or its hidden sheet was changed.
pub fn read_form_book(bytes: &[u8]) -> Result<(FormIdentity, Vec<FormEntry>), SheetError> {
    let foreign = || {
        SheetError::Unreadable("tệp này không phải biểu mẫu tải về từ hệ thống, hoặc cấu trúc đã bị thay đổi".into())
    };
    let unreadable = |e: calamine::XlsxError| SheetError::Unreadable(e.to_string());
    small_enough(bytes)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let hidden = book.worksheet_range(IDENTITY).map_err(|_| foreign())?;
    let text = |cell: Option<&Data>| cell.map(cell_text).unwrap_or_default();
    let texts = |row: &[Data]| [0, 1, 2].map(|column| text(row.get(column)));
    let mut rows: Vec<[String; 3]> = hidden.rows().map(texts).collect();
    if rows.len() <= IDENTIFYING || rows.remove(IDENTIFYING)[1] != seal(&rows) {
        return Err(foreign());
    }
    let entries = rows.split_off(IDENTIFYING);
    let mut values = rows.into_iter().map(|[_, value, _]| value);
    let mut next = || values.next().unwrap_or_default();
    let identity =
        FormIdentity { form: next(), version: next(), period: next(), agency: next(), hash: next(), report: next() };
    let sheet = book.worksheet_range_at(0).ok_or_else(foreign)?.map_err(unreadable)?;
    let entries = entries.into_iter().map(|[key, address, was]| {
        let there = sheet.get_value(place(&address).ok_or_else(foreign)?);
        let number = match there {
            Some(Data::Float(number)) => Some(*number),
            #[expect(clippy::cast_precision_loss, reason = "a spreadsheet holds doubles")]
            Some(Data::Int(number)) => Some(*number as f64),
            _ => None,
        };
        Ok(FormEntry { key, address, was, raw: plain(&text(there)), number })
    });
    Ok((identity, entries.collect::<Result<_, SheetError>>()?))
}

/// Refuses an archive that would fill the memory.
fn small_enough(bytes: &[u8]) -> Result<(), SheetError> {
    let damaged = |_| SheetError::Unreadable("tệp không phải là tệp Excel (.xlsx), hoặc đã hỏng".into());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut whole = 0u64;
    for n in 0..archive.len() {
        whole = whole.saturating_add(archive.by_index_raw(n).map_err(damaged)?.size());
    }
    if whole > UNPACKED {
        return Err(SheetError::Unreadable("tệp giải nén ra quá lớn".into()));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
