//! What became of figures that were filled in away from the program, on screen.

use platform::web::Chrome;

use super::shown;
use crate::reporting::model::{
    form::{Form, Kind},
    merge::Patch,
    value::Value,
};

/// A cell that was not taken.
pub(in crate::reporting) struct RefusedRow {
    pub key: String,
    pub address: String,
    pub label: String,
    pub mine: String,
    pub message: String,
}

fn label_and_kind(form: &Form, key: &str) -> (String, Kind) {
    (form.named(key), form.cell(key).map_or(Kind::Text, |cell| cell.kind))
}

impl RefusedRow {
    /// A cell that cannot be read.
    pub(in crate::reporting) fn unread(form: &Form, key: &str, raw: &str, message: &str) -> Self {
        let (label, _) = label_and_kind(form, key);
        Self { key: key.to_owned(), address: String::new(), label, mine: raw.to_owned(), message: message.to_owned() }
    }
}

/// Cells that were not taken.
pub(in crate::reporting) fn refused_rows(p: &Chrome, form: &Form, refused: &[(Patch, String)]) -> Vec<RefusedRow> {
    let row = |(patch, message): &(Patch, String)| {
        let (label, kind) = label_and_kind(form, &patch.cell);
        RefusedRow {
            key: patch.cell.clone(),
            address: String::new(),
            label,
            mine: shown(p, kind, patch.mine.as_ref()),
            message: message.clone(),
        }
    };
    refused.iter().map(row).collect()
}

/// A cell that two people changed.
pub(in crate::reporting) struct ClashRow {
    pub key: String,
    pub address: String,
    pub label: String,
    pub was: String,
    pub mine: String,
    pub theirs: String,
    pub mine_json: String,
    pub theirs_json: String,
    pub reason: String,
}

/// A value as the fields of a page carry it.
pub(super) fn json(value: Option<&Value>) -> String {
    serde_json::to_string(&value).unwrap_or_default()
}

/// Cells that two people changed.
pub(in crate::reporting) fn clash_rows(p: &Chrome, form: &Form, clashes: &[(Patch, Option<Value>)]) -> Vec<ClashRow> {
    let row = |(patch, theirs): &(Patch, Option<Value>)| {
        let (label, kind) = label_and_kind(form, &patch.cell);
        ClashRow {
            key: patch.cell.clone(),
            address: String::new(),
            label,
            was: shown(p, kind, patch.was.as_ref()),
            mine: shown(p, kind, patch.mine.as_ref()),
            theirs: shown(p, kind, theirs.as_ref()),
            mine_json: json(patch.mine.as_ref()),
            theirs_json: json(theirs.as_ref()),
            reason: patch.reason.clone().unwrap_or_default(),
        }
    };
    clashes.iter().map(row).collect()
}
