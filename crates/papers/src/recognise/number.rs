//! Numbers and symbols of papers ("164/KH-UBND", "80-KL/TW").

/// A number as printed, read at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    /// Without spaces; the ordinal may be missing.
    pub value: String,
    /// Bytes read.
    pub length: usize,
}

/// Reads a number at the start of `text`: spaces beside `/`, `-` and `&` are forgiven.
pub(crate) fn printed_at(text: &str) -> Option<Printed> {
    let mut value = String::new();
    let mut length = 0;
    for (at, c) in text.char_indices() {
        let taken = match c {
            '–' | '‐' | '‑' => Some('-'),
            c if c.is_alphanumeric() || matches!(c, '/' | '-' | '&' | '_' | '\'' | '’') => Some(c),
            '.' | ',' if value.is_empty() => None,
            c if c.is_whitespace() => {
                let next = text.get(at..).unwrap_or("").trim_start_matches([' ', '\t']).chars().next();
                let glued = value.is_empty()
                    || value.ends_with(['/', '-', '&'])
                    || next.is_some_and(|next| {
                        matches!(next, '/' | '&') || (matches!(next, '-' | '–') && joins(text, at, &value))
                    });
                if !glued || c == '\n' {
                    break;
                }
                None
            }
            _ => break,
        };
        length = at + c.len_utf8();
        if let Some(c) = taken {
            value.push(c);
        }
        if value.len() > 60 {
            return None;
        }
    }
    let value = value.trim_end_matches(['-', '/', '&', '_', '\'', '’']).to_owned();
    (value.contains(['/', '-']) && value.chars().any(char::is_uppercase)).then_some(Printed { value, length })
}

/// A dash after a space belongs to the symbol only when letters of a symbol stand right behind it.
fn joins(text: &str, at: usize, value: &str) -> bool {
    let rest = text.get(at..).unwrap_or("").trim_start().trim_start_matches(['-', '–']).trim_start();
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    value.contains('/') && word.chars().count() >= 2 && word.chars().filter(|c| c.is_uppercase()).count() >= 2
        || (!value.contains('/') && rest.chars().take_while(|c| c.is_alphanumeric() || *c == '/').any(|c| c == '/'))
}

/// It looks like a whole number: digits first, then a symbol with a capital.
pub(crate) fn is_number(value: &str) -> bool {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let rest = value.get(digits..).unwrap_or("");
    let rest = rest.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(rest);
    let capitals = rest.chars().filter(|c| c.is_uppercase()).count();
    (1..=6).contains(&digits) && rest.starts_with(['/', '-']) && capitals >= 2 && !rest.contains("//")
}

/// A key under which printings of one number meet: "98-KH/BCĐCT32" and "98/KH-BCĐCT32" are one.
pub fn number_key(number: &str) -> String {
    let folded = number.to_uppercase();
    let mut key = String::with_capacity(folded.len());
    for part in folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if key.is_empty() {
            let trimmed = part.trim_start_matches('0');
            key.push_str(if trimmed.is_empty() { "0" } else { trimmed });
        } else {
            key.push('-');
            key.push_str(part);
        }
    }
    key
}

/// The part of the symbol that names the agency ("UBND" of "164/KH-UBND", "BTP" of "2159/BTP-PBGDPL"), and whether
/// the symbol names a kind of paper.
pub(crate) fn agency_of(number: &str) -> (Option<&str>, Option<&'static str>) {
    let parts: Vec<&str> = number.split(['/', '-']).filter(|part| !part.is_empty()).collect();
    let symbols: Vec<&str> = parts.into_iter().filter(|part| part.starts_with(char::is_alphabetic)).collect();
    let kind = symbols.first().and_then(|first| super::kinds::by_abbreviation(first));
    let agency = if kind.is_some() { symbols.get(1) } else { symbols.first() };
    (agency.copied(), kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_whole() {
        for (text, want) in [
            (" 164 /KH-UBND ngày", "164/KH-UBND"),
            ("4085/UBND - ĐT", "4085/UBND-ĐT"),
            ("15972/SXD-QLN& TTBĐS ngày", "15972/SXD-QLN&TTBĐS"),
            ("132- KL/TW;", "132-KL/TW"),
            ("9512/TTr- SNN-CCTL", "9512/TTr-SNN-CCTL"),
            ("57-NQ/TW", "57-NQ/TW"),
            ("14/2012/QH13", "14/2012/QH13"),
            ("32-CT/TW - Ban", "32-CT/TW"),
        ] {
            assert_eq!(printed_at(text).map(|p| p.value).as_deref(), Some(want), "{text}");
        }
        assert_eq!(printed_at("12 ngày"), None);
    }

    #[test]
    fn one_paper_has_one_key() {
        assert_eq!(number_key("98-KH/BCĐCT32"), number_key("98/KH-BCĐCT32"));
        assert_eq!(number_key("08/CT-TTg"), number_key("8/CT-TTG"));
        assert_ne!(number_key("8/CT-TTg"), number_key("80/CT-TTg"));
    }

    #[test]
    fn symbols_name_agencies() {
        assert_eq!(agency_of("164/KH-UBND"), (Some("UBND"), Some("Kế hoạch")));
        assert_eq!(agency_of("2159/BTP-PBGDPL"), (Some("BTP"), None));
        assert_eq!(agency_of("80-KL/TW"), (Some("TW"), Some("Kết luận")));
    }
}
