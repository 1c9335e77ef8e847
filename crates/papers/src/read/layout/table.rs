//! Tables whose columns are kept by spaces: where they stand and where their columns are.

use super::line::{Line, Seg, add, marker, number, shouting};
use super::rows;

/// Most columns of such a table.
const MAX_COLUMNS: usize = 24;

/// A table read from one or more pages.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Rows of cells; all have as many cells as there are columns.
    pub(super) rows: Vec<Vec<String>>,
    /// How many of the first rows are the head.
    pub(super) head: usize,
    /// Text before the first numbered row belongs to a row of the page before.
    pub(super) loose: bool,
    /// Numbers stand at the middle of their rows.
    pub(super) centred: bool,
    /// Rows have numbers.
    pub(super) numbered: bool,
    /// Middle of each column, in characters.
    centres: Vec<usize>,
    /// Places between the columns.
    cuts: Vec<usize>,
}

impl Found {
    /// Does this table go on with `before`, which ended at the foot of the page before?
    pub(super) fn continues(&self, before: &Found) -> bool {
        let same_head = self.head > 0 && self.rows.first() == before.rows.first();
        self.columns() == before.columns() && (self.head == 0 || same_head)
            || self.head == 0 && self.columns() < before.columns()
    }

    fn columns(&self) -> usize {
        self.centres.len()
    }

    /// Adds the rows of the next page.
    pub(super) fn append(&mut self, other: Found) {
        let width = self.columns();
        let place: Vec<usize> = if other.columns() == width {
            (0..width).collect()
        } else {
            let nearest = |x: &usize| {
                let found = self.centres.iter().enumerate().min_by_key(|(_, c)| c.abs_diff(*x));
                found.map_or(0, |(i, _)| i)
            };
            other.centres.iter().map(nearest).collect()
        };
        let loose = other.loose;
        for (index, row) in other.rows.into_iter().skip(other.head).enumerate() {
            let mut cells = vec![String::new(); width];
            for (cell, at) in row.into_iter().zip(&place) {
                add(&mut cells[*at], &cell);
            }
            match self.rows.last_mut() {
                Some(last) if index == 0 && loose && (self.head > 0 || self.numbered) => {
                    for (to, cell) in last.iter_mut().zip(&cells) {
                        add(to, cell);
                    }
                }
                _ => self.rows.push(cells),
            }
        }
        self.centres = if other.centres.len() == width { other.centres } else { std::mem::take(&mut self.centres) };
    }

    /// The rows as pipe lines.
    pub(super) fn pipes(&self) -> Vec<String> {
        let line = |row: &Vec<String>| {
            let mut out = String::from("|");
            for cell in row {
                out.push(' ');
                if !cell.is_empty() {
                    out.push_str(cell);
                    out.push(' ');
                }
                out.push('|');
            }
            out
        };
        self.rows.iter().map(line).collect()
    }
}

/// Heads of the first column; "ST" when a narrow column breaks the word.
pub(super) fn is_head(text: &str) -> bool {
    let folded = text.to_lowercase();
    matches!(folded.trim_end_matches('.'), "stt" | "tt" | "số tt" | "số thứ tự" | "s tt" | "st")
}

/// Is the line likely to stand in a table?
fn strong(line: &Line) -> bool {
    line.segs.len() >= 3 || (line.segs.len() == 2 && line.segs.first().is_some_and(|seg| is_head(&seg.text)))
}

/// Finds the first table in lines of one page: first line, line after the last, and the table.
pub(super) fn find(page: &[Line], open: Option<&Found>) -> Option<(usize, usize, Found)> {
    let left = page.iter().map(Line::start).min().unwrap_or(0);
    let right = page.iter().map(Line::end).max().unwrap_or(0);
    let width = right.saturating_sub(left).max(40);
    if let Some(table) = open
        && let Some(found) = rest(page, width, table)
    {
        return Some(found);
    }
    let mut from = 0;
    while let Some(anchor) = page.iter().enumerate().skip(from).find(|(_, line)| strong(line)).map(|(i, _)| i) {
        let end = extent(page, anchor, left, width);
        let strongs = page[anchor..end].iter().filter(|line| strong(line)).count();
        let start = beginning(page, anchor, from, (left, width), open.is_some());
        // What goes on with an open table needs less proof.
        if strongs >= if open.is_some() && start == 0 { 1 } else { 2 }
            && let Some((end, found)) = build(&page[start..end], open.filter(|_| start == 0))
        {
            return Some((start, start + end, found));
        }
        // Halving keeps the cost low when nothing here is a table.
        from = anchor + (end - anchor).div_ceil(2);
    }
    None
}

