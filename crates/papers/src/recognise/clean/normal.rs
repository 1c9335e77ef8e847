//! Characters: NFC, emphasis, Markdown, underscores, white space.

use std::borrow::Cow;

use super::scan::{Sources, any_triple};

/// A line on its way to being clean.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Raw<'a> {
    /// Its text, trimmed; inner white space is evened out unless `columns`.
    pub text: Cow<'a, str>,
    /// A blank line stood before it.
    pub gap: bool,
    /// A page of the source ended before it.
    pub page: bool,
    /// It holds tabs or runs of three spaces.
    pub columns: bool,
    /// Emphasis opened here or before runs on into the next line.
    pub open: bool,
    /// It starts and ends inside or at the edge of bold.
    pub bold: bool,
    /// Spaces before the text.
    pub indent: usize,
}

/// Splits a text in NFC into non-blank lines and cleans each.
pub(crate) fn lines(text: &str) -> Vec<Raw<'_>> {
    let mut out: Vec<Raw<'_>> = Vec::with_capacity(text.len() / 64);
    let (mut gap, mut page) = (false, false);
    let mut state = Emphasis::default();
    let mut rest = Sources::new(text);
    let pages = !rest.is_plain();
    let mut ahead = rest.next();
    while let Some(source) = ahead {
        ahead = rest.next();
        let next = ahead.unwrap_or("");
        let mut part = Some(source);
        while let Some(piece) = part {
            let end = if pages { memchr::memchr(0xc, piece.as_bytes()) } else { None };
            let (piece, behind) = end.map_or((piece, None), |at| (piece.get(..at).unwrap_or(""), piece.get(at + 1..)));
            part = behind;
            let mut line = one(piece, next, &mut state);
            if line.text.is_empty() {
                gap = true;
                if piece.trim().is_empty() {
                    state = Emphasis::default();
                }
            } else {
                line.gap = gap;
                line.page = page;
                (gap, page) = (false, false);
                out.push(line);
            }
            if part.is_some() {
                page = true;
                gap = true;
            }
        }
    }
    out
}

/// Emphasis carried over line breaks.
#[derive(Debug, Default, Clone, Copy)]
struct Emphasis {
    bold: bool,
    italic: bool,
}

/// Cleans one line; `next` is the raw line after it.
fn one<'a>(source: &'a str, next: &str, state: &mut Emphasis) -> Raw<'a> {
    let source = source.trim_end();
    let body = source.trim_start();
    let indent = source.len() - body.len();
    if body.is_empty() {
        return Raw::default();
    }
    if is_clean(body) {
        if body == "|" {
            *state = Emphasis::default();
            return Raw { indent, text: Cow::Borrowed("|"), ..Raw::default() };
        }
        let text = if is_rule(body) { "" } else { body };
        let open = state.bold || state.italic;
        return Raw { indent, text: Cow::Borrowed(text), open, bold: state.bold, ..Raw::default() };
    }
    let mut line = Raw { indent, ..Raw::default() };
    let mut copy = String::with_capacity(body.len() + 2);
    let body = markdown(body, next, &mut copy);
    if body == "|" {
        *state = Emphasis::default();
        copy.push('|');
        line.text = Cow::Owned(copy);
        return line;
    }
    if body.contains('*') && body.chars().all(|c| c == '*' || c.is_whitespace()) {
        // a line of asterisks closes what is open and opens nothing
        *state = Emphasis::default();
        line.text = Cow::Owned(copy);
        return line;
    }
    let row = body.starts_with('|');
    strip(body, state, &mut copy, &mut line);
    line.columns = copy.contains('\t') || copy.contains("   ");
    let text = copy.trim();
    if is_rule(text) && !row {
        return line;
    }
    let whole = text.len() == copy.len();
    if !(row || line.columns || is_even(text)) {
        line.text = Cow::Owned(even(text));
    } else if whole {
        line.text = Cow::Owned(copy);
    } else {
        line.text = Cow::Owned(text.to_owned());
    }
    line
}

