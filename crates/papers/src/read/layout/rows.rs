//! Lines of a table → rows. A row is told by the number in its first column, which stands at its top or, when cells
//! are centred, at its middle.

use super::line::{Line, Seg, add, number, shouting};
use super::table::{Found, column, is_head};

/// Rows read from one page.
pub(super) struct Read {
    /// All rows, the head first.
    pub(super) rows: Vec<Vec<String>>,
    /// How many rows are head.
    pub(super) head: usize,
    /// The first row after the head has no number of its own.
    pub(super) loose: bool,
    /// Numbers stand at the middle of their rows.
    pub(super) centred: bool,
    /// Rows have numbers.
    pub(super) numbered: bool,
}

/// One line, cell by cell.
struct Cells {
    text: Vec<String>,
    /// A row across several columns.
    merged: bool,
    gap: bool,
}

fn cells(line: &Line, cuts: &[usize]) -> Cells {
    let mut text = vec![String::new(); cuts.len() + 1];
    let across = |start: usize, end: usize| column(cuts, end.saturating_sub(1)) - column(cuts, start);
    // A run of words over two cuts or more, with at most the number beside it, is a merged cell.
    let merged = match line.segs.as_slice() {
        [only] => across(only.start, only.end) >= 2.min(cuts.len()),
        [first, second] => anchor(&first.text) && across(second.start, second.end) >= 2.min(cuts.len()),
        _ => false,
    };
    if merged {
        for seg in &line.segs {
            add(&mut text[column(cuts, seg.start)], &seg.text);
        }
    } else {
        place(line, cuts, &mut text);
    }
    Cells { text, merged, gap: line.gap }
}

/// Puts every run of words in its column. A run over a cut is two cells only when no other run claims either column.
fn place(line: &Line, cuts: &[usize], text: &mut [String]) {
    let middle = |word: &Seg| column(cuts, word.start.midpoint(word.end));
    let mut words = line.words.as_slice();
    let runs: Vec<(&Seg, &[Seg])> = line
        .segs
        .iter()
        .map(|seg| {
            let (own, rest) = words.split_at(words.iter().take_while(|word| word.end <= seg.end).count());
            words = rest;
            (seg, own)
        })
        .collect();
    let ends = |(_, own): &(&Seg, &[Seg])| (own.first().map_or(0, middle), own.last().map_or(0, middle));
    for (nth, run) in runs.iter().enumerate() {
        let (from, to) = ends(run);
        let before = nth.checked_sub(1).and_then(|i| runs.get(i)).map(|run| ends(run).1);
        let after = runs.get(nth + 1).map(|run| ends(run).0);
        if from == to || before == Some(from) && to == from + 1 {
            add(&mut text[to], &run.0.text);
        } else if after == Some(to) && to == from + 1 {
            add(&mut text[from], &run.0.text);
        } else {
            for word in run.1 {
                add(&mut text[middle(word)], &word.text);
            }
        }
    }
}

/// Number of a row.
fn anchor(text: &str) -> bool {
    number(text.trim_end_matches(['.', ')', '/']))
}

