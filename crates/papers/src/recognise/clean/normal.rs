//! Characters: NFC, emphasis, Markdown, underscores, white space.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A line on its way to being clean.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Raw {
    /// Its text, trimmed; inner white space is evened out unless `columns`.
    pub text: String,
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

/// Splits into non-blank lines and cleans each.
pub(crate) fn lines(raw: &str) -> Vec<Raw> {
    let text: Cow<'_, str> = match surely_composed(raw) || is_nfc_quick(raw.chars()) == IsNormalized::Yes {
        true => Cow::Borrowed(raw),
        false => Cow::Owned(raw.nfc().collect()),
    };
    const BREAKS: [char; 4] = ['\u{2028}', '\u{2029}', '\u{b}', '\u{85}'];
    let text = if BREAKS.iter().any(|c| text.contains(*c)) { Cow::Owned(text.replace(BREAKS, "\n")) } else { text };
    let mut out: Vec<Raw> = Vec::new();
    let (mut gap, mut page) = (false, false);
    let mut state = Emphasis::default();
    let mut rest = text.split('\n').peekable();
    while let Some(source) = rest.next() {
        for (at, piece) in source.split('\u{c}').enumerate() {
            if at > 0 {
                page = true;
                gap = true;
            }
            let next = rest.peek().copied().unwrap_or("");
            let mut line = one(piece, next, &mut state);
            if line.text.is_empty() {
                gap = true;
                if piece.trim().is_empty() {
                    state = Emphasis::default();
                }
                continue;
            }
            line.gap = gap;
            line.page = page;
            (gap, page) = (false, false);
            out.push(line);
        }
    }
    out
}

/// Only letters that stand for themselves: ASCII, the composed letters of Vietnamese, common punctuation.
fn surely_composed(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        0..=0xbf | 0xc2..=0xc6 => true,
        0xe1 => bytes.get(at + 1).is_some_and(|next| (0xb8..=0xbb).contains(next)),
        0xe2 => bytes.get(at + 1) == Some(&0x80) && bytes.get(at + 2).is_some_and(|next| *next > 0x81),
        _ => false,
    })
}

/// Emphasis carried over line breaks.
#[derive(Debug, Default, Clone, Copy)]
struct Emphasis {
    bold: bool,
    italic: bool,
}

/// Cleans one line; `next` is the raw line after it.
fn one(source: &str, next: &str, state: &mut Emphasis) -> Raw {
    let source = source.trim_end();
    let body = source.trim_start();
    let indent = source.len() - body.len();
    let mut line = Raw { indent, ..Raw::default() };
    let body = markdown(body, next, &mut line.text);
    if body == "|" {
        *state = Emphasis::default();
        line.text.push('|');
        return line;
    }
    if body.contains('*') && body.chars().all(|c| c == '*' || c.is_whitespace()) {
        // a line of asterisks closes what is open and opens nothing
        *state = Emphasis::default();
        return line;
    }
    let row = body.starts_with('|');
    strip(body, state, &mut line);
    line.columns = line.text.contains('\t') || line.text.contains("   ");
    let text = line.text.trim();
    if is_rule(text) && !row {
        line.text.clear();
        return line;
    }
    line.text = if row || line.columns { text.to_owned() } else { even(text) };
    line
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

/// Copies `body` without asterisks, long underscores, invisible characters and backslash escapes.
fn strip(body: &str, state: &mut Emphasis, line: &mut Raw) {
    let before = state.bold;
    let mut letters_plain = false;
    let mut rest = body;
    while !rest.is_empty() {
        // what needs no look goes over in one piece
        let plain = plain(rest);
        let (piece, behind) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        line.text.push_str(piece);
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
                let left = line.text.chars().next_back().is_some_and(char::is_alphanumeric);
                let right = chars.clone().take(8).find(|c| *c != '*').is_some_and(char::is_uppercase);
                if left && right && line.text.chars().next_back().is_some_and(char::is_lowercase) {
                    line.text.push(' ');
                }
            }
            '_' => {
                let mut run = 1;
                while chars.as_str().starts_with('_') {
                    chars.next();
                    run += 1;
                }
                if run < 3 {
                    line.text.extend(std::iter::repeat_n('_', run));
                }
            }
            '\\' if chars
                .clone()
                .next()
                .is_some_and(|c| matches!(c, '.' | '-' | '#' | '+' | '_' | '*' | '[' | ']' | '(' | ')')) =>
            {
                line.text.extend(chars.next());
            }
            '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\r' => {}
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => line.text.push(' '),
            c if c.is_control() && c != '\t' => line.text.push(' '),
            c => {
                letters_plain = letters_plain || (!state.bold && c.is_alphabetic());
                line.text.push(c);
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

/// Runs of white space as one space.
fn even(text: &str) -> String {
    let bytes = text.as_bytes();
    let single = bytes.iter().enumerate().all(|(at, byte)| match byte {
        b' ' => bytes.get(at + 1) != Some(&b' '),
        0..0x20 | 0xc2 | 0xe3 => false,
        0xe1 => bytes.get(at + 1) != Some(&0x9a),
        0xe2 => bytes.get(at + 1) == Some(&0x80) && bytes.get(at + 2).is_some_and(|next| matches!(next, 0x90..=0xa7)),
        _ => true,
    });
    if single {
        return text.to_owned();
    }
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
    use super::*;

    fn texts(raw: &str) -> Vec<String> {
        lines(raw).into_iter().map(|line| line.text).collect()
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
