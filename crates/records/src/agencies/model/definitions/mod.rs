//! The TOML files in `definitions/agencies`, as types. See the README there for what each key means.

mod blocs;
mod classes;
mod template;
mod words;

use serde::{Deserialize, Serialize};

pub use blocs::Bloc;
pub use classes::{Class, Classes, Council, Direction, Heir, Relative, Rule};
pub use template::{Ending, Entry, Merging, Moving, Renaming, Splitting, Template, TemplateEvent};
pub use words::{Abbreviations, LevelPhrases, Phrases, PlaceKind, Words};

/// Level of a place, from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The whole country.
    Central,
    /// Province or centrally run city.
    Province,
    /// District, until 30/06/2025.
    District,
    /// Commune, ward, special zone.
    Commune,
}

impl Level {
    /// All levels, from the top.
    pub const ALL: [Level; 4] = [Level::Central, Level::Province, Level::District, Level::Commune];

    /// The word used in the files.
    pub fn key(self) -> &'static str {
        match self {
            Level::Central => "central",
            Level::Province => "province",
            Level::District => "district",
            Level::Commune => "commune",
        }
    }

    /// The level of this word.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.key() == key)
    }
}

/// One value or a list of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Raw")]
pub struct Many(pub Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Raw {
    One(String),
    Many(Vec<String>),
}

impl From<Raw> for Many {
    fn from(raw: Raw) -> Self {
        match raw {
            Raw::One(one) => Many(vec![one]),
            Raw::Many(many) => Many(many),
        }
    }
}

/// May a people's committee of the same level assign work, or only ask for it?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Power {
    /// giao
    Assign,
    /// đề nghị
    Request,
}

/// A kind of agency.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Stable key.
    pub key: String,
    /// Name on screen.
    pub name: String,
    /// Group on screen (state, party, front …).
    pub system: String,
    /// See [`Power`].
    pub power: Power,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    kind: Vec<Kind>,
    bloc: Vec<Bloc>,
}

/// The texts of the files.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// `kinds.toml`.
    pub kinds: &'a str,
    /// `central.toml`, `province.toml`, `district.toml`, `commune.toml`.
    pub templates: [&'a str; 4],
    /// `words.toml`.
    pub words: &'a str,
    /// `classes.toml`.
    pub classes: &'a str,
}

/// The files that are built into the program.
pub const BUILT_IN: Texts<'static> = Texts {
    kinds: include_str!("../../../../../../definitions/agencies/kinds.toml"),
    templates: [
        include_str!("../../../../../../definitions/agencies/central.toml"),
        include_str!("../../../../../../definitions/agencies/province.toml"),
        include_str!("../../../../../../definitions/agencies/district.toml"),
        include_str!("../../../../../../definitions/agencies/commune.toml"),
    ],
    words: include_str!("../../../../../../definitions/agencies/words.toml"),
    classes: include_str!("../../../../../../definitions/agencies/classes.toml"),
};

/// Everything that is defined about agencies.
#[derive(Debug, Clone)]
pub struct Definitions {
    /// Kinds of agency.
    pub kinds: Vec<Kind>,
    /// Groups of agencies in lists, the last one takes the rest.
    pub blocs: Vec<Bloc>,
    /// One template per level, from the top.
    pub templates: Vec<Template>,
    /// Words of printed names.
    pub words: Words,
    /// Collective and relative phrases, councils, heirs.
    pub classes: Classes,
}

/// Why definitions were refused.
#[derive(Debug, thiserror::Error)]
pub enum DefinitionError {
    /// Not the expected TOML.
    #[error("{file}: {error}")]
    Toml {
        /// Which file.
        file: &'static str,
        /// What is wrong.
        error: Box<toml::de::Error>,
    },
    /// Something is named that is not defined.
    #[error("{file}: «{name}» không được định nghĩa")]
    Unknown {
        /// Which file.
        file: &'static str,
        /// What is missing.
        name: String,
    },
}

