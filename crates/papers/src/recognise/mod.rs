//! Text → [`Paper`].

mod clean;
mod fold;
mod kinds;
mod tasks;

use crate::Paper;

/// Reads the structure of a paper from its text. Any text is answered; time and memory are linear in its length.
pub fn recognise(text: &str) -> Paper {
    let clean = clean::clean(text);
    let mut paper = Paper { text: clean.text.clone(), ..Paper::default() };
    tasks::fill(&clean, &mut paper);
    paper
}
