//! The text of a paper cut into paragraphs, table rows and pieces, each with what was recognised in it.

use papers::Span;

/// A recognised piece: its key on the page, where it stands, and whether a person should look.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::documents) struct Piece {
    /// Key ("number", "t3.lead.1").
    pub key: String,
    /// Its place.
    pub span: Span,
    /// Not sure.
    pub low: bool,
}

/// Consecutive text under the same piece.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::documents) struct Run {
    /// Its words.
    pub text: String,
    /// Key of the innermost piece around it; empty for none.
    pub key: String,
    /// That piece is not sure.
    pub low: bool,
}

/// One line of the text.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::documents) struct Line {
    /// Key of the task that it belongs to; empty for none.
    pub task: String,
    /// Its runs: one list for a paragraph, one for each cell of a table row.
    pub cells: Vec<Vec<Run>>,
    /// A heading or another short line in capitals.
    pub strong: bool,
}

/// Paragraphs, or the rows of one table.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::documents) struct Block {
    /// Rows of a table.
    pub table: bool,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// Cuts the text. Pieces may nest and overlap (the shortest one around a letter wins); those that do not fit the text
/// are left out. A line belongs to the first task that begins in it, else to the shortest one around it.
pub(in crate::documents) fn blocks(text: &str, pieces: &[Piece], tasks: &[Piece]) -> Vec<Block> {
    let fits =
        |piece: &&Piece| piece.span.start < piece.span.end && text.get(piece.span.start..piece.span.end).is_some();
    let mut pieces: Vec<&Piece> = pieces.iter().filter(fits).collect();
    pieces.sort_by_key(|piece| (piece.span.start, std::cmp::Reverse(piece.span.end)));
    let mut tasks: Vec<&Piece> = tasks.iter().filter(fits).collect();
    tasks.sort_by_key(|piece| piece.span.start);
    let mut blocks: Vec<Block> = Vec::new();
    let (mut start, mut sweep) = (0, Sweep { pieces: &pieces, next: 0, open: Vec::new() });
    let mut owners = Sweep { pieces: &tasks, next: 0, open: Vec::new() };
    for raw in text.split_inclusive('\n') {
        let line = raw.trim_end();
        let span = Span { start, end: start + line.len() };
        start += raw.len();
        if line.trim().is_empty() {
            continue;
        }
        let table = line.trim_start().starts_with('|');
        let around = owners.around(span);
        let owner = around.iter().find(|task| task.span.start >= span.start);
        let owner = owner.or_else(|| around.iter().min_by_key(|task| task.span.end - task.span.start));
        let near = sweep.around(span);
        let cells = if table { cells(line, span.start) } else { vec![span] };
        let cells: Vec<Vec<Run>> = cells.into_iter().map(|cell| runs(text, cell, &near)).collect();
        let strong = !table && line.chars().count() < 120 && !line.chars().any(char::is_lowercase);
        let line = Line { task: owner.map(|task| task.key.clone()).unwrap_or_default(), cells, strong };
        match blocks.last_mut() {
            Some(block) if block.table == table => block.lines.push(line),
            _ => blocks.push(Block { table, lines: vec![line] }),
        }
    }
    blocks
}

/// Pieces in order of their starts, walked along with the lines so that each is looked at once per line it touches.
struct Sweep<'a> {
    pieces: &'a [&'a Piece],
    next: usize,
    open: Vec<&'a Piece>,
}

impl<'a> Sweep<'a> {
    fn around(&mut self, span: Span) -> Vec<&'a Piece> {
        while let Some(piece) = self.pieces.get(self.next).filter(|piece| piece.span.start < span.end) {
            self.open.push(piece);
            self.next += 1;
        }
        self.open.retain(|piece| piece.span.end > span.start);
        self.open.clone()
    }
}

