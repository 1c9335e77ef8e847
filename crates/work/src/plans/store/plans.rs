//! Plans.

use chrono::NaiveDate;
use kernel::{Result, Timestamp, Uuid, text, time};
use records::documents::CONFIRMED;
use store::{ConnectionTrait, FromQueryResult, Tx, all, exec, insert, one, scalar};

use crate::plans::model::due::{Settings, YEAR_END};

/// A plan.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Plan {
    pub id: Uuid,
    pub document_id: Option<Uuid>,
    pub kind: String,
    pub parent_id: Option<Uuid>,
    pub number: String,
    pub title: String,
    pub owner_id: Uuid,
    pub owner_name: String,
    pub issued_on: i64,
    pub year_from: i64,
    pub year_to: i64,
    pub year_end: i64,
    pub mode: String,
    pub in_force_from: i64,
    pub state: String,
    pub interim_on: Option<i64>,
    pub final_on: Option<i64>,
}

impl Plan {
    pub(crate) fn history(&self) -> bool {
        self.mode == "history"
    }

    /// Title with the number, as one speaks of it.
    pub(crate) fn named(&self) -> String {
        if self.number.is_empty() { self.title.clone() } else { format!("{} ({})", self.title, self.number) }
    }

    /// Duties still go on?
    pub(crate) fn active(&self) -> bool {
        self.state == "active" || self.state == "building"
    }

    pub(crate) fn settings(&self) -> Settings {
        let year = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        Settings {
            year_from: year(self.year_from),
            year_to: year(self.year_to),
            year_end: u32::try_from(self.year_end).unwrap_or(YEAR_END),
            in_force_from: if self.history() { None } else { time::date_from_int(self.in_force_from) },
        }
    }
}

pub(super) const COLUMNS: &str = "p.id, p.document_id, p.kind, p.parent_id, p.number, p.title, p.owner_id, a.name AS owner_name, \
                       p.issued_on, p.year_from, p.year_to, p.year_end, p.mode, p.in_force_from, p.state, \
                       p.interim_on, p.final_on";

/// One plan.
pub(crate) async fn plan(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Plan>> {
    let sql = format!("SELECT {COLUMNS} FROM plans p JOIN agencies a ON a.id = p.owner_id WHERE p.id = $1");
    one(c, &sql, vec![id.into()]).await
}

/// The plan made from a document.
pub(crate) async fn plan_of_document(c: &impl ConnectionTrait, document: Uuid) -> Result<Option<Plan>> {
    let sql = format!("SELECT {COLUMNS} FROM plans p JOIN agencies a ON a.id = p.owner_id WHERE p.document_id = $1");
    one(c, &sql, vec![document.into()]).await
}

/// Plans whose duties go on, for the daily extension.
pub(crate) async fn active_plans(c: &impl ConnectionTrait) -> Result<Vec<Plan>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM plans p JOIN agencies a ON a.id = p.owner_id \
         WHERE p.state = 'active' AND p.mode = 'in_force' ORDER BY p.id"
    );
    all(c, &sql, vec![]).await
}

#[derive(FromQueryResult)]
struct PartOf {
    root: Uuid,
    id: Uuid,
}

/// With each of these plans what belongs to it: itself and what replaced it since, those below them, and what all of these replaced.
pub(crate) async fn with_parts(c: &impl ConnectionTrait, plans: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    let mut params = store::Params::new();
    let sql = format!(
        "WITH RECURSIVE head(root, id) AS (SELECT id, id FROM plans WHERE id IN ({}) UNION SELECT h.root, p.replaced_by FROM plans p \
         JOIN head h ON h.id = p.id WHERE p.state = 'replaced' AND p.replaced_by IS NOT NULL), \
         whole(root, id) AS (SELECT root, id FROM head UNION SELECT w.root, p.id FROM plans p \
         JOIN whole w ON p.parent_id = w.id OR (p.replaced_by = w.id AND p.state = 'replaced')) SELECT root, id FROM whole",
        params.list(plans.iter().copied())
    );
    let rows: Vec<PartOf> = all(c, &sql, params.values()).await?;
    Ok(rows.into_iter().map(|row| (row.root, row.id)).collect())
}

