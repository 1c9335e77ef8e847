//! Every query of the search.

use kernel::{Result, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, all, exec, insert, scalar};

/// A line of `search_changes`.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(super) struct Change {
    pub id: Uuid,
    pub kind: String,
    pub item_id: Uuid,
}

/// Lines from an id on, in order, at most `most`.
pub(super) async fn changes(c: &impl ConnectionTrait, from: Uuid, most: i64) -> Result<Vec<Change>> {
    let sql = "SELECT id, kind, item_id FROM search_changes WHERE id >= $1 ORDER BY id LIMIT $2";
    all(c, sql, vec![from.into(), most.into()]).await
}

/// Is there a line with an id up to this one?
pub(super) async fn reaches_back(c: &impl ConnectionTrait, id: Uuid) -> Result<bool> {
    Ok(scalar(c, "SELECT COUNT(*) FROM search_changes WHERE id <= $1", vec![id.into()]).await? > 0)
}

/// The newest line.
pub(super) async fn newest(c: &impl ConnectionTrait) -> Result<Option<Uuid>> {
    let sql = "SELECT id, kind, item_id FROM search_changes ORDER BY id DESC LIMIT 1";
    Ok(store::one::<Change>(c, sql, vec![]).await?.map(|change| change.id))
}

/// Adds lines.
pub(super) async fn add(c: &impl ConnectionTrait, kind: &str, items: &[Uuid]) -> Result<()> {
    for block in items.chunks(500) {
        let mut rows = insert("search_changes", &["id", "kind", "item_id"]);
        for item in block {
            rows = rows.row([new_id().into(), kind.into(), (*item).into()]);
        }
        rows.run(c).await?;
    }
    Ok(())
}

/// Takes away lines before an id.
pub(super) async fn forget(c: &impl ConnectionTrait, before: Uuid) -> Result<()> {
    exec(c, "DELETE FROM search_changes WHERE id < $1", vec![before.into()]).await.map(drop)
}
