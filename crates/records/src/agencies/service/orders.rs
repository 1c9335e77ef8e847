//! Whom a body may give orders, and whom it can only ask.

use kernel::Uuid;

use super::{Dir, directory::RELATIVE, replay::definitions};
use crate::agencies::model::{
    definitions::{Kind, Power},
    directory::Directory,
};

/// System of party bodies: they give orders to everyone.
const PARTY: &str = "party";

/// Can an agency of the kind `issuer` only ask one of the kind `agency` (the Front, a court), not order it?
pub fn only_asks(issuer: &str, agency: &str) -> bool {
    let Ok(definitions) = definitions() else { return false };
    definitions.kind(agency).is_some_and(|kind| asked(definitions.kind(issuer), kind))
}

impl Dir {
    /// Can `issuer` only ask this agency? See [`only_asks`].
    pub fn only_asks(&self, issuer: Uuid, agency: Uuid) -> bool {
        self.kind_of(agency).is_some_and(|kind| asked(self.kind_of(issuer), kind))
    }

    /// Can `issuer` only ask everyone that a relative phrase ("Mặt trận Tổ quốc cùng cấp") can mean?
    pub fn only_asks_relative(&self, issuer: Uuid, key: &str) -> bool {
        let key = key.strip_prefix(RELATIVE).unwrap_or(key);
        let kinds: Vec<&Kind> = self.inner.relative_kinds(key);
        !kinds.is_empty() && kinds.into_iter().all(|kind| asked(self.kind_of(issuer), kind))
    }

    fn kind_of(&self, agency: Uuid) -> Option<&Kind> {
        let (_, face) = self.agencies().unit(self.find(agency)?).faces().last()?;
        self.inner.definitions().kind(&face.kind)
    }
}

fn asked(issuer: Option<&Kind>, agency: &Kind) -> bool {
    let commands = issuer.is_some_and(|issuer| {
        issuer.system == PARTY || issuer.power == Power::Request && issuer.system == agency.system
    });
    agency.power == Power::Request && !commands
}

impl Directory {
    /// Kinds of the agencies that a relative phrase can mean.
    fn relative_kinds(&self, key: &str) -> Vec<&Kind> {
        let definitions = self.definitions();
        let relative = definitions.classes.relatives.iter().find(|relative| relative.key == key);
        let by_level = relative.into_iter().flat_map(|one| one.agencies_by_level.values().flat_map(|keys| &keys.0));
        let keys: Vec<&String> = relative.into_iter().flat_map(|one| &one.agency).chain(by_level).collect();
        let entries = definitions.templates.iter().flat_map(|template| &template.agencies);
        entries.filter(|entry| keys.contains(&&entry.key)).filter_map(|entry| definitions.kind(&entry.kind)).collect()
    }
}
