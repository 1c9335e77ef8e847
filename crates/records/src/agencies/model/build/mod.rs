//! The events of an agency tree: the templates applied to every place, from the first day on. Places give the dates of their own ends and
//! successors; the templates give what happened inside them.

mod fill;
mod follow;
mod state;

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::{
    definitions::{Definitions, Entry, Level, Template, TemplateEvent},
    event::{Change, Event, EventError, NewUnit, Part},
    tree::{BEGINNING, Face, Tree, Unit, UnitIx},
};
use state::{became, state};

pub(in crate::agencies) use fill::Placeholders;

/// The key of the agency that template entry `key` has at `place`; central ones have no place.
pub fn agency_key(place: &str, key: &str) -> String {
    if place.is_empty() { format!("tw/{key}") } else { format!("{place}/{key}") }
}

/// Events of the central agencies and of those in the given provinces (keys of places living today or not); all provinces when empty.
///
/// # Errors
/// [`EventError`] when templates and places contradict each other.
pub fn events(definitions: &Definitions, places: &Tree, provinces: &[UnitIx]) -> Result<Vec<Event>, EventError> {
    let mut builder = Builder::new(definitions, places, provinces);
    for date in builder.dates() {
        builder.day(date)?;
    }
    Ok(builder.events)
}

/// Every province whose people live in `province` today, itself included: those merged into it.
pub fn with_ancestors(places: &Tree, province: UnitIx) -> Vec<UnitIx> {
    let mut out = vec![province];
    let mut at = 0;
    while let Some(next) = out.get(at).copied() {
        for (_, ancestor) in places.ancestors_of(next) {
            if !out.contains(&ancestor) && places.unit(ancestor).place == Level::Province.key() {
                out.push(ancestor);
            }
        }
        at += 1;
    }
    out
}

struct Builder<'a> {
    definitions: &'a Definitions,
    places: &'a Tree,
    /// Places in scope by level, from the top; the central level has one without a place.
    scope: Vec<(&'a Template, Vec<Option<UnitIx>>)>,
    /// Provinces with all those from which they came, for the sets.
    lineage: HashMap<UnitIx, Vec<String>>,
    tree: Tree,
    events: Vec<Event>,
}

impl<'a> Builder<'a> {
    fn new(definitions: &'a Definitions, places: &'a Tree, provinces: &[UnitIx]) -> Self {
        let wanted: HashSet<UnitIx> = provinces.iter().flat_map(|p| with_ancestors(places, *p)).collect();
        let inside = |ix: UnitIx, unit: &Unit| {
            wanted.is_empty() || places.chain(ix, unit.from).any(|above| wanted.contains(&above))
        };
        let mut scope = Vec::new();
        for template in &definitions.templates {
            let of_level = |(ix, unit): (UnitIx, &Unit)| {
                (unit.place == template.level.key() && inside(ix, unit)).then_some(Some(ix))
            };
            let list: Vec<Option<UnitIx>> = if template.level == Level::Central {
                vec![None]
            } else {
                places.units().filter_map(of_level).collect()
            };
            scope.push((template, list));
        }
        let provinces = places.units().filter(|(_, unit)| unit.place == Level::Province.key());
        let lineage = provinces
            .map(|(ix, _)| (ix, with_ancestors(places, ix).into_iter().map(|p| places.unit(p).key.clone()).collect()))
            .collect();
        Self { definitions, places, scope, lineage, tree: Tree::default(), events: Vec::new() }
    }

