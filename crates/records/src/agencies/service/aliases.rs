//! Printed names that people explained.

use ::store::{ConnectionTrait, Tx};
use chrono::NaiveDate;
use kernel::{Actor, Clock, Error, Permit, Result, Uuid, text};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::AliasTarget;
use crate::agencies::{
    policy::{ManageAgencies, ReadAgencies},
    store,
};

/// Remembers what a printed name means in papers of `scope` (and of its province), or everywhere; in the place of what was remembered before.
/// From the next [`super::directory`] on the name resolves so. Its id.
///
/// # Errors
/// When the database refuses.
pub async fn remember_alias(
    tx: &Tx,
    clock: &dyn Clock,
    printed: &str,
    scope: Option<Uuid>,
    target: &AliasTarget,
    actor: &Actor,
) -> Result<Uuid> {
    let now = clock.now();
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    let (agency, class) = match target {
        AliasTarget::Agency(id) => (Some(*id), None),
        AliasTarget::Class(key) => (None, Some(key.as_str())),
    };
    let key = text::name_key(&printed);
    let id = store::put_alias(&**tx, now, actor.user, (&printed, &key), scope, (agency, class)).await?;
    store::bump(&**tx, now, store::ALIAS_VERSION).await?;
    let detail = json!({ "alias": printed, "scope": scope, "agency": agency, "class": class });
    audit::record(
        &**tx,
        clock,
        actor,
        Entry { action: "agencies.remember_alias", subject: "alias", id: Some(id), detail },
    )
    .await?;
    Ok(id)
}

/// Remembers a printed name of an agency, in papers of its province.
///
/// # Errors
/// [`Error::NotFound`] when the agency is unknown or outside the permit.
pub async fn add_alias(app: &App, permit: &Permit<ManageAgencies>, agency: Uuid, printed: &str) -> Result<Uuid> {
    let tx = app.db.begin().await?;
    reach(&*tx, permit, agency).await?;
    let target = AliasTarget::Agency(agency);
    let id = remember_alias(&tx, &*app.clock, printed, Some(agency), &target, permit.actor()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Forgets a printed name; the agency for which it stood.
///
/// # Errors
/// [`Error::NotFound`] when there is none or its agency is outside the permit.
pub async fn forget_alias(app: &App, permit: &Permit<ManageAgencies>, id: Uuid) -> Result<Option<Uuid>> {
    let tx = app.db.begin().await?;
    let alias = store::alias(&*tx, id).await?.ok_or(Error::NotFound)?;
    if let Some(agency) = alias.agency_id {
        reach(&*tx, permit, agency).await?;
    }
    store::delete_alias(&*tx, id).await?;
    store::bump(&*tx, app.clock.now(), store::ALIAS_VERSION).await?;
    let detail = json!({ "alias": alias.alias, "agency": alias.agency_id });
    audit::record(
        &*tx,
        &*app.clock,
        permit.actor(),
        Entry { action: "agencies.forget_alias", subject: "alias", id: Some(id), detail },
    )
    .await?;
    tx.commit().await?;
    Ok(alias.agency_id)
}

/// Notes that somebody took the list of agencies away.
///
/// # Errors
/// When the database refuses.
pub async fn note_export(app: &App, permit: &Permit<ReadAgencies>, rows: usize, date: NaiveDate) -> Result<()> {
    let tx = app.db.begin().await?;
    let detail = json!({ "rows": rows, "date": date });
    audit::record(
        &*tx,
        &*app.clock,
        permit.actor(),
        Entry { action: "agencies.export", subject: "agencies", id: None, detail },
    )
    .await?;
    tx.commit().await
}

/// May the holder of the permit change things of this agency? Asked before a form is read, so that a foreign agency is not found whatever the form says.
///
/// # Errors
/// [`Error::NotFound`] when the agency is unknown or outside the permit.
pub async fn within(app: &App, permit: &Permit<ManageAgencies>, agency: Uuid) -> Result<()> {
    reach(app.db.read(), permit, agency).await
}

async fn reach(c: &impl ConnectionTrait, permit: &Permit<ManageAgencies>, agency: Uuid) -> Result<()> {
    if permit.everywhere() || store::is_below(c, permit.roots(), agency).await? {
        return Ok(());
    }
    Err(Error::NotFound)
}
