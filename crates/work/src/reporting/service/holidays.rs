//! Days of rest: which are in force, and how an administrator puts others in their place.

use kernel::{Permit, Result};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use crate::reporting::{
    model::{
        form::Fault,
        holidays::{BUILT_IN, Holidays},
    },
    policy::SetHolidays,
    store,
};

/// The days of rest in force.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn holidays(app: &App) -> Result<Holidays> {
    let file = store::days_file(app.db.read()).await?;
    Ok(file.and_then(|file| Holidays::read(&file.source).ok()).unwrap_or_else(Holidays::built_in))
}

/// The file in force as it was written, and who put it there when.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn holidays_file(app: &App) -> Result<(String, Option<(String, i64)>)> {
    Ok(match store::days_file(app.db.read()).await? {
        Some(file) => (file.source, Some((file.by_name, file.at))),
        None => (BUILT_IN.to_owned(), None),
    })
}

/// Puts a file in force: rounds opened from now on take their deadlines from it. What is wrong in it, when it was refused.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn set_holidays(app: &App, permit: &Permit<SetHolidays>, text: &str) -> Result<Vec<Fault>> {
    let days = match Holidays::read(text) {
        Ok(days) => days,
        Err(faults) => return Ok(faults),
    };
    let tx = app.db.begin().await?;
    store::insert_days_file(&tx, text, permit.actor(), app.clock.now()).await?;
    let detail = json!({ "rest": days.rest.len(), "worked": days.worked.len() });
    let entry = Entry { action: "reporting.holidays", subject: "holidays", id: None, detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok(Vec::new())
}
