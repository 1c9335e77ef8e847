//! Localities compared, and on a map.

use std::collections::BTreeMap;

use platform::web::{Chrome, guard};
use press::chart::{self, Chart, Dot, DotMap, Series};
use records::activities::PlaceSum;

use super::{BARS, Figure, FigureRow, float, heads, shown};
use crate::overview::{
    model::{class, classes},
    service::Overview,
};

/// A locality of the comparison: a commune, or a province for those who see several.
struct Area {
    name: String,
    path: String,
    communes: i64,
    idle: i64,
    activities: i64,
    turns: i64,
}

fn areas(overview: &Overview) -> (Vec<Area>, bool) {
    let several = overview
        .places
        .iter()
        .any(|place| Some(&place.province_code) != overview.places.first().map(|p| &p.province_code));
    if !several {
        let area = |place: &PlaceSum| Area {
            name: place.name.clone(),
            path: format!("/hoat-dong?db={}", place.id),
            communes: 1,
            idle: i64::from(place.activities == 0),
            activities: place.activities,
            turns: place.turns,
        };
        return (overview.places.iter().map(area).collect(), false);
    }
    let mut provinces: BTreeMap<&str, Area> = BTreeMap::new();
    for place in &overview.places {
        let area = provinces.entry(&place.province_code).or_insert_with(|| Area {
            name: place.province.clone(),
            path: format!("/hoat-dong/ban-do?{}", guard::query([("tinh", place.province_code.as_str())])),
            communes: 0,
            idle: 0,
            activities: 0,
            turns: 0,
        });
        area.communes += 1;
        area.idle += i64::from(place.activities == 0);
        area.activities += place.activities;
        area.turns += place.turns;
    }
    (provinces.into_values().collect(), true)
}

pub(super) fn places(p: &Chrome, overview: &Overview, by_turns: bool) -> Figure {
    let (mut areas, provinces) = areas(overview);
    let value = |area: &Area| if by_turns { area.turns } else { area.activities };
    areas.sort_by(|a, b| value(b).cmp(&value(a)).then_with(|| a.name.cmp(&b.name)));
    let title = match (provinces, by_turns) {
        (true, true) => p.t("So sánh các tỉnh, thành phố theo lượt người"),
        (true, false) => p.t("So sánh các tỉnh, thành phố theo số hoạt động"),
        (false, true) => p.t("So sánh địa bàn theo lượt người"),
        (false, false) => p.t("So sánh địa bàn theo số hoạt động"),
    };
    let note = if areas.len() > BARS {
        p.t2("Biểu đồ vẽ {} địa bàn đứng đầu trong {}; bảng có tất cả.", BARS, areas.len())
    } else {
        String::new()
    };
    let svg = chart::bars(&Chart {
        id: "dia-ban".into(),
        title: title.to_owned(),
        description: p.t("12 tháng qua, nhiều đứng trước; bảng bên cạnh có tất cả các địa bàn.").to_owned(),
        labels: areas.iter().take(BARS).map(|area| area.name.clone()).collect(),
        series: vec![Series {
            name: String::new(),
            values: areas.iter().take(BARS).map(|area| Some(float(value(area)))).collect(),
        }],
    });
    let mut head = heads(p, ["Địa bàn", "Hoạt động", "Lượt người"]);
    if provinces {
        head.push(p.t("Xã, phường chưa có hoạt động").to_owned());
    }
    let row = |area: &Area| {
        let mut cells = vec![shown(area.activities), shown(area.turns)];
        if provinces {
            cells.push(format!("{}/{}", shown(area.idle), shown(area.communes)));
        }
        FigureRow {
            name: area.name.clone(),
            path: area.path.clone(),
            under: String::new(),
            cells,
            late: area.activities == 0,
        }
    };
    Figure { key: "dia-ban", title: title.to_owned(), note, svg, head, rows: areas.iter().map(row).collect() }
}

pub(super) fn map(p: &Chrome, overview: &Overview, by_turns: bool) -> Figure {
    let value = |place: &PlaceSum| if by_turns { place.turns } else { place.activities };
    let ends = classes(overview.places.iter().map(value));
    let title =
        if by_turns { p.t("Bản đồ theo lượt người") } else { p.t("Bản đồ theo số hoạt động") };
    let mut from = 1;
    let mut names = vec![p.t("chưa có").to_owned()];
    let mut spans = Vec::new();
    for end in &ends {
        names.push(if from == *end { shown(from) } else { format!("{}–{}", shown(from), shown(*end)) });
        spans.push((from, *end));
        from = end + 1;
    }
    let dot = |place: &PlaceSum| {
        let (latitude, longitude) = place.at?;
        let done = p.t2("{} hoạt động, {} lượt người", shown(place.activities), shown(place.turns));
        let label = format!("{}: {done}", place.name);
        Some(Dot { latitude, longitude, label, class: Some(class(value(place), &ends).map_or(0, |at| at + 1)) })
    };
    let svg = chart::dots(&DotMap {
        id: "ban-do".into(),
        title: title.to_owned(),
        description: p.t("Mỗi chấm là một xã, phường, đặc khu; đậm hơn là nhiều hơn.").to_owned(),
        classes: names.clone(),
        dots: overview.places.iter().filter_map(dot).collect(),
    });
    let within = |low: i64, high: i64| {
        let inside: Vec<&PlaceSum> =
            overview.places.iter().filter(|place| (low..=high).contains(&value(place))).collect();
        (inside.len() as i64, inside.iter().map(|place| value(place)).sum::<i64>())
    };
    let spans = std::iter::once((0, 0)).chain(spans);
    let rows = names.into_iter().zip(spans).map(|(name, (low, high))| {
        let (count, sum) = within(low, high);
        FigureRow {
            name,
            path: String::new(),
            under: String::new(),
            cells: vec![shown(count), shown(sum)],
            late: high == 0 && count > 0,
        }
    });
    let unit = if by_turns { "Lượt người" } else { "Hoạt động" };
    Figure {
        key: "ban-do",
        title: title.to_owned(),
        note: String::new(),
        svg,
        head: heads(p, ["Mức", "Số xã, phường, đặc khu", unit]),
        rows: rows.collect(),
    }
}
