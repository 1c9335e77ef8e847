//! Collective and relative phrases, councils, heirs.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Definitions, Level, Many};

/// How members of a class are found; see the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "by", rename_all = "lowercase", deny_unknown_fields)]
#[expect(missing_docs, reason = "each is described in classes.toml")]
pub enum Rule {
    Parent {
        parent: String,
        kinds: Vec<String>,
    },
    Seat {
        kinds: Vec<String>,
        #[serde(default)]
        agencies: Vec<String>,
    },
    Council {
        council: String,
    },
    Place {
        level: Level,
        agencies: Vec<String>,
        #[serde(default)]
        types: Vec<String>,
        unless: Option<Level>,
    },
    Class {
        class: String,
    },
}

/// A collective phrase with its members.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Stable key.
    pub key: String,
    /// Name on screen.
    pub name: String,
    /// Level of the place at which members are sought.
    pub level: Level,
    /// Printed forms.
    pub phrases: Vec<String>,
    /// Rules, joined.
    pub members: Vec<Rule>,
    /// Nobody in particular.
    #[serde(default)]
    pub vague: bool,
    /// For the reader.
    pub note: Option<String>,
}

/// Who is represented in a council, by template key, where no list was entered.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Council {
    /// Template key of the council.
    pub council: String,
    /// Its level.
    pub level: Level,
    /// Template keys.
    pub members: Vec<String>,
    /// Not compared with the papers yet.
    #[serde(default)]
    pub unverified: bool,
}

/// Where a relative phrase looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The addressee's own level.
    Same,
    /// The level above.
    Above,
}

/// A phrase that means someone else for each addressee.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relative {
    /// Stable key.
    pub key: String,
    /// Printed forms.
    pub phrases: Vec<String>,
    /// Template key at every level …
    pub agency: Option<String>,
    /// … or one or several for each.
    #[serde(default)]
    pub agencies_by_level: HashMap<Level, Many>,
    /// Where to look.
    pub level: Direction,
}

/// Who may take over from a group that ended.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heir {
    /// Group id.
    pub from: String,
    /// Group ids, `agency:<key>@<level>` or `none`.
    pub to: Vec<String>,
    /// The paper.
    pub basis: String,
}

/// `classes.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classes {
    /// Collective phrases.
    #[serde(rename = "class")]
    pub classes: Vec<Class>,
    /// Councils.
    #[serde(rename = "council")]
    pub councils: Vec<Council>,
    /// Relative phrases.
    #[serde(rename = "relative")]
    pub relatives: Vec<Relative>,
    /// Heirs.
    #[serde(rename = "heir")]
    pub heirs: Vec<Heir>,
}

impl Classes {
    /// A name that the rules use and nobody defines.
    pub(super) fn unknown(&self, definitions: &Definitions) -> Option<String> {
        let mut missing = Vec::new();
        let mut need = |known: bool, name: &str| {
            if !known {
                missing.push(name.to_owned());
            }
        };
        for class in &self.classes {
            for rule in &class.members {
                let kinds: &[String] = match rule {
                    Rule::Parent { parent, kinds } => {
                        need(definitions.has(class.level, parent), parent);
                        kinds
                    }
                    Rule::Seat { kinds, agencies } => {
                        agencies.iter().for_each(|key| need(definitions.has(class.level, key), key));
                        kinds
                    }
                    Rule::Council { council } => {
                        need(self.councils.iter().any(|c| c.council == *council && c.level == class.level), council);
                        &[]
                    }
                    Rule::Place { level, agencies, .. } => {
                        agencies.iter().for_each(|key| need(definitions.has(*level, key), key));
                        &[]
                    }
                    Rule::Class { class } => {
                        need(self.classes.iter().any(|c| c.key == *class), class);
                        &[]
                    }
                };
                kinds.iter().for_each(|kind| need(definitions.kind(kind).is_some(), kind));
            }
        }
        for council in &self.councils {
            council.members.iter().for_each(|key| need(definitions.has(council.level, key), key));
        }
        for relative in &self.relatives {
            for (level, keys) in &relative.agencies_by_level {
                keys.0.iter().for_each(|key| need(definitions.has(*level, key), key));
            }
        }
        missing.into_iter().next()
    }
}
