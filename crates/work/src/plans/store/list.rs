//! Lists of obligations: counts and facets from the totals where the plan is seen whole, from the agency's index
//! otherwise; a page by walking an index in the order of the list.

use kernel::{Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

use super::{Named, Scope};

/// Days that lists speak of, as stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Days {
    pub today: i64,
    pub in_7: i64,
    pub in_30: i64,
}

/// Which obligations by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    All,
    Late,
    In7,
    In30,
}

/// A list's filter.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub plan: Option<Uuid>,
    /// Tasks found by words or group.
    pub tasks: Option<Vec<Uuid>>,
    pub role: Option<&'static str>,
    /// A state; nothing is all of them but those of papers of the past, unless these are asked for.
    pub state: Option<&'static str>,
    /// Duties of papers of the past are among those of every state.
    pub past: bool,
    /// Key of a group of agencies.
    pub group: Option<&'static str>,
    pub when: When,
    /// Agencies found by name.
    pub agencies: Option<Named>,
    /// Between two days, as from the strip of quarters.
    pub between: Option<(i64, i64)>,
}

/// Order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// What can become late first, by day.
    Due,
    /// The other way round.
    DueLast,
    /// By name of the agency.
    Agency,
}

/// Obligations of one kind.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Facet {
    /// The task, or the plan where neither a plan nor words are asked for.
    pub ref_id: Uuid,
    pub role: String,
    pub state: String,
    pub agency_group: String,
    /// 0 late, 1 in 7 days, 2 in 30 days, 3 neither.
    pub bucket: i64,
    pub n: i64,
}

fn bucket(days: Days, params: &mut Params) -> String {
    let (today, in_7, in_30) = (params.mark(days.today), params.mark(days.in_7), params.mark(days.in_30));
    format!(
        "CAST(CASE WHEN o.urgent = 0 THEN 3 WHEN o.due_date < {today} THEN 0 WHEN o.due_date <= {in_7} THEN 1 \
         WHEN o.due_date <= {in_30} THEN 2 ELSE 3 END AS BIGINT)"
    )
}

impl Filter {
    /// Are facets counted by task?
    pub(crate) fn by_task(&self) -> bool {
        self.plan.is_some() || self.tasks.is_some()
    }

    /// Conditions on what both tables have, besides tasks, role, state, group of agencies and time.
    fn common(&self, params: &mut Params) -> Vec<String> {
        let mut out = Vec::new();
        if let Some(plan) = self.plan {
            out.push(format!("o.plan_id = {}", params.mark(plan)));
        }
        if let Some((from, to)) = self.between {
            let (from, to) = (params.mark(from), params.mark(to));
            out.push(format!("o.due_date >= {from} AND o.due_date < {to}"));
        }
        out
    }

    /// Conditions of role, state, group of agencies and time.
    fn narrow(&self, days: Days, params: &mut Params) -> Vec<String> {
        let mut out = Vec::new();
        if let Some(role) = self.role {
            out.push(format!("o.role = {}", params.mark(role)));
        }
        match self.state {
            Some(state) => out.push(format!("o.state = {}", params.mark(state))),
            // What can become late is of no paper of the past.
            None if self.when == When::All && !self.past => out.push("o.state <> 'historical'".into()),
            None => {}
        }
        if let Some(group) = self.group {
            out.push(format!("o.agency_group = {}", params.mark(group)));
        }
        match self.when {
            When::All => {}
            When::Late => out.push(format!("o.urgent = 1 AND o.due_date < {}", params.mark(days.today))),
            When::In7 | When::In30 => {
                let until = if self.when == When::In7 { days.in_7 } else { days.in_30 };
                let (from, to) = (params.mark(days.today), params.mark(until));
                out.push(format!("o.urgent = 1 AND o.due_date >= {from} AND o.due_date <= {to}"));
            }
        }
        out
    }
}

/// Where counts are read: (table, what is added up, conditions of sight), one or two of them.
fn sources(scope: &Scope, filter: &Filter, params: &mut Params) -> Vec<(&'static str, &'static str, Vec<String>)> {
    const TOTALS: (&str, &str) = ("obligation_totals", "SUM(o.n)");
    const ROWS: (&str, &str) = ("obligations", "COUNT(*)");
    if let Some(agencies) = &filter.agencies {
        return scope.named_conditions(agencies, params).into_iter().map(|sight| (ROWS.0, ROWS.1, sight)).collect();
    }
    if filter.plan.is_some_and(|plan| scope.sees_whole(plan)) || scope.all {
        return vec![(TOTALS.0, TOTALS.1, Vec::new())];
    }
    let mut out = Vec::new();
    let whole = params.list(scope.whole.iter().copied());
    if !scope.whole.is_empty() && filter.plan.is_none() {
        out.push((TOTALS.0, TOTALS.1, vec![format!("o.plan_id IN ({whole})")]));
    }
    let mut conditions = vec![scope.agency_condition(params)];
    if !scope.whole.is_empty() {
        conditions.push(format!("o.plan_id NOT IN ({whole})"));
    }
    out.push((ROWS.0, ROWS.1, conditions));
    out
}

