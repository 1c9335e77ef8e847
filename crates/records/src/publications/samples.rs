//! What the newsroom of a demonstration has published.

use serde::Deserialize;

/// Sections and articles, with placeholders; see the file.
const DEMO: &str = include_str!("../../../../definitions/demo/newsroom.toml");

/// A special section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    pub key: String,
    pub title: String,
    pub description: String,
    /// Days before today on which it opens.
    pub opens: u64,
}

/// A publication.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Article {
    /// Last part of the agency's code, or "xa".
    pub agency: String,
    /// Days before today on which it is published.
    pub days: u64,
    /// Key of its section.
    #[serde(default)]
    pub section: String,
    pub field: String,
    #[serde(default = "article")]
    pub kind: String,
    pub title: String,
    pub lead: String,
    pub body: String,
    /// Of an event: days after today.
    pub ahead: Option<u64>,
    /// Of an event: where.
    #[serde(default)]
    pub place: String,
    /// Name of a drawn picture of the library, above the words.
    #[serde(default)]
    pub picture: String,
    /// Its version in English.
    pub english: Option<Words>,
}

/// A version in another language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub title: String,
    pub lead: String,
    pub body: String,
}

fn article() -> String {
    "article".into()
}

/// Everything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Newsroom {
    pub section: Vec<Section>,
    pub article: Vec<Article>,
}

/// Reads it.
///
/// # Errors
/// Never in practice: a test reads the same file.
pub(super) fn newsroom() -> Result<Newsroom, toml::de::Error> {
    toml::from_str(DEMO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{activities::definitions, publications::model::kind_name};

    #[test]
    fn what_is_shown_fits_the_lists() {
        let all = newsroom().unwrap();
        for one in &all.article {
            assert!(definitions().fields.iter().any(|field| field.key == one.field), "{}", one.field);
            assert!(!kind_name(&one.kind).is_empty(), "{}", one.kind);
            assert!(one.section.is_empty() || all.section.iter().any(|section| section.key == one.section));
        }
        let agencies: std::collections::BTreeSet<_> = all.article.iter().map(|one| &one.agency).collect();
        assert!(agencies.len() >= 5);
    }
}
