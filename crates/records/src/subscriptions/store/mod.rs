//! Every query of the subscriptions slice.

mod news;

pub(super) use news::*;

use kernel::{Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, all, exec, insert, one};

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Subscription {
    /// Its id.
    pub id: Uuid,
    /// Where letters go.
    pub email: String,
    /// `asked` or `confirmed`.
    pub state: String,
    /// `daily` or `weekly`.
    pub period: String,
    /// Until when the token of the last letter holds, milliseconds; 0: no letter left yet.
    pub token_until: i64,
    /// When the last letter other than news was asked for, milliseconds.
    pub lettered_at: i64,
    /// Publications up to this instant were told, milliseconds.
    pub told_to: i64,
}

const ROW: &str = "SELECT id, email, state, period, token_until, lettered_at, told_to FROM subscriptions";

pub(crate) async fn subscription(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Subscription>> {
    one(c, &format!("{ROW} WHERE id = $1"), vec![id.into()]).await
}

pub(crate) async fn by_email(c: &impl ConnectionTrait, email: &str) -> Result<Option<Subscription>> {
    one(c, &format!("{ROW} WHERE email = $1"), vec![email.into()]).await
}

/// The one whose letter asks for confirmation with this token, at a time when it holds.
pub(crate) async fn by_token(c: &impl ConnectionTrait, hash: &str, now: Timestamp) -> Result<Option<Subscription>> {
    let sql = format!("{ROW} WHERE token_hash = $1 AND state = 'asked' AND token_until > $2");
    one(c, &sql, vec![hash.into(), now.0.into()]).await
}

/// A new one; `false` when somebody else was faster with the address.
pub(crate) async fn insert_asked(
    c: &impl ConnectionTrait,
    (id, email, period): (Uuid, &str, &str),
    now: Timestamp,
) -> Result<bool> {
    let sql = "INSERT INTO subscriptions (id, email, state, period, token_hash, token_until, lettered_at, told_to, asked_at, confirmed_at) \
               VALUES ($1, $2, 'asked', $3, '', 0, $4, 0, $4, 0) ON CONFLICT (email) DO NOTHING";
    Ok(exec(c, sql, vec![id.into(), email.into(), period.into(), now.0.into()]).await? > 0)
}

pub(crate) async fn set_lettered(c: &impl ConnectionTrait, id: Uuid, now: Timestamp) -> Result<()> {
    exec(c, "UPDATE subscriptions SET lettered_at = $2 WHERE id = $1", vec![id.into(), now.0.into()]).await.map(drop)
}

pub(crate) async fn set_token(c: &impl ConnectionTrait, id: Uuid, hash: &str, until: Timestamp) -> Result<()> {
    let sql = "UPDATE subscriptions SET token_hash = $2, token_until = $3 WHERE id = $1";
    exec(c, sql, vec![id.into(), hash.into(), until.0.into()]).await.map(drop)
}

pub(crate) async fn confirm(c: &impl ConnectionTrait, id: Uuid, now: Timestamp) -> Result<()> {
    let sql = "UPDATE subscriptions SET state = 'confirmed', token_hash = '', token_until = 0, told_to = $2, confirmed_at = $2 WHERE id = $1";
    exec(c, sql, vec![id.into(), now.0.into()]).await.map(drop)
}

pub(crate) async fn set_period(c: &impl ConnectionTrait, id: Uuid, period: &str) -> Result<()> {
    exec(c, "UPDATE subscriptions SET period = $2 WHERE id = $1", vec![id.into(), period.into()]).await.map(drop)
}

#[derive(FromQueryResult)]
struct Mark {
    kind: String,
    key: String,
}

/// What it wants to read of: kind and key.
pub(crate) async fn marks(c: &impl ConnectionTrait, id: Uuid) -> Result<Vec<(String, String)>> {
    let sql = "SELECT kind, key FROM subscription_marks WHERE subscription_id = $1 ORDER BY kind, key";
    let rows: Vec<Mark> = all(c, sql, vec![id.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.key)).collect())
}

async fn delete_marks(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    exec(c, "DELETE FROM subscription_marks WHERE subscription_id = $1", vec![id.into()]).await.map(drop)
}

pub(crate) async fn set_marks(c: &impl ConnectionTrait, id: Uuid, marks: &[(&'static str, String)]) -> Result<()> {
    delete_marks(c, id).await?;
    let mut rows = insert("subscription_marks", &["subscription_id", "kind", "key"]);
    for (kind, key) in marks {
        rows.push([id.into(), (*kind).into(), key.as_str().into()]);
    }
    if marks.is_empty() { Ok(()) } else { rows.run(c).await }
}

pub(crate) async fn delete(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    delete_marks(c, id).await?;
    exec(c, "DELETE FROM subscriptions WHERE id = $1", vec![id.into()]).await.map(drop)
}

/// Deletes those that nobody confirmed: asked for, with their last letter, before an instant.
pub(crate) async fn delete_unconfirmed(c: &impl ConnectionTrait, before: Timestamp) -> Result<()> {
    const OLD: &str = "state = 'asked' AND lettered_at < $1";
    let sql =
        format!("DELETE FROM subscription_marks WHERE subscription_id IN (SELECT id FROM subscriptions WHERE {OLD})");
    exec(c, &sql, vec![before.0.into()]).await?;
    exec(c, &format!("DELETE FROM subscriptions WHERE {OLD}"), vec![before.0.into()]).await.map(drop)
}

/// How many there are of something.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Many {
    pub kind: String,
    pub key: String,
    pub n: i64,
}

/// Numbers by state and period.
pub(crate) async fn counts(c: &impl ConnectionTrait) -> Result<Vec<Many>> {
    let sql = "SELECT state AS kind, period AS key, COUNT(*) AS n FROM subscriptions GROUP BY state, period";
    all(c, sql, vec![]).await
}

/// Numbers of confirmed ones by what they want to read of, the most wanted first.
pub(crate) async fn wanted(c: &impl ConnectionTrait) -> Result<Vec<Many>> {
    let sql = "SELECT m.kind, m.key, COUNT(*) AS n FROM subscription_marks m JOIN subscriptions s ON s.id = m.subscription_id \
               WHERE s.state = 'confirmed' GROUP BY m.kind, m.key ORDER BY n DESC, m.kind, m.key LIMIT 200";
    all(c, sql, vec![]).await
}
