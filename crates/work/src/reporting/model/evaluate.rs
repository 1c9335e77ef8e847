//! Filling computed cells and finding what is wrong with values.

use std::collections::BTreeMap;

use super::{
    expr::{Cells, Outcome, Quantity},
    form::{Cell, Check, Form, Kind, Severity, Source},
    value::{GREATEST, Value, Values},
};

/// What values are looked at together with.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Values of the period before; empty when there are none.
    pub prev: Values,
    /// Totals of other forms in the same period.
    pub others: BTreeMap<String, Values>,
}

struct View<'a> {
    values: &'a Values,
    beside: &'a Beside,
}

fn quantity(values: &Values, key: &str) -> Quantity {
    match values.get(key) {
        Some(Value::Number(number)) if number.is_finite() => Quantity::Number(*number),
        // Words are only ever asked whether they are there.
        Some(Value::Text(text)) if !text.trim().is_empty() => Quantity::Number(1.0),
        Some(Value::None) => Quantity::None,
        Some(Value::Unassigned) => Quantity::Unassigned,
        _ => Quantity::Missing,
    }
}

impl Cells for View<'_> {
    fn cell(&self, key: &str) -> Quantity {
        quantity(self.values, key)
    }

    fn prev(&self, key: &str) -> Quantity {
        quantity(&self.beside.prev, key)
    }

    fn other(&self, form: &str, key: &str) -> Quantity {
        self.beside.others.get(form).map_or(Quantity::Missing, |values| quantity(values, key))
    }
}

/// The values with every computed cell filled in; what was typed into a computed cell, or into one that the form has not, is dropped.
pub fn compute(form: &Form, typed: &Values, beside: &Beside) -> Values {
    let mut values: Values = form
        .cells
        .iter()
        .filter(|cell| !cell.source.computed())
        .filter_map(|cell| Some((cell.key.clone(), typed.get(&cell.key)?.clone())))
        .collect();
    for cell in form.order.iter().filter_map(|at| form.cells.get(*at)) {
        let view = View { values: &values, beside };
        let found = match &cell.source {
            Source::Formula(expr) => match expr.eval(&view) {
                Outcome::Quantity(quantity) => quantity,
                Outcome::Truth(_) => Quantity::Missing,
            },
            Source::Ratio { numerator, denominator, scale } => {
                ratio(view.cell(numerator), view.cell(denominator), *scale)
            }
            _ => continue,
        };
        let value = match found {
            Quantity::Number(number) => Value::Number(number),
            Quantity::None => Value::None,
            Quantity::Unassigned => Value::Unassigned,
            Quantity::Missing => continue,
        };
        values.insert(cell.key.clone(), value);
    }
    values
}

/// A ratio: missing without a positive denominator; "không phát sinh" below the line gives "không phát sinh".
fn ratio(numerator: Quantity, denominator: Quantity, scale: f64) -> Quantity {
    match (numerator, denominator) {
        (Quantity::Missing, _) | (_, Quantity::Missing) => Quantity::Missing,
        (Quantity::Unassigned, _) | (_, Quantity::Unassigned) => Quantity::Unassigned,
        (_, Quantity::None) => Quantity::None,
        (above, Quantity::Number(below)) => {
            let above = if let Quantity::Number(above) = above { above } else { 0.0 };
            let found = above / below * scale;
            if found.is_finite() { Quantity::Number(found) } else { Quantity::Missing }
        }
    }
}

/// Something to be said about values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Must it be put right before the report is sent?
    pub severity: Severity,
    /// What is said.
    pub message: String,
    /// Cells that it is about.
    pub cells: Vec<String>,
}

/// Everything to be said about values that [`compute`] has filled: values that do not fit their cells, unanswered cells, breakdowns that are greater
/// than the whole, rules.
pub fn findings(form: &Form, values: &Values, beside: &Beside) -> Vec<Finding> {
    let mut out: Vec<Finding> = form.cells.iter().filter_map(|cell| unfit(cell, values.get(&cell.key))).collect();
    out.extend(broken(form, values, beside).into_iter().map(|check| Finding {
        severity: check.severity,
        message: check.message.clone(),
        cells: check.cells.clone(),
    }));
    out
}

/// The rules that these values break.
pub fn broken<'a>(form: &'a Form, values: &Values, beside: &Beside) -> Vec<&'a Check> {
    let view = View { values, beside };
    form.checks.iter().filter(|check| check.expr.eval(&view) == Outcome::Truth(Some(false))).collect()
}

/// Why a value does not fit its cell.
fn unfit(cell: &Cell, value: Option<&Value>) -> Option<Finding> {
    let say = |message: &str| {
        Some(Finding { severity: Severity::Error, message: message.to_owned(), cells: vec![cell.key.clone()] })
    };
    match value {
        None if cell.required && !cell.source.computed() => say(if cell.kind == Kind::Text {
            "Mục này chưa có nội dung."
        } else {
            "Chưa có số liệu: điền số, “không phát sinh” hoặc “không được giao”."
        }),
        None => None,
        Some(value) => say(fault(cell.kind, value)?),
    }
}

/// What is wrong with a value in a cell of this kind, whoever wrote it.
pub fn fault(kind: Kind, value: &Value) -> Option<&'static str> {
    match (kind, value) {
        (Kind::Text, Value::Number(_)) => Some("Mục này là lời văn, không phải số."),
        (Kind::Text, Value::Text(text)) if text.chars().count() > 20_000 => Some("Lời văn dài quá 20.000 ký tự."),
        (Kind::Text, _) | (_, Value::None | Value::Unassigned) => None,
        (_, Value::Text(_)) => Some("Ô này là số, không nhận lời văn."),
        (_, Value::Number(number)) if !number.is_finite() || number.abs() > GREATEST => Some("Số quá lớn."),
        (Kind::Count | Kind::Money, Value::Number(number)) if number.fract() != 0.0 || *number < 0.0 => {
            Some("Ô này là số nguyên, không âm.")
        }
        (Kind::Number, Value::Number(number)) if (number * 1000.0).round() / 1000.0 != *number => {
            Some("Nhiều nhất ba chữ số sau dấu phẩy.")
        }
        _ => None,
    }
}
