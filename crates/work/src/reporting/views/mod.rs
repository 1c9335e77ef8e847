//! What templates of the reporting slice receive.

mod behind;
mod board;
mod head;
mod merged;
mod report;
mod table;

use kernel::{Uuid, time};
use platform::web::Chrome;

use crate::reporting::{
    model::{
        flow::State,
        form::{Cell, Form, Kind, Source},
        value::{Value, display},
    },
    service::{FOREVER, Names},
    store::FormHead,
};

pub(super) use behind::*;
pub(super) use board::*;
pub(super) use head::*;
pub(super) use merged::*;
pub(super) use report::*;
pub(super) use table::*;

/// A word in a pill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pill {
    pub class: &'static str,
    pub text: String,
}

/// A stored date as shown.
pub(super) fn day(number: i64) -> String {
    time::date_from_int(number).map(time::display_date).unwrap_or_default()
}

/// An instant as shown.
pub(super) fn instant(number: i64) -> String {
    kernel::Timestamp(number).display()
}

/// A value as shown: a number, "không phát sinh", "không được giao", or a dash where nothing is known.
pub(super) fn shown(p: &Chrome, kind: Kind, value: Option<&Value>) -> String {
    match value {
        Some(Value::Number(number)) if kind == Kind::Ratio => display((number * 10.0).round() / 10.0),
        Some(Value::Number(number)) => display(*number),
        Some(Value::None) => p.t("không phát sinh").to_owned(),
        Some(Value::Unassigned) => p.t("không được giao").to_owned(),
        Some(Value::Text(text)) => text.clone(),
        None => "–".to_owned(),
    }
}

/// The colour of a state.
pub(super) fn state_class(state: State) -> &'static str {
    match state {
        State::Draft | State::Checking | State::Signing => "plain",
        State::Submitted => "soon",
        State::Returned => "late",
        State::Approved | State::Accepted => "done",
    }
}

/// A definition in the list.
pub(super) struct FormRow {
    pub id: Uuid,
    pub key: String,
    pub version: i64,
    pub name: String,
    pub code: String,
    pub valid: String,
    pub draft: bool,
    pub unverified: bool,
    pub state: Pill,
}

impl FormRow {
    pub(super) fn of(p: &Chrome, row: &FormHead, today: i64) -> Self {
        let draft = row.state == "draft";
        let last = time::date_from_int(row.valid_to).and_then(|end| end.pred_opt()).map(time::display_date);
        let valid = match last.filter(|_| row.valid_to < FOREVER) {
            Some(last) => format!("{} – {last}", day(row.valid_from)),
            None => p.t1("từ {}", day(row.valid_from)),
        };
        let (class, text) = match (draft, row.valid_to <= today, row.valid_from > today) {
            (true, ..) => ("soon", p.t("bản thảo")),
            (_, true, _) => ("quiet", p.t("hết hiệu lực")),
            (_, _, true) => ("plain", p.t("chưa đến ngày áp dụng")),
            _ => ("done", p.t("đang áp dụng")),
        };
        Self {
            id: row.id,
            key: row.form_key.clone(),
            version: row.version,
            name: row.name.clone(),
            code: row.code.clone(),
            valid,
            draft,
            unverified: row.status == "unverified",
            state: Pill { class, text: text.to_owned() },
        }
    }
}

/// A cell of a form as described in its preview.
pub(super) struct CellRow {
    /// Headers above it, when they differ from those of the cell before.
    pub group: Option<String>,
    pub key: String,
    pub label: String,
    pub part: bool,
    pub unit: String,
    pub kind: &'static str,
    pub source: String,
    pub note: String,
}

/// The cells with their groups.
pub(super) fn cell_rows(p: &Chrome, form: &Form, names: &Names) -> Vec<CellRow> {
    let mut before: Option<String> = None;
    form.cells
        .iter()
        .map(|cell| {
            let group = group_of(cell);
            let shown = (before.as_ref() != Some(&group)).then(|| group.clone());
            before = Some(group);
            CellRow {
                group: shown.filter(|group| !group.is_empty()),
                key: cell.key.clone(),
                label: cell.label.clone(),
                part: cell.part_of.is_some(),
                unit: cell.unit.clone(),
                kind: cell.kind.label(),
                source: source_text(p, (form, names), cell),
                note: cell.note.clone(),
            }
        })
        .collect()
}

/// The headers above a cell as one line; a breakdown stands under the same as its whole.
pub(super) fn group_of(cell: &Cell) -> String {
    let depth = if cell.part_of.is_some() { cell.header.len().saturating_sub(1) } else { cell.header.len() };
    cell.header.get(..depth).unwrap_or_default().join(" › ")
}

/// Where a cell's value comes from, in words.
pub(super) fn source_text(p: &Chrome, (form, names): (&Form, &Names), cell: &Cell) -> String {
    let label = |key: &str| form.named(key);
    match &cell.source {
        Source::Typed => p.t("người lập điền").to_owned(),
        Source::Activities(measure) => p.t1("từ hoạt động: {}", p.t(measure.what.label())),
        Source::Plans(_) => p.t("từ tiến độ kế hoạch").to_owned(),
        Source::Below { form, cell } => match names.get(&(form.clone(), cell.clone())) {
            Some((name, label)) => p.t2("từ biểu “{}”, chỉ tiêu “{}”", name, label),
            None => p.t("từ số liệu đã duyệt của biểu khác").to_owned(),
        },
        Source::Formula(_) => format!("= {}", named(&cell.formula, label)),
        Source::Ratio { numerator, denominator, .. } => format!("{} : {}", label(numerator), label(denominator)),
    }
}

/// A formula with its cells called by their labels.
fn named(formula: &str, label: impl Fn(&str) -> String) -> String {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut out, mut rest) = (String::new(), formula);
    while let Some(start) = rest.find(word) {
        let (signs, from) = rest.split_at(start);
        let (name, after) = from.split_at(from.find(|c| !word(c)).unwrap_or(from.len()));
        out.push_str(signs);
        out.push_str(&label(name));
        rest = after;
    }
    out + rest
}

/// Levels: name, who, by when.
pub(super) fn level_rows(p: &Chrome, form: &Form) -> Vec<(String, String, String)> {
    let row = |level: &crate::reporting::model::form::Level| {
        let to = level.to.as_deref().and_then(|to| form.level(to)).map(|to| to.name.clone()).unwrap_or_default();
        let due: Vec<String> = level
            .due
            .iter()
            .map(|(rule, due)| match rule {
                Some(rule) => format!("{}: {due}", p.t(rule.label())),
                None => due.to_string(),
            })
            .collect();
        (level.name.clone(), to, due.join("; "))
    };
    form.levels.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn formulas_are_told_by_the_labels_of_their_cells() {
        let label = |key: &str| match key {
            "c1" => "Nhà nước".to_owned(),
            "c2_nu" => "Hỗ trợ".to_owned(),
            other => other.to_owned(),
        };
        assert_eq!(named("(c1 + c2_nu) * 100", label), "(Nhà nước + Hỗ trợ) * 100");
        assert_eq!(named("", label), "");
    }
}
