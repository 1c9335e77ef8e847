//! Printed names piece by piece: agency × place, words that may be dropped, enumerations.

use super::{
    definitions::Level,
    directory::{Context, Directory, Hit, Meaning, Resolution},
    groups::Group,
    lexicon::{Item, Joint, strip_back, strip_front},
    places::PlaceWords,
    tree::UnitIx,
};

type Entries = [(Level, std::sync::Arc<str>)];

/// How far back one piece of an enumeration may reach; the longest name of a ministry has four.
const REACH: usize = 8;
/// Longer enumerations are not names any more.
const MOST: usize = 64;

/// "cùng cấp", folded.
const SAME_LEVEL: &str = "cung cap";

impl Directory {
    /// What a printed name means in a paper from `context`.
    pub fn resolve(&self, printed: &str, context: &Context) -> Resolution {
        let items = self.lexicon.items(printed);
        let printed = printed.trim().trim_end_matches([';', ',', '.']).to_owned();
        let hit = self.piece(&items, context).or_else(|| self.several(&items, context));
        match hit {
            Some(Hit { meaning, sure, office, related }) => Resolution { printed, meaning, sure, office, related },
            None => {
                let candidates = self.candidates(&printed, context, 5);
                Resolution {
                    printed,
                    meaning: Meaning::Unknown(candidates),
                    sure: false,
                    office: false,
                    related: false,
                }
            }
        }
    }

    /// The place from which a paper is issued, by its issuer's name: the anchor for all other names in it.
    pub fn resolve_issuer(&self, printed: &str, date: chrono::NaiveDate) -> Option<UnitIx> {
        match self.resolve(printed, &Context { place: None, date }).meaning {
            Meaning::Agency(unit) | Meaning::NotThen { unit, .. } => Some(unit),
            _ => None,
        }
    }

    /// One piece, with droppable words around it dropped one after the other.
    pub(super) fn piece(&self, items: &[Item], context: &Context) -> Option<Hit> {
        self.with_backs(items, context).or_else(|| self.without_front(items, context, 3))
    }

    fn with_backs(&self, items: &[Item], context: &Context) -> Option<Hit> {
        if let Some(hit) = self.exact(items, context) {
            return Some(hit);
        }
        let mut items = items.to_vec();
        let mut related = false;
        for _ in 0..3 {
            let last = items.last_mut()?;
            let (rest, flag) = self
                .lexicon
                .backs
                .iter()
                .find_map(|(back, flag)| Some((strip_back(&last.text, back)?.to_owned(), *flag)))?;
            if rest.is_empty() {
                return None;
            }
            last.text = rest;
            related |= flag;
            if let Some(hit) = self.exact(&items, context) {
                // "tỉnh" behind an agency's name was read with it; what is dropped here only belongs behind groups.
                let group = matches!(hit.meaning, Meaning::Group(_));
                return group.then_some(Hit { related, sure: hit.sure && !related, ..hit });
            }
        }
        None
    }

    fn without_front(&self, items: &[Item], context: &Context, depth: usize) -> Option<Hit> {
        let (first, rest) = items.split_first()?;
        if depth == 0 {
            return None;
        }
        let fronts = self
            .lexicon
            .fronts
            .iter()
            .map(|(front, office)| (front, *office))
            .chain(self.lexicon.plural.iter().map(|p| (p, false)));
        for (front, office) in fronts {
            let Some(text) = strip_front(&first.text, front).filter(|text| !text.is_empty()) else { continue };
            let mut shorter = vec![Item { text: text.to_owned(), ..first.clone() }];
            shorter.extend_from_slice(rest);
            let hit = self.with_backs(&shorter, context).or_else(|| self.without_front(&shorter, context, depth - 1));
            if let Some(hit) = hit {
                return Some(Hit { office: hit.office || office, ..hit });
            }
        }
        None
    }

