//! Words as they are looked for: syllables with and without marks, and pairs of neighbours.

use std::{collections::HashSet, ops::Range};

use kernel::text::{fold_char, normalise_tone};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A syllable of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, composed, tones placed the new way.
    pub toned: String,
    /// Without marks.
    pub folded: String,
    /// Where it stands, in bytes.
    pub at: Range<usize>,
}

/// Goes through the syllables of a text.
#[derive(Debug)]
pub(super) struct Syllables<'a> {
    text: &'a str,
    letters: std::str::CharIndices<'a>,
}

impl<'a> Syllables<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, letters: text.char_indices() }
    }

    /// Where the next one stands; its letters without marks take the place of what `folded` held.
    pub(super) fn next(&mut self, folded: &mut String) -> Option<Range<usize>> {
        folded.clear();
        let mut start = 0;
        for (at, c) in self.letters.by_ref() {
            let before = folded.len();
            let mut mark = true;
            fold_char(c, |c| {
                mark = false;
                if c.is_alphanumeric() {
                    folded.push(c);
                }
            });
            if before == 0 && !folded.is_empty() {
                start = at;
            }
            // A mark belongs to the letter before it.
            if before > 0 && before == folded.len() && !mark {
                return Some(start..at);
            }
        }
        (!folded.is_empty()).then_some(start..self.text.len())
    }
}

/// Calls back for every syllable: where it stands, and without marks.
pub(super) fn each_word(text: &str, mut found: impl FnMut(Range<usize>, &str)) {
    let mut folded = String::with_capacity(16);
    let mut all = Syllables::of(text);
    while let Some(at) = all.next(&mut folded) {
        found(at, &folded);
    }
}

/// Appends a syllable in lower case, composed, tones placed the new way.
fn push_toned(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let from = out.len();
    match is_nfc_quick(word.chars()) {
        IsNormalized::Yes => out.extend(word.chars().flat_map(char::to_lowercase)),
        _ => out.extend(word.nfc().flat_map(char::to_lowercase)),
    }
    let mut last = out.get(from..).unwrap_or_default().chars().rev();
    let moves = last.next().is_some_and(|c| "àáảãạèéẻẽẹỳýỷỹỵ".contains(c)) && matches!(last.next(), Some('o' | 'u'));
    if moves {
        let placed = normalise_tone(out.get(from..).unwrap_or_default());
        out.truncate(from);
        out.push_str(&placed);
    }
}

/// The syllables of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut all = Vec::new();
    each_word(text, |at, folded| {
        let mut toned = String::new();
        push_toned(text.get(at.clone()).unwrap_or_default(), &mut toned);
        all.push(Word { toned, folded: folded.to_owned(), at });
    });
    all
}

/// Neighbours as one word of the index.
pub(super) fn joined(words: &[&str]) -> String {
    words.join("_")
}

/// What a text is found by first: its syllables without marks.
#[derive(Clone, Default)]
pub(super) struct Plain {
    token: Token,
}

/// What tells texts of the same syllables apart: those of them that have marks, with them, once each; and pairs of neighbours without, as often as they
/// stand there.
#[derive(Clone, Default)]
pub(super) struct More {
    token: Token,
}

/// See [`Plain`].
pub(super) struct PlainStream<'a> {
    all: Syllables<'a>,
    token: &'a mut Token,
}

/// See [`More`].
pub(super) struct MoreStream<'a> {
    all: Syllables<'a>,
    /// The syllable that was read last, without marks, and the one before.
    folded: String,
    before: String,
    /// Is the pair of both still to be told?
    pair: bool,
    /// Syllables with marks that were told already, as they are written.
    told: HashSet<&'a str>,
    token: &'a mut Token,
}

impl Tokenizer for Plain {
    type TokenStream<'a> = PlainStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PlainStream<'a> {
        self.token.reset();
        PlainStream { all: Syllables::of(text), token: &mut self.token }
    }
}

impl Tokenizer for More {
    type TokenStream<'a> = MoreStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> MoreStream<'a> {
        self.token.reset();
        let (folded, before) = (String::with_capacity(16), String::with_capacity(16));
        MoreStream {
            all: Syllables::of(text),
            folded,
            before,
            pair: false,
            told: HashSet::new(),
            token: &mut self.token,
        }
    }
}

impl TokenStream for PlainStream<'_> {
    fn advance(&mut self) -> bool {
        self.token.position = self.token.position.wrapping_add(1);
        self.all.next(&mut self.token.text).is_some()
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

impl TokenStream for MoreStream<'_> {
    fn advance(&mut self) -> bool {
        self.token.position = self.token.position.wrapping_add(1);
        let text = &mut self.token.text;
        loop {
            text.clear();
            if std::mem::take(&mut self.pair) {
                text.extend([self.before.as_str(), "_", self.folded.as_str()]);
                return true;
            }
            std::mem::swap(&mut self.before, &mut self.folded);
            let Some(at) = self.all.next(&mut self.folded) else { return false };
            self.pair = !self.before.is_empty();
            let written = self.all.text.get(at).unwrap_or_default();
            if !written.is_ascii() && self.told.insert(written) {
                push_toned(written, text);
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(mut tokenizer: impl Tokenizer, text: &str) -> String {
        let mut stream = tokenizer.token_stream(text);
        let mut all = Vec::new();
        while stream.advance() {
            all.push(stream.token().text.clone());
        }
        all.join(" ")
    }

    #[test]
    fn a_text_is_its_syllables_and_what_tells_them_apart() {
        let text = "Uỷ ban; Điều 11, Luật số 14/2012/QH13\nHoà";
        assert_eq!(tokens(Plain::default(), text), "uy ban dieu 11 luat so 14 2012 qh13 hoa");
        let more = "ủy uy_ban điều ban_dieu dieu_11 luật 11_luat số luat_so so_14 14_2012 2012_qh13 hòa qh13_hoa";
        assert_eq!(tokens(More::default(), text), more);
        for nothing in ["", " ,. "] {
            assert_eq!(tokens(Plain::default(), nothing) + &tokens(More::default(), nothing), "");
        }
        assert_eq!(tokens(More::default(), "một"), "một");
        assert_eq!(tokens(More::default(), "của của dân"), "của cua_cua dân cua_dan");
    }

    #[test]
    fn composed_and_decomposed_text_are_the_same() {
        let composed = "phổ biến, giáo dục";
        let apart: String = composed.nfd().collect();
        assert_ne!(composed, apart);
        assert_eq!(tokens(Plain::default(), composed), tokens(Plain::default(), &apart));
        assert_eq!(tokens(More::default(), composed), tokens(More::default(), &apart));
        let found = words(&apart);
        assert_eq!(found.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>(), ["pho", "bien", "giao", "duc"]);
        assert_eq!(apart.get(found[1].at.clone()).map(|word| word.nfc().collect::<String>()).as_deref(), Some("biến"));
    }
}
