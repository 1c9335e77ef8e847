//! Events that tasks wait for, each time that one took place.

use kernel::{Result, Timestamp, Uuid, time};
use store::{ConnectionTrait, FromQueryResult, Tx, all, exec, insert};

use crate::plans::model::due::{ClockKind, Due};

/// An event that took place.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Event {
    pub id: Uuid,
    pub task_id: Uuid,
    pub on_day: i64,
    pub due_date: i64,
    /// Period of the duties that it opened.
    pub period: String,
    pub note: String,
}

impl Event {
    /// The duty that it opened. It came when it came: no day of it was gone by before.
    pub(crate) fn due(&self) -> Due {
        let date = time::date_from_int(self.due_date);
        Due { period: self.period.clone(), date, clock: ClockKind::Dated, recurring: true }
    }

    /// The same event, told once more?
    pub(crate) fn same(&self, other: &Event) -> bool {
        (self.on_day, self.due_date, &self.note) == (other.on_day, other.due_date, &other.note)
    }
}

/// Events of the tasks of a plan, in order of recording.
pub(crate) async fn events(c: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<Event>> {
    let sql = "SELECT e.id, e.task_id, e.on_day, e.due_date, e.period, e.note FROM plan_tasks t \
               JOIN task_events e ON e.task_id = t.id WHERE t.plan_id = $1 ORDER BY e.recorded_at, e.id";
    all(c, sql, vec![plan.into()]).await
}

/// Takes an event away.
pub(crate) async fn delete_event(tx: &Tx, id: Uuid) -> Result<()> {
    exec(&**tx, "DELETE FROM task_events WHERE id = $1", vec![id.into()]).await.map(drop)
}

/// Records an event.
pub(crate) async fn insert_event(tx: &Tx, now: Timestamp, by: Uuid, event: &Event) -> Result<()> {
    let columns = &["id", "task_id", "on_day", "due_date", "period", "note", "recorded_by", "recorded_at"];
    insert("task_events", columns)
        .row([
            event.id.into(),
            event.task_id.into(),
            event.on_day.into(),
            event.due_date.into(),
            event.period.as_str().into(),
            event.note.as_str().into(),
            by.into(),
            now.0.into(),
        ])
        .run(&**tx)
        .await
}
