//! Recording what happened to agencies and localities, and taking it back.

use std::collections::BTreeSet;

use ::store::{ConnectionTrait, Tx};
use chrono::NaiveDate;
use kernel::{Error, Permit, Result, Timestamp, Uuid, new_id, time};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::{
    localities::{follow, put},
    replay::{PERSON, Places, history, history_for_change, tree_of, write},
};
use crate::agencies::{
    model::{
        build::agency_key,
        effects::{Effect, effects},
        event::{Change, Event},
        replay::{Origin, Recorded},
        side::Side,
        tree::Tree,
    },
    policy::ManageAgencies,
    store::{self, NewEvent, StoredEvent, Trees},
};

/// What an event would change.
///
/// # Errors
/// [`Error::Invalid`] when it is impossible or makes a later event impossible; [`Error::NotFound`] when it touches agencies outside the permit.
pub async fn preview(app: &App, permit: &Permit<ManageAgencies>, side: Side, event: &Event) -> Result<Vec<Effect>> {
    let c = app.db.read();
    let events = history(c, side).await?;
    let before = tree_of(&events)?;
    reach(c, permit, side, &before, event).await?;
    let (after, _) = with(events, event, &before, None)?;
    whole_effects(c, side, (&before, &after), event.date).await
}

/// Records an event; its id.
///
/// # Errors
/// See [`preview`].
pub async fn record(app: &App, permit: &Permit<ManageAgencies>, side: Side, event: Event) -> Result<Uuid> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let events = history_for_change(&*tx, side, now).await?;
    let before = tree_of(&events)?;
    reach(&*tx, permit, side, &before, &event).await?;
    let (after, position) = with(events, &event, &before, None)?;
    let id = new_id();
    let detail = json!({ "date": event.date, "title": event.title, "basis": event.basis, "changes": event.changes });
    let new = NewEvent { id, origin: Origin::Person, event, position, withdrawn: false };
    store::insert_events(&*tx, Trees::of(side), now, permit.actor().user, vec![new]).await?;
    settle(&tx, side, (&before, &after), (now, permit.actor().user)).await?;
    note(&tx, app, (permit, side), "agencies.record", id, detail).await?;
    tx.commit().await?;
    Ok(id)
}

/// An event that a person recorded and may put right: neither built in nor withdrawn.
///
/// # Errors
/// [`Error::NotFound`] for another event or one outside the permit.
pub(in crate::agencies) async fn correctable(
    app: &App,
    permit: &Permit<ManageAgencies>,
    side: Side,
    id: Uuid,
) -> Result<StoredEvent> {
    let c = app.db.read();
    let events = history(c, side).await?;
    let (_, _, old) = without(c, permit, side, events, id).await?;
    Ok(old)
}

/// What putting an event right would change.
///
/// # Errors
/// See [`preview`] and [`correctable`].
pub async fn preview_correction(
    app: &App,
    permit: &Permit<ManageAgencies>,
    side: Side,
    id: Uuid,
    event: &Event,
) -> Result<Vec<Effect>> {
    let c = app.db.read();
    let (events, before, old) = without(c, permit, side, history(c, side).await?, id).await?;
    reach(c, permit, side, &before, event).await?;
    let (after, _) = with(events, event, &before, place(&old, event))?;
    whole_effects(c, side, (&before, &after), event.date).await
}

/// Puts an event right: the old one is withdrawn and kept, the new one takes its place; the new one's id.
///
/// # Errors
/// See [`preview`] and [`correctable`].
pub async fn correct(app: &App, permit: &Permit<ManageAgencies>, side: Side, id: Uuid, event: Event) -> Result<Uuid> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let events = history_for_change(&*tx, side, now).await?;
    let (events, before, old) = without(&*tx, permit, side, events, id).await?;
    reach(&*tx, permit, side, &before, &event).await?;
    let (after, position) = with(events, &event, &before, place(&old, &event))?;
    let detail = json!({ "previous": id, "date": event.date, "title": event.title, "basis": event.basis, "changes": event.changes });
    let new = new_id();
    let row = NewEvent { id: new, origin: Origin::Person, event, position, withdrawn: false };
    store::set_withdrawn(&*tx, Trees::of(side), id, true).await?;
    store::insert_events(&*tx, Trees::of(side), now, permit.actor().user, vec![row]).await?;
    settle(&tx, side, (&before, &after), (now, permit.actor().user)).await?;
    note(&tx, app, (permit, side), "agencies.correct", new, detail).await?;
    tx.commit().await?;
    Ok(new)
}

/// A corrected event of the same day stays where it was among those of the day.
fn place(old: &StoredEvent, new: &Event) -> Option<i64> {
    (old.recorded.event.date == new.date).then_some(old.position)
}

