//! One report on screen: its cells, what changed, its history, questions about it.

use std::collections::BTreeMap;

use kernel::{FieldErrors, Uuid};
use platform::web::Chrome;

use super::{group_of, instant, json, share_text, shown, source_text};
use crate::reporting::{
    forms::{CellsForm, NONE, NUMBER, UNASSIGNED},
    model::{
        flow::Act,
        form::{Cell, Form, Kind, Severity, Source},
        payload::{Difference, automatic},
        value::{Value, display},
    },
    service::{Draft, Names, Outlier, Sight},
    store::{Question, Step},
};

/// What every row of a form has.
pub(in crate::reporting) struct Base {
    pub group: Option<String>,
    pub key: String,
    pub label: String,
    pub part: bool,
    pub text: bool,
    pub unit: String,
    pub note: String,
}

fn bases(form: &Form) -> Vec<(&Cell, Base)> {
    let mut before = String::new();
    let base = |cell: &'_ Cell, group: Option<String>| Base {
        group,
        key: cell.key.clone(),
        label: cell.label.clone(),
        part: cell.part_of.is_some(),
        text: cell.kind == Kind::Text,
        unit: cell.unit.clone(),
        note: cell.note.clone(),
    };
    form.cells
        .iter()
        .map(|cell| {
            let group = group_of(cell);
            let new = (group != before && !group.is_empty()).then(|| group.clone());
            before = group;
            (cell, base(cell, new))
        })
        .collect()
}

/// A cell of the fill page.
pub(in crate::reporting) struct FillRow {
    pub base: Base,
    pub computed: bool,
    /// What stands in the field.
    pub value: String,
    /// Which kind of value is chosen.
    pub choice: &'static str,
    pub reason: String,
    /// What stood there when the page was made, as JSON.
    pub was: String,
    /// What the source says; empty for cells without one.
    pub auto: String,
    pub source: String,
    /// Leads to what is behind it.
    pub behind: bool,
    pub error: String,
    pub warnings: Vec<String>,
    /// Why the level above sent it back.
    pub returned: String,
}

