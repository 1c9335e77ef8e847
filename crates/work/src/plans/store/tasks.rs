//! Tasks of plans and who they are given to.

use kernel::{Result, Uuid, new_id, text};
use papers::{Deadline, DeadlineKind};
use store::{ConnectionTrait, FromQueryResult, Tx, Value, all, exec, insert, one};

use super::Event;
use crate::plans::model::due::{self, Due, Settings};

/// A task.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Task {
    pub id: Uuid,
    pub plan_id: Uuid,
    pub position: i64,
    pub anchor: String,
    pub heading: String,
    pub title: String,
    pub body: String,
    pub source_id: Option<Uuid>,
    pub force: String,
    pub class: String,
    pub deadline_kind: String,
    pub deadline_value: String,
    pub deadline_text: String,
    pub deadlines_more: String,
    pub product: String,
    pub product_kind: String,
    pub product_issuer: String,
    pub per_locality: bool,
}

impl Task {
    /// Every rule of its due dates, as printed.
    pub(crate) fn deadlines(&self) -> Vec<Deadline> {
        let kind = serde_json::from_value(serde_json::Value::String(self.deadline_kind.clone()));
        let value = (!self.deadline_value.is_empty()).then(|| self.deadline_value.clone());
        let more: Vec<Deadline> = serde_json::from_str(&self.deadlines_more).unwrap_or_default();
        std::iter::once(Deadline { kind: kind.unwrap_or(DeadlineKind::None), value }).chain(more).collect()
    }

    /// Is somebody to bring out a product?
    pub(crate) fn expects_product(&self) -> bool {
        !self.product.is_empty() || !self.product_kind.is_empty()
    }

    /// Does it wait for events?
    pub(crate) fn waits(&self) -> bool {
        self.deadlines().iter().any(|deadline| deadline.kind == DeadlineKind::Event)
    }

    /// Its duties in years up to `through`, given the events that took place: once one did, nobody waits without a day.
    pub(crate) fn dues(&self, events: &[Event], settings: Settings, through: i32) -> Vec<Due> {
        let mut events = events.iter().filter(|event| event.task_id == self.id).map(Event::due).peekable();
        let mut deadlines = self.deadlines();
        if events.peek().is_some() {
            deadlines.retain(|deadline| deadline.kind != DeadlineKind::Event);
        }
        due::all_dues(&deadlines, settings, through).into_iter().chain(events).collect()
    }
}

const COLUMNS: &str = "id, plan_id, position, anchor, heading, title, body, source_id, force, class, deadline_kind, \
                       deadline_value, deadline_text, deadlines_more, product, product_kind, product_issuer, per_locality";

/// Tasks of a plan, in the order of its paper.
pub(crate) async fn tasks(c: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<Task>> {
    let sql = format!("SELECT {COLUMNS} FROM plan_tasks WHERE plan_id = $1 ORDER BY position");
    all(c, &sql, vec![plan.into()]).await
}

/// One task.
pub(crate) async fn task(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Task>> {
    one(c, &format!("SELECT {COLUMNS} FROM plan_tasks WHERE id = $1"), vec![id.into()]).await
}

/// A task as lists need it.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct TaskName {
    pub id: Uuid,
    pub plan_id: Uuid,
    pub anchor: String,
    pub heading: String,
    pub title: String,
    pub title_fold: String,
}

/// Tasks of these plans, or of all.
pub(crate) async fn task_names(c: &impl ConnectionTrait, plans: Option<&[Uuid]>) -> Result<Vec<TaskName>> {
    let mut params = store::Params::new();
    let which = plans.map_or(String::new(), |ids| format!("WHERE plan_id IN ({})", params.list(ids.iter().copied())));
    let sql = format!(
        "SELECT id, plan_id, anchor, heading, title, title_fold FROM plan_tasks {which} ORDER BY plan_id, position LIMIT 5000"
    );
    all(c, &sql, params.values()).await
}

/// Makes tasks; `title_fold` holds address, title and heading, for search.
pub(crate) async fn insert_tasks(tx: &Tx, tasks: &[Task]) -> Result<()> {
    let mut rows = insert(
        "plan_tasks",
        &[
            "id",
            "plan_id",
            "position",
            "anchor",
            "heading",
            "title",
            "title_fold",
            "body",
            "source_id",
            "force",
            "class",
            "deadline_kind",
            "deadline_value",
            "deadline_text",
            "deadlines_more",
            "product",
            "product_kind",
            "product_issuer",
            "per_locality",
        ],
    );
    for task in tasks {
        rows.push([
            task.id.into(),
            task.plan_id.into(),
            task.position.into(),
            task.anchor.as_str().into(),
            task.heading.as_str().into(),
            task.title.as_str().into(),
            text::fold(&format!("{} {} {}", task.anchor, task.title, task.heading)).into(),
            task.body.as_str().into(),
            task.source_id.into(),
            task.force.as_str().into(),
            task.class.as_str().into(),
            task.deadline_kind.as_str().into(),
            task.deadline_value.as_str().into(),
            task.deadline_text.as_str().into(),
            task.deadlines_more.as_str().into(),
            task.product.as_str().into(),
            task.product_kind.as_str().into(),
            task.product_issuer.as_str().into(),
            task.per_locality.into(),
        ]);
    }
    rows.run(&**tx).await
}

/// Sets the product that a task expects.
pub(crate) async fn set_product(tx: &Tx, task: Uuid, values: [&str; 3], per_locality: bool) -> Result<()> {
    let sql =
        "UPDATE plan_tasks SET product = $1, product_kind = $2, product_issuer = $3, per_locality = $4 WHERE id = $5";
    let mut params: Vec<Value> = values.into_iter().map(Into::into).collect();
    params.extend([per_locality.into(), task.into()]);
    exec(&**tx, sql, params).await.map(drop)
}

/// Who a task is given to, as printed and as taken to mean.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Assignment {
    pub id: Uuid,
    pub task_id: Uuid,
    pub role: String,
    pub force: String,
    pub party: String,
    pub target: String,
    pub agency_id: Option<Uuid>,
    pub class_key: String,
    pub scope_id: Option<Uuid>,
    pub basis: String,
}

