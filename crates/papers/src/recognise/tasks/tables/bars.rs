//! Tables with one cell to a line and a lone bar between cells; an empty cell ends a row.

use super::{Cell, Grid, Row};
use crate::Span;
use crate::recognise::clean::{Clean, LineKind};
use crate::recognise::tasks::tree::Block;

/// Widest table read.
const WIDEST: usize = 16;

/// Divides the lines of a block.
pub(super) fn read(clean: &Clean, block: &Block) -> Grid {
    let cells = cells(clean, block);
    let mut at = 0;
    while cells.get(at).is_some_and(Cell::is_empty) {
        at += 1;
    }
    let width = cells.iter().skip(at).position(Cell::is_empty).unwrap_or(cells.len() - at).clamp(1, WIDEST);
    let mut rows = vec![];
    while at < cells.len() {
        let (row, next) = row(clean, &cells, at, width);
        at = next.max(at + 1);
        if row.cells.iter().any(|c| !c.is_empty()) {
            rows.push(row);
        }
    }
    Grid { rows, sure: 0.95 }
}

/// What stands between one bar and the next.
fn cells(clean: &Clean, block: &Block) -> Vec<Cell> {
    let mut out = vec![];
    let mut open: Option<Span> = None;
    let mut begun = false;
    for at in block.lines.clone() {
        let Some(line) = clean.lines.get(at) else { break };
        if line.kind == LineKind::Bar {
            if begun {
                out.push(open.take().map_or(Cell::EMPTY, |span| Cell { span }));
            }
            begun = true;
            continue;
        }
        let start = open.map_or(line.span.start, |s| s.start);
        open = Some(Span { start, end: line.span.end });
    }
    if let Some(span) = open {
        out.push(Cell { span });
    }
    out
}

/// One row from cell `at`, and where the next begins.
fn row(clean: &Clean, cells: &[Cell], mut at: usize, width: usize) -> (Row, usize) {
    let mut row: Vec<Cell> = vec![];
    loop {
        if row.len() >= width {
            let end = if cells.get(at).is_some_and(Cell::is_empty) { at + 1 } else { at };
            return (Row { cells: row, short: false, more: vec![] }, end);
        }
        let Some(&cell) = cells.get(at) else { break };
        if !cell.is_empty() {
            let again = !row.is_empty()
                && matches!(clean.slice(cell.span).trim(), "TT" | "STT" | "Stt" | "Số TT" | "tt" | "stt");
            if again {
                row.resize(width, Cell::EMPTY);
                return (Row { cells: row, short: true, more: vec![] }, at);
            }
            row.push(cell);
            at += 1;
            continue;
        }
        let limit = width - row.len() + 2;
        let run = cells[at..].iter().take(limit).take_while(|c| c.is_empty()).count();
        let left = width - row.len();
        let next = cells.get(at + run);
        // As one row these cells would be too many: the empty cell ends it.
        let after = cells.iter().skip(at + run).take(width + 1).take_while(|c| !c.is_empty()).count();
        let begins =
            next.is_none_or(|c| is_ordinal(clean.slice(c.span))) || row.len() + run + after > width && run <= left;
        if run > left {
            row.resize(width, Cell::EMPTY);
            return (Row { cells: row, short: false, more: vec![] }, at + left + 1);
        }
        if begins || row.len() == 1 && run == 1 && !is_ordinal(clean.slice(row[0].span)) {
            break_row(&mut row, run - 1, width);
            let short = row.iter().filter(|c| !c.is_empty()).count() <= 2;
            row.resize(width, Cell::EMPTY);
            return (Row { cells: row, short, more: vec![] }, at + run);
        }
        row.extend(std::iter::repeat_n(Cell::EMPTY, run));
        at += run;
    }
    let short = row.len() < width;
    row.resize(width, Cell::EMPTY);
    (Row { cells: row, short, more: vec![] }, at)
}

fn break_row(row: &mut Vec<Cell>, empties: usize, width: usize) {
    let n = empties.min(width.saturating_sub(row.len()));
    row.extend(std::iter::repeat_n(Cell::EMPTY, n));
}

/// A row number: "1", "2.", "3.1", "IV", "A", "a)".
pub(super) fn is_ordinal(text: &str) -> bool {
    let core = text.trim().trim_end_matches(['.', ')', ':', '/']);
    if core.is_empty() || core.len() > 8 {
        return false;
    }
    let number = core.split('.').all(|p| !p.is_empty() && p.len() <= 3 && p.bytes().all(|b| b.is_ascii_digit()));
    let roman = core.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'));
    let dotted = core.split_once('.').is_some_and(|(a, b)| {
        !a.is_empty()
            && a.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
            && b.len() <= 3
            && b.bytes().all(|b| b.is_ascii_digit())
    });
    let letter = core.chars().count() == 1 && core.chars().all(char::is_alphabetic);
    number || roman || dotted || letter
}
