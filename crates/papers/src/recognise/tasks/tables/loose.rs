//! Tables whose cells were printed one after another, line by line, without any bar between them.
//!
//! The header gives the columns, row numbers in sequence give the rows, and the lines of a row are divided among the
//! columns so that capitals, names of bodies, time words and line widths fit best (dynamic programming over a bounded
//! number of lines).

use super::bars::is_ordinal;
use super::{Cell, Grid, Row};
use crate::Span;
use crate::recognise::clean::Clean;
use crate::recognise::tasks::agencies::{Words, begins};
use crate::recognise::tasks::labels::{Role, role};
use crate::recognise::tasks::tree::Block;
use crate::recognise::tasks::words::lower;

/// Lines of one row that are divided exactly; the lines of a longer row go to its content first.
const MOST: usize = 72;

/// What a line looks like.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    line: usize,
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
    let width = (first..block.lines.end).map(|i| clean.line(i).chars().count().min(80)).max().unwrap_or(40);
    let reader = Reader { clean, kinds, wide: (width * 6 / 10).max(18) };
    let mut rows = vec![Row { cells: header.clone(), ..Row::default() }];
    reader.rows(first, block.lines.end, &header, start, &mut rows);
    Some(Grid { rows, sure: 0.75 })
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

fn roman(text: &str) -> bool {
    let core = text.trim_end_matches('.');
    !core.is_empty() && core.len() <= 5 && core.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

impl Reader<'_> {
    fn rows(&self, first: usize, limit: usize, header: &[Cell], header_at: usize, rows: &mut Vec<Row>) {
        let clean = self.clean;
        let length = first - header_at;
        let mut last = 0u32;
        let mut at = first;
        while at < limit {
            if self.repeats(at, header_at, length, limit) {
                at += length;
                let end = self.row_end(at, limit, last, header_at, length);
                if end > at && !self.opens(at, last) {
                    self.goes_on(at, end, rows);
                    at = end;
                }
                continue;
            }
            let text = clean.line(at);
            let Some(span) = clean.lines.get(at).map(|l| l.span) else { break };
            if roman(text) {
                let end = (at + 1..limit.min(at + 12)).find(|&i| self.opens(i, 0) || self.repeats(i, header_at, length, limit)).unwrap_or(at + 1);
                let title = Cell { span: clean.span_of(&(at + 1..end.max(at + 2).min(limit))) };
                let mut cells = vec![Cell::EMPTY; header.len()];
                cells[0] = Cell { span };
                cells[1] = title;
                rows.push(Row { cells, short: true, more: vec![] });
                last = 0;
                at = end.max(at + 1);
                continue;
            }
            if self.opens(at, last) {
                last = ordinal(text).unwrap_or(last + 1);
                let end = self.row_end(at + 1, limit, last, header_at, length);
                let mut cells = vec![Cell { span }];
                cells.extend(self.divide(at + 1, end));
                rows.push(Row { cells, short: false, more: vec![] });
                at = end;
                continue;
            }
            at += 1;
        }
    }

    /// The header is printed again at the top of a page.
    fn repeats(&self, at: usize, header_at: usize, length: usize, limit: usize) -> bool {
        at + length <= limit && (0..length).all(|i| self.clean.line(at + i) == self.clean.line(header_at + i))
    }

    /// The row after number `last`, or a first row, begins at this line.
    fn opens(&self, at: usize, last: u32) -> bool {
        ordinal(self.clean.line(at)).is_some_and(|n| n == last + 1)
    }

    fn row_end(&self, from: usize, limit: usize, last: u32, header_at: usize, length: usize) -> usize {
        (from..limit).find(|&i| self.opens(i, last) || roman(self.clean.line(i)) && self.opens_group(i, limit) || self.repeats(i, header_at, length, limit)).unwrap_or(limit)
    }

    /// A Roman number with a title and then row 1.
    fn opens_group(&self, at: usize, limit: usize) -> bool {
        (at + 2..limit.min(at + 12)).any(|i| self.opens(i, 0))
    }

    fn look(&self, at: usize) -> Look {
        let text = self.clean.line(at);
        let next = self.clean.line(at + 1);
        let both = format!("{text} {next}");
        let words = Words::new(&both);
        let low = lower(&both);
        let first = text.chars().next().unwrap_or(' ');
        let capital = first.is_uppercase() || first.is_ascii_digit() || matches!(first, '“' | '-' | '+');
        let prev = if at > 0 { self.clean.line(at - 1) } else { "" };
        let open = prev.ends_with([',', ';', '-', '/']) || prev.ends_with(" và") || prev.ends_with(" các") || prev.ends_with(" của") || prev.ends_with(" số");
        let joins = match (first.is_lowercase() || matches!(first, ')' | ',' | '.'), open) {
            (true, _) => 2.0,
            (false, true) => 0.5,
            (false, false) if first.is_ascii_digit() => 0.3,
            (false, false) => -1.5,
        };
        Look { line: at, width: text.chars().count(), capital, body: begins(&words, 0), time: is_time(&low), product: is_product(&low), joins }
    }

    /// Divides the lines of one row among the columns behind the number.
    fn divide(&self, from: usize, end: usize) -> Vec<Cell> {
        let spare = (end - from).saturating_sub(MOST);
        let looks: Vec<Look> = (from + spare..end).map(|i| self.look(i)).collect();
        let cuts = self.best(&looks);
        let mut cells = vec![];
        for (c, pair) in cuts.windows(2).enumerate() {
            let [a, b] = *pair else { continue };
            let mut first = from + spare + a;
            if c == self.content() && spare > 0 {
                first = from;
            }
            cells.push(self.cell(first, from + spare + b));
        }
        cells.resize(self.kinds.len(), Cell::EMPTY);
        cells
    }

    fn content(&self) -> usize {
        self.kinds.iter().position(|k| *k == Kind::Content).unwrap_or(0)
    }

    fn cell(&self, from: usize, end: usize) -> Cell {
        if end <= from {
            return Cell::EMPTY;
        }
        let (Some(a), Some(b)) = (self.clean.lines.get(from), self.clean.lines.get(end - 1)) else { return Cell::EMPTY };
        Cell { span: Span { start: a.span.start, end: b.span.end } }
    }

    /// Where to cut the lines: `kinds.len() + 1` places, from 0 to the number of lines.
    fn best(&self, looks: &[Look]) -> Vec<usize> {
        let n = looks.len();
        let columns = self.kinds.len();
        let mut joins = vec![0.0f32; n + 1];
        let mut wides = vec![0.0f32; n + 1];
        for (i, l) in looks.iter().enumerate() {
            joins[i + 1] = joins[i] + l.joins;
            wides[i + 1] = wides[i] + if l.width >= self.wide { 1.0 } else { 0.0 };
        }
        let mut score = vec![vec![f32::MIN; n + 1]; columns + 1];
        let mut back = vec![vec![0usize; n + 1]; columns + 1];
        score[0][0] = 0.0;
        for c in 0..columns {
            for i in 0..=n {
                for j in 0..=i {
                    let before = score[c][j];
                    if before == f32::MIN {
                        continue;
                    }
                    let inside = if i > j + 1 { joins[i] - joins[j + 1] } else { 0.0 };
                    let total = before + self.fit(self.kinds[c], looks, j, i, inside, wides[i] - wides[j]);
                    if total > score[c + 1][i] {
                        score[c + 1][i] = total;
                        back[c + 1][i] = j;
                    }
                }
            }
        }
        let mut cuts = vec![n; columns + 1];
        let mut at = n;
        for c in (1..=columns).rev() {
            cuts[c] = at;
            at = back[c][at];
        }
        cuts[0] = 0;
        cuts
    }

    /// How well lines `j..i` make a cell of a column.
    fn fit(&self, kind: Kind, looks: &[Look], j: usize, i: usize, joins: f32, wide: f32) -> f32 {
        let lines = (i - j) as f32;
        let Some(first) = looks.get(j).filter(|_| i > j) else {
            return match kind {
                Kind::Content => -20.0,
                Kind::Lead => -6.0,
                Kind::Time => -4.0,
                Kind::Coordinating | Kind::Product | Kind::Other => -2.5,
            };
        };
        let start = if first.capital { 1.0 } else { -4.0 };
        let narrow = lines - wide;
        let role = match kind {
            Kind::Content => 1.2 * wide - 0.6 * (narrow - 1.0).max(0.0),
            Kind::Lead | Kind::Coordinating => (if first.body { 5.0 } else { -4.0 }) - 1.5 * wide - if first.time { 3.0 } else { 0.0 },
            Kind::Time => (if first.time { 5.0 } else { -4.0 }) - 1.5 * wide - 0.5 * (lines - 3.0).max(0.0),
            Kind::Product => (if first.product { 2.0 } else { 0.0 }) - 1.2 * wide - if first.time { 3.0 } else { 0.0 },
            Kind::Other => -1.0 * wide - if first.time { 3.0 } else { 0.0 },
        };
        start + joins + role
    }

    /// Lines at the top of a page that go on with the row above: wide ones with its content, the narrow ones with the
    /// cells that stopped in mid-phrase.
    fn goes_on(&self, from: usize, end: usize, rows: &mut [Row]) {
        let Some(row) = rows.last_mut().filter(|r| !r.short) else { return };
        let mut at = from;
        while at < end && (self.clean.line(at).chars().count() >= self.wide || at + 1 < end && self.clean.line(at + 1).chars().count() >= self.wide) {
            at += 1;
        }
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
    const OPEN: [&str; 20] = [",", " các", " cơ", " và", " thành", " phố", " nhân", " dân", " trực", " trung", " liên", " ngang", " có", " thuộc", " Bộ", " Sở", " ban", " Ủy", ";", " tỉnh,"];
    let text = text.trim_end();
    OPEN.iter().any(|o| text.ends_with(o)) || text == "các" || text == "phố trực thuộc" || text == "tỉnh, thành"
}

fn ordinal(text: &str) -> Option<u32> {
    let core = text.trim_end_matches(['.', ')']);
    if core.is_empty() || core.len() > 3 || !core.bytes().all(|b| b.is_ascii_digit()) { None } else { core.parse().ok() }
}

fn is_time(low: &str) -> bool {
    const STARTS: [&str; 22] = [
        "quý ", "quí ", "tháng ", "năm 1", "năm 2", "trước ", "thường xuyên", "hằng ", "hàng năm", "hàng quý", "hàng tháng", "từ năm", "từ quý", "từ tháng", "giai đoạn", "hoàn thành", "đến năm", "trong năm", "trong quý", "theo tiến độ",
        "sau khi", "theo kế hoạch",
    ];
    let digits = low.bytes().take_while(u8::is_ascii_digit).count();
    let year = digits == 4 && (low.starts_with("20") || low.starts_with("19"));
    let date = (1..=2).contains(&digits) && low.as_bytes().get(digits) == Some(&b'/');
    STARTS.iter().any(|s| low.starts_with(s)) || year || date
}

fn is_product(low: &str) -> bool {
    const STARTS: [&str; 36] = [
        "văn bản", "kế hoạch", "quyết định", "nghị định", "báo cáo", "luật", "thông tư", "đề án", "hoạt động", "hệ thống", "nền tảng", "công văn", "chương trình", "hội nghị", "tài liệu", "tờ trình", "hồ sơ", "nghị quyết", "chỉ thị", "dự án",
        "dự thảo", "cơ sở dữ liệu", "phần mềm", "bộ tiêu chí", "danh mục", "quy chế", "quy định", "hướng dẫn", "các văn bản", "các hoạt động", "các chương trình", "các nghị", "các quyết", "các kế hoạch", "các báo cáo", "kết luận",
    ];
    STARTS.iter().any(|s| low.starts_with(s))
}