/// The cells of the fill page; what was typed comes back when it does not pass.
pub(in crate::reporting) fn fill_rows(
    p: &Chrome,
    (sight, names): (&Sight, &Names),
    draft: &Draft,
    typed: Option<&CellsForm>,
    errors: &FieldErrors,
    returned: &BTreeMap<String, String>,
) -> Vec<FillRow> {
    let row = |(cell, base): (&Cell, Base)| {
        let value = draft.values.get(&cell.key);
        let mut choice = match value {
            Some(Value::None) => NONE,
            Some(Value::Unassigned) => UNASSIGNED,
            _ => NUMBER,
        };
        let mut field = match value {
            Some(Value::Number(number)) if cell.kind != Kind::Ratio => display(*number),
            Some(Value::Number(_)) => shown(p, cell.kind, value),
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let mut reason = draft.reasons.get(&cell.key).cloned().unwrap_or_default();
        if let Some(typed) = typed.filter(|_| !cell.source.computed()) {
            field = typed.get(&format!("c.{}", cell.key)).to_owned();
            reason = typed.get(&format!("r.{}", cell.key)).to_owned();
            choice =
                [NONE, UNASSIGNED].into_iter().find(|c| typed.get(&format!("k.{}", cell.key)) == *c).unwrap_or(NUMBER);
        }
        let findings = draft.findings.iter().filter(|finding| finding.cells.first() == Some(&cell.key));
        let error = errors.get(&cell.key).map(str::to_owned).unwrap_or_default();
        FillRow {
            computed: cell.source.computed(),
            value: field,
            choice,
            reason,
            was: typed.map_or_else(|| json(value), |typed| typed.get(&format!("w.{}", cell.key)).to_owned()),
            auto: if automatic(cell) { shown(p, cell.kind, draft.auto.get(&cell.key)) } else { String::new() },
            source: source_text(p, (&sight.form, names), cell),
            behind: automatic(cell),
            warnings: findings.map(|finding| finding.message.clone()).filter(|message| *message != error).collect(),
            error,
            returned: returned.get(&cell.key).cloned().unwrap_or_default(),
            base,
        }
    };
    bases(&sight.form).into_iter().map(row).collect()
}

/// A cell of a report.
pub(in crate::reporting) struct ReportRow {
    pub base: Base,
    pub value: String,
    /// What stands behind it, and behind the total; empty where nothing is counted.
    pub cover: String,
    pub total: String,
    pub total_cover: String,
    pub auto: String,
    pub reason: String,
    pub source: String,
    pub link: bool,
    pub findings: Vec<(bool, String)>,
    pub outlier: String,
    pub returned: String,
}

/// The cells of a report.
pub(in crate::reporting) fn report_rows(
    p: &Chrome,
    (sight, names): (&Sight, &Names),
    draft: &Draft,
    outliers: &BTreeMap<String, Outlier>,
    returned: &BTreeMap<String, String>,
) -> Vec<ReportRow> {
    let row = |(cell, base): (&Cell, Base)| {
        let value = draft.values.get(&cell.key);
        let auto = draft.auto.get(&cell.key);
        let overridden = draft.reasons.contains_key(&cell.key);
        let findings = draft.findings.iter().filter(|finding| finding.cells.first() == Some(&cell.key));
        ReportRow {
            value: shown(p, cell.kind, value),
            cover: share_text(draft.cover_of(&sight.form, &cell.key)),
            total: shown(p, cell.kind, draft.total.get(&cell.key)),
            total_cover: share_text(draft.total_cover.get(&cell.key).copied()),
            auto: if overridden { shown(p, cell.kind, auto) } else { String::new() },
            reason: draft.reasons.get(&cell.key).cloned().unwrap_or_default(),
            source: source_text(p, (&sight.form, names), cell),
            link: !matches!(cell.source, Source::Typed),
            findings: findings.map(|f| (f.severity == Severity::Error, f.message.clone())).collect(),
            outlier: outliers.get(&cell.key).map(|found| outlier_text(p, found)).unwrap_or_default(),
            returned: returned.get(&cell.key).cloned().unwrap_or_default(),
            base,
        }
    };
    bases(&sight.form).into_iter().map(row).collect()
}

/// How a figure stands out, in words.
pub(in crate::reporting) fn outlier_text(p: &Chrome, found: &Outlier) -> String {
    let own = found.own.map(|s| {
        if s.above {
            p.t1("cao hơn hẳn các kỳ trước (thường {})", display(s.usual))
        } else {
            p.t1("thấp hơn hẳn các kỳ trước (thường {})", display(s.usual))
        }
    });
    let peers = found.peers.map(|s| {
        if s.above {
            p.t1("cao hơn hẳn các đơn vị khác (thường {})", display(s.usual))
        } else {
            p.t1("thấp hơn hẳn các đơn vị khác (thường {})", display(s.usual))
        }
    });
    own.into_iter().chain(peers).collect::<Vec<_>>().join("; ")
}

/// A line of the annex "what changed".
pub(in crate::reporting) struct ChangeRow {
    pub label: String,
    pub before: String,
    pub after: String,
    /// By how much; empty where one of them is no number.
    pub by: String,
}

/// What changed.
pub(in crate::reporting) fn change_rows(p: &Chrome, form: &Form, changes: &[Difference]) -> Vec<ChangeRow> {
    let number = |value: &Option<Value>| value.as_ref().and_then(Value::number);
    let row = |change: &Difference| {
        let cell = form.cell(&change.key)?;
        let by = number(&change.before).zip(number(&change.after)).map(|(before, after)| after - before);
        let by = by.map(|by| {
            let text = shown(p, cell.kind, Some(&Value::Number(by)));
            if by > 0.0 { format!("+{text}") } else { text }
        });
        Some(ChangeRow {
            label: form.named(&change.key),
            before: shown(p, cell.kind, change.before.as_ref()),
            after: shown(p, cell.kind, change.after.as_ref()),
            by: by.unwrap_or_default(),
        })
    };
    changes.iter().filter_map(row).collect()
}

/// A step of the history.
pub(in crate::reporting) struct StepRow {
    pub at: String,
    pub who: String,
    pub what: String,
    pub body: String,
    /// Reasons by cell: label, words.
    pub cells: Vec<(String, String)>,
}

impl StepRow {
    pub(in crate::reporting) fn of(p: &Chrome, form: &Form, step: &Step) -> Self {
        let detail: serde_json::Value = serde_json::from_str(&step.detail).unwrap_or_default();
        let reasons = detail.get("cells").and_then(|cells| cells.as_object()).into_iter().flatten();
        let cells =
            reasons.map(|(key, words)| (form.named(key), words.as_str().unwrap_or_default().to_owned())).collect();
        let what = Act::from_key(&step.kind).map(Act::label).unwrap_or_default();
        Self {
            at: instant(step.at),
            who: step.actor_name.clone(),
            what: p.t(what).to_owned(),
            body: step.body.clone(),
            cells,
        }
    }
}

/// A question.
pub(in crate::reporting) struct QuestionRow {
    pub id: Uuid,
    pub label: String,
    pub body: String,
    pub asked: String,
    pub answer: String,
    pub answered: String,
    pub follow_up: bool,
}

impl QuestionRow {
    pub(in crate::reporting) fn of(sight: &Sight, question: &Question) -> Self {
        let label = sight.form.named(&question.cell);
        let answered = question.answered_at.map(|at| format!("{}, {}", question.answered_name, instant(at)));
        Self {
            id: question.id,
            label,
            body: question.body.clone(),
            asked: format!("{}, {}", question.asked_name, instant(question.asked_at)),
            answer: question.answer.clone(),
            answered: answered.unwrap_or_default(),
            follow_up: question.follow_up,
        }
    }
}
