//! Bytes → Unicode NFC: UTF-8, UTF-16, Windows-1258 and the legacy Vietnamese encodings TCVN3 (ABC) and VNI-Windows.
//!
//! The legacy ones carry no mark, so every reading is tried and the one with the most common Vietnamese words wins.

mod tables;

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub(super) use tables::{cp1252, tcvn3, vni};

/// How much of a text is looked at to choose an encoding.
const SAMPLE: usize = 256 << 10;

/// Encodings from before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Legacy {
    /// TCVN 5712 VN3, fonts `.Vn…`.
    Tcvn3,
    /// VNI-Windows, fonts `VNI-…`.
    Vni,
    /// Windows-1258.
    Windows1258,
}

impl Legacy {
    /// Name for people.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
            Self::Windows1258 => "Windows-1258",
        }
    }

    /// What a font name says of the text set in it.
    pub(super) fn of_font(font: &str) -> Option<Self> {
        let font = font.trim().to_ascii_lowercase();
        if font.starts_with(".vn") {
            Some(Self::Tcvn3)
        } else if font.starts_with("vni-") || font.starts_with("vni ") {
            Some(Self::Vni)
        } else {
            None
        }
    }

    /// Converts text whose characters stand for single bytes of this encoding.
    pub(super) fn convert(self, text: &str) -> String {
        let decoded = match self {
            Self::Tcvn3 => text.chars().map(|c| tables::byte_of(c).map_or(c, tcvn3)).collect(),
            Self::Vni => vni(text),
            Self::Windows1258 => text.chars().map(|c| tables::byte_of(c).map_or(c, tables::cp1258)).collect::<String>(),
        };
        nfc(decoded)
    }
}

/// Brings text to NFC; text that is already there is not copied.
pub(super) fn nfc(text: String) -> String {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() }
}

/// Decodes a plain text file.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<Legacy>) {
    if let Some(text) = decode_utf16(bytes) {
        return (nfc(text), None);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => repair(nfc(text.to_owned())),
        // A long file with a few bad bytes is damaged UTF-8, not something else.
        Err(_) if mostly_utf8(bytes) => (nfc(String::from_utf8_lossy(bytes).into_owned()), None),
        Err(_) => {
            let raw: String = bytes.iter().map(|b| cp1252(*b)).collect();
            let kind = best(&raw, &[Legacy::Windows1258, Legacy::Tcvn3, Legacy::Vni]).unwrap_or(Legacy::Windows1258);
            (kind.convert(&raw), Some(kind))
        }
    }
}

/// Repairs Unicode text that is really legacy bytes read as Western ("Céng hßa x· héi").
pub(super) fn repair(text: String) -> (String, Option<Legacy>) {
    match best(&text, &[Legacy::Tcvn3, Legacy::Vni]) {
        Some(kind) => (kind.convert(&text), Some(kind)),
        None => (text, None),
    }
}

/// The encoding whose reading shows clearly more Vietnamese than the text as it stands.
fn best(raw: &str, kinds: &[Legacy]) -> Option<Legacy> {
    let mut end = raw.len().min(SAMPLE);
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &raw[..end];
    // Without Western letters in it there is nothing to convert.
    if !sample.chars().any(|c| ('\u{a1}'..='\u{ff}').contains(&c)) {
        return None;
    }
    let plain = score(sample);
    let found = kinds.iter().map(|kind| (score(&kind.convert(sample)), *kind)).max_by_key(|(points, _)| *points)?;
    (found.0 >= 2 && found.0 > plain.saturating_mul(2)).then_some(found.1)
}

/// Frequent words of official papers, each with a mark that only the right reading shows.
const WORDS: &[&str] = &[
    "và",
    "của",
    "các",
    "ngày",
    "tháng",
    "năm",
    "số",
    "việc",
    "thực",
    "hiện",
    "cộng",
    "hòa",
    "hoà",
    "xã",
    "hội",
    "chủ",
    "nghĩa",
    "việt",
    "độc",
    "lập",
    "tự",
    "hạnh",
    "phúc",
    "quyết",
    "định",
    "kế",
    "hoạch",
    "công",
    "văn",
    "ủy",
    "uỷ",
    "tỉnh",
    "thành",
    "phố",
    "huyện",
    "sở",
    "bộ",
    "tư",
    "pháp",
    "luật",
    "nhiệm",
    "vụ",
    "tổ",
    "chức",
    "đơn",
    "vị",
    "cơ",
    "được",
    "có",
    "để",
    "từ",
    "đến",
    "theo",
    "với",
    "cho",
    "về",
    "tại",
    "là",
    "không",
    "những",
    "người",
    "phối",
    "hợp",
    "điều",
    "căn",
    "cứ",
    "nghị",
    "nơi",
    "nhận",
    "lưu",
    "kính",
    "gửi",
    "trưởng",
    "tịch",
    "trì",
    "thời",
    "gian",
    "báo",
    "cáo",
];

