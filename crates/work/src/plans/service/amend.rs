//! Amendment, replacement and withdrawal of a plan: what becomes of the obligations still open.

use std::collections::HashMap;

use kernel::{Error, Permit, Result, Uuid};
use platform::{
    App,
    audit::{self, Entry},
    jobs,
};
use records::documents::{Change, Confirmed, Mode};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::plans::{
    model::{matching, state::State},
    policy::ManagePlans,
    store::{self, NewStep, Obligation, Plan, Stored, Task},
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
    let live = store::live_obligations(c, old.id, what.how == How::Corrects).await?;
    let mut successors = Successors::default();
    if let Some(new) = what.new.filter(|_| what.how != How::Withdraws) {
        successors = Successors::find(app, old.id, new).await?;
    }
    let mut keep = Vec::new();
    let mut close = Vec::new();
    for row in live {
        match successors.of(&row) {
            Some(new) => keep.push((row, new)),
            None if what.how == How::Amends && !successors.pairs.contains_key(&row.task_id) => {}
            None => close.push(row),
        }
    }
    let tx = app.db.begin().await?;
    for (row, new) in keep {
        carry(app, &tx, permit, &old, row, new).await?;
    }
    let (state, said) = if what.how == How::Withdraws {
        (State::Withdrawn, "Kế hoạch đã được thu hồi.")
    } else {
        (State::Replaced, "Văn bản mới thay thế; nội dung này không còn.")
    };
    let steps: Vec<(Uuid, Uuid)> = close.iter().map(|row| (store::next_id(), row.id)).collect();
    let step = NewStep { kind: state.key(), body: said, ..NewStep::default() };
    store::insert_steps(&tx, app.clock.now(), permit.actor(), &steps, step).await?;
    let changes: Vec<_> = close
        .into_iter()
        .map(|row| {
            let mut after = row.clone();
            after.set_state(state);
            (row, after)
        })
        .collect();
    store::change_many(&tx, &changes).await?;
    match what.how {
        How::Amends => {}
        How::Withdraws => store::set_plan_state(&tx, old.id, "withdrawn", what.new).await?,
        How::Replaces | How::Corrects => store::set_plan_state(&tx, old.id, "replaced", what.new).await?,
    }
    tx.commit().await
}

/// Obligations of the new plan by the old task that they carry on.
#[derive(Default)]
struct Successors {
    pairs: HashMap<Uuid, Uuid>,
    rows: HashMap<(Uuid, Uuid, String), Vec<Obligation>>,
}

impl Successors {
    async fn find(app: &App, old: Uuid, new: Uuid) -> Result<Self> {
        let c = app.db.read();
        let words = |task: Task| matching::Words {
            id: task.id,
            anchor: task.anchor,
            text: format!("{} {}", task.heading, task.body),
        };
        let old_tasks: Vec<_> = store::tasks(c, old).await?.into_iter().map(words).collect();
        let new_tasks: Vec<_> = store::tasks(c, new).await?.into_iter().map(words).collect();
        let pairs = matching::pairs(&old_tasks, &new_tasks).into_iter().collect();
        let mut rows: HashMap<_, Vec<Obligation>> = HashMap::new();
        for row in store::live_obligations(c, new, false).await? {
            rows.entry((row.task_id, row.agency_id, row.role.clone())).or_default().push(row);
        }
        Ok(Self { pairs, rows })
    }

    /// The obligation that carries this one on: of the same period, or the only one there is.
    fn of(&mut self, old: &Obligation) -> Option<Obligation> {
        let task = self.pairs.get(&old.task_id)?;
        let rows = self.rows.get_mut(&(*task, old.agency_id, old.role.clone()))?;
        let same = rows.iter().position(|row| row.period == old.period);
        let at = same.or_else(|| (rows.len() == 1).then_some(0))?;
        Some(rows.remove(at))
    }
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
    if new.state() == State::New {
        after.state = old.state.clone();
        after.result = old.result.clone();
        after.difficulty = old.difficulty.clone();
        after.product_stage = old.product_stage.clone();
        after.product_number = old.product_number.clone();
        after.received_at = old.received_at;
        after.reported_at = old.reported_at;
        after.done_on = old.done_on;
        if old.first_due == new.first_due {
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
    store::drop_requests(tx, old.id).await?;
    let step = NewStep { kind: "replaced", body: "Tiếp tục ở văn bản mới.", ..NewStep::default() };
    store::insert_step(tx, now, permit.actor(), old.id, step).await.map(drop)
}
