//! One's own account: roles and sessions.

use kernel::{Actor, Error, Result, Uuid};
use platform::App;
use serde_json::json;

use super::{note, sessions, today};
use crate::accounts::store::{
    self, OpenSession,
    holdings::{self, HoldingRow},
    users::{self, Reach, UserRow},
};

/// What the page on one's own account shows.
#[derive(Debug)]
pub struct Own {
    /// The account.
    pub user: UserRow,
    /// Roles held now or later.
    pub holdings: Vec<HoldingRow>,
    /// Open sessions.
    pub sessions: Vec<OpenSession>,
}

/// One's own account.
///
/// # Errors
/// When the database refuses.
pub async fn view(app: &App, actor: &Actor) -> Result<Own> {
    let c = app.db.read();
    let me = actor.user;
    let user = users::by_id(c, me).await?.ok_or(Error::NotFound)?;
    let mut held = holdings::of(c, &[me]).await?;
    held.retain(|held| !held.ended(today(app)));
    Ok(Own { user, holdings: held, sessions: sessions::open_of(app, me).await? })
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`Error::NotFound`] for a session of somebody else.
pub async fn end_session(app: &App, actor: &Actor, session: Uuid) -> Result<()> {
    let tx = app.db.begin().await?;
    if !store::delete_session_of(&*tx, actor.user, session).await? {
        return Err(Error::NotFound);
    }
    note(&tx, app, actor, "accounts.end_session", Some(actor.user), json!({})).await?;
    tx.commit().await
}

/// Ends all of one's own sessions but this one; how many.
///
/// # Errors
/// When the database refuses.
pub async fn end_others(app: &App, actor: &Actor, this: Uuid) -> Result<u64> {
    let tx = app.db.begin().await?;
    let ended = store::delete_sessions(&*tx, actor.user, Some(this)).await?;
    note(&tx, app, actor, "accounts.end_session", Some(actor.user), json!({ "sessions": ended })).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Living agencies that this reach covers, for forms.
///
/// # Errors
/// When the database refuses.
pub async fn places(app: &App, reach: &Reach) -> Result<crate::accounts::model::import::Places> {
    Ok(crate::accounts::model::import::Places::new(users::places(app.db.read(), reach, today(app)).await?))
}
