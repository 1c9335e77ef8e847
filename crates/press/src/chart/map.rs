//! Localities as dots where they lie, shaded by what is asked.

use super::{FAINT, INK, frame, label, px};

/// A map of dots.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DotMap {
    /// Unique on the page.
    pub id: String,
    /// Title, read out first.
    pub title: String,
    /// What is to be seen in it.
    pub description: String,
    /// Names of the classes from least to most, at most seven are told apart.
    pub classes: Vec<String>,
    /// The localities.
    pub dots: Vec<Dot>,
}

/// One locality.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dot {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Name and figure, shown as a hint.
    pub label: String,
    /// Index in [`DotMap::classes`]; without one the dot is hollow.
    pub class: Option<usize>,
}

/// From light to dark: the order can be seen in black and white.
const RAMP: [&str; 7] = ["#dbe9f6", "#b3d0ea", "#7fb0db", "#4a8cc7", "#246aa9", "#0f4a82", "#07294d"];
const WIDE: f64 = 560.0;
/// A country may be higher than a province, whose map would be shrunk to fit beside its table, with its words.
const MOST_HIGH: (f64, f64) = (520.0, 900.0);
/// Dots of a whole country.
const MANY: usize = 1_500;
const EDGE: f64 = 14.0;

/// The map with its legend; dots without usable coordinates are left out.
pub fn dots(map: &DotMap) -> String {
    let usable = |dot: &&Dot| (-90.0..=90.0).contains(&dot.latitude) && (-180.0..=180.0).contains(&dot.longitude);
    let all: Vec<&Dot> = map.dots.iter().filter(usable).collect();
    let range = |of: fn(&Dot) -> f64| {
        let span = all.iter().map(|dot| of(dot)).fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
        if all.is_empty() { (0.0, 1.0) } else { span }
    };
    let (south, north) = range(|dot| dot.latitude);
    let (west, east) = range(|dot| dot.longitude);
    // a degree of longitude is shorter than one of latitude
    let shrink = ((south + north) / 2.0).to_radians().cos().max(0.05);
    let (across, down) = (((east - west) * shrink).max(1e-6), (north - south).max(1e-6));
    let most_high = if all.len() > MANY { MOST_HIGH.1 } else { MOST_HIGH.0 };
    let scale = ((WIDE - 2.0 * EDGE) / across).min((most_high - 2.0 * EDGE) / down);
    let plot = down * scale + 2.0 * EDGE;
    let radius = if all.len() > MANY {
        2.0
    } else if all.len() > 300 {
        3.0
    } else {
        6.0
    };
    let step = (RAMP.len() - 1) as f64 / map.classes.len().saturating_sub(1).max(1) as f64;
    let shade = |class: usize| RAMP.get((class as f64 * step).round() as usize).copied().unwrap_or(RAMP[6]);
    let height = plot + 12.0 + 22.0 * (map.classes.len() + 1) as f64;
    let middle = (WIDE - across * scale) / 2.0;
    frame("map", (&map.id, &map.title, &map.description), (WIDE, height), |x| {
        for dot in &all {
            let cx = px(middle + (dot.longitude - west) * shrink * scale);
            let cy = px(EDGE + (north - dot.latitude) * scale);
            let fill = dot.class.map_or("none", shade);
            x.node(
                "circle",
                &[
                    ("cx", &cx),
                    ("cy", &cy),
                    ("r", &radius),
                    ("fill", &fill),
                    ("stroke", &INK),
                    ("stroke-width", &"0.4"),
                    ("class", &"chart-dot"),
                ],
                |x| x.words("title", &[], &dot.label),
            );
        }
        let unknown = "chưa có số liệu".to_owned();
        let names = map.classes.iter().enumerate().map(|(at, name)| (shade(at), name)).chain([("none", &unknown)]);
        for (at, (fill, name)) in names.enumerate() {
            let y = plot + 20.0 + at as f64 * 22.0;
            let cy = px(y - 5.0);
            x.leaf(
                "circle",
                &[("cx", &"22"), ("cy", &cy), ("r", &6), ("fill", &fill), ("stroke", &INK), ("stroke-width", &"0.6")],
            );
            label(x, (38.0, y), "start", "chart-legend", name);
        }
        let (line, right) = (px(plot + 2.0), px(WIDE));
        x.leaf("line", &[("x1", &"0"), ("y1", &line), ("x2", &right), ("y2", &line), ("stroke", &FAINT)]);
    })
}
