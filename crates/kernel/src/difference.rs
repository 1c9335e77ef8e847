//! What one text says otherwise than another, word by word.

use similar::{ChangeTag, TextDiff};

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the later one.
    New(String),
    /// Only in the earlier one.
    Gone(String),
}

/// The later text with what is new and what is gone; joined, the same and new words are the later text, the same and gone ones the earlier.
pub fn difference(old: &str, new: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let words = change.value();
        match (change.tag(), out.last_mut()) {
            (ChangeTag::Equal, Some(Piece::Same(text)))
            | (ChangeTag::Insert, Some(Piece::New(text)))
            | (ChangeTag::Delete, Some(Piece::Gone(text))) => text.push_str(words),
            (ChangeTag::Equal, _) => out.push(Piece::Same(words.to_owned())),
            (ChangeTag::Insert, _) => out.push(Piece::New(words.to_owned())),
            (ChangeTag::Delete, _) => out.push(Piece::Gone(words.to_owned())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_texts_are_in_their_difference(old in "[ab \\n]{0,60}", new in "[ab \\n]{0,60}") {
            let (mut before, mut after) = (String::new(), String::new());
            for piece in difference(&old, &new) {
                match piece {
                    Piece::Same(text) => { before += &text; after += &text; }
                    Piece::New(text) => after += &text,
                    Piece::Gone(text) => before += &text,
                }
            }
            prop_assert_eq!(before, old);
            prop_assert_eq!(after, new);
        }
    }
}
