//! Every query of the overview slice.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

/// Who leads an agency.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Head {
    pub agency_id: Uuid,
    pub name: String,
    pub position: String,
}

/// The leaders of these agencies on a day.
pub(super) async fn heads(c: &impl ConnectionTrait, agencies: &[Uuid], today: i64) -> Result<Vec<Head>> {
    let mut params = Params::new();
    let (agencies, today) = (params.list(agencies.iter().copied()), params.mark(today));
    let sql = format!(
        "SELECT h.agency_id, u.name, u.position FROM holdings h JOIN users u ON u.id = h.user_id WHERE h.agency_id IN ({agencies}) \
         AND h.role = 'leader' AND h.valid_from <= {today} AND h.valid_to > {today} AND u.state = 'active' ORDER BY u.name, u.id"
    );
    all(c, &sql, params.values()).await
}

/// How the reports of an agency came in.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub(super) struct Punctuality {
    pub agency_id: Uuid,
    pub in_time: i64,
    pub late: i64,
    pub missing: i64,
}

/// Reports of these agencies that fell due since a day.
pub(super) async fn punctuality(
    c: &impl ConnectionTrait,
    agencies: &[Uuid],
    since: i64,
    today: i64,
) -> Result<Vec<Punctuality>> {
    let mut params = Params::new();
    let agencies = params.list(agencies.iter().copied());
    let (since, today) = (params.mark(since), params.mark(today));
    let sum = |condition: &str| format!("CAST(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS BIGINT)");
    let sql = format!(
        "SELECT agency_id, {} AS in_time, {} AS late, {} AS missing FROM reports WHERE live AND agency_id IN ({agencies}) \
         AND due_date >= {since} AND due_date <= {today} GROUP BY agency_id",
        sum("first_submitted_on <= due_date"),
        sum("first_submitted_on > due_date"),
        sum(&format!("first_submitted_on IS NULL AND due_date < {today}")),
    );
    all(c, &sql, params.values()).await
}
