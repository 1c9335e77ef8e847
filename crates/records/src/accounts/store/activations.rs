//! One-time slips, and the code of the first start.

use kernel::{Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one};

/// Cancels the unused slips of these people.
pub(in crate::accounts) async fn cancel(c: &impl ConnectionTrait, users: &[Uuid]) -> Result<()> {
    for part in users.chunks(1000) {
        let mut params = Params::new();
        let list = params.list(part.iter().copied());
        let sql = format!("DELETE FROM activations WHERE used_at IS NULL AND user_id IN ({list})");
        exec(c, &sql, params.values()).await?;
    }
    Ok(())
}

/// Notes new slips: (person, hash of the code).
pub(in crate::accounts) async fn issue(
    c: &impl ConnectionTrait,
    slips: &[(Uuid, String)],
    by: Uuid,
    now: Timestamp,
    expires: Timestamp,
) -> Result<()> {
    let mut rows = insert("activations", &["id", "user_id", "code_hash", "expires_at", "created_by", "created_at"]);
    for (user, hash) in slips {
        rows.push([new_id().into(), (*user).into(), hash.as_str().into(), expires.0.into(), by.into(), now.0.into()]);
    }
    rows.run(c).await
}

/// A slip that can be used.
#[derive(Debug, FromQueryResult)]
pub(in crate::accounts) struct Open {
    pub id: Uuid,
    pub user_id: Uuid,
    pub login: String,
    pub name: String,
}

/// The usable slip with this code hash, of an account that is not closed.
pub(in crate::accounts) async fn open(c: &impl ConnectionTrait, hash: &str, now: Timestamp) -> Result<Option<Open>> {
    let sql = "SELECT s.id, s.user_id, u.login, u.name FROM activations s JOIN users u ON u.id = s.user_id \
               WHERE s.code_hash = $1 AND s.used_at IS NULL AND s.expires_at > $2 AND u.state <> 'disabled'";
    one(c, sql, vec![hash.into(), now.0.into()]).await
}

/// Uses a slip up; false when someone was faster.
pub(in crate::accounts) async fn use_up(c: &impl ConnectionTrait, id: Uuid, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE activations SET used_at = $1 WHERE id = $2 AND used_at IS NULL";
    Ok(exec(c, sql, vec![now.0.into(), id.into()]).await? > 0)
}

const SETUP: &str = "accounts.setup_code";

/// Notes the hash of the first start's code.
pub(in crate::accounts) async fn set_setup_code(c: &impl ConnectionTrait, hash: &str, now: Timestamp) -> Result<()> {
    insert("settings", &["key", "value", "updated_at"])
        .row([SETUP.into(), hash.into(), now.0.into()])
        .run_with(c, "ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at")
        .await
}

/// Uses the first start's code up; false when it is another.
pub(in crate::accounts) async fn use_setup_code(c: &impl ConnectionTrait, hash: &str) -> Result<bool> {
    let sql = "DELETE FROM settings WHERE key = $1 AND value = $2";
    Ok(exec(c, sql, vec![SETUP.into(), hash.into()]).await? > 0)
}

#[derive(FromQueryResult)]
struct Top {
    id: Uuid,
}

/// The agencies at the top of the tree.
pub(in crate::accounts) async fn tops(c: &impl ConnectionTrait, today: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM agencies WHERE parent_id IS NULL AND valid_from <= $1 AND valid_to > $1 \
               ORDER BY position, name_fold, id";
    let rows: Vec<Top> = all(c, sql, vec![today.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A first agency, when the tree is still empty; its id.
pub(in crate::accounts) async fn insert_first_agency(c: &impl ConnectionTrait, name: &str, today: i64) -> Result<Uuid> {
    let id = new_id();
    insert("agencies", &["id", "code", "kind", "system", "name", "name_fold", "valid_from", "valid_to", "position"])
        .row([
            id.into(),
            "goc".into(),
            "department".into(),
            "state".into(),
            name.into(),
            kernel::text::fold(name).into(),
            today.into(),
            super::holdings::FOR_EVER.into(),
            0i64.into(),
        ])
        .run(c)
        .await?;
    insert("agency_closure", &["ancestor_id", "descendant_id"]).row([id.into(), id.into()]).run(c).await?;
    Ok(id)
}
