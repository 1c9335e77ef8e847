//! XLSX and CSV, both ways.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook};

/// Why a workbook could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// Not a workbook, or damaged.
    #[error("Không đọc được bảng tính: {0}")]
    Unreadable(String),
    /// Cannot be written.
    #[error("Không ghi được bảng tính: {0}")]
    Unwritable(String),
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A figure.
    Number(f64),
    /// A day: year, month, day.
    Date(u16, u8, u8),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Cell::Number(number as f64)
    }
}

/// One sheet of a workbook: a heading row, then rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// Columns: heading and width in characters.
    pub columns: Vec<(String, f64)>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A workbook of these sheets as bytes.
///
/// # Errors
/// [`SheetError::Unwritable`], for instance when a sheet has too many rows.
pub fn write_workbook(sheets: &[Sheet]) -> Result<Vec<u8>, SheetError> {
    let fail = |e: rust_xlsxwriter::XlsxError| SheetError::Unwritable(e.to_string());
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top);
    let mut book = Workbook::new();
    // the same rows give the same bytes
    let day_one = ExcelDateTime::from_ymd(2000, 1, 1).map_err(fail)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day_one));
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name).map_err(fail)?;
        for (column, (title, width)) in (0u16..).zip(&sheet.columns) {
            page.write_with_format(0, column, title, &head).map_err(fail)?;
            page.set_column_width(column, *width).map_err(fail)?;
        }
        page.set_freeze_panes(1, 0).map_err(fail)?;
        for (row, cells) in (1u32..).zip(&sheet.rows) {
            for (column, cell) in (0u16..).zip(cells) {
                match cell {
                    Cell::Text(text) => page.write_with_format(row, column, text, &wrap).map_err(fail)?,
                    Cell::Number(number) => page.write(row, column, *number).map_err(fail)?,
                    Cell::Date(y, m, d) => {
                        let date = ExcelDateTime::from_ymd(*y, *m, *d).map_err(fail)?;
                        page.write_with_format(row, column, &date, &day).map_err(fail)?
                    }
                    Cell::Empty => continue,
                };
            }
        }
        if let (Ok(last_row), Some(last_column)) = (u32::try_from(sheet.rows.len()), sheet.columns.len().checked_sub(1))
        {
            let last_column = u16::try_from(last_column).unwrap_or(u16::MAX);
            page.autofilter(0, 0, last_row, last_column).map_err(fail)?;
        }
    }
    book.save_to_buffer().map_err(fail)
}

/// A sheet as CSV in UTF-8 with a byte order mark, so that a spreadsheet program reads the letters right. A text that such a program would take for a
/// formula gets an apostrophe in front.
pub fn write_csv(sheet: &Sheet) -> Vec<u8> {
    let heads = sheet.columns.iter().map(|(title, _)| Cell::from(title.as_str())).collect();
    let mut out = String::from("\u{feff}");
    for row in std::iter::once(&heads).chain(&sheet.rows) {
        let cells: Vec<String> = row.iter().map(csv_cell).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn csv_cell(cell: &Cell) -> String {
    let text = match cell {
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@']) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(year, month, day) => format!("{day:02}/{month:02}/{year}"),
        Cell::Empty => String::new(),
    };
    if text.contains(['"', ',', '\n', '\r', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The rows of the first sheet as text, heading row included; CSV (comma, semicolon or tab) is read too.
///
/// # Errors
/// [`SheetError::Unreadable`].
pub fn read_rows(bytes: &[u8]) -> Result<Vec<Vec<String>>, SheetError> {
    if !bytes.starts_with(b"PK") && !bytes.starts_with(&[0xD0, 0xCF]) {
        return Ok(read_csv(bytes));
    }
    let unreadable = |e: calamine::Error| SheetError::Unreadable(e.to_string());
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = book
        .worksheet_range_at(0)
        .ok_or_else(|| SheetError::Unreadable("không có trang tính nào".into()))?
        .map_err(unreadable)?;
    Ok(sheet.rows().map(|row| row.iter().map(cell_text).collect()).collect())
}

pub(crate) fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{day:02}/{month:02}/{year}")
        }
        other => other.to_string().trim().to_owned(),
    }
}

fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|c| first.matches(*c).count()).unwrap_or(',');
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(row) = rows.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                if let Some(cell) = row.last_mut() {
                    cell.push('"');
                }
            }
            '"' => quoted = !quoted,
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c if c == separator && !quoted => row.push(String::new()),
            c => {
                if let Some(cell) = row.last_mut() {
                    cell.push(c);
                }
            }
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    for cell in rows.iter_mut().flatten() {
        *cell = cell.trim().to_owned();
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_comes_back_as_written() {
        let sheet = Sheet {
            name: "Cơ quan".into(),
            columns: vec![("Tên".into(), 40.0), ("Số".into(), 8.0), ("Ngày".into(), 12.0)],
            rows: vec![vec!["Sở Tư pháp".into(), 12i64.into(), Cell::Date(2026, 11, 9)]],
        };
        let rows = read_rows(&write_workbook(&[sheet]).unwrap()).unwrap();
        assert_eq!(rows, [["Tên", "Số", "Ngày"], ["Sở Tư pháp", "12", "09/11/2026"]]);
    }

    #[test]
    fn csv_comes_back_as_written_and_holds_no_formula() {
        let columns = vec![("Tên".into(), 40.0), ("Ngày".into(), 12.0)];
        let row = vec!["Sở \"A\", B; C".into(), Cell::Date(2026, 11, 9)];
        let sheet = Sheet { name: "Cơ quan".into(), columns, rows: vec![row, vec!["=1+1".into(), Cell::Empty]] };
        let rows = read_rows(&write_csv(&sheet)).unwrap();
        assert_eq!(rows, [["Tên", "Ngày"], ["Sở \"A\", B; C", "09/11/2026"], ["'=1+1", ""]]);
    }

    #[test]
    fn csv_is_read_with_any_usual_separator() {
        let rows = read_rows("Tên;Ghi chú\r\n\"Sở; ban\";\"nói \"\"có\"\"\"\n".as_bytes()).unwrap();
        assert_eq!(rows, [["Tên", "Ghi chú"], ["Sở; ban", "nói \"có\""]]);
        assert!(read_rows(b"PK\x03\x04nonsense").is_err());
    }
}