/// Plans with these ids, or all; the newest first.
pub(crate) async fn plans_by_id(c: &impl ConnectionTrait, ids: Option<&[Uuid]>) -> Result<Vec<Plan>> {
    let mut params = store::Params::new();
    let which = ids.map_or(String::new(), |ids| format!("WHERE p.id IN ({})", params.list(ids.iter().copied())));
    let sql = format!(
        "SELECT {COLUMNS} FROM plans p JOIN agencies a ON a.id = p.owner_id {which} ORDER BY p.issued_on DESC, p.id DESC LIMIT 500"
    );
    all(c, &sql, params.values()).await
}

/// A plan to be made.
pub(crate) struct NewPlan<'a> {
    pub id: Uuid,
    pub document: Uuid,
    pub kind: &'a str,
    pub number: &'a str,
    pub title: &'a str,
    pub owner: Uuid,
    pub issued: NaiveDate,
    pub years: (i32, i32),
    pub mode: &'a str,
    pub in_force_from: NaiveDate,
    pub created_by: Uuid,
    pub now: Timestamp,
}

/// Makes a plan.
pub(crate) async fn insert_plan(tx: &Tx, new: NewPlan<'_>) -> Result<()> {
    insert(
        "plans",
        &[
            "id",
            "document_id",
            "kind",
            "number",
            "title",
            "title_fold",
            "owner_id",
            "issued_on",
            "year_from",
            "year_to",
            "year_end",
            "mode",
            "in_force_from",
            "state",
            "created_by",
            "created_at",
        ],
    )
    .row([
        new.id.into(),
        new.document.into(),
        new.kind.into(),
        new.number.into(),
        new.title.into(),
        text::fold(&format!("{} {}", new.number, new.title)).into(),
        new.owner.into(),
        time::date_to_int(new.issued).into(),
        i64::from(new.years.0).into(),
        i64::from(new.years.1).into(),
        i64::from(YEAR_END).into(),
        new.mode.into(),
        time::date_to_int(new.in_force_from).into(),
        "building".into(),
        new.created_by.into(),
        new.now.0.into(),
    ])
    .run(&**tx)
    .await
}

/// Holds a plan's row until the end of the transaction, so that it is extended by one at a time.
pub(crate) async fn lock_plan(tx: &Tx, id: Uuid) -> Result<()> {
    exec(&**tx, "UPDATE plans SET created_at = created_at WHERE id = $1", vec![id.into()]).await.map(drop)
}

/// Sets the state of a plan and what replaced it.
pub(crate) async fn set_plan_state(tx: &Tx, id: Uuid, state: &str, replaced_by: Option<Uuid>) -> Result<()> {
    let sql = "UPDATE plans SET state = $1, replaced_by = $2 WHERE id = $3";
    exec(&**tx, sql, vec![state.into(), replaced_by.into(), id.into()]).await.map(drop)
}

/// Puts the plans below one below another.
pub(crate) async fn adopt_plans(tx: &Tx, from: Uuid, to: Uuid) -> Result<()> {
    exec(&**tx, "UPDATE plans SET parent_id = $1 WHERE parent_id = $2", vec![to.into(), from.into()]).await.map(drop)
}

/// A corrected version is the same plan: it keeps what was set on the earlier one, and the day from which duties count.
pub(crate) async fn inherit_settings(tx: &Tx, id: Uuid, earlier: Uuid) -> Result<()> {
    let sql = "UPDATE plans SET kind = x.kind, parent_id = x.parent_id, year_from = x.year_from, year_to = x.year_to, \
               year_end = x.year_end, in_force_from = CASE WHEN plans.mode = x.mode THEN x.in_force_from ELSE plans.in_force_from END, \
               interim_on = x.interim_on, final_on = x.final_on FROM plans AS x WHERE plans.id = $1 AND x.id = $2";
    exec(&**tx, sql, vec![id.into(), earlier.into()]).await.map(drop)
}

