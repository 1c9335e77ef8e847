//! Tables whose cells were printed one after another, line by line, without any bar between them.
//!
//! The header gives the columns, row numbers in sequence give the rows, and the lines of a row are divided among the
//! columns so that capitals, names of bodies, time words and line widths fit best (dynamic programming over a bounded
//! number of lines).

mod divide;

use super::bars::is_ordinal;
use super::{Cell, Grid, Row};
use crate::Span;
use crate::recognise::clean::Clean;
use crate::recognise::tasks::labels::{Role, role};
use crate::recognise::tasks::tree::Block;
use crate::recognise::tasks::words::lower;

/// Lines of one row that are divided exactly; the lines of a longer row go to its content first.
const MOST: usize = 72;

/// What a line looks like.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    width: usize,
    capital: bool,
    body: bool,
    time: bool,
    product: bool,
    /// How well it goes on from the line above.
    joins: f32,
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Content,
    Lead,
    Coordinating,
    Time,
    Product,
    Other,
}

struct Reader<'a> {
    clean: &'a Clean,
    kinds: Vec<Kind>,
    wide: usize,
}

/// Reads a block of loose lines; `None` when its header is not understood.
pub(super) fn read(clean: &Clean, block: &Block) -> Option<Grid> {
    let start = block.lines.start;
    let (header, first) = header(clean, start, block.lines.end)?;
    let kinds: Vec<Kind> = header.iter().skip(1).map(|c| kind(clean, *c)).collect();
    if !kinds.contains(&Kind::Content) || !(kinds.contains(&Kind::Lead) || kinds.contains(&Kind::Coordinating)) {
        return None;
    }
    let width = usual_width(clean, first, block.lines.end);
    let reader = Reader { clean, kinds, wide: (width * 6 / 10).max(18) };
    let mut rows = vec![Row { cells: header.clone(), ..Row::default() }];
    reader.rows(first, block.lines.end, &header, start, &mut rows);
    Some(Grid { rows, sure: 0.75 })
}

/// The width that nine lines in ten do not pass.
fn usual_width(clean: &Clean, first: usize, end: usize) -> usize {
    let mut widths = [0usize; 81];
    for at in first..end {
        widths[clean.line(at).chars().take(80).count()] += 1;
    }
    let mut seen = 0;
    widths
        .iter()
        .position(|n| {
            seen += n;
            seen * 10 >= (end - first) * 9
        })
        .unwrap_or(40)
}

/// The header's cells (its first is the row number) and the first line below it.
fn header(clean: &Clean, start: usize, limit: usize) -> Option<(Vec<Cell>, usize)> {
    let mut cells: Vec<Cell> = vec![];
    for at in start..limit.min(start + 30) {
        let text = clean.line(at);
        let span = clean.lines.get(at)?.span;
        if at > start && is_ordinal(text) {
            return (cells.len() >= 3).then_some((cells, at));
        }
        let small = text.chars().next().is_some_and(|c| c.is_lowercase() || c == '(');
        match cells.last_mut() {
            Some(last) if small => last.span.end = span.end,
            _ => cells.push(Cell { span }),
        }
    }
    None
}

fn kind(clean: &Clean, cell: Cell) -> Kind {
    match role(&lower(clean.slice(cell.span))) {
        Some(Role::Content) => Kind::Content,
        Some(Role::Lead) => Kind::Lead,
        Some(Role::Coordinating) => Kind::Coordinating,
        Some(Role::Time) => Kind::Time,
        Some(Role::Product) => Kind::Product,
        _ => Kind::Other,
    }
}

/// Numbers of the row and group last begun.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    group: u32,
    row: u32,
    sub: u32,
}

/// A line that begins something; `cut` is the length of a number printed before words on the same line.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Start {
    Group { value: u32, cut: usize },
    Row { value: u32, cut: usize },
    Sub { value: u32, cut: usize },
}

fn roman(word: &str) -> Option<u32> {
    const VALUES: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
        "XVIII", "XIX", "XX",
    ];
    VALUES.iter().position(|v| *v == word).map(|p| p as u32 + 1)
}

