//! The line of papers as a picture and as a list.

use kernel::{text, time};

use crate::documents::model::{
    kept,
    lineage::{Known, Lineage},
};

/// Width and height of a box, and the distance between boxes.
const BOX: (usize, usize) = (220, 92);
const STEP: (usize, usize) = (320, 122);
const MARGIN: usize = 10;

/// A box.
pub(in crate::documents) struct NodeView {
    pub x: usize,
    pub y: usize,
    pub number: String,
    pub issuer: String,
    pub note: String,
    /// What it is kept as, and since when.
    pub kept: String,
    pub href: String,
    pub here: bool,
    pub stub: bool,
}

/// A line between two boxes.
pub(in crate::documents) struct EdgeView {
    pub path: String,
    pub arrow: String,
    pub label: String,
    pub x: usize,
    pub y: usize,
}

/// A line of the list.
pub(in crate::documents) struct HopView {
    pub iso: String,
    pub date: String,
    pub days: String,
    pub number: String,
    pub kind: String,
    pub issuer: String,
    pub kept: String,
    pub behind: String,
    pub href: String,
    pub here: bool,
    pub stub: bool,
}

/// The whole.
pub(in crate::documents) struct LineageView {
    pub width: usize,
    pub height: usize,
    pub nodes: Vec<NodeView>,
    pub edges: Vec<EdgeView>,
    pub hops: Vec<HopView>,
}

/// "108 ngày"; from three years on "16 năm".
fn days(days: i64) -> String {
    if days >= 3 * 365 { format!("{} năm", days / 365) } else { format!("{} ngày", text::display_number(days)) }
}

fn href(node: &Known) -> String {
    node.document.map(|id| format!("/van-ban/{id}")).unwrap_or_default()
}

impl LineageView {
    /// Draws it: one column for each step, the boxes of a column below one another.
    pub(in crate::documents) fn of(lineage: &Lineage) -> Self {
        let columns = lineage.columns();
        let mut filled = vec![0usize; lineage.nodes.len() + 1];
        let mut places = Vec::new();
        for column in &columns {
            let row = filled.get(*column).copied().unwrap_or(0);
            if let Some(count) = filled.get_mut(*column) {
                *count += 1;
            }
            places.push((MARGIN + column * STEP.0, MARGIN + row * STEP.1));
        }
        let rows = filled.iter().copied().max().unwrap_or(1).max(1);
        let wide = columns.iter().copied().max().unwrap_or(0);
        let date = |node: &Known| node.date.map(time::display_date).unwrap_or_else(|| "chưa rõ ngày".into());
        let nodes = lineage.nodes.iter().zip(&places).enumerate().map(|(at, (node, (x, y)))| {
            let state = if at == lineage.here {
                " · văn bản này"
            } else if node.document.is_none() {
                " · chưa có bản"
            } else {
                ""
            };
            NodeView {
                x: *x,
                y: *y,
                number: text::shorten(&node.number, 22),
                issuer: text::shorten(if node.issuer.is_empty() { &node.kind } else { &node.issuer }, 25),
                note: format!("{}{state}", date(node)),
                kept: kept(node.registered),
                href: href(node),
                here: at == lineage.here,
                stub: node.document.is_none(),
            }
        });
        let edges = lineage.hops.iter().filter_map(|hop| {
            let ((x1, y1), (x2, y2)) = (*places.get(hop.from)?, *places.get(hop.to)?);
            let (x1, y1, y2) = (x1 + BOX.0, y1 + BOX.1 / 2, y2 + BOX.1 / 2);
            // Along its own row, up or down only before the last column: what lies between stays legible.
            let gap = STEP.0 - BOX.0;
            let (bend, half) = (x2.saturating_sub(gap).max(x1), x2.saturating_sub(gap / 2));
            Some(EdgeView {
                path: format!("M{x1} {y1} H{bend} C{half} {y1} {half} {y2} {} {y2}", x2.saturating_sub(7)),
                arrow: format!("M{x2} {y2} l-9 -5 v10 z"),
                label: hop.days.map(days).unwrap_or_default(),
                // Beside its own paper: in the middle the lines of many cross.
                x: x1 + (STEP.0 - BOX.0) / 2,
                y: y1.saturating_sub(9),
            })
        });
        Self {
            width: MARGIN * 2 + wide * STEP.0 + BOX.0,
            height: MARGIN * 2 + (rows - 1) * STEP.1 + BOX.1,
            nodes: nodes.collect(),
            edges: edges.collect(),
            hops: hops(lineage),
        }
    }
}

fn hops(lineage: &Lineage) -> Vec<HopView> {
    let view = |(at, node): (usize, &Known)| {
        let behind: Vec<_> = lineage.hops.iter().filter(|hop| hop.to == at).collect();
        let number = |at: usize| lineage.nodes.get(at).map(|node| node.number.clone());
        let names: Vec<String> = behind.iter().filter_map(|hop| number(hop.from)).collect();
        let each = behind.iter().filter_map(|hop| hop.days).map(|days| format!("{} ngày", text::display_number(days)));
        HopView {
            iso: node.date.map(|date| date.to_string()).unwrap_or_default(),
            date: node.date.map(time::display_date).unwrap_or_else(|| "chưa rõ ngày".into()),
            days: each.collect::<Vec<_>>().join(", "),
            number: node.number.clone(),
            kind: node.kind.clone(),
            issuer: node.issuer.clone(),
            kept: kept(node.registered),
            behind: names.join(", "),
            href: href(node),
            here: at == lineage.here,
            stub: node.document.is_none(),
        }
    };
    lineage.nodes.iter().enumerate().map(view).collect()
}