/// Nothing in a trimmed line is changed by cleaning.
fn is_clean(body: &str) -> bool {
    let bytes = body.as_bytes();
    let look = |b: u8| {
        (b < 0x20) | (b == b'*') | (b == b'_') | (b == b'\\') | (b == 0x7f) | (b == 0xc2) | (b == 0xe3) | (b == 0xef)
    };
    let tail = bytes.get(bytes.len().saturating_sub(2)..).unwrap_or_default();
    !matches!(bytes.first(), Some(b'#' | b'`' | b'>'))
        && !tail.iter().any(|b| look(*b))
        && !any_triple(
            bytes,
            |b, n, _| look(b) | (b == b' ') & (n == b' ') | (b == 0xe1) & (n == 0x9a) | (b == 0xe2),
            |b, n, t| match b {
                b' ' => n == b' ',
                0xe1 => n == 0x9a,
                0xe2 => n == 0x81 || n == 0x80 && (t < 0x90 || t == 0xaf),
                _ => look(b),
            },
        )
}

/// Removes a Markdown heading or quote mark and turns a `*` bullet into a dash; what is written goes to `out`.
fn markdown<'a>(body: &'a str, next: &str, out: &mut String) -> &'a str {
    let hashes = body.len() - body.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && body.get(hashes..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) {
        return body.get(hashes..).unwrap_or("").trim_start();
    }
    if body.starts_with("```") {
        return "";
    }
    if let Some(rest) = body.strip_prefix("> ") {
        return rest.trim_start();
    }
    if let Some(rest) = body.strip_prefix("* ") {
        let wide = rest.starts_with(' ');
        let next = next.trim_start();
        let alone = !rest.contains('*') && (next.is_empty() || next.starts_with("* ") || next.starts_with("- "));
        if (wide && !rest.trim().starts_with('*')) || alone {
            out.push_str("- ");
            return rest.trim_start();
        }
    }
    body
}

/// Copies `body` to `copy` without asterisks, long underscores, invisible characters and backslash escapes.
fn strip(body: &str, state: &mut Emphasis, copy: &mut String, line: &mut Raw<'_>) {
    let before = state.bold;
    let mut letters_plain = false;
    let mut rest = body;
    while !rest.is_empty() {
        // what needs no look goes over in one piece
        let plain = plain(rest);
        let (piece, behind) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        copy.push_str(piece);
        letters_plain |=
            !state.bold && piece.bytes().any(|b| b.is_ascii_alphabetic() || matches!(b, 0xc3..=0xc6 | 0xe1));
        let mut chars = behind.chars();
        let Some(c) = chars.next() else { break };
        match c {
            '*' => {
                if chars.as_str().starts_with('*') {
                    chars.next();
                    state.bold = !state.bold;
                } else if state.italic || chars.clone().next().is_some_and(|c| !c.is_whitespace()) {
                    // an asterisk before a space or alone opens nothing
                    state.italic = !state.italic;
                }
                let left = copy.chars().next_back().is_some_and(char::is_alphanumeric);
                let right = chars.clone().take(8).find(|c| *c != '*').is_some_and(char::is_uppercase);
                if left && right && copy.chars().next_back().is_some_and(char::is_lowercase) {
                    copy.push(' ');
                }
            }
            '_' => {
                let mut run = 1;
                while chars.as_str().starts_with('_') {
                    chars.next();
                    run += 1;
                }
                if run < 3 {
                    copy.extend(std::iter::repeat_n('_', run));
                }
            }
            '\\' if chars
                .clone()
                .next()
                .is_some_and(|c| matches!(c, '.' | '-' | '#' | '+' | '_' | '*' | '[' | ']' | '(' | ')')) =>
            {
                copy.extend(chars.next());
            }
            '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\r' => {}
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => copy.push(' '),
            c if c.is_control() && c != '\t' => copy.push(' '),
            c => {
                letters_plain = letters_plain || (!state.bold && c.is_alphabetic());
                copy.push(c);
            }
        }
        rest = chars.as_str();
    }
    line.open = state.bold || state.italic;
    line.bold = (before || body.contains("**")) && !letters_plain;
}

