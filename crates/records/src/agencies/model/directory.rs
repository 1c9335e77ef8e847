//! Who is meant: places, agencies and definitions with their indexes. Built once per change of the tree; resolving a name takes a handful of hash
//! lookups, whatever the size of the country.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use chrono::NaiveDate;

use super::{
    build::Placeholders,
    candidates::Candidate,
    definitions::{Class, Definitions, Direction, Entry, Level, Relative, Template},
    groups::{Group, Seats},
    lexicon::{Item, Lexicon, join, strip_front},
    places::Places,
    tree::{Tree, UnitIx},
};

/// From where and when a name is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The issuer's place; `None` for a central issuer or when it is not known yet.
    pub place: Option<UnitIx>,
    /// Date of the paper.
    pub date: NaiveDate,
}

/// What a printed name means.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// One agency that existed on the day.
    Agency(UnitIx),
    /// An agency that did not exist on the day, and those who carried on for it by then.
    NotThen {
        /// The agency.
        unit: UnitIx,
        /// Its heirs, the main one first; empty when it was created later or left nobody.
        heirs: Vec<UnitIx>,
    },
    /// Several agencies under one phrase; see [`Directory::members`].
    Group(Group),
    /// Someone else for each addressee; see [`Directory::relative`].
    Relative(String),
    /// An enumeration.
    Several(Vec<Resolution>),
    /// Nobody known; the nearest names.
    Unknown(Vec<Candidate>),
}

/// A printed name and what was made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// As printed.
    pub printed: String,
    /// What it means.
    pub meaning: Meaning,
    /// Nobody needs to look at it.
    pub sure: bool,
    /// The holder of an office was named ("Giám đốc Sở Tư pháp").
    pub office: bool,
    /// Only those concerned were meant ("các sở, ngành có liên quan").
    pub related: bool,
}

/// Something a reviewer chose for a printed name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// As printed.
    pub printed: String,
    /// In papers from this place (and places inside it); everywhere when absent.
    pub scope: Option<UnitIx>,
    /// What was chosen.
    pub target: Target,
}

/// What an alias stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An agency.
    Agency(UnitIx),
    /// A group.
    Group(Group),
    /// A relative phrase.
    Relative(String),
}

/// See the module.
#[derive(Debug)]
pub struct Directory {
    definitions: Arc<Definitions>,
    places: Arc<Tree>,
    agencies: Arc<Tree>,
    pub(super) lexicon: Lexicon,
    place_names: Places,
    /// Folded names of template agencies → levels and keys.
    heads: HashMap<String, Vec<(Level, Arc<str>)>>,
    /// (place, template key) → agency.
    roles: HashMap<Option<UnitIx>, HashMap<Arc<str>, UnitIx>>,
    /// Agencies by the place they serve.
    served: HashMap<Option<UnitIx>, Vec<UnitIx>>,
    /// Names of agencies without a template entry, and aliases.
    explicit: HashMap<String, Vec<(Option<UnitIx>, Target)>>,
    /// Class phrases without order → class.
    phrases: HashMap<String, usize>,
    relatives: HashMap<String, usize>,
    seats: Seats,
    pub(super) folded: OnceLock<Vec<[String; 2]>>,
}

/// What was found for a piece of a name.
pub(super) struct Hit {
    pub(super) meaning: Meaning,
    pub(super) sure: bool,
    pub(super) office: bool,
    pub(super) related: bool,
}

impl Hit {
    pub(super) fn sure(meaning: Meaning) -> Self {
        Self { meaning, sure: true, office: false, related: false }
    }
}

