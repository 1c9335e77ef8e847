//! Words as they are looked for: syllables with and without marks, and pairs of neighbours.

use std::ops::Range;

use kernel::text::{fold_char, normalise_tone};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;

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

/// Calls back for every syllable: where it stands, and without marks.
pub(super) fn each_word(text: &str, mut found: impl FnMut(Range<usize>, &str)) {
    let mut folded = String::with_capacity(16);
    let mut start = 0;
    for (at, c) in text.char_indices() {
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
            found(start..at, &folded);
            folded.clear();
        }
    }
    if !folded.is_empty() {
        found(start..text.len(), &folded);
    }
}

/// Appends a syllable in lower case, composed, tones placed the new way.
fn push_toned(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let from = out.len();
    out.extend(word.nfc().flat_map(char::to_lowercase));
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

/// A text as it is indexed: its syllables with marks, and without, each separated by one space.
pub(super) fn prepare(texts: &[&str]) -> (String, String) {
    let size = texts.iter().map(|text| text.len() + 1).sum();
    let (mut toned, mut plain) = (String::with_capacity(size), String::with_capacity(size));
    for text in texts {
        each_word(text, |at, folded| {
            push_toned(text.get(at).unwrap_or_default(), &mut toned);
            toned.push(' ');
            plain.push_str(folded);
            plain.push(' ');
        });
    }
    (toned, plain)
}

/// Neighbours as one word of the index.
pub(super) fn joined(words: &[&str]) -> String {
    words.join("_")
}

/// Splits prepared text into runs of `N` neighbours.
#[derive(Clone, Default)]
pub(super) struct Runs<const N: usize> {
    token: Token,
}

/// See [`Runs`].
pub(super) struct RunStream<'a, const N: usize> {
    words: std::str::SplitAsciiWhitespace<'a>,
    /// The last words, the oldest first.
    run: [&'a str; N],
    token: &'a mut Token,
}

impl<const N: usize> Tokenizer for Runs<N> {
    type TokenStream<'a> = RunStream<'a, N>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> RunStream<'a, N> {
        self.token.reset();
        let mut words = text.split_ascii_whitespace();
        let mut run = [""; N];
        for slot in run.iter_mut().skip(1) {
            *slot = words.next().unwrap_or_default();
        }
        RunStream { words, run, token: &mut self.token }
    }
}

impl<const N: usize> TokenStream for RunStream<'_, N> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.words.next() else { return false };
        self.run.rotate_left(1);
        if let Some(last) = self.run.last_mut() {
            *last = next;
        }
        self.token.text.clear();
        for (at, word) in self.run.iter().enumerate() {
            if at > 0 {
                self.token.text.push('_');
            }
            self.token.text.push_str(word);
        }
        self.token.position = self.token.position.wrapping_add(1);
        true
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

    #[test]
    fn a_text_is_its_syllables_with_and_without_marks() {
        let (toned, plain) = prepare(&["Uỷ ban; Điều 11, Luật số 14/2012/QH13", "Hoà giải"]);
        assert_eq!(toned, "ủy ban điều 11 luật số 14 2012 qh13 hòa giải ");
        assert_eq!(plain, "uy ban dieu 11 luat so 14 2012 qh13 hoa giai ");
    }

    #[test]
    fn composed_and_decomposed_text_are_the_same() {
        let composed = "phổ biến, giáo dục";
        let apart: String = composed.nfd().collect();
        assert_ne!(composed, apart);
        assert_eq!(prepare(&[composed]), prepare(&[&apart]));
        let found = words(&apart);
        assert_eq!(found.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>(), ["pho", "bien", "giao", "duc"]);
        assert_eq!(apart.get(found[1].at.clone()).map(|word| word.nfc().collect::<String>()).as_deref(), Some("biến"));
    }

    #[test]
    fn runs_are_neighbours() {
        fn all<const N: usize>(text: &str) -> Vec<String> {
            let mut runs = Runs::<N>::default();
            let mut stream = runs.token_stream(text);
            let mut all = Vec::new();
            while stream.advance() {
                all.push(stream.token().text.clone());
            }
            all
        }
        assert_eq!(all::<2>("pho bien giao "), ["pho_bien", "bien_giao"]);
        assert_eq!(all::<3>("pho bien giao duc"), ["pho_bien_giao", "bien_giao_duc"]);
        assert!(all::<2>("mot").is_empty() && all::<3>("mot hai").is_empty() && all::<3>("").is_empty());
    }
}
