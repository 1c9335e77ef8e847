//! What two readings of one paper are compared by: everything but the places in the text.

use papers::{Field, Paper};
use serde_json::{Value, json};

/// White space made uniform.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn field(field: Option<&Field<String>>) -> Option<String> {
    field.map(|field| plain(&field.value))
}

fn list(fields: &[Field<String>]) -> Vec<String> {
    fields.iter().map(|field| plain(&field.value)).collect()
}

/// Every part of the paper without byte spans and confidences, under the name of its field.
pub fn view(paper: &Paper) -> Vec<(&'static str, Value)> {
    let words = |span: papers::Span| plain(&paper.text[span.start..span.end]);
    let signer = paper.signer.as_ref().map(|signer| {
        [&signer.authority, &signer.position, &signer.concurrent_position, &signer.name]
            .map(|part| field(part.as_ref()))
    });
    let citation = |citation: &papers::Citation| {
        json!([citation.kind, citation.number, citation.name, citation.date, citation.relation, citation.of])
    };
    let clause = |clause: &papers::Clause| {
        json!([clause.anchor, clause.kind, clause.parent, plain(&clause.heading), words(clause.span)])
    };
    let task = |task: &papers::Task| {
        json!({
            "ref": task.anchor,
            "heading": task.heading.as_deref().map(plain),
            "text": plain(&task.text),
            "text_start": task.text_start,
            "lead": list(&task.lead),
            "coordinating": list(&task.coordinating),
            "product": task.product.as_deref().map(plain),
            "deadline_text": field(task.deadline_text.as_ref()),
            "deadline": task.deadline,
            "deadlines_more": task.deadlines_more,
            "force": task.force,
            "class": task.class,
            "in_table": task.in_table,
        })
    };
    let single = [
        ("issuer", &paper.issuer),
        ("parent_body", &paper.parent_body),
        ("number", &paper.number),
        ("place", &paper.place),
        ("type", &paper.kind),
        ("title", &paper.title),
        ("secrecy", &paper.secrecy),
        ("urgency", &paper.urgency),
    ];
    let mut out: Vec<(&'static str, Value)> =
        single.into_iter().map(|(key, value)| (key, json!(field(value.as_ref())))).collect();
    out.extend([
        ("date", json!(paper.date.as_ref().map(|date| date.value))),
        ("addressees", json!(list(&paper.addressees))),
        ("recipients", json!(list(&paper.recipients))),
        ("signer", json!(signer)),
        ("warnings", paper.warnings.iter().map(|warning| json!([warning.code, warning.message])).collect()),
    ]);
    out.extend(paper.citations.iter().map(|one| ("citation", citation(one))));
    out.extend(paper.tables.iter().map(|table| ("table", json!(table.rows))));
    out.extend(paper.tasks.iter().map(|one| ("task", task(one))));
    out.extend(paper.clauses.iter().map(|one| ("clause", clause(one))));
    out
}

/// Panics with the first things that differ.
pub fn same(form: &str, read: &Paper, expected: &Paper) {
    let (read, expected) = (view(read), view(expected));
    let mut differ = vec![];
    for at in 0..read.len().max(expected.len()) {
        let (read, expected) = (read.get(at), expected.get(at));
        if read != expected {
            differ.push(format!("read     {read:?}\nexpected {expected:?}"));
        }
    }
    assert!(differ.is_empty(), "{form}: {} parts differ\n{}", differ.len(), differ[..differ.len().min(8)].join("\n"));
}
