//! The table of a round at one agency: a line for each agency directly below, the total, and how much of what was expected stands behind it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::{Result, Uuid, time};
use platform::App;
use records::agencies;

use crate::reporting::{
    model::{
        flow::State,
        form::Form,
        payload::Frozen,
        sums::{Sums, Tally},
        value::Values,
    },
    store::{self, Round, RowOfTable, SumRow},
};

/// How much of what was expected is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cover {
    /// Reports that count.
    pub counted: i64,
    /// Reports that were asked for.
    pub expected: i64,
}

/// One agency of the table.
#[derive(Clone)]
pub(crate) struct Line {
    /// The agency.
    pub agency: Uuid,
    /// What it is called.
    pub name: String,
    /// Its newest report; none in today's units.
    pub report: Option<Uuid>,
    /// Where that stands.
    pub state: Option<State>,
    /// By when it was due.
    pub due: i64,
    /// When it was first sent.
    pub sent: Option<i64>,
    /// Own figures with everything below.
    pub values: Values,
    /// What stands behind the figures.
    pub cover: Cover,
    /// Has it agencies below?
    pub node: bool,
    /// In today's units: agencies of then whose figures it holds besides its own.
    pub with: Vec<String>,
    /// How sure a figure carried into today's units is; empty when it is exact.
    pub mark: &'static str,
}

/// See the module.
pub(crate) struct Table {
    /// The lines.
    pub lines: Vec<Line>,
    /// The total of the lines.
    pub total: Values,
    /// What stands behind the total.
    pub cover: Cover,
    /// How many agencies answered each cell, of those that count.
    pub answered: BTreeMap<String, i64>,
}

/// The table at `node`, as it was, or in the agencies of today. Two statements, however many agencies there are.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn table(app: &App, round: &Round, form: &Form, node: Uuid, today: bool) -> Result<Table> {
    let rows = store::rows_under(app.db.read(), &[round.id], node).await?;
    let sums = store::sums_under(app.db.read(), &[round.id], node).await?;
    let mut parts = Parts::of(form, rows, &sums);
    if today {
        let on = opened_on(app, round);
        parts.lines = carried(app, vec![(on, parts.lines)]).await?.pop().unwrap_or_default();
    }
    let answered = form.cells.iter().map(|cell| (cell.key.clone(), parts.total.answered(&cell.key))).collect();
    let lines = parts.lines.into_iter().map(|(line, sums)| Line { values: sums.values(form), ..line }).collect();
    Ok(Table { lines, total: parts.total.values(form), cover: parts.cover, answered })
}

/// The day whose tree of agencies a round took.
pub(super) fn opened_on(app: &App, round: &Round) -> NaiveDate {
    time::date_from_int(round.opened_on).unwrap_or_else(|| app.clock.today())
}

/// A table whose values are still sums.
#[derive(Default)]
pub(super) struct Parts {
    pub lines: Vec<(Line, Sums)>,
    pub total: Sums,
    pub cover: Cover,
}

impl Parts {
    /// From the reports directly under an agency and the sums of them and of itself, all of one round.
    pub(super) fn of(form: &Form, rows: Vec<RowOfTable>, sums: &[SumRow]) -> Self {
        let mut out = Self::default();
        let mut below: BTreeMap<Uuid, (Sums, Cover)> = BTreeMap::new();
        for row in sums {
            let cover = Cover { counted: row.counted, expected: row.expected };
            let sums: Sums = serde_json::from_str(&row.payload).unwrap_or_default();
            out.total.merge(&sums);
            out.cover.counted += cover.counted;
            out.cover.expected += cover.expected;
            below.insert(row.parent_id, (sums, cover));
        }
        let mut places: BTreeMap<Uuid, usize> = BTreeMap::new();
        for row in rows {
            let place = *places.entry(row.agency_id).or_insert_with(|| {
                let known = below.get(&row.agency_id);
                let (sums, part) = known.cloned().unwrap_or_default();
                let line = Line {
                    agency: row.agency_id,
                    name: row.agency_name.clone(),
                    report: None,
                    state: None,
                    due: row.due_date,
                    sent: row.first_submitted_on,
                    values: Values::new(),
                    cover: Cover { counted: part.counted, expected: part.expected + 1 },
                    node: known.is_some(),
                    with: Vec::new(),
                    mark: "",
                };
                out.lines.push((line, sums));
                out.lines.len() - 1
            });
            let Some((line, sums)) = out.lines.get_mut(place) else { continue };
            if row.live {
                (line.report, line.state) = (Some(row.id), Some(State::from_key(&row.state).unwrap_or(State::Draft)));
            }
            if row.counted {
                let own: Frozen = serde_json::from_str(&row.frozen).unwrap_or_default();
                sums.add(form, &own.values);
                line.cover.counted += 1;
            }
        }
        out
    }
}

