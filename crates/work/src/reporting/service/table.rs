//! The table of a round at one agency: a line for each agency directly below, the total, and how much of what was expected stands behind it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::{Result, Uuid, time};
use platform::App;
use records::agencies;

use crate::reporting::{
    model::{
        flow::State,
        form::{Cell, Form},
        operands::needs,
        payload::{Covers, Frozen},
        sums::{Sums, Tally, summed},
        value::Values,
    },
    store::{self, Round, RowOfTable, SumRow},
};

/// How much of what was expected is there: of agencies that fill in figures of their own, not of those between that only consolidate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cover {
    /// Reports that count.
    pub counted: i64,
    /// Reports that were asked for.
    pub expected: i64,
}

/// An agency of then whose figures stand in the line of another one today.
#[derive(Debug, Clone)]
pub(crate) struct Former {
    /// The agency.
    pub agency: Uuid,
    /// What it was called.
    pub name: String,
    /// Its report.
    pub report: Option<Uuid>,
    /// Had it agencies below?
    pub node: bool,
}

/// One agency of the table.
#[derive(Clone)]
pub(crate) struct Line {
    /// The agency.
    pub agency: Uuid,
    /// What it is called.
    pub name: String,
    /// Its newest report, or the one that counts while a correction of it is being prepared.
    pub report: Option<Uuid>,
    /// Where that stands; none in today's units.
    pub state: Option<State>,
    /// Is a correction of it being prepared?
    pub correcting: bool,
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
    pub with: Vec<Former>,
    /// How sure a figure carried into today's units is; empty when it is exact.
    pub mark: &'static str,
    /// What its report that counts gave as the total with everything below, while agencies are below it.
    pub reported: Option<Values>,
}

impl Line {
    /// Does its report that counts say something else than what is approved below it now?
    pub fn moved(&self, form: &Form) -> bool {
        self.reported.as_ref().is_some_and(|reported| differs(form, reported, &self.values))
    }
}

/// Do two totals differ in a cell that is summed?
pub(crate) fn differs(form: &Form, one: &Values, other: &Values) -> bool {
    form.cells.iter().filter(|cell| summed(cell)).any(|cell| one.get(&cell.key) != other.get(&cell.key))
}

/// See the module.
pub(crate) struct Table {
    /// The lines.
    pub lines: Vec<Line>,
    /// The total of the lines.
    pub total: Values,
    /// What stands behind the total.
    pub cover: Cover,
    /// How many agencies stand behind each cell, of those that count; of a computed cell the fewest behind what it is computed from.
    pub answered: BTreeMap<String, i64>,
    /// What stands behind cells that are taken from the totals of another form.
    pub through: Covers,
    /// Has the agency no part in the round, so that the lines are the topmost reports below it?
    pub merged: bool,
}

impl Table {
    /// What stands behind the total of a cell: answered, asked; the least of what it is computed from.
    pub fn cover_of(&self, form: &Form, key: &str) -> Option<(i64, i64)> {
        let cover = |key: &String| {
            let own =
                || form.cell(key).filter(|cell| summed(cell)).map(|_| self.answered.get(key).copied().unwrap_or(0));
            self.through.get(key).copied().or_else(|| Some((own()?, self.cover.expected)))
        };
        least(needs(form, key).iter().filter_map(cover))
    }
}

/// The smallest share.
pub(super) fn least(covers: impl Iterator<Item = (i64, i64)>) -> Option<(i64, i64)> {
    covers.min_by(|(answered, asked), (other, of)| (answered * of).cmp(&(other * asked)))
}

/// What tables are made of.
pub(super) struct Stored {
    pub rows: Vec<RowOfTable>,
    pub sums: Vec<SumRow>,
    pub merged: bool,
}

/// What the tables of rounds at an agency are made of: two statements, and two more where `merge` is wanted and the agency has no part in the rounds.
pub(super) async fn stored(app: &App, rounds: &[Uuid], node: Uuid, merge: bool) -> Result<Stored> {
    let c = app.db.read();
    let rows = store::rows_under(c, rounds, node).await?;
    let sums = store::sums_under(c, rounds, node).await?;
    if !merge || !rows.is_empty() || !sums.is_empty() {
        return Ok(Stored { rows, sums, merged: false });
    }
    let rows = store::rows_within(c, rounds, node).await?;
    let sums = store::sums_within(c, rounds, node).await?;
    Ok(Stored { rows, sums, merged: true })
}

