//! Languages in which something is written or spoken, of `definitions/languages.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// A language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// As in addresses and in HTML: ISO 639-1, where there is none ISO 639-3.
    pub code: String,
    /// On screen.
    pub name: String,
    /// Not written: for recordings alone.
    #[serde(default)]
    pub spoken: bool,
}

/// The language in which papers are written.
pub const VIETNAMESE: &str = "vi";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: Vec<Language>,
}

fn parse() -> Result<Vec<Language>, toml::de::Error> {
    toml::from_str::<File>(include_str!("../../../definitions/languages.toml")).map(|file| file.language)
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| parse().unwrap_or_default());

/// All of them, Vietnamese first.
pub fn languages() -> &'static [Language] {
    &LANGUAGES
}

/// The name of a language on screen; empty for what is none.
pub fn language_name(code: &str) -> &'static str {
    languages().iter().find(|one| one.code == code).map_or("", |one| one.name.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_is_read_and_each_code_stands_once() {
        let all = parse().unwrap();
        assert_eq!(all[0].code, VIETNAMESE);
        let codes: BTreeSet<_> = all.iter().map(|one| &one.code).collect();
        assert_eq!(codes.len(), all.len());
        assert!(all.iter().all(|one| (2..=3).contains(&one.code.len()) && !one.name.is_empty()));
        assert_eq!((language_name("km"), language_name("zz")), ("Tiếng Khmer", ""));
    }
}