/// Sums `columns` of every source into one statement.
fn counting(sources: &[(&str, &str, Vec<String>)], columns: &str, names: &str, conditions: &[String]) -> String {
    let parts: Vec<String> = sources
        .iter()
        .map(|(table, sum, sight)| {
            let all: Vec<&str> = conditions.iter().chain(sight).map(String::as_str).collect();
            let filter = if all.is_empty() { String::new() } else { format!("WHERE {}", all.join(" AND ")) };
            format!("SELECT {columns}, {sum} AS n FROM {table} o {filter} GROUP BY {}", group(columns))
        })
        .collect();
    format!(
        "SELECT {names}, CAST(SUM(n) AS BIGINT) AS n FROM ({}) AS x GROUP BY {names} HAVING SUM(n) > 0",
        parts.join(" UNION ALL ")
    )
}

/// `a.b AS c` → `a.b`: what a column is grouped by.
fn group(columns: &str) -> String {
    columns
        .split(", ")
        .map(|column| column.rsplit_once(" AS ").filter(|(_, name)| !name.ends_with(')')).map_or(column, |(c, _)| c))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Counts by role, state, group of agencies and time; filters by these are left to the reader, who shows each facet under the others. So is the filter by
/// tasks: a list of a plan or with words is counted by task, any other by plan.
pub(crate) async fn facets(c: &impl ConnectionTrait, scope: &Scope, filter: &Filter, days: Days) -> Result<Vec<Facet>> {
    let mut params = Params::new();
    // Written so that no index is tempted to bring the groups in order: it would walk everybody's.
    let of = if filter.by_task() { "COALESCE(o.task_id,o.plan_id)" } else { "COALESCE(o.plan_id,o.task_id)" };
    let conditions = filter.common(&mut params);
    let bucket = bucket(days, &mut params);
    let sources = sources(scope, filter, &mut params);
    let columns = format!("{of} AS ref_id, o.role, o.state, o.agency_group, {bucket} AS bucket");
    let sql = counting(&sources, &columns, "ref_id, role, state, agency_group, bucket", &conditions);
    all(c, &sql, params.values()).await
}

/// One line of a list.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Line {
    pub id: Uuid,
    pub plan_id: Uuid,
    pub plan_number: String,
    pub task_id: Uuid,
    pub anchor: String,
    pub title: String,
    pub agency_id: Uuid,
    pub agency_name: String,
    pub role: String,
    pub force: String,
    pub clock: String,
    pub period: String,
    pub due_date: i64,
    pub urgent: i64,
    pub state: String,
    pub mark: String,
    pub percent: i64,
    pub result: String,
    pub difficulty: String,
    pub product_stage: String,
    pub product_number: String,
    pub product_document_id: Option<Uuid>,
    pub done_on: Option<i64>,
}

pub(super) const LINE: &str = "o.id, o.plan_id, p.number AS plan_number, o.task_id, t.anchor, t.title, \
                               o.agency_id, a.name AS agency_name, o.role, o.force, o.clock, o.period, o.due_date, o.urgent, o.state, \
                               o.mark, o.percent, o.result, o.difficulty, o.product_stage, o.product_number, \
                               o.product_document_id, o.done_on";

pub(super) const JOINS: &str = "JOIN plan_tasks t ON t.id = o.task_id JOIN plans p ON p.id = o.plan_id \
                                JOIN agencies a ON a.id = o.agency_id";

/// Below this total a filter by task is followed by its own index; above, the list's order is.
const SPARSE: u64 = 1500;

