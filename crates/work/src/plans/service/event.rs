//! The event that a task waited for took place.

use chrono::{Days, NaiveDate};
use kernel::{Error, Permit, Result, Uuid, time};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::object;
use crate::plans::{
    model::due::ClockKind,
    policy::ManagePlans,
    store::{self, NewStep},
};

/// Records the event; from then on the obligations of the task have a date, `days` after it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when the task waits for nothing.
pub(crate) async fn record_event(
    app: &App,
    permit: &Permit<ManagePlans>,
    task: Uuid,
    on: NaiveDate,
    days: u64,
    note: &str,
) -> Result<Uuid> {
    let task = store::task(app.db.read(), task).await?.ok_or(Error::NotFound)?;
    let plan = object::plan_to_manage(app, permit, task.plan_id).await?;
    let due = on.checked_add_days(Days::new(days)).ok_or_else(|| Error::invalid("so_ngay", "Số ngày quá lớn."))?;
    let waiting: Vec<_> = store::task_obligations(app.db.read(), task.id)
        .await?
        .into_iter()
        .filter(|row| row.clock == ClockKind::Event.key() && row.state().alive())
        .collect();
    if waiting.is_empty() {
        return Err(Error::Conflict("Nhiệm vụ này không chờ sự kiện nào.".into()));
    }
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    store::set_event(&tx, task.id, time::date_to_int(on), note).await?;
    let steps: Vec<_> = waiting.iter().map(|row| (store::next_id(), row.id)).collect();
    let changes: Vec<_> = waiting
        .into_iter()
        .map(|row| {
            let mut next = row.clone();
            next.clock = ClockKind::Dated.key().to_owned();
            next.due_date = time::date_to_int(due);
            next.settle();
            (row, next)
        })
        .collect();
    store::change_many(&tx, &changes).await?;
    let step = NewStep { kind: "event", body: note, wanted_date: Some(time::date_to_int(due)), ..NewStep::default() };
    store::insert_steps(&tx, now, permit.actor(), &steps, step).await?;
    let detail = json!({ "task": task.id, "on": on, "due": due, "obligations": steps.len() });
    let entry = Entry { action: "plans.event", subject: "plan", id: Some(plan.id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok(plan.id)
}
