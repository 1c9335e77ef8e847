//! Groups of agencies as printed once: classes ("các sở, ban, ngành") and "agency × kinds of place" ("UBND các xã, phường"), with stable ids.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    definitions::{Class, Level, Rule},
    directory::Directory,
    tree::UnitIx,
};

/// A group of agencies. Prints and parses as `class:<key>` or `each:<agency>[+<agency>]@<level>[:<kind>+<kind>]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Group {
    /// A class of `classes.toml`.
    Class(String),
    /// The same agencies in every place of a level.
    Each {
        /// Template keys at that level.
        agencies: Vec<String>,
        /// Which level.
        level: Level,
        /// Only these kinds of place; all when empty.
        kinds: Vec<String>,
    },
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Group::Class(key) => write!(f, "class:{key}"),
            Group::Each { agencies, level, kinds } => {
                write!(f, "each:{}@{}", agencies.join("+"), level.key())?;
                if kinds.is_empty() { Ok(()) } else { write!(f, ":{}", kinds.join("+")) }
            }
        }
    }
}

/// The text is no group id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» không phải mã nhóm cơ quan")]
pub struct NoGroup(String);

impl FromStr for Group {
    type Err = NoGroup;

    fn from_str(text: &str) -> Result<Self, NoGroup> {
        let list =
            |text: &str| text.split('+').filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect::<Vec<_>>();
        let each = |rest: &str| {
            let (agencies, places) = rest.split_once('@')?;
            let (level, kinds) = places.split_once(':').unwrap_or((places, ""));
            Some(Group::Each { agencies: list(agencies), level: Level::parse(level)?, kinds: list(kinds) })
        };
        match text.split_once(':') {
            Some(("class", key)) if !key.is_empty() => Ok(Group::Class(key.to_owned())),
            Some(("each", rest)) => each(rest).ok_or_else(|| NoGroup(text.to_owned())),
            _ => Err(NoGroup(text.to_owned())),
        }
    }
}

impl From<Group> for String {
    fn from(group: Group) -> Self {
        group.to_string()
    }
}

impl TryFrom<String> for Group {
    type Error = NoGroup;

    fn try_from(text: String) -> Result<Self, NoGroup> {
        text.parse()
    }
}

/// Who belongs to a group on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Members {
    /// The members, each once, in the order of the tree.
    pub agencies: Vec<UnitIx>,
    /// Agencies of the same level that the words do not name (a special zone under "các xã, phường").
    pub left_out: Vec<UnitIx>,
    /// The words mean nobody in particular: the reviewer chooses.
    pub vague: bool,
}

/// A seat in a council: (council, member, first day, first day no more).
pub type Seat = (UnitIx, UnitIx, NaiveDate, Option<NaiveDate>);

/// Who sits in councils, where somebody entered the real list.
pub type Seats = Vec<Seat>;

impl Directory {
    /// Members of a group on `date`, sought from the place `anchor` (the issuer's). A class of a higher level is sought around the anchor, one of a
    /// lower level in every place inside it; without an anchor in the whole country.
    pub fn members(&self, group: &Group, anchor: Option<UnitIx>, date: NaiveDate) -> Members {
        let mut found = Members::default();
        match group {
            Group::Class(key) => {
                if let Some(class) = self.class(key) {
                    self.class_members(class, anchor, date, &mut found, 0);
                }
            }
            Group::Each { agencies, level, kinds } => self.each(agencies, *level, kinds, anchor, date, &mut found),
        }
        found.agencies.sort_unstable();
        found.agencies.dedup();
        found.left_out.retain(|left| found.agencies.binary_search(left).is_err());
        found
    }

    fn class_members(&self, class: &Class, anchor: Option<UnitIx>, date: NaiveDate, found: &mut Members, depth: usize) {
        found.vague |= class.vague;
        // Classes may refer to classes; a circle of them ends here.
        if depth > 8 {
            return;
        }
        for place in self.at_level(class.level, anchor, date) {
            for rule in &class.members {
                self.rule_members(class, rule, place, date, found, depth);
            }
        }
    }

    fn rule_members(
        &self,
        class: &Class,
        rule: &Rule,
        place: Option<UnitIx>,
        date: NaiveDate,
        found: &mut Members,
        depth: usize,
    ) {
        let here = || self.served(place).iter().copied().filter(|ix| self.agencies().unit(*ix).lives(date));
        let kind = |ix: &UnitIx| self.agencies().unit(*ix).face(date).kind.as_str();
        match rule {
            Rule::Parent { parent, kinds } => {
                let above = self.agency_at(place, parent, date);
                let under = |ix: &UnitIx| above.is_some() && self.agencies().unit(*ix).parent(date) == above;
                found
                    .agencies
                    .extend(here().filter(under).filter(|ix| kinds.is_empty() || kinds.iter().any(|k| k == kind(ix))));
            }
            Rule::Seat { kinds, agencies } => {
                found.agencies.extend(here().filter(|ix| kinds.iter().any(|k| k == kind(ix))));
                found.agencies.extend(agencies.iter().filter_map(|key| self.agency_at(place, key, date)));
            }
            Rule::Council { council } => found.agencies.extend(self.council(place, council, class.level, date)),
            Rule::Place { level, agencies, types, unless } => {
                if unless.is_none_or(|unless| self.at_level(unless, place, date).next().is_none()) {
                    self.each(agencies, *level, types, place, date, found);
                }
            }
            Rule::Class { class } => {
                if let Some(class) = self.class(class) {
                    self.class_members(class, place, date, found, depth + 1);
                }
            }
        }
    }

