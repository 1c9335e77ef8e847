//! Units over time: each has a life, dated faces (name, kind) and dated superiors. Changed only by [`super::event`].

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::event::Division;

/// First day of the trees; what is older has always existed as far as the program knows.
pub const BEGINNING: NaiveDate = match NaiveDate::from_ymd_opt(2020, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// Place of a unit in its [`Tree`]; stays valid as the tree grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIx(pub u32);

impl UnitIx {
    pub(super) fn slot(self) -> usize {
        self.0 as usize
    }
}

/// What a unit looks like during part of its life.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Face {
    /// Full name, unambiguous in the country ("Sở Tư pháp tỉnh Lạng Sơn", "Xã Đoàn Kết").
    pub name: String,
    /// Name inside its province ("Sở Tư pháp"); for a place the proper name ("Đoàn Kết").
    pub short: String,
    /// Kind: a key of `kinds.toml`, or the kind of place ("Tỉnh", "Xã").
    pub kind: String,
}

/// A dated unit: a place or an agency.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Stable, readable key ("p20", "p20/so-tu-phap").
    pub key: String,
    /// For an agency: key of the place it serves; for a place: its level.
    pub place: String,
    /// For an agency: key of its template entry, when it has one; for a place: its official code.
    pub role: String,
    /// First day.
    pub from: NaiveDate,
    /// First day on which it is no more; `None` while it lives.
    pub until: Option<NaiveDate>,
    pub(super) faces: Vec<(NaiveDate, Face)>,
    pub(super) parents: Vec<(NaiveDate, Option<UnitIx>)>,
    /// The division by which it ended, if it left something to someone.
    pub(super) ending: Option<usize>,
}

impl Unit {
    /// Does it exist on `date`?
    pub fn lives(&self, date: NaiveDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date < until)
    }

    /// Name and kind on `date`; outside its life the nearest that it had.
    pub fn face(&self, date: NaiveDate) -> &Face {
        self.faces
            .get(in_force(&self.faces, date))
            .map_or_else(|| unreachable!("a unit is created with a face"), |(_, face)| face)
    }

    /// Superior on `date`; outside its life the nearest that it had.
    pub fn parent(&self, date: NaiveDate) -> Option<UnitIx> {
        self.parents.get(in_force(&self.parents, date)).and_then(|(_, parent)| *parent)
    }

    /// Every face with its first day, oldest first.
    pub fn faces(&self) -> &[(NaiveDate, Face)] {
        &self.faces
    }

    /// Every superior with the first day, oldest first.
    pub fn parents(&self) -> &[(NaiveDate, Option<UnitIx>)] {
        &self.parents
    }

    /// The last day of its life that is not after `date`, or its first day.
    pub fn day_within(&self, date: NaiveDate) -> NaiveDate {
        let last = self.until.and_then(|until| until.pred_opt()).unwrap_or(NaiveDate::MAX);
        date.min(last).max(self.from)
    }
}

/// Index of the entry in force on `date` in a list sorted by first day; the first entry when all are later.
fn in_force<T>(dated: &[(NaiveDate, T)], date: NaiveDate) -> usize {
    dated.partition_point(|(from, _)| *from <= date).saturating_sub(1)
}

/// Units with their history. Grows by [`Tree::apply`] in order of date.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    pub(super) units: Vec<Unit>,
    pub(super) by_key: HashMap<String, UnitIx>,
    pub(super) divisions: Vec<Division>,
    pub(super) last: Option<NaiveDate>,
}

impl Tree {
    /// The unit with this key.
    pub fn find(&self, key: &str) -> Option<UnitIx> {
        self.by_key.get(key).copied()
    }

    /// The unit at `ix`.
    ///
    /// An index is only ever made by this tree, so it always points at a unit.
    pub fn unit(&self, ix: UnitIx) -> &Unit {
        self.units.get(ix.slot()).unwrap_or_else(|| unreachable!("index of another tree"))
    }

    /// All units that ever were, in order of creation.
    pub fn units(&self) -> impl ExactSizeIterator<Item = (UnitIx, &Unit)> {
        self.units.iter().enumerate().map(|(slot, unit)| (UnitIx(u32::try_from(slot).unwrap_or(u32::MAX)), unit))
    }

    /// How many units there ever were.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Is it empty?
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Where units went, in order of date.
    pub fn divisions(&self) -> &[Division] {
        &self.divisions
    }

    /// Those from which `unit` came, with the date, oldest first.
    pub fn ancestors_of(&self, unit: UnitIx) -> Vec<(NaiveDate, UnitIx)> {
        let into = self.divisions.iter().filter(|d| d.from != unit && d.shares.iter().any(|s| s.unit == unit));
        into.map(|division| (division.date, division.from)).collect()
    }

    /// Is `unit` inside `above` (or the same) on `date`?
    pub fn is_within(&self, unit: UnitIx, above: UnitIx, date: NaiveDate) -> bool {
        self.chain(unit, date).any(|u| u == above)
    }

    /// `unit`, its superior on `date`, the superior's superior …
    pub fn chain(&self, unit: UnitIx, date: NaiveDate) -> impl Iterator<Item = UnitIx> {
        // Trees are shallow; the bound only keeps a broken one from looping.
        std::iter::successors(Some(unit), move |u| self.unit(*u).parent(date)).take(64)
    }

    /// Those that carry on from `unit` on `date`: itself while it lives, otherwise its heirs, theirs …, the main one first.
    /// What ended without an heir yields an empty list.
    pub fn heirs(&self, unit: UnitIx, date: NaiveDate) -> Vec<UnitIx> {
        let mut out = Vec::new();
        let mut open = vec![unit];
        let mut seen: Vec<UnitIx> = Vec::new();
        while let Some(next) = open.pop() {
            if seen.contains(&next) {
                continue;
            }
            seen.push(next);
            let unit = self.unit(next);
            if unit.lives(date) {
                out.push(next);
            } else if let Some(ending) = unit.ending.and_then(|at| self.divisions.get(at)).filter(|d| d.date <= date) {
                open.extend(ending.shares.iter().rev().map(|share| share.unit));
            }
        }
        out
    }
}
