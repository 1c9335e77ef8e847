//! From a cookie to a person: the platform asks, this slice knows.

use futures::future::BoxFuture;
use kernel::{Result, Role, Uuid};
use platform::{App, Lang, Over, Resolved, Session, Sessions, secrets, web::Client};

use crate::accounts::{
    model::State,
    store::{self, NewSession, OpenSession},
};

/// Seconds between two notes that a session is in use; fewer would make every page a write.
const TOUCH_SECONDS: i64 = 60;

/// Seconds by which what is noted may lag behind what the person does: the note above, and the browser, which tells of it
/// twice a minute at most. The browser itself locks on time.
const LAG_SECONDS: i64 = TOUCH_SECONDS + 30;

/// Seconds for which a session waits for its second factor.
const WAIT_SECONDS: i64 = 600;

/// Opens a session; the token for its cookie.
pub(super) async fn open(
    tx: &::store::Tx,
    app: &App,
    client: &Client,
    user: Uuid,
    second_factor: bool,
) -> Result<String> {
    let now = app.clock.now();
    let token = secrets::token();
    let seconds = if second_factor { app.config.access.session_hours * 3600 } else { WAIT_SECONDS };
    let session = NewSession {
        token_hash: secrets::sha256(token.as_bytes()),
        user,
        now,
        expires: now.plus_seconds(seconds),
        second_factor,
        address: &client.address,
        browser: &client.agent,
    };
    store::insert_session(&**tx, session).await?;
    Ok(token)
}

/// Puts a new session in the place of this one, so that a token known from before is worth nothing.
pub(super) async fn renew(tx: &::store::Tx, app: &App, client: &Client, old: Uuid, user: Uuid) -> Result<String> {
    store::delete_session(&**tx, old).await?;
    open(tx, app, client, user, true).await
}

/// Sessions in the database.
#[derive(Debug, Clone, Copy, Default)]
pub struct DatabaseSessions;

impl Sessions for DatabaseSessions {
    fn resolve<'a>(&'a self, app: &'a App, token: &'a str) -> BoxFuture<'a, Result<Resolved>> {
        Box::pin(resolve(app, token))
    }
}

/// The sessions of a person that are alive, last used first.
pub(super) async fn open_of(app: &App, user: Uuid) -> Result<Vec<OpenSession>> {
    store::open_sessions(app.db.read(), user, app.clock.now(), in_use_since(app)).await
}

/// The oldest note of use with which a session still counts as in use.
fn in_use_since(app: &App) -> kernel::Timestamp {
    app.clock.now().plus_seconds(-(app.config.access.idle_minutes * 60 + LAG_SECONDS))
}

async fn resolve(app: &App, token: &str) -> Result<Resolved> {
    let now = app.clock.now();
    let rules = &app.config.access;
    let known = store::session(app.db.read(), &secrets::sha256(token.as_bytes()), now.date()).await?;
    let Some((row, actor)) = known else {
        return Ok(Resolved::Over(Over::Ended));
    };
    if row.expires_at <= now.0 || State::from_key(&row.state) != State::Active {
        return Ok(Resolved::Over(Over::Ended));
    }
    if row.seen_at < in_use_since(app).0 {
        return Ok(Resolved::Over(Over::Idle));
    }
    if now.0 - row.seen_at > TOUCH_SECONDS * 1000 {
        let tx = app.db.begin().await?;
        store::touch_session(&*tx, row.id, row.user_id, now).await?;
        tx.commit().await?;
    }
    let administrator = actor.holdings.iter().any(|holding| holding.role == Role::Administrator);
    let detour = if !row.second_factor {
        Some("/ma-xac-thuc")
    } else if row.must_change || (administrator && rules.outdated(row.password_at, now)) {
        Some("/doi-mat-khau")
    } else if administrator && rules.administrator_totp && row.totp_secret.is_none() {
        Some("/xac-thuc-hai-buoc")
    } else {
        None
    };
    let lang = Lang::from_code(&row.lang);
    Ok(Resolved::Open(Session { id: row.id, actor, lang, detour, idle_minutes: rules.idle_minutes }))
}