/// The end of a row broken over the page: narrow lines in one or two columns at the top of the page.
fn rest(page: &[Line], width: usize, open: &Found) -> Option<(usize, usize, Found)> {
    let narrow = |line: &Line| {
        let text = line.text();
        !strong(line)
            && line.segs.iter().all(|seg| seg.end - seg.start < width * 2 / 5)
            && !line.gap
            && !shouting(&text)
            && !number(line.first().trim_end_matches(['.', ')']))
    };
    let count = page.iter().take_while(|line| narrow(line)).count();
    let follows = page.get(count).is_some_and(strong);
    if count < 3 && !(follows && count > 0) {
        return None;
    }
    let lines = &page[..count];
    let cuts = cuts(lines);
    if cuts.len() + 1 > open.columns() {
        return None;
    }
    let mut row = vec![String::new(); cuts.len() + 1];
    for word in lines.iter().flat_map(|line| &line.segs) {
        add(&mut row[column(&cuts, word.start)], &word.text);
    }
    let found = Found {
        rows: vec![row],
        head: 0,
        loose: true,
        centred: open.centred,
        numbered: open.numbered,
        centres: centres(lines, &cuts),
        cuts,
    };
    // With further rows on this page, their columns tell better where this text belongs.
    (!follows).then_some((0, count, found))
}

fn wide(line: &Line, width: usize) -> bool {
    line.segs.len() == 1 && line.end() - line.start() > width * 55 / 100
}

/// One past the last line that may belong to the table of `anchor`.
fn extent(page: &[Line], anchor: usize, left: usize, width: usize) -> usize {
    let mut end = anchor + 1;
    for (i, line) in page.iter().enumerate().skip(anchor + 1) {
        let ahead = page[i + 1..].iter().take(3).any(|next| strong(next) && !next.gap || next.segs.len() >= 3);
        let heading = line.segs.len() == 1 && line.start() <= left + 14 && marker(&line.text());
        if (wide(line, width) || heading) && !ahead {
            break;
        }
        if line.gap && line.segs.len() == 1 && !ahead && page[i + 1..].iter().take(2).any(|next| wide(next, width)) {
            break;
        }
        end = i + 1;
    }
    end
}

/// First line of the table: lines of its head may stand over the anchor.
fn beginning(page: &[Line], anchor: usize, from: usize, (left, width): (usize, usize), open: bool) -> usize {
    let mut start = anchor;
    while start > from && anchor - start < if open { 40 } else { 6 } {
        let line = &page[start - 1];
        let narrow = line.segs.len() == 1 && !wide(line, width);
        let aside = narrow && line.start() > left + width / 3 && !shouting(&line.text());
        let middle = line.segs.len() == 1 && (line.start() + line.end()).abs_diff(2 * left + width) <= 8;
        let column = line.segs.len() >= 2 && !marker(&line.text());
        if (page[start].gap && !open) || !(column || aside && !middle || open && narrow) {
            break;
        }
        start -= 1;
    }
    start
}

/// Finds the columns and reads the rows; gives how many lines were used.
fn build(lines: &[Line], before: Option<&Found>) -> Option<(usize, Found)> {
    let mut end = lines.len();
    // Lines of one segment at the foot are cells only when they stand in a column, which is known below.
    let last = lines.iter().rposition(|line| line.segs.len() >= 2)?;
    let core = &lines[..=last];
    let cuts = before.filter(|table| fits(&table.cuts, core)).map_or_else(|| cuts(core), |table| table.cuts.clone());
    let headed = core.iter().any(|line| line.segs.first().is_some_and(|seg| is_head(&seg.text)));
    if cuts.is_empty() || (cuts.len() < 2 && !headed) || cuts.len() >= MAX_COLUMNS {
        return None;
    }
    for (i, line) in lines.iter().enumerate().skip(last + 1) {
        let first = cuts.first().copied().unwrap_or(0);
        let inside = line.start() >= first && !line.gap && column(&cuts, line.start()) == column(&cuts, line.end() - 1);
        if !inside || shouting(&line.text()) {
            end = i;
            break;
        }
    }
    let lines = &lines[..end];
    let centres = centres(lines, &cuts);
    let read = rows::read(lines, &cuts, before);
    Some((
        end,
        Found {
            rows: read.rows,
            head: read.head,
            loose: read.loose,
            centred: read.centred,
            numbered: read.numbered,
            centres,
            cuts,
        },
    ))
}

