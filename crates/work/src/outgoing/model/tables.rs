//! Lists and tables of a paper that are written by the facts alone.

use press::{Align, Block as Printed, Column, Run, Table, TableCell, Text};

use super::{
    compose::Writer,
    draft::Block,
    facts::{Difficulty, Place, Silence, printed},
    reference::{Against, Reference},
};
use crate::reporting::model::{
    form::{Cell, Kind as CellKind, Severity, header_rows},
    value::{Value, Values, display},
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

/// Agencies that are named after words which several of them wrote.
const NAMED: usize = 4;

/// Words that agencies wrote, the same words once with all who wrote them.
struct Alike {
    text: String,
    agencies: Vec<String>,
    /// Who wrote it where, each place once.
    writers: Vec<(String, String)>,
}

fn alike<'a>(found: impl Iterator<Item = &'a Difficulty>) -> Vec<Alike> {
    let mut out: Vec<Alike> = Vec::new();
    for one in found {
        let text = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let same = |other: &&mut Alike| other.text.to_lowercase() == text.to_lowercase();
        let writer = (one.agency.clone(), one.link.clone());
        match out.iter_mut().find(same) {
            Some(other) => {
                if !other.agencies.contains(&one.agency) {
                    other.agencies.push(one.agency.clone());
                }
                other.writers.push(writer);
            }
            None => out.push(Alike { text, agencies: vec![one.agency.clone()], writers: vec![writer] }),
        }
    }
    // What most have said comes first; the order of the table among equals.
    out.sort_by_key(|one| std::cmp::Reverse(one.agencies.len()));
    out
}

/// "xã Mẫu, xã Khác và 6 đơn vị khác".
fn named(agencies: &[String]) -> String {
    let mut names: Vec<String> = agencies.iter().take(NAMED).map(|name| short(name)).collect();
    let rest = agencies.len().saturating_sub(NAMED);
    match (rest, names.pop()) {
        (0, Some(last)) if names.is_empty() => last,
        (0, Some(last)) => format!("{} và {last}", names.join(", ")),
        (rest, last) => {
            names.extend(last);
            format!("{} và {rest} đơn vị khác", names.join(", "))
        }
    }
}

fn items(w: &mut Writer<'_>, found: Vec<Alike>, (word, most): (&str, usize)) -> Vec<Text> {
    let mut out = Vec::new();
    for (at, one) in found.into_iter().take(most).enumerate() {
        let id = format!("{word}.{}", at + 1);
        let link = match one.writers.as_slice() {
            [(_, link)] => link.clone(),
            _ => format!("{}/nguon/{id}", w.facts.page),
        };
        let run = w.figure(&id, one.text, link);
        if let Some(source) = w.sources.get_mut(&id).filter(|_| one.writers.len() > 1) {
            source.writers = one.writers;
        }
        out.push(vec![run, Run::italic(format!(" ({})", named(&one.agencies)))].into());
    }
    out
}

pub(super) fn difficulties(w: &mut Writer<'_>, block: &Block) -> Vec<Text> {
    let wanted = |one: &&Difficulty| one.cell.is_empty() || block.cells.is_empty() || block.cells.contains(&one.cell);
    let found = alike(w.facts.difficulties.iter().filter(wanted));
    items(w, found, ("khokhan", block.most()))
}

/// The words of the agency's own report, one paragraph a line; where it writes none, those of the agencies that report to it.
pub(super) fn answers(w: &mut Writer<'_>, block: &Block, at: usize) -> Vec<Printed> {
    let form = w.facts.now.form.clone();
    for key in block.cells.iter().filter(|key| form.cell(key).is_none()) {
        w.find(Severity::Error, Some(at), format!("Biểu không có ô “{key}”."));
    }
    let wanted =
        |cell: &&Cell| cell.kind == CellKind::Text && (block.cells.is_empty() || block.cells.contains(&cell.key));
    let mut out = Vec::new();
    for cell in form.cells.iter().filter(wanted) {
        let own = w.facts.now.values.get(&cell.key).cloned();
        if let Some(Value::Text(text)) = own.filter(|own| matches!(own, Value::Text(text) if !text.trim().is_empty())) {
            let link = w.facts.now.place.cell(&cell.key);
            for (n, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
                let run = w.figure(&format!("loivan.{}.{}", cell.key, n + 1), line.to_owned(), link.clone());
                out.push(Printed::Paragraph { text: run.into() });
            }
            continue;
        }
        let found = alike(w.facts.difficulties.iter().filter(|one| one.cell == cell.key));
        let items = items(w, found, (&format!("loivan.{}", cell.key), block.most()));
        if items.is_empty() {
            w.find(Severity::Warn, Some(at), format!("Chưa có lời văn ở mục “{}” của biểu.", cell.label));
        } else {
            out.push(Printed::Bullets { items });
        }
    }
    if out.is_empty() {
        out.push(Printed::Paragraph { text: "Không có.".into() });
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
            wide.max(1.6)
        })
        .collect();
    widths.into_iter().map(|weight| Column::new(weight, Align::Right))
}

