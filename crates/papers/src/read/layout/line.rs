//! Lines as words at columns.

use crate::read::shape::invisible;

/// A word or a run of words; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seg {
    /// First column.
    pub(super) start: usize,
    /// One past the last column.
    pub(super) end: usize,
    /// Its text, words one space apart.
    pub(super) text: String,
}

/// A line that holds text.
#[derive(Debug, Clone)]
pub(in crate::read) struct Line {
    /// Words.
    pub(super) words: Vec<Seg>,
    /// Runs of words less than two columns apart.
    pub(super) segs: Vec<Seg>,
    /// Page it stands on.
    pub(super) page: usize,
    /// One or more empty lines stand above it on the page.
    pub(super) gap: bool,
    /// Orders the lines of a page.
    pub(super) top: usize,
    /// Columns are places on the page; otherwise they count letters, the wide ones like the narrow ones.
    pub(super) placed: bool,
}

impl Line {
    /// Measures a line; `None` when it is empty.
    pub(super) fn new(text: &str, page: usize, gap: bool, top: usize) -> Option<Self> {
        let mut words: Vec<Seg> = Vec::new();
        let mut column = 0;
        let mut inside = false;
        for c in text.chars() {
            if c == '\t' {
                column = (column / 8 + 1) * 8;
                inside = false;
                continue;
            }
            if invisible(c) {
                continue;
            }
            if c.is_whitespace() || c.is_control() {
                inside = false;
            } else {
                let c = letter(c);
                match words.last_mut() {
                    Some(word) if inside => {
                        word.text.push(c);
                        word.end = column + 1;
                    }
                    _ => words.push(Seg { start: column, end: column + 1, text: c.to_string() }),
                }
                inside = true;
            }
            column += 1;
        }
        let mut segs: Vec<Seg> = Vec::new();
        for word in &words {
            let apart = segs.last().is_none_or(|seg| word.start - seg.end >= 2);
            run(&mut segs, word, apart);
        }
        (!words.is_empty()).then_some(Self { words, segs, page, gap, top, placed: false })
    }

    /// A line of words whose places are known: first column, one past the last, apart from the word before, text.
    pub(in crate::read) fn placed<'t>(
        all: impl Iterator<Item = (usize, usize, bool, &'t str)>,
        page: usize,
        gap: bool,
        top: usize,
    ) -> Option<Self> {
        let mut words: Vec<Seg> = Vec::new();
        let mut segs: Vec<Seg> = Vec::new();
        for (start, end, apart, text) in all {
            let start = start.min(FAR).max(words.last().map_or(0, |word| word.end));
            let text: String =
                text.chars().filter(|c| !invisible(*c) && !c.is_whitespace() && !c.is_control()).map(letter).collect();
            if !text.is_empty() {
                let word = Seg { start, end: end.min(FAR).max(start + 1), text };
                run(&mut segs, &word, apart);
                words.push(word);
            }
        }
        (!words.is_empty()).then_some(Self { words, segs, page, gap, top, placed: true })
    }

    /// First column.
    pub(super) fn start(&self) -> usize {
        self.words.first().map_or(0, |word| word.start)
    }

    /// One past the last column.
    pub(super) fn end(&self) -> usize {
        self.words.last().map_or(0, |word| word.end)
    }

    /// All words, one space apart.
    pub(super) fn text(&self) -> String {
        join(&self.words)
    }

    /// First word.
    pub(super) fn first(&self) -> &str {
        self.words.first().map_or("", |word| &word.text)
    }

    /// The words before and from a column.
    pub(super) fn split(&self, column: usize) -> (String, String) {
        let at = self.words.iter().position(|word| word.start >= column).unwrap_or(self.words.len());
        (join(&self.words[..at]), join(&self.words[at..]))
    }
}

/// Column at which pages end at the latest.
const FAR: usize = 2000;

/// Symbol fonts print bullets by private codes; pipes are kept for tables.
fn letter(c: char) -> char {
    match c {
        '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{f0fc}' => '•',
        '|' => '¦',
        _ => c,
    }
}

/// Adds a word to the last run, or opens a new one.
fn run(segs: &mut Vec<Seg>, word: &Seg, apart: bool) {
    match segs.last_mut() {
        Some(seg) if !apart => {
            seg.text.push(' ');
            seg.text.push_str(&word.text);
            seg.end = word.end;
        }
        _ => segs.push(word.clone()),
    }
}

/// Words one space apart.
pub(super) fn join(words: &[Seg]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Goes on with a text on the next line: by a space, or by nothing after a number broken at its sign ("57-" "NQ/TW").
pub(in crate::read) fn add(text: &mut String, more: &str) {
    let mut end = text.chars().rev();
    let broken = matches!((end.next(), end.next()), (Some('-' | '/'), Some(c)) if c.is_alphanumeric())
        && more.starts_with(char::is_alphanumeric);
    if !text.is_empty() && !more.is_empty() && !broken {
        text.push(' ');
    }
    text.push_str(more);
}

/// Number, letter or dash that opens a clause; `text` is a whole line.
pub(super) fn marker(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    if matches!(first, "-" | "–" | "—" | "+" | "*" | "•" | "")
        || (first.starts_with(['-', '+', '•']) && first.len() > 1)
    {
        return true;
    }
    let folded = first.to_lowercase();
    if matches!(folded.trim_end_matches([':', '.']), "điều" | "chương" | "phần" | "mục" | "phụ") {
        return text.split(' ').nth(1).is_some_and(|next| {
            next.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'))
                || next.eq_ignore_ascii_case("lục")
        });
    }
    if let Some(body) = first.strip_suffix(['.', ')', '/']) {
        return number(body);
    }
    // "1.Mục" without the space.
    let digits = first.chars().take_while(|c| c.is_ascii_digit()).count();
    (1..=2).contains(&digits)
        && matches!(first[digits..].chars().next(), Some('.' | ')'))
        && first[digits + 1..].starts_with(char::is_alphabetic)
}

/// "1", "1.2", "IV", "a", "đ", without its closing sign.
pub(super) fn number(body: &str) -> bool {
    let arabic = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let roman = |part: &str| part.len() <= 6 && part.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'));
    let letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    !body.is_empty() && (roman(body) || letter(body) || body.split('.').all(arabic))
}

/// Are two lines both in capitals, or both not? A line without letters goes with any.
pub(super) fn same_case(a: &str, b: &str) -> bool {
    let letters = |text: &str| text.chars().any(char::is_alphabetic);
    shouting(a) == shouting(b) || !letters(a) || !letters(b)
}

/// Share of letters that are capitals is high.
pub(in crate::read) fn shouting(text: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for c in text.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper > 0 && lower * 4 < upper
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures() {
        let line = Line::new("  Số: 1/KH   Huế, ngày", 0, false, 0).unwrap();
        assert_eq!(
            line.segs.iter().map(|s| (s.start, s.text.as_str())).collect::<Vec<_>>(),
            [(2, "Số: 1/KH"), (13, "Huế, ngày")]
        );
        assert_eq!(line.split(12), ("Số: 1/KH".to_owned(), "Huế, ngày".to_owned()));
        assert!(Line::new("   ", 0, false, 0).is_none());
    }

    #[test]
    fn markers() {
        for text in
            ["1. A", "1.2. A", "a) b", "đ) b", "IV. A", "- a", "-Giao", "Điều 3. A", "Phụ lục I", "2.Mục", "+ a"]
        {
            assert!(marker(text), "{text}");
        }
        for text in ["2025. Các", "57-NQ/TW ngày", "Điều kiện", "tháng", "10 tháng", "TW."] {
            assert!(!marker(text), "{text}");
        }
    }
}
