//! Printed names that people explained.

use ::store::Tx;
use kernel::{Actor, Clock, Result, Uuid, text};
use platform::audit::{self, Entry};
use serde_json::json;

use super::AliasTarget;
use crate::agencies::store;

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