impl Definitions {
    /// Reads and checks the files.
    ///
    /// # Errors
    /// [`DefinitionError`] names the file and what is wrong in it.
    pub fn read(texts: &Texts<'_>) -> Result<Self, DefinitionError> {
        let kinds: Kinds = parse("kinds.toml", texts.kinds)?;
        let files = ["central.toml", "province.toml", "district.toml", "commune.toml"];
        let read = |(file, text): (&'static str, &&str)| parse(file, text).map(Template::number);
        let templates: Vec<Template> = files.into_iter().zip(&texts.templates).map(read).collect::<Result<_, _>>()?;
        let definitions = Self {
            kinds: kinds.kind,
            blocs: kinds.bloc,
            templates,
            words: parse("words.toml", texts.words)?,
            classes: parse("classes.toml", texts.classes)?,
        };
        definitions.check()?;
        Ok(definitions)
    }

    /// The definitions built into the program.
    ///
    /// # Errors
    /// Never in a released program: a test reads them.
    pub fn built_in() -> Result<Self, DefinitionError> {
        Self::read(&BUILT_IN)
    }

    /// The template of a level.
    pub fn template(&self, level: Level) -> Option<&Template> {
        self.templates.iter().find(|template| template.level == level)
    }

    /// The kind with this key.
    pub fn kind(&self, key: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// Does the template of `level` have this entry?
    pub fn has(&self, level: Level, key: &str) -> bool {
        self.template(level).is_some_and(|template| template.agencies.iter().any(|entry| entry.key == key))
    }

    fn check(&self) -> Result<(), DefinitionError> {
        let missing = |file, name: &str| Err(DefinitionError::Unknown { file, name: name.to_owned() });
        for template in &self.templates {
            let file = template.level.key();
            let known = |reference: &str| match reference.split_once(':') {
                Some((level, key)) => Level::parse(level).is_some_and(|level| self.has(level, key)),
                None => self.has(template.level, reference),
            };
            let parents = template.agencies.iter().flat_map(|entry| &entry.parent.0);
            let province = |key: &&String| self.has(Level::Province, key);
            if let Some(name) =
                template.agencies.iter().flat_map(|entry| entry.heirs.values()).find(|key| !province(key))
            {
                return missing(file, name);
            }
            let moved =
                template.events.iter().flat_map(|e| e.moves.iter().flat_map(|m| m.parent.0.iter().chain([&m.unit])));
            let merged =
                template.events.iter().flat_map(|e| e.merge.iter().flat_map(|m| m.from.iter().chain([&m.into])));
            let divided =
                template.events.iter().flat_map(|e| e.split.iter().flat_map(|s| s.into.iter().chain([&s.from])));
            let ended = template.events.iter().flat_map(|e| e.abolish.iter().flat_map(|a| [&a.unit, &a.heir]));
            if let Some(name) = parents.chain(moved).chain(merged).chain(divided).chain(ended).find(|name| !known(name))
            {
                return missing(file, name);
            }
            if let Some(entry) = template.agencies.iter().find(|entry| self.kind(&entry.kind).is_none()) {
                return missing(file, &entry.kind);
            }
            let sets = template.agencies.iter().flat_map(|entry| entry.only.iter().chain(&entry.except));
            if let Some(set) = sets.into_iter().find(|set| !template.sets.contains_key(*set)) {
                return missing(file, set);
            }
        }
        if let Some(name) = self.blocs.iter().find_map(|bloc| bloc.unknown(self)) {
            return missing("kinds.toml", name);
        }
        if !self.blocs.last().is_some_and(Bloc::takes_all) {
            return missing("kinds.toml", "bloc");
        }
        match self.classes.unknown(self) {
            Some(name) => missing("classes.toml", &name),
            None => Ok(()),
        }
    }
}

fn parse<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, DefinitionError> {
    toml::from_str(text).map_err(|error| DefinitionError::Toml { file, error: Box::new(error) })
}
