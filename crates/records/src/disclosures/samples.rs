//! What agencies of a demonstration make public, and what they were asked.

use serde::Deserialize;

/// Written for the project; places, people and figures are invented.
const DEMO: &str = include_str!("../../../../definitions/demo/disclosures.toml");

/// An entry of a list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Last part of the agency's code, or "xa".
    pub agency: String,
    pub kind: String,
    #[serde(default)]
    pub field: String,
    pub title: String,
    pub note: String,
    #[serde(default)]
    pub link: String,
    /// Days before today on which it was made.
    pub days: u64,
    #[serde(default)]
    pub planned: bool,
}

/// A request and what became of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    /// Last part of the agency's code, or "xa".
    pub agency: String,
    pub way: String,
    pub name: String,
    pub contact: String,
    pub address: String,
    pub asked: String,
    #[serde(default)]
    pub purpose: String,
    /// Days before today on which it came.
    pub days: u64,
    /// Where it stands: "received", "accepted", "answered", "refused".
    pub state: String,
    #[serde(default)]
    pub answer: String,
    #[serde(default)]
    pub reason: String,
    /// What everybody reads of an answered one: question and answer.
    #[serde(default)]
    pub public: Option<(String, String)>,
}

/// Everything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Disclosures {
    pub entry: Vec<Entry>,
    pub request: Vec<Request>,
}

/// Reads it.
///
/// # Errors
/// Never in practice: a test reads the same file.
pub(super) fn disclosures() -> Result<Disclosures, toml::de::Error> {
    toml::from_str(DEMO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosures::model::{State, contact_key, definitions};

    #[test]
    fn what_is_shown_fits_the_definitions() {
        let all = disclosures().unwrap();
        assert!(all.entry.len() >= 6 && all.request.len() >= 4);
        assert!(all.entry.iter().all(|one| definitions().kind(&one.kind).is_some()));
        let states: std::collections::BTreeSet<_> = all.request.iter().map(|one| one.state.as_str()).collect();
        assert_eq!(states.len(), State::ALL.len());
        for one in &all.request {
            assert!(definitions().way(&one.way).is_some() && contact_key(&one.contact).is_some(), "{}", one.asked);
        }
    }
}