fn score(text: &str) -> usize {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_ascii() && word.len() <= 12)
        .filter(|word| WORDS.contains(&word.to_lowercase().as_str()))
        .count()
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let mut bad = 0usize;
    let mut good = 0usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad.saturating_mul(20)
}

fn decode_utf16(bytes: &[u8]) -> Option<String> {
    let (body, little) = match bytes {
        [0xff, 0xfe, body @ ..] => (body, true),
        [0xfe, 0xff, body @ ..] => (body, false),
        // Without a mark: Western and Vietnamese text has a zero in about every second byte.
        _ => {
            let sample = &bytes[..bytes.len().min(4096)];
            let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
            let half = sample.len() / 2;
            match (zeros(0), zeros(1)) {
                (even, odd) if half >= 8 && odd * 2 > half && even * 10 < half => (bytes, true),
                (even, odd) if half >= 8 && even * 2 > half && odd * 10 < half => (bytes, false),
                _ => return None,
            }
        }
    };
    let units = body.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    });
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect())
}

/// XML parts are UTF-8 unless a UTF-16 mark says otherwise.
pub(super) fn xml_text(bytes: Vec<u8>) -> String {
    match decode_utf16(&bytes) {
        Some(text) => text,
        None => match String::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned),
            Err(bad) => String::from_utf8_lossy(bad.as_bytes()).into_owned(),
        },
    }
}

/// Converts one run set in a legacy font. `.VnTimeH` and its like show small letters as capitals.
pub(super) fn convert_run<'a>(text: &'a str, font: &str) -> Option<(Cow<'a, str>, Legacy)> {
    let kind = Legacy::of_font(font)?;
    if text.chars().any(is_modern) {
        return None;
    }
    let converted = kind.convert(text);
    let capitals = kind == Legacy::Tcvn3 && font.trim_end().ends_with('H');
    let converted = if capitals { converted.to_uppercase() } else { converted };
    Some((Cow::Owned(converted), kind))
}

/// A letter that only Unicode text has.
pub(super) fn is_modern(c: char) -> bool {
    matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' | 'ư' | 'Ư')
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOTTO: &str =
        "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc\nSố 12, ngày 05 tháng 6 năm 2025";
    const TCVN3: &str =
        "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc\nSè 12, ngµy 05 th¸ng 6 n¨m 2025";
    const VNI: &str = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nÑoäc laäp - Töï do - Haïnh phuùc\nSoá 12, ngaøy 05 thaùng 6 naêm 2025";

    fn bytes(text: &str) -> Vec<u8> {
        text.chars().filter_map(tables::byte_of).collect()
    }

    #[test]
    fn legacy_bytes_are_told_apart() {
        assert_eq!(decode(&bytes(TCVN3)), (MOTTO.to_owned(), Some(Legacy::Tcvn3)));
        assert_eq!(decode(&bytes(VNI)), (MOTTO.to_owned(), Some(Legacy::Vni)));
        let w1258 = b"C\xf4\xf2ng h\xf2a x\xe3\xde";
        assert!(decode(w1258).1.is_some());
    }

    #[test]
    fn windows_1258_composes() {
        // "Cộng hòa, số, ngày" with combining marks after the letter.
        let text = b"C\xf4\xf2ng ho\xcca, s\xf4\xec, ng\xe0y, Vi\xea\xf2t Nam, \xf0\xf4\xf2c l\xe2\xf2p";
        let (text, kind) = decode(text);
        assert_eq!(text, "Cộng hòa, số, ngày, Việt Nam, độc lập");
        assert_eq!(kind, Some(Legacy::Windows1258));
    }

    #[test]
    fn mojibake_in_unicode_is_repaired() {
        assert_eq!(repair(TCVN3.to_owned()), (MOTTO.to_owned(), Some(Legacy::Tcvn3)));
        assert_eq!(repair(VNI.to_owned()), (MOTTO.to_owned(), Some(Legacy::Vni)));
        assert_eq!(repair(MOTTO.to_owned()), (MOTTO.to_owned(), None));
        let french = "Été à la plage, où l'on a déjeuné près du château".to_owned();
        assert_eq!(repair(french.clone()), (french, None));
    }

    #[test]
    fn unicode_forms() {
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(MOTTO.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&utf16), (MOTTO.to_owned(), None));
        let unmarked: Vec<u8> = "Quyet dinh so 12".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&unmarked).0, "Quyet dinh so 12");
        let decomposed: String = MOTTO.nfd().collect();
        assert_eq!(decode(decomposed.as_bytes()).0, MOTTO);
        let marked = [b"\xef\xbb\xbf", MOTTO.as_bytes()].concat();
        assert_eq!(decode(&marked).0, MOTTO);
    }

    #[test]
    fn capital_fonts() {
        let (text, kind) = convert_run("ñy ban nh©n d©n", ".VnTimeH").unwrap();
        assert_eq!((text.as_ref(), kind), ("ỦY BAN NHÂN DÂN", Legacy::Tcvn3));
        assert!(convert_run("Ủy ban", ".VnTime").is_none());
        assert!(convert_run("abc", "Times New Roman").is_none());
    }
}
