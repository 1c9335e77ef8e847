//! Agencies of one place.

use ::store::{ConnectionTrait, FromQueryResult, one};
use kernel::{Result, Uuid};

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Coded {
    code: String,
}

/// The agency with this role at the place of another one ("p19.2025/so-tu-phap": "p19.2025/cong-an").
///
/// # Errors
/// When the database refuses.
pub async fn beside(c: &impl ConnectionTrait, agency: Uuid, role: &str) -> Result<Option<Uuid>> {
    let found: Option<Coded> = one(c, "SELECT code FROM agencies WHERE id = $1", vec![agency.into()]).await?;
    let code = found.map(|found| found.code).unwrap_or_default();
    let place = code.rsplit_once('/').map_or("", |(place, _)| place);
    let found: Option<Id> =
        one(c, "SELECT id FROM agencies WHERE code = $1", vec![format!("{place}/{role}").into()]).await?;
    Ok(found.map(|found| found.id))
}
