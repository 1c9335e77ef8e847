//! Tables told by the strokes around their cells.

use std::ops::Range;

use super::cell::text;
use super::touching::{NEAR, groups, merge};
use super::{Stroke, Strokes, Word, order};
use crate::read::layout::add;
use crate::read::shape::{Block, Grid};

/// Most strokes of a page in one direction, those that touch taken for one; a page with more is a picture.
const MOST: usize = 1500;
/// Most columns and rows of a table on one page.
const SIZE: (usize, usize) = (24, 400);

/// A table, on one page at first.
#[derive(Debug, Clone)]
pub(in crate::read) struct Ruled {
    /// Page of its last row.
    page: usize,
    /// Place of its head on its first page.
    top: (usize, usize),
    /// Strokes between the columns, the outer ones included.
    edges: Vec<f32>,
    /// Rows; `None` is what a merged cell covers.
    rows: Vec<Vec<Option<String>>>,
}

/// Takes the words that stand in tables off a page.
pub(super) fn take(words: &mut Vec<Word>, strokes: Strokes, page: usize) -> Vec<Ruled> {
    let (across, down) = (merge(strokes.across), merge(strokes.down));
    if across.len() > MOST || down.len() > MOST {
        return vec![];
    }
    let mut tables = Vec::new();
    for (across, down) in groups(&across, &down) {
        let Some(frame) = Frame::new(&across, &down) else { continue };
        let rows = frame.fill(words);
        let columns = (0..frame.columns()).filter(|at| rows.iter().any(|row| row.get(*at).is_some_and(filled)));
        // A long row may fill a page with the rest of one cell.
        if columns.count() < 2 && frame.columns() < 3 {
            continue;
        }
        words.retain(|word| frame.place(word).is_none());
        let top = (page, order(frame.ys.first().copied().unwrap_or_default()));
        tables.push(Ruled { page, top, edges: frame.xs, rows });
    }
    tables.sort_by_key(|table| table.top);
    tables
}

fn filled(cell: &Option<String>) -> bool {
    cell.as_deref().is_some_and(|text| !text.is_empty())
}

/// How many cells of a row hold words.
fn count(row: &[Option<String>]) -> usize {
    row.iter().filter(|cell| filled(cell)).count()
}

/// The places between the strokes of one table.
struct Frame {
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// Which place holds the words of each place: itself, or the first place of a merged cell.
    owner: Vec<usize>,
}

impl Frame {
    /// `None` when the strokes frame fewer than two columns.
    fn new(across: &[Stroke], down: &[Stroke]) -> Option<Self> {
        let (xs, ys) = (edges(down, across), edges(across, down));
        if xs.len() < 3 || ys.len() < 2 || xs.len() > SIZE.0 + 1 || ys.len() > SIZE.1 + 1 {
            return None;
        }
        let columns = xs.len() - 1;
        let rows = ys.len() - 1;
        // Is there a stroke right of, below each place?
        let mut right = vec![false; columns * rows];
        let mut below = vec![false; columns * rows];
        for stroke in down {
            let Some(column) = nearest(&xs, stroke.at).checked_sub(1) else { continue };
            span(&ys, stroke).for_each(|row| right[row * columns + column.min(columns - 1)] = true);
        }
        for stroke in across {
            let Some(row) = nearest(&ys, stroke.at).checked_sub(1) else { continue };
            span(&xs, stroke).for_each(|column| below[row.min(rows - 1) * columns + column] = true);
        }
        let mut owner = vec![usize::MAX; columns * rows];
        for first in 0..owner.len() {
            let mut open = vec![first];
            while let Some(at) = open.pop() {
                if owner[at] != usize::MAX {
                    continue;
                }
                owner[at] = first;
                let column = at % columns;
                open.extend(Some(at + 1).filter(|_| column + 1 < columns && !right[at]));
                open.extend(at.checked_sub(1).filter(|left| column > 0 && !right[*left]));
                open.extend(Some(at + columns).filter(|next| *next < owner.len() && !below[at]));
                open.extend(at.checked_sub(columns).filter(|above| !below[*above]));
            }
        }
        Some(Self { xs, ys, owner })
    }

    fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    fn place(&self, word: &Word) -> Option<usize> {
        let column = between(&self.xs, word.left.midpoint(word.right))?;
        let row = between(&self.ys, word.middle())?;
        self.owner.get(row * self.columns() + column).copied()
    }

    fn fill(&self, words: &[Word]) -> Vec<Vec<Option<String>>> {
        let mut cells: Vec<Vec<Word>> = vec![Vec::new(); self.owner.len()];
        for word in words {
            if let Some(cell) = self.place(word).and_then(|at| cells.get_mut(at)) {
                cell.push(word.clone());
            }
        }
        let text = |(at, words)| (self.owner.get(at) == Some(&at)).then(|| text(words));
        let all: Vec<Option<String>> = cells.into_iter().enumerate().map(text).collect();
        all.chunks(self.columns()).map(<[_]>::to_vec).filter(|row| row.iter().any(filled)).collect()
    }
}