/// Cells of a row `| a | b |`, without their blanks.
fn cells(line: &str, start: usize) -> Vec<Span> {
    let inner = line.trim_end().trim_end_matches('|');
    let mut out = Vec::new();
    let mut at = inner.find('|').map_or(0, |bar| bar + 1);
    while at <= inner.len() {
        let rest = inner.get(at..).unwrap_or_default();
        let length = rest.find('|').unwrap_or(rest.len());
        let cell = rest.get(..length).unwrap_or_default();
        let lead = cell.len() - cell.trim_start().len();
        out.push(Span { start: start + at + lead, end: start + at + lead + cell.trim().len() });
        at += length + 1;
    }
    out
}

fn runs(text: &str, within: Span, pieces: &[&Piece]) -> Vec<Run> {
    let inside = |at: usize| within.start < at && at < within.end;
    let mut cuts = vec![within.start, within.end];
    cuts.extend(pieces.iter().flat_map(|piece| [piece.span.start, piece.span.end]).filter(|at| inside(*at)));
    cuts.sort_unstable();
    cuts.dedup();
    let mut out: Vec<Run> = Vec::new();
    for pair in cuts.windows(2) {
        let [start, end] = *pair else { continue };
        let Some(words) = text.get(start..end) else { continue };
        let covering = pieces.iter().filter(|piece| piece.span.start <= start && end <= piece.span.end);
        let piece = covering.min_by_key(|piece| piece.span.end - piece.span.start);
        let (key, low) = piece.map_or((String::new(), false), |piece| (piece.key.clone(), piece.low));
        match out.last_mut() {
            Some(last) if last.key == key => last.text.push_str(words),
            _ => out.push(Run { text: words.to_owned(), key, low }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(key: &str, start: usize, end: usize) -> Piece {
        Piece { key: key.into(), span: Span { start, end }, low: false }
    }

    fn words(line: &Line) -> Vec<(&str, &str)> {
        line.cells.iter().flatten().map(|run| (run.key.as_str(), run.text.as_str())).collect()
    }

    #[test]
    fn nested_and_overlapping_pieces_become_runs_of_the_innermost() {
        let text = "abcdefghij";
        let blocks = blocks(text, &[piece("outer", 1, 8), piece("inner", 3, 5), piece("late", 7, 10)], &[]);
        let got = words(&blocks[0].lines[0]);
        assert_eq!(got, [("", "a"), ("outer", "bc"), ("inner", "de"), ("outer", "fg"), ("late", "hij")]);
    }

    #[test]
    fn pieces_that_do_not_fit_the_text_are_ignored() {
        let text = "ấy là";
        for bad in [piece("x", 1, 2), piece("x", 3, 900), piece("x", 4, 4), piece("x", 5, 2)] {
            let blocks = blocks(text, &[bad], &[]);
            assert_eq!(words(&blocks[0].lines[0]), [("", "ấy là")]);
        }
    }

    #[test]
    fn lines_know_their_task_and_rows_their_cells() {
        let text = "II. VIỆC\nMột\nHai\n| 1 | Ba |\n| 2 | Bốn |\n";
        let rows = text.find("| 1").unwrap();
        let blocks = blocks(text, &[], &[piece("t1", 11, 20), piece("t2", rows, rows + 9)]);
        assert_eq!(blocks.iter().map(|block| block.table).collect::<Vec<_>>(), [false, true]);
        assert!(blocks[0].lines[0].strong);
        assert_eq!(blocks[0].lines[1].task, "t1");
        assert_eq!((blocks[1].lines[0].task.as_str(), blocks[1].lines[1].task.as_str()), ("t2", ""));
        assert_eq!(words(&blocks[1].lines[1]), [("", "2"), ("", "Bốn")]);
    }

    proptest::proptest! {
        #[test]
        fn no_letter_is_lost(text in "[a-zđứ\\n ]{0,60}", spans in proptest::collection::vec((0usize..80, 0usize..80), 0..8)) {
            let pieces: Vec<Piece> = spans.iter().map(|(start, end)| piece("k", *start, *end)).collect();
            let out: String = blocks(&text, &pieces, &pieces)
                .iter()
                .flat_map(|block| &block.lines)
                .flat_map(|line| line.cells.iter().flatten())
                .map(|run| run.text.as_str())
                .collect();
            let strip = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(strip(&out), strip(&text));
        }
    }
}
