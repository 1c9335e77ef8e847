//! Where the cells of a table stand once every span is settled: whatever a caller gives, each place of the grid is covered exactly once.

use serde::Serialize;

use super::{Cell, Text};

/// One place in a row of the settled grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Slot {
    /// A cell begins.
    Cell(Cell),
    /// Covered from above, over this many columns.
    Covered(usize),
}

/// Settles rows over `width` columns: spans are cut where they leave the grid or meet another cell, gaps get empty cells, and what is too much is dropped.
pub(crate) fn settle(rows: &[Vec<Cell>], width: usize) -> Vec<Vec<Slot>> {
    // rows still covered from above, and by how wide a cell (0 marks the columns after the first)
    let mut covered: Vec<(usize, usize)> = vec![(0, 0); width];
    let mut out = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let mut slots = Vec::new();
        let mut cells = row.iter();
        let mut column = 0;
        while let Some(&(left, wide)) = covered.get(column) {
            if left > 0 {
                slots.push(Slot::Covered(wide));
                column += wide.max(1);
                continue;
            }
            let free = covered.iter().skip(column).take_while(|(left, _)| *left == 0).count();
            let cell = cells.next().map_or_else(Cell::default, |cell| Cell {
                text: cell.text.cleaned(),
                columns: cell.columns.clamp(1, free),
                rows: cell.rows.clamp(1, rows.len() - at),
            });
            for (index, place) in covered.iter_mut().skip(column).take(cell.columns).enumerate() {
                *place = (cell.rows, if index == 0 { cell.columns } else { 0 });
            }
            column += cell.columns;
            slots.push(Slot::Cell(cell));
        }
        for place in &mut covered {
            place.0 = place.0.saturating_sub(1);
        }
        out.push(slots);
    }
    out
}

/// Every word of a settled grid.
pub(crate) fn texts(rows: &[Vec<Slot>]) -> impl Iterator<Item = &Text> {
    rows.iter().flatten().filter_map(|slot| match slot {
        Slot::Cell(cell) => Some(&cell.text),
        Slot::Covered(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(rows: &[Vec<Slot>]) -> Vec<usize> {
        let width = |slot: &Slot| match slot {
            Slot::Cell(cell) => cell.columns,
            Slot::Covered(columns) => *columns,
        };
        rows.iter().map(|row| row.iter().map(width).sum()).collect()
    }

    #[test]
    fn every_row_covers_the_grid() {
        let head = vec![
            vec![Cell::over("STT", 1, 2), Cell::over("Số cuộc", 2, 1), Cell::over("Ghi chú", 1, 2)],
            vec![Cell::of("Trực tiếp"), Cell::of("Trực tuyến")],
        ];
        let rows = settle(&head, 4);
        assert_eq!(widths(&rows), [4, 4]);
        assert!(matches!(rows[1][0], Slot::Covered(1)) && matches!(rows[1][3], Slot::Covered(1)));
    }

    #[test]
    fn odd_spans_are_cut() {
        let rows = vec![vec![Cell::over("a", 9, 9), Cell::of("too much")], vec![Cell::over("b", 0, 0)], vec![]];
        assert_eq!(widths(&settle(&rows, 3)), [3, 3, 3]);
        assert!(settle(&rows, 0).iter().all(Vec::is_empty));
    }
}