/// A figure to be carried: whose, of which day, which (table, cell, kind), how much.
type Figure<'a> = (Uuid, NaiveDate, (usize, &'a str, u8), i64);

/// The same figures in the agencies of today, for each table with the day of its agencies: additive ones are summed where agencies were merged, ratios
/// computed anew.
pub(super) async fn carried(app: &App, tables: Vec<(NaiveDate, Vec<(Line, Sums)>)>) -> Result<Vec<Vec<(Line, Sums)>>> {
    let dir = agencies::directory(app).await?;
    let today = app.clock.today();
    // Each kind of figure is carried on its own: sums, answers of three kinds, reports, expected reports.
    let mut points: Vec<Figure<'_>> = Vec::new();
    for (table, (on, parts)) in tables.iter().enumerate() {
        for (line, sums) in parts {
            let mut point = |key, kind: u8, value: i64| points.push((line.agency, *on, (table, key, kind), value));
            point("", 0, sums.reports);
            point("", 1, line.cover.counted);
            point("", 2, line.cover.expected);
            for (key, tally) in &sums.cells {
                let figures = [tally.thousandths, tally.numbers, tally.none, tally.unassigned];
                for (kind, figure) in (0u8..).zip(figures).filter(|(_, figure)| *figure != 0) {
                    point(key, kind, figure);
                }
            }
        }
    }
    let mut out: Vec<BTreeMap<Uuid, (Line, Sums)>> = tables.iter().map(|_| BTreeMap::new()).collect();
    for ((agency, (table, key, kind)), (value, mark)) in dir.in_units_of(today, points) {
        let Some((lines, (_, parts))) = out.get_mut(table).zip(tables.get(table)) else { continue };
        let (line, sums) = lines.entry(agency).or_insert_with(|| {
            let line = Line {
                agency,
                name: dir.name(agency, today).unwrap_or_default().to_owned(),
                report: None,
                state: None,
                due: 0,
                sent: None,
                values: Values::new(),
                cover: Cover::default(),
                node: parts.iter().any(|(line, _)| line.agency == agency && line.node),
                with: Vec::new(),
                mark: "",
            };
            (line, Sums::default())
        });
        if !mark.is_empty() && value != 0 {
            line.mark = mark;
        }
        if key.is_empty() {
            match kind {
                0 => sums.reports += value,
                1 => line.cover.counted += value,
                _ => line.cover.expected += value,
            }
            continue;
        }
        let tally: &mut Tally = sums.cells.entry(key.to_owned()).or_default();
        match kind {
            0 => tally.thousandths += value,
            1 => tally.numbers += value,
            2 => tally.none += value,
            _ => tally.unassigned += value,
        }
    }
    for (lines, (_, parts)) in out.iter_mut().zip(&tables) {
        for (line, _) in parts.iter().filter(|(line, _)| !dir.lives(line.agency, today)) {
            for heir in dir.heirs(line.agency, today) {
                if let Some((into, _)) = lines.get_mut(&heir) {
                    into.with.push(line.name.clone());
                }
            }
        }
    }
    let sorted = |lines: BTreeMap<Uuid, (Line, Sums)>| {
        let mut lines: Vec<(Line, Sums)> = lines.into_values().collect();
        lines.sort_by(|a, b| a.0.name.cmp(&b.0.name));
        lines
    };
    Ok(out.into_iter().map(sorted).collect())
}