    /// The bodies represented in a council on a day, without the council itself, and whether somebody entered them (else the definitions say so).
    pub fn represented(&self, council: UnitIx, date: NaiveDate) -> (Vec<UnitIx>, bool) {
        let seated =
            |(c, _, from, until): &&Seat| *c == council && *from <= date && until.is_none_or(|until| date < until);
        let entered: Vec<UnitIx> = self.seats().iter().filter(seated).map(|(_, member, ..)| *member).collect();
        if !entered.is_empty() {
            return (entered, true);
        }
        let place = self.place_of(council);
        let role = self.agencies().unit(council).role.as_str();
        let all = &self.definitions().classes.councils;
        let defined = all.iter().find(|c| c.council == role && self.agency_at(place, role, date) == Some(council));
        let members = defined.iter().flat_map(|c| &c.members).filter_map(|key| self.agency_at(place, key, date));
        (members.collect(), false)
    }

    /// The bodies represented in a council, the council itself included: those entered, else those of the definitions.
    fn council(&self, place: Option<UnitIx>, council: &str, level: Level, date: NaiveDate) -> Vec<UnitIx> {
        let unit = self.agency_at(place, council, date);
        let seated =
            |(c, _, from, until): &&Seat| Some(*c) == unit && *from <= date && until.is_none_or(|until| date < until);
        let entered: Vec<UnitIx> = self
            .seats()
            .iter()
            .filter(seated)
            .flat_map(|(_, member, ..)| self.agencies().heirs(*member, date))
            .collect();
        if !entered.is_empty() {
            return unit.into_iter().chain(entered).collect();
        }
        let defined = self.definitions().classes.councils.iter().find(|c| c.council == council && c.level == level);
        let members = defined.iter().flat_map(|c| &c.members).filter_map(|key| self.agency_at(place, key, date));
        unit.into_iter().chain(members).collect()
    }

    fn each(
        &self,
        agencies: &[String],
        level: Level,
        kinds: &[String],
        anchor: Option<UnitIx>,
        date: NaiveDate,
        found: &mut Members,
    ) {
        for place in self.at_level(level, anchor, date) {
            let named =
                kinds.is_empty() || place.is_some_and(|ix| kinds.contains(&self.places().unit(ix).face(date).kind));
            let list = if named { &mut found.agencies } else { &mut found.left_out };
            list.extend(agencies.iter().filter_map(|key| self.agency_at(place, key, date)));
        }
    }

    /// What may take over from a group that ended: group ids, `agency:<key>@<level>` or `none`, with the legal basis.
    pub fn heirs_of_group(&self, group: &Group) -> Option<(&[String], &str)> {
        let id = match group {
            Group::Each { agencies, level, .. } => {
                Group::Each { agencies: agencies.clone(), level: *level, kinds: Vec::new() }
            }
            class @ Group::Class(_) => class.clone(),
        };
        let id = id.to_string();
        let heir = self.definitions().classes.heirs.iter().find(|heir| heir.from == id)?;
        Some((&heir.to, &heir.basis))
    }

    /// A name for a group: that of the class, or "Ủy ban nhân dân các xã, phường".
    pub fn group_name(&self, group: &Group) -> String {
        match group {
            Group::Class(key) => self.class(key).map_or_else(|| key.clone(), |class| class.name.clone()),
            Group::Each { agencies, level, kinds } => {
                let template = self.definitions().template(*level);
                let name = |key: &String| {
                    let entry = template.and_then(|t| t.agencies.iter().find(|entry| entry.key == *key));
                    entry.map_or_else(|| key.clone(), |entry| entry.name.clone())
                };
                let names: Vec<String> = agencies.iter().map(name).collect();
                let places = match (kinds.as_slice(), level) {
                    ([], Level::Central) => "Trung ương".to_owned(),
                    ([], Level::Province) => "các tỉnh, thành phố".to_owned(),
                    ([], Level::District) => "cấp huyện".to_owned(),
                    ([], Level::Commune) => "cấp xã".to_owned(),
                    (kinds, _) => {
                        format!("các {}", kinds.iter().map(|k| k.to_lowercase()).collect::<Vec<_>>().join(", "))
                    }
                };
                format!("{} {places}", names.join(", "))
            }
        }
    }
}
