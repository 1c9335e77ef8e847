//! What was done to publications and said about them.

use kernel::{Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, all, insert};

/// Something that was done to a publication.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Step {
    pub edition: i64,
    pub kind: String,
    pub body: String,
    pub by_name: String,
    pub at: i64,
}

/// What was done to a publication, the newest first.
pub(crate) async fn steps(c: &impl ConnectionTrait, publication: Uuid) -> Result<Vec<Step>> {
    let sql = "SELECT edition, kind, body, by_name, at FROM publication_steps WHERE publication_id = $1 ORDER BY at DESC, id DESC";
    all(c, sql, vec![publication.into()]).await
}

/// Adds a step.
pub(crate) async fn insert_step(
    c: &impl ConnectionTrait,
    (publication, edition): (Uuid, i64),
    (kind, body): (&str, &str),
    by: (Uuid, &str),
    now: Timestamp,
) -> Result<()> {
    insert("publication_steps", &["id", "publication_id", "edition", "kind", "body", "by_id", "by_name", "at"])
        .row([
            kernel::new_id().into(),
            publication.into(),
            edition.into(),
            kind.into(),
            body.into(),
            by.0.into(),
            by.1.into(),
            now.0.into(),
        ])
        .run(c)
        .await
}
