//! Lines of pages, as `pdftotext -layout` prints them or [`super::printed`] and [`super::scan`] make them of words
//! with their places → the text shape described in [`super`].
//!
//! Everything but the tables told by their borders is judged by columns: `pdftotext -layout` keeps the place of words to
//! about two letters, words with their places stand at columns as wide as a letter. Nothing here looks further back or
//! ahead than a few lines, so the cost is linear.

mod columns;
mod furniture;
mod line;
mod prose;
mod rows;
mod table;

pub(super) use line::{Line, add, shouting};
use table::Found;

use super::Limits;
use super::printed::Ruled;
use super::shape::{self, Block};

/// A piece of the paper in reading order.
enum Piece {
    /// Lines of running text, still to be joined.
    Prose(Vec<Line>),
    /// Finished lines with a blank line around them.
    Block(Vec<String>),
    /// A table whose columns are kept by spaces.
    Table(Found),
    /// A table between strokes.
    Ruled(Ruled),
}

/// Reads the whole output of `pdftotext -layout`: its text, and what stands at the edges of its pages.
pub(super) fn read(text: &str) -> (String, String) {
    let pages = furniture::pages(text);
    let margins = margins(&pages);
    (compose(pages, vec![]), margins)
}

pub(super) use furniture::margins;

/// Puts the lines of each page, and the tables that were taken off the pages, together.
pub(super) fn compose(pages: Vec<Vec<Line>>, ruled: Vec<Ruled>) -> String {
    let lines = furniture::clean(pages);
    let style = prose::Style::of(&lines);
    let (header, body) = columns::header(lines);
    let mut pieces = Vec::new();
    if !header.is_empty() {
        pieces.push(Piece::Block(header));
    }
    let mut ruled = ruled.into_iter().peekable();
    for part in columns::footers(body) {
        match part {
            columns::Part::Footer(place, lines) => {
                while let Some(table) = ruled.next_if(|table| table.top() < place) {
                    push(&mut pieces, table);
                }
                pieces.push(Piece::Block(lines));
            }
            columns::Part::Body(lines) => {
                let mut rest = lines.as_slice();
                while let Some(last) = rest.last()
                    && let Some(table) = ruled.next_if(|table| table.top() < (last.page, last.top))
                {
                    let place = table.top();
                    let count = rest.iter().take_while(|line| (line.page, line.top) < place).count();
                    tables(&rest[..count], &mut pieces);
                    push(&mut pieces, table);
                    rest = &rest[count..];
                }
                tables(rest, &mut pieces);
            }
        }
    }
    ruled.for_each(|table| push(&mut pieces, table));
    write(pieces, &style)
}

/// Adds a table, or its rows to the table that it goes on with.
fn push(pieces: &mut Vec<Piece>, table: Ruled) {
    let table = match pieces.last_mut() {
        Some(Piece::Ruled(before)) => before.append(table),
        _ => Some(table),
    };
    pieces.extend(table.map(Piece::Ruled));
}

/// Finds the tables of a stretch of lines, page by page, and joins those that go on over a page.
fn tables(lines: &[Line], pieces: &mut Vec<Piece>) {
    let mut prose: Vec<Line> = Vec::new();
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|line| line.page == first.page).count();
        let (page, after) = rest.split_at(count);
        rest = after;
        let mut at = 0;
        while at < page.len() {
            // A table still open at the foot of the page before goes on at the top of this one.
            let open = match pieces.last_mut() {
                Some(Piece::Table(table)) if at == 0 && prose.is_empty() => Some(table),
                _ => None,
            };
            match table::find(&page[at..], open.as_deref()) {
                Some((start, end, found)) => {
                    prose.extend_from_slice(&page[at..at + start]);
                    at += end;
                    match open {
                        Some(table) if start == 0 && found.continues(table) => table.append(found),
                        _ => {
                            if !prose.is_empty() {
                                pieces.push(Piece::Prose(std::mem::take(&mut prose)));
                            }
                            pieces.push(Piece::Table(found));
                        }
                    }
                }
                None => {
                    prose.extend_from_slice(&page[at..]);
                    at = page.len();
                }
            }
        }
    }
    if !prose.is_empty() {
        pieces.push(Piece::Prose(prose));
    }
}

fn write(pieces: Vec<Piece>, style: &prose::Style) -> String {
    let mut out = String::new();
    let blank = |out: &mut String| {
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
    };
    for piece in pieces {
        let lines = match piece {
            Piece::Prose(lines) => {
                for line in prose::join(&lines, style) {
                    out.push_str(&line);
                    out.push('\n');
                }
                continue;
            }
            Piece::Block(lines) => lines,
            Piece::Table(table) => table.pipes(),
            // What is too long to render has no words that a paper could hold.
            Piece::Ruled(table) => {
                let text = shape::render(&[Block::Grid(table.grid())], Limits::default()).unwrap_or_default();
                text.lines().map(str::to_owned).collect()
            }
        };
        blank(&mut out);
        for line in lines {
            out.push_str(&line);
            out.push('\n');
        }
        blank(&mut out);
    }
    out.truncate(out.trim_end().len());
    out
}
