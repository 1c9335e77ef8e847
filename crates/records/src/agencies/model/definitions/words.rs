//! Words of printed names.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Level;

/// `words.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Abbreviations.
    pub abbreviations: Abbreviations,
    /// Words around names.
    pub phrases: Phrases,
    /// Kinds of place.
    #[serde(rename = "place")]
    pub places: Vec<PlaceKind>,
    /// Phrases for all places of a level.
    #[serde(rename = "level")]
    pub levels: Vec<LevelPhrases>,
    /// Proper names before which the kind of place keeps its capital.
    pub capital_places: BTreeMap<String, bool>,
}

/// Abbreviations and what they stand for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abbreviations {
    /// Read in any case.
    pub any_case: BTreeMap<String, String>,
    /// Read only among words that are not all capitals.
    pub mixed_case: BTreeMap<String, String>,
}

/// Words around names; see the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is described in words.toml")]
pub struct Phrases {
    pub lead_in: Vec<String>,
    pub heads: Vec<String>,
    pub plural: Vec<String>,
    pub related: Vec<String>,
    pub local: Vec<String>,
    pub numbered: Vec<String>,
    pub shared: Vec<String>,
}

/// A kind of place on a level and the words that go with it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceKind {
    /// "Tỉnh", "Xã" …
    #[serde(rename = "type")]
    pub kind: String,
    /// Its level.
    pub level: Level,
    /// Its party committee.
    pub party: String,
    /// Its youth union.
    pub youth: String,
}

/// Phrases for all places of a level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelPhrases {
    /// Which level.
    pub level: Level,
    /// The phrases.
    pub phrases: Vec<String>,
}
