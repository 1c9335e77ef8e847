//! Languages of the interface. Texts stand in the templates in Vietnamese; `locales/en.toml` gives the English
//! for each (ADR 4). A test finds every text in the templates that has none.

use std::{
    borrow::Cow,
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

/// The texts of the dictionary with places for values, the one with most words of its own first: "Dài quá {} ký tự" before "{} ký tự".
static PATTERNS: LazyLock<Vec<(Vec<&str>, &str)>> = LazyLock::new(|| {
    let parts = ENGLISH.iter().filter(|(text, _)| text.contains("{}"));
    let mut patterns: Vec<(Vec<&str>, &str)> =
        parts.map(|(text, english)| (text.split("{}").collect(), english.as_str())).collect();
    let own = |parts: &[&str]| parts.iter().map(|part| part.chars().count()).sum::<usize>();
    patterns.retain(|(parts, _)| own(parts) > 0);
    patterns.sort_by_key(|(parts, english)| (std::cmp::Reverse(own(parts)), *english));
    patterns
});

/// How often a value within a message may be a message itself.
const DEPTH: usize = 3;

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

    /// What a service has said, in this language. Services put their sentences together in Vietnamese, with values in
    /// them; the text that a sentence was made from is found again by its own words, and what it was given is put into
    /// the English one. What is not found stays as it is. A test finds every sentence that has no English.
    pub fn say<'a>(self, message: &'a str) -> Cow<'a, str> {
        match self {
            Lang::Vi => Cow::Borrowed(message),
            Lang::En => Cow::Owned(english(message, DEPTH).unwrap_or_else(|| message.to_owned())),
        }
    }

    /// Like [`Lang::t`], with each `{}` replaced by the next value.
    pub fn tf(self, text: &str, values: &[&dyn std::fmt::Display]) -> String {
        fill(self.t(text), values)
    }
}

/// The English of a message; none when no text of the dictionary fits.
fn english(message: &str, depth: usize) -> Option<String> {
    if let Some(known) = ENGLISH.get(message) {
        return Some(known.clone());
    }
    let (values, text) = PATTERNS.iter().find_map(|(parts, text)| Some((values(parts, message)?, *text)))?;
    let inner = |value: &str| depth.checked_sub(1).and_then(|depth| english(value, depth));
    let values: Vec<String> =
        values.into_iter().map(|value| inner(value).unwrap_or_else(|| value.to_owned())).collect();
    let values: Vec<&dyn std::fmt::Display> = values.iter().map(|value| value as &dyn std::fmt::Display).collect();
    Some(fill(text, &values))
}

/// What stands between the parts when the message consists of them.
fn values<'a>(parts: &[&str], message: &'a str) -> Option<Vec<&'a str>> {
    let (first, rest) = parts.split_first()?;
    let (last, between) = rest.split_last()?;
    let mut rest = message.strip_prefix(first)?.strip_suffix(last)?;
    let mut out = Vec::with_capacity(parts.len());
    for part in between {
        let (value, after) = rest.split_once(part)?;
        out.push(value);
        rest = after;
    }
    out.push(rest);
    Some(out)
}

/// The text with each `{}` replaced by the next value.
fn fill(text: &str, values: &[&dyn std::fmt::Display]) -> String {
    let mut out = String::new();
    let mut values = values.iter();
    let mut rest = text;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_can_be_read() {
        assert!(!ENGLISH.is_empty() && !LABELS.is_empty());
        let text = "{} trong {}";
        assert_eq!(Lang::Vi.tf(text, &[&3, &"Sở Tư pháp"]), "3 trong Sở Tư pháp");
    }

    #[test]
    fn what_a_service_said_is_found_again_with_the_values_in_it() {
        let say = |message| Lang::En.say(message).into_owned();
        assert_eq!(say("Dài quá 200 ký tự; hãy rút gọn."), "Longer than 200 characters; please shorten it.");
        assert_eq!(say("Hãy chọn nơi tiếp nhận thay Phòng Tư pháp."), "Choose who takes over for Phòng Tư pháp.");
        // A value that is said in words itself.
        let broken = "Tệp bị hỏng: không mở được tệp PDF. Hãy mở thử tệp trên máy, lưu lại rồi gửi lại.";
        assert!(!say(broken).contains("không mở được"), "{}", say(broken));
        assert_eq!(say("quý III/2026"), "quarter III/2026");
        assert_eq!(say("Sở Tư pháp tỉnh Mẫu"), "Sở Tư pháp tỉnh Mẫu");
        assert_eq!(Lang::Vi.say("quý III/2026"), "quý III/2026");
        for role in kernel::Role::ALL {
            assert_ne!(say(role.label()), role.label());
        }
    }
}
