//! Signing in and out.

use kernel::{Actor, Error, Result, Uuid};
use platform::{App, secrets, web::Client};
use serde_json::json;

use super::{
    factor::{self, wrong_code},
    note, sessions,
};
use crate::accounts::{
    model::{SignIn, State, totp},
    store::{self, access},
};

/// A hash that no password has, verified when there is no such account, so that both cases take equally long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bGFudG9hbGFudG9h$2mMXx1DpHyBtx+Mo1Ohpsg9S3XlWrHZFM4kP1LqmGhs";

/// Signs in; the token for the cookie, and whether the session waits for the second factor and can do nothing else.
///
/// # Errors
/// [`Error::Invalid`] with one message for an unknown name and a wrong password alike, or saying that the account is
/// locked for a while.
pub async fn sign_in(app: &App, client: &Client, login: &str, password: &str) -> Result<(String, bool)> {
    let login = login.trim().to_lowercase();
    let found = store::sign_in(app.db.read(), &login).await?;
    let hash = found.as_ref().and_then(|account| account.password.as_deref()).unwrap_or(NOBODY);
    let right = secrets::verify_password(password, hash).await;
    let Some(account) = found.filter(|account| account.state == State::Active) else {
        return Err(wrong());
    };
    let tx = app.db.begin().await?;
    let Some(account) = store::sign_in_held(&*tx, account.id).await?.filter(|now| now.password == account.password)
    else {
        return Err(wrong());
    };
    if account.locked(app.clock.now()) {
        return Err(locked(app, &account));
    }
    if !right {
        failed(&tx, app, client, &account).await?;
        tx.commit().await?;
        return Err(wrong());
    }
    // Failures are forgotten only when everything asked for was right, or codes could be tried for ever.
    if !account.has_totp {
        complete(&tx, app, client, &account).await?;
    }
    let token = sessions::open(&tx, app, client, account.id, !account.has_totp).await?;
    tx.commit().await?;
    Ok((token, account.has_totp))
}

/// The second step: a code of the second factor; the token of the session that takes the waiting one's place.
///
/// # Errors
/// [`Error::Invalid`] on `code`; after too many wrong ones the account is locked and the waiting session over.
pub async fn second_factor(app: &App, client: &Client, session: Uuid, actor: &Actor, code: &str) -> Result<String> {
    let tx = app.db.begin().await?;
    let account = store::sign_in_held(&*tx, actor.user).await?.ok_or_else(wrong_code)?;
    let known = access::totp(&*tx, actor.user).await?.and_then(|known| known.totp_secret);
    if account.locked(app.clock.now()) {
        store::delete_session(&*tx, session).await?;
        tx.commit().await?;
        return Err(locked(app, &account));
    }
    let step = match known {
        Some(sealed) => totp::step(&factor::open_secret(app, actor.user, &sealed)?, code, app.clock.now())?,
        None => None,
    };
    let fresh = match step {
        Some(step) => access::use_totp_step(&*tx, actor.user, step).await?,
        None => false,
    };
    if !fresh {
        failed(&tx, app, client, &account).await?;
        tx.commit().await?;
        return Err(wrong_code());
    }
    complete(&tx, app, client, &account).await?;
    store::delete_session(&*tx, session).await?;
    let token = sessions::open(&tx, app, client, account.id, true).await?;
    tx.commit().await?;
    Ok(token)
}

/// Counts a wrong password of somebody signed in; locking the account ends its sessions.
pub(super) async fn count_failure(tx: &::store::Tx, app: &App, client: &Client, user: Uuid) -> Result<()> {
    if let Some(account) = store::sign_in_held(&**tx, user).await? {
        failed(tx, app, client, &account).await?;
        let locked = store::sign_in_held(&**tx, user).await?.is_some_and(|now| now.locked(app.clock.now()));
        if locked {
            store::delete_sessions(&**tx, user, None).await?;
        }
    }
    Ok(())
}

async fn failed(tx: &::store::Tx, app: &App, client: &Client, account: &SignIn) -> Result<()> {
    let now = app.clock.now();
    let (failures, until) = account.after_failure(&app.config.access, now);
    store::set_failures(&**tx, account.id, failures, until).await?;
    let detail = json!({ "address": client.address, "locked": until > now });
    let actor = store::actor(&**tx, account.id, account.name.clone(), now.date()).await?;
    note(tx, app, &actor, "accounts.sign_in_failed", Some(account.id), detail).await
}

async fn complete(tx: &::store::Tx, app: &App, client: &Client, account: &SignIn) -> Result<()> {
    let now = app.clock.now();
    store::set_failures(&**tx, account.id, 0, kernel::Timestamp(0)).await?;
    store::touch_user(&**tx, account.id, now).await?;
    let actor = store::actor(&**tx, account.id, account.name.clone(), now.date()).await?;
    note(tx, app, &actor, "accounts.sign_in", Some(account.id), json!({ "address": client.address })).await
}

fn wrong() -> Error {
    Error::invalid("", "Tên đăng nhập hoặc mật khẩu không đúng.")
}

fn locked(app: &App, account: &SignIn) -> Error {
    let minutes = (account.locked_until.0 - app.clock.now().0 + 59_999) / 60_000;
    Error::invalid("", format!("Tài khoản đang tạm khóa do nhập sai nhiều lần. Hãy thử lại sau {minutes} phút."))
}

/// Ends the session.
///
/// # Errors
/// When the database refuses.
pub async fn sign_out(app: &App, session: Uuid, actor: &Actor) -> Result<()> {
    let tx = app.db.begin().await?;
    store::delete_session(&*tx, session).await?;
    note(&tx, app, actor, "accounts.sign_out", Some(actor.user), json!({})).await?;
    tx.commit().await
}
