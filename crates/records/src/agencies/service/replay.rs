//! From the stored events to the tables, and what is built into the program.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, LazyLock, OnceLock},
};

use ::store::ConnectionTrait;
use kernel::{Actor, Error, Result, Timestamp, Uuid, new_id, time};

use super::projection::{Ids, write_agencies, write_places};
use crate::agencies::{
    model::{
        definitions::{Bloc, Definitions},
        event::{Change, Event, NewUnit},
        localities,
        replay::{Origin, Recorded, replay},
        side::Side,
        tree::{Face, Tree},
    },
    store::{self, AgencyRow, NewEvent, StoredEvent, Trees},
};

/// The definitions built into the program, read once.
pub(in crate::agencies) fn definitions() -> Result<Arc<Definitions>> {
    static READ: OnceLock<Arc<Definitions>> = OnceLock::new();
    if let Some(definitions) = READ.get() {
        return Ok(definitions.clone());
    }
    let definitions = Arc::new(Definitions::built_in().map_err(Error::internal)?);
    Ok(READ.get_or_init(|| definitions).clone())
}

/// Groups of agencies for the filters of lists, in the order of the definitions; the last one takes every agency that no other took.
pub fn blocs() -> &'static [Bloc] {
    static READ: LazyLock<Vec<Bloc>> = LazyLock::new(|| definitions().map(|all| all.blocs.clone()).unwrap_or_default());
    &READ
}

/// A typed name with its abbreviations ("UBND", "HĐND") written out.
pub fn in_full(name: &str) -> String {
    let Ok(definitions) = definitions() else { return name.to_owned() };
    let known = &definitions.words.abbreviations.any_case;
    let whole = |word: &str| known.get(&word.to_uppercase()).cloned().unwrap_or_else(|| word.to_owned());
    name.split_whitespace().map(whole).collect::<Vec<_>>().join(" ")
}

/// Places with what happened to them.
#[derive(Debug, Clone)]
pub(in crate::agencies) struct Places {
    /// In the order of replaying; those built into the program have no rows of their own.
    pub events: Arc<Vec<StoredEvent>>,
    /// What they make.
    pub tree: Arc<Tree>,
}

impl Places {
    /// Those built into the program, read once.
    fn built_in() -> Result<Self> {
        static READ: OnceLock<Places> = OnceLock::new();
        if let Some(places) = READ.get() {
            return Ok(places.clone());
        }
        let events = localities::events(&localities::BUILT_IN).map_err(Error::internal)?;
        let stored = |(at, event): (u128, Event)| StoredEvent {
            id: Uuid::from_u128(at),
            recorded: Recorded { origin: Origin::BuiltIn, event },
            withdrawn: false,
            position: store::PLAIN,
        };
        let events: Vec<StoredEvent> = (1u128..).zip(events).map(stored).collect();
        let places = Self { tree: Arc::new(tree_of(&events)?), events: Arc::new(events) };
        Ok(READ.get_or_init(|| places).clone())
    }

    /// With what people recorded.
    pub(in crate::agencies) fn with(recorded: Vec<StoredEvent>) -> Result<Self> {
        let known = Self::built_in()?;
        if recorded.is_empty() {
            return Ok(known);
        }
        let mut events = known.events.to_vec();
        events.extend(recorded);
        // Stable: those of one day keep their order.
        events.sort_by_key(|event| (event.recorded.event.date, event.position));
        Ok(Self { tree: Arc::new(tree_of(&events)?), events: Arc::new(events) })
    }

    /// As stored.
    pub(in crate::agencies) async fn load(c: &impl ConnectionTrait) -> Result<Self> {
        Self::with(store::events(c, Trees::UNITS).await?)
    }
}

/// The tree that the stored events make.
pub(in crate::agencies) fn tree_of(events: &[StoredEvent]) -> Result<Tree> {
    let live: Vec<&Recorded> = events.iter().filter(|event| !event.withdrawn).map(|event| &event.recorded).collect();
    replay(live.iter().copied()).map_err(|(at, why)| {
        let (date, title) =
            live.get(at).map(|r| (time::display_date(r.event.date), r.event.title.as_str())).unwrap_or_default();
        Error::Conflict(format!("Sự kiện “{title}” ngày {date} không thực hiện được: {why}."))
    })
}

