//! Definitions of forms.

use kernel::{Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, Tx, all, exec, insert, one};

/// A definition without its text.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct FormHead {
    pub id: Uuid,
    pub form_key: String,
    pub version: i64,
    pub name: String,
    pub code: String,
    pub status: String,
    pub state: String,
    pub valid_from: i64,
    pub valid_to: i64,
    pub owner_id: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct Text {
    source: String,
}

const COLUMNS: &str = "id, form_key, version, name, code, status, state, valid_from, valid_to, owner_id";

/// Every definition, the newest version of each form first.
pub(crate) async fn forms(c: &impl ConnectionTrait) -> Result<Vec<FormHead>> {
    all(c, &format!("SELECT {COLUMNS} FROM form_versions ORDER BY form_key, version DESC"), vec![]).await
}

/// One definition.
pub(crate) async fn form(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<FormHead>> {
    one(c, &format!("SELECT {COLUMNS} FROM form_versions WHERE id = $1"), vec![id.into()]).await
}

/// The definition with this key and version.
pub(crate) async fn form_named(c: &impl ConnectionTrait, key: &str, version: i64) -> Result<Option<FormHead>> {
    let sql = format!("SELECT {COLUMNS} FROM form_versions WHERE form_key = $1 AND version = $2");
    one(c, &sql, vec![key.into(), version.into()]).await
}

/// The text of a definition.
pub(crate) async fn form_source(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<String>> {
    let row: Option<Text> = one(c, "SELECT source FROM form_versions WHERE id = $1", vec![id.into()]).await?;
    Ok(row.map(|row| row.source))
}

/// A definition to be stored.
pub(crate) struct NewForm<'a> {
    pub id: Uuid,
    pub key: &'a str,
    pub version: i64,
    pub name: &'a str,
    pub code: &'a str,
    pub status: &'a str,
    pub state: &'a str,
    pub source: &'a str,
    pub from: i64,
    pub to: i64,
    pub owner: Option<Uuid>,
    pub by: Uuid,
}

/// Stores a definition; a draft of the same key and version gives way, a published one stays.
pub(crate) async fn put_form(tx: &Tx, now: Timestamp, new: NewForm<'_>) -> Result<()> {
    let sql = "DELETE FROM form_versions WHERE form_key = $1 AND version = $2 AND state = 'draft'";
    exec(&**tx, sql, vec![new.key.into(), new.version.into()]).await?;
    let published = (new.state == "published").then_some(now.0);
    let columns = &[
        "id",
        "form_key",
        "version",
        "name",
        "code",
        "status",
        "state",
        "source",
        "valid_from",
        "valid_to",
        "owner_id",
        "created_by",
        "created_at",
        "published_by",
        "published_at",
    ];
    insert("form_versions", columns)
        .row([
            new.id.into(),
            new.key.into(),
            new.version.into(),
            new.name.into(),
            new.code.into(),
            new.status.into(),
            new.state.into(),
            new.source.into(),
            new.from.into(),
            new.to.into(),
            new.owner.into(),
            new.by.into(),
            now.0.into(),
            published.map(|_| new.by).into(),
            published.into(),
        ])
        .run_with(&**tx, "ON CONFLICT (form_key, version) DO NOTHING")
        .await
}

/// Publishes a draft from a day on; how many rows that was.
pub(crate) async fn publish_form(tx: &Tx, id: Uuid, from: i64, by: Uuid, now: Timestamp) -> Result<u64> {
    let sql = "UPDATE form_versions SET state = 'published', valid_from = $1, published_by = $2, published_at = $3 \
               WHERE id = $4 AND state = 'draft'";
    exec(&**tx, sql, vec![from.into(), by.into(), now.0.into(), id.into()]).await
}

/// Ends earlier published versions of a form on the day on which another one begins.
pub(crate) async fn end_forms(tx: &Tx, key: &str, except: Uuid, on: i64) -> Result<()> {
    let sql = "UPDATE form_versions SET valid_to = $1 WHERE form_key = $2 AND id <> $3 AND state = 'published' \
               AND valid_from < $1 AND valid_to > $1";
    exec(&**tx, sql, vec![on.into(), key.into(), except.into()]).await.map(drop)
}

/// Throws a draft away; how many rows that was.
pub(crate) async fn drop_form(tx: &Tx, id: Uuid) -> Result<u64> {
    exec(&**tx, "DELETE FROM form_versions WHERE id = $1 AND state = 'draft'", vec![id.into()]).await
}
