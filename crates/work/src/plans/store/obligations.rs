//! Obligations: making many, reading one, changing one.

use std::collections::{BTreeSet, HashMap};

use kernel::{Error, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, Tx, Value, all, exec, one};

use super::{Key, Shift, shift_total};
use crate::plans::model::{
    due::ClockKind,
    group::{AgencyGroup, REST},
    state::{Nature, State, urgent},
};

/// An obligation.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Obligation {
    pub id: Uuid,
    pub plan_id: Uuid,
    pub task_id: Uuid,
    pub assignment_id: Uuid,
    pub agency_id: Uuid,
    pub agency_group: String,
    pub role: String,
    pub force: String,
    pub clock: String,
    pub period: String,
    pub due_date: i64,
    pub first_due: i64,
    pub urgent: i64,
    pub state: String,
    pub mark: String,
    pub percent: i64,
    pub result: String,
    pub difficulty: String,
    /// What the owner agreed to have done instead of, or besides, the paper's words.
    pub adjusted: String,
    pub product_stage: String,
    pub product_number: String,
    pub product_document_id: Option<Uuid>,
    pub received_at: Option<i64>,
    pub reported_at: Option<i64>,
    pub done_on: Option<i64>,
    pub moved_to: Option<Uuid>,
    pub version: i64,
}

impl Obligation {
    pub(crate) fn state(&self) -> State {
        State::from_key(&self.state).unwrap_or(State::Ended)
    }

    pub(crate) fn nature(&self) -> Nature {
        Nature { request: self.force == "request", clock: ClockKind::from_key(&self.clock) }
    }

    /// Sets the state, and with it whether it can become late.
    pub(crate) fn set_state(&mut self, state: State) {
        self.state = state.key().to_owned();
        self.settle();
    }

    /// Puts another agency in the place of its own.
    pub(crate) fn take_over(&mut self, heir: Uuid, groups: HashMap<Uuid, &'static str>) {
        self.agency_id = heir;
        self.agency_group = groups.get(&heir).copied().unwrap_or(REST).to_owned();
    }

    /// Computes anew whether it can become late.
    pub(crate) fn settle(&mut self) {
        self.urgent = i64::from(urgent(self.state(), self.nature(), &self.mark));
    }
}

pub(super) const COLUMNS: &str = "o.id, o.plan_id, o.task_id, o.assignment_id, o.agency_id, o.agency_group, o.role, o.force, o.clock, \
                                  o.period, o.due_date, o.first_due, o.urgent, o.state, o.mark, o.percent, o.result, \
                                  o.difficulty, o.adjusted, o.product_stage, o.product_number, o.product_document_id, o.received_at, o.reported_at, \
                                  o.done_on, o.moved_to, o.version";

/// One obligation.
pub(crate) async fn obligation(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Obligation>> {
    one(c, &format!("SELECT {COLUMNS} FROM obligations o WHERE o.id = $1"), vec![id.into()]).await
}

/// Which obligations of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Neither finished nor closed.
    Live,
    /// Also those whose day was gone by when the plan came into force.
    LiveOrPast,
    /// Also finished ones.
    Kept,
}

/// Obligations of a plan.
pub(crate) async fn obligations_of(c: &impl ConnectionTrait, plan: Uuid, which: Which) -> Result<Vec<Obligation>> {
    let more = match which {
        Which::Live => "",
        Which::LiveOrPast => "OR o.state = 'historical' AND o.mark = 'past'",
        Which::Kept => "OR o.state IN ('done', 'declined') OR o.state = 'historical' AND o.mark = 'past'",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM obligations o WHERE o.plan_id = $1 \
         AND (o.state IN ('new', 'received', 'doing', 'submitted') {more}) ORDER BY o.id"
    );
    all(c, &sql, vec![plan.into()]).await
}

/// Those of these obligations that are new and lie at or below `roots`.
pub(crate) async fn new_obligations(c: &impl ConnectionTrait, ids: &[Uuid], roots: &[Uuid]) -> Result<Vec<Obligation>> {
    let mut params = Params::new();
    let (ids, roots) = (params.list(ids.iter().copied()), params.list(roots.iter().copied()));
    let sql = format!(
        "SELECT {COLUMNS} FROM obligations o WHERE o.id IN ({ids}) AND o.state = 'new' AND EXISTS (SELECT 1 FROM agency_closure c \
         WHERE c.ancestor_id IN ({roots}) AND c.descendant_id = o.agency_id) ORDER BY o.id"
    );
    all(c, &sql, params.values()).await
}

/// Every obligation of a task; of one agency when given.
pub(crate) async fn task_obligations(c: &impl ConnectionTrait, task: Uuid) -> Result<Vec<Obligation>> {
    let sql = format!("SELECT {COLUMNS} FROM obligations o WHERE o.task_id = $1 ORDER BY o.id");
    all(c, &sql, vec![task.into()]).await
}

