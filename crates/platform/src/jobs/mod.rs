//! Background work: a queue table, claimed row by row, retried with back-off, with progress that a page can read.

mod runner;

use kernel::{Clock, Error, Result, Timestamp, Uuid, new_id};
use serde::{Serialize, de::DeserializeOwned};
use store::{ConnectionTrait, Db, FromQueryResult, all, exec, insert, one};

pub(crate) use runner::forget_old;
pub use runner::{run_due, spawn};

/// Attempts before a job is given up.
pub const MAX_ATTEMPTS: i64 = 8;

/// A row of the queue.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// Its kind, as in [`crate::JobDef::kind`].
    pub kind: String,
    /// JSON.
    pub payload: String,
    /// `queued`, `running`, `done` or `failed`.
    pub state: String,
    /// Not before this instant.
    pub run_at: i64,
    /// How often it was begun.
    pub attempts: i64,
    /// Units done.
    pub progress: i64,
    /// Units in all; 0 while unknown.
    pub progress_total: i64,
    /// The last failure.
    pub error: Option<String>,
    /// When it was queued.
    pub created_at: i64,
    /// When it ended.
    pub finished_at: Option<i64>,
}

const COLUMNS: &str =
    "id, kind, payload, state, run_at, attempts, progress, progress_total, error, created_at, finished_at";

/// What a running job receives.
#[derive(Debug, Clone)]
pub struct JobContext {
    /// Its row.
    pub id: Uuid,
    /// JSON.
    pub payload: String,
}

impl JobContext {
    /// The payload as its type.
    ///
    /// # Errors
    /// [`Error::Internal`] when it is something else.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.payload).map_err(Error::internal)
    }

    /// Does something that may take long and holds no transaction; meanwhile no other worker takes the job over.
    ///
    /// # Errors
    /// What the work says; when the database refuses.
    pub async fn alive<T>(&self, app: &crate::App, work: impl Future<Output = Result<T>>) -> Result<T> {
        runner::alive(app, self.id, work).await
    }

    /// Notes how far the work is, where a page can read it; also keeps other workers from taking the job over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn progress(&self, c: &impl ConnectionTrait, now: Timestamp, done: i64, total: i64) -> Result<()> {
        let sql = "UPDATE jobs SET progress = $1, progress_total = $2, locked_until = $3 WHERE id = $4";
        let until = now.plus_seconds(runner::LOCK_SECONDS).0;
        exec(c, sql, vec![done.into(), total.into(), until.into(), self.id.into()]).await.map(drop)
    }
}

/// Queues a job inside the caller's transaction; its id. With a `dedupe` key, a job of that key that was ever queued
/// is not queued again (the id of the new row is returned all the same).
///
/// # Errors
/// When the database refuses.
pub async fn enqueue<P: Serialize>(
    c: &impl ConnectionTrait,
    clock: &dyn Clock,
    kind: &str,
    payload: &P,
    dedupe: Option<&str>,
) -> Result<Uuid> {
    let id = new_id();
    let now = clock.now().0;
    let payload = serde_json::to_string(payload).map_err(Error::internal)?;
    insert(
        "jobs",
        &[
            "id",
            "kind",
            "payload",
            "state",
            "run_at",
            "attempts",
            "locked_until",
            "dedupe",
            "progress",
            "progress_total",
            "created_at",
        ],
    )
    .row([
        id.into(),
        kind.into(),
        payload.into(),
        "queued".into(),
        now.into(),
        0i64.into(),
        0i64.into(),
        dedupe.map(str::to_owned).into(),
        0i64.into(),
        0i64.into(),
        now.into(),
    ])
    .run_with(c, "ON CONFLICT (dedupe) DO NOTHING")
    .await?;
    Ok(id)
}

/// One job.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn get(db: &Db, id: Uuid) -> Result<Job> {
    let sql = format!("SELECT {COLUMNS} FROM jobs WHERE id = $1");
    one(db.read(), &sql, vec![id.into()]).await?.ok_or(Error::NotFound)
}

/// The newest jobs (of one state), failed and running ones first.
///
/// # Errors
/// When the database refuses.
pub async fn recent(db: &Db, state: Option<&str>, limit: i64) -> Result<Vec<Job>> {
    let wanted = if state.is_some() { "state = $1" } else { "state <> $1" };
    let sql = format!(
        "SELECT {COLUMNS} FROM jobs WHERE {wanted} ORDER BY CASE state WHEN 'failed' THEN 0 WHEN 'running' THEN 1 \
         ELSE 2 END, created_at DESC, id DESC LIMIT $2"
    );
    all(db.read(), &sql, vec![state.unwrap_or("").into(), limit.into()]).await
}

#[derive(FromQueryResult)]
struct Count {
    state: String,
    n: i64,
}

/// How many jobs there are in each state.
///
/// # Errors
/// When the database refuses.
pub async fn counts(db: &Db) -> Result<Vec<(String, i64)>> {
    let rows: Vec<Count> = all(db.read(), "SELECT state, COUNT(*) AS n FROM jobs GROUP BY state", vec![]).await?;
    Ok(rows.into_iter().map(|row| (row.state, row.n)).collect())
}

/// Queues a failed job again.
///
/// # Errors
/// [`Error::Conflict`] when it has not failed.
pub async fn retry(db: &Db, id: Uuid, now: Timestamp) -> Result<()> {
    let tx = db.begin().await?;
    let sql = "UPDATE jobs SET state = 'queued', attempts = 0, run_at = $1, error = NULL, finished_at = NULL WHERE id = $2 AND state = 'failed'";
    if exec(&*tx, sql, vec![now.0.into(), id.into()]).await? == 0 {
        return Err(Error::Conflict("Chỉ chạy lại được công việc đã hỏng.".into()));
    }
    tx.commit().await
}