/// The history with an event withdrawn, the tree with it still in force, and the event.
async fn without(
    c: &impl ConnectionTrait,
    permit: &Permit<ManageAgencies>,
    side: Side,
    mut events: Vec<StoredEvent>,
    id: Uuid,
) -> Result<(Vec<StoredEvent>, Tree, StoredEvent)> {
    let before = tree_of(&events)?;
    let by_person = |stored: &&mut StoredEvent| {
        stored.id == id && stored.is_stored() && !stored.withdrawn && stored.recorded.origin == Origin::Person
    };
    let found = events.iter_mut().find(by_person).ok_or(Error::NotFound)?;
    reach(c, permit, side, &before, &found.recorded.event).await?;
    let old = found.clone();
    found.withdrawn = true;
    Ok((events, before, old))
}

/// Effects on the tree itself, and for localities also on the agencies that follow them.
async fn whole_effects(
    c: &impl ConnectionTrait,
    side: Side,
    (before, after): (&Tree, &Tree),
    date: NaiveDate,
) -> Result<Vec<Effect>> {
    let mut list = effects(before, after, date);
    if side == Side::Localities {
        let agencies = history(c, Side::Agencies).await?;
        let followed = follow(c, after, agencies).await.map_err(|error| match error {
            Error::Conflict(why) => Error::invalid("", why),
            other => other,
        })?;
        if let Some(followed) = followed {
            list.extend(effects(&followed.before, &followed.after, date));
        }
    }
    Ok(list)
}

/// Brings the tables in line with a tree that changed.
async fn settle(tx: &Tx, side: Side, (before, after): (&Tree, &Tree), (now, by): (Timestamp, Uuid)) -> Result<()> {
    match side {
        Side::Agencies => {
            end_unmade(tx, Trees::AGENCIES, before, after).await?;
            let places = Places::load(&**tx).await?.tree;
            write(&**tx, after, &places, now).await.map(drop)
        }
        Side::Localities => {
            let agencies = history_for_change(&**tx, Side::Agencies, now).await?;
            put(tx, (before, after), agencies, (now, by)).await
        }
    }
}

/// A unit that only a withdrawn event had made keeps its row (others may point at it) and ends the day it began.
pub(super) async fn end_unmade(tx: &Tx, trees: Trees, before: &Tree, after: &Tree) -> Result<()> {
    let made = before.units().filter(|(_, unit)| after.find(&unit.key).is_none());
    let gone: Vec<&str> = made.map(|(_, unit)| unit.key.as_str()).collect();
    store::end_at_birth(&**tx, trees, &gone).await
}

/// Takes an event back (it is kept, and no longer replayed), or puts it in force again.
///
/// # Errors
/// [`Error::Conflict`] when a later event would no longer be possible, [`Error::NotFound`] for an unknown event or one outside the permit.
pub async fn set_withdrawn(
    app: &App,
    permit: &Permit<ManageAgencies>,
    side: Side,
    id: Uuid,
    withdrawn: bool,
) -> Result<()> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let mut events = history_for_change(&*tx, side, now).await?;
    let before = tree_of(&events)?;
    let found = events.iter_mut().find(|stored| stored.id == id && stored.is_stored()).ok_or(Error::NotFound)?;
    reach(&*tx, permit, side, &before, &found.recorded.event).await?;
    found.withdrawn = withdrawn;
    let title = found.recorded.event.title.clone();
    let after = tree_of(&events)?;
    store::set_withdrawn(&*tx, Trees::of(side), id, withdrawn).await?;
    settle(&tx, side, (&before, &after), (now, permit.actor().user)).await?;
    let action = if withdrawn { "agencies.withdraw" } else { "agencies.restore" };
    note(&tx, app, (permit, side), action, id, json!({ "title": title })).await?;
    tx.commit().await
}

/// May the holder of the permit change this event? Asked before a form is read.
///
/// # Errors
/// [`Error::NotFound`] for an unknown event or one outside the permit.
pub async fn within_event(app: &App, permit: &Permit<ManageAgencies>, side: Side, id: Uuid) -> Result<()> {
    let c = app.db.read();
    let events = history(c, side).await?;
    let found = events.iter().find(|stored| stored.id == id && stored.is_stored()).ok_or(Error::NotFound)?;
    reach(c, permit, side, &tree_of(&events)?, &found.recorded.event).await
}

/// Notes that somebody compared an event with the paper that decided it.
///
/// # Errors
/// [`Error::NotFound`] for an unknown event or one outside the permit.
pub async fn verify(app: &App, permit: &Permit<ManageAgencies>, side: Side, id: Uuid, basis: &str) -> Result<()> {
    let tx = app.db.begin().await?;
    let events = history(&*tx, side).await?;
    let found = events.iter().find(|stored| stored.id == id && stored.is_stored()).ok_or(Error::NotFound)?;
    reach(&*tx, permit, side, &tree_of(&events)?, &found.recorded.event).await?;
    store::set_verified(&*tx, Trees::of(side), id, basis).await?;
    store::bump(&*tx, app.clock.now(), store::TREE_VERSION).await?;
    note(&tx, app, (permit, side), "agencies.verify", id, json!({ "basis": basis })).await?;
    tx.commit().await
}

