//! Agencies of a plan and how they stand in its tasks.

use kernel::{Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, scalar};

use super::Scope;

/// Which agencies, in which order.
#[derive(Debug, Clone)]
pub(crate) struct HeatFilter {
    /// Folded words of the name.
    pub words: String,
    /// Key of a group of agencies.
    pub group: String,
    /// By name; else the latest first.
    pub by_name: bool,
    pub today: i64,
}

/// An agency of a plan.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct HeatAgency {
    pub agency_id: Uuid,
    pub name: String,
    pub late: i64,
}

/// A group of agencies with how many of it a plan has.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct HeatGroup {
    pub agency_group: String,
    pub n: i64,
}

/// One obligation in a cell.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct HeatCell {
    pub id: Uuid,
    pub agency_id: Uuid,
    pub task_id: Uuid,
    pub state: String,
    pub urgent: i64,
    pub due_date: i64,
    pub percent: i64,
}

fn conditions(scope: &Scope, plan: Uuid, filter: Option<&HeatFilter>, params: &mut Params) -> String {
    let mut out = vec![format!("o.plan_id = {}", params.mark(plan))];
    out.extend(scope.walking_condition(params));
    if let Some(filter) = filter {
        if !filter.words.is_empty() {
            let pattern = format!("%{}", store::like_prefix(&filter.words));
            out.push(format!("a.name_fold LIKE {}", params.mark(pattern)));
        }
        if !filter.group.is_empty() {
            out.push(format!("o.agency_group = {}", params.mark(filter.group.as_str())));
        }
    }
    out.join(" AND ")
}

/// One page of agencies.
pub(crate) async fn heat_agencies(
    c: &impl ConnectionTrait,
    scope: &Scope,
    plan: Uuid,
    filter: &HeatFilter,
    paging: Paging,
) -> Result<Vec<HeatAgency>> {
    let mut params = Params::new();
    let conditions = conditions(scope, plan, Some(filter), &mut params);
    let today = params.mark(filter.today);
    let (limit, offset) =
        (params.mark(i64::from(paging.size)), params.mark(i64::try_from(paging.offset()).unwrap_or(0)));
    let order = if filter.by_name { "a.name_fold, o.agency_id" } else { "late DESC, a.name_fold, o.agency_id" };
    let sql = format!(
        "SELECT o.agency_id, a.name, CAST(SUM(CASE WHEN o.urgent = 1 AND o.due_date < {today} THEN 1 ELSE 0 END) AS BIGINT) AS late \
         FROM obligations o JOIN agencies a ON a.id = o.agency_id WHERE {conditions} \
         GROUP BY o.agency_id, a.name, a.name_fold ORDER BY {order} LIMIT {limit} OFFSET {offset}"
    );
    all(c, &sql, params.values()).await
}

/// How many agencies there are in all.
pub(crate) async fn heat_total(
    c: &impl ConnectionTrait,
    scope: &Scope,
    plan: Uuid,
    filter: &HeatFilter,
) -> Result<i64> {
    let mut params = Params::new();
    let conditions = conditions(scope, plan, Some(filter), &mut params);
    let sql = format!(
        "SELECT COUNT(DISTINCT o.agency_id) FROM obligations o JOIN agencies a ON a.id = o.agency_id WHERE {conditions}"
    );
    scalar(c, &sql, params.values()).await
}

/// The groups of agencies that a plan has.
pub(crate) async fn heat_groups(c: &impl ConnectionTrait, scope: &Scope, plan: Uuid) -> Result<Vec<HeatGroup>> {
    let mut params = Params::new();
    let conditions = conditions(scope, plan, None, &mut params);
    let sql = format!(
        "SELECT o.agency_group, COUNT(DISTINCT o.agency_id) AS n FROM obligations o WHERE {conditions} \
         GROUP BY o.agency_group"
    );
    all(c, &sql, params.values()).await
}

/// What these agencies owe in a plan.
pub(crate) async fn heat_cells(c: &impl ConnectionTrait, plan: Uuid, agencies: &[Uuid]) -> Result<Vec<HeatCell>> {
    let mut params = Params::new();
    let plan = params.mark(plan);
    let sql = format!(
        "SELECT o.id, o.agency_id, o.task_id, o.state, o.urgent, o.due_date, o.percent FROM obligations o \
         WHERE o.agency_id IN ({}) AND o.plan_id = {plan} ORDER BY o.due_date, o.id",
        params.list(agencies.iter().copied())
    );
    all(c, &sql, params.values()).await
}