    /// Every day on which something happens.
    fn dates(&self) -> BTreeSet<NaiveDate> {
        let mut dates = BTreeSet::from([BEGINNING]);
        for (template, places) in &self.scope {
            dates.extend(template.agencies.iter().filter_map(|entry| entry.from));
            dates.extend(template.agencies.iter().flat_map(|entry| entry.renamed.iter().map(|r| r.date)));
            dates.extend(template.events.iter().map(|event| event.date));
            for unit in places.iter().flatten().map(|ix| self.places.unit(*ix)) {
                dates.extend([Some(unit.from), unit.until].into_iter().flatten());
                dates.extend(unit.faces().iter().map(|(date, _)| *date));
                dates.extend(unit.parents().iter().map(|(date, _)| *date));
            }
        }
        dates.extend(self.places.divisions().iter().map(|division| division.date));
        dates
    }

    fn day(&mut self, date: NaiveDate) -> Result<(), EventError> {
        self.create(date)?;
        for at in 0..self.scope.len() {
            let Some((template, _)) = self.scope.get(at) else { continue };
            let template = *template;
            for event in template.events.iter().filter(|event| event.date == date) {
                let changes = self.happen(at, event);
                self.emit(date, &event.title, event.basis.clone(), event.unverified, changes)?;
            }
        }
        let ends = self.ends(date);
        self.emit(date, "Kết thúc hoạt động theo đơn vị hành chính", None, false, ends)?;
        let parts = self.divided(date);
        self.emit(date, "Chia theo đơn vị hành chính", None, false, parts)?;
        let moves = self.moved(date);
        self.emit(date, "Chuyển theo đơn vị hành chính", None, false, moves)?;
        let names = self.renames(date);
        self.emit(date, "Đổi tên", None, true, names)
    }

    fn emit(
        &mut self,
        date: NaiveDate,
        title: &str,
        basis: Option<String>,
        unverified: bool,
        changes: Vec<Change>,
    ) -> Result<(), EventError> {
        if changes.is_empty() {
            return Ok(());
        }
        let event = Event { date, title: title.to_owned(), basis, unverified, changes };
        self.tree.apply(&event)?;
        self.events.push(event);
        Ok(())
    }

    /// New places get everything that exists by then; places that are there already get the entries that begin today.
    fn create(&mut self, date: NaiveDate) -> Result<(), EventError> {
        let mut pending = HashSet::new();
        let mut changes = Vec::new();
        for (template, places) in &self.scope {
            let state = state(template, date);
            for place in places {
                let Some(born) = self.birthday(*place, date) else { continue };
                let begins = |entry: &Entry| born == date || entry.from == Some(date);
                for (entry, parents) in
                    state.iter().filter(|(entry, _)| begins(entry) && self.applies(template, entry, *place))
                {
                    let key = agency_key(self.place_key(*place), &entry.key);
                    let exists = |key: &str| pending.contains(key) || self.living(key, date);
                    let parent = parents.iter().filter_map(|p| self.reference(p, *place, date)).find(|key| exists(key));
                    let face = self.face(entry, *place, date);
                    let place = self.place_key(*place).to_owned();
                    pending.insert(key.clone());
                    changes.push(Change::Create(NewUnit { key, place, role: entry.key.clone(), parent, face }));
                }
            }
        }
        let title = if date == BEGINNING { "Các cơ quan có từ đầu" } else { "Thành lập" };
        self.emit(date, title, None, date != BEGINNING, changes)
    }

