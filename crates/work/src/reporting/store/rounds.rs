//! Rounds, their agencies and sums.

use kernel::{Paging, Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, Tx, all, exec, insert, one, scalar};

/// A form asked for a period.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Round {
    pub id: Uuid,
    pub form_id: Uuid,
    pub form_key: String,
    pub title: String,
    pub owner_id: Uuid,
    pub owner_name: String,
    pub owner_level: String,
    pub rule: String,
    pub period_key: String,
    pub period_label: String,
    pub date_from: i64,
    pub date_to: i64,
    pub stage: String,
    pub state: String,
    pub opened_on: i64,
    pub generated: bool,
    /// What it looks back on: only what belongs to this is counted.
    pub plan_id: Option<Uuid>,
    /// Its name; empty for a round over everything.
    pub plan_name: String,
}

const COLUMNS: &str = "r.id, r.form_id, r.form_key, r.title, r.owner_id, o.name AS owner_name, r.owner_level, r.rule, r.period_key, \
     r.period_label, r.date_from, r.date_to, r.stage, r.state, r.opened_on, r.generated, r.plan_id, r.plan_name";

/// One round.
pub(crate) async fn round(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Round>> {
    let sql = format!("SELECT {COLUMNS} FROM report_rounds r JOIN agencies o ON o.id = r.owner_id WHERE r.id = $1");
    one(c, &sql, vec![id.into()]).await
}

/// The round of a form and period in which an agency receives or makes reports, over the programme of another round or over none; the official issue
/// before the estimate.
pub(crate) async fn round_at(
    c: &impl ConnectionTrait,
    form: &str,
    (rule, period): (&str, &str),
    node: Uuid,
    like: &Round,
) -> Result<Option<Round>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM report_rounds r JOIN agencies o ON o.id = r.owner_id \
         WHERE r.form_key = $1 AND r.rule = $2 AND r.period_key = $3 AND r.state = 'open' AND r.plan_name IN ($5, '') \
         AND (r.owner_id = $4 OR EXISTS (SELECT 1 FROM reports p WHERE p.round_id = r.id AND p.agency_id = $4)) \
         ORDER BY CASE WHEN r.plan_name = $5 THEN 0 ELSE 1 END, r.stage DESC, r.id LIMIT 1"
    );
    let values = vec![form.into(), rule.into(), period.into(), node.into(), like.plan_name.as_str().into()];
    one(c, &sql, values).await
}

/// Rounds that concern agencies below `roots`: owned there, or with a report or receiver there.
fn concerned(params: &mut Params, roots: &[Uuid]) -> String {
    let roots = params.list(roots.iter().copied());
    // OFFSET 0: the first report found is enough; without it PostgreSQL gathers those of every round beforehand.
    format!(
        "(EXISTS (SELECT 1 FROM agency_closure c WHERE c.ancestor_id IN ({roots}) AND c.descendant_id = r.owner_id) \
         OR EXISTS (SELECT 1 FROM agency_closure c JOIN reports p ON p.agency_id = c.descendant_id \
         WHERE c.ancestor_id IN ({roots}) AND p.round_id = r.id LIMIT 1 OFFSET 0))"
    )
}

/// The newest rounds that concern agencies below `roots`, see [`concerned`].
pub(crate) async fn rounds(c: &impl ConnectionTrait, roots: &[Uuid], paging: Paging) -> Result<Vec<Round>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT {COLUMNS} FROM report_rounds r JOIN agencies o ON o.id = r.owner_id WHERE {} \
         ORDER BY r.date_to DESC, r.id DESC LIMIT {} OFFSET {}",
        concerned(&mut params, roots),
        paging.size,
        paging.offset()
    );
    all(c, &sql, params.values()).await
}

/// How many there are.
pub(crate) async fn rounds_total(c: &impl ConnectionTrait, roots: &[Uuid]) -> Result<i64> {
    let mut params = Params::new();
    let sql = format!("SELECT COUNT(*) FROM report_rounds r WHERE {}", concerned(&mut params, roots));
    scalar(c, &sql, params.values()).await
}

/// A round to be opened.
pub(crate) struct NewRound<'a> {
    pub id: Uuid,
    pub form_id: Uuid,
    pub form_key: &'a str,
    pub title: &'a str,
    pub owner: Uuid,
    pub owner_level: &'a str,
    pub rule: &'a str,
    pub period_key: &'a str,
    pub period_label: &'a str,
    pub from: i64,
    pub to: i64,
    pub stage: &'a str,
    pub opened_on: i64,
    pub by: Uuid,
    pub generated: bool,
    pub plan: Option<(Uuid, &'a str)>,
}

