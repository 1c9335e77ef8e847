//! Many words looked for at once: at the beginning of a text, inside it, or as the whole of it.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use aho_corasick::AhoCorasick;

/// Words a text may begin with, none the beginning of another.
pub(crate) struct Starts {
    words: Vec<&'static str>,
    /// Where the words that begin with a byte stand: the first of them, and one past the last.
    places: [(u16, u16); 256],
}

impl Starts {
    /// The words of a list written with bars between them.
    pub fn new(list: &'static str) -> Self {
        let mut words: Vec<&'static str> = list.split('|').collect();
        words.sort_unstable();
        words.dedup_by(|longer, shorter| longer.starts_with(*shorter));
        let mut places = [(0, 0); 256];
        for (at, word) in (0u16..).zip(&words) {
            let place = &mut places[usize::from(word.as_bytes().first().copied().unwrap_or(0))];
            *place = (if place.1 == 0 { at } else { place.0 }, at + 1);
        }
        Self { words, places }
    }

    /// The text begins with one of them.
    pub fn begin(&self, text: &str) -> bool {
        let Some(first) = text.as_bytes().first() else { return false };
        let (from, to) = self.places[usize::from(*first)];
        let words = self.words.get(usize::from(from)..usize::from(to)).unwrap_or_default();
        words.iter().any(|word| text.starts_with(word))
    }
}

/// Words a text may hold.
pub(crate) struct Inside(Option<AhoCorasick>);

impl Inside {
    /// Prepares to look for them.
    pub fn new(words: &[&str]) -> Self {
        Self(AhoCorasick::new(words).ok())
    }

    /// The text holds one of them.
    pub fn is_in(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|words| words.is_match(text))
    }
}

/// A set of fixed words.
pub(crate) type Lexicon = HashSet<&'static str, BuildHasherDefault<Quick>>;

/// Hashes short words fast; only for words that are ours.
#[derive(Default)]
pub(crate) struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.mix(chunk.try_into().map_or(0, u64::from_le_bytes));
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            self.mix(rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }
}

impl Quick {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORDS: &str = "ab|a|b|abc|đ|đb|cab|ca b";
    const FEW: &str = "ab|cab|đb|ca b";

    proptest! {
        #[test]
        fn it_is_the_same_as_trying_each(text in "[abcđ ]{0,5}") {
            for list in [WORDS, FEW] {
                assert_eq!(Starts::new(list).begin(&text), list.split('|').any(|word| text.starts_with(word)));
                let words: Vec<&str> = list.split('|').collect();
                assert_eq!(Inside::new(&words).is_in(&text), words.iter().any(|word| text.contains(word)));
                assert_eq!(list.split('|').collect::<Lexicon>().contains(text.as_str()), words.contains(&text.as_str()));
            }
        }
    }
}
