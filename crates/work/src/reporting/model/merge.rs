//! Figures that were filled in away from the program, brought together with what stands there now.
//!
//! What the person did not touch stays as it is; what only the person changed is taken, unless a rule forbids it; what both changed is laid side by
//! side. Nothing of either is lost.

use std::collections::BTreeMap;

use super::{
    evaluate::{Beside, broken, compute},
    form::{Check, Form, Severity},
    payload::{Payload, current, put},
    value::{Value, Values},
};

/// What a person says about one cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Patch {
    /// The cell.
    pub cell: String,
    /// What stood there when the person took it away.
    pub was: Option<Value>,
    /// What the person put there.
    pub mine: Option<Value>,
    /// Why it differs from its source, when that was said.
    pub reason: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// Cells that were taken.
    pub saved: Vec<String>,
    /// Cells that were not, and why.
    pub refused: Vec<(Patch, String)>,
    /// Cells that both changed, with what stands there now.
    pub clashes: Vec<(Patch, Option<Value>)>,
}

/// Brings patches into a report.
pub fn merge(form: &Form, payload: &mut Payload, auto: &Values, beside: &Beside, patches: Vec<Patch>) -> Merged {
    let mut merged = Merged::default();
    payload.values = current(form, payload, auto);
    payload.auto = auto.clone();
    let before = payload.clone();
    let known = rules(form, &before, beside);
    let mut taken: BTreeMap<String, Patch> = BTreeMap::new();
    for patch in patches {
        let Some(cell) = form.cell(&patch.cell).filter(|cell| !cell.source.computed()) else {
            let message = format!("Biểu không có ô “{}” để điền.", patch.cell);
            merged.refused.push((patch, message));
            continue;
        };
        let now = before.values.get(&cell.key);
        let explained = patch.reason.as_deref().is_some_and(|reason| {
            reason.trim() != before.reasons.get(&cell.key).map(String::as_str).unwrap_or_default()
        });
        let changed = patch.mine != patch.was;
        let differs = changed && patch.mine.as_ref() != now;
        if !differs && !explained {
            continue;
        }
        if differs && patch.was.as_ref() != now {
            merged.clashes.push((patch, now.cloned()));
            continue;
        }
        let value = if changed { patch.mine.clone() } else { now.cloned() };
        let reason = patch.reason.clone().unwrap_or_default();
        match put(cell, payload, auto, value.as_ref(), &reason) {
            Ok(()) => drop(taken.insert(cell.key.clone(), patch)),
            Err(message) => {
                back(payload, &before, &cell.key);
                merged.refused.push((patch, message));
            }
        }
    }
    // A rule that held before holds afterwards: the first of its cells that was taken goes back.
    loop {
        let now = rules(form, payload, beside);
        let mut new = now.iter().filter(|check| !known.contains(check));
        let take = |check: &&Check| {
            check.cells.iter().find_map(|key| taken.remove(key)).map(|patch| (patch, check.message.clone()))
        };
        let Some((patch, message)) = new.find_map(take) else { break };
        back(payload, &before, &patch.cell);
        merged.refused.push((patch, message));
    }
    merged.saved = taken.into_keys().collect();
    merged
}

/// Rules that must hold and do not.
fn rules<'a>(form: &'a Form, payload: &Payload, beside: &Beside) -> Vec<&'a Check> {
    let values = compute(form, &payload.values, beside);
    broken(form, &values, beside).into_iter().filter(|check| check.severity == Severity::Error).collect()
}

/// The cell as it was.
fn back(payload: &mut Payload, before: &Payload, key: &str) {
    match before.values.get(key) {
        Some(value) => payload.values.insert(key.to_owned(), value.clone()),
        None => payload.values.remove(key),
    };
    match before.reasons.get(key) {
        Some(reason) => payload.reasons.insert(key.to_owned(), reason.clone()),
        None => payload.reasons.remove(key),
    };
}