impl Directory {
    /// Builds the indexes.
    pub fn new(
        definitions: Arc<Definitions>,
        places: Arc<Tree>,
        agencies: Arc<Tree>,
        aliases: &[Alias],
        seats: Seats,
    ) -> Self {
        let lexicon = Lexicon::new(&definitions.words);
        let place_names = Places::new(&definitions, &places);
        let mut heads: HashMap<String, Vec<(Level, Arc<str>)>> = HashMap::new();
        let mut keys: HashMap<&str, Arc<str>> = HashMap::new();
        for template in &definitions.templates {
            for entry in &template.agencies {
                let key = keys.entry(&entry.key).or_insert_with(|| Arc::from(entry.key.as_str())).clone();
                for form in forms(&definitions, template, entry) {
                    let list = heads.entry(lexicon.key(&form)).or_default();
                    if !list.contains(&(template.level, key.clone())) {
                        list.push((template.level, key.clone()));
                    }
                }
            }
        }
        heads.remove("");
        let mut roles: HashMap<Option<UnitIx>, HashMap<Arc<str>, UnitIx>> = HashMap::new();
        let mut served: HashMap<Option<UnitIx>, Vec<UnitIx>> = HashMap::new();
        let mut explicit: HashMap<String, Vec<(Option<UnitIx>, Target)>> = HashMap::new();
        for (ix, unit) in agencies.units() {
            let place = places.find(&unit.place);
            served.entry(place).or_default().push(ix);
            if let Some(key) = keys.get(unit.role.as_str()) {
                roles.entry(place).or_default().insert(key.clone(), ix);
                continue;
            }
            for name in unit.faces().iter().flat_map(|(_, face)| [&face.name, &face.short]) {
                explicit.entry(lexicon.key(name)).or_default().push((place, Target::Agency(ix)));
            }
        }
        for alias in aliases {
            // What a person chose goes before what the program thinks.
            explicit.entry(lexicon.key(&alias.printed)).or_default().insert(0, (alias.scope, alias.target.clone()));
        }
        let classes = definitions.classes.classes.iter().enumerate();
        let phrases =
            classes.flat_map(|(n, class)| class.phrases.iter().chain([&class.name]).map(move |phrase| (phrase, n)));
        let phrases = phrases.map(|(phrase, n)| (bag(&lexicon, &lexicon.items(phrase)), n)).collect();
        let relatives = definitions.classes.relatives.iter().enumerate();
        let relatives = relatives.flat_map(|(n, relative)| relative.phrases.iter().map(move |phrase| (phrase, n)));
        let relatives = relatives.map(|(phrase, n)| (lexicon.key(phrase), n)).collect();
        Self {
            definitions,
            places,
            agencies,
            lexicon,
            place_names,
            heads,
            roles,
            served,
            explicit,
            phrases,
            relatives,
            seats,
            folded: OnceLock::new(),
        }
    }

    /// The definitions.
    pub fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// The tree of places.
    pub fn places(&self) -> &Tree {
        &self.places
    }

    /// The tree of agencies.
    pub fn agencies(&self) -> &Tree {
        &self.agencies
    }

    pub(super) fn seats(&self) -> &Seats {
        &self.seats
    }

    /// The class with this key.
    pub fn class(&self, key: &str) -> Option<&Class> {
        self.definitions.classes.classes.iter().find(|class| class.key == key)
    }

    /// The place that an agency serves.
    pub fn place_of(&self, agency: UnitIx) -> Option<UnitIx> {
        self.places.find(&self.agencies.unit(agency).place)
    }

    /// Agencies of any time that serve a place.
    pub fn served(&self, place: Option<UnitIx>) -> &[UnitIx] {
        self.served.get(&place).map(Vec::as_slice).unwrap_or_default()
    }

    /// The agency that a template entry has at a place, living on `date`.
    pub fn agency_at(&self, place: Option<UnitIx>, role: &str, date: NaiveDate) -> Option<UnitIx> {
        self.role_at(place, role).filter(|ix| self.agencies.unit(*ix).lives(date))
    }

    /// The agency that a template entry has at a place, of any time.
    pub fn role_at(&self, place: Option<UnitIx>, role: &str) -> Option<UnitIx> {
        self.roles.get(&place)?.get(role).copied()
    }

    /// Level of a place.
    pub fn level(&self, place: UnitIx) -> Level {
        Level::parse(&self.places.unit(place).place).unwrap_or(Level::Commune)
    }

    /// The place itself while it lives, else its main heir.
    fn living_place(&self, place: UnitIx, date: NaiveDate) -> UnitIx {
        self.places.heirs(place, date).first().copied().unwrap_or(place)
    }

    /// The place of this level around `place`.
    pub(super) fn around(&self, place: UnitIx, level: Level, date: NaiveDate) -> Option<UnitIx> {
        let day = self.places.unit(place).day_within(date);
        self.places.chain(place, day).find(|ix| self.level(*ix) == level)
    }

    /// Places of a level on `date`, seen from `anchor`: the one around it, or all inside it, or all there are; for the central level no place at all.
    pub(super) fn at_level(
        &self,
        level: Level,
        anchor: Option<UnitIx>,
        date: NaiveDate,
    ) -> std::vec::IntoIter<Option<UnitIx>> {
        let anchor = anchor.map(|place| self.living_place(place, date));
        let found: Vec<Option<UnitIx>> = match anchor {
            _ if level == Level::Central => vec![None],
            Some(place) if self.level(place) >= level => {
                self.around(place, level, date).map(Some).into_iter().collect()
            }
            anchor => {
                let inside = |ix| anchor.is_none_or(|anchor| self.places.is_within(ix, anchor, date));
                let living = self.places.units().filter(|(_, unit)| unit.lives(date) && unit.place == level.key());
                living.filter(|(ix, _)| inside(*ix)).map(|(ix, _)| Some(ix)).collect()
            }
        };
        found.into_iter()
    }