/// Do the columns of the page before hold these lines too? Only real places are the same from page to page.
fn fits(cuts: &[usize], lines: &[Line]) -> bool {
    let crossed = |line: &&Line| {
        let across = |word: &Seg| column(cuts, word.start) != column(cuts, word.end - 1);
        !line.placed || line.words.iter().any(across)
    };
    let shown = lines.iter().map(|line| line.segs.len()).max().unwrap_or(0);
    shown > cuts.len() && lines.iter().filter(crossed).count() * 12 <= lines.len()
}

/// Column of a place.
pub(super) fn column(cuts: &[usize], at: usize) -> usize {
    cuts.iter().take_while(|cut| at >= **cut).count()
}

/// Places between columns: stretches that no line covers, or as few lines as give the columns that lines show.
fn cuts(lines: &[Line]) -> Vec<usize> {
    let end = lines.iter().map(Line::end).max().unwrap_or(0).min(2000);
    let mut cover = vec![0usize; end + 1];
    let mut counted = 0;
    let mut shown = 0;
    for line in lines {
        // A row merged across the table says nothing of columns.
        let merged = match line.segs.as_slice() {
            [only] => only.end - only.start > end / 2,
            [first, second] => number(first.text.trim_end_matches(['.', ')'])) && second.end - second.start > end / 2,
            _ => false,
        };
        if merged {
            continue;
        }
        counted += 1;
        shown = shown.max(line.segs.len());
        for seg in &line.segs {
            cover.iter_mut().take(seg.end.min(end)).skip(seg.start).for_each(|n| *n += 1);
        }
    }
    // Numbers may stand left, right or in the middle of their column.
    let (mut from, mut to) = (usize::MAX, 0);
    for line in lines {
        if let [first, _, ..] = line.segs.as_slice()
            && (is_head(&first.text) || number(first.text.trim_end_matches(['.', ')'])))
        {
            (from, to) = (from.min(first.start), to.max(first.end));
        }
    }
    if from < to && to - from <= 14 && to <= end {
        cover[from..to].iter_mut().for_each(|n| *n += 1);
    }
    let mut best = Vec::new();
    for most in 0..=counted / 12 {
        let found = valleys(&cover, most);
        if found.len() > best.len() || most == 0 {
            best = found;
        }
        if best.len() + 1 >= shown {
            break;
        }
    }
    // The column of numbers is narrow: what stands right of the numbers belongs to the next one.
    match best.first_mut() {
        Some(cut) if from < to && to - from <= 14 && *cut > to => *cut = to + 1,
        _ => {}
    }
    best
}

/// Middles of the stretches covered by at most `most` lines, the margins left out.
fn valleys(cover: &[usize], most: usize) -> Vec<usize> {
    let begin = cover.iter().position(|n| *n > 0).unwrap_or(0);
    let mut cuts = Vec::new();
    let mut open: Option<usize> = None;
    // The first column holds few lines, so its own text is never a stretch between columns.
    let mut first = true;
    for (x, n) in cover.iter().enumerate().skip(begin) {
        match (open, if first { *n == 0 } else { *n <= most }) {
            (None, true) => {
                open = Some(x);
                first = false;
            }
            (Some(from), false) => {
                cuts.push(from + (x - from).div_ceil(2));
                open = None;
            }
            _ => {}
        }
    }
    cuts
}

fn centres(lines: &[Line], cuts: &[usize]) -> Vec<usize> {
    let mut span: Vec<(usize, usize)> = vec![(usize::MAX, 0); cuts.len() + 1];
    for word in lines.iter().flat_map(|line| &line.words) {
        let span = &mut span[column(cuts, word.start)];
        *span = (span.0.min(word.start), span.1.max(word.end));
    }
    span.iter().map(|(from, to)| if *from == usize::MAX { *to } else { from.midpoint(*to) }).collect()
}
