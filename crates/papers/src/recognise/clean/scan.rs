//! Scans over the bytes of a whole text, many at once.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC.
pub(crate) fn composed(raw: &str) -> Cow<'_, str> {
    if surely_nfc(raw) || is_nfc_quick(raw.chars()) == IsNormalized::Yes {
        Cow::Borrowed(raw)
    } else {
        Cow::Owned(raw.nfc().collect())
    }
}

/// Every character is one of those that NFC leaves alone wherever they stand; `false` when a closer look is needed.
fn surely_nfc(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let rare = |b: u8, n: u8, t: u8| {
        let latin = (b == 0xe1) & (0xb8..=0xbb).contains(&n);
        let sign = (b == 0xe2) & (n == 0x80) & (t >= 0x82);
        (b >= 0xcc) & !latin & !sign
    };
    let doubt = |b: u8, n: u8, t: u8| match b {
        0xe1 => !(0xb8..=0xbb).contains(&n),
        0xe2 => !(n == 0x80 && t >= 0x82 || matches!(n, 0x81 | 0x82 | 0x94..=0x9f)),
        0xee => false,
        0xef => n > 0xa3 && n < 0xbb,
        b => b >= 0xcc,
    };
    // what begins in the last two bytes is ASCII or has two bytes
    let tail = bytes.get(bytes.len().saturating_sub(2)..).unwrap_or_default();
    !tail.iter().any(|b| (0xcc..=0xdf).contains(b)) && !any_triple(bytes, rare, doubt)
}

/// Some byte and the two behind it pass both tests. The first is tried on whole blocks, many bytes at once, the
/// second only where the first found something.
pub(crate) fn any_triple(bytes: &[u8], rare: impl Fn(u8, u8, u8) -> bool, test: impl Fn(u8, u8, u8) -> bool) -> bool {
    let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else { return false };
    let blocks = bytes.chunks(256).zip(second.chunks(256)).zip(third.chunks(256));
    for ((one, two), three) in blocks {
        let triples = || one.iter().zip(two).zip(three).map(|((b, n), t)| (*b, *n, *t));
        if triples().fold(0u8, |found, (b, n, t)| found | u8::from(rare(b, n, t))) != 0
            && triples().any(|(b, n, t)| test(b, n, t))
        {
            return true;
        }
    }
    false
}

/// Splits at line breaks of every kind.
pub(crate) struct Sources<'a> {
    rest: Option<&'a str>,
    /// Only `\n` breaks lines.
    plain: bool,
}

impl<'a> Sources<'a> {
    /// Starts at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let odd = memchr::memchr2(0xb, 0xc, bytes).is_some()
            || any_triple(
                bytes,
                |b, n, t| (b == 0xc2) & (n == 0x85) | (b == 0xe2) & (t & 0xfe == 0xa8),
                |b, n, t| matches!((b, n, t), (0xc2, 0x85, _) | (0xe2, 0x80, 0xa8 | 0xa9)),
            )
            || bytes.ends_with(&[0xc2, 0x85]);
        Self { rest: Some(text), plain: !odd }
    }

    /// The text has no line break but `\n`, and no page break.
    pub fn is_plain(&self) -> bool {
        self.plain
    }
}

impl<'a> Iterator for Sources<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let found = if self.plain {
            memchr::memchr(b'\n', rest.as_bytes()).map(|at| (at, 1))
        } else {
            let breaks = ['\n', '\u{2028}', '\u{2029}', '\u{b}', '\u{85}'];
            rest.char_indices().find(|(_, c)| breaks.contains(c)).map(|(at, c)| (at, c.len_utf8()))
        };
        let Some((at, length)) = found else {
            self.rest = None;
            return Some(rest);
        };
        self.rest = rest.get(at + length..);
        rest.get(..at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_surely_nfc_is_so() {
        for c in ('\0'..=char::MAX).filter(|c| surely_nfc(&c.to_string())) {
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
            assert_eq!(unicode_normalization::char::canonical_combining_class(c), 0, "{c:?}");
        }
        assert!(surely_nfc("Quyết định số 12 – “ỦY BAN” ●"));
        for text in ["e\u{301}", "\u{301}", "a\u{1f71}b", "\u{212b}x", "\u{2000}", "x\u{f900}"] {
            assert!(!surely_nfc(text), "{text:?}");
        }
    }

    #[test]
    fn lines_end_at_breaks_of_every_kind() {
        let split = |text: &str| {
            text.split(['\n', '\u{2028}', '\u{2029}', '\u{b}', '\u{85}']).map(str::to_owned).collect::<Vec<_>>()
        };
        for text in [
            "",
            "\n",
            "a\nb",
            "a\n\nb\n",
            "a\u{2028}b\u{2029}",
            "a\u{b}b",
            "\u{85}",
            "a\u{85}",
            "ă\u{85}bc\nd",
            "a\u{c}b\n",
        ] {
            assert_eq!(Sources::new(text).map(str::to_owned).collect::<Vec<_>>(), split(text), "{text:?}");
        }
    }
}
