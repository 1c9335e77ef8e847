//! Obligations of agencies that fall due in a period, counted for reports.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

/// What became of the obligations that fell due in a period. What was only asked for is never late.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Figures {
    /// Fell due.
    pub assigned: i64,
    /// Done.
    pub done: i64,
    /// Done by the due date.
    pub in_time: i64,
    /// Not done.
    pub open: i64,
    /// Not done, ordered, and past the due date on the day asked for.
    pub late: i64,
}

/// The figures of these agencies together; `today` decides what is late.
pub(crate) async fn figures(
    c: &impl ConnectionTrait,
    agencies: &[Uuid],
    period: (i64, i64),
    today: i64,
) -> Result<Figures> {
    let mut params = Params::new();
    let (from, to, today) = (params.mark(period.0), params.mark(period.1), params.mark(today));
    let sum = |condition: &str| format!("CAST(COALESCE(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END), 0) AS BIGINT)");
    let sql = format!(
        "SELECT COUNT(*) AS assigned, {} AS done, {} AS in_time, {} AS open, {} AS late FROM obligations \
         WHERE agency_id IN ({}) AND due_date >= {from} AND due_date <= {to} \
         AND state IN ('new', 'received', 'doing', 'submitted', 'done')",
        sum("state = 'done'"),
        sum("state = 'done' AND done_on <= due_date"),
        sum("state <> 'done'"),
        sum(&format!("state <> 'done' AND force = 'assign' AND due_date < {today}")),
        params.list(agencies.iter().copied()),
    );
    let rows: Vec<Figures> = all(c, &sql, params.values()).await?;
    Ok(rows.into_iter().next().unwrap_or_default())
}

/// A difficulty as it was reported with the progress of an obligation.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Difficulty {
    pub id: Uuid,
    pub agency_name: String,
    pub difficulty: String,
}

/// Difficulties of obligations of these agencies that fall due in a period, the newest first.
pub(crate) async fn difficulties(
    c: &impl ConnectionTrait,
    agencies: &[Uuid],
    period: (i64, i64),
    limit: i64,
) -> Result<Vec<Difficulty>> {
    let mut params = Params::new();
    let (from, to, limit) = (params.mark(period.0), params.mark(period.1), params.mark(limit));
    let sql = format!(
        "SELECT o.id, a.name AS agency_name, o.difficulty FROM obligations o JOIN agencies a ON a.id = o.agency_id \
         WHERE o.agency_id IN ({}) AND o.due_date >= {from} AND o.due_date <= {to} AND o.difficulty <> '' \
         ORDER BY o.reported_at DESC, o.id LIMIT {limit}",
        params.list(agencies.iter().copied()),
    );
    all(c, &sql, params.values()).await
}
