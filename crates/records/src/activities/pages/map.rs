//! The communes of a province as dots, coloured by what is asked, with a table beside them.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{FieldErrors, Permit};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use super::provinces;
use crate::activities::{
    forms::ListQuery,
    model::definitions::{Definitions, Entry, Kind, definitions},
    policy::ReadActivities,
    service::{self, MapDot, PlaceSum},
    store::Place,
    views::{kinds_by_form, number},
};

/// Width of the drawing; its height follows from the province.
const WIDTH: f64 = 640.0;
const EDGE: f64 = 16.0;

/// A dot as drawn.
struct Dot {
    x: String,
    y: String,
    class: &'static str,
    title: String,
    path: String,
}

#[derive(Template)]
#[template(path = "activities/templates/map.html")]
struct MapPage {
    p: Chrome,
    query: ListQuery,
    province: Option<Place>,
    provinces: Vec<Place>,
    dots: Vec<Dot>,
    rows: Vec<MapDot>,
    height: u32,
    by_turns: bool,
    steps: [i64; 3],
    without: usize,
    /// The whole country: the table goes by province.
    whole: bool,
    communes: usize,
    radius: &'static str,
    kinds: Vec<(&'static Entry, Vec<&'static Kind>)>,
    lists: &'static Definitions,
}

impl MapPage {
    fn path(&self, dot: &MapDot) -> String {
        if self.whole {
            return format!("/hoat-dong/ban-do?{}", self.query.with("tinh", &dot.place.code));
        }
        format!("/hoat-dong?{}", self.query.with("db", &dot.place.id.to_string()))
    }

    fn is_shown(&self, place: &Place) -> bool {
        self.province.as_ref().is_some_and(|shown| shown.id == place.id)
    }
}

/// Class of a value: none, then four parts of the communes that have any.
fn class(value: i64, steps: [i64; 3]) -> &'static str {
    match value {
        0 => "none",
        value if value <= steps[0] => "q1",
        value if value <= steps[1] => "q2",
        value if value <= steps[2] => "q3",
        _ => "q4",
    }
}

/// Values at a quarter, half and three quarters of those that are not nothing.
fn steps(values: impl Iterator<Item = i64>) -> [i64; 3] {
    let mut some: Vec<i64> = values.filter(|value| *value > 0).collect();
    some.sort_unstable();
    [1, 2, 3]
        .map(|part| some.get((some.len() * part / 4).min(some.len().saturating_sub(1))).copied().unwrap_or(part as i64))
}

/// Places on a plane: x and y from the left top, and the height.
fn project(places: &[(f64, f64)]) -> (Vec<(f64, f64)>, f64) {
    let edge = |pick: fn(&(f64, f64)) -> f64, low: bool| {
        places.iter().map(pick).fold(if low { f64::MAX } else { f64::MIN }, if low { f64::min } else { f64::max })
    };
    let (south, north) = (edge(|place| place.0, true), edge(|place| place.0, false));
    let (west, east) = (edge(|place| place.1, true), edge(|place| place.1, false));
    let narrow = ((south + north) / 2.0).to_radians().cos();
    let across = ((east - west) * narrow).max(0.01);
    let scale = (WIDTH - 2.0 * EDGE) / across.max((north - south) / 1.4);
    let left = (WIDTH - across * scale) / 2.0;
    let at = |(latitude, longitude): &(f64, f64)| {
        ((longitude - west) * narrow * scale + left, (north - latitude) * scale + EDGE)
    };
    (places.iter().map(at).collect(), (north - south) * scale + 2.0 * EDGE)
}

