//! Amendment, replacement and withdrawal of a plan: what becomes of the obligations still open.

use std::collections::HashMap;

use kernel::{Error, Permit, Result, Uuid, time};
use platform::{
    App,
    audit::{self, Entry},
    jobs,
};
use records::documents::{Change, Confirmed, Mode};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::Opening;
use crate::plans::{
    model::{matching, state::State},
    policy::ManagePlans,
    store::{self, Event, NewStep, Obligation, Plan, Stored, Task, Which},
};

/// How one plan changes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum How {
    /// Sửa đổi, bổ sung: what the new one does not speak of goes on.
    Amends,
    /// Thay thế.
    Replaces,
    /// Thu hồi.
    Withdraws,
    /// A corrected version of the same paper: finished work counts there too.
    Corrects,
}

/// Payload of the job.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Settlement {
    old: Uuid,
    new: Option<Uuid>,
    how: How,
}

/// What a newly confirmed paper does to the plan it changes or corrects.
pub(super) async fn after_confirming(
    app: &App,
    permit: &Permit<ManagePlans>,
    paper: &Confirmed,
    plan: Option<Uuid>,
) -> Result<()> {
    if paper.mode == Mode::History && paper.corrects.is_none() {
        return Ok(());
    }
    let how = match paper.how {
        Some(Change::Replaces) => How::Replaces,
        Some(Change::Withdraws) => How::Withdraws,
        _ => How::Amends,
    };
    let changes = [(paper.amends, how), (paper.corrects, How::Corrects)];
    for (document, how) in changes.into_iter().filter_map(|(document, how)| Some((document?, how))) {
        if let Some(old) = store::plan_of_document(app.db.read(), document).await? {
            settle(app, permit, &Settlement { old: old.id, new: plan, how }).await?;
        }
    }
    Ok(())
}