/// "Không phát sinh" and "không được giao" as a narrow column shows them, and what stands below the table about them.
const SHORT: [(Value, &str, &str); 2] =
    [(Value::None, "KPS", "KPS: không phát sinh."), (Value::Unassigned, "KĐG", "KĐG: không được giao.")];

/// A figure, or the sign that there is none.
fn value(w: &mut Writer<'_>, id: &str, place: Place, cell: &Cell, values: &Values) -> TableCell {
    match values.get(&cell.key) {
        Some(value) => {
            let short = SHORT.iter().find(|(one, ..)| one == value).map(|(_, short, _)| (*short).to_owned());
            let text = short.unwrap_or_else(|| printed(cell.kind, value));
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

/// The figures of an earlier period that a table shows, and their names over the columns.
fn compared(both: bool, against: Against) -> Vec<(&'static str, &'static str)> {
    let [before, change, percent, _] = against.words();
    // Beside each other the two comparisons leave room for the share only.
    if both {
        vec![(before, "Số liệu"), (percent, "Tăng, giảm (%)")]
    } else {
        vec![(before, "Số liệu"), (change, "Tăng, giảm"), (percent, "Tỷ lệ (%)")]
    }
}

pub(super) fn comparison(w: &mut Writer<'_>, block: &Block, at: usize) -> Option<Table> {
    let cells = cells(w, block, at);
    let known: Vec<Against> =
        Against::ALL.into_iter().filter(|against| w.facts.standing_of(*against).is_some()).collect();
    if known.is_empty() {
        let names = Against::ALL.map(|against| w.facts.name_of(against)).join(", ");
        w.find(Severity::Warn, Some(at), format!("Không có số liệu kỳ trước ({names}) để so sánh."));
    }
    let bold = |text: &str, columns, rows| TableCell::over(Text::from(Run::bold(text)), columns, rows);
    let levels = if known.is_empty() { 1 } else { 2 };
    let mut first = vec![
        bold("TT", 1, levels),
        bold("Chỉ tiêu", 1, levels),
        bold("Đơn vị tính", 1, levels),
        bold(&w.facts.period.clone(), 1, levels),
    ];
    let mut second = Vec::new();
    let mut words = vec!["ky"];
    for against in &known {
        let shown = compared(known.len() > 1, *against);
        first.push(bold(&format!("So với {}", w.facts.name_of(*against).to_lowercase()), shown.len(), 1));
        second.extend(shown.iter().map(|(_, name)| bold(name, 1, 1)));
        words.extend(shown.iter().map(|(word, _)| *word));
    }
    let head = if second.is_empty() { vec![first] } else { vec![first, second] };
    let mut rows = Vec::new();
    for (n, cell) in cells.iter().enumerate() {
        let mut row = vec![
            TableCell::of((n + 1).to_string()),
            TableCell::of(cell.label.as_str()),
            TableCell::of(cell.unit.as_str()),
        ];
        for word in &words {
            let id = format!("{word}.{}", cell.key);
            let said = Reference::parse(&id).map(|reference| said(w, &id, &reference));
            row.extend(said);
        }
        rows.push(row);
    }
    let columns = [(0.6, Align::Centre), (3.4, Align::Left), (1.3, Align::Centre)];
    let columns = columns.into_iter().map(|(weight, align)| Column::new(weight, align));
    let columns = columns.chain(widths(&rows, 3, words.len())).collect();
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
    let (counted, expected) = w.facts.cover;
    let cover = (expected > 0).then(|| format!("Số liệu của {counted}/{expected} đơn vị có báo cáo đã duyệt."));
    let used = |short: &str| rows.iter().flatten().any(|cell| cell.text.words() == short);
    let signs = SHORT.iter().filter(|(_, short, _)| used(short)).map(|(.., said)| (*said).to_owned());
    let note = cover.into_iter().chain(signs).collect::<Vec<_>>().join(" ");
    let note = (!note.is_empty()).then_some(note);
    Some(Table { columns, head, rows, note, size: Some(size), ..Table::default() })
}

/// A printed figure as a number for a workbook.
pub fn number(text: &str) -> Option<f64> {
    crate::reporting::model::value::parse_number(text.trim_start_matches('+')).filter(|number| {
        let again = display(*number);
        again == text.trim_start_matches('+')
    })
}
