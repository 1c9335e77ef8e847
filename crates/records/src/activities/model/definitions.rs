//! The files in `definitions/activities`, as types. See the README there.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;

/// One entry that people choose: a form, a target group, a field of law, a kind of material …
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Stable key, as stored.
    pub key: String,
    /// Name on screen.
    pub name: String,
    /// Name for table heads; empty when the name is short enough.
    #[serde(default)]
    pub short: String,
    /// One of the six groups of Mục 2 Chương II of the law?
    #[serde(default)]
    pub special: bool,
    /// First day on which it can be chosen.
    pub from: Option<NaiveDate>,
    /// Last day on which it can be chosen.
    pub to: Option<NaiveDate>,
    /// Article and law, where there is one.
    #[serde(default)]
    pub basis: String,
}

impl Entry {
    /// Name for table heads.
    pub fn short(&self) -> &str {
        if self.short.is_empty() { &self.name } else { &self.short }
    }

    /// Can it be chosen for this day?
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A kind of activity.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Stable key, as stored.
    pub key: String,
    /// Name on screen.
    pub name: String,
    /// Its form of Điều 11, F1 to F8.
    pub form: String,
    /// What is counted ("cuộc", "lượt phát").
    pub unit: String,
    /// Does somebody attend whom one can count?
    pub turns: bool,
    /// First day on which it can be chosen.
    pub from: Option<NaiveDate>,
    /// Last day on which it can be chosen.
    pub to: Option<NaiveDate>,
}

impl Kind {
    /// Can it be chosen for this day?
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// Everything that is defined about activities.
#[derive(Debug, Clone)]
pub struct Definitions {
    /// The eight forms.
    pub forms: Vec<Entry>,
    /// Kinds, in the order of their forms.
    pub kinds: Vec<Kind>,
    /// Target groups.
    pub groups: Vec<Entry>,
    /// Fields of law.
    pub fields: Vec<Entry>,
    /// Kinds of material.
    pub materials: Vec<Entry>,
    /// Sources of money.
    pub sources: Vec<Entry>,
    /// Kinds of reporter.
    pub reporters: Vec<Entry>,
    /// Last parts of codes of agencies that oversee a place.
    pub overseers: Vec<String>,
    /// Of whom a quarter's orientation asks something: level of the place and kind of agency, "commune/committee".
    pub asked: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    form: Vec<Entry>,
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    #[serde(default)]
    overseers: Vec<String>,
    #[serde(default)]
    asked: Vec<String>,
    #[serde(alias = "group", alias = "field", alias = "material", alias = "source", alias = "reporter")]
    entries: Vec<Entry>,
}

const KINDS: &str = include_str!("../../../../../definitions/activities/kinds.toml");
const GROUPS: &str = include_str!("../../../../../definitions/activities/groups.toml");
const FIELDS: &str = include_str!("../../../../../definitions/activities/fields.toml");
const MATERIALS: &str = include_str!("../../../../../definitions/activities/materials.toml");
const SOURCES: &str = include_str!("../../../../../definitions/activities/sources.toml");
const REPORTERS: &str = include_str!("../../../../../definitions/activities/reporters.toml");

impl Definitions {
    /// Reads the texts of the files.
    ///
    /// # Errors
    /// What is wrong in which file.
    fn read() -> Result<Self, String> {
        let list = |file: &str, text: &str| toml::from_str::<Lists>(text).map_err(|e| format!("{file}: {e}"));
        let kinds: Kinds = toml::from_str(KINDS).map_err(|e| format!("kinds.toml: {e}"))?;
        if let Some(kind) = kinds.kind.iter().find(|kind| !kinds.form.iter().any(|form| form.key == kind.form)) {
            return Err(format!("kinds.toml: {} không thuộc hình thức nào", kind.key));
        }
        let mut ordered = kinds.kind;
        ordered.sort_by(|a, b| a.form.cmp(&b.form));
        let reporters = list("reporters.toml", REPORTERS)?;
        Ok(Self {
            forms: kinds.form,
            kinds: ordered,
            groups: list("groups.toml", GROUPS)?.entries,
            fields: list("fields.toml", FIELDS)?.entries,
            materials: list("materials.toml", MATERIALS)?.entries,
            sources: list("sources.toml", SOURCES)?.entries,
            reporters: reporters.entries,
            overseers: reporters.overseers,
            asked: reporters.asked,
        })
    }

    /// The kind with this key.
    pub fn kind(&self, key: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// Name of a kind; the key itself when it is not known.
    pub fn kind_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.kind(key).map_or(key, |kind| &kind.name)
    }

    /// Keys of the kinds of a form.
    pub fn of_form<'a>(&'a self, form: &'a str) -> impl Iterator<Item = &'a Kind> {
        self.kinds.iter().filter(move |kind| kind.form == form)
    }
}

/// Key of the place that the agency with this code oversees ("p20/so-tu-phap" → "p20", at the centre "tw"), if it is one of the overseers.
pub fn overseen<'a>(code: &'a str, overseers: &[String]) -> Option<&'a str> {
    let (place, key) = code.rsplit_once('/')?;
    overseers.iter().any(|overseer| overseer == key).then_some(place)
}

/// Name of an entry of a list; the key itself when it is not known.
pub fn name_in<'a>(list: &'a [Entry], key: &'a str) -> &'a str {
    list.iter().find(|entry| entry.key == key).map_or(key, |entry| &entry.name)
}

/// The key for a name or key as somebody typed it, with or without tones.
pub fn key_for<'a>(list: impl IntoIterator<Item = (&'a str, &'a str)>, typed: &str) -> Option<&'a str> {
    let folded = kernel::text::fold(typed);
    let found = list
        .into_iter()
        .find(|(key, name)| typed.trim() == *key || kernel::text::fold(name) == folded && !folded.is_empty());
    found.map(|(key, _)| key)
}

/// The definitions built into the program; a test reads them.
pub fn definitions() -> &'static Definitions {
    static READ: OnceLock<Definitions> = OnceLock::new();
    READ.get_or_init(|| Definitions::read().unwrap_or_else(|e| unreachable!("built-in definitions: {e}")))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_files_hold_the_law_and_no_key_twice() {
        let all = Definitions::read().unwrap();
        assert_eq!(
            all.forms.iter().map(|form| form.key.as_str()).collect::<Vec<_>>(),
            ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8"]
        );
        assert!(all.forms.iter().all(|form| !form.basis.is_empty() && form.from.is_some()));
        assert_eq!(all.groups.iter().filter(|group| group.special).count(), 6);
        assert_eq!(all.sources.len(), 3);
        for list in [&all.groups, &all.fields, &all.materials, &all.sources, &all.reporters] {
            assert_eq!(list.iter().map(|entry| &entry.key).collect::<HashSet<_>>().len(), list.len());
        }
        assert_eq!(all.kinds.iter().map(|kind| &kind.key).collect::<HashSet<_>>().len(), all.kinds.len());
        assert!(all.forms.iter().all(|form| all.of_form(&form.key).count() > 0));
    }

    #[test]
    fn names_are_found_without_tones() {
        let all = definitions();
        let kinds = || all.kinds.iter().map(|kind| (kind.key.as_str(), kind.name.as_str()));
        assert_eq!(key_for(kinds(), "hop bao"), Some("hop-bao"));
        assert_eq!(key_for(kinds(), "tap-huan"), Some("tap-huan"));
        assert_eq!(key_for(kinds(), ""), None);
    }
}
