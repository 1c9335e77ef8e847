//! Lists and tables of a paper that are written by the facts alone.

use press::{Align, Column, Run, Table, TableCell, Text};

use super::{
    compose::Writer,
    draft::Block,
    facts::{Place, Silence, printed},
    reference::Reference,
};
use crate::reporting::model::{
    form::{Cell, Severity, header_rows},
    value::{Values, display},
};

/// Most columns that still can be read on a page.
const MOST_COLUMNS: usize = 24;

pub(super) fn late(w: &mut Writer<'_>, block: &Block) -> Vec<Text> {
    let units: Vec<_> = w.facts.late.iter().take(block.most()).cloned().collect();
    let mut out = Vec::new();
    for (at, unit) in units.into_iter().enumerate() {
        let days = w.figure(&format!("muon.{}", at + 1), unit.days.to_string(), unit.link);
        let (before, after) =
            if unit.sent { (": gửi chậm ", " ngày") } else { (": chưa gửi, quá hạn ", " ngày") };
        out.push(vec![Run::plain(unit.name), Run::plain(before), days, Run::plain(after)].into());
    }
    out
}

pub(super) fn difficulties(w: &mut Writer<'_>, block: &Block) -> Vec<Text> {
    let wanted = |cell: &String| cell.is_empty() || block.cells.is_empty() || block.cells.contains(cell);
    let found: Vec<_> =
        w.facts.difficulties.iter().filter(|one| wanted(&one.cell)).take(block.most()).cloned().collect();
    let mut out = Vec::new();
    for (at, one) in found.into_iter().enumerate() {
        let words = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let run = w.figure(&format!("khokhan.{}", at + 1), words, one.link);
        out.push(vec![run, Run::italic(format!(" ({})", one.agency))].into());
    }
    out
}

/// The numeric cells that a block names, or all.
fn cells(w: &mut Writer<'_>, block: &Block, at: usize) -> Vec<Cell> {
    let form = w.facts.now.form.clone();
    for key in block.cells.iter().filter(|key| form.cell(key).is_none()) {
        w.find(Severity::Error, Some(at), format!("Biểu không có ô “{key}”."));
    }
    let named = |cell: &&Cell| block.cells.is_empty() || block.cells.contains(&cell.key);
    let cells: Vec<Cell> = form.cells.iter().filter(|cell| cell.kind.numeric()).filter(named).cloned().collect();
    if cells.is_empty() {
        w.find(Severity::Error, Some(at), "Bảng không có ô số liệu nào.");
    }
    cells
}

/// Widths of columns of figures: as wide as their longest figure asks for.
fn widths(rows: &[Vec<TableCell>], from: usize, count: usize) -> impl Iterator<Item = Column> {
    let longest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.text.words().chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<f32> = (from..from + count)
        .map(|column| {
            #[expect(clippy::cast_precision_loss, reason = "a few characters")]
            let wide = longest(column).min(24) as f32 * 0.19;
            wide.max(1.3)
        })
        .collect();
    widths.into_iter().map(|weight| Column::new(weight, Align::Right))
}

/// A figure, or the sign that there is none.
fn value(w: &mut Writer<'_>, id: &str, place: Place, cell: &Cell, values: &Values) -> TableCell {
    match values.get(&cell.key) {
        Some(value) => {
            let text = printed(cell.kind, value);
            TableCell::of(w.figure(id, text, place.cell(&cell.key)))
        }
        None => TableCell::of("–"),
    }
}

/// A reference in a cell of a table; a gap where it says nothing.
fn said(w: &mut Writer<'_>, id: &str, reference: &Reference) -> TableCell {
    match w.facts.say(reference) {
        Ok(said) => TableCell::of(w.figure(id, said.text, said.link)),
        Err(Silence::Unknown(_) | Silence::Missing(_)) => TableCell::of("–"),
    }
}

