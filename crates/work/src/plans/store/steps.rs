//! What was said and done on an obligation: steps, proposals, evidence.

use kernel::{Actor, Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, Tx, all, exec, insert, one};

use super::Obligation;

/// One step.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Step {
    pub at: i64,
    pub actor_name: String,
    pub kind: String,
    pub percent: Option<i64>,
    pub body: String,
    pub wanted_date: Option<i64>,
}

/// A step to be recorded.
#[derive(Debug, Clone, Default)]
pub(crate) struct NewStep<'a> {
    pub kind: &'a str,
    pub percent: Option<i64>,
    pub body: &'a str,
    pub wanted_date: Option<i64>,
    pub decides: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct Said {
    actor_id: Uuid,
    percent: Option<i64>,
}

/// Who last took this step on an obligation, and how far it was then.
pub(crate) async fn last_step(c: &impl ConnectionTrait, id: Uuid, kind: &str) -> Result<Option<(Uuid, i64)>> {
    let sql = "SELECT actor_id, percent FROM obligation_steps WHERE obligation_id = $1 AND kind = $2 \
               ORDER BY at DESC, id DESC LIMIT 1";
    let row: Option<Said> = one(c, sql, vec![id.into(), kind.into()]).await?;
    Ok(row.map(|row| (row.actor_id, row.percent.unwrap_or(0))))
}

/// Records a step; its id.
pub(crate) async fn insert_step(tx: &Tx, now: Timestamp, actor: &Actor, of: Uuid, step: NewStep<'_>) -> Result<Uuid> {
    let id = new_id();
    insert_steps(tx, now, actor, &[(id, of)], step).await?;
    Ok(id)
}

/// Records the same step on many obligations.
pub(crate) async fn insert_steps(
    tx: &Tx,
    now: Timestamp,
    actor: &Actor,
    of: &[(Uuid, Uuid)],
    step: NewStep<'_>,
) -> Result<()> {
    let columns =
        &["id", "obligation_id", "at", "actor_id", "actor_name", "kind", "percent", "body", "wanted_date", "decides"];
    let mut rows = insert("obligation_steps", columns);
    for (id, obligation) in of {
        rows.push([
            (*id).into(),
            (*obligation).into(),
            now.0.into(),
            actor.user.into(),
            actor.name.as_str().into(),
            step.kind.into(),
            step.percent.into(),
            step.body.into(),
            step.wanted_date.into(),
            step.decides.into(),
        ]);
    }
    rows.run(&**tx).await
}

/// Steps of an obligation, the newest first.
pub(crate) async fn steps(c: &impl ConnectionTrait, obligation: Uuid) -> Result<Vec<Step>> {
    let sql = "SELECT at, actor_name, kind, percent, body, wanted_date FROM obligation_steps \
               WHERE obligation_id = $1 ORDER BY at DESC, id DESC LIMIT 200";
    all(c, sql, vec![obligation.into()]).await
}

/// A proposal or a plea for time.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Request {
    pub id: Uuid,
    pub obligation_id: Uuid,
    pub kind: String,
    /// What is to be changed; the reason stands in the body.
    pub proposal: String,
    pub body: String,
    pub wanted_date: Option<i64>,
    pub state: String,
    pub made_by: Uuid,
    pub made_name: String,
    pub made_at: i64,
}

const REQUEST: &str = "r.id, r.obligation_id, r.kind, r.proposal, r.body, r.wanted_date, r.state, r.made_by, COALESCE(u.name, '') AS made_name, \
                       r.made_at";

/// Proposals on an obligation, the newest first.
pub(crate) async fn requests(c: &impl ConnectionTrait, obligation: Uuid) -> Result<Vec<Request>> {
    let sql = format!(
        "SELECT {REQUEST} FROM obligation_requests r LEFT JOIN users u ON u.id = r.made_by \
         WHERE r.obligation_id = $1 ORDER BY r.made_at DESC, r.id DESC"
    );
    all(c, &sql, vec![obligation.into()]).await
}

/// One proposal.
pub(crate) async fn request(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Request>> {
    let sql =
        format!("SELECT {REQUEST} FROM obligation_requests r LEFT JOIN users u ON u.id = r.made_by WHERE r.id = $1");
    one(c, &sql, vec![id.into()]).await
}

/// A proposal to be made.
pub(crate) struct NewRequest<'a> {
    pub obligation: Uuid,
    pub plan: Uuid,
    pub kind: &'a str,
    pub proposal: &'a str,
    pub body: &'a str,
    pub wanted_date: Option<i64>,
}

