//! Groups of agencies as people speak of them in lists, from the definitions of agencies.

use records::agencies::{Bloc, blocs};

/// A group of agencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgencyGroup(&'static Bloc);

impl AgencyGroup {
    /// All of them, in the order of a list of choices.
    pub fn all() -> impl Iterator<Item = AgencyGroup> {
        blocs().iter().map(AgencyGroup)
    }

    /// Key of the group of an agency of this kind whose place has this level ("" for the country).
    pub fn key_of(kind: &str, level: &str) -> &'static str {
        blocs().iter().find(|bloc| bloc.holds(kind, level)).map_or(REST, |bloc| bloc.key.as_str())
    }

    /// Stable key, as stored and in addresses.
    pub fn key(self) -> &'static str {
        &self.0.key
    }

    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        &self.0.name
    }

    /// The group with this key.
    pub fn from_key(key: &str) -> Option<AgencyGroup> {
        AgencyGroup::all().find(|group| group.key() == key)
    }
}

/// Key of the group of agencies that are not known.
pub const REST: &str = "khac";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_fall_into_the_groups_that_people_speak_of() {
        assert_eq!(AgencyGroup::key_of("committee", "commune"), "ubnd-xa");
        assert_eq!(AgencyGroup::key_of("committee", "province"), "ubnd-tinh");
        assert_eq!(AgencyGroup::key_of("police", "province"), "so-nganh");
        assert_eq!(AgencyGroup::key_of("police", "commune"), "co-so");
        assert_eq!(AgencyGroup::key_of("ministry", ""), "trung-uong");
        assert_eq!(AgencyGroup::key_of("enterprise", "province"), REST);
        assert!(AgencyGroup::all().all(|group| AgencyGroup::from_key(group.key()) == Some(group)));
    }
}