/// Open obligations of agencies that have ended.
pub(crate) async fn orphans(c: &impl ConnectionTrait, today: i64) -> Result<Vec<Obligation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM agencies a JOIN obligations o ON o.agency_id = a.id WHERE a.valid_to <= $1 \
         AND o.state IN ('new', 'received', 'doing', 'submitted') AND o.mark <> 'orphan' ORDER BY o.id"
    );
    all(c, &sql, vec![today.into()]).await
}

/// Which obligation of its plan: what must not exist twice.
#[derive(Debug, Clone, PartialEq, Eq, Hash, FromQueryResult)]
pub(crate) struct Slot {
    pub task_id: Uuid,
    pub agency_id: Uuid,
    pub role: String,
    pub period: String,
}

/// The obligations a plan has.
pub(crate) async fn slots(c: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<Slot>> {
    let sql = "SELECT task_id, agency_id, role, period FROM obligations WHERE plan_id = $1";
    all(c, sql, vec![plan.into()]).await
}

/// The obligation in a place, if any.
pub(crate) async fn at_slot(c: &impl ConnectionTrait, slot: &Slot) -> Result<Option<Obligation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM obligations o WHERE o.task_id = $1 AND o.agency_id = $2 AND o.role = $3 AND o.period = $4"
    );
    let values =
        vec![slot.task_id.into(), slot.agency_id.into(), slot.role.as_str().into(), slot.period.as_str().into()];
    one(c, &sql, values).await
}

#[derive(FromQueryResult)]
struct OfKind {
    id: Uuid,
    kind: String,
}

/// The kinds of these agencies.
pub(crate) async fn agency_kinds(
    c: &impl ConnectionTrait,
    agencies: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<Uuid> = agencies.collect::<BTreeSet<_>>().into_iter().collect();
    let mut out = HashMap::with_capacity(ids.len());
    for part in ids.chunks(5000) {
        let mut params = Params::new();
        let sql = format!("SELECT id, kind FROM agencies WHERE id IN ({})", params.list(part.iter().copied()));
        let rows: Vec<OfKind> = all(c, &sql, params.values()).await?;
        out.extend(rows.into_iter().map(|row| (row.id, row.kind)));
    }
    Ok(out)
}

#[derive(FromQueryResult)]
struct Grouped {
    id: Uuid,
    kind: String,
    level: String,
}

/// The groups that these agencies belong to.
pub(crate) async fn agency_groups(
    c: &impl ConnectionTrait,
    agencies: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, &'static str>> {
    let ids: Vec<Uuid> = agencies.collect::<BTreeSet<_>>().into_iter().collect();
    let mut out = HashMap::with_capacity(ids.len());
    for part in ids.chunks(5000) {
        let mut params = Params::new();
        let sql = format!(
            "SELECT a.id, a.kind, COALESCE(u.level, '') AS level FROM agencies a LEFT JOIN units u ON u.id = a.unit_id \
             WHERE a.id IN ({})",
            params.list(part.iter().copied())
        );
        let rows: Vec<Grouped> = all(c, &sql, params.values()).await?;
        out.extend(rows.into_iter().map(|row| (row.id, AgencyGroup::key_of(&row.kind, &row.level))));
    }
    Ok(out)
}

/// An obligation to be made.
#[derive(Debug, Clone)]
pub(crate) struct NewObligation {
    pub id: Uuid,
    pub slot: Slot,
    pub assignment_id: Uuid,
    pub force: &'static str,
    pub clock: ClockKind,
    pub due_date: i64,
    pub state: State,
    pub mark: &'static str,
}

impl NewObligation {
    fn urgent(&self) -> i64 {
        i64::from(urgent(self.state, Nature { request: self.force == "request", clock: self.clock }, self.mark))
    }
}

#[derive(FromQueryResult)]
struct Made {
    id: Uuid,
}

