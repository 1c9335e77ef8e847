//! Writing what a tree says into its tables.

use std::collections::{BTreeSet, HashMap};

use ::store::ConnectionTrait;
use chrono::NaiveDate;
use kernel::{Result, Uuid, new_id, time};

use crate::agencies::{
    model::{
        definitions::Definitions,
        tree::{Tree, Unit, UnitIx},
    },
    store::{self, Closure, MainRow, State, Succession, Trees},
};

/// "For ever" as a stored date.
pub(in crate::agencies) const FOREVER: i64 = 99_991_231;

/// The identifiers of some units of a tree.
pub(super) struct Ids(HashMap<UnitIx, Uuid>);

impl Ids {
    /// Those that are stored already, new ones for the others that `wanted` picks.
    pub(super) async fn load(
        c: &impl ConnectionTrait,
        trees: Trees,
        tree: &Tree,
        wanted: impl Fn(UnitIx, &Unit) -> bool,
    ) -> Result<Self> {
        let known = store::ids_by_code(c, trees).await?;
        let id = |(ix, unit): (UnitIx, &Unit)| {
            let known = known.get(&unit.key).copied();
            known.or_else(|| wanted(ix, unit).then(new_id)).map(|id| (ix, id))
        };
        Ok(Self(tree.units().filter_map(id).collect()))
    }

    pub(super) fn get(&self, unit: UnitIx) -> Option<Uuid> {
        self.0.get(&unit).copied()
    }
}

/// Writes the places that have an identifier; how many rows changed.
pub(super) async fn write_places(
    c: &impl ConnectionTrait,
    places: &Tree,
    ids: &Ids,
    today: NaiveDate,
) -> Result<usize> {
    let main = |ix: UnitIx, unit: &Unit, row: MainRow| MainRow {
        sort: unit.role.clone(),
        level: unit.place.clone(),
        position: i64::from(ix.0),
        ..row
    };
    let changed = store::put_main(c, Trees::UNITS, main_rows(places, ids, today, main)).await?;
    write_history(c, Trees::UNITS, places, ids).await?;
    Ok(changed)
}

/// Writes the agencies, their history and who stands under whom today; how many rows of `agencies` changed.
pub(super) async fn write_agencies(
    c: &impl ConnectionTrait,
    definitions: &Definitions,
    agencies: &Tree,
    places: &Tree,
    (ids, place_ids): (&Ids, &Ids),
    today: NaiveDate,
) -> Result<usize> {
    let systems: HashMap<&str, &str> =
        definitions.kinds.iter().map(|kind| (kind.key.as_str(), kind.system.as_str())).collect();
    let main = |ix: UnitIx, unit: &Unit, row: MainRow| MainRow {
        sort: systems.get(row.kind.as_str()).copied().unwrap_or("state").to_owned(),
        unit_id: places.find(&unit.place).and_then(|place| place_ids.get(place)),
        position: i64::from(ix.0),
        ..row
    };
    let changed = store::put_main(c, Trees::AGENCIES, main_rows(agencies, ids, today, main)).await?;
    write_history(c, Trees::AGENCIES, agencies, ids).await?;
    let mut rows = Vec::new();
    for (ix, unit) in agencies.units() {
        let Some(descendant_id) = ids.get(ix) else { continue };
        let mut above: BTreeSet<UnitIx> = BTreeSet::from([ix]);
        for heir in agencies.heirs(ix, today) {
            above.extend(agencies.chain(heir, today));
        }
        if unit.from > today {
            above.extend(agencies.chain(ix, unit.from));
        }
        let pair = |ix: UnitIx| ids.get(ix).map(|ancestor_id| Closure { ancestor_id, descendant_id });
        rows.extend(above.into_iter().filter_map(pair));
    }
    store::settle(c, Trees::AGENCIES, rows, &owners(agencies, ids)).await?;
    Ok(changed)
}

fn owners(tree: &Tree, ids: &Ids) -> Vec<Uuid> {
    tree.units().filter_map(|(ix, _)| ids.get(ix)).collect()
}

fn main_rows(
    tree: &Tree,
    ids: &Ids,
    today: NaiveDate,
    rest: impl Fn(UnitIx, &Unit, MainRow) -> MainRow,
) -> Vec<MainRow> {
    let row = |(ix, unit): (UnitIx, &Unit)| {
        let day = unit.day_within(today);
        let face = unit.face(day);
        let row = MainRow {
            id: ids.get(ix)?,
            code: unit.key.clone(),
            kind: face.kind.clone(),
            sort: String::new(),
            level: String::new(),
            name: face.name.clone(),
            parent_id: unit.parent(day).and_then(|parent| ids.get(parent)),
            unit_id: None,
            valid_from: time::date_to_int(unit.from),
            valid_to: unit.until.map_or(FOREVER, time::date_to_int),
            position: 0,
        };
        Some(rest(ix, unit, row))
    };
    tree.units().filter_map(row).collect()
}

async fn write_history(c: &impl ConnectionTrait, trees: Trees, tree: &Tree, ids: &Ids) -> Result<()> {
    let owners = owners(tree, ids);
    let mut states = Vec::with_capacity(owners.len());
    for (ix, unit) in tree.units() {
        let Some(owner) = ids.get(ix) else { continue };
        let mut days: Vec<NaiveDate> = unit.faces().iter().map(|(day, _)| *day).collect();
        days.extend(unit.parents().iter().map(|(day, _)| *day));
        days.sort_unstable();
        days.dedup();
        for (at, day) in days.iter().enumerate() {
            let face = unit.face(*day);
            states.push(State {
                valid_from: time::date_to_int(*day),
                valid_to: days.get(at + 1).copied().or(unit.until).map_or(FOREVER, time::date_to_int),
                name: face.name.clone(),
                short: face.short.clone(),
                kind: face.kind.clone(),
                parent_id: unit.parent(*day).and_then(|parent| ids.get(parent)),
                owner,
            });
        }
    }
    // A unit that was changed and ended on one day has no state from that day on.
    states.retain(|state| state.valid_from < state.valid_to);
    store::settle(c, trees, states, &owners).await?;
    let mut successions = Vec::new();
    for division in tree.divisions() {
        for (position, share) in (0i64..).zip(&division.shares) {
            let (Some(from_id), Some(to_id)) = (ids.get(division.from), ids.get(share.unit)) else { continue };
            successions.push(Succession {
                event_date: time::date_to_int(division.date),
                position,
                from_id,
                to_id,
                weight: share.weight.and_then(|weight| i64::try_from(weight).ok()),
            });
        }
    }
    store::settle(c, trees, successions, &owners).await
}
