//! What a report holds while it is worked on, and what is frozen when it is sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    evaluate::fault,
    form::{Cell, Form, Kind, Source},
    value::{Value, Values, parse_number},
};

/// How many of those asked stand behind cells: answered, asked.
pub type Covers = BTreeMap<String, (i64, i64)>;

/// A report while it is worked on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Payload {
    /// What stands in the cells.
    pub values: Values,
    /// What the sources said when it was last saved.
    pub auto: Values,
    /// Why a cell says something else than its source.
    pub reasons: BTreeMap<String, String>,
    /// What stood behind figures taken from the totals of other forms when it left the maker.
    #[serde(skip_serializing_if = "Covers::is_empty")]
    pub cover: Covers,
}

/// What is sent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Frozen {
    /// The agency's own figures.
    pub values: Values,
    /// With everything below it; empty when there is nothing below.
    pub total: Values,
    /// What the sources said.
    pub auto: Values,
    /// Why a cell says something else.
    pub reasons: BTreeMap<String, String>,
    /// What stood behind figures taken from the totals of other forms.
    #[serde(skip_serializing_if = "Covers::is_empty")]
    pub cover: Covers,
    /// What stood behind the total.
    #[serde(skip_serializing_if = "Covers::is_empty")]
    pub total_cover: Covers,
}

impl Frozen {
    /// The figures that speak for the agency: its total, where it has something below it.
    pub fn whole(&self) -> &Values {
        if self.total.is_empty() { &self.values } else { &self.total }
    }
}

/// Does a source fill this cell?
pub fn automatic(cell: &Cell) -> bool {
    matches!(cell.source, Source::Activities(_) | Source::Plans(_) | Source::Below { .. })
}

/// The cells as they stand now: a cell that nobody overrode follows its source; one that was overridden keeps the person's word. A source that finds
/// nothing gives no number: a person says whether nothing happened or the task was not theirs. Only of obligations nothing is certain: they are all known.
pub fn current(form: &Form, payload: &Payload, auto: &Values) -> Values {
    let mut values = payload.values.clone();
    for cell in form.cells.iter().filter(|cell| automatic(cell)) {
        if payload.reasons.contains_key(&cell.key) || answered_blank(&values, &cell.key, auto) {
            continue;
        }
        match auto.get(&cell.key) {
            Some(value) if *value != Value::Number(0.0) || matches!(cell.source, Source::Plans(_)) => {
                values.insert(cell.key.clone(), value.clone())
            }
            _ if matches!(values.get(&cell.key), Some(Value::Number(number)) if *number == 0.0) => None,
            _ => values.remove(&cell.key),
        };
    }
    values
}

/// A person said "không phát sinh" or "không được giao", and the source still finds nothing.
fn answered_blank(values: &Values, key: &str, auto: &Values) -> bool {
    let nothing = auto.get(key).is_none_or(|value| *value == Value::Number(0.0));
    nothing && matches!(values.get(key), Some(Value::None | Value::Unassigned))
}

/// Must a reason be given for what a person put into a cell?
pub fn overrides(cell: &Cell, value: Option<&Value>, auto: Option<&Value>) -> bool {
    if !automatic(cell) {
        return false;
    }
    let found = match auto {
        Some(Value::Number(number)) if *number != 0.0 => true,
        Some(Value::Number(_)) | None => false,
        Some(_) => true,
    };
    match value {
        // Where the source finds something, anything else needs a reason; where it finds nothing, only a number other than 0 does.
        value if found => value != auto,
        Some(Value::Number(number)) => *number != 0.0,
        _ => false,
    }
}

/// Puts a value into a cell, with a reason where it differs from its source; what is wrong with it is said, and it stands there all the same.
///
/// # Errors
/// What is wrong, in Vietnamese.
pub fn put(
    cell: &Cell,
    payload: &mut Payload,
    auto: &Values,
    value: Option<&Value>,
    reason: &str,
) -> Result<(), String> {
    match value {
        Some(value) => payload.values.insert(cell.key.clone(), value.clone()),
        None => payload.values.remove(&cell.key),
    };
    let mut wrong = value.and_then(|value| fault(cell.kind, value));
    let reason = reason.trim();
    if !overrides(cell, value, auto.get(&cell.key)) {
        payload.reasons.remove(&cell.key);
    } else if !reason.is_empty() {
        payload.reasons.insert(cell.key.clone(), reason.chars().take(1000).collect());
    } else if !payload.reasons.contains_key(&cell.key) {
        wrong = wrong.or(Some("số khác với số liệu tự điền; hãy nêu lý do."));
    }
    wrong.map_or(Ok(()), |message| Err(format!("{}: {message}", cell.label)))
}

/// What a person typed into a field, with the kind of answer that was chosen.
///
/// # Errors
/// When it should be a number and is none.
pub fn typed(cell: &Cell, text: &str, choice: Option<Value>) -> Result<Option<Value>, String> {
    let text = text.trim();
    if cell.kind == Kind::Text {
        return Ok((!text.is_empty()).then(|| Value::Text(text.replace("\r\n", "\n"))));
    }
    match choice {
        Some(choice) => Ok(Some(choice)),
        None if text.is_empty() => Ok(None),
        None => parse_number(text)
            .map(|number| Some(Value::Number(number)))
            .ok_or_else(|| format!("{}: “{text}” không phải là số; viết 1.234 hoặc 1.234,5.", cell.label)),
    }
}

/// One line of the annex "what changed".
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The cell.
    pub key: String,
    /// Before.
    pub before: Option<Value>,
    /// After.
    pub after: Option<Value>,
}

/// What changed from one issue to the next, in the order of the form.
pub fn differences(form: &Form, before: &Values, after: &Values) -> Vec<Difference> {
    let of = |cell: &Cell| Difference {
        key: cell.key.clone(),
        before: before.get(&cell.key).cloned(),
        after: after.get(&cell.key).cloned(),
    };
    form.cells.iter().map(of).filter(|change| change.before != change.after).collect()
}
