//! Letters without their marks, and the small questions asked of a line of Vietnamese.

use std::sync::LazyLock;

/// Bare letters of U+0000–U+024F and U+1E00–U+1EFF; a zero stands for a character that is looked up slowly.
static BARE: LazyLock<[u8; 0x350]> = LazyLock::new(|| {
    let mut table = [0; 0x350];
    for (at, slot) in table.iter_mut().enumerate() {
        let code = if at < 0x250 { at } else { at - 0x250 + 0x1e00 };
        let letter = u32::try_from(code).ok().and_then(char::from_u32).map(bare_slow);
        *slot = letter.filter(char::is_ascii).and_then(|c| u8::try_from(c).ok()).unwrap_or(0);
    }
    table
});

/// The letter without tone and vowel marks, in lower case ("Ề" → 'e', "Đ" → 'd').
pub(crate) fn bare_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = c as usize;
    let at = match code {
        0..0x250 => code,
        0x1e00..0x1f00 => code - 0x1e00 + 0x250,
        _ => return bare_slow(c),
    };
    match BARE.get(at) {
        Some(0) | None => bare_slow(c),
        Some(letter) => char::from(*letter),
    }
}

fn bare_slow(c: char) -> char {
    let c = c.to_lowercase().next().unwrap_or(c);
    match c {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ' | 'ẫ' | 'ậ' => {
            'a'
        }
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở' | 'ỡ' | 'ợ' => {
            'o'
        }
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        'đ' => 'd',
        '–' | '—' | '−' | '‐' | '‑' => '-',
        '“' | '”' => '"',
        c => c,
    }
}

/// The text without marks, lower case, runs of white space as one space, trimmed.
pub(crate) fn bare(text: &str) -> String {
    bare_of(text.chars(), text.len())
}

fn bare_of(chars: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length);
    let mut space = false;
    for c in chars {
        if c.is_whitespace() {
            space = !out.is_empty();
        } else {
            if space {
                out.push(' ');
                space = false;
            }
            out.push(bare_char(c));
        }
    }
    out
}

/// `bare` of at most the first `limit` characters: for looking at how a long line starts.
pub(crate) fn bare_start(text: &str, limit: usize) -> String {
    bare_of(text.chars().take(limit), limit)
}

/// Whether a character is a capital, and whether a small letter; those of Vietnamese without the tables of Unicode.
fn letter_case(c: char) -> (bool, bool) {
    match u32::from(c) {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde => (true, false),
        0x61..=0x7a | 0xdf..=0xf6 | 0xf8..=0xff => (false, true),
        0..0x80 | 0xd7 | 0xf7 | 0x2010..=0x2027 => (false, false),
        code @ 0x1ea0..=0x1eff => (code & 1 == 0, code & 1 == 1),
        0x110 | 0x102 | 0x1a0 | 0x1af => (true, false),
        0x111 | 0x103 | 0x1a1 | 0x1b0 => (false, true),
        _ => (c.is_uppercase(), c.is_lowercase()),
    }
}

/// All its letters are capitals (a stray small letter in ten is forgiven: "5G, IoT").
pub(crate) fn is_caps(text: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for c in text.chars() {
        let (capital, small) = letter_case(c);
        if capital {
            upper += 1;
        } else if small {
            lower += 1;
            if lower > 12 {
                return false;
            }
        }
    }
    upper >= 2 && lower * 10 <= upper
}

/// The first letter or digit of a text.
pub(crate) fn first_char(text: &str) -> Option<char> {
    text.chars().find(|c| !c.is_whitespace())
}

/// Bytes of the item label a line starts with ("- ", "1.2. ", "IV. ", "a) ", "Điều 3."), label only.
pub(crate) fn label(line: &str) -> Option<usize> {
    let mut chars = line.chars();
    let first = chars.next()?;
    match first {
        '-' | '–' | '—' | '+' | '•' | '●' | '·' | '▪' | '§' | '■' | '◦' => {
            let next = chars.next()?;
            (next.is_whitespace() || next.is_uppercase()).then_some(first.len_utf8())
        }
        '(' | '[' => {
            let close = if first == '(' { ')' } else { ']' };
            let inner = line.get(1..)?.split(close).next()?;
            let digits = !inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit());
            let letter = inner.chars().count() == 1 && inner.chars().all(char::is_lowercase);
            let at = 1 + inner.len();
            ((digits || letter) && line.get(at..)?.starts_with(close)).then_some(at + 1)
        }
        '0'..='9' => number_label(line),
        _ if first.is_alphabetic() => letter_label(line),
        _ => None,
    }
}

