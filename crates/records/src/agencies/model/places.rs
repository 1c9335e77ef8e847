//! Names of places in printed names: "tỉnh", "tỉnh Lạng Sơn", "xã Đoàn Kết, huyện Tràng Định", "các xã, phường", "cấp xã", "cùng cấp".

use std::collections::HashMap;

use chrono::NaiveDate;
use kernel::text::fold;

use super::{
    definitions::{Definitions, Level},
    lexicon::{strip_back, strip_front},
    tree::{Tree, UnitIx},
};

/// What the words behind an agency's name say about its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceWords {
    /// Nothing.
    Nothing,
    /// The kind of the issuer's own place ("tỉnh", "của Thành phố").
    Own(String),
    /// A level ("cấp xã"): the issuer's own place, or all of that level in it.
    Level(Level),
    /// Named; more than one when the name is ambiguous. `sure` when the kind of place is printed, too.
    Named {
        /// Places of that name, of any time.
        places: Vec<UnitIx>,
        /// The kind of place was printed.
        sure: bool,
    },
    /// All places of these kinds ("các xã, phường").
    All {
        /// Their level.
        level: Level,
        /// Kinds as named; empty for all of the level.
        kinds: Vec<String>,
    },
}

/// All names of places, folded.
#[derive(Debug, Clone)]
pub struct Places {
    names: HashMap<String, Vec<UnitIx>>,
    proper: HashMap<String, Vec<UnitIx>>,
    /// Folded kind, kind, levels; the longest first.
    kinds: Vec<(String, String, Vec<Level>)>,
    phrases: Vec<(String, Level)>,
}

impl Places {
    /// Indexes every name that a place ever had.
    pub fn new(definitions: &Definitions, tree: &Tree) -> Self {
        let mut kinds: Vec<(String, String, Vec<Level>)> = Vec::new();
        for place in &definitions.words.places {
            match kinds.iter_mut().find(|(_, kind, _)| *kind == place.kind) {
                Some((.., levels)) => levels.push(place.level),
                None => kinds.push((fold(&place.kind), place.kind.clone(), vec![place.level])),
            }
        }
        kinds.sort_by_key(|(folded, ..)| std::cmp::Reverse(folded.len()));
        let mut names: HashMap<String, Vec<UnitIx>> = HashMap::with_capacity(tree.len());
        let mut proper: HashMap<String, Vec<UnitIx>> = HashMap::with_capacity(tree.len());
        for (ix, unit) in tree.units() {
            for (_, face) in unit.faces() {
                let name = fold(&face.name);
                let short =
                    kinds.iter().find_map(|(folded, ..)| strip_front(&name, folded)).unwrap_or(&name).to_owned();
                for (index, key) in [(&mut proper, short), (&mut names, name)] {
                    let list = index.entry(key).or_default();
                    if list.last() != Some(&ix) {
                        list.push(ix);
                    }
                }
            }
        }
        let folded = |(phrase, level): (&String, Level)| {
            let text = fold(phrase);
            (text.strip_prefix("cac ").map_or(text.clone(), ToOwned::to_owned), level)
        };
        let levels = &definitions.words.levels;
        let phrases =
            levels.iter().flat_map(|l| l.phrases.iter().map(|phrase| (phrase, l.level))).map(folded).collect();
        Self { names, proper, kinds, phrases }
    }

    /// Reads the folded words behind an agency's name; `None` when they are not about a place.
    pub fn read(&self, words: &str, tree: &Tree) -> Option<PlaceWords> {
        let words = ["cua", "tai", "o", "thuoc"].iter().find_map(|front| strip_front(words, front)).unwrap_or(words);
        if words.is_empty() {
            return Some(PlaceWords::Nothing);
        }
        if let Some((_, kind, _)) = self.kinds.iter().find(|(folded, ..)| folded == words) {
            return Some(PlaceWords::Own(kind.clone()));
        }
        self.plural(words).or_else(|| self.named(words, tree))
    }

    /// Places called exactly so (kind printed or not), of any time.
    pub fn find(&self, words: &str) -> Option<&[UnitIx]> {
        self.names.get(words).or_else(|| self.proper.get(words)).map(Vec::as_slice)
    }

    fn plural(&self, words: &str) -> Option<PlaceWords> {
        let (many, words) = strip_front(words, "cac").map_or((false, words), |rest| (true, rest));
        let backs = ["tren dia ban tinh", "tren dia ban thanh pho", "tren dia ban", "trong tinh", "toan tinh"];
        let words = backs.iter().find_map(|back| strip_back(words, back)).unwrap_or(words);
        if let Some((phrase, level)) = self.phrases.iter().find(|(phrase, _)| phrase == words) {
            let single = !many && phrase.starts_with("cap ");
            return Some(if single {
                PlaceWords::Level(*level)
            } else {
                PlaceWords::All { level: *level, kinds: Vec::new() }
            });
        }
        let (central, words) = strip_back(words, "truc thuoc trung uong").map_or((false, words), |rest| (true, rest));
        let words = ["thuoc tinh", "truc thuoc tinh"].iter().find_map(|back| strip_back(words, back)).unwrap_or(words);
        let mut found: Vec<&(String, String, Vec<Level>)> = Vec::new();
        let mut rest = words;
        while !rest.is_empty() {
            rest = strip_front(rest, "va").unwrap_or(rest);
            let (kind, tail) = self.kinds.iter().find_map(|kind| Some((kind, strip_front(rest, &kind.0)?)))?;
            found.push(kind);
            rest = tail;
        }
        if found.is_empty() || (found.len() < 2 && !many) {
            return None;
        }
        let certain = found.iter().find_map(|(_, _, levels)| match levels.as_slice() {
            [level] => Some(*level),
            _ => None,
        });
        let level = if central { Level::Province } else { certain.unwrap_or(Level::District) };
        let mut kinds: Vec<String> = found.into_iter().map(|(_, kind, _)| kind.clone()).collect();
        kinds.sort();
        kinds.dedup();
        if level == Level::Province {
            kinds.clear();
        }
        Some(PlaceWords::All { level, kinds })
    }

    fn named(&self, words: &str, tree: &Tree) -> Option<PlaceWords> {
        if let Some(places) = self.names.get(words) {
            return Some(PlaceWords::Named { places: places.clone(), sure: true });
        }
        if let Some(places) = self.proper.get(words) {
            return Some(PlaceWords::Named { places: places.clone(), sure: false });
        }
        // "xã X huyện Y", "phường X thành phố Y tỉnh Z": the first inside the second.
        let cuts = words.match_indices(' ').map(|(at, _)| at);
        for at in cuts {
            let (inner, outer) = (words.get(..at)?, words.get(at + 1..)?);
            let Some(places) = self.names.get(inner) else { continue };
            let Some(PlaceWords::Named { places: around, .. }) = self.read(outer, tree) else { continue };
            let inside = |place: &&UnitIx| {
                let mut dates = tree.unit(**place).parents().iter().map(|(date, _)| *date);
                dates.any(|date: NaiveDate| {
                    around.iter().any(|outer| **place != *outer && tree.is_within(**place, *outer, date))
                })
            };
            let places: Vec<UnitIx> = places.iter().filter(inside).copied().collect();
            if !places.is_empty() {
                return Some(PlaceWords::Named { places, sure: true });
            }
        }
        None
    }
}