impl Reader<'_> {
    fn rows(&self, first: usize, limit: usize, header: &[Cell], header_at: usize, rows: &mut Vec<Row>) {
        let clean = self.clean;
        let length = first - header_at;
        let mut count = Count::default();
        let mut at = first;
        while at < limit {
            if self.repeats(at, header_at, length, limit) {
                at += length;
                if at < limit && self.start(at, limit, count).is_none() {
                    let end = self.row_end(at, limit, count, header_at, length);
                    self.goes_on(at, end, rows);
                    at = end;
                }
                continue;
            }
            let Some(span) = clean.lines.get(at).map(|l| l.span) else { break };
            let Some(start) = self.start(at, limit, count) else {
                at += 1;
                continue;
            };
            let (Start::Group { cut, .. } | Start::Row { cut, .. } | Start::Sub { cut, .. }) = start;
            let number =
                Cell { span: Span { start: span.start, end: if cut > 0 { span.start + cut } else { span.end } } };
            let from = if cut > 0 { at } else { at + 1 };
            let mut cells = vec![number];
            if let Start::Group { value, .. } = start {
                count = Count { group: value, ..Count::default() };
                let end = (at + 1..limit.min(at + 12))
                    .find(|&i| self.start(i, limit, count).is_some() || self.repeats(i, header_at, length, limit))
                    .unwrap_or(at + 1)
                    .max(from + 1)
                    .min(limit);
                cells.push(self.cell(from, end));
                at = end;
            } else {
                match start {
                    Start::Sub { value, .. } => count.sub = value,
                    Start::Row { value, .. } => count = Count { row: value, sub: 0, ..count },
                    Start::Group { .. } => {}
                }
                let end = self.row_end(at + 1, limit, count, header_at, length);
                cells.extend(self.divide(from, end));
                at = end;
            }
            if cut > 0
                && let Some(cell) = cells.iter_mut().skip(1).find(|c| c.span.start == span.start && !c.is_empty())
            {
                cell.span.start = (span.start + cut + 1).min(cell.span.end);
            }
            let short = matches!(start, Start::Group { .. });
            cells.resize(header.len(), Cell::EMPTY);
            rows.push(Row { cells, short, more: vec![] });
        }
    }

    /// The header is printed again at the top of a page.
    fn repeats(&self, at: usize, header_at: usize, length: usize, limit: usize) -> bool {
        at + length <= limit && (0..length).all(|i| self.clean.line(at + i) == self.clean.line(header_at + i))
    }

    /// What begins at this line, when its number is the one that must come next.
    fn start(&self, at: usize, limit: usize, count: Count) -> Option<Start> {
        let text = self.clean.line(at);
        if let Some(n) = ordinal(text) {
            return (n == count.row + 1).then_some(Start::Row { value: n, cut: 0 });
        }
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let core = word.trim_end_matches('.');
        let inline = rest.chars().next().is_some_and(char::is_uppercase);
        let cut = if rest.is_empty() { 0 } else { word.len() };
        if !rest.is_empty() && !inline {
            return None;
        }
        if let Some(value) = roman(core) {
            let next = value == count.group + 1
                || rest.is_empty() && (at + 2..limit.min(at + 12)).any(|i| ordinal(self.clean.line(i)) == Some(1));
            return next.then_some(Start::Group { value, cut });
        }
        if let Some((a, b)) = core.split_once('.') {
            let (a, b) = (ordinal(a)?, ordinal(b)?);
            return (a == count.row && b == count.sub + 1).then_some(Start::Sub { value: b, cut });
        }
        let n = ordinal(word)?;
        (n == count.row + 1 && word.len() <= 3 && word.ends_with(['.', ')'])).then_some(Start::Row { value: n, cut })
    }

    fn row_end(&self, from: usize, limit: usize, count: Count, header_at: usize, length: usize) -> usize {
        (from..limit)
            .find(|&i| self.start(i, limit, count).is_some() || self.repeats(i, header_at, length, limit))
            .unwrap_or(limit)
    }

    /// Lines at the top of a page that go on with the row above: wide ones with its content, the narrow ones with the
    /// cells that stopped in mid-phrase.
    fn goes_on(&self, from: usize, end: usize, rows: &mut [Row]) {
        let Some(row) = rows.last_mut().filter(|r| !r.short) else { return };
        let mut at = from;
        while at < end
            && (self.clean.line(at).chars().count() >= self.wide
                || at + 1 < end && self.clean.line(at + 1).chars().count() >= self.wide)
        {
            at += 1;
        }
        // The last narrow line of the content stands above the other half of a name.
        let half = self.kinds.iter().zip(row.cells.iter().skip(1)).find_map(|(kind, cell)| {
            let words = self.clean.slice(cell.span);
            let open = matches!(kind, Kind::Lead | Kind::Coordinating) && completes(words, "-").is_some();
            open.then(|| (at..end.min(at + 4)).find(|&i| completes(words, self.clean.line(i)) == Some(true)))
        });
        at = half.flatten().unwrap_or(at);
        if at > from {
            row.more.push((1 + self.content(), self.cell(from, at)));
        }
        for (c, kind) in self.kinds.iter().enumerate() {
            if !matches!(kind, Kind::Lead | Kind::Coordinating) || at >= end {
                continue;
            }
            let begun = at;
            let mut last = row.cells.get(c + 1).map_or("", |cell| self.clean.slice(cell.span));
            while at < end && stops_short(last) && !self.look(at).time {
                last = self.clean.line(at);
                at += 1;
            }
            if at > begun {
                row.more.push((c + 1, self.cell(begun, at)));
            }
        }
        let time = self.kinds.iter().position(|k| *k == Kind::Time);
        if let (Some(t), true) = (time, at < end) {
            let empty = row.cells.get(t + 1).is_some_and(Cell::is_empty);
            let found = (at..end).find(|&i| self.look(i).time).filter(|_| empty);
            if let Some(i) = found {
                row.cells[t + 1] = self.cell(i, end);
            }
        }
    }
}

