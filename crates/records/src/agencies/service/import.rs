//! Places and agencies from what is built into the program. Repeating is harmless: identifiers stay with their codes, events that people recorded
//! stay in force.

use std::collections::{HashMap, HashSet};

use ::store::{ConnectionTrait, Tx};
use chrono::NaiveDate;
use kernel::{Actor, Error, Result, new_id};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::{
    projection::{Ids, write_places},
    replay::{definitions, history_for_change, places, tree_of, write},
};
use crate::agencies::{
    model::{
        build,
        definitions::Level,
        event::Event,
        replay::Origin,
        tree::{Tree, Unit, UnitIx},
    },
    store::{self, NewEvent, StoredEvent, Trees},
};

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Places there are now, of any time.
    pub units: usize,
    /// Agencies there are now, of any time.
    pub agencies: usize,
    /// Rows that were new or changed.
    pub changed: usize,
}

/// Stores the places of the whole country: three levels until 30/06/2025, two since.
///
/// # Errors
/// When the database refuses.
pub async fn import_units(app: &App) -> Result<Imported> {
    let now = app.clock.now();
    let places = places()?;
    let tx = app.db.begin().await?;
    let ids = Ids::load(&*tx, Trees::UNITS, &places, |_, _| true).await?;
    let changed = write_places(&*tx, &places, &ids, now.date()).await?;
    let done = Imported { units: places.len(), agencies: 0, changed };
    note(&tx, app, "agencies.import_units", json!({ "units": places.len(), "changed": changed })).await?;
    tx.commit().await?;
    Ok(done)
}

/// Stores the agencies of the given provinces (official codes of today, "20") besides those stored before, with the places they serve; of the whole
/// country when there are none.
///
/// # Errors
/// [`Error::Invalid`] for an unknown code, [`Error::Conflict`] when an event that a person recorded no longer fits.
pub async fn import_agencies(app: &App, provinces: &[&str]) -> Result<Imported> {
    let now = app.clock.now();
    let (definitions, places) = (definitions()?, places()?);
    let tx = app.db.begin().await?;
    let mut keys = provinces_imported(&*tx).await?;
    for code in provinces {
        let key = places.unit(province(&places, code, now.date())?).key.clone();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    if provinces.is_empty() {
        keys = vec![EVERYWHERE.to_owned()];
    }
    let whole = keys.iter().any(|key| key == EVERYWHERE);
    let scope: Vec<UnitIx> = if whole { Vec::new() } else { keys.iter().filter_map(|key| places.find(key)).collect() };

    let wanted: HashSet<UnitIx> = scope.iter().flat_map(|ix| build::with_ancestors(&places, *ix)).collect();
    let inside = |ix: UnitIx, unit: &Unit| {
        whole || unit.parents().iter().any(|(day, _)| places.chain(ix, *day).any(|above| wanted.contains(&above)))
    };
    let place_ids = Ids::load(&*tx, Trees::UNITS, &places, inside).await?;
    let units = places.units().filter(|(ix, _)| place_ids.get(*ix).is_some()).count();
    let mut changed = write_places(&*tx, &places, &place_ids, now.date()).await?;

    let built = build::events(&definitions, &places, &scope).map_err(Error::internal)?;
    replace_built_in(&tx, app, built).await?;
    let tree = tree_of(&history_for_change(&*tx, now).await?)?;
    changed += write(&*tx, &tree, now).await?;
    let list = serde_json::to_string(&keys).map_err(Error::internal)?;
    store::set(&*tx, now, store::PROVINCES, list).await?;
    let detail = json!({ "provinces": keys, "agencies": tree.len(), "changed": changed });
    note(&tx, app, "agencies.import", detail).await?;
    tx.commit().await?;
    Ok(Imported { units, agencies: tree.len(), changed })
}

/// The whole country in the list of imported provinces.
const EVERYWHERE: &str = "*";

/// Keys of the provinces whose agencies were imported; "*" is the whole country.
pub(in crate::agencies) async fn provinces_imported(c: &impl ConnectionTrait) -> Result<Vec<String>> {
    let list = store::setting(c, store::PROVINCES).await?;
    Ok(list.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default())
}

/// Puts events in the place of those that the definitions said before; what was withdrawn or verified stays so, under the same identifier.
async fn replace_built_in(tx: &Tx, app: &App, built: Vec<Event>) -> Result<()> {
    let mut before: HashMap<(NaiveDate, String), StoredEvent> = HashMap::new();
    for old in store::events(&**tx).await? {
        if old.recorded.origin == Origin::BuiltIn {
            before.insert((old.recorded.event.date, old.recorded.event.title.clone()), old);
        }
    }
    store::delete_built_in(&**tx).await?;
    let new = |(position, mut event): (i64, Event)| {
        let old = before.remove(&(event.date, event.title.clone()));
        if let Some(old) = old.as_ref().filter(|old| event.unverified && !old.recorded.event.unverified) {
            event.unverified = false;
            event.basis.clone_from(&old.recorded.event.basis);
        }
        let (id, withdrawn) = old.map_or_else(|| (new_id(), false), |old| (old.id, old.withdrawn));
        NewEvent { id, origin: Origin::BuiltIn, withdrawn, position, event }
    };
    let rows: Vec<NewEvent> = (0i64..).zip(built).map(new).collect();
    store::insert_events(&**tx, app.clock.now(), Actor::system().user, rows).await
}

fn province(places: &Tree, code: &str, today: NaiveDate) -> Result<UnitIx> {
    let fits = |unit: &Unit| unit.place == Level::Province.key() && unit.role == code && unit.lives(today);
    let found = places.units().find(|(_, unit)| fits(unit)).map(|(ix, _)| ix);
    found.ok_or_else(|| {
        let message =
            format!("Không có tỉnh, thành phố nào mang mã {code}; hãy dùng mã hai chữ số, ví dụ 20 (Lạng Sơn).");
        Error::invalid("province", message)
    })
}

async fn note(tx: &Tx, app: &App, action: &str, detail: serde_json::Value) -> Result<()> {
    let entry = Entry { action, subject: "agencies", id: None, detail };
    audit::record(&**tx, &*app.clock, &Actor::system(), entry).await
}
