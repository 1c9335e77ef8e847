//! Places and agencies from what is built into the program. Repeating is harmless: identifiers stay with their codes, events that people recorded
//! stay in force.

use ::store::{ConnectionTrait, Tx};
use chrono::NaiveDate;
use kernel::{Actor, Error, Result};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::{
    localities::{EVERYWHERE, Scope, built_in},
    projection::{Ids, write_places},
    replay::{Places, history_for_change, tree_of, write},
};
use crate::agencies::{
    model::{
        definitions::Level,
        side::Side,
        tree::{Tree, Unit, UnitIx},
    },
    store::{self, Trees},
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
    let tx = app.db.begin().await?;
    let places = Places::load(&*tx).await?.tree;
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
    let tx = app.db.begin().await?;
    let places = Places::load(&*tx).await?.tree;
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
    let scope = Scope::of(&places, &keys);
    let place_ids = Ids::load(&*tx, Trees::UNITS, &places, |ix, unit| scope.holds(&places, ix, unit)).await?;
    let units = places.units().filter(|(ix, _)| place_ids.get(*ix).is_some()).count();
    let mut changed = write_places(&*tx, &places, &place_ids, now.date()).await?;

    let rows = built_in(&store::events(&*tx, Trees::AGENCIES).await?, scope.events(&places)?);
    store::delete_built_in(&*tx).await?;
    store::insert_events(&*tx, Trees::AGENCIES, now, Actor::system().user, rows).await?;
    let tree = tree_of(&history_for_change(&*tx, Side::Agencies, now).await?)?;
    changed += write(&*tx, &tree, &places, now).await?;
    let list = serde_json::to_string(&keys).map_err(Error::internal)?;
    store::set(&*tx, now, store::PROVINCES, list).await?;
    let detail = json!({ "provinces": keys, "agencies": tree.len(), "changed": changed });
    note(&tx, app, "agencies.import", detail).await?;
    tx.commit().await?;
    Ok(Imported { units, agencies: tree.len(), changed })
}

/// Keys of the provinces whose agencies were imported; "*" is the whole country.
pub(in crate::agencies) async fn provinces_imported(c: &impl ConnectionTrait) -> Result<Vec<String>> {
    let list = store::setting(c, store::PROVINCES).await?;
    Ok(list.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default())
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
