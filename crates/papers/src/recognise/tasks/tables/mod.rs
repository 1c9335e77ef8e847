//! Tables: lines → grids → tasks.

mod bars;
mod columns;
mod loose;
mod rows;
mod tasks;

use super::emit::Draft;
use super::tree::{Block, Tree};
use super::words::squeeze;
use crate::recognise::clean::{Clean, LineKind};
use crate::{Span, Table};

/// One cell: the lines it holds, as one stretch of the text; empty when nothing is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    /// First to last byte.
    pub span: Span,
}

impl Cell {
    /// A cell without words.
    pub const EMPTY: Self = Self { span: Span { start: 0, end: 0 } };

    /// Nothing is printed in it.
    pub fn is_empty(&self) -> bool {
        self.span.end <= self.span.start
    }

    /// "-" is printed in it: nothing is meant, not what stands above.
    pub fn is_blank(&self) -> bool {
        self.is_empty() && self.span.start > 0
    }
}

/// One row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// Cells from left to right.
    pub cells: Vec<Cell>,
    /// Fewer cells than the header: some were merged sideways.
    pub short: bool,
    /// Words of a cell that continue behind a page break, by column.
    pub more: Vec<(usize, Cell)>,
}

/// A table as read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// Rows from the top.
    pub rows: Vec<Row>,
    /// How far the division into cells can be trusted, 0 to 1.
    pub sure: f32,
}

/// Reads every table; returns the public tables and the drafts of tasks.
pub(crate) fn read(clean: &Clean, tree: &Tree, year: Option<i32>) -> (Vec<Table>, Vec<Draft>) {
    let mut tables = vec![];
    let mut drafts = vec![];
    let mut state = columns::Columns::default();
    for block in &tree.tables {
        let Some(grid) = grid(clean, block) else { continue };
        if grid.rows.iter().filter(|r| r.cells.len() > 1).count() < 2 {
            continue;
        }
        let span = clean.span_of(&block.lines);
        tables.push(Table { span, rows: public(clean, &grid) });
        tasks::read(clean, tree, block, &grid, year, &mut state, &mut drafts);
    }
    (tables, drafts)
}

fn grid(clean: &Clean, block: &Block) -> Option<Grid> {
    match clean.lines.get(block.lines.start)?.kind {
        LineKind::Bar => Some(bars::read(clean, block)),
        LineKind::Row => Some(rows::piped(clean, block)),
        LineKind::Columns => Some(rows::columns(clean, block)),
        LineKind::Loose => loose::read(clean, block),
        LineKind::Text => None,
    }
}

fn public(clean: &Clean, grid: &Grid) -> Vec<Vec<String>> {
    grid.rows.iter().map(|r| r.cells.iter().map(|c| squeeze(clean.slice(c.span))).collect()).collect()
}
