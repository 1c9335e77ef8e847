//! Charts as SVG: a title and a description for those who listen, shades and marks that survive a black and white printer, no inline style.

mod bars;
mod lines;
mod map;
#[cfg(feature = "png")]
mod png;

use crate::official::clean;
use crate::xml::Xml;

pub use bars::{bars, columns};
pub use lines::lines;
pub use map::{Dot, DotMap, dots};
#[cfg(feature = "png")]
pub use png::png;

/// What a chart of figures shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// Unique on the page.
    pub id: String,
    /// Title, read out first.
    pub title: String,
    /// What is to be seen in it, in a sentence or two.
    pub description: String,
    /// Names along the axis.
    pub labels: Vec<String>,
    /// One or more series of figures, one figure for each label; what is missing is not drawn.
    pub series: Vec<Series>,
}

/// One series.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its figures.
    pub values: Vec<Option<f64>>,
}

/// Shades of the series, from dark to light so that they differ in print too.
const SHADES: [&str; 6] = ["#0b3c6f", "#e07b39", "#a8324a", "#8a6fb3", "#6b7a89", "#d9a441"];
const INK: &str = "#1f2933";
const FAINT: &str = "#cbd2d9";

impl Chart {
    /// The figure of a series at a label, when there is one that can be drawn.
    fn value(&self, series: usize, at: usize) -> Option<f64> {
        let value = *self.series.get(series)?.values.get(at)?;
        value.filter(|value| value.is_finite() && value.abs() < 1e15)
    }

    /// Least and greatest figure, nought among them.
    fn range(&self) -> (f64, f64) {
        let all = (0..self.series.len()).flat_map(|s| (0..self.labels.len()).filter_map(move |at| self.value(s, at)));
        all.fold((0.0, 0.0), |(low, high), value| (f64::min(low, value), f64::max(high, value)))
    }
}

/// The picture and what it is called.
fn frame(
    kind: &str,
    (id, title, description): (&str, &str, &str),
    (wide, high): (f64, f64),
    draw: impl FnOnce(&mut Xml),
) -> String {
    let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let (title_id, description_id) = (format!("{id}-title"), format!("{id}-desc"));
    let mut x = Xml::default();
    x.node(
        "svg",
        &[
            ("xmlns", &"http://www.w3.org/2000/svg"),
            ("viewBox", &format!("0 0 {} {}", px(wide), px(high))),
            ("class", &format!("chart chart-{kind}")),
            ("role", &"img"),
            ("aria-labelledby", &format!("{title_id} {description_id}")),
            ("font-family", &"sans-serif"),
            ("font-size", &14),
            ("fill", &INK),
        ],
        |x| {
            x.words("title", &[("id", &title_id)], &clean(title));
            x.words("desc", &[("id", &description_id)], &clean(description));
            draw(x);
        },
    );
    x.finish()
}

/// A coordinate, short and the same on every machine.
fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// `1234.5` → "1.234,5".
fn figure(value: f64) -> String {
    let tenths = (value.abs() * 10.0).round() as i64;
    let sign = if value < 0.0 && tenths > 0 { "-" } else { "" };
    let whole = kernel::text::display_number(tenths / 10);
    if tenths % 10 == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole},{}", tenths % 10) }
}

/// Round figures for an axis from `low` to `high`: their step is 1, 2 or 5 times a power of ten.
fn ticks(low: f64, high: f64) -> Vec<f64> {
    let span = if high > low { high - low } else { 1.0 };
    let rough = span / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|step| *step >= rough).unwrap_or(rough);
    let (first, last) = ((low / step).floor() as i64, (low.max(high).max(low + span) / step).ceil() as i64);
    (first..=last.min(first + 12)).map(|n| n as f64 * step).collect()
}

/// Words at a place; `anchor` is "start", "middle" or "end".
fn label(x: &mut Xml, (left, top): (f64, f64), anchor: &str, class: &str, words: &str) {
    let (left, top) = (px(left), px(top));
    x.words("text", &[("x", &left), ("y", &top), ("text-anchor", &anchor), ("class", &class)], &clean(words));
}

/// How wide a letter may be, in the fonts that browsers have.
fn breadth(c: char) -> f64 {
    match c {
        'i' | 'ì' | 'í' | 'ị' | 'ĩ' | 'ỉ' | 'j' | 'l' | 'I' | 'Í' | ' ' | '.' | ',' | '-' | '/' | '(' | ')' | ':' => {
            5.2
        }
        't' | 'r' | 'f' => 6.2,
        'm' | 'w' => 13.8,
        'M' | 'W' => 14.2,
        c if c.is_uppercase() => 11.2,
        _ => 9.0,
    }
}

/// Words cut so that they fit.
fn fit(words: &str, room: f64) -> String {
    let words = clean(words);
    if words.chars().map(breadth).sum::<f64>() <= room {
        return words;
    }
    let mut left = room - 13.0;
    let short: String = words
        .chars()
        .take_while(|c| {
            left -= breadth(*c);
            left >= 0.0
        })
        .collect();
    format!("{}…", short.trim_end())
}

/// A line of the grid.
fn grid_line(x: &mut Xml, from: (f64, f64), to: (f64, f64)) {
    let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(px);
    x.leaf("line", &[("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2), ("stroke", &FAINT), ("class", &"chart-grid")]);
}

/// Names of the series with their shades, from this height down; nothing for a single series.
fn legend(x: &mut Xml, chart: &Chart, left: f64, top: f64) {
    if chart.series.len() < 2 {
        return;
    }
    for (at, series) in chart.series.iter().enumerate() {
        let y = top + at as f64 * 20.0;
        let (mark_left, mark_top) = (px(left), px(y - 11.0));
        let shade = shade(at);
        x.leaf(
            "rect",
            &[
                ("x", &mark_left),
                ("y", &mark_top),
                ("width", &14),
                ("height", &12),
                ("fill", &shade),
                ("class", &"chart-mark"),
            ],
        );
        label(x, (left + 22.0, y), "start", "chart-legend", &series.name);
    }
}

/// Height that the legend takes.
fn legend_height(chart: &Chart) -> f64 {
    if chart.series.len() < 2 { 0.0 } else { chart.series.len() as f64 * 20.0 + 8.0 }
}

fn shade(at: usize) -> &'static str {
    SHADES.get(at % SHADES.len()).copied().unwrap_or(INK)
}

#[cfg(test)]
mod tests;
