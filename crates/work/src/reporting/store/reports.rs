//! Reports and what was done to them.

use std::collections::HashSet;

use kernel::{Actor, Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, DbErr, FromQueryResult, Params, QueryResult, Tx, Value, all, insert, one, scalar};

use super::Round;
use crate::reporting::model::flow::State;

/// One agency's report.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Report {
    pub id: Uuid,
    pub round_id: Uuid,
    pub agency_id: Uuid,
    pub agency_name: String,
    pub parent_id: Uuid,
    pub parent_name: String,
    pub level: String,
    pub fills: bool,
    pub revision: i64,
    pub live: bool,
    pub counted: bool,
    pub state: String,
    pub due_date: i64,
    pub payload: String,
    pub frozen: String,
    pub version: i64,
    pub maker_id: Option<Uuid>,
    pub checker_id: Option<Uuid>,
    pub head_id: Option<Uuid>,
    pub submitted_on: Option<i64>,
    pub first_submitted_on: Option<i64>,
    /// May one person be maker, checker and head at this agency?
    pub combined: bool,
}

impl Report {
    /// Where it stands.
    pub(crate) fn state(&self) -> State {
        State::from_key(&self.state).unwrap_or(State::Draft)
    }

    /// Is it the newest revision, or the one that counts while a correction of it is under way?
    pub(crate) fn in_use(&self) -> bool {
        self.live || self.counted
    }
}

pub(super) const COLUMNS: &str = "p.id, p.round_id, p.agency_id, a.name AS agency_name, p.parent_id, u.name AS parent_name, p.level, p.fills, \
     p.revision, p.live, p.counted, p.state, p.due_date, p.payload, p.frozen, p.version, p.maker_id, p.checker_id, p.head_id, \
     p.submitted_on, p.first_submitted_on, COALESCE(g.combined, FALSE) AS combined";
pub(super) const FROM: &str = "FROM reports p JOIN agencies a ON a.id = p.agency_id JOIN agencies u ON u.id = p.parent_id \
     LEFT JOIN report_agencies g ON g.agency_id = p.agency_id";

/// A report with its round.
pub(crate) struct Held {
    pub report: Report,
    pub round: Round,
}

impl FromQueryResult for Held {
    fn from_query_result(row: &QueryResult, pre: &str) -> std::result::Result<Self, DbErr> {
        let round = Round::from_query_result(row, &format!("{pre}r_"))?;
        Ok(Self { report: Report::from_query_result(row, pre)?, round })
    }
}

pub(super) const HELD: &str = "r.id AS r_id, r.form_id AS r_form_id, r.form_key AS r_form_key, r.title AS r_title, r.owner_id AS r_owner_id, \
     o.name AS r_owner_name, r.owner_level AS r_owner_level, r.rule AS r_rule, r.period_key AS r_period_key, \
     r.period_label AS r_period_label, r.date_from AS r_date_from, r.date_to AS r_date_to, r.stage AS r_stage, \
     r.state AS r_state, r.opened_on AS r_opened_on, r.generated AS r_generated, r.plan_id AS r_plan_id, r.plan_name AS r_plan_name";
pub(super) const ROUNDS: &str = "JOIN report_rounds r ON r.id = p.round_id JOIN agencies o ON o.id = r.owner_id";

/// One report with its round.
pub(crate) async fn held(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Held>> {
    one(c, &format!("SELECT {COLUMNS}, {HELD} {FROM} {ROUNDS} WHERE p.id = $1"), vec![id.into()]).await
}

/// One report.
pub(crate) async fn report(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Report>> {
    one(c, &format!("SELECT {COLUMNS} {FROM} WHERE p.id = $1"), vec![id.into()]).await
}

/// The newest revision of an agency's report in a round.
pub(crate) async fn report_of(c: &impl ConnectionTrait, round: Uuid, agency: Uuid) -> Result<Option<Report>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE p.round_id = $1 AND p.agency_id = $2 AND p.live");
    one(c, &sql, vec![round.into(), agency.into()]).await
}

/// Over which programme a round is looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Over<'a> {
    /// That of another round, or over none.
    Like(&'a Round),
    /// Exactly this plan, or none.
    Plan(Option<Uuid>),
}

/// The newest revision of an agency's report for a form and period with its round, the official issue before the estimate.
pub(crate) async fn report_named(
    c: &impl ConnectionTrait,
    agency: Uuid,
    (form, period): (&str, &str),
    stage: Option<&str>,
    over: Over<'_>,
) -> Result<Option<Held>> {
    let mut params = Params::new();
    let (agency, form, period) = (params.mark(agency), params.mark(form), params.mark(period));
    let stage = stage.map_or(String::new(), |stage| format!("AND r.stage = {}", params.mark(stage)));
    let (over, first) = match over {
        Over::Like(round) => {
            let name = params.mark(round.plan_name.as_str());
            (format!("r.plan_name IN ({name}, '')"), format!("CASE WHEN r.plan_name = {name} THEN 0 ELSE 1 END, "))
        }
        Over::Plan(Some(plan)) => (format!("r.plan_id = {}", params.mark(plan)), String::new()),
        Over::Plan(None) => ("r.plan_id IS NULL".to_owned(), String::new()),
    };
    let sql = format!(
        "SELECT {COLUMNS}, {HELD} {FROM} {ROUNDS} WHERE p.agency_id = {agency} AND p.live AND r.form_key = {form} \
         AND r.period_key = {period} AND r.state = 'open' AND {over} {stage} ORDER BY {first}r.stage DESC LIMIT 1"
    );
    one(c, &sql, params.values()).await
}

/// What an agency reported by a form in other periods or the other issue.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Issue {
    pub period_key: String,
    pub stage: String,
    pub payload: String,
    pub frozen: String,
}

