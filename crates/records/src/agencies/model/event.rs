//! What happens to units: create, rename, merge, split, move, abolish. Events are applied in order of date and never undone; a correction of the
//! past is a tree built anew from the corrected list.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::tree::{Face, Tree, Unit, UnitIx};

/// Something that happened on a day, with its legal basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// First day of the new state.
    pub date: NaiveDate,
    /// What it was, in one line.
    pub title: String,
    /// The paper that decided it.
    pub basis: Option<String>,
    /// Nobody has compared it with the paper yet.
    pub unverified: bool,
    /// The changes, in order.
    pub changes: Vec<Change>,
}

impl Event {
    /// A creation put right makes the same unit as before, so that what points at it stays.
    pub fn keep_key(&mut self, old: &Event) {
        if let ([Change::Create(new)], [Change::Create(old)]) = (self.changes.as_mut_slice(), old.changes.as_slice()) {
            new.key.clone_from(&old.key);
        }
    }
}

/// One change. Units are named by key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A new unit.
    Create(NewUnit),
    /// Another name or kind.
    Rename {
        /// Which unit.
        unit: String,
        /// What it is called from now on.
        face: Face,
    },
    /// Several become one. `into` may be new, another one, or one of them, which then lives on.
    Merge {
        /// Those that end (except `into`).
        from: Vec<String>,
        /// Who carries on.
        into: String,
    },
    /// One is divided. When it is among its own heirs it lives on.
    Split {
        /// Who is divided.
        from: String,
        /// The heirs, the main one first.
        into: Vec<Part>,
    },
    /// Another superior.
    Move {
        /// Which unit.
        unit: String,
        /// Its superior from now on.
        parent: Option<String>,
    },
    /// It ends; its figures go to the heir, by default its superior.
    Abolish {
        /// Which unit.
        unit: String,
        /// Who keeps what it left; `None`: the superior on that day.
        heir: Option<String>,
    },
}

/// A unit to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUnit {
    /// See [`Unit::key`].
    pub key: String,
    /// See [`Unit::place`].
    pub place: String,
    /// See [`Unit::role`].
    pub role: String,
    /// Key of its superior.
    pub parent: Option<String>,
    /// Its name and kind.
    pub face: Face,
}

/// An heir in a division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Key of the heir.
    pub unit: String,
    /// Its weight (population, area, staff …) when known.
    pub weight: Option<u64>,
}

/// A unit whose figures go to others from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// First day of the new state.
    pub date: NaiveDate,
    /// Whose figures.
    pub from: UnitIx,
    /// To whom, the main heir first; never empty.
    pub shares: Vec<Share>,
}

/// One heir's part of a [`Division`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The heir.
    pub unit: UnitIx,
    /// Its weight, when known.
    pub weight: Option<u64>,
}

/// Why an event was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// Events must come in order of date.
    #[error("sự kiện ngày {0} đứng sau một sự kiện muộn hơn")]
    OutOfOrder(NaiveDate),
    /// No unit has this key.
    #[error("không có đơn vị «{0}»")]
    Unknown(String),
    /// The key is taken.
    #[error("đơn vị «{0}» đã có")]
    Taken(String),
    /// The unit does not exist on the day.
    #[error("đơn vị «{0}» không tồn tại vào ngày đó")]
    NotAlive(String),
    /// The superior would stand under its own subordinate.
    #[error("đơn vị «{0}» không thể đứng dưới đơn vị trực thuộc của mình")]
    Cycle(String),
    /// A merger or division without anyone to carry on.
    #[error("thiếu đơn vị tiếp nhận của «{0}»")]
    NoHeir(String),
}

impl Tree {
    /// Applies an event. On an error the tree may hold part of it and is to be thrown away.
    ///
    /// # Errors
    /// See [`EventError`].
    pub fn apply(&mut self, event: &Event) -> Result<(), EventError> {
        if self.last.is_some_and(|last| event.date < last) {
            return Err(EventError::OutOfOrder(event.date));
        }
        self.last = Some(event.date);
        let mut ended = Vec::new();
        for change in &event.changes {
            self.change(event.date, change, &mut ended)?;
        }
        self.settle(event.date, &ended)
    }

    /// The tree after these events, which must be in order of date.
    ///
    /// # Errors
    /// See [`EventError`].
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Self, EventError> {
        let mut tree = Self::default();
        events.into_iter().try_for_each(|event| tree.apply(event))?;
        Ok(tree)
    }