/// Reads the lines of one page; `before` is the table that may go on here.
pub(super) fn read(lines: &[Line], cuts: &[usize], before: Option<&Found>) -> Read {
    let all: Vec<Cells> = lines.iter().map(|line| cells(line, cuts)).collect();
    let first = |i: usize| all[i].text.first().map_or("", String::as_str);
    let known = before.filter(|table| table.head > 0).and_then(|table| same_head(&all, table.rows.first()?));
    let label = if known.is_some() { None } else { (0..all.len().min(8)).find(|i| is_head(first(*i))) };
    // "ST" over "T": the second letter is not the number of a row.
    let broken = |i: usize| first(i) == "ST" && all.get(i + 1).is_some_and(|_| first(i + 1) == "T");
    let after = known.unwrap_or_else(|| label.map_or(0, |i| i + 1 + usize::from(broken(i))));
    let anchors: Vec<usize> = (after..all.len()).filter(|i| anchor(first(*i)) && !all[*i].merged).collect();
    let main = main_column(&all);
    let hint = before.is_some_and(|table| table.centred);
    let middle =
        !anchors.is_empty() && (hint || centred_head(&all, &anchors, label, main) || !at_top(&all, &anchors, main));
    let limit = (after..all.len()).find(|i| all[*i].merged || anchor(first(*i))).unwrap_or(all.len());
    let head = match (known, label) {
        (Some(known), _) => known,
        (None, Some(label)) if middle && all.get(limit).is_none_or(|line| !line.merged) => {
            next_start(&all, main, 0, label, limit)
        }
        (None, Some(_)) if limit < all.len() => limit,
        // Without numbers the rows say where the head ends.
        (None, Some(label)) => plain(&all, label + 1..all.len()).get(1).copied().unwrap_or(label + 1),
        (None, None) => 0,
    };
    let mut rows = Vec::new();
    if head > 0 {
        let mut row = fold(&all[..head]);
        if let Some(cell) = row.first_mut().filter(|cell| matches!(cell.as_str(), "ST T" | "S TT")) {
            cell.retain(|c| c != ' ');
        }
        rows.push(row);
    }
    let mut loose = false;
    let mut at = head;
    while at < all.len() {
        if all[at].merged {
            let end = (at + 1..all.len()).find(|i| !wraps(&all[at], &all[*i])).unwrap_or(all.len());
            rows.push(fold(&all[at..end]));
            at = end;
            continue;
        }
        let end = (at..all.len()).find(|i| all[*i].merged).unwrap_or(all.len());
        let own = &anchors[anchors.partition_point(|i| *i < at)..anchors.partition_point(|i| *i < end)];
        let mut starts = match own.first() {
            None if anchors.is_empty() && before.is_none_or(|table| !table.numbered) => plain(&all, at..end),
            None => vec![at],
            Some(_) if middle => centred(&all, own, at, at == head && (head == 0 || known.is_some()), main),
            Some(one) => Some(at).filter(|at| at < one).into_iter().chain(own.iter().copied()).collect(),
        };
        starts.push(end);
        for pair in starts.windows(2) {
            rows.push(fold(&all[pair[0]..pair[1]]));
        }
        if at == head {
            loose = rows.get(usize::from(head > 0)).and_then(|row| row.first()).is_some_and(String::is_empty);
        }
        at = end;
    }
    Read { rows, head: usize::from(head > 0), loose, centred: middle, numbered: !anchors.is_empty() }
}

/// One row of several lines.
fn fold(lines: &[Cells]) -> Vec<String> {
    let mut row = vec![String::new(); lines.first().map_or(0, |line| line.text.len())];
    for line in lines {
        row.iter_mut().zip(&line.text).for_each(|(cell, text)| add(cell, text));
    }
    row
}

/// How many of the first lines repeat the head of the page before.
fn same_head(all: &[Cells], head: &[String]) -> Option<usize> {
    let same = |a: &String, b: &String| a == b || b == "STT" && matches!(a.as_str(), "ST T" | "S TT");
    let equal = |row: &[String]| row.len() == head.len() && row.iter().zip(head).all(|(a, b)| same(a, b));
    (1..=all.len().min(10)).find(|count| equal(&fold(&all[..*count])))
}

/// Is the line the rest of a merged row?
fn wraps(merged: &Cells, line: &Cells) -> bool {
    let only = |cells: &Cells| {
        let own = |(i, text): &(usize, &String)| !text.is_empty() && (*i > 0 || !anchor(text));
        let mut filled = cells.text.iter().enumerate().filter(own);
        filled.next().map(|(i, text)| (i, text.clone())).filter(|_| filled.next().is_none())
    };
    match (only(merged), only(line)) {
        (Some((a, above)), Some((b, below))) => {
            a == b && !line.gap && !line.merged && (if shouting(&above) { shouting(&below) } else { !fresh(&below) })
        }
        _ => false,
    }
}

/// The column with most text tells best where rows begin.
fn main_column(all: &[Cells]) -> usize {
    let width = all.first().map_or(0, |line| line.text.len());
    (1..width).max_by_key(|at| all.iter().filter(|l| !l.merged).map(|l| l.text[*at].len()).sum::<usize>()).unwrap_or(0)
}

/// Does the text open a sentence?
fn fresh(text: &str) -> bool {
    text.starts_with(|c: char| !c.is_lowercase() && !c.is_whitespace() && !matches!(c, ')' | ',' | '.' | ';'))
}