/// The table at `node`, as it was, or in the agencies of today; empty where nobody reports to it. Two statements, however many agencies there are.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn table(app: &App, round: &Round, form: &Form, node: Uuid, today: bool) -> Result<Table> {
    laid_out(app, round, form, stored(app, &[round.id], node, false).await?, today).await
}

/// The same for a page: an agency without a part in the round sees the topmost reports below it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn table_at(app: &App, round: &Round, form: &Form, node: Uuid, today: bool) -> Result<Table> {
    laid_out(app, round, form, stored(app, &[round.id], node, true).await?, today).await
}

async fn laid_out(app: &App, round: &Round, form: &Form, stored: Stored, today: bool) -> Result<Table> {
    let merged = stored.merged;
    let mut parts = Parts::of(form, stored.rows, &stored.sums, merged);
    if today {
        let on = opened_on(app, round);
        parts.lines = carried(app, vec![(on, parts.lines)]).await?.pop().unwrap_or_default();
    }
    let answered = |cell: &Cell| Some((cell.key.clone(), parts.total.behind(form, &cell.key)?));
    let answered = form.cells.iter().filter_map(answered).collect();
    let lines = parts.lines.into_iter().map(|(line, sums)| Line { values: sums.values(form), ..line }).collect();
    Ok(Table { lines, total: parts.total.values(form), cover: parts.cover, answered, through: parts.through, merged })
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
    pub through: Covers,
}

impl Parts {
    /// From reports beside each other and the sums below them, all of one round; with those of the agency above them, or `merged` without.
    pub(super) fn of(form: &Form, rows: Vec<RowOfTable>, sums: &[SumRow], merged: bool) -> Self {
        let mut out = Self::default();
        let mut below: BTreeMap<Uuid, (Sums, Cover)> = BTreeMap::new();
        for row in sums {
            let sums: Sums = serde_json::from_str(&row.payload).unwrap_or_default();
            if !merged {
                out.total.merge(&sums);
            }
            below.insert(row.parent_id, (sums, Cover { counted: row.counted, expected: row.expected }));
        }
        let mut places: BTreeMap<Uuid, usize> = BTreeMap::new();
        for row in rows {
            let place = *places.entry(row.agency_id).or_insert_with(|| {
                let known = below.get(&row.agency_id);
                let (sums, part) = known.cloned().unwrap_or_default();
                // Those between that only consolidate have no figures to give.
                let part = if form.below(&row.level).any(|level| level.fills) { part } else { Cover::default() };
                let line = Line {
                    agency: row.agency_id,
                    name: row.agency_name.clone(),
                    report: None,
                    state: None,
                    correcting: false,
                    due: row.due_date,
                    sent: row.first_submitted_on,
                    values: Values::new(),
                    cover: Cover { expected: part.expected + i64::from(row.fills), ..part },
                    node: known.is_some(),
                    with: Vec::new(),
                    mark: "",
                    reported: None,
                };
                out.lines.push((line, sums));
                out.lines.len() - 1
            });
            let Some((line, sums)) = out.lines.get_mut(place) else { continue };
            let state = State::from_key(&row.state).unwrap_or(State::Draft);
            // The revision that counts comes before the correction.
            line.correcting = line.report.is_some() && state.with_agency();
            if !line.correcting {
                (line.report, line.state) = (Some(row.id), Some(state));
            }
            if row.counted {
                let own: Frozen = serde_json::from_str(&row.frozen).unwrap_or_default();
                sums.add(form, &own.values);
                line.cover.counted += i64::from(row.fills);
                line.reported = line.node.then_some(own.total);
                for (key, (answered, asked)) in own.cover {
                    let cover = out.through.entry(key).or_default();
                    *cover = (cover.0 + answered, cover.1 + asked);
                }
            }
        }
        for (line, sums) in &out.lines {
            out.cover.counted += line.cover.counted;
            out.cover.expected += line.cover.expected;
            if merged {
                out.total.merge(sums);
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
                report: parts.iter().find(|(line, _)| line.agency == agency).and_then(|(line, _)| line.report),
                state: None,
                correcting: false,
                due: 0,
                sent: None,
                values: Values::new(),
                cover: Cover::default(),
                node: parts.iter().any(|(line, _)| line.agency == agency && line.node),
                with: Vec::new(),
                mark: "",
                reported: None,
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
                    let Line { agency, name, report, node, .. } = line.clone();
                    into.with.push(Former { agency, name, report, node });
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
