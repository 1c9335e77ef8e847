//! Small text helpers: lower-casing that keeps byte offsets, and words with their places.

/// Lower-cases `text`, line breaks as spaces, so that every byte offset stays valid (a letter whose lower case has another length is kept).
pub(crate) fn lower(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        out.push(lower_char(c));
    }
    out
}

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

#[derive(PartialEq, Clone, Copy)]
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
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let kind = class(c);
        let mut end = at + c.len_utf8();
        match kind {
            Class::Space => continue,
            Class::Other => {}
            Class::Letter | Class::Digit => {
                while let Some(&(i, d)) = chars.peek() {
                    if class(d) != kind {
                        break;
                    }
                    end = i + d.len_utf8();
                    chars.next();
                }
            }
        }
        out.push((at, end));
    }
    out
}

/// Whitespace runs collapsed to one space, ends trimmed.
pub(crate) fn squeeze(text: &str) -> String {
    let text = text.trim();
    if !text.contains("  ") && text.bytes().all(|b| b >= b' ') && !text.contains('\u{a0}') {
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
    fn words_are_whole() {
        let t: Vec<_> = tokens("quý iv/2025").iter().map(|t| t.text).collect();
        assert_eq!(t, ["quý", "iv", "/", "2025"]);
    }
}