/// Where strokes stand, and where the crossing ones end beyond them.
fn edges(strokes: &[Stroke], crossing: &[Stroke]) -> Vec<f32> {
    let mut all: Vec<f32> = strokes.iter().map(|stroke| stroke.at).collect();
    all.sort_by(f32::total_cmp);
    all.dedup_by(|next, before| *next - *before <= NEAR);
    let low = crossing.iter().map(|stroke| stroke.from).fold(f32::MAX, f32::min);
    let high = crossing.iter().map(|stroke| stroke.to).fold(f32::MIN, f32::max);
    if all.first().is_some_and(|first| low < first - 2.0 * NEAR) {
        all.insert(0, low);
    }
    if all.last().is_some_and(|last| high > last + 2.0 * NEAR) {
        all.push(high);
    }
    all
}

/// Index of the edge nearest to a place.
fn nearest(edges: &[f32], at: f32) -> usize {
    let after = edges.partition_point(|edge| *edge < at);
    match (after.checked_sub(1).and_then(|i| edges.get(i)), edges.get(after)) {
        (Some(before), Some(next)) if at - before < next - at => after - 1,
        (_, None) => after.saturating_sub(1),
        _ => after,
    }
}

/// Between which edges a place is.
fn between(edges: &[f32], at: f32) -> Option<usize> {
    let after = edges.partition_point(|edge| *edge <= at);
    after.checked_sub(1).filter(|_| after < edges.len())
}

/// The places whose middle a stroke passes.
fn span(edges: &[f32], stroke: &Stroke) -> Range<usize> {
    let middle = |at: usize| edges[at].midpoint(edges[at + 1]);
    let places = edges.len() - 1;
    let first = (0..places).find(|at| middle(*at) >= stroke.from).unwrap_or(places);
    let end = (first..places).find(|at| middle(*at) > stroke.to).unwrap_or(places);
    first..end
}

impl Ruled {
    /// Where it begins: page and place on the page.
    pub(in crate::read) fn top(&self) -> (usize, usize) {
        self.top
    }

    /// Takes over the rows of `next` when that is this table on the next page.
    pub(in crate::read) fn append(&mut self, mut next: Ruled) -> Option<Ruled> {
        if next.top.0 != self.page + 1 || !self.align(&mut next) {
            return Some(next);
        }
        let head = self.rows.iter().zip(&next.rows).take_while(|(a, b)| a == b).count();
        let mut rows = next.rows.into_iter().skip(head).peekable();
        if let Some(row) = rows.peek()
            && let Some(last) = self.rows.last_mut()
            && broken(last, row)
        {
            for (cell, more) in last.iter_mut().zip(rows.next().unwrap_or_default()) {
                let Some(more) = more.filter(|more| !more.is_empty()) else { continue };
                add(cell.get_or_insert_default(), &more);
            }
        }
        let mut rows: Vec<_> = rows.collect();
        if let Some(last) = self.rows.last() {
            cover(last, &mut rows);
        }
        self.rows.extend(rows);
        self.page = next.page;
        None
    }

    /// Gives both tables the same columns; `false` when they are not one table.
    fn align(&mut self, next: &mut Ruled) -> bool {
        let subset = |some: &[f32], all: &[f32]| some.iter().all(|x| (all[nearest(all, *x)] - x).abs() <= 2.0 * NEAR);
        let same = |a: Option<&f32>, b: Option<&f32>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() <= 2.0 * NEAR);
        if !same(self.edges.first(), next.edges.first()) || !same(self.edges.last(), next.edges.last()) {
            return false;
        }
        if self.edges.len() >= next.edges.len() && subset(&next.edges, &self.edges) {
            next.widen(&self.edges);
        } else if subset(&self.edges, &next.edges) {
            self.widen(&next.edges);
        } else {
            return false;
        }
        true
    }

    /// Spreads the cells over more columns.
    fn widen(&mut self, edges: &[f32]) {
        let place: Vec<usize> = self.edges.iter().map(|x| nearest(edges, *x)).collect();
        for row in &mut self.rows {
            let mut wide = vec![None; edges.len() - 1];
            for (cell, at) in row.drain(..).zip(&place) {
                if let Some(to) = wide.get_mut(*at) {
                    *to = cell;
                }
            }
            *row = wide;
        }
        self.edges = edges.to_vec();
    }

    /// The table in the common shape.
    pub(in crate::read) fn grid(self) -> Grid {
        let place = |cell: Option<String>| cell.map(|text| vec![Block::Line(text)]);
        Grid { rows: self.rows.into_iter().map(|row| row.into_iter().map(place).collect()).collect() }
    }
}

/// Marks the empty rest of cells that are merged over rows on both sides of the end of a page.
fn cover(last: &[Option<String>], rows: &mut [Vec<Option<String>>]) {
    let Some((row, below)) = rows.split_first_mut() else { return };
    // A heading across the table is merged over columns, not rows.
    let single = count(last) > 2;
    for (at, cell) in row.iter_mut().enumerate().filter(|(_, cell)| cell.as_deref() == Some("")) {
        let above = single && last.get(at) == Some(&None);
        if above || below.first().is_some_and(|row| row.get(at) == Some(&None)) {
            *cell = None;
        }
    }
}

