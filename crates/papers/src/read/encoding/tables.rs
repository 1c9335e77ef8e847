//! Code tables of Windows-1252, Windows-1258, TCVN3 and VNI-Windows.

/// Windows-1252 from 0x80 to 0x9F; holes map to the control of the same number.
const CP1252_HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// TCVN3 from 0xA1; a space marks codes that the encoding does not use.
const TCVN3_HIGH: &str =
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ ";

/// Windows-1252.
pub(in crate::read) fn cp1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => CP1252_HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The Windows-1252 byte shown as this character.
pub(super) fn byte_of(c: char) -> Option<u8> {
    match c {
        '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        // The micro sign is often normalised to the Greek letter.
        'μ' => Some(0xb5),
        _ => CP1252_HIGH.iter().position(|known| *known == c).and_then(|i| u8::try_from(i + 0x80).ok()),
    }
}

/// Windows-1258; marks are combining characters.
pub(super) fn cp1258(byte: u8) -> char {
    match byte {
        0xc3 => 'Ă',
        0xcc => '\u{300}',
        0xd0 => 'Đ',
        0xd2 => '\u{309}',
        0xd5 => 'Ơ',
        0xdd => 'Ư',
        0xde => '\u{303}',
        0xe3 => 'ă',
        0xec => '\u{301}',
        0xf0 => 'đ',
        0xf2 => '\u{323}',
        0xf5 => 'ơ',
        0xfd => 'ư',
        0xfe => '₫',
        _ => cp1252(byte),
    }
}

/// TCVN3 (ABC).
pub(in crate::read) fn tcvn3(byte: u8) -> char {
    match byte.checked_sub(0xa1).and_then(|i| TCVN3_HIGH.chars().nth(usize::from(i))) {
        Some(c) if c != ' ' => c,
        _ => cp1252(byte),
    }
}

/// VNI-Windows: a letter followed by a mark, both single bytes shown as Western letters. The result is not normalised.
pub(in crate::read) fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut vowel = false;
    for c in text.chars() {
        if vowel && let Some(marks) = vni_mark(c) {
            out.push_str(marks);
            vowel = false;
            continue;
        }
        let letter = vni_letter(c);
        vowel = matches!(letter.to_lowercase().next(), Some('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ơ' | 'ư'));
        out.push(letter);
    }
    out
}

fn vni_letter(c: char) -> char {
    match c {
        'ô' => 'ơ',
        'Ô' => 'Ơ',
        'ö' => 'ư',
        'Ö' => 'Ư',
        'ñ' => 'đ',
        'Ñ' => 'Đ',
        'æ' => 'ỉ',
        'Æ' => 'Ỉ',
        'ó' => 'ĩ',
        'Ó' => 'Ĩ',
        'ò' => 'ị',
        'Ò' => 'Ị',
        'î' => 'ỵ',
        'Î' => 'Ỵ',
        _ => c,
    }
}

fn vni_mark(c: char) -> Option<&'static str> {
    Some(match c {
        'ù' | 'Ù' => "\u{301}",
        'ø' | 'Ø' => "\u{300}",
        'û' | 'Û' => "\u{309}",
        'õ' | 'Õ' => "\u{303}",
        'ï' | 'Ï' => "\u{323}",
        'â' | 'Â' => "\u{302}",
        'á' | 'Á' => "\u{302}\u{301}",
        'à' | 'À' => "\u{302}\u{300}",
        'å' | 'Å' => "\u{302}\u{309}",
        'ã' | 'Ã' => "\u{302}\u{303}",
        'ä' | 'Ä' => "\u{323}\u{302}",
        'ê' | 'Ê' => "\u{306}",
        'é' | 'É' => "\u{306}\u{301}",
        'è' | 'È' => "\u{306}\u{300}",
        'ú' | 'Ú' => "\u{306}\u{309}",
        'ü' | 'Ü' => "\u{306}\u{303}",
        'ë' | 'Ë' => "\u{323}\u{306}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tcvn3_has_every_code() {
        assert_eq!(TCVN3_HIGH.chars().count(), 0xff - 0xa1 + 1);
        for (byte, c) in [(0xa7, 'Đ'), (0xb5, 'à'), (0xb9, 'ạ'), (0xbb, 'ằ'), (0xbe, 'ắ'), (0xc6, 'ặ'), (0xcc, 'è')]
        {
            assert_eq!(tcvn3(byte), c);
        }
        for (byte, c) in [(0xce, 'ẻ'), (0xd8, 'ỉ'), (0xdc, 'ĩ'), (0xdf, 'ò'), (0xe1, 'ỏ'), (0xef, 'ù'), (0xf1, 'ủ')]
        {
            assert_eq!(tcvn3(byte), c);
        }
        assert_eq!(tcvn3(0xfe), 'ỵ');
    }
}
