//! Bars from left to right for long names, columns side by side for comparisons.

use super::{Chart, FAINT, figure, fit, frame, grid_line, label, legend, legend_height, px, shade, ticks};
use crate::xml::Xml;

const WIDE: f64 = 720.0;

/// A bar with its figure as a hint.
fn bar(x: &mut Xml, (left, top): (f64, f64), (wide, high): (f64, f64), at: usize, hint: &str) {
    let [left, top, wide, high] = [left, top, wide.max(0.5), high.max(0.5)].map(px);
    let attributes: [(&str, &dyn std::fmt::Display); 6] = [
        ("x", &left),
        ("y", &top),
        ("width", &wide),
        ("height", &high),
        ("fill", &shade(at)),
        ("class", &"chart-mark"),
    ];
    x.node("rect", &attributes, |x| x.words("title", &[], hint));
}

/// Horizontal bars of the first series, a name and a figure beside each; the order is the caller's. Negative figures are drawn as nought.
pub fn bars(chart: &Chart) -> String {
    let (_, high) = chart.range();
    let most = ticks(0.0, high).last().copied().unwrap_or(1.0);
    let (left, right, step) = (264.0, 90.0, 28.0);
    let height = chart.labels.len() as f64 * step + 16.0;
    frame("bars", (&chart.id, &chart.title, &chart.description), (WIDE, height), |x| {
        for (at, name) in chart.labels.iter().enumerate() {
            let top = 8.0 + at as f64 * step;
            label(x, (left - 10.0, top + 17.0), "end", "chart-label", &fit(name, left - 14.0));
            let Some(value) = chart.value(0, at) else {
                label(x, (left + 4.0, top + 17.0), "start", "chart-missing", "chưa có số liệu");
                continue;
            };
            let wide = value.max(0.0) / most * (WIDE - left - right);
            bar(x, (left, top + 3.0), (wide, step - 8.0), 0, &format!("{name}: {}", figure(value)));
            label(x, (left + wide + 8.0, top + 17.0), "start", "chart-value", &figure(value));
        }
        grid_line(x, (left, 4.0), (left, height - 4.0));
    })
}

/// Columns side by side, a group for each label.
pub fn columns(chart: &Chart) -> String {
    let (low, high) = chart.range();
    let ticks = ticks(low, high);
    let (first, last) = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
    let (left, top, plot) = (80.0, 16.0, 280.0);
    let height = top + plot + 40.0 + legend_height(chart);
    let y = |value: f64| top + (last - value) / (last - first) * plot;
    let group = (WIDE - left - 16.0) / chart.labels.len().max(1) as f64;
    let one = group * 0.76 / chart.series.len().max(1) as f64;
    frame("columns", (&chart.id, &chart.title, &chart.description), (WIDE, height), |x| {
        for tick in &ticks {
            grid_line(x, (left, y(*tick)), (WIDE - 16.0, y(*tick)));
            label(x, (left - 8.0, y(*tick) + 5.0), "end", "chart-tick", &figure(*tick));
        }
        let room = (group / 7.5).max(3.0) as usize;
        for (at, name) in chart.labels.iter().enumerate() {
            let start = left + group * (at as f64 + 0.12);
            for (s, series) in chart.series.iter().enumerate() {
                if let Some(value) = chart.value(s, at) {
                    let (from, to) = (y(value.max(0.0)), y(value.min(0.0)));
                    let hint = format!("{name}, {}: {}", series.name, figure(value));
                    bar(x, (start + one * s as f64, from), (one * 0.92, to - from), s, &hint);
                }
            }
            let middle = left + group * (at as f64 + 0.5);
            label(x, (middle, top + plot + 22.0), "middle", "chart-label", &kernel::text::shorten(name, room));
        }
        let zero = px(y(0.0));
        let (from, to) = (px(left), px(WIDE - 16.0));
        x.leaf(
            "line",
            &[("x1", &from), ("y1", &zero), ("x2", &to), ("y2", &zero), ("stroke", &FAINT), ("stroke-width", &2)],
        );
        legend(x, chart, left, top + plot + 52.0);
    })
}
