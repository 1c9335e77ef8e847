//! What the columns of a table hold, told from its header.

use super::Row;
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
            Some(Role::Time) => c.time = c.time.or(Some(i)),
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
