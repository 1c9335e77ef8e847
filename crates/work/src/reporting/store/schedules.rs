//! Rounds that open by themselves.

use kernel::{Actor, Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, Params, Tx, all, exec, insert, one, scalar};

/// A decision that rounds of a form open by themselves.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Schedule {
    pub id: Uuid,
    pub form_key: String,
    pub rule: String,
    pub owner_id: Uuid,
    pub owner_name: String,
    pub owner_until: i64,
    pub owner_level: String,
    pub opens: String,
    pub first_from: i64,
    pub basis: String,
    pub compared: i64,
    pub state: String,
    pub decided_name: String,
    pub decided_at: i64,
    pub changed_name: String,
    pub changed_at: i64,
    pub outcome: String,
    pub failed: bool,
    pub outcome_at: i64,
    pub round_id: Option<Uuid>,
}

const SELECT: &str = "SELECT s.id, s.form_key, s.rule, s.owner_id, a.name AS owner_name, a.valid_to AS owner_until, s.owner_level, \
     s.opens, s.first_from, s.basis, s.compared, s.state, s.decided_name, s.decided_at, s.changed_name, s.changed_at, s.outcome, s.failed, \
     s.outcome_at, s.round_id FROM report_schedules s JOIN agencies a ON a.id = s.owner_id";

/// The newest of these agencies, those that ended last.
pub(crate) async fn schedules(c: &impl ConnectionTrait, owners: &[Uuid], limit: i64) -> Result<Vec<Schedule>> {
    let mut params = Params::new();
    let (owners, limit) = (params.list(owners.iter().copied()), params.mark(limit));
    let sql = format!(
        "{SELECT} WHERE s.owner_id IN ({owners}) ORDER BY CASE s.state WHEN 'ended' THEN 1 ELSE 0 END, s.decided_at DESC, s.id \
         LIMIT {limit}"
    );
    all(c, &sql, params.values()).await
}

/// Every one that runs.
pub(crate) async fn running_schedules(c: &impl ConnectionTrait) -> Result<Vec<Schedule>> {
    all(c, &format!("{SELECT} WHERE s.state = 'running' ORDER BY s.decided_at, s.id"), vec![]).await
}

/// How many of these agencies' run and could not open a round.
pub(crate) async fn failed_schedules(c: &impl ConnectionTrait, owners: &[Uuid]) -> Result<i64> {
    let mut params = Params::new();
    let owners = params.list(owners.iter().copied());
    let sql =
        format!("SELECT COUNT(*) FROM report_schedules WHERE owner_id IN ({owners}) AND state = 'running' AND failed");
    scalar(c, &sql, params.values()).await
}

/// One.
pub(crate) async fn schedule(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Schedule>> {
    one(c, &format!("{SELECT} WHERE s.id = $1"), vec![id.into()]).await
}

/// What is decided.
pub(crate) struct NewSchedule<'a> {
    pub form_key: &'a str,
    pub rule: &'a str,
    pub owner: Uuid,
    pub owner_level: &'a str,
    pub opens: &'a str,
    pub first_from: i64,
    pub basis: &'a str,
    pub compared: i64,
}

/// Keeps a decision; its id.
pub(crate) async fn insert_schedule(tx: &Tx, new: NewSchedule<'_>, by: &Actor, now: Timestamp) -> Result<Uuid> {
    let id = new_id();
    let columns = &[
        "id",
        "form_key",
        "rule",
        "owner_id",
        "owner_level",
        "opens",
        "first_from",
        "basis",
        "compared",
        "state",
        "decided_by",
        "decided_name",
        "decided_at",
        "changed_name",
        "changed_at",
        "outcome",
        "failed",
        "outcome_at",
    ];
    insert("report_schedules", columns)
        .row([
            id.into(),
            new.form_key.into(),
            new.rule.into(),
            new.owner.into(),
            new.owner_level.into(),
            new.opens.into(),
            new.first_from.into(),
            new.basis.into(),
            new.compared.into(),
            "running".into(),
            by.user.into(),
            by.name.as_str().into(),
            now.0.into(),
            "".into(),
            0i64.into(),
            "".into(),
            false.into(),
            0i64.into(),
        ])
        .run(&**tx)
        .await?;
    Ok(id)
}

/// Moves one from a state to another, and sets from which period on it asks; how many rows that was.
pub(crate) async fn move_schedule(
    tx: &Tx,
    row: &Schedule,
    to: &str,
    first_from: i64,
    by: &Actor,
    now: Timestamp,
) -> Result<u64> {
    let sql = "UPDATE report_schedules SET state = $1, first_from = $2, changed_name = $3, changed_at = $4, failed = $5 \
               WHERE id = $6 AND state = $7";
    let values = vec![
        to.into(),
        first_from.into(),
        by.name.as_str().into(),
        now.0.into(),
        false.into(),
        row.id.into(),
        row.state.as_str().into(),
    ];
    exec(&**tx, sql, values).await
}

/// Notes what came of it: the round that was opened, or why none was.
pub(crate) async fn note_schedule(
    tx: &Tx,
    id: Uuid,
    (outcome, failed): (&str, bool),
    round: Option<Uuid>,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE report_schedules SET outcome = $1, failed = $2, outcome_at = $3, round_id = COALESCE($4, round_id) WHERE id = $5";
    exec(&**tx, sql, vec![outcome.into(), failed.into(), now.0.into(), round.into(), id.into()]).await.map(drop)
}

#[derive(FromQueryResult)]
struct Key {
    period_key: String,
}

/// The periods for which an agency has asked for the official figures of a form.
pub(crate) async fn periods_open(c: &impl ConnectionTrait, form: &str, rule: &str, owner: Uuid) -> Result<Vec<String>> {
    let sql = "SELECT period_key FROM report_rounds WHERE form_key = $1 AND rule = $2 AND owner_id = $3 AND stage = 'official'";
    let rows: Vec<Key> = all(c, sql, vec![form.into(), rule.into(), owner.into()]).await?;
    Ok(rows.into_iter().map(|row| row.period_key).collect())
}
