//! Localities: provinces and communes of a day, and where those of the past are today.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Error, Permit};
use platform::{
    App,
    web::{Chrome, Result, page},
};
use serde::Deserialize;

use crate::agencies::{
    model::{side::Side, tree::UnitIx},
    policy::{ManageAgencies, ReadAgencies},
    service::directory,
    views::{AsOf, Moment, Other, PlaceLink, PlaceRow, find_places, last_day, moments, place_row},
};

/// Hits on a page.
const HITS: usize = 100;

/// The query.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::agencies) struct PlacesQuery {
    q: String,
    ngay: String,
}

#[derive(Template)]
#[template(path = "agencies/templates/places.html")]
struct PlacesPage {
    p: Chrome,
    manages: bool,
    q: String,
    as_of: AsOf,
    searching: bool,
    rows: Vec<PlaceRow>,
    full: bool,
}

/// `GET /dia-ban`
pub(in crate::agencies) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadAgencies>,
    Query(query): Query<PlacesQuery>,
) -> Result {
    let dir = directory(&app).await?;
    let places = dir.places();
    let as_of = AsOf::new(&query.ngay, app.clock.today());
    let searching = !query.q.trim().is_empty();
    let rows: Vec<PlaceRow> = if searching {
        find_places(places, &query.q, &as_of, HITS).into_iter().map(|ix| place_row(places, ix, &as_of, 0)).collect()
    } else {
        let view = places.as_of(as_of.date);
        let communes = |ix: UnitIx| {
            let inside = view.subtree(ix);
            inside.into_iter().filter(|ix| places.unit(*ix).place == "commune").count()
        };
        view.roots().iter().map(|ix| place_row(places, *ix, &as_of, communes(*ix))).collect()
    };
    let manages = Permit::<ManageAgencies>::of(permit.actor()).is_some();
    page(&PlacesPage { p, manages, q: query.q, as_of, searching, full: rows.len() == HITS, rows })
}

#[derive(Template)]
#[template(path = "agencies/templates/place.html")]
struct PlacePage {
    p: Chrome,
    manages: bool,
    level: String,
    as_of: AsOf,
    key: String,
    name: String,
    code: String,
    since: String,
    ended: Option<String>,
    path: Vec<PlaceLink>,
    heirs: Vec<PlaceLink>,
    came_from: Vec<PlaceLink>,
    inside: Vec<PlaceLink>,
    moments: Vec<Moment>,
}

/// `GET /dia-ban/{key}`
pub(in crate::agencies) async fn place(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadAgencies>,
    Path(key): Path<String>,
    Query(query): Query<PlacesQuery>,
) -> Result {
    let dir = directory(&app).await?;
    let places = dir.places();
    let ix = places.find(&key).ok_or(Error::NotFound)?;
    let as_of = AsOf::new(&query.ngay, app.clock.today());
    let unit = places.unit(ix);
    let day = unit.day_within(as_of.date);
    let link = |ix: UnitIx, on| PlaceLink::new(places, ix, on);
    let other = |ix, on: chrono::NaiveDate| {
        let PlaceLink { key, name, .. } = link(ix, on);
        Other { path: format!("/dia-ban/{key}?ngay={on}"), name }
    };
    let mut path: Vec<PlaceLink> = places.chain(ix, day).skip(1).map(|ix| link(ix, day)).collect();
    path.reverse();
    let ended = unit.until.filter(|until| *until <= as_of.date);
    let before = |date: chrono::NaiveDate| date.pred_opt().unwrap_or(date);
    page(&PlacePage {
        manages: Permit::<ManageAgencies>::of(permit.actor()).is_some(),
        level: unit.place.clone(),
        name: unit.face(day).name.clone(),
        code: unit.role.clone(),
        since: kernel::time::display_date(unit.from),
        heirs: ended
            .map(|_| places.heirs(ix, as_of.date).into_iter().map(|ix| link(ix, as_of.date)).collect())
            .unwrap_or_default(),
        ended: ended.map(last_day),
        came_from: places.ancestors_of(ix).into_iter().map(|(date, from)| link(from, before(date))).collect(),
        inside: (places.as_of(day).children(ix).iter())
            .map(|ix| PlaceLink { around: String::new(), ..link(*ix, day) })
            .collect(),
        moments: moments(places, ix, other, |date| (dir.head(Side::Localities, ix, date), "/dia-ban")),
        p,
        as_of,
        key,
        path,
    })
}