/// Makes obligations of a plan where there is none yet, and counts those made; how many.
pub(crate) async fn insert_obligations(tx: &Tx, plan: Uuid, rows: &[NewObligation]) -> Result<usize> {
    const EACH: usize = 12;
    const PER_STATEMENT: usize = 80;
    let by_id: HashMap<Uuid, &NewObligation> = rows.iter().map(|row| (row.id, row)).collect();
    let groups = agency_groups(&**tx, rows.iter().map(|row| row.slot.agency_id)).await?;
    let group = |row: &NewObligation| groups.get(&row.slot.agency_id).copied().unwrap_or(REST);
    let mut shift = Shift::new();
    let mut made = 0;
    for part in rows.chunks(PER_STATEMENT) {
        let mut values: Vec<Value> = Vec::with_capacity(part.len() * EACH + 1);
        values.push(plan.into());
        let mut sql = String::with_capacity(part.len() * 120 + 600);
        sql.push_str(
            "INSERT INTO obligations (plan_id, percent, result, difficulty, adjusted, product_stage, product_number, version, id, \
             task_id, assignment_id, agency_id, role, force, clock, period, due_date, first_due, urgent, agency_group, state, mark) VALUES ",
        );
        for (at, row) in part.iter().enumerate() {
            let m = |n: usize| at * EACH + n + 2;
            // Keys and marks are our own words, never input.
            let line = format!(
                "{}($1,0,'','','','','',0,${},${},${},${},${},${},${},${},${},${},${},${},'{}','{}')",
                if at > 0 { "," } else { "" },
                m(0),
                m(1),
                m(2),
                m(3),
                m(4),
                m(5),
                m(6),
                m(7),
                m(8),
                m(9),
                m(10),
                m(11),
                row.state.key(),
                row.mark
            );
            sql.push_str(&line);
            values.extend::<[Value; EACH]>([
                row.id.into(),
                row.slot.task_id.into(),
                row.assignment_id.into(),
                row.slot.agency_id.into(),
                row.slot.role.as_str().into(),
                row.force.into(),
                row.clock.key().into(),
                row.slot.period.as_str().into(),
                row.due_date.into(),
                row.due_date.into(),
                row.urgent().into(),
                group(row).into(),
            ]);
        }
        sql.push_str(" ON CONFLICT (task_id, agency_id, role, period) DO NOTHING RETURNING id");
        let inserted: Vec<Made> = all(&**tx, &sql, values).await?;
        made += inserted.len();
        for row in inserted.iter().filter_map(|made| by_id.get(&made.id)) {
            let key = Key {
                plan_id: plan,
                task_id: row.slot.task_id,
                agency_group: group(row).into(),
                role: row.slot.role.clone(),
                clock: row.clock.key().into(),
                urgent: row.urgent(),
                state: row.state.key().into(),
                due_date: row.due_date,
            };
            shift.add(key, 1);
        }
    }
    shift.apply(tx).await?;
    Ok(made)
}

/// Writes a changed obligation and counts the change.
///
/// # Errors
/// [`Error::Conflict`] when somebody else changed it since it was read.
pub(crate) async fn change(tx: &Tx, before: &Obligation, after: &Obligation) -> Result<()> {
    write(tx, before, after).await?;
    let (from, to) = (Key::of(before), Key::of(after));
    if from == to { Ok(()) } else { shift_total(tx, Some(from), Some(to)).await }
}

/// Like [`change`], for many: (before, after).
///
/// # Errors
/// See [`change`].
pub(crate) async fn change_many(tx: &Tx, changes: &[(Obligation, Obligation)]) -> Result<()> {
    let mut shift = Shift::new();
    for (before, after) in changes {
        write(tx, before, after).await?;
        shift.add(Key::of(before), -1);
        shift.add(Key::of(after), 1);
    }
    shift.apply(tx).await
}

async fn write(tx: &Tx, before: &Obligation, after: &Obligation) -> Result<()> {
    let sql = "UPDATE obligations SET task_id = $1, agency_id = $2, due_date = $3, urgent = $4, state = $5, mark = $6, \
               percent = $7, result = $8, difficulty = $9, product_stage = $10, product_number = $11, received_at = $12, \
               reported_at = $13, done_on = $14, moved_to = $15, clock = $16, first_due = $17, agency_group = $18, product_document_id = $19, \
               adjusted = $20, period = $21, version = version + 1 WHERE id = $22 AND version = $23";
    let values = vec![
        after.task_id.into(),
        after.agency_id.into(),
        after.due_date.into(),
        after.urgent.into(),
        after.state.as_str().into(),
        after.mark.as_str().into(),
        after.percent.into(),
        after.result.as_str().into(),
        after.difficulty.as_str().into(),
        after.product_stage.as_str().into(),
        after.product_number.as_str().into(),
        after.received_at.into(),
        after.reported_at.into(),
        after.done_on.into(),
        after.moved_to.into(),
        after.clock.as_str().into(),
        after.first_due.into(),
        after.agency_group.as_str().into(),
        after.product_document_id.into(),
        after.adjusted.as_str().into(),
        after.period.as_str().into(),
        before.id.into(),
        before.version.into(),
    ];
    if exec(&**tx, sql, values).await? == 0 {
        return Err(Error::Conflict("Người khác vừa cập nhật nhiệm vụ này. Hãy tải lại trang rồi thử lại.".into()));
    }
    Ok(())
}
