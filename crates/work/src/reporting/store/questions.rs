//! Questions about figures.

use kernel::{Actor, Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, Params, Tx, all, exec, insert, one};

use super::Id;

/// A question about a figure.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Question {
    pub id: Uuid,
    pub report_id: Uuid,
    pub cell: String,
    pub body: String,
    pub asked_by: Uuid,
    pub asked_name: String,
    pub asked_at: i64,
    pub answer: String,
    pub answered_name: String,
    pub answered_at: Option<i64>,
    pub follow_up: bool,
}

const COLUMNS: &str =
    "id, report_id, cell, body, asked_by, asked_name, asked_at, answer, answered_name, answered_at, follow_up";

/// Questions about a report, the oldest first.
pub(crate) async fn questions(c: &impl ConnectionTrait, report: Uuid) -> Result<Vec<Question>> {
    let sql = format!("SELECT {COLUMNS} FROM report_questions WHERE report_id = $1 ORDER BY asked_at, id");
    all(c, &sql, vec![report.into()]).await
}

/// One question.
pub(crate) async fn question(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Question>> {
    one(c, &format!("SELECT {COLUMNS} FROM report_questions WHERE id = $1"), vec![id.into()]).await
}

/// A question in a list, with the report that it is about.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct QuestionLine {
    pub report_id: Uuid,
    pub agency_id: Uuid,
    pub agency_name: String,
    pub form_id: Uuid,
    pub title: String,
    pub period_label: String,
    pub cell: String,
    pub body: String,
    pub asked_at: i64,
    pub answer: String,
}

const LINE: &str = "SELECT q.report_id, p.agency_id, a.name AS agency_name, r.form_id, r.title, r.period_label, q.cell, q.body, q.asked_at, \
     q.answer FROM reports p JOIN report_questions q ON q.report_id = p.id JOIN report_rounds r ON r.id = p.round_id \
     JOIN agencies a ON a.id = p.agency_id";

/// Questions to these agencies that nobody has answered, the oldest first.
pub(crate) async fn open_questions(c: &impl ConnectionTrait, agencies: &[Uuid]) -> Result<Vec<QuestionLine>> {
    let mut params = Params::new();
    let agencies = params.list(agencies.iter().copied());
    let sql = format!(
        "{LINE} WHERE p.agency_id IN ({agencies}) AND q.answered_at IS NULL ORDER BY q.asked_at, q.id LIMIT 100"
    );
    all(c, &sql, params.values()).await
}

/// Questions of these agencies that are followed, answered ones first; of one round only, where that is wanted.
pub(crate) async fn followed_questions(
    c: &impl ConnectionTrait,
    parents: &[Uuid],
    round: Option<Uuid>,
) -> Result<Vec<QuestionLine>> {
    let mut params = Params::new();
    let parents = params.list(parents.iter().copied());
    let round = round.map_or(String::new(), |round| format!("AND p.round_id = {}", params.mark(round)));
    let sql = format!(
        "{LINE} WHERE p.parent_id IN ({parents}) {round} AND q.follow_up \
         ORDER BY CASE WHEN q.answered_at IS NULL THEN 1 ELSE 0 END, q.asked_at, q.id LIMIT 200"
    );
    all(c, &sql, params.values()).await
}

/// People with an account who work on an agency's reports.
pub(crate) async fn people_of(c: &impl ConnectionTrait, agency: Uuid, today: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT DISTINCT h.user_id AS id FROM holdings h JOIN users u ON u.id = h.user_id WHERE h.agency_id = $1 AND u.state = 'active' \
               AND h.valid_from <= $2 AND h.valid_to > $2 AND h.role IN ('focal_point', 'contributor', 'secretariat', 'leader')";
    let rows: Vec<Id> = all(c, sql, vec![agency.into(), today.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
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
