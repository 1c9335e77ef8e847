//! The pieces of a body as printed: numbers joined to their words, dashes, closing signs, settled tables.

use serde::Serialize;

use super::grid::{self, Slot};
use super::printed::CLOSING;
use super::{Align, Block, Layout, Level, PressError, Run, Table, Text, clean};

/// A piece ready to be set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum PrintedBlock {
    /// A line of its own in the middle, in bold: Phần, Chương, Mục and their names; `level` 1 to 3, or 0 when it is no heading.
    Centred { level: u8, text: Text },
    /// A numbered heading at the first line indent; `level` 4 to 6.
    Heading { level: u8, text: Text },
    /// A paragraph.
    Paragraph { text: Text },
    /// A table.
    Table(PrintedTable),
}

/// A table ready to be set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PrintedTable {
    /// Widths in millimetres.
    pub widths: Vec<f32>,
    pub aligns: Vec<Align>,
    pub head: Vec<Vec<Slot>>,
    pub rows: Vec<Vec<Slot>>,
    pub caption: String,
    pub note: String,
    pub size: f32,
}

/// Settles the pieces of a body.
///
/// # Errors
/// [`PressError::Reference`].
pub(super) fn settle(blocks: &[Block], layout: &Layout, landscape: bool) -> Result<Vec<PrintedBlock>, PressError> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Heading { level, label, text } => heading(*level, label, text, &mut out),
            Block::Paragraph { text } => out.push(PrintedBlock::Paragraph { text: text.cleaned() }),
            Block::Bullets { items } => {
                for item in items {
                    out.push(PrintedBlock::Paragraph { text: prefixed("- ", item.cleaned(), |run| run) });
                }
            }
            Block::Centred { text } => out.push(PrintedBlock::Centred { level: 0, text: bold(text.cleaned()) }),
            Block::Table(table) => out.extend(settled_table(table, layout, landscape).map(PrintedBlock::Table)),
        }
    }
    for block in &out {
        match block {
            PrintedBlock::Centred { text, .. }
            | PrintedBlock::Heading { text, .. }
            | PrintedBlock::Paragraph { text } => check(text)?,
            PrintedBlock::Table(table) => {
                grid::texts(&table.head).chain(grid::texts(&table.rows)).try_for_each(check)?;
            }
        }
    }
    Ok(out)
}

fn heading(level: Level, label: &str, text: &Text, out: &mut Vec<PrintedBlock>) {
    let label = clean(label).trim().to_owned();
    let text = text.cleaned();
    let depth = match level {
        Level::Part => 1,
        Level::Chapter => 2,
        Level::Section => 3,
        Level::Roman | Level::Article => 4,
        Level::Arabic => 5,
        Level::Decimal | Level::Letter => 6,
    };
    if depth < 4 {
        if !label.is_empty() {
            out.push(PrintedBlock::Centred { level: depth, text: Run::bold(label).into() });
        }
        if !text.0.is_empty() {
            let name = text.0.into_iter().map(|run| Run { text: run.text.to_uppercase(), bold: true, ..run });
            out.push(PrintedBlock::Centred { level: 0, text: name.collect() });
        }
        return;
    }
    let label = if label.is_empty() || text.0.is_empty() { label } else { format!("{label} ") };
    let text = prefixed(&label, text, |run| match level {
        Level::Letter => Run { italic: true, ..run },
        Level::Decimal => Run { bold: true, italic: true, ..run },
        _ => Run { bold: true, ..run },
    });
    out.push(PrintedBlock::Heading { level: depth, text });
}

/// The words with a sign before them, each run made over.
fn prefixed(sign: &str, text: Text, make: impl Fn(Run) -> Run) -> Text {
    let sign = (!sign.is_empty()).then(|| Run::plain(sign));
    sign.into_iter().chain(text.0).map(make).collect()
}

fn bold(text: Text) -> Text {
    text.0.into_iter().map(|run| Run { bold: true, ..run }).collect()
}

fn settled_table(table: &Table, layout: &Layout, landscape: bool) -> Option<PrintedTable> {
    let longest = table.head.iter().chain(&table.rows).map(Vec::len).max().unwrap_or(0);
    let columns = if table.columns.is_empty() { longest } else { table.columns.len() };
    if columns == 0 || longest == 0 {
        return None;
    }
    let weight = |at: usize| {
        table.columns.get(at).map_or(1.0, |c| if c.weight.is_finite() { c.weight.clamp(0.05, 1000.0) } else { 1.0 })
    };
    let whole: f32 = (0..columns).map(weight).sum();
    let width = layout.text_width(landscape);
    Some(PrintedTable {
        widths: (0..columns).map(|at| weight(at) / whole * width).collect(),
        aligns: (0..columns).map(|at| table.columns.get(at).map_or(Align::Left, |column| column.align)).collect(),
        head: grid::settle(&table.head, columns),
        rows: grid::settle(&table.rows, columns),
        caption: clean(table.caption.as_deref().unwrap_or("")).trim().to_owned(),
        note: clean(table.note.as_deref().unwrap_or("")).trim().to_owned(),
        size: table.size.filter(|size| size.is_finite()).unwrap_or(layout.size - 1.0).clamp(9.0, 14.0),
    })
}

/// Căn cứ: in italics, each closed by ";", the last by ".".
pub(super) fn bases(bases: &[Text]) -> Result<Vec<Text>, PressError> {
    let mut out: Vec<Text> = bases.iter().map(Text::cleaned).filter(|text| !text.0.is_empty()).collect();
    let last = out.len().saturating_sub(1);
    for (at, text) in out.iter_mut().enumerate() {
        check(text)?;
        for run in &mut text.0 {
            run.italic = true;
        }
        end(text, if at == last { "." } else { ";" });
    }
    Ok(out)
}

/// Puts the mark "./." at the end of what the paper says, when that ends with words.
pub(super) fn close(blocks: &mut [PrintedBlock]) {
    if let Some(PrintedBlock::Paragraph { text }) = blocks.last_mut() {
        end(text, "./.");
    }
}

/// Replaces the closing signs of a text.
fn end(text: &mut Text, sign: &str) {
    match text.0.last_mut() {
        Some(run) if run.reference.is_none() => {
            run.text.truncate(run.text.trim_end_matches(CLOSING).len());
            run.text.push_str(sign);
        }
        _ => text.0.push(Run::plain(sign)),
    }
}

/// Can a word processor keep the references?
fn check(text: &Text) -> Result<(), PressError> {
    let unfit = |id: &&String| id.is_empty() || id.chars().count() > 64 || id.chars().any(char::is_control);
    match text.0.iter().filter_map(|run| run.reference.as_ref()).find(unfit) {
        Some(id) => Err(PressError::Reference(id.clone())),
        None => Ok(()),
    }
}
