//! Rows printed on one line: `| a | b |`, tabs, columns of spaces.

use super::{Cell, Grid, Row};
use crate::Span;
use crate::recognise::clean::Clean;
use crate::recognise::tasks::tree::Block;

/// `| a | b |` lines, also Markdown.
pub(super) fn piped(clean: &Clean, block: &Block) -> Grid {
    let mut rows = vec![];
    for at in block.lines.clone() {
        let line = clean.line(at);
        if line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '=')) {
            continue;
        }
        let start = clean.lines.get(at).map_or(0, |l| l.span.start);
        let cut = line.len() - line.trim_start_matches(['|', ' ']).len();
        let inner_start = if line.starts_with('|') { 1 } else { 0 };
        let inner_end = line.trim_end().strip_suffix('|').map_or(line.len(), str::len);
        let _ = cut;
        let mut cells = vec![];
        let mut from = inner_start;
        while from <= inner_end {
            let rest = line.get(from..inner_end).unwrap_or("");
            let len = rest.find('|').unwrap_or(rest.len());
            cells.push(trimmed(rest.get(..len).unwrap_or(""), start + from));
            from += len + 1;
        }
        rows.push(Row { cells, short: false, more: vec![] });
    }
    let widest = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    for row in &mut rows {
        row.short = row.cells.len() < widest;
        row.cells.resize(widest.min(40).max(row.cells.len().min(40)), Cell::EMPTY);
    }
    Grid { rows, sure: 0.95 }
}

/// Columns kept by tabs or by runs of three spaces.
pub(super) fn columns(clean: &Clean, block: &Block) -> Grid {
    let mut rows = vec![];
    for at in block.lines.clone() {
        let line = clean.line(at);
        let start = clean.lines.get(at).map_or(0, |l| l.span.start);
        let tabs = line.contains('\t');
        let sep = if tabs { "\t" } else { "   " };
        let mut cells = vec![];
        let mut from = 0;
        while from <= line.len() {
            let rest = line.get(from..).unwrap_or("");
            let len = rest.find(sep).unwrap_or(rest.len());
            let cell = trimmed(rest.get(..len).unwrap_or(""), start + from);
            if tabs || !cell.is_empty() {
                cells.push(cell);
            }
            from += len + sep.len();
        }
        rows.push(Row { cells, short: false, more: vec![] });
    }
    Grid { rows, sure: 0.6 }
}

fn trimmed(text: &str, at: usize) -> Cell {
    let left = text.len() - text.trim_start().len();
    let words = text.trim();
    if words.is_empty() {
        Cell::EMPTY
    } else if words == "-" {
        Cell { span: Span { start: at + left, end: at + left } }
    } else {
        Cell { span: Span { start: at + left, end: at + left + words.len() } }
    }
}