/// Makes a proposal.
pub(crate) async fn insert_request(tx: &Tx, now: Timestamp, by: Uuid, new: NewRequest<'_>) -> Result<Uuid> {
    let id = new_id();
    insert(
        "obligation_requests",
        &[
            "id",
            "obligation_id",
            "plan_id",
            "kind",
            "proposal",
            "body",
            "wanted_date",
            "state",
            "made_by",
            "made_at",
            "answer",
        ],
    )
    .row([
        id.into(),
        new.obligation.into(),
        new.plan.into(),
        new.kind.into(),
        new.proposal.into(),
        new.body.into(),
        new.wanted_date.into(),
        "open".into(),
        by.into(),
        now.0.into(),
        "".into(),
    ])
    .run(&**tx)
    .await?;
    Ok(id)
}

/// Decides an open proposal; was it open?
pub(crate) async fn decide_request(
    tx: &Tx,
    now: Timestamp,
    by: Uuid,
    id: Uuid,
    state: &str,
    answer: &str,
) -> Result<bool> {
    let sql = "UPDATE obligation_requests SET state = $1, answer = $2, decided_by = $3, decided_at = $4 \
               WHERE id = $5 AND state = 'open'";
    let values = vec![state.into(), answer.into(), by.into(), now.0.into(), id.into()];
    Ok(exec(&**tx, sql, values).await? > 0)
}

/// Proposals that wait go on with the obligation that carries another on.
pub(crate) async fn move_requests(tx: &Tx, from: Uuid, to: &Obligation) -> Result<()> {
    let sql =
        "UPDATE obligation_requests SET obligation_id = $1, plan_id = $2 WHERE obligation_id = $3 AND state = 'open'";
    exec(&**tx, sql, vec![to.id.into(), to.plan_id.into(), from.into()]).await.map(drop)
}

/// Closes what is still open on an obligation that needs no decision any more.
pub(crate) async fn drop_requests(tx: &Tx, obligation: Uuid) -> Result<()> {
    let sql = "UPDATE obligation_requests SET state = 'dropped' WHERE obligation_id = $1 AND state = 'open'";
    exec(&**tx, sql, vec![obligation.into()]).await.map(drop)
}

/// A file given as evidence.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Evidence {
    pub id: Uuid,
    pub obligation_id: Uuid,
    pub file_name: String,
    pub file_hash: String,
    pub file_type: String,
    pub file_size: i64,
    pub added_at: i64,
}

const EVIDENCE: &str = "id, obligation_id, file_name, file_hash, file_type, file_size, added_at";

/// Evidence of an obligation, in order of coming.
pub(crate) async fn evidence(c: &impl ConnectionTrait, obligation: Uuid) -> Result<Vec<Evidence>> {
    let sql = format!("SELECT {EVIDENCE} FROM evidence WHERE obligation_id = $1 ORDER BY added_at, id");
    all(c, &sql, vec![obligation.into()]).await
}

/// One file.
pub(crate) async fn evidence_file(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Evidence>> {
    one(c, &format!("SELECT {EVIDENCE} FROM evidence WHERE id = $1"), vec![id.into()]).await
}

/// A stored file.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub name: String,
    pub hash: String,
    pub media_type: String,
    pub size: i64,
}

/// Adds files to an obligation, under the step that brought them.
pub(crate) async fn insert_evidence(
    tx: &Tx,
    now: Timestamp,
    by: Uuid,
    obligation: Uuid,
    step: Uuid,
    files: Vec<Stored>,
) -> Result<()> {
    let columns =
        &["id", "obligation_id", "step_id", "file_name", "file_hash", "file_type", "file_size", "added_by", "added_at"];
    let mut rows = insert("evidence", columns);
    for file in files {
        rows.push([
            new_id().into(),
            obligation.into(),
            step.into(),
            file.name.into(),
            file.hash.into(),
            file.media_type.into(),
            file.size.into(),
            by.into(),
            now.0.into(),
        ]);
    }
    rows.run(&**tx).await
}
