//! Text → [`Paper`].
//!
//! [`clean`] prepares the text; each of the other modules reads one kind of thing from it.

mod citations;
mod clean;
mod date;
mod fold;
mod foot;
mod header;
mod kinds;
mod number;
mod tasks;
mod warnings;

pub use number::number_key;

use crate::Paper;

/// Reads the structure of a paper from its text. Any text is answered; time and memory are linear in its length.
pub fn recognise(text: &str) -> Paper {
    let clean = clean::clean(text);
    let mut paper = Paper { text: clean.text.clone(), ..Paper::default() };
    header::read(&clean, &mut paper);
    foot::read(&clean, &mut paper);
    header::finish(&clean, &mut paper);
    citations::read(&clean, &mut paper);
    warnings::add(&clean, &mut paper);
    tasks::fill(&clean, &mut paper);
    paper
}
