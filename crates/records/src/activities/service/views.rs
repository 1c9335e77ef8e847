//! Calendar, map and coverage.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use kernel::{Permit, Result, Uuid, time};
use platform::App;

use super::{
    list::{Query, filter_of},
    scope_of,
};
use crate::{
    activities::{
        model::definitions::definitions,
        policy::ReadActivities,
        store::{self, Line, Place, UnitCount},
    },
    agencies::position_of,
};

/// Lines shown in one day of the calendar.
const EACH: i64 = 3;

/// One day of a month.
#[derive(Debug, Clone)]
pub(crate) struct DayCell {
    pub day: NaiveDate,
    /// Of the month shown, and not of the week around it.
    pub inside: bool,
    pub n: i64,
    pub turns: i64,
    pub first: Vec<Line>,
}

/// Weeks of a month, Monday first; two statements beside those of the scope.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn calendar(
    app: &App,
    permit: &Permit<ReadActivities>,
    query: &Query,
    (year, month): (i32, u32),
) -> Result<Vec<Vec<DayCell>>> {
    let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else { return Ok(Vec::new()) };
    let start = first - chrono::Days::new(u64::from(first.weekday().num_days_from_monday()));
    let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first);
    let last = next.pred_opt().unwrap_or(first);
    let query = Query { from: Some(first), to: Some(last), ..query.clone() };
    let c = app.db.read();
    let scope = scope_of(app, permit).await?;
    let filter = filter_of(app, &query).await?;
    let counts: HashMap<i64, (i64, i64)> =
        store::day_counts(c, &scope, &filter).await?.into_iter().map(|row| (row.held_on, (row.n, row.turns))).collect();
    let mut lines: HashMap<i64, Vec<Line>> = HashMap::new();
    for line in store::first_of_days(c, &scope, &filter, EACH).await? {
        lines.entry(line.held_on).or_default().push(line);
    }
    let mut weeks = Vec::new();
    let mut day = start;
    while day < next {
        let week: Vec<DayCell> = day
            .iter_days()
            .take(7)
            .map(|day| {
                let key = time::date_to_int(day);
                let (n, turns) = counts.get(&key).copied().unwrap_or_default();
                DayCell { day, inside: day.month() == month, n, turns, first: lines.remove(&key).unwrap_or_default() }
            })
            .collect();
        weeks.push(week);
        day = day + chrono::Days::new(7);
    }
    Ok(weeks)
}

/// One commune on the map.
#[derive(Debug, Clone)]
pub(crate) struct MapDot {
    pub place: Place,
    /// Latitude and longitude.
    pub at: Option<(f64, f64)>,
    pub n: i64,
    pub turns: i64,
    pub last_on: i64,
}

/// Communes of a province (or all provinces' communes, without one) with what happened there.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn map(
    app: &App,
    permit: &Permit<ReadActivities>,
    query: &Query,
    province: &str,
) -> Result<Vec<MapDot>> {
    let c = app.db.read();
    let scope = scope_of(app, permit).await?;
    let filter = filter_of(app, query).await?;
    let counts: HashMap<Uuid, UnitCount> =
        store::unit_counts(c, &scope, &filter).await?.into_iter().map(|row| (row.unit_id, row)).collect();
    let places = store::communes(c, province, time::date_to_int(app.clock.today())).await?;
    Ok(places
        .into_iter()
        .map(|place| {
            let found = counts.get(&place.id);
            MapDot {
                at: position_of(&place.official_code),
                n: found.map_or(0, |row| row.n),
                turns: found.map_or(0, |row| row.turns),
                last_on: found.map_or(0, |row| row.last_on),
                place,
            }
        })
        .collect())
}

/// One locality's row of the coverage table: for each target group how many.
#[derive(Debug, Clone)]
pub(crate) struct Gap {
    pub place: Place,
    pub counts: Vec<i64>,
}

impl Gap {
    /// Groups without any activity.
    pub(crate) fn missing(&self) -> usize {
        self.counts.iter().filter(|n| **n == 0).count()
    }
}

/// Target groups × communes of a province.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn gaps(
    app: &App,
    permit: &Permit<ReadActivities>,
    query: &Query,
    province: &str,
) -> Result<Vec<Gap>> {
    let c = app.db.read();
    let scope = scope_of(app, permit).await?;
    let filter = filter_of(app, query).await?;
    let mut counts: HashMap<(Uuid, String), i64> = HashMap::new();
    for row in store::mark_counts(c, &scope, &filter, "group").await? {
        counts.insert((row.unit_id, row.key), row.n);
    }
    let places = store::communes(c, province, time::date_to_int(app.clock.today())).await?;
    let row = |place: Place| {
        let of = |key: &String| counts.get(&(place.id, key.clone())).copied().unwrap_or(0);
        let counts = definitions().groups.iter().map(|group| of(&group.key)).collect();
        Gap { counts, place }
    };
    Ok(places.into_iter().map(row).collect())
}