/// Is `row`, the first on its page, the rest of the last row on the page before?
fn broken(last: &[Option<String>], row: &[Option<String>]) -> bool {
    let empty = |row: &[Option<String>]| !row.first().is_some_and(filled);
    let lower = row.iter().flatten().any(|text| text.starts_with(char::is_lowercase));
    match (empty(last), empty(row)) {
        (_, true) => lower || count(row) * 2 < count(last),
        // The number, at the middle of its row, came to stand on the second page.
        (true, false) => lower && count(last) > 1,
        (false, false) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(x: f32, y: f32, text: &str) -> Word {
        let right = x + 6.0 * text.chars().count() as f32;
        Word { left: x, right, top: y, bottom: y + 12.0, text: text.into() }
    }

    fn frame(xs: &[f32], ys: &[f32]) -> Strokes {
        let across = ys.iter().map(|y| Stroke { at: *y, from: xs[0], to: xs[xs.len() - 1] });
        let down = xs.iter().map(|x| Stroke { at: *x, from: ys[0], to: ys[ys.len() - 1] });
        Strokes { across: across.collect(), down: down.collect() }
    }

    fn rows(table: &Ruled) -> Vec<Vec<Option<&str>>> {
        table.rows.iter().map(|row| row.iter().map(Option::as_deref).collect()).collect()
    }

    #[test]
    fn merged_cells_hold_their_words_in_their_first_place() {
        let mut strokes = frame(&[0.0, 30.0, 100.0, 200.0], &[0.0, 20.0, 40.0, 60.0]);
        // The first row is merged over the last two columns, the first column over the last two rows.
        strokes.down[2].from = 20.0;
        strokes.across[2].from = 30.0;
        let mut words = vec![
            word(3.0, 4.0, "I"),
            word(80.0, 4.0, "chung"),
            word(3.0, 34.0, "1"),
            word(40.0, 24.0, "Họp"),
            word(40.0, 44.0, "Báo"),
            word(70.0, 44.0, "cáo"),
            word(40.0, 90.0, "dưới"),
        ];
        let tables = take(&mut words, strokes, 0);
        assert_eq!(words.len(), 1, "{words:?}");
        let expected = vec![
            vec![Some("I"), Some("chung"), None],
            vec![Some("1"), Some("Họp"), Some("")],
            vec![None, Some("Báo cáo"), Some("")],
        ];
        assert_eq!(rows(&tables[0]), expected);
    }

    #[test]
    fn a_frame_around_text_is_no_table() {
        let mut words = vec![word(10.0, 10.0, "Văn"), word(40.0, 10.0, "bản")];
        assert!(take(&mut words, frame(&[0.0, 500.0], &[0.0, 800.0]), 0).is_empty());
        assert_eq!(words.len(), 2);
    }

    #[test]
    fn two_tables_beside_each_other_are_two() {
        let (mut left, right) = (frame(&[0.0, 50.0, 100.0], &[0.0, 20.0]), frame(&[150.0, 200.0, 250.0], &[0.0, 20.0]));
        left.across.extend(right.across);
        left.down.extend(right.down);
        let mut words = [10.0, 60.0, 160.0, 210.0].map(|x| word(x, 4.0, "chữ")).to_vec();
        assert_eq!(take(&mut words, left, 0).len(), 2);
        assert!(words.is_empty());
    }

    #[test]
    fn a_table_goes_on_over_the_page() {
        let xs = [0.0, 30.0, 130.0, 230.0];
        let page = |number: usize, lines: &[(f32, f32, &str)], ys: &[f32]| {
            let mut words = lines.iter().map(|(x, y, text)| word(*x, *y, text)).collect();
            take(&mut words, frame(&xs, ys), number).remove(0)
        };
        let head = [(3.0, 4.0, "STT"), (40.0, 4.0, "Việc"), (140.0, 4.0, "Ai")];
        let first = [(3.0, 24.0, "1"), (40.0, 24.0, "Biên"), (140.0, 24.0, "Sở")];
        let rest = [(40.0, 24.0, "soạn"), (3.0, 44.0, "2"), (40.0, 44.0, "Họp"), (140.0, 44.0, "Ban")];
        let mut table = page(0, &[&head[..], &first].concat(), &[0.0, 20.0, 40.0]);
        assert!(table.append(page(1, &[&head[..], &rest].concat(), &[0.0, 20.0, 40.0, 60.0])).is_none());
        let expected = [["STT", "Việc", "Ai"], ["1", "Biên soạn", "Sở"], ["2", "Họp", "Ban"]];
        assert_eq!(rows(&table), expected.map(|row| row.map(Some).to_vec()));
        let far = page(3, &head, &[0.0, 20.0]);
        assert!(table.append(far).is_some(), "a page lies between");
    }
}
