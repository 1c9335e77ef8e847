//! Login names.

use std::collections::HashSet;

use kernel::text;

/// Is it a login name: 3–64 small letters, digits, dots and dashes, beginning with a letter?
pub fn is_valid(login: &str) -> bool {
    (3..=64).contains(&login.len())
        && login.starts_with(|c: char| c.is_ascii_lowercase())
        && login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'))
}

/// A login name for a Vietnamese full name, given name first ("Vàng Seo Páo" → `pao.vang`), not among `taken`;
/// the new one is added there.
pub fn propose(name: &str, taken: &mut HashSet<String>) -> String {
    let folded = text::fold(name);
    let ascii: String = folded.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
    let words: Vec<&str> = ascii.split(' ').filter(|word| !word.is_empty()).collect();
    let mut base = match words.as_slice() {
        [] => "can.bo".to_owned(),
        [only] => (*only).to_owned(),
        [first, .., last] => format!("{last}.{first}"),
    };
    base.truncate(48);
    if !is_valid(&base) {
        base = format!("cb.{base}");
    }
    let mut login = base.clone();
    let mut number = 2;
    while taken.contains(&login) {
        login = format!("{base}{number}");
        number += 1;
    }
    taken.insert(login.clone());
    login
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_given_name_comes_first_and_doubles_are_numbered() {
        let mut taken = HashSet::new();
        assert_eq!(propose("Vàng Seo Páo", &mut taken), "pao.vang");
        assert_eq!(propose("Vàng Thị Páo", &mut taken), "pao.vang2");
        assert_eq!(propose("Đỗ Minh", &mut taken), "minh.do");
        assert_eq!(propose("Y", &mut taken), "cb.y");
        assert_eq!(propose("", &mut taken), "can.bo");
        assert!(taken.iter().all(|login| is_valid(login)));
        assert!(!is_valid("Hà") && !is_valid("ha hoang") && !is_valid("1ha"));
    }
}
