//! The words of one cell.

use unicode_normalization::UnicodeNormalization;

use super::{Word, printed};
use crate::read::layout::add;

/// Lines joined to one text.
pub(super) fn text(words: Vec<Word>) -> String {
    let lines = printed(words);
    let long = |line: &[Word]| line.last().zip(line.first()).map_or(0.0, |(last, first)| last.right - first.left);
    let widest = lines.iter().map(|line| long(line)).fold(0.0, f32::max);
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let words: Vec<&str> = line.iter().map(|word| word.text.as_str()).collect();
        let words = words.join(" ");
        // A word alone on its line, beside which not one letter more has room, may be cut, not ended.
        let letter =
            line.first().map_or(0.0, |next| (next.right - next.left) / next.text.chars().count().max(1) as f32);
        let cut = match at.checked_sub(1).and_then(|above| lines.get(above)).map(Vec::as_slice) {
            Some([only]) => only.right - only.left + 1.5 * letter > widest,
            _ => false,
        };
        if cut && whole(&out, &words) {
            out.push_str(&words);
        } else {
            add(&mut out, &words);
        }
    }
    out
}

/// Is what a narrow cell cut in two one word: "31/12/202" "6", "DLQGV" "N", "thườn" "g", "VHTT" ";"? Part of a
/// syllable has no vowel.
fn whole(before: &str, after: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or_default();
    let end = word.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let start = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    match (word.chars().next_back(), after.chars().next()) {
        (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => word.contains(['/', '.', '-']),
        // "NĐ-CP" "ngày": what stands in capitals is no beginning of a syllable.
        (Some(a), Some(b)) if a.is_uppercase() && b.is_lowercase() && end.len() > a.len_utf8() => !vowel(start),
        (Some(a), Some(b)) if a.is_alphabetic() && b.is_alphabetic() => !(vowel(end) && vowel(start)),
        (Some(_), Some(b)) => matches!(b, ';' | ',' | '.' | ':' | ')'),
        _ => false,
    }
}

fn vowel(word: &str) -> bool {
    word.nfd().any(|c| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cut_by_narrow_cells_are_whole_again() {
        for (a, b) in [("31/12/202", "6"), ("DLQGV", "N"), ("71-NQ/T", "W ngày"), ("Trun", "g"), ("VHTTDL", "; (2)")] {
            assert!(whole(a, b), "{a} {b}");
        }
        for (a, b) in
            [("THỜI", "GIAN"), ("20/NĐ-CP", "ngày"), ("2025", "2026"), ("nghiệp", "vụ"), ("Quý", "4"), ("ngành", "(1)")]
        {
            assert!(!whole(a, b), "{a} {b}");
        }
    }
}
