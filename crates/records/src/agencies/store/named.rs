//! Agencies by name, as other slices choose and show them.

use ::store::{ConnectionTrait, FromQueryResult, Params, all, one};
use kernel::{Result, Uuid};

/// An agency, as forms choose it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Named {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// Agencies by their ids, in order of name.
///
/// # Errors
/// When the database refuses.
pub async fn named(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Named>> {
    let mut params = Params::new();
    let ids = params.list(ids.iter().copied());
    all(c, &format!("SELECT id, name FROM agencies WHERE id IN ({ids}) ORDER BY name_fold, id"), params.values()).await
}

#[derive(FromQueryResult)]
struct Coded {
    code: String,
}

/// The agency with this role at the place of another one ("p19.2025/so-tu-phap": "p19.2025/cong-an").
///
/// # Errors
/// When the database refuses.
pub async fn beside(c: &impl ConnectionTrait, agency: Uuid, role: &str) -> Result<Option<Named>> {
    let found: Option<Coded> = one(c, "SELECT code FROM agencies WHERE id = $1", vec![agency.into()]).await?;
    let code = found.map(|found| found.code).unwrap_or_default();
    let place = code.rsplit_once('/').map_or("", |(place, _)| place);
    one(c, "SELECT id, name FROM agencies WHERE code = $1", vec![format!("{place}/{role}").into()]).await
}
