//! The face of a demonstration's portal.

use serde::Deserialize;

/// Written for the project; names and numbers are invented.
const DEMO: &str = include_str!("../../../../definitions/demo/site.toml");

/// A static page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    pub slug: String,
    pub title: String,
    pub body: String,
}

/// An entry of the menu.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    pub label: String,
    pub path: String,
}

/// A banner: days before and after today.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Banner {
    pub text: String,
    pub link: String,
    pub before: u64,
    pub after: u64,
}

/// Everything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Site {
    pub name: String,
    pub slogan: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub person: String,
    pub licence: String,
    pub page: Vec<Page>,
    pub menu: Vec<Item>,
    pub banner: Vec<Banner>,
}

/// Reads it.
///
/// # Errors
/// Never in practice: a test reads the same file.
pub(super) fn site() -> Result<Site, toml::de::Error> {
    toml::from_str(DEMO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_read() {
        let all = site().unwrap();
        assert!(all.page.len() >= 4 && !all.menu.is_empty() && !all.banner.is_empty());
    }
}
