//! What a change of localities does to the tables: the places themselves, and the agencies of the imported provinces, which follow their places.

use std::collections::HashMap;

use ::store::{ConnectionTrait, Tx};
use chrono::NaiveDate;
use kernel::{Error, Result, Timestamp, Uuid, new_id};

use super::{
    import::provinces_imported,
    projection::{Ids, write_places},
    record::end_unmade,
    replay::{definitions, tree_of, write},
};
use crate::agencies::{
    model::{
        build,
        event::Event,
        replay::{Origin, Recorded},
        tree::{Tree, Unit, UnitIx},
    },
    store::{self, NewEvent, StoredEvent, Trees},
};

/// The whole country in the list of imported provinces.
pub(super) const EVERYWHERE: &str = "*";

/// The provinces whose agencies there are: keys of places, with those that carry on for them.
pub(super) struct Scope {
    whole: bool,
    provinces: Vec<UnitIx>,
    wanted: Vec<UnitIx>,
}

impl Scope {
    pub(super) fn of(places: &Tree, keys: &[String]) -> Self {
        let whole = keys.iter().any(|key| key == EVERYWHERE);
        let mut provinces: Vec<UnitIx> = Vec::new();
        for ix in keys.iter().filter_map(|key| places.find(key)).filter(|_| !whole) {
            let heirs = places.heirs(ix, NaiveDate::MAX);
            provinces.extend(std::iter::once(ix).chain(heirs));
        }
        provinces.sort_unstable();
        provinces.dedup();
        let wanted = provinces.iter().flat_map(|ix| build::with_ancestors(places, *ix)).collect();
        Self { whole, provinces, wanted }
    }

    /// Does a place lie in one of them, at any time?
    pub(super) fn holds(&self, places: &Tree, ix: UnitIx, unit: &Unit) -> bool {
        self.whole
            || unit.parents().iter().any(|(day, _)| places.chain(ix, *day).any(|above| self.wanted.contains(&above)))
    }

    /// The events of their agencies by the definitions.
    pub(super) fn events(&self, places: &Tree) -> Result<Vec<Event>> {
        build::events(definitions()?.as_ref(), places, &self.provinces)
            .map_err(|why| Error::Conflict(format!("Không dựng lại được cây cơ quan theo địa bàn: {why}.")))
    }
}

/// Rows for what the definitions say now; what was withdrawn or verified before stays so, under the same identifier.
pub(super) fn built_in(known: &[StoredEvent], built: Vec<Event>) -> Vec<NewEvent> {
    let old = known.iter().filter(|old| old.recorded.origin == Origin::BuiltIn && old.is_stored());
    let mut before: HashMap<(NaiveDate, String), &StoredEvent> =
        old.map(|old| ((old.recorded.event.date, old.recorded.event.title.clone()), old)).collect();
    let new = |(position, mut event): (i64, Event)| {
        let old = before.remove(&(event.date, event.title.clone()));
        if let Some(old) = old.filter(|old| event.unverified && !old.recorded.event.unverified) {
            event.unverified = false;
            event.basis.clone_from(&old.recorded.event.basis);
        }
        let (id, withdrawn) = old.map_or_else(|| (new_id(), false), |old| (old.id, old.withdrawn));
        NewEvent { id, origin: Origin::BuiltIn, withdrawn, position, event }
    };
    (0i64..).zip(built).map(new).collect()
}

/// The agencies before and after a change of the places they serve.
pub(super) struct Followed {
    /// With the places as they were.
    pub before: Tree,
    /// With the places as they are to be.
    pub after: Tree,
    rows: Vec<NewEvent>,
}

/// What the agencies become with these places; nothing where none were imported. `history` are the events of the agencies.
///
/// # Errors
/// [`Error::Conflict`] when an event that a person recorded for an agency would no longer be possible.
pub(super) async fn follow(
    c: &impl ConnectionTrait,
    places: &Tree,
    history: Vec<StoredEvent>,
) -> Result<Option<Followed>> {
    let keys = provinces_imported(c).await?;
    if keys.is_empty() {
        return Ok(None);
    }
    let before = tree_of(&history)?;
    let rows = built_in(&history, Scope::of(places, &keys).events(places)?);
    let stored = |new: &NewEvent| StoredEvent {
        id: new.id,
        recorded: Recorded { origin: new.origin, event: new.event.clone() },
        withdrawn: new.withdrawn,
        position: new.position,
    };
    let mut events: Vec<StoredEvent> =
        history.into_iter().filter(|old| old.recorded.origin != Origin::BuiltIn).collect();
    events.extend(rows.iter().map(stored));
    events.sort_by_key(|event| (event.recorded.event.date, event.position));
    Ok(Some(Followed { before, after: tree_of(&events)?, rows }))
}

/// Writes the places as they are to be, and the agencies that follow them; tells every process.
pub(super) async fn put(
    tx: &Tx,
    (before, after): (&Tree, &Tree),
    agencies: Vec<StoredEvent>,
    (now, by): (Timestamp, Uuid),
) -> Result<()> {
    let c = &**tx;
    let known = store::ids_by_code(c, Trees::UNITS).await?;
    let keys = provinces_imported(c).await?;
    let scope = Scope::of(after, &keys);
    let here = |ix: UnitIx, unit: &Unit| {
        let above = unit.parents().iter().filter_map(|(_, parent)| *parent);
        (!keys.is_empty() && scope.holds(after, ix, unit))
            || above.into_iter().any(|above| known.contains_key(&after.unit(above).key))
    };
    let ids = Ids::load(c, Trees::UNITS, after, here).await?;
    end_unmade(tx, Trees::UNITS, before, after).await?;
    write_places(c, after, &ids, now.date()).await?;
    match follow(c, after, agencies).await? {
        Some(followed) => {
            store::delete_built_in(c).await?;
            store::insert_events(c, Trees::AGENCIES, now, by, followed.rows).await?;
            end_unmade(tx, Trees::AGENCIES, &followed.before, &followed.after).await?;
            write(c, &followed.after, after, now).await.map(drop)
        }
        None => store::bump(c, now, store::TREE_VERSION).await,
    }
}
