//! Signing in and out.

use kernel::{Actor, Error, Result, Uuid};
use platform::{
    App,
    audit::{self, Entry},
    secrets,
    web::Client,
};
use serde_json::json;

use crate::accounts::{
    model::{SignIn, State},
    store::{self, NewSession},
};

/// A hash that no password has, verified when there is no such account, so that both cases take equally long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bGFudG9hbGFudG9h$2mMXx1DpHyBtx+Mo1Ohpsg9S3XlWrHZFM4kP1LqmGhs";

/// Signs in; the token for the cookie.
///
/// # Errors
/// [`Error::Invalid`] with one message for an unknown name and a wrong password alike, or saying that the account is
/// locked for a while.
pub async fn sign_in(app: &App, client: &Client, login: &str, password: &str) -> Result<String> {
    let now = app.clock.now();
    let rules = &app.config.access;
    let login = login.trim().to_lowercase();
    let found = store::sign_in(app.db.read(), &login).await?;
    let hash = found.as_ref().and_then(|account| account.password.as_deref()).unwrap_or(NOBODY);
    let right = secrets::verify_password(password, hash).await;
    let Some(account) = found.filter(|account| account.state == State::Active) else {
        return Err(wrong());
    };
    if account.locked(now) {
        let message =
            format!("Tài khoản đang tạm khóa do nhập sai nhiều lần. Hãy thử lại sau {} phút.", rules.lock_minutes);
        return Err(Error::invalid("", message));
    }
    let tx = app.db.begin().await?;
    if !right {
        let (failures, until) = account.after_failure(rules, now);
        store::set_failures(&*tx, account.id, failures, until).await?;
        let detail = json!({ "address": client.address, "locked": failures == 0 });
        note(&tx, app, &account, "accounts.sign_in_failed", detail).await?;
        tx.commit().await?;
        return Err(wrong());
    }
    let token = secrets::token();
    let session = NewSession {
        token_hash: secrets::sha256(token.as_bytes()),
        user: account.id,
        now,
        expires: now.plus_seconds(rules.session_hours * 3600),
        second_factor: !account.has_totp,
        address: &client.address,
        browser: &client.agent,
    };
    store::set_failures(&*tx, account.id, 0, kernel::Timestamp(0)).await?;
    store::insert_session(&*tx, session).await?;
    note(&tx, app, &account, "accounts.sign_in", json!({ "address": client.address })).await?;
    tx.commit().await?;
    Ok(token)
}

async fn note(tx: &::store::Tx, app: &App, account: &SignIn, action: &str, detail: serde_json::Value) -> Result<()> {
    let actor = Actor { user: account.id, name: account.name.clone(), holdings: Vec::new() };
    audit::record(&**tx, &*app.clock, &actor, Entry { action, subject: "user", id: Some(account.id), detail }).await
}

fn wrong() -> Error {
    Error::invalid("", "Tên đăng nhập hoặc mật khẩu không đúng.")
}

/// Ends the session.
///
/// # Errors
/// When the database refuses.
pub async fn sign_out(app: &App, session: Uuid, actor: &Actor) -> Result<()> {
    let tx = app.db.begin().await?;
    store::delete_session(&*tx, session).await?;
    let entry = Entry { action: "accounts.sign_out", subject: "user", id: Some(actor.user), detail: json!({}) };
    audit::record(&*tx, &*app.clock, actor, entry).await?;
    tx.commit().await
}
