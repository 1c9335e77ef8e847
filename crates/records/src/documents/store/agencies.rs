//! Names of agencies.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, all};

/// An agency of today.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Agency {
    pub id: Uuid,
    pub name: String,
    pub name_fold: String,
    pub system: String,
}

/// All agencies.
pub(in crate::documents) async fn agencies(c: &impl ConnectionTrait) -> Result<Vec<Agency>> {
    all(c, "SELECT id, name, name_fold, system FROM agencies ORDER BY position, name_fold", vec![]).await
}
