//! A paper as plain JSON: the keys people check by hand, and where each piece was read.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::recognise::number_key;
use crate::{Field, Paper, Relation, Signer, Span, Task};

/// The paper as JSON: plain values under the keys of an annotation, plus `spans`, `confidence`, `warnings`,
/// `citations` and `clauses`.
pub fn to_json(paper: &Paper) -> Value {
    let mut out = Map::new();
    for (key, field) in texts(paper) {
        out.insert(key.to_owned(), field.map_or(Value::Null, |field| Value::String(field.value.clone())));
    }
    out.insert("date".into(), json!(paper.date.as_ref().map(|field| field.value)));
    out.insert("legal_bases".into(), json!(legal_bases(paper)));
    out.insert("addressees".into(), json!(values(&paper.addressees)));
    out.insert("recipients".into(), json!(values(&paper.recipients)));
    out.insert("signer".into(), paper.signer.as_ref().map_or(Value::Null, signer));
    out.insert("tasks".into(), paper.tasks.iter().map(task).collect());
    out.insert("spans".into(), Value::Object(spans(paper)));
    out.insert("confidence".into(), Value::Object(confidence(paper)));
    out.insert("warnings".into(), json!(paper.warnings));
    out.insert("citations".into(), json!(paper.citations));
    out.insert("clauses".into(), json!(paper.clauses));
    Value::Object(out)
}

/// Numbers of the papers this one rests on, in order of first appearance, each once.
fn legal_bases(paper: &Paper) -> Vec<&str> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut out = Vec::new();
    for citation in &paper.citations {
        let Some(number) = citation.number.as_deref() else { continue };
        let key = number_key(number);
        if citation.relation == Relation::Basis && citation.of.is_none() && seen.insert(key) {
            out.push(number);
        }
    }
    out
}

fn texts(paper: &Paper) -> [(&'static str, Option<&Field<String>>); 8] {
    [
        ("number", paper.number.as_ref()),
        ("issuer", paper.issuer.as_ref()),
        ("parent_body", paper.parent_body.as_ref()),
        ("place", paper.place.as_ref()),
        ("type", paper.kind.as_ref()),
        ("title", paper.title.as_ref()),
        ("secrecy", paper.secrecy.as_ref()),
        ("urgency", paper.urgency.as_ref()),
    ]
}

fn values(fields: &[Field<String>]) -> Vec<&str> {
    fields.iter().map(|field| field.value.as_str()).collect()
}

fn signer_fields(signer: &Signer) -> [(&'static str, Option<&Field<String>>); 4] {
    [
        ("authority", signer.authority.as_ref()),
        ("position", signer.position.as_ref()),
        ("concurrent_position", signer.concurrent_position.as_ref()),
        ("name", signer.name.as_ref()),
    ]
}

fn signer(signer: &Signer) -> Value {
    signer_fields(signer)
        .into_iter()
        .map(|(key, field)| (key.to_owned(), json!(field.map(|field| &field.value))))
        .collect()
}

fn task(task: &Task) -> Value {
    json!({
        "ref": task.anchor,
        "heading": task.heading,
        "text": task.text,
        "text_start": task.text_start,
        "lead": values(&task.lead),
        "coordinating": values(&task.coordinating),
        "product": task.product,
        "deadline_text": task.deadline_text.as_ref().map(|field| &field.value),
        "deadline": task.deadline,
        "deadlines_more": task.deadlines_more,
        "force": task.force,
        "class": task.class,
        "in_table": task.in_table,
        "span": span(Some(task.span)),
        "confidence": task.confidence,
    })
}

fn span(span: Option<Span>) -> Value {
    span.map_or(Value::Null, |span| json!([span.start, span.end]))
}

/// Every single field with its key.
fn each(paper: &Paper, mut visit: impl FnMut(String, Option<Span>, f32)) {
    for (key, field) in texts(paper) {
        if let Some(field) = field {
            visit(key.to_owned(), field.span, field.confidence);
        }
    }
    if let Some(date) = &paper.date {
        visit("date".into(), date.span, date.confidence);
    }
    if let Some(signer) = &paper.signer {
        for (key, field) in signer_fields(signer) {
            if let Some(field) = field {
                visit(format!("signer.{key}"), field.span, field.confidence);
            }
        }
    }
    for (key, fields) in [("addressees", &paper.addressees), ("recipients", &paper.recipients)] {
        for (at, field) in fields.iter().enumerate() {
            visit(format!("{key}[{at}]"), field.span, field.confidence);
        }
    }
}

fn spans(paper: &Paper) -> Map<String, Value> {
    let mut out = Map::new();
    each(paper, |key, place, _| {
        out.insert(key, span(place));
    });
    out
}

fn confidence(paper: &Paper) -> Map<String, Value> {
    let mut out = Map::new();
    each(paper, |key, _, sure| {
        out.insert(key, json!((f64::from(sure) * 100.0).round() / 100.0));
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise;

    #[test]
    fn an_empty_paper_has_every_key() {
        let value = to_json(&recognise(""));
        for key in [
            "number",
            "issuer",
            "place",
            "date",
            "type",
            "title",
            "legal_bases",
            "addressees",
            "recipients",
            "signer",
            "tasks",
        ] {
            assert!(value.get(key).is_some(), "{key}");
        }
        assert!(value["number"].is_null());
    }
}
