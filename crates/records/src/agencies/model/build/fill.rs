//! Placeholders in names.

use chrono::NaiveDate;

use crate::agencies::model::{
    definitions::{Definitions, PlaceKind},
    tree::Unit,
};

/// Values of the placeholders at a place on a day.
pub(in crate::agencies) struct Placeholders {
    place: String,
    proper: String,
    unit: String,
    party: String,
    youth: String,
}

impl Placeholders {
    pub(in crate::agencies) fn of(definitions: &Definitions, place: Option<&Unit>, date: NaiveDate) -> Self {
        let empty = String::new;
        let Some(unit) = place else {
            return Self { place: empty(), proper: empty(), unit: empty(), party: empty(), youth: empty() };
        };
        let face = unit.face(date);
        let words =
            definitions.words.places.iter().find(|kind| kind.kind == face.kind && kind.level.key() == unit.place);
        let lower = face.kind.to_lowercase();
        let capital = definitions.words.capital_places.get(&face.short).copied().unwrap_or_default();
        Self {
            place: format!("{} {}", if capital { &face.kind } else { &lower }, face.short),
            proper: face.short.clone(),
            unit: lower,
            party: words.map(|w| w.party.clone()).unwrap_or_default(),
            youth: words.map(|w| w.youth.clone()).unwrap_or_default(),
        }
    }

    pub(in crate::agencies) fn of_kind(kind: &PlaceKind) -> Self {
        let unit = kind.kind.to_lowercase();
        Self { place: String::new(), proper: String::new(), unit, party: kind.party.clone(), youth: kind.youth.clone() }
    }

    pub(in crate::agencies) fn fill(&self, pattern: &str) -> String {
        if !pattern.contains('{') {
            return pattern.to_owned();
        }
        let mut initial = self.place.chars();
        let capital: String = initial.next().into_iter().flat_map(char::to_uppercase).chain(initial).collect();
        pattern
            .replace("{place}", &self.place)
            .replace("{Place}", &capital)
            .replace("{proper}", &self.proper)
            .replace("{unit}", &self.unit)
            .replace("{party}", &self.party)
            .replace("{youth}", &self.youth)
    }
}
