//! The tree on one day.

use chrono::NaiveDate;

use super::tree::{Tree, Unit, UnitIx};

/// The living units of a tree on a day, with their subordinates.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The tree.
    pub tree: &'a Tree,
    /// The day.
    pub date: NaiveDate,
    /// Subordinates of all units, one after the other; those of the unit in slot `i` stand at `starts[i]..starts[i + 1]`.
    children: Vec<UnitIx>,
    starts: Vec<usize>,
    roots: Vec<UnitIx>,
}

impl Tree {
    /// The tree as of `date`.
    pub fn as_of(&self, date: NaiveDate) -> View<'_> {
        let mut starts = vec![0_usize; self.len() + 1];
        let mut roots = Vec::new();
        let living = || self.units().filter(|(_, unit)| unit.lives(date));
        for (ix, unit) in living() {
            match unit.parent(date) {
                None => roots.push(ix),
                Some(parent) => {
                    if let Some(count) = starts.get_mut(parent.slot() + 1) {
                        *count += 1;
                    }
                }
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut children = vec![UnitIx(0); sum];
        for (ix, unit) in living() {
            if let Some(at) = unit.parent(date).and_then(|parent| next.get_mut(parent.slot())) {
                if let Some(child) = children.get_mut(*at) {
                    *child = ix;
                }
                *at += 1;
            }
        }
        View { tree: self, date, children, starts, roots }
    }
}

impl<'a> View<'a> {
    /// Living units without a superior.
    pub fn roots(&self) -> &[UnitIx] {
        &self.roots
    }

    /// Direct subordinates, in order of creation.
    pub fn children(&self, unit: UnitIx) -> &[UnitIx] {
        let bounds = self.starts.get(unit.slot()).zip(self.starts.get(unit.slot() + 1));
        bounds.and_then(|(start, end)| self.children.get(*start..*end)).unwrap_or_default()
    }

    /// `unit` and everything under it, superiors first.
    pub fn subtree(&self, unit: UnitIx) -> Vec<UnitIx> {
        let mut out = Vec::new();
        let mut open = vec![unit];
        while let Some(next) = open.pop() {
            out.push(next);
            open.extend(self.children(next).iter().rev());
        }
        out
    }

    /// All living units.
    pub fn units(&self) -> impl Iterator<Item = (UnitIx, &'a Unit)> {
        let date = self.date;
        self.tree.units().filter(move |(_, unit)| unit.lives(date))
    }
}
