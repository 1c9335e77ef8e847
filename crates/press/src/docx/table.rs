//! Tables whose head comes back on every page.

use super::paragraph::{Para, Writer, border, twips};
use crate::official::{Align, Cell, PrintedTable, Slot};

pub(super) fn write(w: &mut Writer, table: &PrintedTable) {
    let size = w.layout.size;
    if table.caption.is_empty() {
        w.space(6.0);
    } else {
        let para = Para { centre: true, before: 6.0, after: 4.0, next: true, ..Para::default() };
        w.line(para, &table.caption, (true, false), size - 1.0);
    }
    let widths: Vec<i64> = table.widths.iter().copied().map(twips).collect();
    w.x.open_node("w:tbl", &[]);
    properties(w, &widths);
    for row in &table.head {
        write_row(w, table, &widths, row, true);
    }
    for row in &table.rows {
        write_row(w, table, &widths, row, false);
    }
    w.x.close_node("w:tbl");
    if table.note.is_empty() {
        w.space(6.0);
    } else {
        w.line(Para { before: 3.0, ..Para::default() }, &table.note, (false, true), (table.size - 1.0).max(9.0));
    }
}

fn properties(w: &mut Writer, widths: &[i64]) {
    w.x.node("w:tblPr", &[], |x| {
        x.leaf("w:tblW", &[("w:w", &widths.iter().sum::<i64>()), ("w:type", &"dxa")]);
        x.leaf("w:jc", &[("w:val", &"center")]);
        x.node("w:tblBorders", &[], |x| {
            for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                border(x, side, 4, 0);
            }
        });
        x.leaf("w:tblLayout", &[("w:type", &"fixed")]);
        x.node("w:tblCellMar", &[], |x| {
            for side in ["w:left", "w:right"] {
                x.leaf(side, &[("w:w", &70), ("w:type", &"dxa")]);
            }
        });
    });
    w.x.node("w:tblGrid", &[], |x| {
        for width in widths {
            x.leaf("w:gridCol", &[("w:w", width)]);
        }
    });
}

fn write_row(w: &mut Writer, table: &PrintedTable, widths: &[i64], row: &[Slot], head: bool) {
    w.x.open_node("w:tr", &[]);
    w.x.node("w:trPr", &[], |x| {
        x.leaf("w:cantSplit", &[]);
        if head {
            x.leaf("w:tblHeader", &[]);
        }
    });
    let mut column = 0;
    for slot in row {
        let (covers, cell) = match slot {
            Slot::Cell(cell) => (cell.columns, Some(cell)),
            Slot::Covered(columns) => ((*columns).max(1), None),
        };
        let width: i64 = widths.iter().skip(column).take(covers).sum();
        w.x.open_node("w:tc", &[]);
        w.x.node("w:tcPr", &[], |x| {
            x.leaf("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
            if covers > 1 {
                x.leaf("w:gridSpan", &[("w:val", &covers)]);
            }
            match cell {
                Some(cell) if cell.rows > 1 => x.leaf("w:vMerge", &[("w:val", &"restart")]),
                None => x.leaf("w:vMerge", &[]),
                Some(_) => {}
            }
            x.leaf("w:vAlign", &[("w:val", &"center")]);
        });
        words(w, table, column, cell, head);
        w.x.close_node("w:tc");
        column += covers;
    }
    w.x.close_node("w:tr");
}

fn words(w: &mut Writer, table: &PrintedTable, column: usize, cell: Option<&Cell>, head: bool) {
    let align = table.aligns.get(column).copied().unwrap_or_default();
    let para = Para {
        style: Some("Bang"),
        next: head,
        centre: head || align == Align::Centre,
        right: !head && align == Align::Right,
        ..Para::default()
    };
    let Some(cell) = cell else { return w.paragraph(para, &"".into(), None) };
    let mut text = cell.text.clone();
    for run in &mut text.0 {
        run.bold |= head;
    }
    w.paragraph(para, &text, Some(table.size));
}
