//! What the columns of a table hold, told from its header.

use super::{Cell, Row};
use crate::recognise::clean::Clean;
use crate::recognise::tasks::labels::{Role, role};
use crate::recognise::tasks::words::{lower, squeezed};

/// Roles of the columns, kept for a table that goes on without its header.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    /// Column of the stt.
    pub(super) stt: Option<usize>,
    /// Column of the content.
    pub(super) content: usize,
    /// Column of the lead.
    pub(super) lead: Option<usize>,
    /// Column of the coordinating.
    pub(super) coordinating: Option<usize>,
    /// Column of the time.
    pub(super) time: Option<usize>,
    /// Column of the product.
    pub(super) product: Option<usize>,
    /// Number of columns.
    pub(super) width: usize,
    /// First line behind the last table with these columns.
    pub(super) end: usize,
}

impl Columns {
    /// The same header, perhaps without its first cell (merged with the one above).
    pub(super) fn is_printed_again(&self, other: &Self) -> bool {
        let same = |by: usize| {
            let moved = |c: Option<usize>| c.map(|c| c + by);
            other.content + by == self.content
                && moved(other.lead) == self.lead
                && moved(other.coordinating) == self.coordinating
                && moved(other.time) == self.time
        };
        self.lead.is_some() && (self.coordinating.is_some() || self.time.is_some()) && (same(0) || same(1))
    }
}

/// The header among the first rows, and the row behind it: one row, or two where cells stand below a wider one
/// ("Phân công" over "Chủ trì" and "Phối hợp").
pub(super) fn header(clean: &Clean, rows: &[Row]) -> Option<(Columns, usize)> {
    (0..rows.len().min(4)).find_map(|at| {
        let row = rows.get(at)?;
        let below = rows.get(at + 1).filter(|below| below.cells.len() == row.cells.len() && !below.short);
        let both = below.and_then(|below| columns(clean, &stacked(clean, row, below)?));
        both.map(|columns| (columns, at + 2)).or_else(|| columns(clean, row).map(|columns| (columns, at + 1)))
    })
}

/// Two rows of a header as one; `None` when the second says neither who leads nor who helps, or more than a header may.
fn stacked(clean: &Clean, row: &Row, below: &Row) -> Option<Row> {
    let roles = |cell: &Cell| role(&squeezed(lower(clean.slice(cell.span))));
    let short = |cell: &&Cell| cell.span.end - cell.span.start <= 60;
    let filled: Vec<&Cell> = below.cells.iter().filter(|cell| !cell.is_empty()).collect();
    let named = filled.iter().filter(|cell| matches!(roles(cell), Some(Role::Lead | Role::Coordinating))).count();
    let apart =
        row.cells.first().is_some_and(|cell| !cell.is_empty()) && below.cells.first().is_some_and(Cell::is_empty);
    if named == 0 || !apart || !filled.iter().all(short) || filled.iter().any(|cell| roles(cell).is_none()) {
        return None;
    }
    let cells = row.cells.iter().zip(&below.cells).map(|(above, cell)| if cell.is_empty() { *above } else { *cell });
    Some(Row { cells: cells.collect(), ..Row::default() })
}

/// Reads the roles from a header row.
pub(crate) fn columns(clean: &Clean, row: &Row) -> Option<Columns> {
    let mut c = Columns { width: row.cells.len(), content: usize::MAX, ..Columns::default() };
    let mut loose = None;
    let mut figures = false;
    let mut unit = None;
    for (i, cell) in row.cells.iter().enumerate() {
        let words = clean.slice(cell.span);
        if words.len() > 80 && words.chars().filter(|c| !c.is_whitespace()).nth(80).is_some() {
            continue;
        }
        let low = squeezed(lower(words));
        if low.chars().count() > 80 || low.is_empty() {
            continue;
        }
        if matches!(low.as_str(), "tt" | "stt" | "số tt" | "số thứ tự" | "tt." | "no") {
            c.stt = c.stt.or(Some(i));
            continue;
        }
        figures |=
            ["chỉ tiêu", "chỉ số", "tiêu chí", "mục tiêu", "tên thủ tục", "thủ tục"].iter().any(|f| low.starts_with(f));
        if low == "đơn vị" {
            unit = Some(i);
            continue;
        }
        let better = low.contains("chủ trì");
        match role(&low) {
            Some(Role::Lead) if c.lead.is_none() || better => c.lead = Some(i),
            Some(Role::Coordinating) => c.coordinating = c.coordinating.or(Some(i)),
            // "Bắt đầu" and "Hoàn thành" side by side: the second is the deadline.
            Some(Role::Time) if c.time.is_none() || ["hoàn thành", "kết thúc"].iter().any(|end| low.contains(end)) =>
            {
                c.time = Some(i);
            }
            Some(Role::Product) => c.product = c.product.or(Some(i)),
            Some(Role::Content) if c.content == usize::MAX => c.content = i,
            Some(_) => {}
            None => loose = loose.or(Some(i)),
        }
    }
    if c.lead.is_none() && !figures {
        c.lead = unit;
    }
    if c.content == usize::MAX {
        c.content = loose.filter(|_| !figures)?;
    }
    (!figures && c.lead.is_some() || !figures && c.coordinating.is_some() && c.time.is_some()).then_some(c)
}
