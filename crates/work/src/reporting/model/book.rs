//! A report as a workbook that is filled in without a line, and what comes back in it.

use std::collections::BTreeMap;

use kernel::text::fold;
use press::{FormBook, FormCell, FormEntry, FormIdentity, FormKind, TableCell};

use super::{
    form::{Cell, Form, Kind, Layout, header_rows},
    merge::Patch,
    payload::{Payload, automatic, typed},
    value::{GREATEST, Value, Values, display},
};

/// Key of a cell's reason in the workbook.
const REASON: &str = "r.";
/// Rows of the wide layout: unit, figure, what the source says, reason.
const WIDE: [&str; 4] = ["Đơn vị tính", "Số liệu", "Số tự điền", "Lý do, nếu khác số tự điền"];

/// Lays a report out: one wide row where the form is such a table, else a line for each cell.
pub fn lay_out(form: &Form, identity: FormIdentity, titles: Vec<String>, payload: &Payload) -> FormBook {
    let mut book = FormBook { identity, titles, ..FormBook::default() };
    let wide: Vec<&Cell> = match form.layout {
        Layout::Table => form.cells.iter().filter(|cell| cell.kind.numeric()).collect(),
        _ => Vec::new(),
    };
    let first = if wide.is_empty() { 0 } else { lay_wide(&mut book, &wide, payload) };
    let lines = form.cells.iter().filter(|cell| !wide.iter().any(|other| other.key == cell.key));
    lay_lines(&mut book, lines, payload, first);
    book
}

fn lay_wide(book: &mut FormBook, cells: &[&Cell], payload: &Payload) -> u32 {
    let rows = header_rows(cells.iter().copied());
    let depth = rows.len();
    for (n, row) in rows.into_iter().enumerate() {
        let corner = (n == 0).then(|| TableCell::over("Nội dung", 1, depth));
        let row = row.into_iter().map(|cell| TableCell::over(cell.text, cell.columns, cell.rows));
        book.head.push(corner.into_iter().chain(row).collect());
    }
    book.widths.push(24.0);
    book.widths.extend(cells.iter().map(|_| 16.0));
    book.labels.extend((0u32..).zip(WIDE).map(|(row, label)| (row, 0, label.to_owned())));
    for (column, cell) in (1u16..).zip(cells) {
        book.labels.push((0, column, cell.unit.clone()));
        if cell.source.computed() {
            book.labels.push((1, column, computed(cell, &payload.values)));
            continue;
        }
        book.cells.push(input(cell, (1, column), payload));
        if automatic(cell) {
            book.labels.push((2, column, found(cell, &payload.auto)));
            book.cells.push(reason(cell, (3, column), payload));
        }
    }
    5
}

fn lay_lines<'a>(book: &mut FormBook, cells: impl Iterator<Item = &'a Cell>, payload: &Payload, first: u32) {
    let mut row = first;
    let mut above: &[String] = &[];
    let narrow = book.head.is_empty();
    let mut words = false;
    for cell in cells {
        if cell.header != above && !cell.header.is_empty() && cell.part_of.is_none() {
            book.labels.push((row, 0, cell.header.join(" › ")));
            row += 1;
        }
        above = &cell.header;
        words |= cell.kind == Kind::Text;
        let label = if cell.part_of.is_some() { format!("    {}", cell.label) } else { cell.label.clone() };
        book.labels.push((row, 0, label));
        let (figure, auto, why, note) = (2, 3, 4, 5);
        if narrow {
            book.labels.push((row, 1, cell.unit.clone()));
        }
        if cell.source.computed() {
            book.labels.push((row, figure, computed(cell, &payload.values)));
        } else {
            book.cells.push(input(cell, (row, figure), payload));
        }
        if automatic(cell) {
            book.labels.push((row, auto, found(cell, &payload.auto)));
            book.cells.push(reason(cell, (row, why), payload));
        }
        if !cell.note.is_empty() {
            book.labels.push((row, note, cell.note.clone()));
        }
        row += 1;
    }
    if narrow {
        book.widths = vec![48.0, 14.0, if words { 48.0 } else { 20.0 }, 16.0, 32.0, 40.0];
        let names = ["Chỉ tiêu", "Đơn vị tính", "Số liệu", "Số tự điền", "Lý do, nếu khác số tự điền", "Hướng dẫn"];
        book.head = vec![names.map(TableCell::of).to_vec()];
    }
}

/// The most that a whole number may be.
#[expect(clippy::cast_possible_truncation, reason = "2^53")]
const MOST: i64 = GREATEST as i64;

