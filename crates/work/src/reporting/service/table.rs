//! The table of a round at one agency: a line for each agency directly below, the total, and how much of what was expected stands behind it.

use std::collections::BTreeMap;

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
    store::{self, Round},
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

/// The table at `node`, as it was, or in the agencies of today. Four statements, however many agencies there are.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn table(app: &App, round: &Round, form: &Form, node: Uuid, today: bool) -> Result<Table> {
    let rows = store::reports_under(app.db.read(), round.id, node).await?;
    let mut below: BTreeMap<Uuid, (Sums, Cover)> = BTreeMap::new();
    for row in store::sums_at(app.db.read(), round.id, node).await? {
        let cover = Cover { counted: row.counted, expected: row.expected };
        below.insert(row.parent_id, (serde_json::from_str(&row.payload).unwrap_or_default(), cover));
    }
    let mut total = Sums::default();
    let mut cover = Cover::default();
    for (sums, part) in below.values() {
        total.merge(sums);
        cover.counted += part.counted;
        cover.expected += part.expected;
    }
    let mut parts: Vec<(Line, Sums)> = Vec::new();
    for row in &rows {
        let own: Option<Frozen> = row.counted.then(|| serde_json::from_str(&row.frozen).unwrap_or_default());
        let place = parts.iter().position(|(line, _)| line.agency == row.agency_id);
        let place = place.unwrap_or_else(|| {
            let (sums, part) = below.get(&row.agency_id).cloned().unwrap_or_default();
            let line = Line {
                agency: row.agency_id,
                name: row.agency_name.clone(),
                report: None,
                state: None,
                due: row.due_date,
                sent: row.first_submitted_on,
                values: Values::new(),
                cover: Cover { counted: part.counted, expected: part.expected + 1 },
                node: below.contains_key(&row.agency_id),
                mark: "",
            };
            parts.push((line, sums));
            parts.len() - 1
        });
        let Some((line, sums)) = parts.get_mut(place) else { continue };
        if row.live {
            (line.report, line.state) = (Some(row.id), Some(row.state()));
        }
        if let Some(own) = own {
            sums.add(form, &own.values);
            line.cover.counted += 1;
        }
    }
    if today {
        parts = carried(app, round, parts).await?;
    }
    let answered = form.cells.iter().map(|cell| (cell.key.clone(), total.answered(&cell.key))).collect();
    let lines = parts.into_iter().map(|(line, sums)| Line { values: sums.values(form), ..line }).collect();
    Ok(Table { lines, total: total.values(form), cover, answered })
}

/// The same figures in the agencies of today: additive ones are summed where agencies were merged, ratios computed anew.
async fn carried(app: &App, round: &Round, parts: Vec<(Line, Sums)>) -> Result<Vec<(Line, Sums)>> {
    let dir = agencies::directory(app).await?;
    let today = app.clock.today();
    let on = time::date_from_int(round.opened_on).unwrap_or(today);
    // Each kind of figure is carried on its own: sums, answers of three kinds, reports, expected reports.
    let mut points: Vec<(Uuid, chrono::NaiveDate, (String, u8), i64)> = Vec::new();
    for (line, sums) in &parts {
        let mut point = |key: &str, kind: u8, value: i64| points.push((line.agency, on, (key.to_owned(), kind), value));
        point("", 0, sums.reports);
        point("", 1, line.cover.counted);
        point("", 2, line.cover.expected);
        for (key, tally) in &sums.cells {
            point(key, 0, tally.thousandths);
            point(key, 1, tally.numbers);
            point(key, 2, tally.none);
            point(key, 3, tally.unassigned);
        }
    }
    let mut out: BTreeMap<Uuid, (Line, Sums)> = BTreeMap::new();
    for ((agency, (key, kind)), (value, mark)) in dir.in_units_of(today, points) {
        let (line, sums) = out.entry(agency).or_insert_with(|| {
            let name = dir.name(agency, today).unwrap_or_default().to_owned();
            let node = parts.iter().any(|(line, _)| line.agency == agency && line.node);
            let line = Line {
                agency,
                name,
                report: None,
                state: None,
                due: 0,
                sent: None,
                values: Values::new(),
                cover: Cover::default(),
                node,
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
        let tally: &mut Tally = sums.cells.entry(key).or_default();
        match kind {
            0 => tally.thousandths += value,
            1 => tally.numbers += value,
            2 => tally.none += value,
            _ => tally.unassigned += value,
        }
    }
    let mut out: Vec<(Line, Sums)> = out.into_values().collect();
    out.sort_by(|a, b| a.0.name.cmp(&b.0.name));
    Ok(out)
}