    fn change(&mut self, date: NaiveDate, change: &Change, ended: &mut Vec<UnitIx>) -> Result<(), EventError> {
        match change {
            Change::Create(new) => self.create(date, new),
            Change::Rename { unit, face } => {
                let ix = self.alive(unit, date)?;
                put(&mut self.unit_mut(ix).faces, date, face.clone());
                Ok(())
            }
            Change::Move { unit, parent } => {
                let ix = self.alive(unit, date)?;
                let parent = parent.as_deref().map(|p| self.alive(p, date)).transpose()?;
                self.hang(ix, parent, date)
            }
            Change::Merge { from, into } => {
                let heir = self.alive(into, date)?;
                for key in from {
                    let ix = self.alive(key, date)?;
                    if ix != heir {
                        self.end(ix, date, vec![Share { unit: heir, weight: None }]);
                        ended.push(ix);
                    }
                }
                Ok(())
            }
            Change::Split { from, into } => {
                let ix = self.alive(from, date)?;
                let share = |part: &Part| Ok(Share { unit: self.alive(&part.unit, date)?, weight: part.weight });
                let shares: Vec<Share> = into.iter().map(share).collect::<Result<_, _>>()?;
                if shares.is_empty() {
                    return Err(EventError::NoHeir(from.clone()));
                }
                if shares.iter().any(|share| share.unit == ix) {
                    self.divisions.push(Division { date, from: ix, shares });
                } else {
                    self.end(ix, date, shares);
                    ended.push(ix);
                }
                Ok(())
            }
            Change::Abolish { unit, heir } => {
                let ix = self.alive(unit, date)?;
                let heir = match heir {
                    Some(key) => Some(self.alive(key, date)?),
                    // The superior may have ended a moment ago, in this very event.
                    None => self.unit(ix).parent(date).and_then(|parent| self.heirs(parent, date).first().copied()),
                };
                self.end(ix, date, heir.map(|unit| Share { unit, weight: None }).into_iter().collect());
                ended.push(ix);
                Ok(())
            }
        }
    }

    fn create(&mut self, date: NaiveDate, new: &NewUnit) -> Result<(), EventError> {
        let parent = new.parent.as_deref().map(|p| self.alive(p, date)).transpose()?;
        let ix = UnitIx(u32::try_from(self.units.len()).unwrap_or(u32::MAX));
        if self.by_key.insert(new.key.clone(), ix).is_some() {
            return Err(EventError::Taken(new.key.clone()));
        }
        self.units.push(Unit {
            key: new.key.clone(),
            place: new.place.clone(),
            role: new.role.clone(),
            from: date,
            until: None,
            faces: vec![(date, new.face.clone())],
            parents: vec![(date, parent)],
            ending: None,
        });
        Ok(())
    }

    fn alive(&self, key: &str, date: NaiveDate) -> Result<UnitIx, EventError> {
        let ix = self.find(key).ok_or_else(|| EventError::Unknown(key.to_owned()))?;
        if self.unit(ix).lives(date) { Ok(ix) } else { Err(EventError::NotAlive(key.to_owned())) }
    }

    fn unit_mut(&mut self, ix: UnitIx) -> &mut Unit {
        self.units.get_mut(ix.slot()).unwrap_or_else(|| unreachable!("index of another tree"))
    }

    fn hang(&mut self, ix: UnitIx, parent: Option<UnitIx>, date: NaiveDate) -> Result<(), EventError> {
        if parent.is_some_and(|p| self.is_within(p, ix, date)) {
            return Err(EventError::Cycle(self.unit(ix).key.clone()));
        }
        put(&mut self.unit_mut(ix).parents, date, parent);
        Ok(())
    }

    fn end(&mut self, ix: UnitIx, date: NaiveDate, shares: Vec<Share>) {
        let ending = (!shares.is_empty()).then_some(self.divisions.len());
        let unit = self.unit_mut(ix);
        unit.until = Some(date);
        unit.ending = ending;
        if ending.is_some() {
            self.divisions.push(Division { date, from: ix, shares });
        }
    }

    /// What hung under an ended unit and lives on goes to its main living heir that is not inside it, or to the top.
    fn settle(&mut self, date: NaiveDate, ended: &[UnitIx]) -> Result<(), EventError> {
        if ended.is_empty() {
            return Ok(());
        }
        let gone: std::collections::HashSet<UnitIx> = ended.iter().copied().collect();
        let orphan = |unit: &Unit| unit.lives(date) && unit.parent(date).is_some_and(|p| gone.contains(&p));
        let orphans: Vec<UnitIx> = self.units().filter(|(_, unit)| orphan(unit)).map(|(ix, _)| ix).collect();
        for ix in orphans {
            let old = self.unit(ix).parent(date);
            let heirs = old.map(|old| self.heirs(old, date)).unwrap_or_default();
            let home = heirs.into_iter().find(|heir| !self.is_within(*heir, ix, date));
            self.hang(ix, home, date)?;
        }
        Ok(())
    }
}

/// Puts a value in force from `date`, replacing one that starts the same day.
fn put<T>(dated: &mut Vec<(NaiveDate, T)>, date: NaiveDate, value: T) {
    if let Some(last) = dated.last_mut().filter(|(from, _)| *from == date) {
        last.1 = value;
    } else {
        dated.push((date, value));
    }
}
