//! What leaders look at: activities by month and by locality.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use kernel::{Actor, Permit, Result, Uuid, time};
use platform::App;

use super::{
    list::{Query, filter_of},
    scope_of,
};
use crate::{
    activities::{
        policy::ReadActivities,
        store::{self, UnitCount},
    },
    agencies::position_of,
};

/// What was recorded in a month, as far as a person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthSum {
    /// Year and month as yyyymm.
    pub month: i64,
    /// Activities.
    pub activities: i64,
    /// Turns of attendance.
    pub turns: i64,
}

/// Activities by month between two days, the months without any left out; one statement beside those of the scope.
///
/// # Errors
/// When the database refuses.
pub async fn by_month(app: &App, actor: &Actor, from: NaiveDate, to: NaiveDate) -> Result<Vec<MonthSum>> {
    let Some(permit) = Permit::<ReadActivities>::of(actor) else { return Ok(Vec::new()) };
    let scope = scope_of(app, &permit).await?;
    let query = Query { from: Some(from), to: Some(to), ..Query::default() };
    let filter = filter_of(app, &query).await?;
    let mut months: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for day in store::day_counts(app.db.read(), &scope, &filter).await? {
        let sum = months.entry(day.held_on / 100).or_default();
        sum.0 += day.n;
        sum.1 += day.turns;
    }
    Ok(months.into_iter().map(|(month, (activities, turns))| MonthSum { month, activities, turns }).collect())
}

/// What was recorded for a commune.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceSum {
    /// The commune.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Code of its province.
    pub province_code: String,
    /// Name of its province.
    pub province: String,
    /// Latitude and longitude.
    pub at: Option<(f64, f64)>,
    /// Activities.
    pub activities: i64,
    /// Turns of attendance.
    pub turns: i64,
}

/// Activities by commune between two days, for every commune of the provinces that a person sees; three statements beside those of the scope.
///
/// # Errors
/// When the database refuses.
pub async fn by_place(app: &App, actor: &Actor, from: NaiveDate, to: NaiveDate) -> Result<Vec<PlaceSum>> {
    let Some(permit) = Permit::<ReadActivities>::of(actor) else { return Ok(Vec::new()) };
    let query = Query { from: Some(from), to: Some(to), ..Query::default() };
    country(app, &permit, &query).await
}

/// Every commune of the provinces in sight with what a query finds there.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn country(app: &App, permit: &Permit<ReadActivities>, query: &Query) -> Result<Vec<PlaceSum>> {
    let c = app.db.read();
    let scope = scope_of(app, permit).await?;
    let filter = filter_of(app, query).await?;
    let today = time::date_to_int(app.clock.today());
    let counts: HashMap<Uuid, UnitCount> =
        store::unit_counts(c, &scope, &filter).await?.into_iter().map(|row| (row.unit_id, row)).collect();
    let provinces = store::provinces_of(c, &scope, today).await?;
    let codes: Vec<&str> = provinces.iter().map(|province| province.code.as_str()).collect();
    let places = store::communes_of(c, &codes, today).await?;
    Ok(places
        .into_iter()
        .map(|place| {
            let found = counts.get(&place.id);
            PlaceSum {
                at: position_of(&place.official_code),
                activities: found.map_or(0, |row| row.n),
                turns: found.map_or(0, |row| row.turns),
                id: place.id,
                name: place.name,
                province_code: place.province_code,
                province: place.province,
            }
        })
        .collect())
}
