//! What was answered to the keys of reports that machines and offline pages sent.

use std::collections::HashSet;

use kernel::{Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, Tx, exec, insert, one};

/// What was answered to a key before.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Intake {
    pub digest: String,
    pub answer: String,
}

/// See [`Intake`].
pub(crate) async fn intake(c: &impl ConnectionTrait, agency: Uuid, key: &str) -> Result<Option<Intake>> {
    let sql = "SELECT digest, answer FROM report_intakes WHERE agency_id = $1 AND intake_key = $2";
    one(c, sql, vec![agency.into(), key.into()]).await
}

/// What is answered to a key.
#[derive(Debug)]
pub(crate) struct NewIntake<'a> {
    pub agency: Uuid,
    pub key: &'a str,
    pub report: Uuid,
    pub digest: &'a str,
    pub answer: &'a str,
}

#[derive(FromQueryResult)]
struct Kept {
    agency_id: Uuid,
    intake_key: String,
}

/// Keeps what is answered to keys; those that were not there yet.
pub(crate) async fn insert_intakes(
    tx: &Tx,
    intakes: &[NewIntake<'_>],
    now: Timestamp,
) -> Result<HashSet<(Uuid, String)>> {
    let mut rows = insert("report_intakes", &["agency_id", "intake_key", "report_id", "digest", "answer", "at"]);
    for new in intakes {
        rows.push([
            new.agency.into(),
            new.key.into(),
            new.report.into(),
            new.digest.into(),
            new.answer.into(),
            now.0.into(),
        ]);
    }
    let kept: Vec<Kept> = rows.returning(&**tx, "ON CONFLICT DO NOTHING RETURNING agency_id, intake_key").await?;
    Ok(kept.into_iter().map(|row| (row.agency_id, row.intake_key)).collect())
}

/// Forgets a key whose report was not written.
pub(crate) async fn delete_intake(tx: &Tx, agency: Uuid, key: &str) -> Result<()> {
    let sql = "DELETE FROM report_intakes WHERE agency_id = $1 AND intake_key = $2";
    exec(&**tx, sql, vec![agency.into(), key.into()]).await.map(drop)
}
