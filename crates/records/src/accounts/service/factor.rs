//! The second factor: switched on and off.

use kernel::{Actor, Error, Result, Role, Uuid};
use platform::{App, web::Client};
use serde_json::json;

use super::{note, password, sessions};
use crate::accounts::{
    model::{password as rules, totp},
    store::{self, access},
};

/// What the set-up page shows.
#[derive(Debug)]
pub enum Setup {
    /// It is on.
    On,
    /// To be scanned or typed, then confirmed with a code.
    Offered {
        /// SVG.
        picture: String,
        /// The secret in groups.
        secret: String,
    },
}

/// The state of one's second factor; a secret is made when there is none yet.
///
/// # Errors
/// When the database refuses.
pub async fn setup(app: &App, actor: &Actor) -> Result<Setup> {
    let known = access::totp(app.db.read(), actor.user).await?.ok_or(Error::NotFound)?;
    if known.totp_secret.is_some() {
        return Ok(Setup::On);
    }
    let secret = match known.totp_pending {
        Some(sealed) => open_secret(app, actor.user, &sealed)?,
        None => {
            let secret = totp::new_secret();
            let tx = app.db.begin().await?;
            access::set_totp_pending(&*tx, actor.user, &app.vault.seal(&owner(actor.user), &secret)?).await?;
            tx.commit().await?;
            secret
        }
    };
    Ok(Setup::Offered { picture: totp::picture(&secret, &known.login)?, secret: totp::spoken(&secret) })
}

/// Switches it on: the present password and a code of the offered secret. The session goes on under a new token.
///
/// # Errors
/// [`Error::Invalid`] on `password` or `code`, [`Error::Conflict`] when it is on.
pub async fn enable(
    app: &App,
    client: &Client,
    session: Uuid,
    actor: &Actor,
    (typed, code): (&str, &str),
) -> Result<String> {
    let known = access::totp(app.db.read(), actor.user).await?.ok_or(Error::NotFound)?;
    if known.totp_secret.is_some() {
        return Err(Error::Conflict("Xác thực hai bước đang bật.".into()));
    }
    let offered = known.totp_pending.ok_or_else(|| Error::invalid("code", "Hãy quét mã trên trang này trước."))?;
    password::confirm(app, client, actor, known.password.as_deref(), typed, "password").await?;
    let secret = open_secret(app, actor.user, &offered)?;
    let step = totp::step(&secret, code, app.clock.now())?.ok_or_else(wrong_code)?;
    let tx = app.db.begin().await?;
    access::set_totp(&*tx, actor.user, Some(&offered)).await?;
    access::use_totp_step(&*tx, actor.user, step).await?;
    store::delete_sessions(&*tx, actor.user, Some(session)).await?;
    note(&tx, app, actor, "accounts.totp_on", Some(actor.user), json!({ "address": client.address })).await?;
    let token = sessions::renew(&tx, app, client, session, actor.user).await?;
    tx.commit().await?;
    Ok(token)
}

/// Switches it off: the present password, which must be long enough to stand alone, and a code.
///
/// # Errors
/// [`Error::Invalid`] on `password` or `code`; [`Error::Conflict`] for administrators, who must have one.
pub async fn disable(app: &App, client: &Client, actor: &Actor, (typed, code): (&str, &str)) -> Result<()> {
    let administrator = actor.holdings.iter().any(|held| held.role == Role::Administrator);
    if administrator && app.config.access.administrator_totp {
        return Err(Error::Conflict("Người quản trị phải dùng xác thực hai bước.".into()));
    }
    let known = access::totp(app.db.read(), actor.user).await?.ok_or(Error::NotFound)?;
    let sealed = known.totp_secret.ok_or_else(|| Error::Conflict("Xác thực hai bước chưa bật.".into()))?;
    password::confirm(app, client, actor, known.password.as_deref(), typed, "password").await?;
    if rules::check(&app.config.access, typed, &known.login, false).is_err() {
        let message = format!(
            "Mật khẩu hiện tại chỉ đủ khi có xác thực hai bước. {} Hãy đổi mật khẩu trước.",
            rules::advice(&app.config.access, false)
        );
        return Err(Error::invalid("password", message));
    }
    let secret = open_secret(app, actor.user, &sealed)?;
    let step = totp::step(&secret, code, app.clock.now())?.ok_or_else(wrong_code)?;
    let tx = app.db.begin().await?;
    if !access::use_totp_step(&*tx, actor.user, step).await? {
        return Err(wrong_code());
    }
    access::set_totp(&*tx, actor.user, None).await?;
    note(&tx, app, actor, "accounts.totp_off", Some(actor.user), json!({ "address": client.address })).await?;
    tx.commit().await
}

/// Whose secret a sealed value is: it does not open in another account.
fn owner(user: Uuid) -> String {
    format!("accounts.totp:{user}")
}

/// The secret of a person's second factor, as stored.
pub(super) fn open_secret(app: &App, user: Uuid, sealed: &str) -> Result<String> {
    app.vault.open_sealed(&owner(user), sealed)
}

/// How many second factors are stored, and of how many of a few the key at hand opens the seal: none of them, when it is another key.
///
/// # Errors
/// When the database refuses.
pub async fn sealed(app: &App) -> Result<(i64, bool)> {
    let count = access::count_totp(app.db.read()).await?;
    let some = access::some_totp(app.db.read()).await?;
    Ok((count, some.iter().all(|row| open_secret(app, row.id, &row.totp_secret).is_ok())))
}

/// Takes every second factor away, because the key to them is lost; their owners set up new ones. For the command only.
///
/// # Errors
/// When the database refuses.
pub async fn forget_all(app: &App) -> Result<u64> {
    let tx = app.db.begin().await?;
    let count = access::forget_totp(&*tx).await?;
    note(&tx, app, &Actor::system(), "accounts.totp_lost", None, json!({ "count": count })).await?;
    tx.commit().await?;
    Ok(count)
}

/// Wrong, too old, or used before.
pub(super) fn wrong_code() -> Error {
    Error::invalid("code", "Mã không đúng hoặc đã dùng. Hãy nhập mã đang hiện trên điện thoại, hoặc đợi mã mới.")
}