/// "1." "1.2." "1.2 X" "1)".
fn number_label(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let (mut at, mut parts) = (0usize, 0usize);
    loop {
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let digits = at - start;
        if digits == 0 || digits > 3 {
            return None;
        }
        parts += 1;
        match bytes.get(at) {
            Some(b'.') if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => at += 1,
            Some(b'.' | b')' | b'/') => {
                let slash = bytes.get(at) == Some(&b'/');
                let after = line.get(at + 1..)?.chars().next();
                let open = match after {
                    None => !slash,
                    Some(c) => c.is_whitespace() || (c.is_uppercase() && parts == 1 && !slash),
                };
                return (open && !(slash && parts > 1)).then_some(at + 1);
            }
            Some(b' ') if parts > 1 => {
                let next = line.get(at..)?.trim_start().chars().next()?;
                return (next.is_uppercase()).then_some(at);
            }
            _ => return None,
        }
    }
}

/// "IV." "a)" "B." "Điều 3." "Chương II" "Phụ lục" …
fn letter_label(line: &str) -> Option<usize> {
    let end = line.char_indices().take(9).find(|(_, c)| matches!(c, '.' | ')' | '/')).map(|(at, _)| at);
    if let Some(end) = end {
        let word = line.get(..end)?;
        let mark = line.get(end..)?.chars().next()?;
        let after = line.get(end + 1..)?.chars().next();
        let open = after.is_none_or(|c| c.is_whitespace() || (c.is_uppercase() && mark == ')'));
        let single = word.chars().count() == 1;
        let roman = !word.is_empty() && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'));
        let lower = single && word.chars().all(char::is_lowercase);
        let upper = single && word.chars().all(char::is_uppercase) && mark == '.';
        if (roman && mark != '/' || lower || upper) && open {
            return Some(end + 1);
        }
        // "IV.MỤC TIÊU"
        if roman && word.len() > 1 && mark == '.' && after.is_some_and(char::is_uppercase) {
            return Some(end + 1);
        }
    }
    if !line.starts_with(['Đ', 'C', 'P', 'M', 'D']) {
        return None;
    }
    let start = bare_start(line, 14);
    let mut words = start.split(' ');
    let (first, second) = (words.next()?, words.next()?);
    let number = second.trim_end_matches(['.', ':', ',']);
    let counted = !number.is_empty()
        && (number.bytes().all(|b| b.is_ascii_digit())
            || number.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l')));
    let capital = line.chars().next().is_some_and(char::is_uppercase);
    let named = matches!(first, "dieu" | "chuong" | "phan" | "muc") && counted && capital;
    let ended = second.ends_with(['.', ':']) || words.next().is_none() || first != "dieu";
    (named && ended).then(|| {
        line.char_indices().nth(first.chars().count() + 1 + second.chars().count()).map_or(line.len(), |(at, _)| at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_numbers() {
        for (line, want) in [
            ("- Bộ Tư pháp", Some(1)),
            ("1. Mục đích", Some(2)),
            ("1.2. Yêu cầu", Some(4)),
            ("1.2 Yêu cầu", Some(3)),
            ("IV. TỔ CHỨC", Some(3)),
            ("a) Giao", Some(2)),
            ("đ) Giao", Some("đ)".len())),
            ("(1) Bộ", Some(3)),
            ("Điều 3. Quyết định", Some("Điều 3.".len())),
            ("2138/QĐ-TTg ngày", None),
            ("1.925,7 kg", None),
            ("20.05.2019", None),
            ("2025 của", None),
            ("Điều kiện", None),
            ("v.v. và", None),
        ] {
            assert_eq!(label(line), want, "{line}");
        }
    }

    #[test]
    fn the_case_of_every_letter() {
        for c in '\0'..=char::MAX {
            assert_eq!(letter_case(c), (c.is_uppercase(), c.is_lowercase()), "{c:?}");
        }
    }

    #[test]
    fn marks_fall_away() {
        assert_eq!(bare("  QUYẾT  ĐỊNH "), "quyet dinh");
        assert!(is_caps("HẠ TẦNG 5G, IoT TRONG KHU CÔNG NGHIỆP"));
        assert!(!is_caps("Hạ tầng"));
    }
}
