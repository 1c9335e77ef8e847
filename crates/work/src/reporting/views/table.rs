//! Rounds and their tables on screen.

use chrono::NaiveDate;
use kernel::Uuid;
use platform::web::Chrome;

use super::{Pill, day, due_pill, shown, state_class};
use crate::reporting::{
    model::{
        flow::State,
        form::{Cell, Form, HeadCell, header_rows},
    },
    service::{Line, Table},
    store::{Count, Round},
};

/// How far a round is.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::reporting) struct Progress {
    /// Reports asked for.
    pub expected: i64,
    /// Sent.
    pub sent: i64,
    /// Approved or accepted.
    pub approved: i64,
    /// Sent by the due date.
    pub in_time: i64,
    /// Not sent and past the due date.
    pub late: i64,
    /// Sent back.
    pub returned: i64,
}

impl Progress {
    pub(in crate::reporting) fn of<'a>(counts: impl Iterator<Item = &'a Count>) -> Self {
        let mut out = Self::default();
        for count in counts {
            let state = State::from_key(&count.state).unwrap_or(State::Draft);
            out.expected += count.n;
            out.in_time += count.in_time;
            out.late += count.late;
            if !state.with_agency() {
                out.sent += count.n;
            }
            if state.counts() {
                out.approved += count.n;
            }
            if state == State::Returned {
                out.returned += count.n;
            }
        }
        out
    }

    /// In per cent of what was asked for.
    pub(in crate::reporting) fn share(&self, part: &i64) -> i64 {
        if self.expected == 0 { 0 } else { part * 100 / self.expected }
    }
}

/// A round in the list.
pub(in crate::reporting) struct RoundRow {
    pub id: Uuid,
    pub form: Uuid,
    pub title: String,
    pub period: String,
    pub range: String,
    pub owner: String,
    pub opening: bool,
    pub generated: bool,
    pub progress: Progress,
}

impl RoundRow {
    pub(in crate::reporting) fn of(p: &Chrome, round: &Round, progress: Progress) -> Self {
        let estimate = round.stage == "estimate";
        let period = if estimate {
            format!("{} · {}", round.period_label, p.t("số ước tính"))
        } else {
            round.period_label.clone()
        };
        Self {
            id: round.id,
            form: round.form_id,
            title: round.title.clone(),
            period,
            range: format!("{} – {}", day(round.date_from), day(round.date_to)),
            owner: round.owner_name.clone(),
            opening: round.state == "opening",
            generated: round.generated,
            progress,
        }
    }
}

/// One agency of a table.
pub(in crate::reporting) struct TableRow {
    pub name: String,
    /// Where its name leads.
    pub path: String,
    pub state: Option<Pill>,
    pub due: Option<Pill>,
    pub cover: String,
    pub mark: &'static str,
    /// Agencies of then whose figures it holds besides its own.
    pub with: String,
    pub values: Vec<String>,
}

/// The table of a round.
pub(in crate::reporting) struct TableView {
    pub rows: Vec<TableRow>,
    /// Cells of the columns: key, unit, share of agencies that answered.
    pub columns: Vec<(String, String, String)>,
    pub total: Vec<String>,
    pub cover: String,
    pub count: usize,
}

fn columns(form: &Form) -> impl Iterator<Item = &Cell> {
    form.cells.iter().filter(|cell| cell.kind.numeric())
}

impl TableView {
    pub(in crate::reporting) fn of(p: &Chrome, round: &Round, form: &Form, table: &Table, today: NaiveDate) -> Self {
        let row = |line: &Line| TableRow {
            name: line.name.clone(),
            path: path(round, line),
            state: line.state.map(|state| Pill { class: state_class(state), text: p.t(state.label()).to_owned() }),
            due: line.state.map(|_| due_pill(p, line.due, line.sent, today)),
            cover: if line.node { format!("{}/{}", line.cover.counted, line.cover.expected) } else { String::new() },
            mark: line.mark,
            with: line.with.join(", "),
            values: columns(form).map(|cell| shown(p, cell.kind, line.values.get(&cell.key))).collect(),
        };
        let answered = |cell: &Cell| match table.answered.get(&cell.key) {
            Some(answered) if crate::reporting::model::sums::summed(cell) => {
                format!("{answered}/{}", table.cover.expected)
            }
            _ => String::new(),
        };
        Self {
            rows: table.lines.iter().map(row).collect(),
            columns: columns(form).map(|cell| (cell.key.clone(), cell.unit.clone(), answered(cell))).collect(),
            total: columns(form).map(|cell| shown(p, cell.kind, table.total.get(&cell.key))).collect(),
            cover: format!("{}/{}", table.cover.counted, table.cover.expected),
            count: table.lines.len(),
        }
    }

    /// The header over the columns.
    pub(in crate::reporting) fn head(&self, form: &Form) -> Vec<Vec<HeadCell>> {
        header_rows(columns(form))
    }
}

/// Where the name of an agency leads: to its own table, or to its report.
fn path(round: &Round, line: &Line) -> String {
    match (line.node, line.report) {
        (true, _) => format!("/ky-bao-cao/{}?co={}", round.id, line.agency),
        (false, Some(report)) => format!("/bao-cao/{report}"),
        (false, None) => format!("/co-quan/{}", line.agency),
    }
}

/// An agency's part of a total.
pub(in crate::reporting) struct CellLine {
    pub name: String,
    pub path: String,
    pub value: String,
    pub state: Option<Pill>,
}

/// The agencies behind a total, the greatest first.
pub(in crate::reporting) fn cell_lines(p: &Chrome, round: &Round, cell: &Cell, table: &Table) -> Vec<CellLine> {
    let mut lines: Vec<&Line> = table.lines.iter().collect();
    let number = |line: &Line| line.values.get(&cell.key).and_then(|value| value.number()).unwrap_or(f64::MIN);
    lines.sort_by(|a, b| number(b).total_cmp(&number(a)).then_with(|| a.name.cmp(&b.name)));
    let row = |line: &&Line| CellLine {
        name: line.name.clone(),
        path: match (line.node, line.report) {
            (true, _) => format!("/ky-bao-cao/{}/o/{}?co={}", round.id, cell.key, line.agency),
            (false, Some(report)) => format!("/bao-cao/{report}/o/{}", cell.key),
            (false, None) => format!("/co-quan/{}", line.agency),
        },
        value: shown(p, cell.kind, line.values.get(&cell.key)),
        state: line.state.map(|state| Pill { class: state_class(state), text: p.t(state.label()).to_owned() }),
    };
    lines.iter().map(row).collect()
}
