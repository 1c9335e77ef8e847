//! One report on screen.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::{FieldErrors, Uuid, time};
use platform::web::Chrome;

use super::{Pill, day, group_of, instant, shown, source_text, state_class};
use crate::reporting::{
    forms::{CellsForm, NONE, NUMBER, UNASSIGNED},
    model::{
        flow::{Act, State},
        form::{Cell, Form, Kind, Severity, Source},
        payload::{automatic, differences},
        value::{Value, Values, display},
    },
    service::{Draft, Outlier, Sight},
    store::{Question, ReportLine, Step},
};

/// What stands above every page of a report, and what the person can do next.
pub(in crate::reporting) struct Head {
    pub id: Uuid,
    pub title: String,
    pub agency: String,
    pub parent: String,
    pub round: Uuid,
    pub facts: String,
    pub state: Pill,
    pub due: Pill,
    pub generated: bool,
    pub figures: bool,
    pub old: bool,
    pub can_fill: bool,
    pub can_finish: bool,
    pub can_check: bool,
    pub can_send: bool,
    pub can_give_back: bool,
    pub can_correct: bool,
    pub can_return: bool,
    pub can_approve: bool,
    pub can_accept: bool,
    pub decides: bool,
    pub answers: bool,
    /// Cells to choose from when asking: key, label.
    pub cells: Vec<(String, String)>,
}

impl Head {
    pub(in crate::reporting) fn of(p: &Chrome, sight: &Sight, today: NaiveDate) -> Self {
        let (row, round) = (&sight.row, &sight.round);
        let state = row.state();
        let can = |is: bool, act: Act| is && row.live && state.after(act).is_some();
        let mut facts = vec![round.period_label.clone()];
        if round.stage == "estimate" {
            facts.push(p.t("số ước tính").to_owned());
        }
        if row.revision > 1 {
            facts.push(p.t1("bản đính chính {}", row.revision));
        }
        facts.push(format!("{} – {}", day(round.date_from), day(round.date_to)));
        Self {
            id: row.id,
            title: round.title.clone(),
            agency: row.agency_name.clone(),
            parent: row.parent_name.clone(),
            round: row.round_id,
            facts: facts.join(" · "),
            state: Pill { class: state_class(state), text: p.t(state.label()).to_owned() },
            due: due_pill(p, row.due_date, row.first_submitted_on, today),
            generated: round.generated,
            figures: sight.figures,
            old: !row.live,
            can_fill: row.fills && can(sight.fills, Act::Fill),
            can_finish: can(sight.fills, Act::Finish),
            can_check: can(sight.checks, Act::Check),
            can_send: can(sight.signs, Act::Send),
            can_give_back: can(sight.checks, Act::GiveBack),
            can_correct: row.fills && can(sight.fills, Act::Correct),
            can_return: can(sight.decides, Act::Return) || can(sight.decides, Act::Reopen),
            can_approve: can(sight.decides, Act::Approve),
            can_accept: can(sight.decides, Act::Accept),
            decides: sight.decides,
            answers: sight.fills,
            cells: sight.form.cells.iter().map(|cell| (cell.key.clone(), cell.label.clone())).collect(),
        }
    }
}

/// By when, and whether that was kept.
pub(in crate::reporting) fn due_pill(p: &Chrome, due: i64, sent: Option<i64>, today: NaiveDate) -> Pill {
    let date = time::date_from_int(due).unwrap_or(today);
    let shown = time::display_date(date);
    match sent.and_then(time::date_from_int) {
        Some(sent) if sent > date => {
            Pill { class: "late", text: p.t2("hạn {}, gửi chậm {} ngày", shown, (sent - date).num_days()) }
        }
        Some(_) => Pill { class: "done", text: p.t1("hạn {}, gửi đúng hạn", shown) },
        None if today > date => {
            Pill { class: "late", text: p.t2("hạn {}, chậm {} ngày", shown, (today - date).num_days()) }
        }
        None if (date - today).num_days() <= 7 => {
            Pill { class: "soon", text: p.t2("hạn {}, còn {} ngày", shown, (date - today).num_days()) }
        }
        None => Pill { class: "plain", text: p.t1("hạn {}", shown) },
    }
}

