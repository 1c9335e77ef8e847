//! A text with its words.

use crate::recognise::tasks::words::{Tok, is_upper, lower, spans};

/// A text with its words, ready to look for names.
pub(crate) struct Words<'a> {
    text: &'a str,
    low: String,
    spans: Vec<(usize, usize)>,
}

impl<'a> Words<'a> {
    /// Splits a text into words.
    pub fn new(text: &'a str) -> Self {
        let low = lower(text);
        let spans = spans(&low);
        Self { text, low, spans }
    }

    /// The text in small letters.
    pub fn small(&self) -> &str {
        &self.low
    }

    /// The words in small letters.
    pub fn toks(&self) -> Vec<Tok<'_>> {
        self.spans.iter().map(|&(a, b)| Tok { at: a, text: self.low.get(a..b).unwrap_or("") }).collect()
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Word `i` in small letters.
    pub fn low(&self, i: usize) -> Option<&str> {
        let &(a, b) = self.spans.get(i)?;
        self.low.get(a..b)
    }

    /// Words `i` and `i + 1` when one space stands between them.
    pub fn pair(&self, i: usize) -> Option<&str> {
        let (&(a, e), &(s, b)) = (self.spans.get(i)?, self.spans.get(i + 1)?);
        if s != e + 1 { None } else { self.low.get(a..b) }
    }

    /// The words from `i` on are `phrase`.
    pub fn is(&self, i: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(k, p)| self.low(i + k) == Some(*p))
    }

    /// Word `i` is written with a capital.
    pub fn is_capital(&self, i: usize) -> bool {
        self.spans.get(i).and_then(|&(a, _)| self.text.get(a..)).and_then(|t| t.chars().next()).is_some_and(is_upper)
    }

    /// First byte of word `i` (the end of the text when there is none).
    pub fn start(&self, i: usize) -> usize {
        self.spans.get(i).map_or(self.text.len(), |s| s.0)
    }

    /// End of word `i`.
    pub fn end(&self, i: usize) -> usize {
        self.spans.get(i).map_or(self.text.len(), |s| s.1)
    }

    /// "được giao nhiệm vụ" closes a name ("các đơn vị được giao nhiệm vụ") when nothing follows it.
    pub(super) fn ends_list_after(&self, i: usize, room: usize) -> Option<usize> {
        let rest =
            (i + 2..(i + room + 1).min(self.len())).find(|&k| matches!(self.low(k), Some("." | ";" | "," | ":")));
        let end = rest.unwrap_or(self.len());
        (end <= i + room && (i + 2..end).all(|k| !matches!(self.low(k), Some("có" | "tại" | "chủ" | "phải" | "cần"))))
            .then_some(end)
    }
}
