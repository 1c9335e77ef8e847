//! Files on their way.

use kernel::{Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, all, exec, insert, one};

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Upload {
    pub id: Uuid,
    pub by_id: Uuid,
    pub file_name: String,
    pub size: i64,
    pub file_hash: String,
    pub file_type: String,
}

pub(crate) async fn begin_upload(
    c: &impl ConnectionTrait,
    (id, by): (Uuid, Uuid),
    (name, size): (&str, i64),
    now: Timestamp,
) -> Result<()> {
    insert("media_uploads", &["id", "by_id", "file_name", "size", "file_hash", "file_type", "begun_at"])
        .row([id.into(), by.into(), name.into(), size.into(), "".into(), "".into(), now.0.into()])
        .run(c)
        .await
}

pub(crate) async fn upload(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Upload>> {
    let sql = "SELECT id, by_id, file_name, size, file_hash, file_type FROM media_uploads WHERE id = $1";
    one(c, sql, vec![id.into()]).await
}

/// Notes that all of a file is kept.
pub(crate) async fn finish_upload(c: &impl ConnectionTrait, id: Uuid, hash: &str, media_type: &str) -> Result<()> {
    let sql = "UPDATE media_uploads SET file_hash = $1, file_type = $2 WHERE id = $3";
    exec(c, sql, vec![hash.into(), media_type.into(), id.into()]).await.map(drop)
}

/// Forgets a file on its way; was it there?
pub(crate) async fn drop_upload(c: &impl ConnectionTrait, id: Uuid) -> Result<bool> {
    Ok(exec(c, "DELETE FROM media_uploads WHERE id = $1", vec![id.into()]).await? == 1)
}

/// Those begun before an instant.
pub(crate) async fn old_uploads(c: &impl ConnectionTrait, before: Timestamp) -> Result<Vec<Upload>> {
    let sql = "SELECT id, by_id, file_name, size, file_hash, file_type FROM media_uploads WHERE begun_at < $1 ORDER BY begun_at LIMIT 1000";
    all(c, sql, vec![before.0.into()]).await
}