/// A line of the lists on `/bao-cao`.
pub(in crate::reporting) struct MineRow {
    pub id: Uuid,
    pub title: String,
    pub agency: String,
    pub period: String,
    pub state: Pill,
    pub due: Pill,
}

impl MineRow {
    pub(in crate::reporting) fn of(p: &Chrome, line: &ReportLine, today: NaiveDate) -> Self {
        let state = State::from_key(&line.state).unwrap_or(State::Draft);
        let sent = (!state.with_agency()).then_some(line.due_date);
        let mut period = line.period_label.clone();
        if line.stage == "estimate" {
            period = format!("{period} · {}", p.t("số ước tính"));
        }
        if line.revision > 1 {
            period = format!("{period} · {}", p.t1("bản đính chính {}", line.revision));
        }
        let due = if sent.is_some() {
            Pill { class: "plain", text: p.t1("hạn {}", day(line.due_date)) }
        } else {
            due_pill(p, line.due_date, None, today)
        };
        Self {
            id: line.id,
            title: line.title.clone(),
            agency: line.agency_name.clone(),
            period,
            state: Pill { class: state_class(state), text: p.t(state.label()).to_owned() },
            due,
        }
    }
}

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
    /// What the source says; empty for cells without one.
    pub auto: String,
    pub source: String,
    /// Leads to the activities behind it.
    pub behind: bool,
    pub error: String,
    pub warnings: Vec<String>,
    /// Why the level above sent it back.
    pub returned: String,
}

/// The cells of the fill page; what was typed comes back when it does not pass.
pub(in crate::reporting) fn fill_rows(
    p: &Chrome,
    sight: &Sight,
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
            auto: if automatic(cell) { shown(p, cell.kind, draft.auto.get(&cell.key)) } else { String::new() },
            source: source_text(p, &sight.form, cell),
            behind: matches!(cell.source, Source::Activities(_)),
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
    pub total: String,
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
    sight: &Sight,
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
            total: shown(p, cell.kind, draft.total.get(&cell.key)),
            auto: if overridden { shown(p, cell.kind, auto) } else { String::new() },
            reason: draft.reasons.get(&cell.key).cloned().unwrap_or_default(),
            source: source_text(p, &sight.form, cell),
            link: matches!(cell.source, Source::Activities(_)),
            findings: findings.map(|f| (f.severity == Severity::Error, f.message.clone())).collect(),
            outlier: outliers.get(&cell.key).map(|found| outlier_text(p, found)).unwrap_or_default(),
            returned: returned.get(&cell.key).cloned().unwrap_or_default(),
            base,
        }
    };
    bases(&sight.form).into_iter().map(row).collect()
}

fn outlier_text(p: &Chrome, found: &Outlier) -> String {
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
}

/// What changed since another issue.
pub(in crate::reporting) fn change_rows(p: &Chrome, form: &Form, before: &Values, after: &Values) -> Vec<ChangeRow> {
    let row = |change: &crate::reporting::model::payload::Difference| {
        let cell = form.cell(&change.key)?;
        Some(ChangeRow {
            label: cell.label.clone(),
            before: shown(p, cell.kind, change.before.as_ref()),
            after: shown(p, cell.kind, change.after.as_ref()),
        })
    };
    differences(form, before, after).iter().filter_map(row).collect()
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
        let label = |key: &str| form.cell(key).map_or_else(|| key.to_owned(), |cell| cell.label.clone());
        let cells = reasons.map(|(key, words)| (label(key), words.as_str().unwrap_or_default().to_owned())).collect();
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
        let label = sight.form.cell(&question.cell).map_or_else(|| question.cell.clone(), |cell| cell.label.clone());
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
