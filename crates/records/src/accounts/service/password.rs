//! Choosing a password.

use kernel::{Actor, Error, Result, Uuid};
use platform::{App, secrets, web::Client};
use serde_json::json;

use super::{note, sessions};
use crate::accounts::{
    model::password,
    store::{self, access},
};

/// Checks a new password against the rules and the old ones; its hash.
///
/// # Errors
/// [`Error::Invalid`] on the field `password`.
pub(super) async fn choose(app: &App, user: Uuid, login: &str, new: &str, has_totp: bool) -> Result<String> {
    let rules = &app.config.access;
    password::check(rules, new, login, has_totp).map_err(|message| Error::invalid("password", message))?;
    let keep = usize::try_from(rules.password_history).unwrap_or_default();
    for (old, _) in access::old_passwords(app.db.read(), user).await?.into_iter().take(keep) {
        if secrets::verify_password(new, &old).await {
            let message = format!("Mật khẩu này đã dùng trong {keep} lần gần nhất; hãy chọn mật khẩu khác.");
            return Err(Error::invalid("password", message));
        }
    }
    secrets::hash_password(new).await
}

/// Changes one's own password; all other sessions end, this one goes on under a new token.
///
/// # Errors
/// [`Error::Invalid`] when the present password is wrong or the new one will not do.
pub async fn change(
    app: &App,
    client: &Client,
    session: Uuid,
    actor: &Actor,
    (old, new): (&str, &str),
) -> Result<String> {
    let known = access::totp(app.db.read(), actor.user).await?.ok_or(Error::NotFound)?;
    confirm(app, client, actor, known.password.as_deref(), old, "old").await?;
    let hash = choose(app, actor.user, &known.login, new, known.totp_secret.is_some()).await?;
    let tx = app.db.begin().await?;
    access::set_password(&*tx, actor.user, &hash, app.clock.now(), app.config.access.password_history).await?;
    store::delete_sessions(&*tx, actor.user, Some(session)).await?;
    note(&tx, app, actor, "accounts.password", Some(actor.user), json!({ "address": client.address })).await?;
    let token = sessions::renew(&tx, app, client, session, actor.user).await?;
    tx.commit().await?;
    Ok(token)
}

/// Asks for the present password before something that a borrowed session must not do; failures count as at sign-in.
pub(super) async fn confirm(
    app: &App,
    client: &Client,
    actor: &Actor,
    hash: Option<&str>,
    typed: &str,
    field: &str,
) -> Result<()> {
    if secrets::verify_password(typed, hash.unwrap_or_default()).await {
        return Ok(());
    }
    let tx = app.db.begin().await?;
    super::sign_in::count_failure(&tx, app, client, actor.user).await?;
    tx.commit().await?;
    Err(Error::invalid(field, "Mật khẩu hiện tại không đúng."))
}

/// When the password was set.
///
/// # Errors
/// When the database refuses.
pub async fn since(app: &App, user: Uuid) -> Result<Option<kernel::Timestamp>> {
    Ok(access::old_passwords(app.db.read(), user).await?.first().map(|(_, at)| *at))
}
