//! What agencies that are no more left open in a plan.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, Params, all, scalar};

use super::{
    Line, Obligation,
    list::{JOINS, LINE},
    obligations::COLUMNS,
};

/// "`o` was left open": in the words of the partial index.
const LEFT: &str = "o.mark = 'orphan' AND o.state IN ('new', 'received', 'doing', 'submitted')";

/// The first of them, by agency.
pub(crate) async fn orphan_lines(c: &impl ConnectionTrait, plan: Uuid, limit: i64) -> Result<Vec<Line>> {
    let sql = format!(
        "SELECT {LINE} FROM obligations o {JOINS} WHERE o.plan_id = $1 AND {LEFT} \
         ORDER BY a.name_fold, o.agency_id, t.position, o.due_date, o.id LIMIT $2"
    );
    all(c, &sql, vec![plan.into(), limit.into()]).await
}

/// How many there are.
pub(crate) async fn orphan_count(c: &impl ConnectionTrait, plan: Uuid) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) FROM obligations o WHERE o.plan_id = $1 AND {LEFT}");
    scalar(c, &sql, vec![plan.into()]).await
}

/// Those of them with these ids.
pub(crate) async fn orphans_of_plan(c: &impl ConnectionTrait, plan: Uuid, ids: &[Uuid]) -> Result<Vec<Obligation>> {
    let mut params = Params::new();
    let plan = params.mark(plan);
    let sql = format!(
        "SELECT {COLUMNS} FROM obligations o WHERE o.plan_id = {plan} AND {LEFT} AND o.id IN ({}) ORDER BY o.id",
        params.list(ids.iter().copied())
    );
    all(c, &sql, params.values()).await
}
