//! Small text helpers: lower-casing that keeps byte offsets, and words with their places.

/// Lower-cases `text`, line breaks as spaces, so that every byte offset stays valid (a letter whose lower case has another length is kept).
pub(crate) fn lower(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(at) = changed(text, from) {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        out.push_str(text.get(from..at).unwrap_or(""));
        out.push(lower_char(c));
        from = at + c.len_utf8();
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out.make_ascii_lowercase();
    out
}

/// The first character from byte `from` on that [`lower`] changes, capitals of ASCII left aside.
fn changed(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| LOOK[usize::from(*byte)])?;
        let changes = match (bytes.get(at)?, bytes.get(at + 1)) {
            (0xc3, Some(low)) => *low < 0x9f && *low != 0x97,
            (0xc4, Some(low)) => !matches!(low, 0x83 | 0x91 | 0xa9),
            (0xc5, Some(low)) => *low != 0xa9,
            (0xc6, Some(low)) => !matches!(low, 0xa1 | 0xb0),
            (0xe1, Some(0xba)) => !bytes.get(at + 2).is_some_and(|low| *low >= 0xa0 && *low & 1 == 1),
            (0xe1, Some(0xbb)) => !bytes.get(at + 2).is_some_and(|low| *low < 0xba && *low & 1 == 1),
            (0xe2, Some(low)) => *low != 0x80,
            _ => true,
        };
        if changes {
            return Some(at);
        }
        at += 1;
    }
}

/// White space other than the space, and every character that is not of ASCII.
static LOOK: [bool; 256] = {
    let mut look = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        look[byte] = matches!(byte as u8, b'\t' | b'\n' | b'\r' | 0xc | 0xc3..);
        byte += 1;
    }
    look
};

const SAME: u8 = 0;
const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 3;
const BLANK: u8 = 4;
const SIGN: u8 = 5;
const LEAD: u8 = 6;

/// What each byte is.
static CODES: [u8; 256] = {
    let mut codes = [SAME; 256];
    let mut byte = 0;
    while byte < 256 {
        codes[byte] = match byte as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            b' ' | b'\t' | b'\n' | b'\r' | 0xc => BLANK,
            0xc0.. => LEAD,
            0..0x80 => SIGN,
            _ => SAME,
        };
        byte += 1;
    }
    codes
};

fn lower_char(c: char) -> char {
    if c.is_ascii() {
        return if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() };
    }
    // The letters of Vietnamese, without the tables of Unicode.
    let code = c as u32;
    let low = match code {
        0xd7 => code,
        0xc0..=0xde => code + 32,
        0xdf..=0xff => code,
        0x1ea0..=0x1ef9 => code | 1,
        0x102 | 0x110 | 0x128 | 0x168 | 0x1a0 | 0x1af => code + 1,
        0x103 | 0x111 | 0x129 | 0x169 | 0x1a1 | 0x1b0 | 0x2000..=0x206f => code,
        _ => return lower_slow(c),
    };
    char::from_u32(low).unwrap_or(c)
}

fn lower_slow(c: char) -> char {
    let mut low = c.to_lowercase();
    match (low.next(), low.next()) {
        (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
        _ => c,
    }
}

/// At most the first `limit` characters.
pub(crate) fn head(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let begins = |byte: &&u8| **byte & 0xc0 != 0x80;
    let mut left = limit;
    for (at, block) in text.as_bytes().chunks(32).enumerate() {
        let count = block.iter().filter(begins).count();
        if count > left {
            let rest = text.as_bytes().get(at * 32..).unwrap_or_default();
            let cut = rest.iter().enumerate().filter(|(_, byte)| begins(byte)).nth(left).map_or(0, |(cut, _)| cut);
            return text.get(..at * 32 + cut).unwrap_or(text);
        }
        left -= count;
    }
    text
}

/// Written with a capital.
pub(crate) fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { lower_char(c) != c }
}

/// A word (letters and digits), a number or a single other character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tok<'a> {
    /// First byte.
    pub at: usize,
    /// The characters.
    pub text: &'a str,
}

impl Tok<'_> {
    /// One past the last byte.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// The number it is, when it consists of at most four digits.
    pub fn number(&self) -> Option<u32> {
        if self.text.len() > 4 || !self.text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.text.parse().ok()
    }
}

