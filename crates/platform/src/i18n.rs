//! Languages of the interface. Texts stand in the templates in Vietnamese; `locales/en.toml` gives the English
//! for each (ADR 4). A test finds every text in the templates that has none.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

/// Language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

static ENGLISH: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../locales/en.toml")).unwrap_or_default());

static LABELS: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../locales/labels.toml")).unwrap_or_default());

/// The Vietnamese name of an audit action, a kind of job or a particular (`locales/labels.toml`); the key itself when
/// it has none.
pub fn label(key: &str) -> &str {
    LABELS.get(key).map_or(key, String::as_str)
}

/// All named keys with their names.
pub fn labels() -> impl Iterator<Item = (&'static str, &'static str)> {
    LABELS.iter().map(|(key, label)| (key.as_str(), label.as_str()))
}

impl Lang {
    /// ISO code.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// The language with this code; Vietnamese for any other.
    pub fn from_code(code: &str) -> Lang {
        if code == "en" { Lang::En } else { Lang::Vi }
    }

    /// A Vietnamese text in this language.
    pub fn t(self, text: &str) -> &str {
        match self {
            Lang::Vi => text,
            Lang::En => ENGLISH.get(text).map_or(text, String::as_str),
        }
    }

    /// Like [`Lang::t`], with each `{}` replaced by the next value.
    pub fn tf(self, text: &str, values: &[&dyn std::fmt::Display]) -> String {
        let mut out = String::new();
        let mut values = values.iter();
        let mut rest = self.t(text);
        while let Some((before, after)) = rest.split_once("{}") {
            out.push_str(before);
            if let Some(value) = values.next() {
                out.push_str(&value.to_string());
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_can_be_read() {
        assert!(!ENGLISH.is_empty() && !LABELS.is_empty());
        let text = "{} trong {}";
        assert_eq!(Lang::Vi.tf(text, &[&3, &"Sở Tư pháp"]), "3 trong Sở Tư pháp");
    }
}
