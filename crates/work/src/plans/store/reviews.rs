//! Interim and final reviews: those that are due and those that were held.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, Tx, all, exec};

use super::Plan;
use crate::plans::model::review::ReviewKind;

/// A review that is due: the plan goes on, has a day for it, and nobody has recorded one of that day.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct DueReview {
    pub plan_id: Uuid,
    pub plan_number: String,
    pub title: String,
    pub owner_id: Uuid,
    pub owner_name: String,
    pub kind: String,
    pub due_date: i64,
}

impl DueReview {
    /// "Sơ kết", "Tổng kết".
    pub(crate) fn label(&self) -> &'static str {
        ReviewKind::label_of(&self.kind)
    }
}

/// Which of those that are due.
pub(crate) enum DueOf<'a> {
    /// Of plans of these agencies, due until a day.
    Owners(&'a [Uuid], i64),
    /// Due on one of these days.
    Days(&'a [i64]),
}

/// Reviews that are due, the earliest first.
pub(crate) async fn due_reviews(c: &impl ConnectionTrait, of: DueOf<'_>) -> Result<Vec<DueReview>> {
    let mut params = Params::new();
    let which = match of {
        DueOf::Owners(owners, until) => {
            format!("x.due_date <= {} AND x.owner_id IN ({})", params.mark(until), params.list(owners.iter().copied()))
        }
        DueOf::Days(days) => format!("x.due_date IN ({})", params.list(days.iter().copied())),
    };
    let part = |kind: &str, day: &str| {
        format!(
            "SELECT p.id AS plan_id, p.number AS plan_number, p.title, p.owner_id, '{kind}' AS kind, p.{day} AS due_date \
             FROM plans p WHERE p.{day} IS NOT NULL AND p.state IN ('building', 'active') AND p.mode = 'in_force'"
        )
    };
    let sql = format!(
        "SELECT x.plan_id, x.plan_number, x.title, x.owner_id, a.name AS owner_name, x.kind, x.due_date FROM ({} UNION ALL {}) AS x \
         JOIN agencies a ON a.id = x.owner_id WHERE {which} AND NOT EXISTS (SELECT 1 FROM plan_reviews r \
         WHERE r.plan_id = x.plan_id AND r.kind = x.kind AND r.due_date = x.due_date) \
         ORDER BY x.due_date, x.plan_id, x.kind",
        part("interim", "interim_on"),
        part("final", "final_on")
    );
    all(c, &sql, params.values()).await
}

/// A review that was held.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct HeldReview {
    pub kind: String,
    pub due_date: i64,
    pub held_on: i64,
    pub paper: String,
    pub note: String,
    pub recorded_by: Uuid,
    pub recorded_name: String,
    pub recorded_at: i64,
}

/// Reviews of a plan that were held, in order of their days.
pub(crate) async fn held_reviews(c: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<HeldReview>> {
    let sql = "SELECT kind, due_date, held_on, paper, note, recorded_by, recorded_name, recorded_at FROM plan_reviews \
               WHERE plan_id = $1 ORDER BY due_date, kind";
    all(c, sql, vec![plan.into()]).await
}

/// Records one; `false` when that was done already.
pub(crate) async fn insert_review(tx: &Tx, plan: Uuid, held: &HeldReview) -> Result<bool> {
    let sql = "INSERT INTO plan_reviews (id, plan_id, kind, due_date, held_on, paper, note, recorded_by, recorded_name, recorded_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (plan_id, kind, due_date) DO NOTHING";
    let values = vec![
        super::next_id().into(),
        plan.into(),
        held.kind.as_str().into(),
        held.due_date.into(),
        held.held_on.into(),
        held.paper.as_str().into(),
        held.note.as_str().into(),
        held.recorded_by.into(),
        held.recorded_name.as_str().into(),
        held.recorded_at.into(),
    ];
    Ok(exec(&**tx, sql, values).await? > 0)
}

impl Plan {
    /// The day of a review.
    pub(crate) fn review_on(&self, kind: ReviewKind) -> Option<i64> {
        match kind {
            ReviewKind::Interim => self.interim_on,
            ReviewKind::Final => self.final_on,
        }
    }
}