/// All events of a tree in the order of replaying: what is stored, and what has no row of its own: on its first day every agency that was stored
/// without an event, for localities what is built into the program.
pub(in crate::agencies) async fn history(c: &impl ConnectionTrait, side: Side) -> Result<Vec<StoredEvent>> {
    if side == Side::Localities {
        return Ok(Arc::unwrap_or_clone(Places::load(c).await?.events));
    }
    let events = store::events(c, Trees::AGENCIES).await?;
    let rows = store::agencies(c).await?;
    Ok(with_plain(events, &rows))
}

/// Adds the agencies that no event made.
pub(in crate::agencies) fn with_plain(mut events: Vec<StoredEvent>, rows: &[AgencyRow]) -> Vec<StoredEvent> {
    let changes = events.iter().flat_map(|event| &event.recorded.event.changes);
    let created = changes.filter_map(|change| match change {
        Change::Create(new) => Some(new.key.as_str()),
        _ => None,
    });
    let created: HashSet<&str> = created.collect();
    let codes: HashMap<Uuid, &str> = rows.iter().map(|row| (row.id, row.code.as_str())).collect();
    let plain: Vec<StoredEvent> = rows
        .iter()
        .filter(|row| !created.contains(row.code.as_str()))
        .filter_map(|row| {
            let parent = row.parent_id.and_then(|id| codes.get(&id)).map(|code| (*code).to_owned());
            let face = Face { name: row.name.clone(), short: row.name.clone(), kind: row.kind.clone() };
            let (key, place, role) = (row.code.clone(), String::new(), String::new());
            let new = Change::Create(NewUnit { key, place, role, parent, face });
            let date = time::date_from_int(row.valid_from)?;
            let event = Event { date, title: "Thành lập".into(), basis: None, unverified: true, changes: vec![new] };
            let recorded = Recorded { origin: Origin::Person, event };
            Some(StoredEvent { id: row.id, recorded, withdrawn: false, position: store::PLAIN })
        })
        .collect();
    if !plain.is_empty() {
        events.extend(plain);
        // Stable: those of one day keep their order.
        events.sort_by_key(|event| (event.recorded.event.date, event.position));
    }
    events
}

/// First place of people's events among those of a day.
pub(in crate::agencies) const PERSON: i64 = 1_000_000;

/// Like [`history`], for a change: agencies that were stored without an event get one, so that what they were once called is not lost with the next
/// change of their rows.
pub(super) async fn history_for_change(
    c: &impl ConnectionTrait,
    side: Side,
    now: Timestamp,
) -> Result<Vec<StoredEvent>> {
    let mut events = history(c, side).await?;
    if side == Side::Localities {
        return Ok(events);
    }
    let plain = events.iter_mut().filter(|event| !event.is_stored());
    let mut new = Vec::new();
    for (event, position) in plain.zip(store::PLAIN + 1..) {
        event.position = position;
        event.id = new_id();
        let (origin, happened) = (event.recorded.origin, event.recorded.event.clone());
        new.push(NewEvent { id: event.id, origin, event: happened, position, withdrawn: false });
    }
    store::insert_events(c, Trees::AGENCIES, now, Actor::system().user, new).await?;
    Ok(events)
}

/// Brings the tables in line with the stored events and tells every process; how many agencies changed.
pub(in crate::agencies) async fn rebuild(c: &impl ConnectionTrait, now: Timestamp) -> Result<usize> {
    let tree = tree_of(&history_for_change(c, Side::Agencies, now).await?)?;
    let places = Places::load(c).await?.tree;
    let place_ids = Ids::load(c, Trees::UNITS, &places, |_, _| false).await?;
    write_places(c, &places, &place_ids, now.date()).await?;
    write(c, &tree, &places, now).await
}

/// Writes the tables of agencies and tells every process.
pub(super) async fn write(c: &impl ConnectionTrait, tree: &Tree, places: &Tree, now: Timestamp) -> Result<usize> {
    let definitions = definitions()?;
    let ids = Ids::load(c, Trees::AGENCIES, tree, |_, _| true).await?;
    let place_ids = Ids::load(c, Trees::UNITS, places, |_, _| false).await?;
    let changed = write_agencies(c, &definitions, tree, places, (&ids, &place_ids), now.date()).await?;
    store::set(c, now, store::REFRESHED, time::date_to_int(now.date()).to_string()).await?;
    store::bump(c, now, store::TREE_VERSION).await?;
    Ok(changed)
}
