//! Blocks of any format → the text shape described in [`super`].

use super::{Limits, ReadError};

/// Most columns of a table.
pub(super) const MAX_COLUMNS: usize = 64;
/// Most places (cells and covered places) of one table.
pub(super) const MAX_CELLS: usize = 400_000;

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// Text of one paragraph; may hold line breaks and tabs.
    Line(String),
    /// A table.
    Grid(Grid),
}

/// Content of one cell; `None` is a place covered by a merged cell.
pub(super) type Place = Option<Vec<Block>>;

/// A table as rows of places.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Grid {
    /// Rows; they need not be equally long.
    pub(super) rows: Vec<Vec<Place>>,
}

impl Grid {
    /// Guards against tables built to exhaust memory.
    pub(super) fn check(places: usize) -> Result<(), ReadError> {
        if places > MAX_CELLS { Err(ReadError::TooLarge) } else { Ok(()) }
    }
}

/// White space collapsed, invisible characters dropped, tabs too.
pub(super) fn squeeze(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}') {
        let mut fresh = true;
        for c in word.chars().filter(|c| !invisible(*c)) {
            if fresh && !out.is_empty() {
                out.push(' ');
            }
            fresh = false;
            out.push(c);
        }
    }
    out
}

/// Marks that print nothing.
pub(super) fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// Plain text: line ends and stray marks made uniform, nothing else.
pub(super) fn plain(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    unix.chars().filter(|c| !matches!(c, '\u{feff}' | '\0')).collect()
}