/// What can be set on a plan.
pub(crate) struct PlanSettings {
    pub kind: &'static str,
    pub parent: Option<Uuid>,
    pub years: (i64, i64),
    pub year_end: i64,
    pub interim: Option<NaiveDate>,
    pub finale: Option<NaiveDate>,
}

/// Sets them.
pub(crate) async fn set_plan_settings(tx: &Tx, id: Uuid, settings: &PlanSettings) -> Result<()> {
    let sql = "UPDATE plans SET kind = $1, parent_id = $2, year_from = $3, year_to = $4, year_end = $5, interim_on = $6, \
               final_on = $7 WHERE id = $8";
    let values = vec![
        settings.kind.into(),
        settings.parent.into(),
        settings.years.0.into(),
        settings.years.1.into(),
        settings.year_end.into(),
        settings.interim.map(time::date_to_int).into(),
        settings.finale.map(time::date_to_int).into(),
        id.into(),
    ];
    exec(&**tx, sql, values).await.map(drop)
}

/// Would `child` stand above `parent` if it were put below it?
pub(crate) async fn plan_is_above(c: &impl ConnectionTrait, child: Uuid, parent: Uuid) -> Result<bool> {
    let sql = "WITH RECURSIVE up (id, parent_id) AS (SELECT id, parent_id FROM plans WHERE id = $1 \
               UNION SELECT p.id, p.parent_id FROM plans p JOIN up ON p.id = up.parent_id) \
               SELECT COUNT(*) FROM up WHERE id = $2";
    Ok(scalar(c, sql, vec![parent.into(), child.into()]).await? > 0)
}

/// How the obligations of a plan stand.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub(crate) struct PlanCount {
    pub plan_id: Uuid,
    pub total: i64,
    pub done: i64,
    pub late: i64,
    pub soon: i64,
}

/// Counts of these plans, from the totals.
pub(crate) async fn plan_counts(
    c: &impl ConnectionTrait,
    plans: &[Uuid],
    today: i64,
    soon: i64,
) -> Result<Vec<PlanCount>> {
    let mut params = store::Params::new();
    let (t, s) = (params.mark(today), params.mark(soon));
    let sql = format!(
        "SELECT plan_id, CAST(SUM(n) AS BIGINT) AS total, \
         CAST(SUM(CASE WHEN state = 'done' THEN n ELSE 0 END) AS BIGINT) AS done, \
         CAST(SUM(CASE WHEN urgent = 1 AND due_date < {t} THEN n ELSE 0 END) AS BIGINT) AS late, \
         CAST(SUM(CASE WHEN urgent = 1 AND due_date >= {t} AND due_date <= {s} THEN n ELSE 0 END) AS BIGINT) AS soon \
         FROM obligation_totals WHERE state NOT IN ('replaced', 'withdrawn', 'ended', 'historical') AND plan_id IN ({}) GROUP BY plan_id",
        params.list(plans.iter().copied())
    );
    all(c, &sql, params.values()).await
}

#[derive(FromQueryResult)]
struct Progress {
    progress: i64,
    progress_total: i64,
}

/// How far the job is that builds the plan of a document: (done, in all).
pub(crate) async fn building_progress(c: &impl ConnectionTrait, document: Option<Uuid>) -> Result<Option<(i64, i64)>> {
    let Some(document) = document else { return Ok(None) };
    let sql = "SELECT progress, progress_total FROM jobs WHERE kind = $1 AND payload LIKE $2 ORDER BY created_at DESC LIMIT 1";
    let pattern = format!("%{document}%");
    let row: Option<Progress> = one(c, sql, vec![CONFIRMED.into(), pattern.into()]).await?;
    Ok(row.map(|row| (row.progress, row.progress_total)))
}
