//! A form as data for the interpreter in the browser (`rules.js` among the assets): cells, formulas in order, rules.

use serde_json::{Value as Json, json};

use super::{
    form::{Cell, Form, Source},
    payload::automatic,
};

/// Everything that the browser needs to compute and check the form.
pub fn portable(form: &Form) -> Json {
    let checks = form.checks.iter().map(|check| {
        json!({ "expr": check.expr, "message": check.message, "severity": check.severity, "cells": check.cells })
    });
    json!({
        "cells": form.cells.iter().map(cell).collect::<Vec<_>>(),
        "order": form.order,
        "checks": checks.collect::<Vec<_>>(),
    })
}

fn cell(cell: &Cell) -> Json {
    let mut out = json!({ "key": cell.key, "label": cell.label, "kind": cell.kind, "required": cell.required });
    let more = match &cell.source {
        Source::Formula(expr) => Some(("formula", json!(expr))),
        Source::Ratio { numerator, denominator, scale } => Some(("ratio", json!([numerator, denominator, scale]))),
        _ if automatic(cell) => Some(("auto", json!(true))),
        _ => None,
    };
    if let (Some(fields), Some((name, value))) = (out.as_object_mut(), more) {
        fields.insert(name.to_owned(), value);
    }
    out
}
