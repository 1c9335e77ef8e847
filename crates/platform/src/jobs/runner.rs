//! The worker: claims due jobs one by one, runs them, notes the outcome; queues scheduled ones.

use std::time::Duration;

use kernel::{Error, Result, Timestamp};
use store::{FromQueryResult, Params, exec, one};

use super::{Job, JobContext, MAX_ATTEMPTS, enqueue};
use crate::{App, JobDef, Schedule};

/// Seconds for which a claimed job belongs to its worker; after a crash another takes it over then.
pub(super) const LOCK_SECONDS: i64 = 300;

/// Starts the worker; it stops with the returned handle.
pub fn spawn(app: App) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        // What takes minutes must not keep a scheduled publication waiting.
        tokio::join!(work(&app, Lane::Quick), work(&app, Lane::Slow));
    })
}

/// Which jobs somebody runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lane {
    /// Those that take moments.
    Quick,
    /// Those of [`crate::Slice::slow_jobs`].
    Slow,
}

async fn work(app: &App, lane: Lane) {
    let mut pause = tokio::time::interval(Duration::from_millis(500));
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        pause.tick().await;
        if let Err(error) = run_lane(app, lane).await {
            tracing::error!(%error, "hàng đợi công việc");
        }
    }
}

/// Queues what the schedules ask for and runs every due job; how many ran. Tests call it instead of [`spawn`].
///
/// # Errors
/// When the database refuses; a failing job is not an error here.
pub async fn run_due(app: &App) -> Result<usize> {
    let mut count = 0;
    loop {
        let done = run_lane(app, Lane::Quick).await? + run_lane(app, Lane::Slow).await?;
        if done == 0 {
            return Ok(count);
        }
        count += done;
    }
}

async fn run_lane(app: &App, lane: Lane) -> Result<usize> {
    if lane == Lane::Quick {
        queue_scheduled(app).await?;
    }
    let mut count = 0;
    while let Some(job) = claim(app, lane).await? {
        count += 1;
        run(app, job).await?;
    }
    Ok(count)
}

fn definitions(app: &App) -> impl Iterator<Item = &'static JobDef> {
    app.slices.iter().flat_map(|slice| slice.jobs.iter().chain(slice.slow_jobs))
}

