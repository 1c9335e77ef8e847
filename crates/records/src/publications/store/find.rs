//! What of the publications can be found: live editions of publications that are not gone.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

/// A publication as it is found.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct LiveText {
    pub id: Uuid,
    /// The edition whose sections, fields and groups count: the original's, if it is a version in another language.
    pub marked_id: Uuid,
    pub lang: String,
    pub slug: String,
    pub title: String,
    pub lead: String,
    pub body: String,
    pub agency_id: Uuid,
    pub agency_name: String,
    pub first_at: i64,
    /// Place of the agency, and what that is part of; empty where there is none.
    pub place_code: String,
    pub place_name: String,
    pub province_code: String,
    pub province_name: String,
}

/// A section, field or group of an edition.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Mark {
    pub edition_id: Uuid,
    pub kind: String,
    pub key: String,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Publications after an id that readers can see, in order of id.
pub(crate) async fn live_ids(c: &impl ConnectionTrait, after: Option<Uuid>, most: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT p.id FROM publications p LEFT JOIN publications o ON o.id = p.of_id \
               WHERE p.gone = '' AND COALESCE(o.gone, '') = '' AND p.live_id IS NOT NULL AND p.id > $1 ORDER BY p.id LIMIT $2";
    let rows: Vec<Id> = all(c, sql, vec![after.unwrap_or(Uuid::nil()).into(), most.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// These publications, those that readers can see.
pub(crate) async fn live_texts(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<LiveText>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT p.id, COALESCE(o.live_id, e.id) AS marked_id, p.lang, p.slug, e.title, e.lead, e.body, p.agency_id, a.name AS agency_name, p.first_at, \
         COALESCE(u.code, '') AS place_code, COALESCE(u.name, '') AS place_name, \
         COALESCE(w.code, '') AS province_code, COALESCE(w.name, '') AS province_name \
         FROM publications p JOIN editions e ON e.id = p.live_id JOIN agencies a ON a.id = p.agency_id \
         LEFT JOIN units u ON u.id = a.unit_id LEFT JOIN units w ON w.id = u.parent_id LEFT JOIN publications o ON o.id = p.of_id \
         WHERE p.gone = '' AND COALESCE(o.gone, '') = '' AND p.id IN ({})",
        params.list(ids.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// What these editions belong to.
pub(crate) async fn marks_of(c: &impl ConnectionTrait, editions: &[Uuid]) -> Result<Vec<Mark>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT edition_id, kind, key FROM edition_marks WHERE edition_id IN ({}) ORDER BY edition_id, kind, key",
        params.list(editions.iter().copied())
    );
    all(c, &sql, params.values()).await
}