/// One page of a list whose total is known.
pub(crate) async fn page(
    c: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
    days: Days,
    sort: Sort,
    total: u64,
    paging: Paging,
) -> Result<Vec<Line>> {
    if total <= paging.offset() {
        return Ok(Vec::new());
    }
    let mut params = Params::new();
    let mut conditions = filter.common(&mut params);
    conditions.extend(filter.narrow(days, &mut params));
    if let Some(tasks) = &filter.tasks {
        let list = params.list(tasks.iter().copied());
        conditions.push(if total < SPARSE {
            format!("o.task_id IN ({list})")
        } else {
            format!("CASE WHEN o.task_id IN ({list}) THEN 1 ELSE 0 END = 1")
        });
    }
    let sights = sights(scope, filter, &mut params);
    let (keys, order) = match sort {
        Sort::Due => ("o.urgent AS k1, o.due_date AS k2, o.id AS k3", "k1 DESC, k2, k3"),
        Sort::DueLast => ("o.urgent AS k1, o.due_date AS k2, o.id AS k3", "k1, k2 DESC, k3 DESC"),
        Sort::Agency => ("b.name_fold AS k1, o.due_date AS k2, o.id AS k3", "k1, k2, k3"),
    };
    let names = if sort == Sort::Agency { "JOIN agencies b ON b.id = o.agency_id" } else { "" };
    let mut number = |n: u64| params.mark(i64::try_from(n).unwrap_or(i64::MAX));
    let (limit, offset, reach) = (
        number(u64::from(paging.size)),
        number(paging.offset()),
        number(paging.offset().saturating_add(u64::from(paging.size))),
    );
    let parts = sights.iter().enumerate().map(|(n, sight)| {
        let all: Vec<&str> = conditions.iter().chain(sight).map(String::as_str).collect();
        let filter = if all.is_empty() { String::new() } else { format!("WHERE {}", all.join(" AND ")) };
        // What few agencies have is gathered: asked for in order, a database would walk everybody's for it.
        let walk = if n == 0 { format!("ORDER BY {order} LIMIT {reach}") } else { String::new() };
        format!("SELECT * FROM (SELECT {keys} FROM obligations o {names} {filter} {walk}) AS w")
    });
    let found = parts.collect::<Vec<_>>().join(" UNION ALL ");
    let sql = format!(
        "SELECT {LINE} FROM ({found} ORDER BY {order} LIMIT {limit} OFFSET {offset}) AS x \
         JOIN obligations o ON o.id = x.k3 {JOINS} ORDER BY {order}"
    );
    all(c, &sql, params.values()).await
}

/// Conditions of sight of a page: one walk in the order of the list, or a walk through the plans that are seen whole, with which what the agencies below
/// one's own have in other plans is merged.
fn sights(scope: &Scope, filter: &Filter, params: &mut Params) -> Vec<Vec<String>> {
    if let Some(agencies) = &filter.agencies {
        return scope.named_conditions(agencies, params);
    }
    if scope.all || filter.plan.is_some_and(|plan| scope.sees_whole(plan)) {
        return vec![Vec::new()];
    }
    if scope.agencies.is_none() {
        return vec![scope.walking_condition(params).into_iter().collect()];
    }
    let agencies = scope.agency_condition(params);
    if scope.whole.is_empty() || filter.plan.is_some() {
        return vec![vec![agencies]];
    }
    let whole = params.list(scope.whole.iter().copied());
    vec![vec![format!("o.plan_id IN ({whole})")], vec![agencies, format!("o.plan_id NOT IN ({whole})")]]
}

/// One obligation as a line.
pub(crate) async fn line(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Line>> {
    let sql = format!("SELECT {LINE} FROM obligations o {JOINS} WHERE o.id = $1");
    store::one(c, &sql, vec![id.into()]).await
}

/// Lines of one task that may be seen, by agency.
pub(crate) async fn task_lines(
    c: &impl ConnectionTrait,
    scope: &Scope,
    task: Uuid,
    paging: Paging,
) -> Result<Vec<Line>> {
    let mut params = Params::new();
    let task = params.mark(task);
    let sight = scope.walking_condition(&mut params).map_or(String::new(), |sight| format!("AND {sight}"));
    let (limit, offset) =
        (params.mark(i64::from(paging.size)), params.mark(i64::try_from(paging.offset()).unwrap_or(0)));
    let sql = format!(
        "SELECT {LINE} FROM obligations o {JOINS} WHERE o.task_id = {task} {sight} \
         ORDER BY CASE o.role WHEN 'lead' THEN 0 ELSE 1 END, o.urgent DESC, o.due_date, a.name_fold, o.id LIMIT {limit} OFFSET {offset}"
    );
    all(c, &sql, params.values()).await
}

/// How many lines of one task may be seen.
pub(crate) async fn task_total(c: &impl ConnectionTrait, scope: &Scope, task: Uuid) -> Result<i64> {
    let mut params = Params::new();
    let task = params.mark(task);
    let sight = scope.walking_condition(&mut params).map_or(String::new(), |sight| format!("AND {sight}"));
    let sql = format!("SELECT COUNT(*) FROM obligations o WHERE o.task_id = {task} {sight}");
    store::scalar(c, &sql, params.values()).await
}

/// The sides of one duty: the same task and period, or the task's own when periods differ; this one's agency first.
pub(crate) async fn sides(c: &impl ConnectionTrait, row: &super::Obligation) -> Result<Vec<Line>> {
    let sql = format!(
        "SELECT {LINE} FROM obligations o {JOINS} WHERE o.task_id = $1 AND (o.period = $2 OR o.id = $3) \
         ORDER BY CASE WHEN o.id = $3 THEN 0 ELSE 1 END, CASE o.role WHEN 'lead' THEN 0 ELSE 1 END, a.name_fold, o.id LIMIT 14"
    );
    all(c, &sql, vec![row.task_id.into(), row.period.as_str().into(), row.id.into()]).await
}
