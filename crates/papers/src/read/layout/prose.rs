//! Wrapped lines → paragraphs.

use super::line::{Line, add, marker, same_case, shouting};
use crate::read::shape::starts_folded;

/// Margins by page and habits of the whole paper.
#[derive(Debug, Default)]
pub(super) struct Style {
    /// Left and right margin of each page.
    margins: Vec<(usize, usize)>,
    /// First lines of paragraphs are indented.
    indents: bool,
    /// Empty lines stand between most lines, so they mean nothing.
    airy: bool,
}

impl Style {
    /// Measures all lines.
    pub(super) fn of(lines: &[Line]) -> Self {
        let pages = lines.last().map_or(0, |line| line.page + 1);
        let mut starts: Vec<Vec<usize>> = vec![Vec::new(); pages];
        let mut ends: Vec<Vec<usize>> = vec![Vec::new(); pages];
        for line in lines {
            starts[line.page].push(line.start());
            ends[line.page].push(line.end());
        }
        let margins: Vec<(usize, usize)> = starts
            .iter_mut()
            .zip(&mut ends)
            .map(|(starts, ends)| {
                starts.sort_unstable();
                ends.sort_unstable();
                // One stray line further left does not move the margin.
                let left = starts.get(starts.len() / 20).copied().unwrap_or(0);
                let right = ends.get((ends.len() * 9 / 10).min(ends.len().saturating_sub(1))).copied().unwrap_or(0);
                (left, right)
            })
            .collect();
        // Clauses with a number or dash show the habit best; without them, lines that fill most of the width do.
        let mut clauses = (0usize, 0usize);
        let mut others = (0usize, 0usize);
        for line in lines {
            let (left, right) = margins[line.page];
            let wide = (line.end() - line.start()) * 10 > right.saturating_sub(left) * 7;
            let clause = marker(&line.text()) && line.segs.len() == 1;
            let counts = match (clause, wide) {
                (true, _) => &mut clauses,
                (false, true) => &mut others,
                (false, false) => continue,
            };
            match line.start().saturating_sub(left) {
                0..=1 => counts.0 += 1,
                3..=14 => counts.1 += 1,
                _ => {}
            }
        }
        let indents = if clauses.0 + clauses.1 >= 3 { clauses.1 > clauses.0 } else { others.1 * 12 > others.0 };
        let gaps = lines.iter().filter(|line| line.gap).count();
        Self { margins, indents, airy: gaps * 10 > lines.len() * 7 }
    }

    fn margin(&self, line: &Line) -> (usize, usize) {
        self.margins.get(line.page).copied().unwrap_or((0, 80))
    }
}

/// Joins lines into paragraphs, one text each.
pub(super) fn join(lines: &[Line], style: &Style) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut before: Option<&Line> = None;
    for (at, line) in lines.iter().enumerate() {
        let text = line.text();
        match (before, out.last_mut()) {
            (Some(above), Some(paragraph)) if goes_on(above, line, lines.get(at + 1), style) => {
                add(paragraph, &text);
            }
            // "Kính gửi:" with its list beside it.
            _ if starts_folded(&text, "kính gửi") => match text.split_once(": ") {
                Some((label, list)) if list.starts_with(['-', '–']) => {
                    out.extend([format!("{label}:"), list.to_owned()])
                }
                _ => out.push(text),
            },
            _ => out.push(text),
        }
        before = Some(line);
    }
    out.retain(|line| !line.chars().all(|c| matches!(c, '-' | '_' | '—' | '–' | '=' | ' ')));
    out
}

/// Does `line` go on with the paragraph that `above` belongs to? `next` is the line below.
fn goes_on(above: &Line, line: &Line, next: Option<&Line>, style: &Style) -> bool {
    let (left, right) = style.margin(above);
    let (own_left, own_right) = style.margin(line);
    let text = line.text();
    let before = above.text();
    if before.ends_with("./.")
        || (!same_case(&before, &text) && !text.starts_with(char::is_lowercase) && shouting(&before))
    {
        return false;
    }
    let middle = |line: &Line, (left, right): (usize, usize)| {
        (line.start() + line.end()).abs_diff(left + right) <= 8 && line.start() > left + 5
    };
    let indent = line.start().saturating_sub(own_left);
    let width = right.saturating_sub(left).max(20);
    // An indented line over one that begins at the margin opens a paragraph, however much it looks centred.
    let opens = style.indents
        && (4..=14).contains(&indent)
        && next.is_some_and(|next| next.page == line.page && next.start() <= own_left + 1 && !marker(&next.text()));
    let centred = middle(line, (own_left, own_right)) && !opens;
    // In columns that count letters, capitals are a third wider than small letters; and a line is broken sooner.
    let reach = match above.end() {
        end if !above.placed && shouting(&before) => above.start() + (end - above.start()) * 13 / 10,
        end => end,
    };
    let least = if above.placed { 92 } else { 86 };
    // A centred line has room on both sides.
    let room = if centred && middle(above, (left, right)) { above.start() - left } else { 0 };
    let fits = reach - room + 1 + line.first().chars().count() < left + width * least / 100;
    if centred && !fits && same_case(&before, &text) && !marker(&text) && !ended(&before) && !line.gap {
        // Wrapped titles: the line above reaches both margins or is centred itself.
        return middle(above, (left, right)) || above.start() <= left + 5;
    }
    if fits {
        // A short line is the last of its paragraph, unless the next word cannot begin one.
        return text.starts_with(char::is_lowercase) && !marker(&text) && !ended(&before) && indent <= 2 && !line.gap;
    }
    if line.gap && !style.airy && !(text.starts_with(char::is_lowercase) && indent <= 2) {
        return false;
    }
    // Lines of a list item that hangs under its first word or its dash.
    let under = |at: Option<usize>| at.is_some_and(|at| line.start().abs_diff(at) <= 1);
    let dash = before.starts_with(['-', '–', '+', '•']);
    if dash && indent > 2 && !marker(&text) && !ended(&before) {
        return under(Some(above.start())) || under(above.words.get(1).map(|word| word.start));
    }
    if style.indents {
        return indent <= 2;
    }
    if (3..=14).contains(&indent) && above.start() <= left + 1 {
        return false;
    }
    // A line that reaches the margin seldom ends a paragraph, even when it ends a sentence.
    let full = reach >= left + width * 93 / 100 && above.start() <= left + 14;
    // "xã hội" at the end of a full line, "- nghề nghiệp" at the start of the next: a hyphen, no item of a list.
    let hyphen = ["- ", "– "]
        .iter()
        .any(|dash| text.strip_prefix(dash).is_some_and(|rest| rest.starts_with(char::is_lowercase)));
    let hyphen = hyphen && full && indent <= 2 && !line.gap && !ended(&before) && !before.ends_with(',');
    hyphen || !marker(&text) && (full || !ended(&before) || text.starts_with(char::is_lowercase))
}

fn ended(text: &str) -> bool {
    text.ends_with(['.', ';', ':', '!', '?'])
}