    /// Who a relative phrase means for an addressee: one agency, or the several that the phrase sums up.
    pub fn relative(&self, key: &str, addressee: UnitIx, date: NaiveDate) -> Vec<UnitIx> {
        let relative: Option<&Relative> =
            self.definitions.classes.relatives.iter().find(|relative| relative.key == key);
        let (Some(relative), Some(place)) = (relative, self.place_of(addressee)) else { return Vec::new() };
        let own = self.living_place(place, date);
        let place = match relative.level {
            Direction::Same => Some(own),
            Direction::Above => self.places.unit(own).parent(date),
        };
        let Some(place) = place else { return Vec::new() };
        let by_level = relative.agencies_by_level.get(&self.level(place)).map(|keys| keys.0.as_slice());
        let roles = relative.agency.as_ref().map(std::slice::from_ref).or(by_level).unwrap_or_default();
        roles.iter().filter_map(|role| self.agency_at(Some(place), role, date)).collect()
    }

    /// A piece of a name without its separators, exactly: an alias, a relative phrase, a class, an agency.
    pub(super) fn exact(&self, items: &[Item], context: &Context) -> Option<Hit> {
        let key = join(items);
        if let Some(target) = self.explicit.get(&key).and_then(|list| self.in_scope(list, context)) {
            return Some(Hit::sure(match target {
                Target::Agency(unit) => self.at_date(*unit, context.date),
                Target::Group(group) => Meaning::Group(group.clone()),
                Target::Relative(key) => Meaning::Relative(key.clone()),
            }));
        }
        if let Some(relative) = self.relatives.get(&key).and_then(|n| self.definitions.classes.relatives.get(*n)) {
            return Some(Hit::sure(Meaning::Relative(relative.key.clone())));
        }
        if let Some(class) =
            self.phrases.get(&bag(&self.lexicon, items)).and_then(|n| self.definitions.classes.classes.get(*n))
        {
            return Some(Hit { sure: !class.vague, ..Hit::sure(Meaning::Group(Group::Class(class.key.clone()))) });
        }
        self.head_and_place(&key, context)
    }

    fn in_scope<'t>(&self, list: &'t [(Option<UnitIx>, Target)], context: &Context) -> Option<&'t Target> {
        let around = |scope: UnitIx| {
            let Some(place) = context.place else { return false };
            let province = |place| self.around(place, Level::Province, context.date);
            self.places.is_within(place, scope, self.places.unit(place).day_within(context.date))
                || province(place) == province(scope)
        };
        let near = list.iter().find(|(scope, _)| scope.is_some_and(around));
        near.or_else(|| list.iter().find(|(scope, _)| scope.is_none()))
            .or_else(|| list.first().filter(|_| list.len() == 1))
            .map(|(_, target)| target)
    }

    /// The longest known agency name in front whose remaining words are about a place.
    fn head_and_place(&self, key: &str, context: &Context) -> Option<Hit> {
        let cuts = std::iter::once(key.len()).chain(key.rmatch_indices(' ').map(|(at, _)| at));
        for cut in cuts {
            let (head, rest) = (key.get(..cut)?, key.get(cut..)?.trim_start());
            let Some(entries) = self.heads.get(head) else { continue };
            let Some(words) = self.place_names.read(rest, &self.places) else { continue };
            if let Some(hit) = self.combine(entries, &words, context) {
                return Some(hit);
            }
        }
        None
    }

    /// An agency as a meaning on a day.
    pub(super) fn at_date(&self, unit: UnitIx, date: NaiveDate) -> Meaning {
        if self.agencies.unit(unit).lives(date) {
            return Meaning::Agency(unit);
        }
        Meaning::NotThen {
            unit,
            heirs: if self.agencies.unit(unit).from <= date { self.agencies.heirs(unit, date) } else { Vec::new() },
        }
    }
}

/// Every printed form of a template agency without its place.
fn forms(definitions: &Definitions, template: &Template, entry: &Entry) -> Vec<String> {
    let names = [&entry.name].into_iter().chain(&entry.aliases);
    let later = entry.renamed.iter().flat_map(|renaming| [&renaming.name].into_iter().chain(&renaming.aliases));
    let patterns: Vec<String> =
        names.chain(later).map(|p| p.replace("{place}", "").replace("{Place}", "").replace("{proper}", "")).collect();
    let kinds: Vec<Placeholders> = definitions
        .words
        .places
        .iter()
        .filter(|kind| kind.level == template.level)
        .map(Placeholders::of_kind)
        .collect();
    let mut forms = Vec::new();
    for pattern in patterns {
        if pattern.contains('{') {
            forms.extend(kinds.iter().map(|kind| kind.fill(&pattern)));
        } else {
            forms.push(pattern);
        }
    }
    forms
}

/// A phrase without order and plural words.
pub(super) fn bag(lexicon: &Lexicon, items: &[Item]) -> String {
    let bare = |item: &'_ Item| {
        let text = item.text.as_str();
        lexicon.plural.iter().find_map(|plural| strip_front(text, plural)).unwrap_or(text).to_owned()
    };
    let mut texts: Vec<String> = items.iter().map(bare).collect();
    texts.sort_unstable();
    texts.join("|")
}
