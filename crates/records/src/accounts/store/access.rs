//! Passwords and second factors.

use kernel::{Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, all, exec, insert, one, scalar};

/// The account's hash, once set.
pub(in crate::accounts) async fn has_password(c: &impl ConnectionTrait, id: Uuid) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM users WHERE id = $1 AND password IS NOT NULL";
    Ok(scalar(c, sql, vec![id.into()]).await? > 0)
}

/// Takes away password and second factor: the next step is a new slip.
pub(in crate::accounts) async fn clear_access(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    let sql = "UPDATE users SET state = 'invited', password = NULL, totp_secret = NULL, totp_pending = NULL, \
               failures = 0, locked_until = 0 WHERE id = $1";
    exec(c, sql, vec![id.into()]).await.map(drop)
}

/// Sets a password, keeps it among the old ones and forgets those beyond `keep`.
pub(in crate::accounts) async fn set_password(
    c: &impl ConnectionTrait,
    id: Uuid,
    hash: &str,
    now: Timestamp,
    keep: i64,
) -> Result<()> {
    let sql = "UPDATE users SET password = $1, must_change = $2, state = 'active' WHERE id = $3";
    exec(c, sql, vec![hash.into(), false.into(), id.into()]).await?;
    remember_password(c, id, hash, now).await?;
    let sql = "DELETE FROM old_passwords WHERE user_id = $1 AND id NOT IN \
               (SELECT id FROM old_passwords WHERE user_id = $1 ORDER BY at DESC, id DESC LIMIT $2)";
    exec(c, sql, vec![id.into(), keep.max(1).into()]).await.map(drop)
}

/// Keeps a hash among the old ones.
pub(in crate::accounts) async fn remember_password(
    c: &impl ConnectionTrait,
    id: Uuid,
    hash: &str,
    now: Timestamp,
) -> Result<()> {
    insert("old_passwords", &["id", "user_id", "hash", "at"])
        .row([new_id().into(), id.into(), hash.into(), now.0.into()])
        .run(c)
        .await
}

#[derive(FromQueryResult)]
struct Hash {
    hash: String,
    at: i64,
}

/// The last passwords of an account, newest first: (hash, since).
pub(in crate::accounts) async fn old_passwords(c: &impl ConnectionTrait, id: Uuid) -> Result<Vec<(String, Timestamp)>> {
    let sql = "SELECT hash, at FROM old_passwords WHERE user_id = $1 ORDER BY at DESC, id DESC";
    let rows: Vec<Hash> = all(c, sql, vec![id.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.hash, Timestamp(row.at))).collect())
}

/// The second factor of an account.
#[derive(Debug, FromQueryResult)]
pub(in crate::accounts) struct Totp {
    pub login: String,
    pub password: Option<String>,
    pub totp_secret: Option<String>,
    pub totp_pending: Option<String>,
}

/// What is known of an account's second factor and password.
pub(in crate::accounts) async fn totp(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Totp>> {
    let sql = "SELECT login, password, totp_secret, totp_pending FROM users WHERE id = $1";
    one(c, sql, vec![id.into()]).await
}

/// Notes the secret that is being set up.
pub(in crate::accounts) async fn set_totp_pending(c: &impl ConnectionTrait, id: Uuid, secret: &str) -> Result<()> {
    exec(c, "UPDATE users SET totp_pending = $1 WHERE id = $2", vec![secret.into(), id.into()]).await.map(drop)
}

/// Puts the secret into force, or (with none) switches the second factor off.
pub(in crate::accounts) async fn set_totp(c: &impl ConnectionTrait, id: Uuid, secret: Option<&str>) -> Result<()> {
    let sql = "UPDATE users SET totp_secret = $1, totp_pending = NULL, totp_step = 0 WHERE id = $2";
    exec(c, sql, vec![secret.map(str::to_owned).into(), id.into()]).await.map(drop)
}

/// Uses up a step of the second factor; false when this or a later one was used before.
pub(in crate::accounts) async fn use_totp_step(c: &impl ConnectionTrait, id: Uuid, step: i64) -> Result<bool> {
    let sql = "UPDATE users SET totp_step = $1 WHERE id = $2 AND totp_step < $1";
    Ok(exec(c, sql, vec![step.into(), id.into()]).await? > 0)
}

/// A second factor as stored.
#[derive(Debug, FromQueryResult)]
pub(in crate::accounts) struct SealedFactor {
    pub id: Uuid,
    pub totp_secret: String,
}

/// How many accounts have a second factor.
pub(in crate::accounts) async fn count_totp(c: &impl ConnectionTrait) -> Result<i64> {
    scalar(c, "SELECT COUNT(*) FROM users WHERE totp_secret IS NOT NULL", vec![]).await
}

/// Some second factors.
pub(in crate::accounts) async fn some_totp(c: &impl ConnectionTrait) -> Result<Vec<SealedFactor>> {
    all(c, "SELECT id, totp_secret FROM users WHERE totp_secret IS NOT NULL ORDER BY id LIMIT 20", vec![]).await
}

/// Takes every second factor away.
pub(in crate::accounts) async fn forget_totp(c: &impl ConnectionTrait) -> Result<u64> {
    let sql = "UPDATE users SET totp_secret = NULL, totp_pending = NULL \
               WHERE totp_secret IS NOT NULL OR totp_pending IS NOT NULL";
    exec(c, sql, vec![]).await
}
