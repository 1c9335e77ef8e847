//! Raw text → clean text: one line per paragraph, furniture and web chrome gone, tables left as they came.
//!
//! What is done, in this order (each step linear in the length of the text):
//! 1. [`normal`]: NFC, marks of emphasis and Markdown removed, white space evened out;
//! 2. [`furniture`]: gazette headers, signature stamps of the file, page numbers;
//! 3. [`chrome`]: the web page around the paper, with the facts it states kept in [`Clean::page`];
//! 4. [`join`]: lines broken in mid-sentence put together again;
//! 5. [`parts`]: head, body, foot (Nơi nhận and signature), annexes.
//!
//! Lines of tables are never joined: `| a | b |` rows, lone `|` bars between cells, lines with tabs or columns of
//! spaces, and the short lines after a "TT" or "STT" header printed one cell a line (see [`LineKind`]). The lines
//! inside one cell between two bars are joined like any others.

mod chrome;
mod furniture;
mod join;
mod normal;
mod parts;
mod scan;
mod shape;

use std::ops::Range;

pub(crate) use chrome::PageFacts;
pub(crate) use scan::any_triple;

use crate::Span;

/// What a line is, as far as cleaning can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// Prose, a heading or an item.
    Text,
    /// A lone `|`: the edge of a cell in a table printed one cell a line.
    Bar,
    /// A row `| a | b |`, or one of a Markdown table.
    Row,
    /// Columns kept by tabs or runs of spaces.
    Columns,
    /// A short line in a table printed without bars.
    Loose,
}

/// One line of the clean text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its place in [`Clean::text`], line break excluded.
    pub span: Span,
    /// What it is.
    pub kind: LineKind,
    /// A blank line stood before it.
    pub gap: bool,
    /// Spaces before it in the raw text.
    pub indent: usize,
    /// Bytes of the item label it starts with, 0 when there is none (see [`super::fold::label`]).
    pub label: usize,
    /// It was printed in bold from its first to its last letter.
    pub bold: bool,
}

/// The cleaned text and its rough parts; ranges count [`Clean::lines`].
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Clean {
    /// The text; becomes [`crate::Paper::text`]. Lines end with `\n`, gaps are not kept (see [`Line::gap`]).
    pub text: String,
    /// Its lines, in order, none blank.
    pub lines: Vec<Line>,
    /// Issuer, number, date, kind, title, addressees.
    pub head: Range<usize>,
    /// Preamble and content.
    pub body: Range<usize>,
    /// Nơi nhận and signature.
    pub foot: Range<usize>,
    /// What follows: annexes, the plan issued by a decision, footnotes.
    pub annex: Range<usize>,
    /// What the web page around the paper said of it.
    pub page: PageFacts,
}

impl Clean {
    /// The text of line `index`; empty past the end.
    pub fn line(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |line| self.slice(line.span))
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    /// From the first byte of the first line of a range to the last byte of its last.
    pub fn span_of(&self, lines: &Range<usize>) -> Span {
        let start = self.lines.get(lines.start).map_or(self.text.len(), |line| line.span.start);
        let last = lines.end.checked_sub(1).and_then(|at| self.lines.get(at));
        Span { start, end: last.map_or(start, |line| line.span.end.max(start)) }
    }
}

/// Cleans a raw text (see the module).
pub(crate) fn clean(raw: &str) -> Clean {
    let text = scan::composed(raw);
    let mut lines = normal::lines(&text);
    furniture::remove(&mut lines);
    let page = chrome::remove(&mut lines);
    let mut clean = join::join(lines);
    clean.page = page;
    parts::divide(&mut clean);
    clean
}