/// The newest revisions of an agency's reports like those of a round in these periods, official issues before estimates.
pub(crate) async fn issues(
    c: &impl ConnectionTrait,
    agency: Uuid,
    round: &Round,
    periods: &[&str],
) -> Result<Vec<Issue>> {
    let mut params = Params::new();
    let (agency, form) = (params.mark(agency), params.mark(round.form_key.as_str()));
    let plan = params.mark(round.plan_name.as_str());
    let sql = format!(
        "SELECT r.period_key, r.stage, p.payload, p.frozen FROM reports p JOIN report_rounds r ON r.id = p.round_id \
         WHERE p.agency_id = {agency} AND p.live AND r.form_key = {form} AND r.period_key IN ({}) AND r.state = 'open' \
         AND r.plan_name = {plan} ORDER BY r.stage DESC",
        params.list(periods.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// The revision before another.
pub(crate) async fn revision(
    c: &impl ConnectionTrait,
    round: Uuid,
    agency: Uuid,
    revision: i64,
) -> Result<Option<Report>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE p.round_id = $1 AND p.agency_id = $2 AND p.revision = $3");
    one(c, &sql, vec![round.into(), agency.into(), revision.into()]).await
}

/// Reports directly under an agency in a round: the newest revisions, and those whose figures count.
pub(crate) async fn reports_under(c: &impl ConnectionTrait, round: Uuid, parent: Uuid) -> Result<Vec<Report>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE p.round_id = $1 AND p.parent_id = $2 AND (p.live OR p.counted) \
         ORDER BY a.position, a.name, p.agency_id, p.revision"
    );
    all(c, &sql, vec![round.into(), parent.into()]).await
}

/// Frozen figures of an agency's earlier reports like those of a round, the newest period first.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Past {
    pub frozen: String,
}

/// See [`Past`].
pub(crate) async fn history(c: &impl ConnectionTrait, agency: Uuid, round: &Round) -> Result<Vec<Past>> {
    let sql = "SELECT p.frozen FROM reports p JOIN report_rounds r ON r.id = p.round_id WHERE p.agency_id = $1 AND p.counted \
               AND r.form_key = $2 AND r.rule = $3 AND r.date_to < $4 AND r.plan_name = $5 ORDER BY r.date_to DESC LIMIT 8";
    let values = vec![
        agency.into(),
        round.form_key.as_str().into(),
        round.rule.as_str().into(),
        round.date_to.into(),
        round.plan_name.as_str().into(),
    ];
    all(c, sql, values).await
}

/// Writes what changed in a report; `false` when somebody else was faster.
pub(crate) async fn change_report(tx: &Tx, old: &Report, new: &Report, now: Timestamp) -> Result<bool> {
    Ok(!change_reports(tx, &[(old, new)], now).await?.is_empty())
}

#[derive(FromQueryResult)]
struct Changed {
    id: Uuid,
}

/// Writes what changed in reports, each at most once; those that nobody else changed meanwhile.
pub(crate) async fn change_reports(tx: &Tx, changes: &[(&Report, &Report)], now: Timestamp) -> Result<HashSet<Uuid>> {
    if changes.is_empty() {
        return Ok(HashSet::new());
    }
    let mut params = Params::new();
    let now = params.mark(now.0);
    let mut rows = Vec::with_capacity(changes.len());
    for (old, new) in changes {
        let approved = new.state() == State::Approved && old.state() != State::Approved;
        let values: [Value; 13] = [
            old.id.into(),
            old.version.into(),
            new.state.as_str().into(),
            new.payload.as_str().into(),
            new.frozen.as_str().into(),
            new.maker_id.into(),
            new.checker_id.into(),
            new.head_id.into(),
            new.submitted_on.into(),
            new.first_submitted_on.into(),
            new.counted.into(),
            new.live.into(),
            approved.into(),
        ];
        rows.push(format!("({})", params.list(values)));
    }
    let sql = format!(
        "WITH n (n_id, n_version, n_state, n_payload, n_frozen, n_maker, n_checker, n_head, n_submitted, n_first, n_counted, n_live, n_approved) \
         AS (VALUES {}) UPDATE reports SET state = n_state, payload = n_payload, frozen = n_frozen, version = version + 1, maker_id = n_maker, \
         checker_id = n_checker, head_id = n_head, submitted_on = n_submitted, first_submitted_on = n_first, counted = n_counted, \
         live = n_live, approved_at = CASE WHEN n_approved THEN {now} ELSE approved_at END, changed_at = {now} \
         FROM n WHERE id = n_id AND version = n_version RETURNING id",
        rows.join(",")
    );
    let changed: Vec<Changed> = all(&**tx, &sql, params.values()).await?;
    Ok(changed.into_iter().map(|row| row.id).collect())
}

