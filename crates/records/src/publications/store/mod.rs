//! Every query of the publications slice.

mod editions;
mod find;
mod list;
mod public;
mod sections;
mod visits;

pub(super) use editions::*;
pub(super) use find::*;
pub(super) use list::*;
pub(super) use public::*;
pub use public::{Article, Brief, Contributor, Counted};
pub use sections::Section;
pub(super) use sections::*;
pub(super) use visits::*;

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, scalar};

/// An agency or a place, as forms choose it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Named {
    pub id: Uuid,
    pub name: String,
}

/// Agencies by their ids, in order of name.
pub(crate) async fn agencies(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Named>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT id, name FROM agencies WHERE id IN ({}) ORDER BY name_fold, id",
        params.list(ids.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// Is an agency one of these, or below one of them?
pub(crate) async fn is_below(c: &impl ConnectionTrait, roots: &[Uuid], agency: Uuid) -> Result<bool> {
    let mut params = Params::new();
    let agency = params.mark(agency);
    let sql = format!(
        "SELECT COUNT(*) FROM agency_closure WHERE descendant_id = {agency} AND ancestor_id IN ({})",
        params.list(roots.iter().copied())
    );
    Ok(scalar(c, &sql, params.values()).await? > 0)
}
