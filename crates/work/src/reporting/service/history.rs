//! One cell over the periods: the agencies under a node in every round of the same form, as they were or in the agencies of today.

use std::collections::BTreeMap;

use kernel::{Result, Uuid};
use platform::App;

use super::{
    form_of,
    table::{Line, Parts, carried, opened_on, stored},
};
use crate::reporting::{
    model::{operands::needs, sums::Sums, value::Value},
    store::{self, Round, RowOfTable, SumRow},
};

/// Most periods in one table: five years of months.
const MOST: i64 = 60;

/// One agency over the periods.
pub(crate) struct Track {
    /// What it is called.
    pub name: String,
    /// How sure figures carried into today's units are; empty when they are exact.
    pub mark: &'static str,
    /// The cell in each period.
    pub values: Vec<Option<Value>>,
}

/// See the module; the oldest period first.
pub(crate) struct History {
    /// The rounds.
    pub rounds: Vec<Round>,
    /// The agencies.
    pub tracks: Vec<Track>,
    /// The total with what stands behind it: reports that count, reports asked for.
    pub total: Vec<(Option<Value>, i64, i64)>,
}

/// The periods up to a round. Three statements (five where the agency has no part in the rounds), however many periods and agencies there are.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn history(app: &App, round: &Round, cell: &str, node: Uuid, today: bool) -> Result<History> {
    let mut rounds = store::rounds_like(app.db.read(), round, MOST).await?;
    rounds.reverse();
    let ids: Vec<Uuid> = rounds.iter().map(|round| round.id).collect();
    let mut rows: BTreeMap<Uuid, Vec<RowOfTable>> = BTreeMap::new();
    let found = stored(app, &ids, node, true).await?;
    for row in found.rows {
        rows.entry(row.round_id).or_default().push(row);
    }
    let mut sums: BTreeMap<Uuid, Vec<SumRow>> = BTreeMap::new();
    for row in found.sums {
        sums.entry(row.round_id).or_default().push(row);
    }
    let mut forms = Vec::with_capacity(rounds.len());
    let mut tables = Vec::with_capacity(rounds.len());
    let mut total = Vec::with_capacity(rounds.len());
    for round in &rounds {
        let form = form_of(app, round.form_id).await?;
        let needed = needs(&form, cell);
        let (rows, sums) = (rows.remove(&round.id).unwrap_or_default(), sums.remove(&round.id).unwrap_or_default());
        let mut parts = Parts::of(&form, rows, &sums, found.merged);
        let value = only(&mut parts.total, &needed).values(&form).remove(cell);
        total.push((value, parts.cover.counted, parts.cover.expected));
        for (_, sums) in &mut parts.lines {
            only(sums, &needed);
        }
        tables.push((opened_on(app, round), parts.lines));
        forms.push(form);
    }
    let tables: Vec<Vec<(Line, Sums)>> =
        if today { carried(app, tables).await? } else { tables.into_iter().map(|(_, lines)| lines).collect() };
    let mut tracks: BTreeMap<(String, Uuid), Track> = BTreeMap::new();
    for (at, (lines, form)) in tables.into_iter().zip(&forms).enumerate() {
        for (line, sums) in lines {
            let value = sums.values(form).remove(cell);
            let blank = || Track { name: line.name.clone(), mark: "", values: vec![None; rounds.len()] };
            let track = tracks.entry((line.name.clone(), line.agency)).or_insert_with(blank);
            if !line.mark.is_empty() {
                track.mark = line.mark;
            }
            if let Some(place) = track.values.get_mut(at) {
                *place = value;
            }
        }
    }
    Ok(History { rounds, tracks: tracks.into_values().collect(), total })
}

/// Keeps the cells that are needed.
fn only<'s>(sums: &'s mut Sums, needed: &[String]) -> &'s Sums {
    sums.cells.retain(|key, _| needed.contains(key));
    sums
}
