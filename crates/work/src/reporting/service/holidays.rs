//! Days of rest: which are in force, and how an administrator puts others in their place.

use kernel::{Error, Permit, Result, Uuid, time, workdays::Holidays};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use crate::reporting::{
    model::{
        form::Fault,
        holidays::{BUILT_IN, read},
    },
    policy::SetHolidays,
    store,
};

/// The days of rest in force.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn holidays(app: &App) -> Result<Holidays> {
    let (source, _) = holidays_file(app).await?;
    days_of(&source)
}

/// The days in a file that was put in force.
///
/// # Errors
/// [`Error::Internal`] when it cannot be read any more.
pub(crate) fn days_of(source: &str) -> Result<Holidays> {
    read(source).map_err(|faults| Error::internal(format!("days of rest in force: {faults:?}")))
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

/// Who keeps the days of rest, which serve everybody here: administrators who have none above them. The agency of the one above, for others.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn kept_above(app: &App, permit: &Permit<SetHolidays>) -> Result<Option<String>> {
    let roots: &[Uuid] = if permit.everywhere() { &[] } else { permit.roots() };
    store::administered_above(app.db.read(), roots, time::date_to_int(app.clock.today())).await
}

/// Puts a file in force: rounds opened from now on take their deadlines from it. What is wrong in it, when it was refused.
///
/// # Errors
/// [`Error::Conflict`] when an administrator above keeps them.
pub(crate) async fn set_holidays(app: &App, permit: &Permit<SetHolidays>, text: &str) -> Result<Vec<Fault>> {
    if let Some(keeper) = kept_above(app, permit).await? {
        return Err(Error::Conflict(format!("Lịch nghỉ dùng chung do quản trị viên của {keeper} cập nhật.")));
    }
    let days = match read(text) {
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