async fn queue_scheduled(app: &App) -> Result<()> {
    let now = app.clock.now();
    let ticks: Vec<(&str, String)> = definitions(app)
        .filter_map(|job| {
            let tick = match job.schedule? {
                Schedule::EverySeconds(seconds) => (now.0 / 1000 / seconds.max(1)).to_string(),
                Schedule::DailyAt(hour) => {
                    let begins = Timestamp::start_of(now.date()).plus_seconds(i64::from(hour) * 3600);
                    if now < begins {
                        return None;
                    }
                    now.date().to_string()
                }
            };
            Some((job.kind, format!("{}@{tick}", job.kind)))
        })
        .collect();
    let sql = format!("SELECT dedupe FROM jobs WHERE dedupe IN ({})", store::marks(1, ticks.len()));
    let keys = ticks.iter().map(|(_, key)| key.as_str().into()).collect();
    let known: Vec<Queued> = store::all(app.db.read(), &sql, keys).await?;
    for (kind, key) in ticks.iter().filter(|(_, key)| known.iter().all(|row| row.dedupe != *key)) {
        let tx = app.db.begin().await?;
        enqueue(&*tx, &*app.clock, kind, &(), Some(key)).await?;
        tx.commit().await?;
    }
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Queued {
    dedupe: String,
}

async fn claim(app: &App, lane: Lane) -> Result<Option<Job>> {
    let now = app.clock.now();
    let slow = app.slices.iter().flat_map(|slice| slice.slow_jobs).map(|job| job.kind);
    let due = |params: &mut Params| {
        let (now, not) = (params.mark(now.0), if lane == Lane::Slow { "" } else { "NOT " });
        let slow = params.list(slow.clone().chain([""]));
        format!(
            "((state = 'queued' AND run_at <= {now}) OR (state = 'running' AND locked_until < {now})) AND kind {not}IN ({slow})"
        )
    };
    let mut params = Params::new();
    let sql = format!("SELECT COUNT(*) FROM jobs WHERE {}", due(&mut params));
    if store::scalar(app.db.read(), &sql, params.values()).await? == 0 {
        return Ok(None);
    }
    let tx = app.db.begin().await?;
    let mut params = Params::new();
    let due = due(&mut params);
    let sql = format!(
        "UPDATE jobs SET state = 'running', locked_until = {}, attempts = attempts + 1 WHERE id = \
         (SELECT id FROM jobs WHERE {due} ORDER BY run_at, id LIMIT 1{}) RETURNING {}",
        params.mark(now.plus_seconds(LOCK_SECONDS).0),
        store::dialect::claim(&*tx),
        super::COLUMNS
    );
    let job = one(&*tx, &sql, params.values()).await?;
    tx.commit().await?;
    Ok(job)
}

async fn run(app: &App, job: Job) -> Result<()> {
    let context = JobContext { id: job.id, payload: job.payload.clone() };
    let outcome = match definitions(app).find(|definition| definition.kind == job.kind) {
        Some(definition) => {
            // A task of its own, so that a panic in a job is an outcome and not the end of the worker.
            let work = tokio::spawn((definition.run)(app.clone(), context));
            work.await.unwrap_or_else(|e| Err(Error::internal(e)))
        }
        None => Err(Error::Internal(format!("không có loại công việc {}", job.kind))),
    };
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    match outcome {
        Ok(()) => {
            let sql = "UPDATE jobs SET state = 'done', finished_at = $1, error = NULL WHERE id = $2";
            exec(&*tx, sql, vec![now.0.into(), job.id.into()]).await?;
        }
        Err(error) => {
            let given_up = job.attempts >= MAX_ATTEMPTS || matches!(error, Error::Invalid(_) | Error::Conflict(_));
            tracing::warn!(job = %job.id, kind = job.kind, attempt = job.attempts, %error, "công việc hỏng");
            let wait = 10i64.saturating_mul(1 << job.attempts.clamp(0, 10));
            let sql = "UPDATE jobs SET state = $1, run_at = $2, error = $3, finished_at = $4 WHERE id = $5";
            let values = vec![
                if given_up { "failed" } else { "queued" }.into(),
                now.plus_seconds(wait).0.into(),
                error.to_string().into(),
                given_up.then_some(now.0).into(),
                job.id.into(),
            ];
            exec(&*tx, sql, values).await?;
        }
    }
    tx.commit().await
}

/// Does something that may take long, and says all the while that it is being done.
pub(super) async fn alive<T>(app: &App, job: kernel::Uuid, work: impl Future<Output = Result<T>>) -> Result<T> {
    let mut beat = tokio::time::interval(Duration::from_secs(60));
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            outcome = &mut work => return outcome,
            _ = beat.tick() => {
                let until = app.clock.now().plus_seconds(LOCK_SECONDS).0;
                let tx = app.db.begin().await?;
                let sql = "UPDATE jobs SET locked_until = $1 WHERE id = $2 AND state = 'running'";
                exec(&*tx, sql, vec![until.into(), job.into()]).await?;
                tx.commit().await?;
            }
        }
    }
}

/// Deletes finished jobs older than the retention, and what every search index has read long ago, so that the tables stay small.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn forget_old(app: App, _: JobContext) -> Result<()> {
    let before = app.clock.now().plus_seconds(-86_400 * app.config.logs.retention_days.max(1));
    let tx = app.db.begin().await?;
    exec(&*tx, "DELETE FROM jobs WHERE state = 'done' AND finished_at < $1", vec![before.0.into()]).await?;
    // Ticks of the schedules would fill the table within days.
    let ticks = app.clock.now().plus_seconds(-86_400);
    let sql = "DELETE FROM jobs WHERE state = 'done' AND dedupe LIKE '%@%' AND finished_at < $1";
    exec(&*tx, sql, vec![ticks.0.into()]).await?;
    tx.commit().await?;
    crate::search::forget_old(&app).await
}