/// A list of bodies that was cut in the middle of a name.
fn stops_short(text: &str) -> bool {
    const OPEN: [&str; 19] = [
        "các", "cơ", "và", "thành", "phố", "nhân", "dân", "trực", "trung", "liên", "ngang", "có", "thuộc", "Bộ", "Sở",
        "ban", "Ủy", "đơn", "tổ",
    ];
    let text = text.trim_end();
    text.ends_with([',', ';']) || text.split_whitespace().next_back().is_some_and(|last| OPEN.contains(&last))
}

/// A cell that stops in the middle of a word, and a line: whether the line begins with the other half.
fn completes(cell: &str, line: &str) -> Option<bool> {
    const HALVES: [(&str, &[&str]); 9] = [
        ("cơ", &["quan", "sở"]),
        ("đơn", &["vị"]),
        ("tổ", &["chức"]),
        ("liên", &["quan"]),
        ("nhân", &["dân"]),
        ("thành", &["phố"]),
        ("trực", &["thuộc"]),
        ("Ủy", &["ban"]),
        ("ngang", &["bộ", "Bộ"]),
    ];
    let last = cell.split_whitespace().next_back()?;
    let first = line.split_whitespace().next()?.trim_end_matches([',', ';', '.']);
    if matches!(last, "Bộ" | "Sở") {
        return Some(first.chars().next().is_some_and(char::is_uppercase));
    }
    let (_, rest) = HALVES.iter().find(|(half, _)| *half == last)?;
    Some(rest.contains(&first))
}

fn ordinal(text: &str) -> Option<u32> {
    let core = text.trim_end_matches(['.', ')']);
    if core.is_empty() || core.len() > 3 || !core.bytes().all(|b| b.is_ascii_digit()) {
        None
    } else {
        core.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_words_across_a_page() {
        for cell in ["Các bộ, cơ", "Các\nbộ,\ncơ", "Ủy ban nhân dân các tỉnh, thành phố trực\nthuộc", "Sở", "Sở Y tế;"]
        {
            assert!(stops_short(cell), "{cell}");
        }
        assert!(!stops_short("Sở Y tế"));
        assert_eq!(completes("Các bộ, cơ", "chữa cháy ở cấp xã"), Some(false));
        assert_eq!(completes("Các bộ, cơ", "quan, đơn vị liên"), Some(true));
        assert_eq!(completes("Sở Nội vụ, Bộ", "Tài chính"), Some(true));
        assert_eq!(completes("Sở Nội vụ, Bộ", "công lập"), Some(false));
        assert_eq!(completes("Sở Y tế", "quan"), None);
    }
}
