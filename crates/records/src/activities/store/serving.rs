//! Activities that serve a subject of another slice.

use std::collections::HashMap;

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

use super::{LINE, LINES, Line};

/// Activities that serve a subject and count, the latest first, at most 200.
pub(crate) async fn serving(c: &impl ConnectionTrait, kind: &str, subject: Uuid) -> Result<Vec<Line>> {
    let sql = format!(
        "SELECT {LINE} FROM {LINES} WHERE a.id IN (SELECT activity_id FROM activity_subjects WHERE kind = $1 AND subject_id = $2) \
         AND a.state = 'recorded' ORDER BY a.held_on DESC, a.id DESC LIMIT 200"
    );
    all(c, &sql, vec![kind.into(), subject.into()]).await
}

#[derive(FromQueryResult)]
struct Count {
    subject_id: Uuid,
    n: i64,
}

/// How many activities serve each of these subjects.
pub(crate) async fn serving_counts(
    c: &impl ConnectionTrait,
    kind: &str,
    subjects: &[Uuid],
) -> Result<HashMap<Uuid, i64>> {
    let mut params = Params::new();
    let (kind, list) = (params.mark(kind), params.list(subjects.iter().copied()));
    let sql = format!(
        "SELECT s.subject_id, COUNT(*) AS n FROM activity_subjects s JOIN activities a ON a.id = s.activity_id \
         WHERE s.kind = {kind} AND s.subject_id IN ({list}) AND a.state = 'recorded' GROUP BY s.subject_id"
    );
    let rows: Vec<Count> = all(c, &sql, params.values()).await?;
    Ok(rows.into_iter().map(|row| (row.subject_id, row.n)).collect())
}
