//! Background work of the accounts slice.

use kernel::{Actor, Result};
use platform::{App, JobDef, Schedule, jobs::JobContext};
use serde_json::json;

use super::{
    model::State,
    service,
    store::{self, holdings, users},
};

/// Every job.
pub(super) const JOBS: &[JobDef] = &[
    JobDef {
        kind: "accounts.disable_unused",
        run: |app, context| Box::pin(disable_unused(app, context)),
        schedule: Some(Schedule::DailyAt(1)),
    },
    JobDef {
        kind: "accounts.forget_expired",
        run: |app, context| Box::pin(forget_expired(app, context)),
        schedule: Some(Schedule::DailyAt(3)),
    },
];

/// Closes accounts nobody signed in to for the configured days, but never an agency's last administrator.
async fn disable_unused(app: App, _: JobContext) -> Result<()> {
    let days = app.config.access.unused_days;
    if days <= 0 {
        return Ok(());
    }
    let now = app.clock.now();
    let today = kernel::time::date_to_int(now.date());
    let since = now.plus_seconds(-86_400 * days);
    for (id, login) in users::unused(app.db.read(), since).await? {
        let tx = app.db.begin().await?;
        holdings::lock_administrators(&*tx, now).await?;
        if holdings::left_alone(&*tx, id, None, today).await? > 0 || !users::is_unused(&*tx, id, since).await? {
            continue;
        }
        users::set_state(&*tx, id, State::Disabled, None).await?;
        store::delete_sessions(&*tx, id, None).await?;
        let detail = json!({ "login": login, "days": days });
        service::note(&tx, &app, &Actor::system(), "accounts.disable_unused", Some(id), detail).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Forgets sessions and slips whose time is over.
async fn forget_expired(app: App, _: JobContext) -> Result<()> {
    let tx = app.db.begin().await?;
    store::delete_expired(&*tx, app.clock.now()).await?;
    tx.commit().await
}
