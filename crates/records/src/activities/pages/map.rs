//! The communes of a province as dots, coloured by what is asked, with a table beside them.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use kernel::{FieldErrors, Permit, Uuid, text::shorten};
use platform::{
    App,
    web::{Chrome, Result, Take, Takeaway, page as show},
};
use press::{Sheet, chart::DotMap};

use super::provinces;
use crate::activities::{
    forms::ListQuery,
    model::definitions::{Definitions, Entry, Kind, definitions},
    policy::ReadActivities,
    service::{self, MapDot, PlaceSum},
    store::Place,
    views::{day, kinds_by_form, number},
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

    /// Where map and table are taken away.
    fn away(&self) -> String {
        format!("?{}", self.query.with("mau", &self.query.mau))
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

/// A commune to be drawn.
struct Spot {
    id: Uuid,
    name: String,
    at: Option<(f64, f64)>,
    n: i64,
    turns: i64,
}

/// Communes as dots: those, the height of the drawing, and the steps of its colours.
fn draw(spots: &[Spot], query: &ListQuery, by_turns: bool) -> (Vec<Dot>, u32, [i64; 3]) {
    let value = |spot: &Spot| if by_turns { spot.turns } else { spot.n };
    let steps = steps(spots.iter().map(value));
    let placed: Vec<(&Spot, (f64, f64))> = spots.iter().filter_map(|spot| Some((spot, spot.at?))).collect();
    let (points, height) = project(&placed.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    let dots = placed.iter().zip(points).map(|((spot, _), (x, y))| Dot {
        x: format!("{x:.1}"),
        y: format!("{y:.1}"),
        class: class(value(spot), steps),
        title: format!("{}: {} hoạt động, {} lượt người", spot.name, number(spot.n), number(spot.turns)),
        path: format!("/hoat-dong?{}", query.with("db", &spot.id.to_string())),
    });
    let dots: Vec<Dot> = dots.collect();
    let height = if dots.is_empty() { 0 } else { height.ceil() as u32 };
    (dots, height, steps)
}

/// The map and its table as files.
fn takeaway(p: &Chrome, (spots, rows): (&[Spot], &[MapDot]), by_turns: bool, steps: [i64; 3]) -> Takeaway {
    let value = |spot: &Spot| if by_turns { spot.turns } else { spot.n };
    let mut classes = vec![p.t("chưa có").to_owned()];
    let mut ends = Vec::new();
    let most = spots.iter().map(value).max().unwrap_or(0);
    for end in steps.into_iter().chain([most]).filter(|end| *end <= most) {
        let from = ends.last().map_or(1, |last| last + 1);
        if from <= end {
            classes.push(format!("{}–{}", number(from), number(end)));
            ends.push(end);
        }
    }
    let dot = |spot: &Spot| {
        let (latitude, longitude) = spot.at?;
        let class = ends.iter().position(|end| value(spot) <= *end).filter(|_| value(spot) > 0);
        Some(press::chart::Dot {
            latitude,
            longitude,
            label: spot.name.clone(),
            class: Some(class.map_or(0, |at| at + 1)),
        })
    };
    let dots: Vec<_> = spots.iter().filter_map(dot).collect();
    let title =
        if by_turns { p.t("Bản đồ theo lượt người") } else { p.t("Bản đồ theo số hoạt động") };
    let description = p.t("Mỗi chấm là một xã, phường, đặc khu; đậm hơn là nhiều hơn.").to_owned();
    let svg = if dots.is_empty() {
        String::new()
    } else {
        press::chart::dots(&DotMap { id: "ban-do".into(), title: title.to_owned(), description, classes, dots })
    };
    let row =
        |row: &MapDot| vec![row.place.name.as_str().into(), row.n.into(), row.turns.into(), day(row.last_on).into()];
    let columns = ["Địa bàn", "Hoạt động", "Lượt người", "Gần nhất"].map(|head| (p.t(head).to_owned(), 16.0)).into();
    let sheet = Sheet { name: shorten(title, 30), columns, rows: rows.iter().map(row).collect() };
    Takeaway { name: "ban-do".into(), svg, sheet }
}

/// Value of `tinh` for all provinces in sight.
const COUNTRY: &str = "ca-nuoc";

/// `GET /hoat-dong/ban-do`: the communes of a province, or those of every province in sight with the provinces as a table; or map and table taken away.
pub(in crate::activities) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadActivities>,
    Query(query): Query<ListQuery>,
    Query(take): Query<Take>,
) -> Result {
    let (mut province, provinces) = provinces(&app, &permit, &query.tinh).await?;
    let mut errors = FieldErrors::default();
    let wanted = query.query(&mut errors);
    let by_turns = query.mau == "luot";
    let whole = provinces.len() > 1 && (query.tinh.is_empty() || query.tinh == COUNTRY);
    let (spots, mut rows): (Vec<Spot>, Vec<MapDot>) = if whole {
        province = None;
        of_country(service::country(&app, &permit, &wanted).await?, &provinces)
    } else if let Some(province) = &province {
        let rows = service::map(&app, &permit, &wanted, &province.code).await?;
        let spot = |dot: &MapDot| Spot {
            id: dot.place.id,
            name: dot.place.name.clone(),
            at: dot.at,
            n: dot.n,
            turns: dot.turns,
        };
        (rows.iter().map(spot).collect(), rows)
    } else {
        Default::default()
    };
    let (dots, height, steps) = draw(&spots, &query, by_turns);
    let value = |dot: &MapDot| if by_turns { dot.turns } else { dot.n };
    rows.sort_by(|a, b| value(a).cmp(&value(b)).then(a.place.name.cmp(&b.place.name)));
    if take.away() {
        return Ok(take.file(takeaway(&p, (&spots, &rows), by_turns, steps)).await?);
    }
    show(&MapPage {
        without: spots.iter().filter(|spot| spot.n == 0).count(),
        communes: spots.len(),
        radius: if whole { "3" } else { "9" },
        kinds: kinds_by_form(),
        lists: definitions(),
        whole,
        height,
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

/// The communes of the country, and what happened in each province.
fn of_country(places: Vec<PlaceSum>, provinces: &[Place]) -> (Vec<Spot>, Vec<MapDot>) {
    let mut sums: HashMap<&str, (i64, i64)> = HashMap::new();
    for place in &places {
        let sum = sums.entry(&place.province_code).or_default();
        *sum = (sum.0 + place.activities, sum.1 + place.turns);
    }
    let row = |province: &Place| {
        let (n, turns) = sums.get(province.code.as_str()).copied().unwrap_or_default();
        MapDot { place: province.clone(), at: None, n, turns, last_on: 0 }
    };
    let rows = provinces.iter().map(row).collect();
    let spot = |place: PlaceSum| Spot {
        id: place.id,
        name: format!("{}, {}", place.name, place.province),
        at: place.at,
        n: place.activities,
        turns: place.turns,
    };
    (places.into_iter().map(spot).collect(), rows)
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
