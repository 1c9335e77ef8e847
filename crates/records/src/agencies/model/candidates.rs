//! Nearest names for one that nobody knows: likeness of letter triples.

use kernel::text::fold;

use super::{
    definitions::Level,
    directory::{Context, Directory, Target},
    groups::Group,
    tree::UnitIx,
};

/// A name near the printed one.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Who it would be.
    pub target: Target,
    /// Its name.
    pub name: String,
    /// Likeness, 0 to 1.
    pub likeness: f32,
}

/// Less than this is no likeness.
const LEAST: f32 = 0.3;

/// What an agency of the issuer's own place is ahead of one in a place below it.
const OWN: f32 = 0.2;

impl Directory {
    /// The nearest living agencies of the issuer's province (and central ones) and groups, best first.
    pub fn candidates(&self, printed: &str, context: &Context, limit: usize) -> Vec<Candidate> {
        let wanted = triples(&self.lexicon.key(printed));
        let home = context.place.and_then(|place| self.around(place, Level::Province, context.date));
        let mut found: Vec<(f32, Candidate)> = Vec::new();
        let names = self.folded.get_or_init(|| self.agencies().units().map(|(_, unit)| folded(unit)).collect());
        for ((ix, unit), names) in self.agencies().units().zip(names) {
            if !unit.lives(context.date) || !self.is_near(ix, home, context) {
                continue;
            }
            let likeness = names.iter().map(|name| dice(&wanted, &triples(name))).fold(0.0, f32::max);
            if likeness >= LEAST {
                let own = self.place_of(ix).is_none() || self.place_of(ix) == context.place;
                let name = unit.face(context.date).name.clone();
                let rank = if own { likeness + OWN } else { likeness };
                found.push((rank, Candidate { target: Target::Agency(ix), name, likeness }));
            }
        }
        for class in &self.definitions().classes.classes {
            let likeness = class
                .phrases
                .iter()
                .map(|phrase| dice(&wanted, &triples(&self.lexicon.key(phrase))))
                .fold(0.0, f32::max);
            if likeness >= LEAST {
                let target = Target::Group(Group::Class(class.key.clone()));
                found.push((likeness + OWN, Candidate { target, name: class.name.clone(), likeness }));
            }
        }
        found.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.name.len().cmp(&other.name.len())));
        found.into_iter().take(limit).map(|(_, candidate)| candidate).collect()
    }

    fn is_near(&self, agency: UnitIx, home: Option<UnitIx>, context: &Context) -> bool {
        match (self.place_of(agency), home) {
            (None, _) | (_, None) => true,
            (Some(place), home) => self.around(place, Level::Province, context.date) == home,
        }
    }
}

fn folded(unit: &super::tree::Unit) -> [String; 2] {
    let (_, face) = unit.faces().last().unwrap_or_else(|| unreachable!("a unit is created with a face"));
    [fold(&face.name), fold(&face.short)]
}

/// Sorted triples of bytes of the padded, folded text.
fn triples(text: &str) -> Vec<[u8; 3]> {
    let padded: Vec<u8> = [b' '].into_iter().chain(text.bytes()).chain([b' ']).collect();
    let mut out: Vec<[u8; 3]> = padded.windows(3).filter_map(|window| window.try_into().ok()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Twice the common ones over all.
fn dice(a: &[[u8; 3]], b: &[[u8; 3]]) -> f32 {
    let (mut i, mut j, mut common) = (0, 0, 0_u16);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let all = u16::try_from(a.len() + b.len()).unwrap_or(u16::MAX);
    if all == 0 { 0.0 } else { 2.0 * f32::from(common) / f32::from(all) }
}
