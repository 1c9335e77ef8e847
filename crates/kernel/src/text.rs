//! Vietnamese text: folding for search and comparison, the two ways of placing tone marks, numbers on screen.

use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds for search: case, tone marks and letter marks dropped, `đ` → `d`, every run of other signs one space.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        fold_char(c, |c| {
            if c.is_alphanumeric() {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(c);
            } else {
                gap = true;
            }
        });
    }
    out
}

/// Gives what a character folds to: itself in lower case without marks; nothing for a mark.
pub fn fold_char(c: char, mut each: impl FnMut(char)) {
    /// One character each of Latin with marks, as long as it folds to exactly one; else NUL.
    static LATIN: LazyLock<Vec<char>> = LazyLock::new(|| {
        ('\0'..'\u{2000}')
            .map(|c| {
                let mut folded = folded(c);
                folded.next().filter(|_| folded.next().is_none()).unwrap_or('\0')
            })
            .collect()
    });
    if c.is_ascii() {
        return each(c.to_ascii_lowercase());
    }
    match LATIN.get(c as usize) {
        Some('\0') | None => folded(c).for_each(each),
        Some(known) => each(*known),
    }
}

fn folded(c: char) -> impl Iterator<Item = char> {
    let bare = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    bare.map(|c| if c == 'đ' { 'd' } else { c })
}

/// A name for comparison with tones kept: NFC, lower case, new tone placement, white space collapsed.
pub fn name_key(text: &str) -> String {
    let lower: String = text.nfc().flat_map(char::to_lowercase).collect();
    normalise_tone(&lower.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Old placing of tones (`hoà`, `uỷ`) becomes the new one (`hòa`, `ủy`) where the syllable is open; `quý` stays.
pub fn normalise_tone(text: &str) -> String {
    const PAIRS: [(char, &str, &str); 3] = [('o', "àáảãạ", "òóỏõọ"), ('o', "èéẻẽẹ", "òóỏõọ"), ('u', "ỳýỷỹỵ", "ùúủũụ")];
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let chars: Vec<char> = text.nfc().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while let Some(&first) = chars.get(i) {
        let moved = chars.get(i + 1).and_then(|&second| {
            let open = chars.get(i + 2).is_none_or(|c| !c.is_alphabetic());
            let after_q = i > 0 && matches!(chars.get(i - 1), Some('q' | 'Q'));
            if !open || after_q {
                return None;
            }
            PAIRS.iter().filter(|(vowel, ..)| *vowel == lower(first)).find_map(|(_, old, new)| {
                let at = old.chars().position(|c| c == lower(second))?;
                let marked = new.chars().nth(at)?;
                let marked = if first.is_uppercase() { marked.to_uppercase().next()? } else { marked };
                Some((marked, second.nfd().next()?))
            })
        });
        match moved {
            Some((marked, plain)) => {
                out.push(marked);
                out.push(plain);
                i += 2;
            }
            None => {
                out.push(first);
                i += 1;
            }
        }
    }
    out
}

/// `1234567` → `1.234.567`.
pub fn display_number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    out
}

/// So many bytes: `12 KB`, `1,2 MB`.
pub fn file_size(bytes: i64) -> String {
    if bytes < 1 << 20 {
        format!("{} KB", (bytes + 1023) / 1024)
    } else {
        format!("{},{} MB", display_number(bytes >> 20), ((bytes & 0xF_FFFF) * 10) >> 20)
    }
}

/// At most `limit` characters, with an ellipsis when something was left out; words stay whole, a word longer than the limit does not.
pub fn shorten(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let (kept, left) = text.split_at(end);
    let whole = left.starts_with(char::is_whitespace);
    let kept =
        kept.rfind(char::is_whitespace).filter(|_| !whole).map_or(kept, |space| kept.get(..space).unwrap_or(kept));
    format!("{}…", kept.trim_end())
}

/// An address made from a heading: folded, words joined by hyphens, at most 80 signs; empty when there is no word in it.
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for word in fold(title).split(' ').filter(|word| word.is_ascii() && !word.is_empty()) {
        if out.len() + word.len() >= 80 {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_drops_marks_and_signs() {
        assert_eq!(fold("Uỷ ban Nhân dân – tỉnh ĐẮK LẮK"), "uy ban nhan dan tinh dak lak");
        assert_eq!(fold("  "), "");
        assert_eq!(fold("Nghị định số 13/2024/NĐ-CP; ủy ban"), "nghi dinh so 13 2024 nd cp uy ban");
    }

    #[test]
    fn tones_move_only_in_open_syllables() {
        assert_eq!(normalise_tone("hoà, Uỷ ban, thuỷ lợi, khoẻ"), "hòa, Ủy ban, thủy lợi, khỏe");
        assert_eq!(normalise_tone("quý, hoàn thành, quỹ, tuần"), "quý, hoàn thành, quỹ, tuần");
        assert_eq!(name_key("UỶ  BAN"), "ủy ban");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(display_number(1_234_567), "1.234.567");
        assert_eq!(display_number(-1000), "-1.000");
        assert_eq!(display_number(12), "12");
    }

    #[test]
    fn shortening_counts_characters() {
        assert_eq!(shorten("Ủy ban", 10), "Ủy ban");
        assert_eq!(shorten("Ủy ban nhân dân", 6), "Ủy ban…");
        assert_eq!(shorten("Ủy ban nhân dân", 9), "Ủy ban…");
        assert_eq!(shorten("https://example.vn", 5), "https…");
    }

    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        assert_eq!([1, 2048, 1_300_000].map(file_size), ["1 KB", "2 KB", "1,2 MB"]);
    }
}