#[derive(Debug, PartialEq, Clone, Copy)]
enum Class {
    Letter,
    Digit,
    Space,
    Other,
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            '0'..='9' => Class::Digit,
            'a'..='z' | 'A'..='Z' => Class::Letter,
            ' ' | '\t' | '\n' | '\r' => Class::Space,
            _ => Class::Other,
        };
    }
    if matches!(c as u32, 0xc0..=0x24f | 0x300..=0x36f | 0x1e00..=0x1eff) || c.is_alphanumeric() {
        Class::Letter
    } else if c.is_whitespace() || c == '\u{ad}' {
        Class::Space
    } else {
        Class::Other
    }
}

/// Splits into words, numbers and single characters; space is dropped.
pub(crate) fn tokens(text: &str) -> Vec<Tok<'_>> {
    spans(text).into_iter().map(|(at, end)| Tok { at, text: text.get(at..end).unwrap_or("") }).collect()
}

/// Places of the words.
pub(crate) fn spans(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    while at < text.len() {
        let (kind, length) = class_at(text, at);
        let start = at;
        at += length;
        match kind {
            Class::Space => continue,
            Class::Other => {}
            Class::Letter => loop {
                match bytes.get(at).map(|byte| CODES[usize::from(*byte)]) {
                    Some(SMALL | CAPITAL) => at += 1,
                    Some(LEAD) => match (bytes.get(at), bytes.get(at + 1)) {
                        (Some(0xc3..=0xc8), _) => at += 2,
                        (Some(0xe1), Some(0xb8..=0xbb)) => at += 3,
                        _ => match class_at(text, at) {
                            (Class::Letter, length) => at += length,
                            _ => break,
                        },
                    },
                    _ => break,
                }
            },
            Class::Digit => {
                while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                    at += 1;
                }
            }
        }
        out.push((start, at));
    }
    out
}

/// Class and length of the character at a byte.
#[inline]
fn class_at(text: &str, at: usize) -> (Class, usize) {
    let bytes = text.as_bytes();
    let byte = bytes.get(at).copied().unwrap_or(b' ');
    match CODES[usize::from(byte)] {
        SMALL | CAPITAL => (Class::Letter, 1),
        DIGIT => (Class::Digit, 1),
        BLANK if byte != 0xc => (Class::Space, 1),
        LEAD => match (byte, bytes.get(at + 1)) {
            (0xc3..=0xc8, _) => (Class::Letter, 2),
            (0xe1, Some(0xb8..=0xbb)) => (Class::Letter, 3),
            _ => {
                let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
                (class(c), c.len_utf8())
            }
        },
        _ => (Class::Other, 1),
    }
}

/// Every run of white space is one space already, and none stands at the ends.
fn is_squeezed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let odd = bytes.iter().zip(bytes.get(1..).unwrap_or_default()).fold(0u8, |odd, (b, n)| {
        odd | u8::from(*b < b' ') | u8::from((*b == b' ') & (*n == b' ')) | u8::from(*b == 0xc2)
    });
    odd == 0 && bytes.last().is_none_or(|b| *b >= b' ')
}

/// [`squeeze`] for a text that may be kept.
pub(crate) fn squeezed(text: String) -> String {
    if text.trim().len() == text.len() && is_squeezed(&text) { text } else { squeeze(&text) }
}

/// Whitespace runs collapsed to one space, ends trimmed.
pub(crate) fn squeeze(text: &str) -> String {
    let text = text.trim();
    let kept = || !text.contains("  ") && text.bytes().all(|b| b >= b' ') && !text.contains('\u{a0}');
    if is_squeezed(text) || kept() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_keeps_offsets() {
        for text in ["ỦY BAN NHÂN DÂN TỈNH", "Đề nghị", "İstanbul ẞ", "ƯỜNG"] {
            assert_eq!(lower(text).len(), text.len());
        }
        assert_eq!(lower("ĐƯỜNG Ắ"), "đường ắ");
    }

    #[test]
    fn every_letter_is_read_as_by_the_tables_of_unicode() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert_eq!(lower(&text), lower_char(c).to_string(), "{c:?}");
            assert_eq!(class_at(&text, 0), (class(c), c.len_utf8()), "{c:?}");
        }
    }

    #[test]
    fn the_first_characters() {
        let text = "Ủy ban nhân dân tỉnh, các sở, ban, ngành có liên quan tổ chức thực hiện";
        for limit in 0..90 {
            assert_eq!(head(text, limit), text.chars().take(limit).collect::<String>());
        }
    }

    #[test]
    fn words_are_whole() {
        let t: Vec<_> = tokens("quý iv/2025").iter().map(|t| t.text).collect();
        assert_eq!(t, ["quý", "iv", "/", "2025"]);
    }
}