pub(super) fn comparison(w: &mut Writer<'_>, block: &Block, at: usize) -> Option<Table> {
    let cells = cells(w, block, at);
    if w.facts.before.is_none() {
        let message = format!("Không có số liệu cùng kỳ ({}) để so sánh.", w.facts.before_name);
        w.find(Severity::Warn, Some(at), message);
    }
    let head = [
        "TT",
        "Chỉ tiêu",
        "Đơn vị tính",
        &w.facts.before_name.clone(),
        &w.facts.period.clone(),
        "Tăng, giảm",
        "Tỷ lệ (%)",
    ];
    let mut rows = Vec::new();
    for (n, cell) in cells.iter().enumerate() {
        let key = cell.key.clone();
        let mut row = vec![
            TableCell::of((n + 1).to_string()),
            TableCell::of(cell.label.as_str()),
            TableCell::of(cell.unit.as_str()),
        ];
        for (word, reference) in [
            ("truoc", Reference::Before(key.clone())),
            ("ky", Reference::Cell(key.clone())),
            ("tang", Reference::Change(key.clone())),
            ("tyle", Reference::Percent(key.clone())),
        ] {
            row.push(said(w, &format!("{word}.{key}"), &reference));
        }
        rows.push(row);
    }
    let columns = [(0.6, Align::Centre), (3.6, Align::Left), (1.3, Align::Centre)];
    let columns = columns.into_iter().map(|(weight, align)| Column::new(weight, align));
    let columns = columns.chain(widths(&rows, 3, 4)).collect();
    let head = vec![head.map(|text| TableCell::of(Text::from(Run::bold(text)))).to_vec()];
    (!rows.is_empty()).then(|| Table { columns, head, rows, size: Some(12.0), ..Table::default() })
}

/// Name of a people's committee as tables call it: by its locality.
fn short(name: &str) -> String {
    let Some(place) = name.strip_prefix("Ủy ban nhân dân ") else { return name.to_owned() };
    let mut chars = place.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

pub(super) fn units(w: &mut Writer<'_>, block: &Block, at: usize) -> Option<Table> {
    let cells = cells(w, block, at);
    if cells.is_empty() {
        return None;
    }
    if cells.len() > MOST_COLUMNS {
        w.find(Severity::Warn, Some(at), format!("Bảng có {} cột, khó đọc trên giấy; hãy chọn bớt ô.", cells.len()));
    }
    let bold = |text: String, columns, rows| TableCell::over(Text::from(Run::bold(text)), columns, rows);
    let mut head = Vec::new();
    let levels = header_rows(cells.iter());
    for (n, level) in levels.iter().enumerate() {
        let mut row = Vec::new();
        if n == 0 {
            row.push(bold("TT".into(), 1, levels.len()));
            row.push(bold("Đơn vị".into(), 1, levels.len()));
        }
        row.extend(level.iter().map(|cell| bold(cell.text.clone(), cell.columns, cell.rows)));
        head.push(row);
    }
    let mut rows = Vec::new();
    let units = w.facts.units.clone();
    for (n, unit) in units.iter().enumerate() {
        let mut row = vec![TableCell::of((n + 1).to_string()), TableCell::of(short(&unit.name))];
        for cell in &cells {
            row.push(value(w, &format!("ky.{}@{}", cell.key, unit.id), unit.place, cell, &unit.values));
        }
        rows.push(row);
    }
    let mut total = vec![TableCell::of(""), bold("Tổng số".into(), 1, 1)];
    let now = w.facts.now.clone();
    for cell in &cells {
        total.push(value(w, &format!("ky.{}", cell.key), now.place, cell, &now.values));
    }
    rows.push(total);
    let columns = [Column::new(0.7, Align::Centre), Column::new(3.4, Align::Left)];
    let columns = columns.into_iter().chain(widths(&rows, 2, cells.len())).collect();
    let size = if cells.len() > 8 { 9.0 } else { 11.0 };
    let note = (w.facts.cover.1 > 0).then(|| {
        let (counted, expected) = w.facts.cover;
        format!("Số liệu của {counted}/{expected} đơn vị có báo cáo đã duyệt.")
    });
    Some(Table { columns, head, rows, note, size: Some(size), ..Table::default() })
}

/// A printed figure as a number for a workbook.
pub fn number(text: &str) -> Option<f64> {
    crate::reporting::model::value::parse_number(text.trim_start_matches('+')).filter(|number| {
        let again = display(*number);
        again == text.trim_start_matches('+')
    })
}