/// Assignments of a plan: leads, those who help, addressees.
pub(crate) async fn assignments(c: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<Assignment>> {
    let sql = "SELECT id, task_id, role, force, party, target, agency_id, class_key, scope_id, basis \
               FROM assignments WHERE plan_id = $1 ORDER BY CASE role WHEN 'lead' THEN 0 WHEN 'coordinating' THEN 1 ELSE 2 END, \
               position, id";
    all(c, sql, vec![plan.into()]).await
}

/// Makes assignments of a plan.
pub(crate) async fn insert_assignments(tx: &Tx, plan: Uuid, rows: Vec<Assignment>) -> Result<()> {
    let mut insert = insert(
        "assignments",
        &[
            "id",
            "plan_id",
            "task_id",
            "role",
            "force",
            "party",
            "target",
            "agency_id",
            "class_key",
            "scope_id",
            "basis",
            "position",
        ],
    );
    for (position, row) in (0i64..).zip(rows) {
        insert.push([
            row.id.into(),
            plan.into(),
            row.task_id.into(),
            row.role.into(),
            row.force.into(),
            row.party.into(),
            row.target.into(),
            row.agency_id.into(),
            row.class_key.into(),
            row.scope_id.into(),
            row.basis.into(),
            position.into(),
        ]);
    }
    insert.run(&**tx).await
}

/// How the sides of one task stand.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct TaskCount {
    pub task_id: Uuid,
    pub total: i64,
    pub done: i64,
    pub late: i64,
    pub soon: i64,
    /// Of the past, to be read only; not among the others.
    pub past: i64,
    /// The first day of those still open, else the last of all.
    pub due: i64,
}

/// Counts by task of a plan, from the totals; check-ins count as their own.
pub(crate) async fn task_counts(c: &impl ConnectionTrait, plan: Uuid, today: i64, soon: i64) -> Result<Vec<TaskCount>> {
    let sql = "SELECT task_id, CAST(SUM(CASE WHEN state <> 'historical' THEN n ELSE 0 END) AS BIGINT) AS total, \
               CAST(SUM(CASE WHEN state = 'done' THEN n ELSE 0 END) AS BIGINT) AS done, \
               CAST(SUM(CASE WHEN urgent = 1 AND due_date < $2 THEN n ELSE 0 END) AS BIGINT) AS late, \
               CAST(SUM(CASE WHEN urgent = 1 AND due_date >= $2 AND due_date <= $3 THEN n ELSE 0 END) AS BIGINT) AS soon, \
               CAST(SUM(CASE WHEN state = 'historical' THEN n ELSE 0 END) AS BIGINT) AS past, \
               COALESCE(MIN(CASE WHEN state IN ('new', 'received', 'doing') THEN due_date END), MAX(due_date)) AS due \
               FROM obligation_totals WHERE plan_id = $1 AND n > 0 AND state NOT IN ('replaced', 'withdrawn', 'ended') \
               GROUP BY task_id";
    all(c, sql, vec![plan.into(), today.into(), soon.into()]).await
}

/// What falls due in each quarter of a year.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct QuarterCount {
    pub quarter: i64,
    pub total: i64,
    pub done: i64,
    pub late: i64,
    pub soon: i64,
}

/// Quarters of a plan in one year, from the totals.
pub(crate) async fn quarter_counts(
    c: &impl ConnectionTrait,
    plan: Uuid,
    year: i64,
    today: i64,
    soon: i64,
) -> Result<Vec<QuarterCount>> {
    let sql = "SELECT (due_date / 100 % 100 - 1) / 3 + 1 AS quarter, CAST(SUM(n) AS BIGINT) AS total, \
               CAST(SUM(CASE WHEN state = 'done' THEN n ELSE 0 END) AS BIGINT) AS done, \
               CAST(SUM(CASE WHEN urgent = 1 AND due_date < $4 THEN n ELSE 0 END) AS BIGINT) AS late, \
               CAST(SUM(CASE WHEN urgent = 1 AND due_date >= $4 AND due_date <= $5 THEN n ELSE 0 END) AS BIGINT) AS soon \
               FROM obligation_totals WHERE plan_id = $1 AND due_date >= $2 AND due_date < $3 \
               AND state NOT IN ('replaced', 'withdrawn', 'ended', 'historical') GROUP BY (due_date / 100 % 100 - 1) / 3 + 1";
    let values = vec![plan.into(), (year * 10_000).into(), ((year + 1) * 10_000).into(), today.into(), soon.into()];
    all(c, sql, values).await
}

/// A new row's id; in the order of making, so that tasks sort as in their paper.
pub(crate) fn next_id() -> Uuid {
    new_id()
}