fn input(cell: &Cell, (row, column): (u32, u16), payload: &Payload) -> FormCell {
    let kind = match cell.kind {
        Kind::Count | Kind::Money => FormKind::Number { min: 0, max: Some(MOST) },
        Kind::Number | Kind::Ratio => FormKind::Decimal { places: 3 },
        Kind::Text => FormKind::Text,
    };
    let hint = if cell.note.is_empty() { &cell.label } else { &cell.note };
    FormCell {
        key: cell.key.clone(),
        row,
        column,
        kind,
        value: written(payload.values.get(&cell.key)),
        hint: hint.clone(),
    }
}

fn reason(cell: &Cell, (row, column): (u32, u16), payload: &Payload) -> FormCell {
    FormCell {
        key: format!("{REASON}{}", cell.key),
        row,
        column,
        kind: FormKind::Text,
        value: payload.reasons.get(&cell.key).cloned().unwrap_or_default(),
        hint: "Chỉ cần khi số liệu khác với số tự điền.".into(),
    }
}

fn computed(cell: &Cell, values: &Values) -> String {
    let words = "tự tính khi nộp";
    match values.get(&cell.key).and_then(Value::number) {
        Some(number) if cell.kind == Kind::Ratio => format!("{} ({words})", display((number * 10.0).round() / 10.0)),
        Some(number) => format!("{} ({words})", display(number)),
        None => words.to_owned(),
    }
}

fn found(cell: &Cell, auto: &Values) -> String {
    match auto.get(&cell.key) {
        Some(Value::Number(number)) => display(*number),
        other => written(other),
    }
}

/// A value as it stands in the workbook.
fn written(value: Option<&Value>) -> String {
    match value {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::None) => press::NONE.to_owned(),
        Some(Value::Unassigned) => press::UNASSIGNED.to_owned(),
        Some(Value::Text(text)) => text.clone(),
        None => String::new(),
    }
}

/// What came back: patches, and where each cell stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Returned {
    /// What was filled in.
    pub patches: Vec<Patch>,
    /// Cells that cannot be read, with what stands there and what is wrong.
    pub unread: Vec<(String, String, String)>,
    /// Address by cell.
    pub addresses: BTreeMap<String, String>,
}

/// Reads the cells of a workbook that came back.
pub fn returned(form: &Form, entries: &[FormEntry]) -> Returned {
    let mut out = Returned::default();
    let why = |key: &str| entries.iter().find(|entry| entry.key.strip_prefix(REASON) == Some(key));
    for entry in entries.iter().filter(|entry| !entry.key.starts_with(REASON)) {
        let Some(cell) = form.cell(&entry.key) else { continue };
        out.addresses.insert(entry.key.clone(), entry.address.clone());
        let was = value(cell, &entry.was, entry.was.parse().ok());
        match value(cell, &entry.raw, entry.number) {
            Ok(mine) => {
                let reason = why(&entry.key).filter(|reason| reason.raw != reason.was).map(|reason| reason.raw.clone());
                out.patches.push(Patch { cell: entry.key.clone(), was: was.unwrap_or_default(), mine, reason });
            }
            Err(message) => out.unread.push((entry.key.clone(), entry.raw.clone(), message)),
        }
    }
    out
}

