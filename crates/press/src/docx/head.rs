//! The head: the borderless table of two columns, kind and title, addressees, legal bases.

use super::paragraph::{Para, Writer, twips};
use crate::official::Printed;

const CENTRE: Para = Para {
    style: None,
    centre: true,
    right: false,
    before: 0.0,
    after: 0.0,
    hanging: 0.0,
    left: 0.0,
    right_indent: 0.0,
    next: false,
    outline: None,
    framed: false,
};

pub(super) fn write(w: &mut Writer, paper: &Printed) {
    columns(w, (paper.head.0, paper.head.1), &[(&names, &country), (&number, &place)], paper);
    if let Some(kind) = &paper.kind {
        w.space(12.0);
        w.line(Para { next: true, ..CENTRE }, kind, (true, false), w.layout.size);
        for line in &paper.title.lines {
            w.line(Para { next: true, ..CENTRE }, line, (true, false), w.layout.size);
        }
        let width = w.layout.text_width(false);
        if !paper.title.lines.is_empty() {
            w.rule(paper.title.rule, width);
        }
    }
    w.space(10.0);
    addressees(w, &paper.addressees);
    for base in &paper.bases {
        w.paragraph(Para { style: Some("NoiDung"), ..Para::default() }, base, None);
    }
}

type Filler<'a> = &'a dyn Fn(&mut Writer, &Printed);

/// A table without lines whose two columns are filled row by row.
pub(super) fn columns(w: &mut Writer, (left, right): (f32, f32), rows: &[(Filler<'_>, Filler<'_>)], paper: &Printed) {
    let (left, right) = (twips(left), twips(right));
    w.x.open_node("w:tbl", &[]);
    w.x.node("w:tblPr", &[], |x| {
        x.leaf("w:tblW", &[("w:w", &(left + right)), ("w:type", &"dxa")]);
        x.leaf("w:jc", &[("w:val", &"center")]);
        x.node("w:tblBorders", &[], |x| {
            for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                x.leaf(side, &[("w:val", &"nil")]);
            }
        });
        x.leaf("w:tblLayout", &[("w:type", &"fixed")]);
        x.node("w:tblCellMar", &[], |x| {
            for side in ["w:left", "w:right"] {
                x.leaf(side, &[("w:w", &0), ("w:type", &"dxa")]);
            }
        });
    });
    w.x.node("w:tblGrid", &[], |x| {
        x.leaf("w:gridCol", &[("w:w", &left)]);
        x.leaf("w:gridCol", &[("w:w", &right)]);
    });
    for (first, second) in rows {
        w.x.open_node("w:tr", &[]);
        w.x.node("w:trPr", &[], |x| x.leaf("w:cantSplit", &[]));
        for (width, fill) in [(left, first), (right, second)] {
            w.x.open_node("w:tc", &[]);
            w.x.node("w:tcPr", &[], |x| x.leaf("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]));
            fill(w, paper);
            w.x.close_node("w:tc");
        }
        w.x.close_node("w:tr");
    }
    w.x.close_node("w:tbl");
}

fn names(w: &mut Writer, paper: &Printed) {
    let size = w.layout.head_size;
    for line in &paper.superior {
        w.line(CENTRE, line, (false, false), size);
    }
    for line in &paper.issuer.lines {
        w.line(CENTRE, line, (true, false), size);
    }
    w.rule(paper.issuer.rule, paper.head.0);
}

fn country(w: &mut Writer, paper: &Printed) {
    let size = w.layout.head_size;
    w.line(CENTRE, paper.country, (true, false), size);
    for line in &paper.motto.lines {
        w.line(CENTRE, line, (true, false), size + 1.0);
    }
    w.rule(paper.motto.rule, paper.head.1);
}

fn number(w: &mut Writer, paper: &Printed) {
    w.line(Para { before: 6.0, ..CENTRE }, &paper.number, (false, false), 13.0);
    for line in &paper.subject {
        w.line(CENTRE, line, (false, false), 12.0);
    }
    if let Some((stamp, width)) = paper.urgency {
        w.space(4.0);
        let side = (paper.head.0 - width) / 2.0;
        w.line(Para { left: side, right_indent: side, framed: true, ..CENTRE }, stamp, (true, false), 13.0);
    }
}

fn place(w: &mut Writer, paper: &Printed) {
    let size = w.layout.head_size + 1.0;
    w.line(Para { before: 6.0, ..CENTRE }, &paper.place_date, (false, true), size);
}

fn addressees(w: &mut Writer, names: &[String]) {
    let size = w.layout.size;
    match names {
        [] => return,
        [one] => w.line(CENTRE, &format!("Kính gửi: {one}"), (false, false), size),
        many => {
            w.line(Para { left: 25.0, ..Para::default() }, "Kính gửi:", (false, false), size);
            for name in many {
                w.line(Para { left: 43.0, hanging: 3.0, ..Para::default() }, name, (false, false), size);
            }
        }
    }
    w.space(8.0);
}
