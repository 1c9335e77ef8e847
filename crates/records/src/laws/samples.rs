//! What stands on the bookshelf of a demonstration: documents written for it, and cards.

use chrono::NaiveDate;
use serde::Deserialize;

/// A document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sample {
    pub number: String,
    pub kind: String,
    pub title: String,
    pub issuer: String,
    pub issued: NaiveDate,
    pub effect: NaiveDate,
    /// Numbers of documents that it replaces.
    #[serde(default)]
    pub replaces: Vec<String>,
    /// Numbers of documents that it amends.
    #[serde(default)]
    pub amends: Vec<String>,
    /// Its articles, as a paper prints them.
    pub text: String,
    /// What others made of it later.
    #[serde(default)]
    pub later: Vec<Later>,
}

impl Sample {
    /// Articles below the head of the document, as a paper prints them.
    pub(super) fn printed(&self, articles: &str) -> String {
        format!("{}\n\nQuyết định số: {}\n\n{articles}", self.issuer.to_uppercase(), self.number)
    }
}

/// A further version of some articles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Later {
    pub effect: NaiveDate,
    /// What brought it.
    pub cause: String,
    pub text: String,
}

/// A card.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CardSample {
    pub title: String,
    pub number: String,
    pub law: String,
    pub article: String,
    #[serde(default)]
    pub groups: Vec<String>,
    #[serde(default)]
    pub events: Vec<String>,
    /// It is about the province of the demonstration.
    #[serde(default)]
    pub here: bool,
    pub body: String,
}

#[derive(Deserialize)]
struct Laws {
    law: Vec<Sample>,
}

#[derive(Deserialize)]
struct Cards {
    card: Vec<CardSample>,
}

/// The documents.
///
/// # Errors
/// Never in practice: a test reads the same file.
pub(super) fn laws() -> Result<Vec<Sample>, toml::de::Error> {
    toml::from_str(include_str!("../../../../definitions/demo/laws.toml")).map(|all: Laws| all.law)
}

/// The cards.
///
/// # Errors
/// Never in practice: a test reads the same file.
pub(super) fn cards() -> Result<Vec<CardSample>, toml::de::Error> {
    toml::from_str(include_str!("../../../../definitions/demo/cards.toml")).map(|all: Cards| all.card)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::laws::model::{kind_name, plain};

    #[test]
    fn samples_are_marked_as_such_and_read_whole() {
        for law in laws().unwrap() {
            assert!(law.number.contains("/VBM") && law.title.contains("văn bản mẫu"), "{}", law.number);
            assert!(!kind_name(&law.kind).is_empty());
            let found = plain(&law.printed(&law.text), 1);
            for later in &law.later {
                assert!(!plain(&law.printed(&later.text), 1).articles.is_empty(), "{}", law.number);
            }
            assert_eq!(found.articles.len(), law.text.lines().filter(|line| line.starts_with("Điều ")).count());
        }
        assert!(cards().unwrap().len() >= 18);
    }
}