/// Queues a settlement chosen on the plan's page.
///
/// # Errors
/// [`Error::Invalid`] when nothing replaces the plan or it would replace itself.
pub(crate) async fn settle_later(
    app: &App,
    permit: &Permit<ManagePlans>,
    old: &Plan,
    new: Option<&Plan>,
    how: How,
) -> Result<()> {
    if how != How::Withdraws && new.is_none_or(|new| new.id == old.id) {
        return Err(Error::invalid("moi", "Hãy chọn kế hoạch mới, khác kế hoạch này."));
    }
    if !old.active() {
        return Err(Error::Conflict("Kế hoạch này không còn hiệu lực.".into()));
    }
    let tx = app.db.begin().await?;
    let detail = json!({ "how": how, "new": new.map(|new| new.id) });
    let entry = Entry { action: "plans.settle", subject: "plan", id: Some(old.id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    let payload = Settlement { old: old.id, new: new.map(|new| new.id), how };
    jobs::enqueue(&*tx, &*app.clock, "plans.settle", &payload, None).await?;
    tx.commit().await
}

/// Does it; repeating it changes nothing more.
///
/// # Errors
/// When the database refuses, or somebody changed an obligation meanwhile (then it is tried again).
pub(crate) async fn settle(app: &App, permit: &Permit<ManagePlans>, what: &Settlement) -> Result<()> {
    let c = app.db.read();
    let Some(old) = store::plan(c, what.old).await? else { return Ok(()) };
    let which = if what.how == How::Corrects { Which::Kept } else { Which::Live };
    let live = store::obligations_of(c, old.id, which).await?;
    let mut successors = Successors::default();
    if let Some(new) = what.new.filter(|_| what.how != How::Withdraws) {
        successors = Successors::find(app, permit, old.id, new).await?;
    }
    let (keep, left) = successors.pair(live);
    let left = left.into_iter().filter(|row| {
        // What is finished stays so; what an amendment does not speak of goes on.
        (row.state().alive() || row.state() == State::Historical)
            && (what.how != How::Amends || successors.of_task(row.task_id).is_some())
    });
    let close: Vec<Obligation> = left.collect();
    let tx = app.db.begin().await?;
    for (row, new) in keep {
        carry(app, &tx, permit, &old, row, new).await?;
    }
    for (old, new) in &successors.tasks {
        carry_task(&tx, old, new).await?;
    }
    let (state, said) = if what.how == How::Withdraws {
        (State::Withdrawn, "Kế hoạch đã được thu hồi.")
    } else {
        (State::Replaced, "Văn bản mới thay thế; nội dung này không còn.")
    };
    let steps: Vec<(Uuid, Uuid)> = close.iter().map(|row| (store::next_id(), row.id)).collect();
    let step = NewStep { kind: state.key(), body: said, ..NewStep::default() };
    store::insert_steps(&tx, app.clock.now(), permit.actor(), &steps, step).await?;
    let mut changes: Vec<_> = close
        .into_iter()
        .map(|row| {
            let mut after = row.clone();
            after.set_state(state);
            (row, after)
        })
        .collect();
    if what.how == How::Corrects && old.active() {
        changes.extend(successors.added_late(time::date_to_int(app.clock.today())));
    }
    store::change_many(&tx, &changes).await?;
    match what.how {
        How::Amends => {}
        How::Withdraws => store::set_plan_state(&tx, old.id, "withdrawn", what.new).await?,
        How::Replaces | How::Corrects => store::set_plan_state(&tx, old.id, "replaced", what.new).await?,
    }
    if let Some(new) = what.new.filter(|_| what.how == How::Corrects) {
        store::adopt_plans(&tx, old.id, new).await?;
    }
    tx.commit().await
}

/// Does the second carry the first on, being one of so many?
type Way<'a> = &'a dyn Fn(&Obligation, &Obligation, usize) -> bool;

/// Obligations of the new plan by the old task that they carry on.
#[derive(Default)]
struct Successors {
    tasks: Vec<(Task, Task)>,
    rows: HashMap<(Uuid, Uuid), Vec<Obligation>>,
}

impl Successors {
    async fn find(app: &App, permit: &Permit<ManagePlans>, old: Uuid, new: Uuid) -> Result<Self> {
        let c = app.db.read();
        let words = |task: &Task| matching::Words {
            id: task.id,
            anchor: task.anchor.clone(),
            text: format!("{} {}", task.heading, task.body),
        };
        let (old_tasks, new_tasks) = (store::tasks(c, old).await?, store::tasks(c, new).await?);
        let pairs = matching::pairs(
            &old_tasks.iter().map(words).collect::<Vec<_>>(),
            &new_tasks.iter().map(words).collect::<Vec<_>>(),
        );
        let by_id = |tasks: &[Task], id: Uuid| tasks.iter().find(|task| task.id == id).cloned();
        let tasks = pairs.into_iter().filter_map(|(a, b)| Some((by_id(&old_tasks, a)?, by_id(&new_tasks, b)?)));
        let tasks: Vec<(Task, Task)> = tasks.collect();
        carry_events(app, permit, (old, new), &tasks).await?;
        let mut rows: HashMap<_, Vec<Obligation>> = HashMap::new();
        for row in store::obligations_of(c, new, Which::LiveOrPast).await? {
            rows.entry((row.task_id, row.agency_id)).or_default().push(row);
        }
        for rows in rows.values_mut() {
            rows.sort_by(|a, b| (a.due_date, &a.period).cmp(&(b.due_date, &b.period)));
        }
        Ok(Self { tasks, rows })
    }

    fn of_task(&self, old: Uuid) -> Option<Uuid> {
        self.tasks.iter().find(|(task, _)| task.id == old).map(|(_, new)| new.id)
    }

    /// Each obligation with the one that carries it on: of the same period; else, in order of days, of the same year; else
    /// the only one there is. In the same role if it can be.
    fn pair(&mut self, mut live: Vec<Obligation>) -> (Vec<(Obligation, Obligation)>, Vec<Obligation>) {
        live.sort_by(|a, b| (a.due_date, &a.period).cmp(&(b.due_date, &b.period)));
        let year = |row: &Obligation| row.period.chars().take(4).collect::<String>();
        let ways: [Way<'_>; 4] = [
            &|old, new, _| old.role == new.role && old.period == new.period,
            &|old, new, _| old.role == new.role && year(old) == year(new),
            &|old, new, count| old.role == new.role && count == 1,
            &|old, new, _| old.period == new.period || year(old) == year(new),
        ];
        let mut pairs = Vec::new();
        for way in ways {
            let mut left = Vec::new();
            for row in live {
                let task = self.of_task(row.task_id);
                let rows = task.and_then(|task| self.rows.get_mut(&(task, row.agency_id)));
                let found = rows.and_then(|rows| {
                    let count = rows.len();
                    let at = rows.iter().position(|new| way(&row, new, count))?;
                    Some(rows.remove(at))
                });
                match found {
                    Some(new) => pairs.push((row, new)),
                    None => left.push(row),
                }
            }
            live = left;
        }
        (pairs, live)
    }

    /// What only the correction asks for, on days that were gone by when it was made: kept, but not chased.
    fn added_late(&self, today: i64) -> Vec<(Obligation, Obligation)> {
        let late = self.rows.values().flatten().filter(|row| row.urgent == 1 && row.due_date < today);
        late.map(|row| {
            let mut after = row.clone();
            after.mark = "past".into();
            after.set_state(State::Historical);
            (row.clone(), after)
        })
        .collect()
    }
}

/// Events that took place hold for the tasks that carry theirs on; what they opened is there too.
async fn carry_events(
    app: &App,
    permit: &Permit<ManagePlans>,
    (old, new): (Uuid, Uuid),
    tasks: &[(Task, Task)],
) -> Result<()> {
    let c = app.db.read();
    let (events, known) = (store::events(c, old).await?, store::events(c, new).await?);
    let Some(plan) = store::plan(c, new).await? else { return Ok(()) };
    for event in events {
        let to = tasks.iter().find(|(old, new)| old.id == event.task_id && new.waits()).map(|(_, new)| new.id);
        let Some(task_id) = to.filter(|_| plan.active()) else { continue };
        if !known.iter().any(|one| one.task_id == task_id && one.same(&event)) {
            let opening = Opening::of(app, &plan, Event { id: store::next_id(), task_id, ..event }).await?;
            let tx = app.db.begin().await?;
            opening.write(app, &tx, permit.actor()).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// What was set on a task by hand holds for the one that carries it on.
async fn carry_task(tx: &::store::Tx, old: &Task, new: &Task) -> Result<()> {
    let set = !old.product_issuer.is_empty() || old.per_locality;
    if set && new.product_issuer.is_empty() && !new.per_locality {
        let either = |new: &str, old: &str| if new.is_empty() { old.to_owned() } else { new.to_owned() };
        let (words, kind) = (either(&new.product, &old.product), either(&new.product_kind, &old.product_kind));
        store::set_product(tx, new.id, [&words, &kind, &old.product_issuer], old.per_locality).await?;
    }
    Ok(())
}

/// Moves what was done over to the new obligation and closes the old one.
async fn carry(
    app: &App,
    tx: &::store::Tx,
    permit: &Permit<ManagePlans>,
    old_plan: &Plan,
    old: Obligation,
    new: Obligation,
) -> Result<()> {
    let now = app.clock.now();
    let mut after = new.clone();
    after.percent = old.percent.max(new.percent);
    // A day gone by stays to be read only, unless work on it had begun.
    if old.state() != State::Historical && (new.state() == State::New || old.state() != State::New) {
        after.mark = old.mark.clone();
        after.state = old.state.clone();
        after.result = old.result.clone();
        after.difficulty = old.difficulty.clone();
        after.product_stage = old.product_stage.clone();
        after.product_number = old.product_number.clone();
        after.product_document_id = old.product_document_id;
        after.received_at = old.received_at;
        after.reported_at = old.reported_at;
        after.done_on = old.done_on;
        after.adjusted = old.adjusted.clone();
        let undated = matches!(new.clock.as_str(), "event" | "none");
        let day_came = undated && old.clock == "dated" && old.period == new.period;
        if day_came {
            after.clock = old.clock.clone();
            after.first_due = old.first_due;
        }
        if day_came || old.first_due == new.first_due {
            after.due_date = old.due_date;
        }
        after.settle();
    }
    store::change(tx, &new, &after).await?;
    let said = format!("Tiếp tục từ {}.", old_plan.number);
    let step = NewStep { kind: "carried", percent: Some(after.percent), body: &said, ..NewStep::default() };
    let step = store::insert_step(tx, now, permit.actor(), new.id, step).await?;
    let files = store::evidence(&**tx, old.id).await?.into_iter().map(|file| Stored {
        name: file.file_name,
        hash: file.file_hash,
        media_type: file.file_type,
        size: file.file_size,
    });
    store::insert_evidence(tx, now, permit.actor().user, new.id, step, files.collect()).await?;
    let mut closed = old.clone();
    closed.set_state(State::Replaced);
    closed.moved_to = Some(new.id);
    store::change(tx, &old, &closed).await?;
    if after.state().alive() {
        store::move_requests(tx, old.id, &after).await?;
    }
    store::drop_requests(tx, old.id).await?;
    let step = NewStep { kind: "replaced", body: "Tiếp tục ở văn bản mới.", ..NewStep::default() };
    store::insert_step(tx, now, permit.actor(), old.id, step).await.map(drop)
}
