//! Groups of agencies as people speak of them in lists: "các sở, ban, ngành", "UBND các xã, phường".

use serde::Deserialize;

use super::{Definitions, Level};

/// A group of agencies, by their kind and the level of the place they serve.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bloc {
    /// Stable key, as stored with duties and in addresses.
    pub key: String,
    /// Name on screen, in Vietnamese.
    pub name: String,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    levels: Vec<Level>,
}

impl Bloc {
    /// Does an agency of this kind belong here, whose place has this level ("" for the country)?
    pub fn holds(&self, kind: &str, level: &str) -> bool {
        (self.kinds.is_empty() || self.kinds.iter().any(|own| own == kind))
            && (self.levels.is_empty() || self.levels.iter().any(|own| own.key() == level))
    }

    /// A kind that it uses and nobody defines.
    pub(super) fn unknown<'a>(&'a self, definitions: &Definitions) -> Option<&'a str> {
        self.kinds.iter().find(|kind| definitions.kind(kind).is_none()).map(String::as_str)
    }

    /// Does it take every agency that no other took?
    pub(super) fn takes_all(&self) -> bool {
        self.kinds.is_empty() && self.levels.is_empty()
    }
}
