//! Some words of a text around those that were looked for.

use std::ops::Range;

use super::words::each_word;

/// Some words, looked for or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Were they looked for?
    pub found: bool,
}

/// How much of a long text is looked at, in bytes.
const READ: usize = 12_000;

/// At most `most` syllables of a text, those with the most different words of `sought` (folded, in order).
pub(super) fn excerpt(text: &str, sought: &[String], most: usize) -> Vec<Piece> {
    let end = (0..=READ.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let read = text.get(..end).unwrap_or_default();
    let mut all: Vec<(Range<usize>, Option<usize>)> = Vec::with_capacity(read.len() / 5);
    each_word(read, |at, folded| {
        let which = sought.binary_search_by(|word| word.as_str().cmp(folded)).ok();
        all.push((at, which));
    });
    let (from, to) = window(&all, sought.len(), most);
    let Some(shown) = all.get(from..to).filter(|shown| !shown.is_empty()) else { return Vec::new() };
    let start = if from == 0 { 0 } else { shown.first().map_or(0, |(at, _)| at.start) };
    let stop = if to == all.len() { read.len() } else { shown.last().map_or(0, |(at, _)| at.end) };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |range: Range<usize>, found: bool| {
        let words = read.get(range).unwrap_or_default();
        if words.is_empty() {
            return;
        }
        match pieces.last_mut() {
            Some(last) if last.found == found => last.text.push_str(words),
            _ => pieces.push(Piece { text: words.to_owned(), found }),
        }
    };
    let mut at = start;
    let mut before = false;
    for (range, which) in shown {
        let found = which.is_some();
        // Between two words that were looked for, the gap is marked with them.
        add(at..range.start, found && before);
        add(range.clone(), found);
        at = range.end;
        before = found;
    }
    add(at..stop, false);
    if from > 0 {
        pieces.insert(0, Piece { text: "… ".into(), found: false });
    }
    if to < all.len() || end < text.len() {
        pieces.push(Piece { text: " …".into(), found: false });
    }
    pieces
}

/// The stretch of at most `most` words with the most different sought ones; among equals the one with more of them, then the first. It begins a few words
/// before the first of them.
fn window(all: &[(Range<usize>, Option<usize>)], sought: usize, most: usize) -> (usize, usize) {
    if all.len() <= most {
        return (0, all.len());
    }
    let mut counts = vec![0u32; sought];
    let (mut different, mut hits) = (0, 0);
    let mut best = (0, 0, 0);
    for at in 0..all.len() {
        if let Some(count) = all.get(at).and_then(|(_, which)| *which).and_then(|which| counts.get_mut(which)) {
            different += usize::from(*count == 0);
            *count += 1;
            hits += 1;
        }
        if let Some(gone) = at.checked_sub(most).and_then(|gone| all.get(gone))
            && let Some(count) = gone.1.and_then(|which| counts.get_mut(which))
        {
            *count -= 1;
            different -= usize::from(*count == 0);
            hits -= 1;
        }
        if (different, hits) > (best.0, best.1) {
            best = (different, hits, at);
        }
    }
    let from = (best.2 + 1).saturating_sub(most);
    let first = all.get(from..).and_then(|rest| rest.iter().position(|(_, which)| which.is_some())).unwrap_or(0);
    let from = (from + first).saturating_sub(most / 6).min(all.len() - most);
    (from, from + most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| if piece.found { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
    }

    #[test]
    fn found_words_are_marked_with_the_gap_between_them() {
        let sought = ["giai".to_owned(), "hoa".to_owned()];
        assert_eq!(shown(&excerpt("Luật Hòa giải ở cơ sở.", &sought, 40)), "Luật [Hòa giải] ở cơ sở.");
        assert_eq!(shown(&excerpt("", &sought, 40)), "");
    }

    #[test]
    fn the_best_stretch_is_shown() {
        let text =
            format!("{} hòa nhạc. {} tổ hòa giải ở thôn {}", "chữ ".repeat(50), "chữ ".repeat(50), "sau ".repeat(50));
        let sought = ["giai".to_owned(), "hoa".to_owned()];
        let pieces = excerpt(&text, &sought, 20);
        let whole = shown(&pieces);
        assert!(whole.starts_with("… ") && whole.ends_with(" …") && whole.contains("tổ [hòa giải] ở thôn"), "{whole}");
        assert!(!whole.contains("nhạc"));
    }
}
