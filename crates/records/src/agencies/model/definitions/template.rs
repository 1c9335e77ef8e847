//! Templates: the agencies that every place of a level has, and what happened to them.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Level, Many};

/// A renaming of a template agency.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renaming {
    /// First day of the new name.
    pub date: NaiveDate,
    /// See [`Entry::name`].
    pub name: String,
    /// See [`Entry::full`].
    pub full: Option<String>,
    /// See [`Entry::short`].
    pub short: Option<String>,
    /// Further printed forms.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Not compared with the paper yet.
    #[serde(default)]
    pub unverified: bool,
}

/// An agency that every place of a level has.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Stable key inside its level.
    pub key: String,
    /// Name inside the place, with placeholders.
    pub name: String,
    /// Name anywhere; default `{name} {place}`.
    pub full: Option<String>,
    /// Name in lists; default `{name}`.
    pub short: Option<String>,
    /// Key of its [`Kind`].
    pub kind: String,
    /// Superiors, the first that exists counts: a key of the same level, or `level:key`.
    #[serde(default)]
    pub parent: Many,
    /// First day; the first day of the tree when absent.
    pub from: Option<NaiveDate>,
    /// Further printed forms.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Sets of provinces that have it; all when empty.
    #[serde(default)]
    pub only: Vec<String>,
    /// Sets of provinces that do not have it.
    #[serde(default)]
    pub except: Vec<String>,
    /// Not compared with the papers yet.
    #[serde(default)]
    pub unverified: bool,
    /// Later names.
    #[serde(default)]
    pub renamed: Vec<Renaming>,
    /// How many of them a province has (by its key), told apart by `{n}` in the names; one everywhere when empty.
    #[serde(default)]
    pub numbered: HashMap<String, usize>,
    /// Who takes over where the place ends (by its key): a key of the province. Where nothing is known, the superior there.
    #[serde(default)]
    pub heirs: HashMap<String, String>,
}

impl Entry {
    /// The entry with this number, of the provinces of a set.
    fn with_number(&self, n: usize, set: &str) -> Self {
        let fill = |text: &String| text.replace("{n}", &n.to_string());
        Self {
            key: set.to_owned(),
            name: fill(&self.name),
            full: self.full.as_ref().map(fill),
            short: self.short.as_ref().map(fill),
            aliases: self.aliases.iter().map(fill).collect(),
            only: vec![set.to_owned()],
            numbered: HashMap::new(),
            ..self.clone()
        }
    }
}

/// Several become one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merging {
    /// Template keys.
    pub from: Vec<String>,
    /// Template key.
    pub into: String,
}

/// One is divided, the main heir first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Splitting {
    /// Template key.
    pub from: String,
    /// Template keys.
    pub into: Vec<String>,
}

/// Another superior.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moving {
    /// Template key.
    pub unit: String,
    /// See [`Entry::parent`].
    pub parent: Many,
}

/// It ends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Template key.
    pub unit: String,
    /// See [`Entry::parent`].
    pub heir: String,
}

/// What happened in every place of a level on a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateEvent {
    /// First day of the new state.
    pub date: NaiveDate,
    /// One line.
    pub title: String,
    /// The paper.
    pub basis: Option<String>,
    /// Not compared with the paper yet.
    #[serde(default)]
    pub unverified: bool,
    /// Mergers.
    #[serde(default)]
    pub merge: Vec<Merging>,
    /// Divisions.
    #[serde(default)]
    pub split: Vec<Splitting>,
    /// Moves.
    #[serde(default, rename = "move")]
    pub moves: Vec<Moving>,
    /// Ends.
    #[serde(default)]
    pub abolish: Vec<Ending>,
}

/// The agencies of a level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Of which level.
    pub level: Level,
    /// Sets of province keys.
    #[serde(default)]
    pub sets: HashMap<String, Vec<String>>,
    /// Entries, superiors before subordinates.
    #[serde(rename = "agency")]
    pub agencies: Vec<Entry>,
    /// Events in order of date.
    #[serde(default, rename = "event")]
    pub events: Vec<TemplateEvent>,
}

impl Template {
    /// Puts the single entries in place of numbered ones: `<key>-1` and so on, each in the provinces that have as many.
    pub(super) fn number(mut self) -> Self {
        for entry in std::mem::take(&mut self.agencies) {
            let Some(most) = entry.numbered.values().copied().max() else {
                self.agencies.push(entry);
                continue;
            };
            for n in 1..=most {
                let set = format!("{}-{n}", entry.key);
                let have = entry.numbered.iter().filter(|(_, count)| **count >= n);
                self.sets.insert(set.clone(), have.map(|(province, _)| province.clone()).collect());
                self.agencies.push(entry.with_number(n, &set));
            }
        }
        self
    }
}
