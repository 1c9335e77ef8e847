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
