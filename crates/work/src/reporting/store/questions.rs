//! Questions about figures.

use kernel::{Actor, Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, Tx, all, exec, insert, one};

/// A question about a figure.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Question {
    pub id: Uuid,
    pub report_id: Uuid,
    pub cell: String,
    pub body: String,
    pub asked_name: String,
    pub asked_at: i64,
    pub answer: String,
    pub answered_name: String,
    pub answered_at: Option<i64>,
    pub follow_up: bool,
}

const COLUMNS: &str = "id, report_id, cell, body, asked_name, asked_at, answer, answered_name, answered_at, follow_up";

/// Questions about a report, the oldest first.
pub(crate) async fn questions(c: &impl ConnectionTrait, report: Uuid) -> Result<Vec<Question>> {
    let sql = format!("SELECT {COLUMNS} FROM report_questions WHERE report_id = $1 ORDER BY asked_at, id");
    all(c, &sql, vec![report.into()]).await
}

/// One question.
pub(crate) async fn question(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Question>> {
    one(c, &format!("SELECT {COLUMNS} FROM report_questions WHERE id = $1"), vec![id.into()]).await
}

/// Asks; the question stays flagged until it is taken off.
pub(crate) async fn insert_question(
    tx: &Tx,
    report: Uuid,
    cell: &str,
    body: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let columns = &[
        "id",
        "report_id",
        "cell",
        "body",
        "asked_by",
        "asked_name",
        "asked_at",
        "answer",
        "answered_name",
        "follow_up",
    ];
    insert("report_questions", columns)
        .row([
            new_id().into(),
            report.into(),
            cell.into(),
            body.into(),
            actor.user.into(),
            actor.name.as_str().into(),
            now.0.into(),
            "".into(),
            "".into(),
            true.into(),
        ])
        .run(&**tx)
        .await
}

/// Answers.
pub(crate) async fn set_answer(tx: &Tx, id: Uuid, answer: &str, actor: &Actor, now: Timestamp) -> Result<()> {
    let sql = "UPDATE report_questions SET answer = $1, answered_name = $2, answered_at = $3 WHERE id = $4";
    exec(&**tx, sql, vec![answer.into(), actor.name.as_str().into(), now.0.into(), id.into()]).await.map(drop)
}

/// Sets or takes off the flag.
pub(crate) async fn set_follow_up(tx: &Tx, id: Uuid, follow_up: bool) -> Result<()> {
    let sql = "UPDATE report_questions SET follow_up = $1 WHERE id = $2";
    exec(&**tx, sql, vec![follow_up.into(), id.into()]).await.map(drop)
}
