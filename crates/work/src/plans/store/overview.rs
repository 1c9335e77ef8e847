//! How agencies stand in everything that is in force, for those who lead them.

use kernel::{Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, scalar};

use super::Scope;

/// An agency and what became of its obligations.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct AgencyProgress {
    pub agency_id: Uuid,
    pub name: String,
    pub total: i64,
    pub done: i64,
    pub late: i64,
}

const COUNTED: &str = "o.state NOT IN ('replaced', 'withdrawn', 'ended', 'declined', 'historical')";

/// One page of the agencies in sight, those with most late first.
pub(crate) async fn agencies_progress(
    c: &impl ConnectionTrait,
    scope: &Scope,
    today: i64,
    paging: Paging,
) -> Result<Vec<AgencyProgress>> {
    let mut params = Params::new();
    let sight = scope.walking_condition(&mut params).unwrap_or_else(|| "1 = 1".into());
    let today = params.mark(today);
    let (limit, offset) =
        (params.mark(i64::from(paging.size)), params.mark(i64::try_from(paging.offset()).unwrap_or(0)));
    let sql = format!(
        "SELECT o.agency_id, a.name, COUNT(*) AS total, CAST(SUM(CASE WHEN o.state = 'done' THEN 1 ELSE 0 END) AS BIGINT) AS done, \
         CAST(SUM(CASE WHEN o.urgent = 1 AND o.due_date < {today} THEN 1 ELSE 0 END) AS BIGINT) AS late \
         FROM obligations o JOIN agencies a ON a.id = o.agency_id WHERE {sight} AND {COUNTED} \
         GROUP BY o.agency_id, a.name, a.name_fold ORDER BY late DESC, done, a.name_fold, o.agency_id LIMIT {limit} OFFSET {offset}"
    );
    all(c, &sql, params.values()).await
}

/// How many agencies that are.
pub(crate) async fn agencies_in_sight(c: &impl ConnectionTrait, scope: &Scope) -> Result<i64> {
    let mut params = Params::new();
    let sight = scope.walking_condition(&mut params).unwrap_or_else(|| "1 = 1".into());
    let sql = format!("SELECT COUNT(DISTINCT o.agency_id) FROM obligations o WHERE {sight} AND {COUNTED}");
    scalar(c, &sql, params.values()).await
}