    /// What a template event does in each place that was there before it.
    fn happen(&self, at: usize, event: &TemplateEvent) -> Vec<Change> {
        let date = event.date;
        let mut changes = Vec::new();
        let places = self.scope.get(at).map(|(_, places)| places.as_slice()).unwrap_or_default();
        for place in places.iter().copied() {
            if self.birthday(place, date).is_none_or(|born| born >= date) {
                continue;
            }
            let own = |key: &String| Some(agency_key(self.place_key(place), key)).filter(|key| self.living(key, date));
            let refer =
                |reference: &String| self.reference(reference, place, date).filter(|key| self.living(key, date));
            for moving in &event.moves {
                if let (Some(unit), Some(parent)) = (own(&moving.unit), moving.parent.0.iter().find_map(refer)) {
                    changes.push(Change::Move { unit, parent: Some(parent) });
                }
            }
            for merging in &event.merge {
                let from: Vec<String> = merging.from.iter().filter_map(own).collect();
                match own(&merging.into) {
                    _ if from.is_empty() => {}
                    Some(into) => changes.push(Change::Merge { from, into }),
                    None => changes.extend(from.into_iter().map(|unit| Change::Abolish { unit, heir: None })),
                }
            }
            for splitting in &event.split {
                let into: Vec<Part> =
                    splitting.into.iter().filter_map(own).map(|unit| Part { unit, weight: None }).collect();
                match own(&splitting.from) {
                    Some(unit) if into.is_empty() => changes.push(Change::Abolish { unit, heir: None }),
                    Some(from) => changes.push(Change::Split { from, into }),
                    None => {}
                }
            }
            for ending in &event.abolish {
                if let Some(unit) = own(&ending.unit) {
                    changes.push(Change::Abolish { unit, heir: refer(&ending.heir) });
                }
            }
        }
        changes
    }

    /// Agencies of places that end today go to the same entry (or what it became today) in the heirs of the place.
    fn ends(&self, date: NaiveDate) -> Vec<Change> {
        let mut changes = Vec::new();
        for (template, places) in self.scope.iter().rev() {
            for place in places.iter().flatten().filter(|ix| self.places.unit(**ix).until == Some(date)) {
                let unit = self.places.unit(*place);
                let heirs = self.places.heirs(*place, date);
                // Subordinates first, so that a figure handed to a superior goes on with it.
                for entry in template.agencies.iter().rev() {
                    let key = agency_key(&unit.key, &entry.key);
                    if !self.living(&key, date) {
                        continue;
                    }
                    let into = self.successors(template, entry, &heirs, date);
                    changes.push(match into.as_slice() {
                        [] => {
                            let named = self.named(entry, &unit.key, &heirs, date);
                            Change::Abolish {
                                heir: named.or_else(|| self.upward(template, entry, &heirs, date)),
                                unit: key,
                            }
                        }
                        [one] => Change::Merge { from: vec![key], into: one.clone() },
                        _ => Change::Split { into: self.weighed(*place, into, date), from: key },
                    });
                }
            }
        }
        changes
    }

    fn successors(&self, template: &Template, entry: &Entry, heirs: &[UnitIx], date: NaiveDate) -> Vec<String> {
        let became = became(template, &entry.key, date);
        let mut out = Vec::new();
        for heir in heirs.iter().map(|ix| self.places.unit(*ix)) {
            // A district that became a commune hands over to the commune's agencies; a dissolved one lies in its province.
            if heir.place == Level::Province.key() && template.level != Level::Province {
                continue;
            }
            for key in &became {
                let key = agency_key(&heir.key, key);
                if self.living(&key, date) && !out.contains(&key) {
                    out.push(key);
                }
            }
        }
        out
    }

    /// The agency of the province that the entry names for a place that ends.
    fn named(&self, entry: &Entry, place: &str, heirs: &[UnitIx], date: NaiveDate) -> Option<String> {
        let key = entry.heirs.get(place)?;
        let province = heirs.first().and_then(|ix| self.above(*ix, Level::Province, date))?;
        Some(agency_key(&self.places.unit(province).key, key)).filter(|key| self.living(key, date))
    }

    /// The agency above this entry on a higher level, in the (first) heir of the place or the province around it.
    fn upward(&self, template: &Template, entry: &Entry, heirs: &[UnitIx], date: NaiveDate) -> Option<String> {
        let mut entry = entry;
        for _ in 0..8 {
            let above = entry
                .parent
                .0
                .iter()
                .rev()
                .find_map(|p| p.split_once(':'))
                .filter(|(level, _)| *level == Level::Province.key());
            if let Some((_, key)) = above {
                let province = heirs.first().and_then(|ix| self.above(*ix, Level::Province, date))?;
                return Some(agency_key(&self.places.unit(province).key, key)).filter(|key| self.living(key, date));
            }
            let parent = entry.parent.0.first()?;
            entry = template.agencies.iter().find(|other| other.key == *parent)?;
        }
        None
    }

