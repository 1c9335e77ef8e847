//! What of the confirmed papers can be found, and by whom: the rule of [`super::visible`], told beforehand.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

/// A paper as it is found.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::documents) struct PaperText {
    pub id: Uuid,
    pub audience: String,
    pub number: String,
    pub kind: String,
    pub title: String,
    pub issued_on: i64,
    pub issuer: String,
    pub body: String,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Reader {
    document_id: Uuid,
    agency_id: Uuid,
}

/// Confirmed papers after an id, in order of id.
pub(in crate::documents) async fn confirmed_ids(
    c: &impl ConnectionTrait,
    after: Option<Uuid>,
    most: i64,
) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM documents WHERE state IN ('confirmed', 'superseded') AND id > $1 ORDER BY id LIMIT $2";
    // Papers are long: a block of them is small.
    let rows: Vec<Id> = all(c, sql, vec![after.unwrap_or(Uuid::nil()).into(), most.min(50).into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// These papers, those that are confirmed.
pub(in crate::documents) async fn confirmed_texts(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<PaperText>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT id, audience, number, kind, title, issued_on, issuer, body FROM documents \
         WHERE state IN ('confirmed', 'superseded') AND id IN ({})",
        params.list(ids.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// Who may read these papers besides everybody: (paper, agency), agencies above the owner and, where it reaches them, the addressees included.
pub(in crate::documents) async fn readers_of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    let mut params = Params::new();
    let ids = params.list(ids.iter().copied());
    let sql = format!(
        "SELECT d.id AS document_id, o.ancestor_id AS agency_id FROM documents d \
         JOIN agency_closure o ON o.descendant_id = d.owner_id WHERE d.id IN ({ids}) \
         UNION SELECT d.id, n.ancestor_id FROM documents d JOIN document_readers r ON r.document_id = d.id \
         JOIN agency_closure n ON n.descendant_id = r.agency_id \
         WHERE d.id IN ({ids}) AND (d.audience = 'addressees' OR d.mode = 'in_force')"
    );
    let rows: Vec<Reader> = all(c, &sql, params.values()).await?;
    Ok(rows.into_iter().map(|row| (row.document_id, row.agency_id)).collect())
}
