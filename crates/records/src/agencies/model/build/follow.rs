//! Agencies of places that live on: moved with their place, divided with it.

use chrono::NaiveDate;

use super::{Builder, agency_key, state};
use crate::agencies::model::{
    event::{Change, Division, Part},
    tree::UnitIx,
};

impl Builder<'_> {
    /// The division of a place on a day.
    fn division(&self, place: UnitIx, date: NaiveDate) -> Option<&Division> {
        self.places.divisions().iter().find(|division| division.from == place && division.date == date)
    }

    /// Heirs of a divided agency with the weights of their places, where every one of these has one.
    pub(super) fn weighed(&self, place: UnitIx, into: Vec<String>, date: NaiveDate) -> Vec<Part> {
        let division = self.division(place, date);
        let weight = |key: &String| {
            let home = self.tree.find(key).map(|ix| self.tree.unit(ix).place.as_str())?;
            let share = division?.shares.iter().find(|share| self.places.unit(share.unit).key == home)?;
            share.weight
        };
        let weights: Option<Vec<u64>> = into.iter().map(weight).collect();
        let weight_of = |at: usize| weights.as_ref().and_then(|all| all.get(at).copied());
        into.into_iter().enumerate().map(|(at, unit)| Part { weight: weight_of(at), unit }).collect()
    }

    /// A place that gave parts of itself away and lives on: its agencies did the same.
    pub(super) fn divided(&self, date: NaiveDate) -> Vec<Change> {
        let mut changes = Vec::new();
        for (template, places) in &self.scope {
            let here = |ix: &&UnitIx| self.places.unit(**ix).lives(date);
            for place in places.iter().flatten().filter(here) {
                let Some(division) = self.division(*place, date) else { continue };
                for entry in &template.agencies {
                    let at = |ix: UnitIx| agency_key(&self.places.unit(ix).key, &entry.key);
                    let from = at(*place);
                    let heirs = division.shares.iter().map(|share| at(share.unit));
                    let into: Vec<String> = heirs.filter(|key| self.living(key, date)).collect();
                    if into.len() > 1 && into.contains(&from) {
                        changes.push(Change::Split { into: self.weighed(*place, into, date), from });
                    }
                }
            }
        }
        changes
    }

    /// A place that came under another one: its agencies stand below those of the new one.
    pub(super) fn moved(&self, date: NaiveDate) -> Vec<Change> {
        let mut changes = Vec::new();
        for (template, places) in &self.scope {
            let moved = |ix: &&UnitIx| {
                let unit = self.places.unit(**ix);
                unit.lives(date) && unit.parents().iter().skip(1).any(|(day, _)| *day == date)
            };
            let state = state(template, date);
            for place in places.iter().flatten().filter(moved) {
                for (entry, parents) in &state {
                    let unit = agency_key(&self.places.unit(*place).key, &entry.key);
                    let Some(ix) = self.tree.find(&unit).filter(|_| self.living(&unit, date)) else { continue };
                    let living = |key: &String| self.living(key, date);
                    let parent = parents.iter().filter_map(|p| self.reference(p, Some(*place), date)).find(living);
                    let above = self.tree.unit(ix).parent(date).map(|above| self.tree.unit(above).key.clone());
                    if parent.is_some() && parent != above {
                        changes.push(Change::Move { unit, parent });
                    }
                }
            }
        }
        changes
    }
}
