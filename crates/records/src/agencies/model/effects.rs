//! What an event changes: the tree with it compared with the tree without it, for the person who is about to record it.

use chrono::NaiveDate;

use super::tree::{Tree, Unit, UnitIx};

/// One difference. Names are those of the day of the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// There is a new unit.
    Created {
        /// Its name.
        name: String,
        /// Name of its superior.
        parent: Option<String>,
    },
    /// A unit ends on another day than before.
    Ended {
        /// Its name.
        name: String,
        /// First day on which it is no more; `None`: it now lives on.
        until: Option<NaiveDate>,
        /// Names of those who carry on.
        heirs: Vec<String>,
    },
    /// Another name or kind.
    Renamed {
        /// Before.
        from: String,
        /// After.
        to: String,
    },
    /// Another superior.
    Moved {
        /// Its name.
        name: String,
        /// Superior before.
        from: Option<String>,
        /// Superior after.
        to: Option<String>,
    },
    /// Its figures are divided from this day on, and it lives on.
    Divided {
        /// Its name.
        name: String,
        /// Names of those who get a part, with their weights.
        among: Vec<(String, Option<u64>)>,
    },
    /// There would be no such unit any more.
    Undone {
        /// Its name.
        name: String,
    },
}

/// Differences on `date` and at the ends of lives, in the order of the tree.
pub fn effects(before: &Tree, after: &Tree, date: NaiveDate) -> Vec<Effect> {
    let name = |tree: &Tree, ix: UnitIx| tree.unit(ix).face(date).name.clone();
    let parent = |tree: &Tree, unit: &Unit| unit.parent(date).map(|ix| name(tree, ix));
    let mut out = Vec::new();
    for (ix, new) in after.units() {
        let Some(old_ix) = before.find(&new.key) else {
            out.push(Effect::Created { name: name(after, ix), parent: parent(after, new) });
            continue;
        };
        let old = before.unit(old_ix);
        if old.until != new.until {
            let heirs = new.until.map(|until| after.heirs(ix, until)).unwrap_or_default();
            let heirs = heirs.into_iter().map(|ix| name(after, ix)).collect();
            out.push(Effect::Ended { name: name(after, ix), until: new.until, heirs });
        }
        let lived = old.lives(date) && new.lives(date);
        if lived && old.face(date) != new.face(date) {
            out.push(Effect::Renamed { from: name(before, old_ix), to: name(after, ix) });
        }
        if lived && parent(before, old) != parent(after, new) {
            let (from, to) = (parent(before, old), parent(after, new));
            out.push(Effect::Moved { name: name(after, ix), from, to });
        }
    }
    for (_, old) in before.units().filter(|(_, old)| after.find(&old.key).is_none()) {
        out.push(Effect::Undone { name: old.face(date).name.clone() });
    }
    let lives_on = |tree: &Tree, ix: UnitIx| tree.unit(ix).until != Some(date);
    let known = |ix: UnitIx, count: usize| {
        let old = before.find(&after.unit(ix).key);
        let same =
            before.divisions().iter().filter(|d| d.date == date && Some(d.from) == old && d.shares.len() == count);
        same.count() > 0
    };
    for division in after.divisions().iter().filter(|d| d.date == date && lives_on(after, d.from)) {
        if !known(division.from, division.shares.len()) {
            let among = division.shares.iter().map(|share| (name(after, share.unit), share.weight)).collect();
            out.push(Effect::Divided { name: name(after, division.from), among });
        }
    }
    out
}