/// `GET /hoat-dong/ban-do`
pub(in crate::activities) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadActivities>,
    Query(query): Query<ListQuery>,
) -> Result {
    let (province, provinces) = provinces(&app, &permit, &query.tinh).await?;
    let mut errors = FieldErrors::default();
    let wanted = query.query(&mut errors);
    let by_turns = query.mau == "luot";
    if provinces.len() > 1 && (query.tinh.is_empty() || query.tinh == COUNTRY) {
        let places = service::country(&app, &permit, &wanted).await?;
        return country(p, query, provinces, &places, by_turns);
    }
    let mut rows = match &province {
        Some(province) => service::map(&app, &permit, &wanted, &province.code).await?,
        None => Vec::new(),
    };
    let value = |dot: &MapDot| if by_turns { dot.turns } else { dot.n };
    let steps = steps(rows.iter().map(value));
    let placed: Vec<(&MapDot, (f64, f64))> = rows.iter().filter_map(|dot| Some((dot, dot.at?))).collect();
    let (points, height) = project(&placed.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    let dots = placed.iter().zip(points).map(|((dot, _), (x, y))| Dot {
        x: format!("{x:.1}"),
        y: format!("{y:.1}"),
        class: class(value(dot), steps),
        title: format!("{}: {} hoạt động, {} lượt người", dot.place.name, number(dot.n), number(dot.turns)),
        path: format!("/hoat-dong?{}", query.with("db", &dot.place.id.to_string())),
    });
    let dots: Vec<Dot> = dots.collect();
    rows.sort_by(|a, b| value(a).cmp(&value(b)).then(a.place.name.cmp(&b.place.name)));
    show(&MapPage {
        without: rows.iter().filter(|dot| dot.n == 0).count(),
        whole: false,
        communes: rows.len(),
        radius: "9",
        height: if dots.is_empty() { 0 } else { height.ceil() as u32 },
        kinds: kinds_by_form(),
        lists: definitions(),
        dots,
        rows,
        by_turns,
        steps,
        province,
        provinces,
        query,
        p,
    })
}

/// Value of `tinh` for all provinces in sight.
const COUNTRY: &str = "ca-nuoc";

/// The communes of every province in sight as dots, the provinces as a table.
fn country(p: Chrome, query: ListQuery, provinces: Vec<Place>, places: &[PlaceSum], by_turns: bool) -> Result {
    let value = |place: &PlaceSum| if by_turns { place.turns } else { place.activities };
    let steps = steps(places.iter().map(value));
    let placed: Vec<(&PlaceSum, (f64, f64))> = places.iter().filter_map(|place| Some((place, place.at?))).collect();
    let (points, height) = project(&placed.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    let dots = placed.iter().zip(points).map(|((place, _), (x, y))| Dot {
        x: format!("{x:.1}"),
        y: format!("{y:.1}"),
        class: class(value(place), steps),
        title: format!(
            "{}, {}: {} hoạt động, {} lượt người",
            place.name,
            place.province,
            number(place.activities),
            number(place.turns)
        ),
        path: format!("/hoat-dong?{}", query.with("db", &place.id.to_string())),
    });
    let dots: Vec<Dot> = dots.collect();
    let row = |province: &Place| {
        let inside = places.iter().filter(|place| place.province_code == province.code);
        let (n, turns) = inside.fold((0, 0), |(n, turns), place| (n + place.activities, turns + place.turns));
        MapDot { place: province.clone(), at: None, n, turns, last_on: 0 }
    };
    let mut rows: Vec<MapDot> = provinces.iter().map(row).collect();
    rows.sort_by(|a, b| {
        let of = |dot: &MapDot| if by_turns { dot.turns } else { dot.n };
        of(a).cmp(&of(b)).then(a.place.name.cmp(&b.place.name))
    });
    show(&MapPage {
        without: places.iter().filter(|place| place.activities == 0).count(),
        whole: true,
        communes: places.len(),
        radius: "3",
        height: if dots.is_empty() { 0 } else { height.ceil() as u32 },
        kinds: kinds_by_form(),
        lists: definitions(),
        dots,
        rows,
        by_turns,
        steps,
        province: None,
        provinces,
        query,
        p,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn north_is_up_and_everything_inside() {
        let (points, height) = project(&[(21.0, 106.0), (22.0, 107.0)]);
        assert!(points[0].1 > points[1].1 && points[0].0 < points[1].0);
        assert!(points.iter().all(|(x, y)| (0.0..=WIDTH).contains(x) && (0.0..=height).contains(y)));
    }

    #[test]
    fn dots_fall_into_four_parts_and_nothing() {
        let steps = steps([0, 1, 2, 3, 4, 5, 6, 7, 8].into_iter());
        assert_eq!(class(0, steps), "none");
        assert_eq!([1, 4, 6, 8].map(|value| class(value, steps)), ["q1", "q2", "q3", "q4"]);
    }
}