/// Bytes at the start of a text that hold nothing [`strip`] looks at.
fn plain(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let look = match byte {
            b'*' | b'_' | b'\\' | 0x7f => true,
            0..0x20 => byte != b'\t',
            0xc2 | 0xe3 | 0xef => true,
            0xe2 => {
                bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(0x80..=0x8f | 0xaf))
                    || bytes.get(at + 1) == Some(&0x81)
            }
            _ => false,
        };
        if look {
            break;
        }
        at += 1;
    }
    at
}

/// A line drawn with dashes, dots excepted.
fn is_rule(text: &str) -> bool {
    let mut count = 0;
    for c in text.chars() {
        if !matches!(c, '-' | '=' | '–' | '—' | '~' | '_' | '─' | '*' | ' ') {
            return false;
        }
        count += 1;
    }
    count != 1 || text == "*" || text == "_"
}

/// Every run of white space is one space.
fn is_even(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b' ' => bytes.get(at + 1) != Some(&b' '),
        0..0x20 | 0xc2 | 0xe3 => false,
        0xe1 => bytes.get(at + 1) != Some(&0x9a),
        0xe2 => bytes.get(at + 1) == Some(&0x80) && bytes.get(at + 2).is_some_and(|next| matches!(next, 0x90..=0xa7)),
        _ => true,
    })
}

/// Runs of white space as one space.
fn even(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
        } else {
            if space {
                out.push(' ');
                space = false;
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::scan::composed;
    use super::*;

    fn texts(raw: &str) -> Vec<String> {
        lines(&composed(raw)).into_iter().map(|line| line.text.into_owned()).collect()
    }

    #[test]
    fn clean_lines_are_what_the_long_way_makes_of_them() {
        for text in ["Giao Sở Tư pháp", "- a – “b”…", "| a | b |", "|", "--- --", "…", "1. ●"] {
            if is_clean(text) {
                let mut copy = String::new();
                strip(text, &mut Emphasis::default(), &mut copy, &mut Raw::default());
                assert_eq!(even(&copy), text);
            }
        }
        for text in ["a  b", "a\tb", "a_b", "a\u{a0}b", "a\u{200b}", "a\u{202f}b", "a\u{1680}b", "# a", "a*"] {
            assert!(!is_clean(text), "{text:?}");
        }
    }

    #[test]
    fn emphasis_and_markdown_go() {
        assert_eq!(
            texts("# **QUYẾT ĐỊNH**\n\n*   Giao Sở Tư pháp;\n*   Giao Sở Tài chính.\n---\n```"),
            ["QUYẾT ĐỊNH", "- Giao Sở Tư pháp;", "- Giao Sở Tài chính."]
        );
        assert_eq!(
            texts("Số: *12*/KH-UBND\n* (Kèm theo Kế hoạch số 1*\n"),
            ["Số: 12/KH-UBND", "(Kèm theo Kế hoạch số 1"]
        );
        assert_eq!(texts("Tên: ______\n_________"), ["Tên:"]);
    }

    #[test]
    fn open_emphasis_is_seen() {
        let got = lines("**I. MỤC\nĐÍCH, YÊU CẦU**\n\nx");
        assert_eq!(
            got.iter().map(|l| (l.open, l.bold, l.gap)).collect::<Vec<_>>(),
            [(true, true, false), (false, true, false), (false, false, true)]
        );
    }

    #[test]
    fn decomposed_text_is_composed() {
        assert_eq!(texts("Ke\u{302}\u{301} hoạch"), ["Kế hoạch"]);
    }
}