/// Inserts a round whose agencies are still to be found.
pub(crate) async fn insert_round(tx: &Tx, now: Timestamp, new: NewRound<'_>) -> Result<()> {
    let columns = &[
        "id",
        "form_id",
        "form_key",
        "title",
        "owner_id",
        "owner_level",
        "rule",
        "period_key",
        "period_label",
        "date_from",
        "date_to",
        "stage",
        "state",
        "opened_on",
        "opened_by",
        "opened_at",
        "expected",
        "generated",
        "plan_id",
        "plan_name",
    ];
    insert("report_rounds", columns)
        .row([
            new.id.into(),
            new.form_id.into(),
            new.form_key.into(),
            new.title.into(),
            new.owner.into(),
            new.owner_level.into(),
            new.rule.into(),
            new.period_key.into(),
            new.period_label.into(),
            new.from.into(),
            new.to.into(),
            new.stage.into(),
            "opening".into(),
            new.opened_on.into(),
            new.by.into(),
            now.0.into(),
            0i64.into(),
            new.generated.into(),
            new.plan.map(|(id, _)| id).into(),
            new.plan.map_or("", |(_, name)| name).into(),
        ])
        .run(&**tx)
        .await
}

/// One agency of a round.
#[derive(Debug, Clone)]
pub(crate) struct NewReport {
    pub id: Uuid,
    pub agency: Uuid,
    pub parent: Uuid,
    pub level: String,
    pub fills: bool,
    pub due: i64,
}

/// Makes the reports and empty sums of a round, and opens it.
pub(crate) async fn fill_round(tx: &Tx, round: Uuid, reports: &[NewReport], now: Timestamp) -> Result<()> {
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
        "changed_at",
    ];
    let mut rows = insert("reports", columns);
    let mut parents: std::collections::BTreeMap<Uuid, i64> = std::collections::BTreeMap::new();
    for new in reports {
        *parents.entry(new.parent).or_default() += 1;
        rows.push([
            new.id.into(),
            round.into(),
            new.agency.into(),
            new.parent.into(),
            new.level.as_str().into(),
            new.fills.into(),
            1i64.into(),
            true.into(),
            false.into(),
            "draft".into(),
            new.due.into(),
            "".into(),
            "".into(),
            0i64.into(),
            now.0.into(),
        ]);
    }
    rows.run_with(&**tx, "ON CONFLICT (round_id, agency_id, revision) DO NOTHING").await?;
    let mut sums = insert("report_sums", &["round_id", "parent_id", "expected", "counted", "payload"]);
    for (parent, expected) in parents {
        sums.push([round.into(), parent.into(), expected.into(), 0i64.into(), "{}".into()]);
    }
    sums.run_with(&**tx, "ON CONFLICT (round_id, parent_id) DO NOTHING").await?;
    let count = i64::try_from(reports.len()).unwrap_or(i64::MAX);
    let sql = "UPDATE report_rounds SET state = 'open', expected = $1 WHERE id = $2";
    exec(&**tx, sql, vec![count.into(), round.into()]).await.map(drop)
}

/// What the counted reports under an agency say together.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct SumRow {
    pub round_id: Uuid,
    pub parent_id: Uuid,
    pub expected: i64,
    pub counted: i64,
    pub payload: String,
}

const SUMS: &str = "SELECT round_id, parent_id, expected, counted, payload FROM report_sums";

/// The sums of an agency and of those directly under it.
pub(crate) async fn sums_at(c: &impl ConnectionTrait, round: Uuid, node: Uuid) -> Result<Vec<SumRow>> {
    sums_under(c, &[round], node).await
}

/// Like [`sums_at`], in several rounds.
pub(crate) async fn sums_under(c: &impl ConnectionTrait, rounds: &[Uuid], node: Uuid) -> Result<Vec<SumRow>> {
    let mut params = Params::new();
    let (node, rounds) = (params.mark(node), params.list(rounds.iter().copied()));
    let sql = format!(
        "SELECT s.round_id, s.parent_id, s.expected, s.counted, s.payload FROM report_sums s WHERE s.round_id IN ({rounds}) \
         AND (s.parent_id = {node} OR EXISTS (SELECT 1 FROM reports p WHERE p.round_id = s.round_id AND p.agency_id = s.parent_id \
         AND p.parent_id = {node}))"
    );
    all(c, &sql, params.values()).await
}

/// A report as a table reads it: directly under an agency; the newest revision, and one whose figures count.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct RowOfTable {
    pub id: Uuid,
    pub round_id: Uuid,
    pub agency_id: Uuid,
    pub agency_name: String,
    pub level: String,
    pub fills: bool,
    pub counted: bool,
    pub state: String,
    pub due_date: i64,
    pub first_submitted_on: Option<i64>,
    pub frozen: String,
}

impl RowOfTable {
    pub(super) const SELECTED: &'static str = "p.id, p.round_id, p.agency_id, a.name AS agency_name, p.level, p.fills, p.counted, \
         p.state, p.due_date, p.first_submitted_on, CASE WHEN p.counted THEN p.frozen ELSE '' END AS frozen FROM reports p \
         JOIN agencies a ON a.id = p.agency_id";
}

