//! Words of a paper: runs that are plain, bold or italic, and runs that are live figures.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Words with their appearance, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Run>);

/// A stretch of words that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Bold?
    pub bold: bool,
    /// Italic?
    pub italic: bool,
    /// The source that the words stand for: a content control in DOCX, a link in PDF.
    pub reference: Option<String>,
}

impl Run {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Bold words.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: true, ..Self::default() }
    }

    /// Italic words.
    pub fn italic(text: impl Into<String>) -> Self {
        Self { text: text.into(), italic: true, ..Self::default() }
    }

    /// A live figure: `text` is what it says today, `id` (1 to 64 characters) where it comes from.
    pub fn reference(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { text: text.into(), reference: Some(id.into()), ..Self::default() }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(vec![Run::plain(text)])
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(vec![Run::plain(text)])
    }
}

impl From<Run> for Text {
    fn from(run: Run) -> Self {
        Self(vec![run])
    }
}

impl From<Vec<Run>> for Text {
    fn from(runs: Vec<Run>) -> Self {
        Self(runs)
    }
}

impl FromIterator<Run> for Text {
    fn from_iter<I: IntoIterator<Item = Run>>(runs: I) -> Self {
        Self(runs.into_iter().collect())
    }
}

impl Text {
    /// The words alone.
    pub fn words(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    /// Fit to print: see [`clean`]; blanks at both ends dropped, empty runs too unless they are references.
    pub(crate) fn cleaned(&self) -> Self {
        let mut runs: Vec<Run> = Vec::with_capacity(self.0.len());
        for run in &self.0 {
            let mut text = clean(&run.text);
            let blank_before = runs.last().is_none_or(|last| last.text.ends_with(' '));
            if blank_before && text.starts_with(' ') {
                text.remove(0);
            }
            if !text.is_empty() || run.reference.is_some() {
                runs.push(Run { text, ..run.clone() });
            }
        }
        if let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        Self(runs)
    }
}

/// Fit to print: NFC, every run of blanks one blank, no control characters, nothing that changes the direction of writing or that XML cannot hold.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        let unfit = matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
            || c == '\u{ad}';
        // the no-break space stays what it is
        let blank = c != '\u{a0}' && (c.is_whitespace() || c == '\u{b}');
        if blank {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !unfit && !c.is_control() {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_made_fit_to_print() {
        assert_eq!(clean("Uy\u{309} ban\u{0}\t\n  nhân\u{202e} dân\u{b}"), "Uỷ ban nhân dân ");
        let text: Text = vec![
            Run::plain("  Có "),
            Run::plain(" "),
            Run::reference("c1", "12"),
            Run::bold(" hội nghị "),
            Run::plain(" "),
        ]
        .into();
        let cleaned = text.cleaned();
        assert_eq!(cleaned.words(), "Có 12 hội nghị");
        assert_eq!(cleaned.0.len(), 3);
    }
}