    fn renames(&self, date: NaiveDate) -> Vec<Change> {
        let mut changes = Vec::new();
        for (template, places) in &self.scope {
            for place in places {
                let place_renamed =
                    place.is_some_and(|ix| self.places.unit(ix).faces().iter().skip(1).any(|(from, _)| *from == date));
                for entry in &template.agencies {
                    if !place_renamed && !entry.renamed.iter().any(|renaming| renaming.date == date) {
                        continue;
                    }
                    let key = agency_key(self.place_key(*place), &entry.key);
                    let Some(ix) = self.tree.find(&key).filter(|ix| self.tree.unit(*ix).lives(date)) else { continue };
                    let face = self.face(entry, *place, date);
                    if *self.tree.unit(ix).face(date) != face {
                        changes.push(Change::Rename { unit: key, face });
                    }
                }
            }
        }
        changes
    }

    fn living(&self, key: &str, date: NaiveDate) -> bool {
        self.tree.find(key).is_some_and(|ix| self.tree.unit(ix).lives(date))
    }

    fn place_key(&self, place: Option<UnitIx>) -> &'a str {
        place.map_or("", |ix| self.places.unit(ix).key.as_str())
    }

    /// First day of a place that exists on `date`.
    fn birthday(&self, place: Option<UnitIx>, date: NaiveDate) -> Option<NaiveDate> {
        let Some(ix) = place else { return Some(BEGINNING) };
        let unit = self.places.unit(ix);
        unit.lives(date).then_some(unit.from)
    }

    fn above(&self, place: UnitIx, level: Level, date: NaiveDate) -> Option<UnitIx> {
        let date = self.places.unit(place).day_within(date);
        self.places.chain(place, date).find(|ix| self.places.unit(*ix).place == level.key())
    }

    /// The agency key that a template reference ("ubnd", "province:ubnd") means at a place.
    fn reference(&self, reference: &str, place: Option<UnitIx>, date: NaiveDate) -> Option<String> {
        let Some((level, key)) = reference.split_once(':') else {
            return Some(agency_key(self.place_key(place), reference));
        };
        match Level::parse(level)? {
            Level::Central => Some(agency_key("", key)),
            level => self.above(place?, level, date).map(|ix| agency_key(&self.places.unit(ix).key, key)),
        }
    }

    fn applies(&self, template: &Template, entry: &Entry, place: Option<UnitIx>) -> bool {
        if entry.only.is_empty() && entry.except.is_empty() {
            return true;
        }
        let lineage = place.and_then(|ix| self.lineage.get(&ix)).map(Vec::as_slice).unwrap_or_default();
        let within =
            |set: &String| template.sets.get(set).is_some_and(|keys| keys.iter().any(|key| lineage.contains(key)));
        (entry.only.is_empty() || entry.only.iter().any(within)) && !entry.except.iter().any(within)
    }

    fn face(&self, entry: &Entry, place: Option<UnitIx>, date: NaiveDate) -> Face {
        let renaming = entry.renamed.iter().rfind(|renaming| renaming.date <= date);
        let (name, full, short) = match renaming {
            Some(new) => (&new.name, new.full.as_deref(), new.short.as_deref()),
            None => (&entry.name, entry.full.as_deref(), entry.short.as_deref()),
        };
        let fill = Placeholders::of(self.definitions, place.map(|ix| self.places.unit(ix)), date);
        let with_place = format!("{name} {{place}}");
        let full = full.unwrap_or(if place.is_some() { &with_place } else { name });
        Face { name: fill.fill(full), short: fill.fill(short.unwrap_or(name)), kind: entry.kind.clone() }
    }
}
