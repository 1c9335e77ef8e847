//! Lines over time: series differ in shade, in dashes and in their marks.

use super::{Chart, figure, frame, grid_line, label, legend, legend_height, px, shade, ticks};
use crate::xml::Xml;

const WIDE: f64 = 720.0;
const DASHES: [&str; 4] = ["none", "8 4", "2 4", "12 4 2 4"];

/// A trend of each series over the labels; a missing figure interrupts its line.
pub fn lines(chart: &Chart) -> String {
    let (low, high) = chart.range();
    let ticks = ticks(low, high);
    let (first, last) = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
    let (left, top, plot) = (80.0, 16.0, 280.0);
    let height = top + plot + 40.0 + legend_height(chart);
    let step = (WIDE - left - 60.0) / chart.labels.len().saturating_sub(1).max(1) as f64;
    let y = |value: f64| top + (last - value) / (last - first) * plot;
    let place = |at: usize| left + 12.0 + step * at as f64;
    frame("lines", (&chart.id, &chart.title, &chart.description), (WIDE, height), |x| {
        for tick in &ticks {
            grid_line(x, (left, y(*tick)), (WIDE - 16.0, y(*tick)));
            label(x, (left - 8.0, y(*tick) + 5.0), "end", "chart-tick", &figure(*tick));
        }
        let every = (chart.labels.len() / 12).max(1);
        for (at, name) in chart.labels.iter().enumerate().step_by(every) {
            let room = (step * every as f64 / 7.5).max(4.0) as usize;
            label(x, (place(at), top + plot + 22.0), "middle", "chart-label", &kernel::text::shorten(name, room));
        }
        for s in 0..chart.series.len() {
            let points = (0..chart.labels.len()).map(|at| chart.value(s, at).map(|value| (place(at), y(value))));
            line(x, s, points);
            marks(x, chart, s, |at, value| (place(at), y(value)));
        }
        legend(x, chart, left, top + plot + 52.0);
    })
}

fn line(x: &mut Xml, series: usize, points: impl Iterator<Item = Option<(f64, f64)>>) {
    let mut path = String::new();
    let mut pen_down = false;
    for point in points {
        match point {
            Some((left, top)) => {
                path.push_str(if pen_down { " L" } else { " M" });
                path.push_str(&format!("{} {}", px(left), px(top)));
                pen_down = true;
            }
            None => pen_down = false,
        }
    }
    if path.is_empty() {
        return;
    }
    let dashes = DASHES.get(series % DASHES.len()).copied().unwrap_or("none");
    x.leaf(
        "path",
        &[
            ("d", &path.trim_start()),
            ("fill", &"none"),
            ("stroke", &shade(series)),
            ("stroke-width", &"2.5"),
            ("stroke-dasharray", &dashes),
            ("class", &"chart-line"),
        ],
    );
}

fn marks(x: &mut Xml, chart: &Chart, s: usize, place: impl Fn(usize, f64) -> (f64, f64)) {
    for (at, name) in chart.labels.iter().enumerate() {
        let Some(value) = chart.value(s, at) else { continue };
        let (left, top) = place(at, value);
        let series = chart.series.get(s).map(|series| series.name.as_str()).unwrap_or_default();
        let hint = format!("{name}, {series}: {}", figure(value));
        let shade = shade(s);
        if s.is_multiple_of(2) {
            let (cx, cy) = (px(left), px(top));
            x.node("circle", &[("cx", &cx), ("cy", &cy), ("r", &4), ("fill", &shade), ("class", &"chart-mark")], |x| {
                x.words("title", &[], &hint);
            });
        } else {
            let (left, top) = (px(left - 4.0), px(top - 4.0));
            let size = 8;
            let attributes: [(&str, &dyn std::fmt::Display); 6] = [
                ("x", &left),
                ("y", &top),
                ("width", &size),
                ("height", &size),
                ("fill", &shade),
                ("class", &"chart-mark"),
            ];
            x.node("rect", &attributes, |x| x.words("title", &[], &hint));
        }
    }
}
