//! The audit trail: a row in the same transaction as the change (or the access) it tells of, chained by hash in
//! batches afterwards, so that writers never queue for the head of the chain and nobody alters it unnoticed.

use kernel::{Actor, Clock, Error, Result, Timestamp, Uuid, new_id};
use serde_json::Value as Json;
use store::{ConnectionTrait, Db, FromQueryResult, Value, all, exec, insert, one};

use crate::{App, jobs::JobContext, secrets};

/// One line of the trail, to be recorded.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Key of the action (`slice.verb`).
    pub action: &'a str,
    /// What kind of thing was changed or read.
    pub subject: &'a str,
    /// Which.
    pub id: Option<Uuid>,
    /// Particulars; no secrets, no more personal data than needed.
    pub detail: Json,
}

tokio::task_local! {
    /// The request being answered, for the trail and the log.
    pub static REQUEST_ID: String;
}

/// An entry as it will stand in the trail: who, when, in answer to which request.
#[derive(Debug)]
pub struct Line([Value; COLUMN_COUNT]);

const COLUMN_COUNT: usize = 11;

/// The line of an entry; the agency it counts for is the first for which the person holds a role.
pub fn line(clock: &dyn Clock, actor: &Actor, entry: Entry<'_>) -> Line {
    let request = REQUEST_ID.try_with(Clone::clone).unwrap_or_default();
    Line([
        new_id().into(),
        clock.now().0.into(),
        actor.user.into(),
        actor.name.as_str().into(),
        kernel::text::fold(&actor.name).into(),
        entry.action.into(),
        entry.subject.into(),
        entry.id.into(),
        actor.holdings.first().map(|held| held.agency).into(),
        entry.detail.to_string().into(),
        request.into(),
    ])
}

/// Records lines.
///
/// # Errors
/// When the database refuses; then the whole use case fails.
pub async fn record_lines(c: &impl ConnectionTrait, lines: impl IntoIterator<Item = Line>) -> Result<()> {
    let mut rows = insert(
        "audit",
        &[
            "id",
            "at",
            "actor_id",
            "actor_name",
            "actor_fold",
            "action",
            "subject_kind",
            "subject_id",
            "agency_id",
            "detail",
            "request_id",
        ],
    );
    for Line(values) in lines {
        rows.push(values);
    }
    rows.run(c).await
}

/// Records an entry; see [`line`].
///
/// # Errors
/// See [`record_lines`].
pub async fn record(c: &impl ConnectionTrait, clock: &dyn Clock, actor: &Actor, entry: Entry<'_>) -> Result<()> {
    record_lines(c, [line(clock, actor, entry)]).await
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    at: i64,
    actor_id: Uuid,
    actor_name: String,
    action: String,
    subject_kind: String,
    subject_id: Option<Uuid>,
    agency_id: Option<Uuid>,
    detail: String,
    request_id: String,
}

#[derive(Debug, FromQueryResult)]
struct Seal {
    seal: i64,
    entries: i64,
    hash: String,
}

const COLUMNS: &str = "id, at, actor_id, actor_name, action, subject_kind, subject_id, agency_id, detail, request_id";

fn chain(previous: &str, rows: &[Row]) -> String {
    let mut text = String::from(previous);
    for row in rows {
        let line = serde_json::json!([
            row.id,
            row.at,
            row.actor_id,
            row.actor_name,
            row.action,
            row.subject_kind,
            row.subject_id,
            row.agency_id,
            row.detail,
            row.request_id
        ]);
        text.push('\n');
        text.push_str(&line.to_string());
    }
    secrets::sha256(text.as_bytes())
}

/// Seals what was committed since the last time, up to 5,000 rows; how many.
///
/// # Errors
/// When the database refuses.
pub async fn seal(db: &Db, now: Timestamp) -> Result<usize> {
    let tx = db.begin().await?;
    let sql =
        format!("SELECT {COLUMNS} FROM audit WHERE seal IS NULL ORDER BY id LIMIT 5000{}", store::dialect::claim(&*tx));
    let rows: Vec<Row> = all(&*tx, &sql, vec![]).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let last: Option<Seal> =
        one(&*tx, "SELECT seal, entries, hash FROM audit_seals ORDER BY seal DESC LIMIT 1", vec![]).await?;
    let (number, previous) = last.map_or((1, String::new()), |seal| (seal.seal + 1, seal.hash));
    insert("audit_seals", &["seal", "at", "entries", "hash"])
        .row([number.into(), now.0.into(), (rows.len() as i64).into(), chain(&previous, &rows).into()])
        .run(&*tx)
        .await?;
    for part in rows.chunks(500) {
        let mut values = vec![number.into()];
        values.extend(part.iter().map(|row| row.id.into()));
        let sql = format!("UPDATE audit SET seal = $1 WHERE id IN ({})", store::marks(2, part.len()));
        exec(&*tx, &sql, values).await?;
    }
    tx.commit().await?;
    Ok(rows.len())
}

/// The job that seals.
///
/// # Errors
/// When the database refuses.
pub async fn seal_job(app: App, _: JobContext) -> Result<()> {
    while seal(&app.db, app.clock.now()).await? > 0 {}
    Ok(())
}

/// Recomputes the whole chain; (seals, entries) that hold.
///
/// # Errors
/// [`Error::Conflict`] names the first seal that does not hold.
pub async fn verify(db: &Db) -> Result<(i64, i64)> {
    let seals: Vec<Seal> = all(db.read(), "SELECT seal, entries, hash FROM audit_seals ORDER BY seal", vec![]).await?;
    let (mut previous, mut entries) = (String::new(), 0);
    for (at, seal) in seals.iter().enumerate() {
        let sql = format!("SELECT {COLUMNS} FROM audit WHERE seal = $1 ORDER BY id");
        let rows: Vec<Row> = all(db.read(), &sql, vec![seal.seal.into()]).await?;
        let broken =
            |what: &str| Err(Error::Conflict(format!("Nhật ký bị thay đổi: niêm phong số {} {what}.", seal.seal)));
        if seal.seal != at as i64 + 1 {
            return broken("không liên tục");
        }
        if rows.len() as i64 != seal.entries {
            return broken("thiếu hoặc thừa dòng");
        }
        previous = chain(&previous, &rows);
        if previous != seal.hash {
            return broken("không khớp nội dung");
        }
        entries += seal.entries;
    }
    Ok((seals.len() as i64, entries))
}
