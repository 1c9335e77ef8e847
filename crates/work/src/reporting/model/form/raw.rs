//! The TOML of a definition, with the place of everything that can be wrong.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// A text and where it stands.
pub(super) type Text = Spanned<String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawForm {
    pub key: Text,
    pub version: Spanned<i64>,
    pub name: Text,
    #[serde(default)]
    pub code: String,
    pub legal_basis: String,
    pub valid_from: Text,
    pub valid_to: Option<Text>,
    pub status: Text,
    #[serde(default)]
    pub followed_by: String,
    pub layout: Option<Text>,
    pub periods: Vec<Text>,
    #[serde(default)]
    pub programme: bool,
    #[serde(default)]
    pub level: Vec<RawLevel>,
    #[serde(default)]
    pub cell: Vec<RawCell>,
    #[serde(default)]
    pub rule: Vec<RawRule>,
    #[serde(default)]
    pub notes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLevel {
    pub key: Text,
    pub name: String,
    pub who: Text,
    pub to: Option<Text>,
    pub fills: Option<bool>,
    pub due: Option<Text>,
    #[serde(default)]
    pub due_by_period: BTreeMap<Spanned<String>, Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCell {
    pub key: Text,
    pub label: Text,
    #[serde(default)]
    pub header: Vec<String>,
    #[serde(default)]
    pub unit: String,
    #[serde(rename = "type")]
    pub kind: Text,
    pub additive: Option<Spanned<bool>>,
    pub required: Option<bool>,
    pub from: Option<Spanned<toml::Value>>,
    pub formula: Option<Text>,
    pub ratio: Option<RawRatio>,
    #[serde(default)]
    pub part: Vec<RawPart>,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRatio {
    pub numerator: Text,
    pub denominator: Text,
    pub scale: Option<Spanned<f64>>,
}

/// A breakdown of a cell: a cell of its own with the key `<cell>_<key>`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPart {
    pub key: Text,
    pub label: Text,
    pub from: Option<Spanned<toml::Value>>,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub check: Text,
    pub message: Text,
    pub severity: Text,
    #[serde(default)]
    pub cells: Vec<Text>,
}