/// Do the numbers stand on the first lines of their rows?
fn at_top(all: &[Cells], anchors: &[usize], main: usize) -> bool {
    let good = anchors.iter().filter(|i| fresh(&all[**i].text[main])).count();
    // In centred rows some line over the first number belongs to it.
    good * 100 >= anchors.len() * 85 && {
        let broken = anchors.windows(2).filter(|pair| {
            let between = &all[pair[0] + 1..pair[1]];
            // A line just over a number that opens a sentence after a finished one.
            between.iter().rev().take(1).any(|line| fresh(&line.text[main]) && line.text[main].len() > 12)
                && !between.is_empty()
        });
        broken.count() * 3 <= anchors.len().max(2)
    }
}

/// Does text of the first row stand over its number?
fn centred_head(all: &[Cells], anchors: &[usize], label: Option<usize>, main: usize) -> bool {
    let (Some(label), Some(first)) = (label, anchors.first()) else { return false };
    all.iter().take(*first).skip(2 * label + 1).any(|line| !line.merged && fresh(&line.text[main]))
}

/// Does every cell of the line open a sentence?
fn opens(line: &Cells) -> bool {
    line.text.iter().filter(|text| !text.is_empty()).all(|text| fresh(text))
}

/// First lines of rows whose numbers stand at the middle, from line `from`; `open`: the first lines may belong to a
/// row of the page before.
fn centred(all: &[Cells], anchors: &[usize], from: usize, open: bool, main: usize) -> Vec<usize> {
    let mut starts = vec![from];
    let mut start = from;
    if let Some(first) = anchors.first()
        && open
        && !opens(&all[from])
        && let Some(mut own) = (from + 1..=*first).find(|i| fresh(&all[*i].text[main]))
    {
        while own > from + 1 && all[own - 1].text[main].is_empty() && opens(&all[own - 1]) {
            own -= 1;
        }
        start = own;
        starts.push(own);
    }
    for pair in anchors.windows(2) {
        start = next_start(all, main, start, pair[0], pair[1]);
        starts.push(start);
    }
    starts
}

/// Where the row after the one that starts at `start` and is numbered at `at` begins, not after `limit`.
fn next_start(all: &[Cells], main: usize, start: usize, at: usize, limit: usize) -> usize {
    let aim = (2 * at + 1).saturating_sub(start).clamp(at + 1, limit.max(at + 1));
    let candidates = aim.saturating_sub(1).max(at + 1)..=(aim + 1).min(limit).max(at + 1);
    let score = |i: usize| {
        let Some(line) = all.get(i) else { return -99 };
        let before =
            all[..i].iter().rev().take(30).map(|l| l.text[main].as_str()).find(|text| !text.is_empty()).unwrap_or("");
        // A list that stops at a comma goes on in its own row.
        let open = (0..line.text.len()).any(|at| {
            let mut above = all[..i].iter().rev().take(3).map(|l| l.text[at].as_str());
            !line.text[at].is_empty() && above.find(|text| !text.is_empty()).is_some_and(unfinished)
        });
        let lower = |text: &String| text.starts_with(char::is_lowercase);
        let opens = match line.text.iter().any(lower) {
            true if fresh(&line.text[main]) => 0,
            true => -4,
            false => 3,
        };
        let closes = i32::from(before.ends_with(['.', ';', ':']));
        opens + closes - 4 * i32::from(open) + 2 * i32::from(line.gap) - i32::from(i != aim)
    };
    candidates.max_by_key(|i| (score(*i), usize::MAX - i)).unwrap_or(aim)
}

/// Does the text stop in the middle of a list or phrase?
fn unfinished(text: &str) -> bool {
    text.ends_with(',') || [" và", " các", " của", " thuộc", " với"].iter().any(|end| text.ends_with(end))
}

/// Rows without numbers: a line that fills the first column and half of the others, or stands apart, opens a row.
fn plain(all: &[Cells], lines: std::ops::Range<usize>) -> Vec<usize> {
    let mut starts = vec![lines.start];
    for (i, line) in all.iter().enumerate().take(lines.end).skip(lines.start + 1) {
        let filled = line.text.iter().filter(|text| !text.is_empty()).count();
        let opens = line.text.first().is_some_and(|text| fresh(text)) && filled * 2 >= line.text.len();
        if opens || (line.gap && line.text.iter().find(|text| !text.is_empty()).is_some_and(|text| fresh(text))) {
            starts.push(i);
        }
    }
    starts
}
