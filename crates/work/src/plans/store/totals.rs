//! How many obligations of each kind there are, moved along with every change of one.

use std::collections::BTreeMap;

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Tx, all, exec, insert};

use super::Obligation;

/// What an obligation counts as.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, FromQueryResult)]
pub(crate) struct Key {
    pub plan_id: Uuid,
    pub task_id: Uuid,
    pub agency_group: String,
    pub role: String,
    pub clock: String,
    pub urgent: i64,
    pub state: String,
    pub due_date: i64,
}

impl Key {
    pub(crate) fn of(row: &Obligation) -> Self {
        Self {
            plan_id: row.plan_id,
            task_id: row.task_id,
            agency_group: row.agency_group.clone(),
            role: row.role.clone(),
            clock: row.clock.clone(),
            urgent: row.urgent,
            state: row.state.clone(),
            due_date: row.due_date,
        }
    }
}

/// Changes to be counted, gathered so that each total is touched once.
#[derive(Debug, Default)]
pub(crate) struct Shift(BTreeMap<Key, i64>);

impl Shift {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// One more of this kind (or, with -1, one less).
    pub(crate) fn add(&mut self, key: Key, by: i64) {
        *self.0.entry(key).or_default() += by;
    }

    /// Writes them, always in the same order, so that two of them never wait for each other crosswise.
    pub(crate) async fn apply(self, tx: &Tx) -> Result<()> {
        let columns = &["plan_id", "task_id", "agency_group", "role", "clock", "urgent", "state", "due_date", "n"];
        let mut rows = insert("obligation_totals", columns);
        let mut any = false;
        for (key, by) in self.0.into_iter().filter(|(_, by)| *by != 0) {
            any = true;
            rows.push([
                key.plan_id.into(),
                key.task_id.into(),
                key.agency_group.into(),
                key.role.into(),
                key.clock.into(),
                key.urgent.into(),
                key.state.into(),
                key.due_date.into(),
                by.into(),
            ]);
        }
        if !any {
            return Ok(());
        }
        let conflict = "ON CONFLICT (plan_id, task_id, agency_group, role, clock, urgent, state, due_date) \
                        DO UPDATE SET n = obligation_totals.n + excluded.n";
        rows.run_with(&**tx, conflict).await
    }
}

/// Counts a change of one obligation.
pub(crate) async fn shift_total(tx: &Tx, before: Option<Key>, after: Option<Key>) -> Result<()> {
    let mut shift = Shift::new();
    if let Some(key) = before {
        shift.add(key, -1);
    }
    if let Some(key) = after {
        shift.add(key, 1);
    }
    shift.apply(tx).await
}

#[derive(Debug, FromQueryResult)]
struct Difference {
    plan_id: Uuid,
    task_id: Uuid,
    agency_group: String,
    role: String,
    clock: String,
    urgent: i64,
    state: String,
    due_date: i64,
    n: i64,
}

/// What must be added to each total to make it equal to a recount; nothing when all is well.
pub(crate) async fn total_differences(c: &impl ConnectionTrait) -> Result<Vec<(Key, i64)>> {
    let sql = "SELECT plan_id, task_id, agency_group, role, clock, urgent, state, due_date, CAST(SUM(n) AS BIGINT) AS n FROM \
               (SELECT plan_id, task_id, agency_group, role, clock, urgent, state, due_date, COUNT(*) AS n FROM obligations \
               GROUP BY plan_id, task_id, agency_group, role, clock, urgent, state, due_date \
               UNION ALL SELECT plan_id, task_id, agency_group, role, clock, urgent, state, due_date, -n FROM obligation_totals) AS d \
               GROUP BY plan_id, task_id, agency_group, role, clock, urgent, state, due_date HAVING SUM(n) <> 0";
    let rows: Vec<Difference> = all(c, sql, vec![]).await?;
    let key = |row: Difference| {
        let Difference { plan_id, task_id, agency_group, role, clock, urgent, state, due_date, n } = row;
        (Key { plan_id, task_id, agency_group, role, clock, urgent, state, due_date }, n)
    };
    Ok(rows.into_iter().map(key).collect())
}

/// Forgets totals of nothing.
pub(crate) async fn drop_empty_totals(tx: &Tx) -> Result<u64> {
    exec(&**tx, "DELETE FROM obligation_totals WHERE n = 0", vec![]).await
}