    /// An enumeration: the split into the fewest known pieces.
    fn several(&self, items: &[Item], context: &Context) -> Option<Hit> {
        if items.len() < 2 || items.len() > MOST {
            return None;
        }
        let mut head: Option<String> = None;
        let mut items = items.to_vec();
        if items.get(1).is_some_and(|item| item.joint == Joint::Colon) {
            let first = items.first().map(|item| self.bare(&item.text).to_owned()).unwrap_or_default();
            if self.lexicon.shared.contains(&first) {
                items.remove(0);
                head = Some(first);
            }
        }
        self.share_level(&mut items, context);
        // best[j]: cost of the first j items, where the last piece starts, what it is.
        let mut best: Vec<(usize, usize, Option<Hit>)> = vec![(0, 0, None)];
        for end in 1..=items.len() {
            let mut cheapest = (usize::MAX, end - 1, None);
            for start in end.saturating_sub(REACH)..end {
                let before = best.get(start).map_or(usize::MAX / 2, |(cost, ..)| *cost);
                let hit = items.get(start..end).and_then(|piece| {
                    self.piece(piece, context).or_else(|| self.shared(&items, start, end, head.as_deref(), context))
                });
                let cost = before.saturating_add(if hit.is_some() { 2 } else { 10 * (end - start + 1) });
                if cost < cheapest.0 {
                    cheapest = (cost, start, hit);
                }
            }
            best.push(cheapest);
        }
        let mut parts = Vec::new();
        let mut end = items.len();
        while end > 0 {
            let (_, start, hit) = best.get_mut(end).map(|(cost, start, hit)| (*cost, *start, hit.take()))?;
            parts.push((items.get(start..end)?.to_vec(), hit));
            end = start;
        }
        parts.reverse();
        if parts.iter().all(|(_, hit)| hit.is_none()) {
            return None;
        }
        let parts: Vec<Resolution> = parts.into_iter().map(|(piece, hit)| self.part(&piece, hit, context)).collect();
        let sure = parts.iter().all(|part| part.sure);
        Some(Hit { meaning: Meaning::Several(parts), sure, office: false, related: false })
    }

    /// "HĐND, UBND cùng cấp": the words behind the last name are about every name before it, too.
    fn share_level(&self, items: &mut [Item], context: &Context) {
        let Some((last, before)) = items.split_last_mut() else { return };
        if strip_back(&last.text, SAME_LEVEL).is_none() {
            return;
        }
        for item in before.iter_mut().rev() {
            let shared = Item { text: format!("{} {SAME_LEVEL}", item.text), ..item.clone() };
            let hit = self.piece(std::slice::from_ref(&shared), context);
            if !hit.is_some_and(|hit| matches!(hit.meaning, Meaning::Relative(_))) {
                return;
            }
            *item = shared;
        }
    }

    fn part(&self, piece: &[Item], hit: Option<Hit>, context: &Context) -> Resolution {
        let words = |(n, item): (usize, &Item)| match (n, item.joint) {
            (0, _) => item.printed.clone(),
            (_, Joint::And) => format!(" và {}", item.printed),
            _ => format!(", {}", item.printed),
        };
        let printed: String = piece.iter().enumerate().map(words).collect();
        let Hit { meaning, sure, office, related } = hit.unwrap_or_else(|| Hit {
            sure: false,
            ..Hit::sure(Meaning::Unknown(self.candidates(&printed, context, 5)))
        });
        Resolution { printed, meaning, sure, office, related }
    }

    /// "Sở Tài chính, Nội vụ": a piece that takes its first word from one before it.
    fn shared(&self, items: &[Item], start: usize, end: usize, head: Option<&str>, context: &Context) -> Option<Hit> {
        let earlier = items.get(..start).unwrap_or_default();
        let used = |head: &&String| earlier.iter().any(|item| strip_front(self.bare(&item.text), head).is_some());
        let heads = head.into_iter().chain(self.lexicon.shared.iter().filter(used).map(String::as_str));
        for head in heads {
            let mut piece = items.get(start..end)?.to_vec();
            if let Some(first) = piece.first_mut() {
                first.text = format!("{head} {}", first.text);
            }
            if let Some(hit) = self.exact(&piece, context) {
                return Some(hit);
            }
        }
        None
    }