async fn note(
    tx: &Tx,
    app: &App,
    (permit, side): (&Permit<ManageAgencies>, Side),
    action: &str,
    id: Uuid,
    detail: serde_json::Value,
) -> Result<()> {
    let subject = match side {
        Side::Agencies => "agency_event",
        Side::Localities => "unit_event",
    };
    let entry = Entry { action, subject, id: Some(id), detail };
    audit::record(&**tx, &*app.clock, permit.actor(), entry).await
}

/// The tree with one more event, and the event's place among those of its day: the one given, else the last.
fn with(mut events: Vec<StoredEvent>, event: &Event, before: &Tree, at: Option<i64>) -> Result<(Tree, i64)> {
    let of_day = events.iter().filter(|stored| stored.recorded.event.date == event.date).map(|stored| stored.position);
    let position = at.unwrap_or_else(|| of_day.max().map_or(PERSON, |last| PERSON.max(last + 1)));
    let earlier = |stored: &&StoredEvent| (stored.recorded.event.date, stored.position) < (event.date, position);
    let mut prefix: Vec<StoredEvent> = events.iter().filter(earlier).cloned().collect();
    let recorded = Recorded { origin: Origin::Person, event: event.clone() };
    let stored = StoredEvent { id: Uuid::nil(), recorded, withdrawn: false, position };
    // First by itself, so that what is wrong is told apart from what becomes wrong later.
    tree_of(&prefix)?.apply(event).map_err(|why| {
        Error::invalid(
            "",
            format!("Sự kiện này không thực hiện được: {}.", named(&why.to_string(), before, event.date)),
        )
    })?;
    prefix.clear();
    events.push(stored);
    events.sort_by_key(|stored| (stored.recorded.event.date, stored.position));
    let later = |error| match error {
        Error::Conflict(why) => Error::invalid("", named(&why, before, event.date)),
        other => other,
    };
    Ok((tree_of(&events).map_err(later)?, position))
}

/// Names instead of keys in a message.
fn named(message: &str, tree: &Tree, date: NaiveDate) -> String {
    let mut parts = message.split('«');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (key, rest) = part.split_once('»').unwrap_or((part, ""));
        let name = tree.find(key).map_or(key, |ix| tree.unit(ix).face(date).name.as_str());
        out.push_str(&format!("“{name}”{rest}"));
    }
    out
}

/// The units that an event changes and the superiors of those it makes, as far as they were there before it; and whether it makes one at the top.
fn touched<'e>(tree: &Tree, event: &'e Event) -> (Vec<&'e str>, bool) {
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    let mut at_top = false;
    for change in &event.changes {
        match change {
            Change::Create(new) => {
                at_top |= new.parent.is_none();
                keys.extend(new.parent.as_deref());
            }
            Change::Rename { unit, .. } | Change::Move { unit, .. } | Change::Abolish { unit, .. } => {
                keys.insert(unit);
            }
            Change::Merge { from, .. } => keys.extend(from.iter().map(String::as_str)),
            Change::Split { from, .. } => {
                keys.insert(from);
            }
        }
    }
    let made: BTreeSet<&str> = event
        .changes
        .iter()
        .filter_map(|change| if let Change::Create(new) = change { Some(new.key.as_str()) } else { None })
        .collect();
    let known = keys.into_iter().filter(|key| !made.contains(key) && tree.find(key).is_some()).collect();
    (known, at_top)
}

/// Everything an event changes must lie below the agencies of the permit; a new agency hangs under one of them. A locality belongs to whoever the people's
/// committee of the locality belongs to.
async fn reach(
    c: &impl ConnectionTrait,
    permit: &Permit<ManageAgencies>,
    side: Side,
    tree: &Tree,
    event: &Event,
) -> Result<()> {
    if permit.everywhere() {
        return Ok(());
    }
    let roots = permit.roots();
    let (known, at_top) = touched(tree, event);
    let outside = match side {
        Side::Agencies => store::count_outside(c, roots, &known).await?,
        Side::Localities => {
            let committees: Vec<String> = known.iter().map(|key| agency_key(key, COMMITTEE)).collect();
            i64::try_from(committees.len()).unwrap_or(i64::MAX) - store::count_inside(c, roots, &committees).await?
        }
    };
    if outside > 0 || (at_top && store::count_top(c, roots).await? == 0) {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// Template entry of the people's committee, which every locality has.
const COMMITTEE: &str = "ubnd";

/// Whether something recorded for a later day begins today: then the tables are brought up to date. Runs every night.
pub(in crate::agencies) async fn refresh(app: App) -> Result<()> {
    let now = app.clock.now();
    let today = time::date_to_int(now.date());
    let since = store::setting(app.db.read(), store::REFRESHED).await?.and_then(|day| day.parse().ok()).unwrap_or(0i64);
    let mut begun = 0;
    for trees in [Trees::AGENCIES, Trees::UNITS] {
        begun += store::count_events(app.db.read(), trees, since, today).await?;
    }
    if begun == 0 {
        return Ok(());
    }
    let tx = app.db.begin().await?;
    super::replay::rebuild(&*tx, now).await?;
    tx.commit().await
}