fn value(cell: &Cell, raw: &str, number: Option<f64>) -> Result<Option<Value>, String> {
    if raw.is_empty() {
        return Ok(None);
    }
    if cell.kind == Kind::Text {
        return Ok(Some(Value::Text(raw.to_owned())));
    }
    if let Some(number) = number {
        return Ok(Some(Value::Number(number)));
    }
    match fold(raw) {
        words if words == fold(press::NONE) => Ok(Some(Value::None)),
        words if words == fold(press::UNASSIGNED) => Ok(Some(Value::Unassigned)),
        _ => typed(cell, raw, None),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use records::activities::definitions;

    use super::*;
    use crate::reporting::model::{
        evaluate::{Beside, compute},
        form::{Known, read},
        merge::merge,
    };

    const FORM: &str = r#"key = "nho"
version = 1
name = "Biểu nhỏ"
legal_basis = "thử"
valid_from = "2026-01-01"
status = "official"
layout = "list"
periods = ["nam"]
[[cell]]
key = "c1"
label = "Một"
header = ["A"]
type = "count"
[[cell]]
key = "c2"
label = "Hai"
header = ["A"]
type = "number"
[[cell]]
key = "c3"
label = "Cộng"
header = ["B"]
type = "number"
formula = "c1 + c2"
[[cell]]
key = "c4"
label = "Hoạt động"
header = ["B"]
type = "count"
from = { what = "activities" }
[[cell]]
key = "t1"
label = "Lời"
type = "text"
[[rule]]
check = "c4 <= c1"
message = "Hoạt động không nhiều hơn một."
severity = "error"
"#;

    fn form(layout: &str) -> Form {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 9).unwrap();
        let known = Known { activities: definitions(), forms: HashMap::new(), today };
        read(&FORM.replace("\"list\"", layout), &known).0.unwrap()
    }

    fn numbers() -> impl Strategy<Value = Option<Value>> {
        prop_oneof![
            Just(None),
            Just(Some(Value::None)),
            Just(Some(Value::Unassigned)),
            (0u32..9_000_000).prop_map(|number| Some(Value::Number(f64::from(number)))),
        ]
    }

    fn decimals() -> impl Strategy<Value = Option<Value>> {
        prop_oneof![numbers(), (-9_000_000i32..9_000_000).prop_map(|n| Some(Value::Number(f64::from(n) / 1000.0)))]
    }

    fn payload() -> impl Strategy<Value = Payload> {
        (numbers(), decimals(), numbers(), "[ a-zà-ỹ\u{1}_x0D\n&<>'\"=]{0,12}", 0u32..50).prop_map(
            |(c1, c2, c4, text, auto)| {
                let text = (!text.trim().is_empty()).then_some(Value::Text(text));
                let cells = [("c1", c1), ("c2", c2), ("c4", c4), ("t1", text)];
                let values = cells.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
                Payload {
                    values,
                    auto: BTreeMap::from([("c4".to_owned(), Value::Number(f64::from(auto)))]),
                    reasons: BTreeMap::from([("c4".to_owned(), "Đếm lại".to_owned())]),
                    ..Payload::default()
                }
            },
        )
    }

    fn through(form: &Form, payload: &Payload) -> Vec<FormEntry> {
        let mut shown = payload.clone();
        shown.values = compute(form, &payload.values, &Beside::default());
        let book = lay_out(form, FormIdentity::default(), vec!["Biểu".into()], &shown);
        press::read_form_book(&press::write_form_book(&book).unwrap()).unwrap().1
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_workbook_that_nobody_touched_changes_nothing(payload in payload(), wide in any::<bool>()) {
            let form = form(if wide { "\"table\"" } else { "\"list\"" });
            let back = returned(&form, &through(&form, &payload));
            prop_assert!(back.unread.is_empty());
            prop_assert_eq!(back.addresses.len(), 4);
            let mut now = payload.clone();
            let merged = merge(&form, &mut now, &payload.auto, &Beside::default(), back.patches);
            prop_assert_eq!(merged, crate::reporting::model::merge::Merged::default());
        }

        #[test]
        fn what_was_filled_in_arrives_unless_a_rule_forbids_it_or_another_was_there(
            before in payload(), meanwhile in payload(), after in payload(),
        ) {
            let form = form("\"list\"");
            let mut entries = through(&form, &before);
            let filled = through(&form, &after);
            for (entry, new) in entries.iter_mut().zip(&filled) {
                (entry.raw, entry.number) = (new.raw.clone(), new.number);
            }
            let back = returned(&form, &entries);
            prop_assert!(back.unread.is_empty());
            let (mut now, auto) = (meanwhile.clone(), meanwhile.auto.clone());
            let patches = back.patches.clone();
            let merged = merge(&form, &mut now, &auto, &Beside::default(), back.patches);
            for patch in patches {
                let stands = now.values.get(&patch.cell).cloned();
                let stood = meanwhile.values.get(&patch.cell).cloned().map(|value| match value {
                    Value::Text(text) => Value::Text(text),
                    other => other,
                });
                if merged.saved.contains(&patch.cell) {
                    prop_assert!(stands == patch.mine || patch.mine == patch.was, "{:?}", patch);
                } else if patch.cell != "c4" {
                    // Refused, in conflict, or not touched: what stood there stands there still.
                    prop_assert_eq!(stands, stood);
                }
                if merged.clashes.iter().any(|(clash, _)| clash.cell == patch.cell) {
                    prop_assert!(patch.mine != patch.was);
                }
            }
            let values = compute(&form, &now.values, &Beside::default());
            let number = |key: &str| values.get(key).and_then(Value::number);
            if let (Some(all), Some(part)) = (number("c1"), number("c4"))
                && part > all
            {
                prop_assert!(!merged.saved.iter().any(|cell| cell == "c4"), "{:?}", merged);
            }
        }
    }
}
