//! Rounds and their tables on screen.

use std::collections::BTreeMap;

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
    /// Sent at least once, those that came back included.
    pub sent: i64,
    /// Approved or accepted.
    pub approved: i64,
    /// Sent by the due date.
    pub in_time: i64,
    /// Sent after it.
    pub after: i64,
    /// Never sent and past the due date.
    pub missing: i64,
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
            out.after += count.after;
            out.missing += count.missing;
            out.sent += count.in_time + count.after;
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
    /// What it looks back on; empty for a round over everything.
    pub plan: String,
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
            plan: round.plan_name.clone(),
        }
    }
}

/// One agency of a table.
pub(in crate::reporting) struct TableRow {
    pub agency: Uuid,
    pub name: String,
    /// Where its name leads.
    pub path: String,
    pub state: Option<Pill>,
    pub due: Option<Pill>,
    pub cover: String,
    pub mark: &'static str,
    /// Is a correction being prepared?
    pub correcting: bool,
    /// Agencies of then whose figures it holds besides its own: name, where that leads.
    pub with: Vec<(String, String)>,
    /// What is to be looked at: words, where they lead.
    pub notes: Vec<(String, String)>,
    /// Does its report say something else than what is approved below it now?
    pub moved: bool,
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

/// Where the name of an agency leads: to its own part of a round, to its report, to the agency.
#[derive(Clone, Copy)]
struct Lead<'a> {
    round: Uuid,
    /// One cell instead of the whole.
    cell: Option<&'a str>,
    /// Stays in the agencies of today.
    today: bool,
}

impl Lead<'_> {
    fn path(self, agency: Uuid, report: Option<Uuid>, node: bool) -> String {
        let cell = self.cell.map_or(String::new(), |cell| format!("/o/{cell}"));
        let today = if self.today { "&xem=nay" } else { "" };
        match (node, report) {
            (true, _) => format!("/ky-bao-cao/{}{cell}?co={agency}{today}", self.round),
            (false, Some(report)) => format!("/bao-cao/{report}{cell}"),
            (false, None) => format!("/co-quan/{agency}"),
        }
    }

    fn of(self, line: &Line) -> String {
        self.path(line.agency, line.report, line.node)
    }

    fn former(self, line: &Line) -> Vec<(String, String)> {
        line.with.iter().map(|one| (one.name.clone(), self.path(one.agency, one.report, one.node))).collect()
    }
}

/// "86/92".
pub(in crate::reporting) fn share_text(cover: Option<(i64, i64)>) -> String {
    cover.filter(|(_, asked)| *asked > 0).map_or_else(String::new, |(answered, asked)| format!("{answered}/{asked}"))
}

impl TableView {
    pub(in crate::reporting) fn of(
        p: &Chrome,
        (round, form): (&Round, &Form),
        table: &Table,
        today: NaiveDate,
        now: bool,
    ) -> Self {
        let lead = Lead { round: round.id, cell: None, today: now };
        let row = |line: &Line| TableRow {
            agency: line.agency,
            name: line.name.clone(),
            path: lead.of(line),
            state: line.state.map(|state| Pill { class: state_class(state), text: p.t(state.label()).to_owned() }),
            due: line.state.map(|_| due_pill(p, line.due, line.sent, today)),
            cover: match format!("{}/{}", line.cover.counted, line.cover.expected) {
                cover if line.node => cover,
                cover if !line.with.is_empty() => p.t1("{} báo cáo", cover),
                _ => String::new(),
            },
            mark: line.mark,
            correcting: line.correcting,
            with: lead.former(line),
            notes: Vec::new(),
            moved: line.moved(form),
            values: columns(form).map(|cell| shown(p, cell.kind, line.values.get(&cell.key))).collect(),
        };
        let cover = |cell: &Cell| share_text(table.cover_of(form, &cell.key));
        Self {
            rows: table.lines.iter().map(row).collect(),
            columns: columns(form).map(|cell| (cell.key.clone(), cell.unit.clone(), cover(cell))).collect(),
            total: columns(form).map(|cell| shown(p, cell.kind, table.total.get(&cell.key))).collect(),
            cover: format!("{}/{}", table.cover.counted, table.cover.expected),
            count: table.lines.len(),
        }
    }

    /// Keeps the agencies of which there is something to be looked at.
    pub(in crate::reporting) fn only(&mut self, mut notes: BTreeMap<Uuid, Vec<(String, String)>>) {
        for row in &mut self.rows {
            row.notes = notes.remove(&row.agency).unwrap_or_default();
        }
        self.rows.retain(|row| !row.notes.is_empty());
    }

    /// The header over the columns.
    pub(in crate::reporting) fn head(&self, form: &Form) -> Vec<Vec<HeadCell>> {
        header_rows(columns(form))
    }
}

/// An agency's part of a total.
pub(in crate::reporting) struct CellLine {
    pub name: String,
    pub path: String,
    pub with: Vec<(String, String)>,
    pub value: String,
    pub state: Option<Pill>,
}

/// The agencies behind a total, the greatest first.
pub(in crate::reporting) fn cell_lines(
    p: &Chrome,
    round: &Round,
    cell: &Cell,
    table: &Table,
    today: bool,
) -> Vec<CellLine> {
    let mut lines: Vec<&Line> = table.lines.iter().collect();
    let number = |line: &Line| line.values.get(&cell.key).and_then(|value| value.number()).unwrap_or(f64::MIN);
    lines.sort_by(|a, b| number(b).total_cmp(&number(a)).then_with(|| a.name.cmp(&b.name)));
    let lead = Lead { round: round.id, cell: Some(&cell.key), today };
    let row = |line: &&Line| CellLine {
        name: line.name.clone(),
        path: lead.of(line),
        with: lead.former(line),
        value: shown(p, cell.kind, line.values.get(&cell.key)),
        state: line.state.map(|state| Pill { class: state_class(state), text: p.t(state.label()).to_owned() }),
    };
    lines.iter().map(row).collect()
}
