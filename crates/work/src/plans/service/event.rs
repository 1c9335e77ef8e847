//! An event that a task waited for took place. It may come again (every new law): each time opens a period of its own.

use chrono::{Days, NaiveDate};
use kernel::{Actor, Error, Permit, Result, Uuid, time};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::{expand::opened, object};
use crate::plans::{
    model::{NEVER, due::ClockKind, state::State},
    policy::ManagePlans,
    store::{self, Event, NewStep, Obligation, Plan},
};

/// What a person says about an event.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub on: NaiveDate,
    /// Days after it on which the duties are due.
    pub days: u64,
    pub note: String,
}

/// Records the event: whoever waited for it has a date, and so has everyone whom the task means today.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when the task waits for nothing or the event was recorded already.
pub(crate) async fn record_event(app: &App, permit: &Permit<ManagePlans>, task: Uuid, told: &Told) -> Result<Uuid> {
    let c = app.db.read();
    let task = store::task(c, task).await?.ok_or(Error::NotFound)?;
    let plan = object::plan_to_manage(app, permit, task.plan_id).await?;
    if told.on > app.clock.today() {
        return Err(Error::invalid("ngay", "Ngày này chưa đến; hãy ghi khi sự kiện đã diễn ra."));
    }
    let due = told.on.checked_add_days(Days::new(told.days));
    let due = due.ok_or_else(|| Error::invalid("so_ngay", "Số ngày quá lớn."))?;
    if !plan.active() || !task.waits() {
        return Err(Error::Conflict("Nhiệm vụ này không chờ sự kiện nào.".into()));
    }
    let known = store::events(c, plan.id).await?;
    let known: Vec<&Event> = known.iter().filter(|event| event.task_id == task.id).collect();
    let event = Event {
        id: store::next_id(),
        task_id: task.id,
        on_day: time::date_to_int(told.on),
        due_date: time::date_to_int(due),
        period: format!("{}-E{}", told.on.format("%Y-%m-%d"), known.len() + 1),
        note: told.note.clone(),
    };
    if known.iter().any(|one| one.same(&event)) {
        return Err(Error::Conflict("Sự kiện này đã được ghi nhận; sự kiện khác hãy ghi chú khác.".into()));
    }
    let opening = Opening::of(app, &plan, event).await?;
    let detail = json!({ "task": task.id, "on": told.on, "due": due, "obligations": opening.count() });
    let tx = app.db.begin().await?;
    opening.write(app, &tx, permit.actor()).await?;
    let entry = Entry { action: "plans.event", subject: "plan", id: Some(plan.id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok(plan.id)
}

/// Takes back an event that was recorded by mistake: whoever got a date by it waits again, or, when other events stand, has no duty by this one.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when an agency has done something for it already.
pub(crate) async fn take_back_event(app: &App, permit: &Permit<ManagePlans>, task: Uuid, event: Uuid) -> Result<()> {
    let c = app.db.read();
    let task = store::task(c, task).await?.ok_or(Error::NotFound)?;
    let plan = object::plan_to_manage(app, permit, task.plan_id).await?;
    let mut known = store::events(c, plan.id).await?;
    known.retain(|one| one.task_id == task.id);
    let event = known.iter().find(|one| one.id == event).ok_or(Error::NotFound)?;
    let mut opened = store::task_obligations(c, task.id).await?;
    opened.retain(|row| row.period == event.period && row.state().alive());
    if opened.iter().any(|row| row.percent > 0 || !matches!(row.state(), State::New | State::Received)) {
        return Err(Error::Conflict("Đã có đơn vị báo cáo tiến độ cho sự kiện này nên không rút được.".into()));
    }
    let back = |row: Obligation| {
        let mut next = row.clone();
        if known.len() == 1 {
            (next.clock, next.period) = (ClockKind::Event.key().to_owned(), "event".to_owned());
            (next.due_date, next.first_due) = (NEVER, NEVER);
        } else {
            next.state = State::Withdrawn.key().to_owned();
        }
        next.settle();
        (row, next)
    };
    let changes: Vec<_> = opened.into_iter().map(back).collect();
    let steps: Vec<_> = changes.iter().map(|(row, _)| (store::next_id(), row.id)).collect();
    let on = time::date_from_int(event.on_day).map(time::display_date).unwrap_or_default();
    let detail = json!({ "task": task.id, "on": on, "obligations": changes.len() });
    let tx = app.db.begin().await?;
    store::lock_plan(&tx, plan.id).await?;
    store::delete_event(&tx, event.id).await?;
    store::change_many(&tx, &changes).await?;
    let step = NewStep { kind: "event_back", body: &event.note, ..NewStep::default() };
    store::insert_steps(&tx, app.clock.now(), permit.actor(), &steps, step).await?;
    let entry = Entry { action: "plans.event_back", subject: "plan", id: Some(plan.id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await
}

/// What an event changes.
pub(super) struct Opening {
    plan: Uuid,
    event: Event,
    waiting: Vec<Obligation>,
    rows: Vec<store::NewObligation>,
}

impl Opening {
    pub(super) async fn of(app: &App, plan: &Plan, event: Event) -> Result<Self> {
        let waits = |row: &Obligation| row.clock == ClockKind::Event.key() && row.state().alive();
        let mut waiting = store::task_obligations(app.db.read(), event.task_id).await?;
        waiting.retain(waits);
        let rows = opened(app, plan, &event, &waiting).await?;
        Ok(Self { plan: plan.id, event, waiting, rows })
    }

    fn count(&self) -> usize {
        self.waiting.len() + self.rows.len()
    }

    pub(super) async fn write(self, app: &App, tx: &::store::Tx, actor: &Actor) -> Result<()> {
        let now = app.clock.now();
        store::lock_plan(tx, self.plan).await?;
        store::insert_event(tx, now, actor.user, &self.event).await?;
        let opened = |row: Obligation| {
            let mut next = row.clone();
            next.clock = ClockKind::Dated.key().to_owned();
            next.period = self.event.period.clone();
            (next.due_date, next.first_due) = (self.event.due_date, self.event.due_date);
            next.settle();
            (row, next)
        };
        let ids = self.waiting.iter().map(|row| row.id).chain(self.rows.iter().map(|row| row.id));
        let steps: Vec<_> = ids.map(|id| (store::next_id(), id)).collect();
        let changes: Vec<_> = self.waiting.into_iter().map(opened).collect();
        store::change_many(tx, &changes).await?;
        store::insert_obligations(tx, self.plan, &self.rows).await?;
        let wanted_date = Some(self.event.due_date);
        let step = NewStep { kind: "event", body: &self.event.note, wanted_date, ..NewStep::default() };
        store::insert_steps(tx, now, actor, &steps, step).await
    }
}