/// Inserts a further revision of a report.
pub(crate) async fn insert_revision(tx: &Tx, new: &Report, now: Timestamp) -> Result<()> {
    let columns = &[
        "id",
        "round_id",
        "agency_id",
        "parent_id",
        "level",
        "fills",
        "revision",
        "live",
        "counted",
        "state",
        "due_date",
        "payload",
        "frozen",
        "version",
        "maker_id",
        "first_submitted_on",
        "changed_at",
    ];
    insert("reports", columns)
        .row([
            new.id.into(),
            new.round_id.into(),
            new.agency_id.into(),
            new.parent_id.into(),
            new.level.as_str().into(),
            new.fills.into(),
            new.revision.into(),
            true.into(),
            false.into(),
            new.state.as_str().into(),
            new.due_date.into(),
            new.payload.as_str().into(),
            "".into(),
            0i64.into(),
            new.maker_id.into(),
            new.first_submitted_on.into(),
            now.0.into(),
        ])
        .run(&**tx)
        .await
}

/// Something that was done to a report.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Step {
    pub at: i64,
    pub actor_name: String,
    pub kind: String,
    pub body: String,
    pub detail: String,
}

/// Something to be added to a report's history.
#[derive(Debug)]
pub(crate) struct NewStep<'a> {
    pub report: Uuid,
    pub actor: &'a Actor,
    pub kind: &'a str,
    pub body: &'a str,
    pub detail: &'a str,
}

/// Adds to the history of reports.
pub(crate) async fn insert_steps(tx: &Tx, now: Timestamp, steps: &[NewStep<'_>]) -> Result<()> {
    let columns = &["id", "report_id", "at", "actor_id", "actor_name", "kind", "body", "detail"];
    let mut rows = insert("report_steps", columns);
    for step in steps {
        rows.push([
            new_id().into(),
            step.report.into(),
            now.0.into(),
            step.actor.user.into(),
            step.actor.name.as_str().into(),
            step.kind.into(),
            step.body.into(),
            step.detail.into(),
        ]);
    }
    rows.run(&**tx).await
}

/// The history of a report, the newest first.
pub(crate) async fn steps(c: &impl ConnectionTrait, report: Uuid) -> Result<Vec<Step>> {
    let sql = "SELECT at, actor_name, kind, body, detail FROM report_steps WHERE report_id = $1 ORDER BY at DESC, id DESC LIMIT 200";
    all(c, sql, vec![report.into()]).await
}

/// May one person be maker, checker and head at this agency?
pub(crate) async fn combined(c: &impl ConnectionTrait, agency: Uuid) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM report_agencies WHERE agency_id = $1 AND combined";
    Ok(scalar(c, sql, vec![agency.into()]).await? > 0)
}

/// Sets whether one person may be maker, checker and head.
pub(crate) async fn set_combined(tx: &Tx, agency: Uuid, combined: bool, by: Uuid, now: Timestamp) -> Result<()> {
    insert("report_agencies", &["agency_id", "combined", "changed_by", "changed_at"])
        .row([agency.into(), combined.into(), by.into(), now.0.into()])
        .run_with(
            &**tx,
            "ON CONFLICT (agency_id) DO UPDATE SET combined = excluded.combined, changed_by = excluded.changed_by, \
             changed_at = excluded.changed_at",
        )
        .await
}

/// A report of which a person is reminded.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Remindable {
    pub id: Uuid,
    pub agency_name: String,
    pub title: String,
    pub period_label: String,
    pub state: String,
    pub due_date: i64,
    pub user_id: Uuid,
    pub user_name: String,
    pub email: String,
    pub role: String,
}

/// Reports still with their agencies that are due (or became late) on one of these days, with the people who work there.
pub(crate) async fn remindable(c: &impl ConnectionTrait, days: &[i64], today: i64) -> Result<Vec<Remindable>> {
    let mut params = Params::new();
    let (days, today) = (params.list(days.iter().copied()), params.mark(today));
    let sql = format!(
        "SELECT p.id, a.name AS agency_name, r.title, r.period_label, p.state, p.due_date, h.user_id, u.name AS user_name, \
         u.email, h.role FROM reports p JOIN report_rounds r ON r.id = p.round_id JOIN agencies a ON a.id = p.agency_id \
         JOIN holdings h ON h.agency_id = p.agency_id JOIN users u ON u.id = h.user_id \
         WHERE p.live AND p.revision = 1 AND p.due_date IN ({days}) AND p.state IN ('draft', 'returned', 'checking', 'signing') \
         AND r.state = 'open' AND u.state = 'active' AND h.valid_from <= {today} AND h.valid_to > {today} \
         AND h.role IN ('focal_point', 'contributor', 'secretariat', 'leader') ORDER BY h.user_id, p.due_date, p.id, h.role"
    );
    all(c, &sql, params.values()).await
}