/// Writes blocks in the common shape.
pub(super) fn render(blocks: &[Block], limits: Limits) -> Result<String, ReadError> {
    let mut out = Writer { lines: Vec::new(), bytes: 0, most: limits.text };
    out.blocks(blocks)?;
    let lines = split_tabs(out.lines);
    let mut text = String::with_capacity(out.bytes);
    let mut blank = true;
    for line in lines {
        let line = if line.starts_with('|') { line } else { squeeze(&line) };
        if line.is_empty() && blank {
            continue;
        }
        blank = line.is_empty();
        text.push_str(&line);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    Ok(text)
}

struct Writer {
    lines: Vec<String>,
    bytes: usize,
    most: usize,
}

impl Writer {
    fn push(&mut self, line: String) -> Result<(), ReadError> {
        self.bytes += line.len() + 1;
        if self.bytes > self.most {
            return Err(ReadError::TooLarge);
        }
        self.lines.push(line);
        Ok(())
    }

    fn blocks(&mut self, blocks: &[Block]) -> Result<(), ReadError> {
        for block in blocks {
            match block {
                Block::Line(text) => {
                    for line in text.split(['\n', '\u{b}', '\u{c}', '\u{2028}']) {
                        if !line.trim().is_empty() {
                            // A text that begins with a pipe must not look like a table.
                            let line = line.trim_end();
                            let line = if line.starts_with('|') { line.replace('|', "¦") } else { line.to_owned() };
                            self.push(line)?;
                        }
                    }
                }
                Block::Grid(grid) => {
                    let apart = !is_address(grid);
                    if apart {
                        self.push(String::new())?;
                    }
                    self.grid(grid)?;
                    if apart {
                        self.push(String::new())?;
                    }
                }
            }
        }
        Ok(())
    }

    fn grid(&mut self, grid: &Grid) -> Result<(), ReadError> {
        match placing(grid) {
            Placing::Table => self.rows(grid),
            Placing::Rows => grid.rows.iter().flatten().flatten().try_for_each(|cell| self.blocks(cell)),
            Placing::Columns => {
                let mut right: Vec<&Vec<Block>> = Vec::new();
                let mut further: Vec<&Vec<Block>> = Vec::new();
                for row in &grid.rows {
                    let columns = row.len();
                    let real: Vec<(usize, &Vec<Block>)> =
                        row.iter().enumerate().filter_map(|(i, place)| place.as_ref().map(|cell| (i, cell))).collect();
                    let filled: Vec<&(usize, &Vec<Block>)> = real.iter().filter(|(_, cell)| !blank(cell)).collect();
                    for (nth, (at, cell)) in real.iter().enumerate().filter(|(_, (_, cell))| !blank(cell)) {
                        let last = filled.last().is_some_and(|(i, _)| i == at);
                        if (nth == 0 && real.len() > 1) || real.len() == 1 || (*at * 2 < columns && !last) {
                            // A row across both columns closes what stands over it.
                            if real.len() == 1 && columns > 1 {
                                for cell in right.drain(..).chain(further.drain(..)) {
                                    self.blocks(cell)?;
                                }
                            }
                            self.blocks(cell)?;
                        } else if filled.len() > 2 && last {
                            further.push(cell);
                        } else {
                            right.push(cell);
                        }
                    }
                }
                right.into_iter().chain(further).try_for_each(|cell| self.blocks(cell))
            }
        }
    }

    fn rows(&mut self, grid: &Grid) -> Result<(), ReadError> {
        let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &grid.rows {
            let mut line = String::from("|");
            let mut nested = Vec::new();
            for place in row.iter().map(Some).chain(std::iter::repeat(None)).take(width) {
                let cell = place.and_then(Option::as_ref);
                let mut text = cell_text(cell.map(Vec::as_slice).unwrap_or_default(), &mut nested);
                // Empty is what a merged cell covers; a cell that holds nothing says so.
                if text.is_empty() && cell.is_some() {
                    text.push('-');
                }
                line.push(' ');
                if !text.is_empty() {
                    line.push_str(&text);
                    line.push(' ');
                }
                line.push('|');
            }
            if line.chars().any(|c| !matches!(c, '|' | ' ' | '-')) {
                self.push(line)?;
            }
            for inner in nested {
                self.rows(inner)?;
            }
        }
        Ok(())
    }
}

fn cell_text<'b>(cell: &'b [Block], nested: &mut Vec<&'b Grid>) -> String {
    let mut parts = Vec::new();
    for block in cell {
        match block {
            Block::Line(text) => parts.push(squeeze(text)),
            Block::Grid(grid) => nested.push(grid),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ").replace('|', "¦")
}

#[derive(Debug, PartialEq, Eq)]
enum Placing {
    /// A real table.
    Table,
    /// Only places text in columns.
    Columns,
    /// Only places text, row by row.
    Rows,
}

fn blank(cell: &[Block]) -> bool {
    cell.iter().all(|block| match block {
        Block::Line(text) => text.trim().is_empty(),
        Block::Grid(_) => false,
    })
}

fn placing(grid: &Grid) -> Placing {
    let rows: Vec<Vec<&Vec<Block>>> = grid
        .rows
        .iter()
        .map(|row| row.iter().flatten().filter(|cell| !blank(cell)).collect::<Vec<_>>())
        .filter(|row: &Vec<_>| !row.is_empty())
        .collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = || rows.iter().flatten().copied();
    if columns <= 1 {
        return Placing::Rows;
    }
    // Web pages place whole pages in tables.
    let page = |cell: &Vec<Block>| {
        cell.len() > 40 || cell.iter().any(|block| matches!(block, Block::Grid(inner) if official(inner)))
    };
    if cells().any(page) {
        return Placing::Rows;
    }
    if columns > 3 || rows.len() > 12 {
        return Placing::Table;
    }
    let lines = || cells().flatten().filter_map(line_of);
    if lines().any(is_motto) || (columns <= 2 && lines().any(|line| starts_folded(line, "nơi nhận"))) {
        return Placing::Columns;
    }
    if columns == 2 && is_address(grid) {
        return Placing::Columns;
    }
    if rows.len() <= 6 && lines().any(is_authority) {
        return Placing::Columns;
    }
    if rows.len() == 1 && columns == 2 { Placing::Columns } else { Placing::Table }
}

/// Does it hold the header or the recipients of a paper?
fn official(grid: &Grid) -> bool {
    let mut lines = grid.rows.iter().flatten().flatten().flatten().filter_map(line_of);
    lines.any(|line| is_motto(line) || starts_folded(line, "nơi nhận"))
}

/// Is it the "Kính gửi" block? It reads on with the body, so no blank line sets it apart.
fn is_address(grid: &Grid) -> bool {
    let first = grid.rows.iter().flatten().flatten().flatten().find_map(line_of);
    first.is_some_and(|line| starts_folded(line, "kính gửi"))
}

fn line_of(block: &Block) -> Option<&str> {
    match block {
        Block::Line(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        Block::Grid(_) => None,
    }
}

/// Does the line begin so, whatever its case?
pub(super) fn starts_folded(line: &str, start: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    let mut letters = line.chars().flat_map(char::to_lowercase);
    start.chars().all(|c| letters.next() == Some(c))
}

/// National or Party motto.
pub(super) fn is_motto(line: &str) -> bool {
    let folded = line.to_lowercase();
    [
        "cộng hòa xã hội chủ nghĩa",
        "cộng hoà xã hội chủ nghĩa",
        "độc lập - tự do",
        "độc lập – tự do",
        "đảng cộng sản việt nam",
    ]
    .iter()
    .any(|motto| folded.contains(motto))
        && folded.chars().count() < 120
}

/// First line of a signature ("TM. …", "KT. CHỦ TỊCH", "GIÁM ĐỐC").
pub(super) fn is_authority(line: &str) -> bool {
    let line = line.trim();
    if ["TM.", "KT.", "TL.", "TUQ.", "T/M", "K/T", "T/L"].iter().any(|mark| line.starts_with(mark)) {
        return true;
    }
    const POSITIONS: &[&str] = &[
        "CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "BỘ TRƯỞNG",
        "THỨ TRƯỞNG",
        "THỦ TƯỚNG",
        "PHÓ THỦ TƯỚNG",
        "BÍ THƯ",
        "PHÓ BÍ THƯ",
        "CHÁNH VĂN PHÒNG",
        "TRƯỞNG BAN",
        "TRƯỞNG PHÒNG",
        "CỤC TRƯỞNG",
        "VỤ TRƯỞNG",
        "VIỆN TRƯỞNG",
        "CHÁNH ÁN",
        "TỔNG BÍ THƯ",
        "HIỆU TRƯỞNG",
        "CHỦ NHIỆM",
        "TỔNG GIÁM ĐỐC",
        "TỔNG CỤC TRƯỞNG",
        "Q. GIÁM ĐỐC",
        "NGƯỜI KÝ",
    ];
    POSITIONS.iter().any(|position| {
        line.strip_prefix(position)
            .is_some_and(|rest| rest.chars().all(|c| !c.is_lowercase()) && rest.chars().count() < 60)
    })
}

/// Takes header and footer columns made with tabs apart: left parts first, then right parts.
fn split_tabs(lines: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    let mut right: Vec<String> = Vec::new();
    let mut open = false;
    for (index, line) in lines.into_iter().enumerate() {
        let halves = if line.starts_with('|') { None } else { tab_halves(&line) };
        let begins = |(left, after): &(String, String)| {
            (index < 12 && (is_motto(after) || is_motto(left))) || starts_folded(left, "nơi nhận")
        };
        match halves {
            Some(pair) if open || begins(&pair) => {
                open = true;
                out.extend(Some(pair.0).filter(|left| !left.is_empty()));
                right.push(pair.1);
            }
            _ if open && line.starts_with("- ") && right.len() < 12 => out.push(line),
            _ => {
                if open {
                    out.append(&mut right);
                    out.push(String::new());
                    open = false;
                }
                out.push(line);
            }
        }
    }
    out.append(&mut right);
    out
}

/// Text before and after the tabs of a line, when they look like columns.
fn tab_halves(line: &str) -> Option<(String, String)> {
    let (left, after) = match line.trim_end().split_once('\t') {
        Some((left, after)) => (squeeze(left), after.trim_start_matches('\t')),
        None => return None,
    };
    let after = squeeze(after);
    (!after.is_empty()).then_some((left, after))
}