/// See [`RowOfTable`].
pub(crate) async fn rows_under(c: &impl ConnectionTrait, rounds: &[Uuid], node: Uuid) -> Result<Vec<RowOfTable>> {
    let mut params = Params::new();
    let (node, rounds) = (params.mark(node), params.list(rounds.iter().copied()));
    let sql = format!(
        "SELECT {} WHERE p.round_id IN ({rounds}) AND p.parent_id = {node} AND (p.live OR p.counted) \
         ORDER BY a.position, a.name, p.agency_id, p.revision",
        RowOfTable::SELECTED
    );
    all(c, &sql, params.values()).await
}

/// The rounds of the same form, kind of period and owner, the newest first, up to this one.
pub(crate) async fn rounds_like(c: &impl ConnectionTrait, round: &Round, limit: i64) -> Result<Vec<Round>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM report_rounds r JOIN agencies o ON o.id = r.owner_id WHERE r.owner_id = $1 AND r.form_key = $2 \
         AND r.rule = $3 AND r.stage = $4 AND r.date_to <= $5 AND r.state = 'open' AND r.plan_name = $6 ORDER BY r.date_to DESC LIMIT $7"
    );
    let values = vec![
        round.owner_id.into(),
        round.form_key.as_str().into(),
        round.rule.as_str().into(),
        round.stage.as_str().into(),
        round.date_to.into(),
        round.plan_name.as_str().into(),
        limit.into(),
    ];
    all(c, &sql, values).await
}

/// The sums of one agency; with `by` the number of counted reports moves, which also locks the row.
pub(crate) async fn locked_sums(tx: &Tx, round: Uuid, parent: Uuid, by: i64) -> Result<Option<SumRow>> {
    let sql = "UPDATE report_sums SET counted = counted + $1 WHERE round_id = $2 AND parent_id = $3";
    exec(&**tx, sql, vec![by.into(), round.into(), parent.into()]).await?;
    let sql = format!("{SUMS} WHERE round_id = $1 AND parent_id = $2");
    one(&**tx, &sql, vec![round.into(), parent.into()]).await
}

/// Writes the sums of an agency.
pub(crate) async fn set_sums(tx: &Tx, round: Uuid, parent: Uuid, payload: &str) -> Result<()> {
    let sql = "UPDATE report_sums SET payload = $1 WHERE round_id = $2 AND parent_id = $3";
    exec(&**tx, sql, vec![payload.into(), round.into(), parent.into()]).await.map(drop)
}

#[derive(FromQueryResult)]
pub(super) struct Id {
    pub(super) id: Uuid,
}

/// Is the agency of this kind?
pub(crate) async fn has_kind(c: &impl ConnectionTrait, agency: Uuid, kind: &str) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM agencies WHERE id = $1 AND kind = $2";
    Ok(scalar(c, sql, vec![agency.into(), kind.into()]).await? > 0)
}

/// Agencies whose activities count for a report: the agency and those below it that have no report of their own in the round.
pub(crate) async fn counted_owners(c: &impl ConnectionTrait, round: Uuid, agency: Uuid) -> Result<Vec<Uuid>> {
    let sql = "SELECT c.descendant_id AS id FROM agency_closure c WHERE c.ancestor_id = $1 AND NOT EXISTS (\
               SELECT 1 FROM agency_closure d JOIN reports r ON r.agency_id = d.ancestor_id AND r.round_id = $2 \
               WHERE d.descendant_id = c.descendant_id AND r.agency_id <> $1 AND r.agency_id IN \
               (SELECT e.descendant_id FROM agency_closure e WHERE e.ancestor_id = $1))";
    let rows: Vec<Id> = all(c, sql, vec![agency.into(), round.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// An agency, those that report to it in a round (through one level between), and everything below them in the tree.
pub(crate) async fn reached(c: &impl ConnectionTrait, round: Uuid, node: Uuid) -> Result<Vec<Uuid>> {
    let sql = "SELECT DISTINCT c.descendant_id AS id FROM agency_closure c WHERE c.ancestor_id = $1 OR c.ancestor_id IN \
               (SELECT p.agency_id FROM reports p WHERE p.round_id = $2 AND p.live AND (p.parent_id = $1 OR p.parent_id IN \
               (SELECT q.agency_id FROM reports q WHERE q.round_id = $2 AND q.parent_id = $1)))";
    let rows: Vec<Id> = all(c, sql, vec![node.into(), round.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Has the round a report of an agency at or below these?
pub(crate) async fn round_concerns(c: &impl ConnectionTrait, round: Uuid, roots: &[Uuid]) -> Result<bool> {
    let mut params = Params::new();
    let (round, roots) = (params.mark(round), params.list(roots.iter().copied()));
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM reports p WHERE p.round_id = {round} AND p.agency_id IN \
         (SELECT c.descendant_id FROM agency_closure c WHERE c.ancestor_id IN ({roots})) LIMIT 1) AS x"
    );
    Ok(scalar(c, &sql, params.values()).await? > 0)
}

/// Every row of sums of a round.
pub(crate) async fn all_sums(c: &impl ConnectionTrait, round: Uuid) -> Result<Vec<SumRow>> {
    let sql = format!("{SUMS} WHERE round_id = $1");
    all(c, &sql, vec![round.into()]).await
}