    fn bare<'t>(&self, text: &'t str) -> &'t str {
        self.lexicon.plural.iter().find_map(|plural| strip_front(text, plural)).unwrap_or(text)
    }

    /// A template agency (perhaps of several levels) with the words about its place.
    pub(super) fn combine(&self, entries: &Entries, words: &PlaceWords, context: &Context) -> Option<Hit> {
        match words {
            PlaceWords::Nothing => self.alone(entries, context),
            PlaceWords::Own(kind) => self.own(entries, kind, context),
            PlaceWords::Level(level) => match context.place.filter(|place| self.level(*place) >= *level) {
                Some(place) => self.found(self.around(place, *level, context.date)?, entries, true, context),
                None => Some(each(role(entries, *level)?, *level, Vec::new())),
            },
            PlaceWords::All { level, kinds } => Some(each(role(entries, *level)?, *level, kinds.clone())),
            PlaceWords::Named { places, sure } => self.named(entries, places, *sure, context),
        }
    }

    /// No place is printed: the issuer's own level, then those above, then all below.
    fn alone(&self, entries: &Entries, context: &Context) -> Option<Hit> {
        let own = context.place.map_or(Level::Central, |place| self.level(place));
        for level in Level::ALL.into_iter().rev().filter(|level| *level <= own) {
            let Some(role) = role(entries, level) else { continue };
            let hit = match context.place.and_then(|place| self.around(place, level, context.date)) {
                Some(place) => self.found(place, entries, true, context),
                None if level == Level::Central => {
                    self.role_at(None, role).map(|unit| Hit::sure(self.at_date(unit, context.date)))
                }
                None => None,
            };
            if hit.is_some() {
                return hit;
            }
        }
        let below = Level::ALL.into_iter().find(|level| *level > own && role(entries, *level).is_some())?;
        context.place.is_some().then_some(())?;
        Some(each(role(entries, below)?, below, Vec::new()))
    }

    /// Only the kind of place is printed: the nearest such place around the issuer; else all such places inside it.
    fn own(&self, entries: &Entries, kind: &str, context: &Context) -> Option<Hit> {
        let anchor = context.place?;
        let day = self.places().unit(anchor).day_within(context.date);
        let around = self.places().chain(anchor, day).find(|ix| self.places().unit(*ix).face(day).kind == kind);
        if let Some(place) = around {
            return self.found(place, entries, true, context);
        }
        let levels = self.definitions().words.places.iter().filter(|place| place.kind == kind).map(|place| place.level);
        let inside = levels.clone().find(|level| {
            *level > self.level(anchor)
                && self
                    .at_level(*level, Some(anchor), context.date)
                    .flatten()
                    .any(|ix| self.places().unit(ix).face(day).kind == kind)
        });
        if let Some(level) = inside {
            return Some(Hit { sure: false, ..each(role(entries, level)?, level, vec![kind.to_owned()]) });
        }
        // "tỉnh" in a city's paper, or the other way round.
        let province = levels
            .clone()
            .find(|level| *level == Level::Province)
            .and_then(|level| self.around(anchor, level, context.date))?;
        self.found(province, entries, false, context)
    }

    /// A place is named: of the places of that name the one that lives then, in the issuer's province, of the highest level.
    fn named(&self, entries: &Entries, places: &[UnitIx], sure: bool, context: &Context) -> Option<Hit> {
        let home = context.place.and_then(|place| self.around(place, Level::Province, context.date));
        let rank = |ix: &UnitIx| {
            let near = home.is_some() && self.around(*ix, Level::Province, context.date) == home;
            (!self.places().unit(*ix).lives(context.date), !near, self.level(*ix))
        };
        let fits = places.iter().filter(|ix| role(entries, self.level(**ix)).is_some());
        let mut fits: Vec<(_, UnitIx)> = fits.map(|ix| (rank(ix), *ix)).collect();
        fits.sort_by_key(|(rank, ix)| (*rank, std::cmp::Reverse(self.places().unit(*ix).from)));
        let (first, place) = fits.first()?;
        let alone = fits.get(1).is_none_or(|(second, _)| second != first) || first.0;
        self.found(*place, entries, sure && alone, context)
    }

    /// The agency of a place, or the one it came from in a place that was merged into this one.
    fn found(&self, place: UnitIx, entries: &Entries, sure: bool, context: &Context) -> Option<Hit> {
        let level = self.level(place);
        let roles = || entries.iter().filter(|(l, _)| *l == level).map(|(_, role)| role.as_ref());
        let at = |place: UnitIx| {
            let units = || roles().filter_map(|role| self.role_at(Some(place), role));
            units().find(|unit| self.agencies().unit(*unit).lives(context.date)).or_else(|| units().next())
        };
        let unit = at(place).or_else(|| {
            // The ancestor of the same name first: Sở … of Thái Nguyên rather than of Bắc Kạn.
            let name = |ix: UnitIx| &self.places().unit(ix).face(context.date).short;
            let before = super::build::with_ancestors(self.places(), place);
            let mut before: Vec<UnitIx> = before.into_iter().skip(1).collect();
            before.sort_by_key(|ix| name(*ix) != name(place));
            before.into_iter().find_map(at)
        })?;
        let meaning = self.at_date(unit, context.date);
        let sure = sure && matches!(meaning, Meaning::Agency(_));
        Some(Hit { sure, ..Hit::sure(meaning) })
    }
}

fn role(entries: &Entries, level: Level) -> Option<&str> {
    entries.iter().find(|(l, _)| *l == level).map(|(_, key)| key.as_ref())
}

fn each(role: &str, level: Level, kinds: Vec<String>) -> Hit {
    Hit::sure(Meaning::Group(Group::Each { agencies: vec![role.to_owned()], level, kinds }))
}
