//! Sums over agencies. Whole figures and thousandths are kept as integers, so that adding and taking away again leaves exactly what was.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    evaluate::{Beside, compute},
    form::{Cell, Form},
    operands::needs,
    value::{Value, Values},
};

/// Sum and kinds of answer in one cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Sum in thousandths.
    #[serde(rename = "s")]
    pub thousandths: i64,
    /// Answered with a number.
    #[serde(rename = "n")]
    pub numbers: i64,
    /// Answered "không phát sinh".
    #[serde(rename = "z", default, skip_serializing_if = "is_zero")]
    pub none: i64,
    /// Answered "không được giao".
    #[serde(rename = "u", default, skip_serializing_if = "is_zero")]
    pub unassigned: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// What approved reports say together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// How many reports are in it.
    pub reports: i64,
    /// By cell.
    pub cells: BTreeMap<String, Tally>,
}

/// A number in thousandths.
pub fn thousandths(number: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "bounded by 2^53")]
    let rounded = (number * 1000.0).round() as i64;
    rounded
}

/// Is the cell summed? Computed ones are computed anew from the sums.
pub fn summed(cell: &Cell) -> bool {
    cell.additive && cell.kind.numeric() && !cell.source.computed()
}

impl Sums {
    /// Adds a report.
    pub fn add(&mut self, form: &Form, values: &Values) {
        self.shift(form, values, 1);
    }

    /// Takes a report away again.
    pub fn remove(&mut self, form: &Form, values: &Values) {
        self.shift(form, values, -1);
    }

    fn shift(&mut self, form: &Form, values: &Values, by: i64) {
        self.reports += by;
        for cell in form.cells.iter().filter(|cell| summed(cell)) {
            let tally = self.cells.entry(cell.key.clone()).or_default();
            match values.get(&cell.key) {
                Some(Value::Number(number)) => {
                    tally.thousandths = tally.thousandths.saturating_add(by.saturating_mul(thousandths(*number)));
                    tally.numbers += by;
                }
                Some(Value::None) => tally.none += by,
                Some(Value::Unassigned) => tally.unassigned += by,
                _ => {}
            }
            if *tally == Tally::default() {
                self.cells.remove(&cell.key);
            }
        }
    }

    /// Adds other sums.
    pub fn merge(&mut self, other: &Sums) {
        self.reports += other.reports;
        for (key, more) in &other.cells {
            let tally = self.cells.entry(key.clone()).or_default();
            tally.thousandths = tally.thousandths.saturating_add(more.thousandths);
            tally.numbers += more.numbers;
            tally.none += more.none;
            tally.unassigned += more.unassigned;
        }
    }

    /// The values of the whole: sums, and everything computed from them. A cell to which everybody answered "không phát sinh" says so too; one that
    /// nobody answered is missing.
    pub fn values(&self, form: &Form) -> Values {
        let mut values = Values::new();
        for (key, tally) in &self.cells {
            let value = if tally.numbers > 0 {
                #[expect(clippy::cast_precision_loss, reason = "sums stay far below 2^53 thousandths")]
                Value::Number(tally.thousandths as f64 / 1000.0)
            } else if tally.none > 0 {
                Value::None
            } else if tally.unassigned > 0 {
                Value::Unassigned
            } else {
                continue;
            };
            values.insert(key.clone(), value);
        }
        compute(form, &values, &Beside::default())
    }

    /// How many answered a cell with a number or "không phát sinh".
    pub fn answered(&self, key: &str) -> i64 {
        self.cells.get(key).map_or(0, |tally| tally.numbers + tally.none)
    }

    /// How many stand behind a cell: of a computed one the fewest of those that it is computed from. `None` where nothing is summed.
    pub fn behind(&self, form: &Form, key: &str) -> Option<i64> {
        let cells = needs(form, key);
        let summed = cells.iter().filter(|key| form.cell(key).is_some_and(summed));
        summed.map(|key| self.answered(key)).min()
    }
}
