//! Names of agencies.

use kernel::{Result, Timestamp, Uuid, new_id, text};
use store::{ConnectionTrait, FromQueryResult, all, insert};

/// An agency of today.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Agency {
    pub id: Uuid,
    pub name: String,
    pub name_fold: String,
    pub system: String,
    pub valid_to: i64,
}

/// All agencies.
pub(in crate::documents) async fn agencies(c: &impl ConnectionTrait) -> Result<Vec<Agency>> {
    all(c, "SELECT id, name, name_fold, system, valid_to FROM agencies ORDER BY position, name_fold", vec![]).await
}

/// Another name of an agency.
pub(in crate::documents) async fn insert_alias(
    c: &impl ConnectionTrait,
    words: &str,
    agency: Uuid,
    by: Uuid,
    now: Timestamp,
) -> Result<()> {
    insert("agency_aliases", &["id", "alias", "alias_key", "agency_id", "created_by", "created_at"])
        .row([new_id().into(), words.into(), text::name_key(words).into(), agency.into(), by.into(), now.0.into()])
        .run(c)
        .await
}

/// Who carried on for whom.
#[derive(Debug, Clone, FromQueryResult)]
pub struct AgencyHeir {
    pub from_id: Uuid,
    pub to_id: Uuid,
    pub basis: String,
}

/// Successions among agencies.
pub(in crate::documents) async fn agency_heirs(c: &impl ConnectionTrait) -> Result<Vec<AgencyHeir>> {
    let sql = "SELECT f.agency_id AS from_id, t.agency_id AS to_id, e.basis FROM agency_events e \
               JOIN agency_event_parts f ON f.event_id = e.id AND f.side = 'from' \
               JOIN agency_event_parts t ON t.event_id = e.id AND t.side = 'to' ORDER BY e.event_date DESC, t.weight DESC";
    all(c, sql, vec![]).await
}
