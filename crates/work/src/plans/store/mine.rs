//! One's own work by sections, and what waits for the owner of plans; all counts are true, all lists have pages.

use kernel::{Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, one};

use super::{
    Days, Line, Scope,
    list::{JOINS, LINE},
};
use crate::plans::model::{NEVER, section::Section};

/// "`o` is not finished": in the words that the other statements use.
const LIVE: &str = "o.state IN ('new', 'received', 'doing', 'submitted')";

/// Live obligations of these agencies: what can become late first, by day.
pub(crate) async fn mine(c: &impl ConnectionTrait, agencies: &[Uuid], limit: i64) -> Result<Vec<Line>> {
    let mut params = Params::new();
    let list = params.list(agencies.iter().copied());
    let limit = params.mark(limit);
    let sql = format!(
        "SELECT {LINE} FROM (SELECT o.id AS found FROM obligations o WHERE o.agency_id IN ({list}) \
         AND {LIVE} ORDER BY o.urgent DESC, o.due_date, o.id LIMIT {limit}) AS x \
         JOIN obligations o ON o.id = x.found {JOINS} ORDER BY o.urgent DESC, o.due_date, o.id"
    );
    all(c, &sql, params.values()).await
}

/// How many stand in one section.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct SectionCount {
    /// Key of the section.
    pub section: String,
    pub n: i64,
    /// Not yet received.
    pub fresh: i64,
    /// The first day.
    pub first: i64,
}

/// Counts of the sections of these agencies' live obligations; from the agency's index alone.
pub(crate) async fn section_counts(
    c: &impl ConnectionTrait,
    agencies: &[Uuid],
    days: Days,
) -> Result<Vec<SectionCount>> {
    let mut params = Params::new();
    let list = params.list(agencies.iter().copied());
    let own =
        Section::OWN.map(|section| format!("WHEN {} THEN '{}'", condition(section, days, &mut params), section.key()));
    let sql = format!(
        "SELECT section, COUNT(*) AS n, CAST(SUM(CASE WHEN state = 'new' THEN 1 ELSE 0 END) AS BIGINT) AS fresh, \
         MIN(due_date) AS first FROM (SELECT CASE {} ELSE '' END AS section, o.state, o.due_date FROM obligations o \
         WHERE o.agency_id IN ({list}) AND {LIVE}) AS x GROUP BY section",
        own.join(" ")
    );
    all(c, &sql, params.values()).await
}

/// "`o`, which is live, stands in this section"; [`Section::of`] says the same.
fn condition(section: Section, days: Days, params: &mut Params) -> String {
    let mut between = |from: i64, to: i64| {
        format!("o.urgent = 1 AND o.due_date >= {} AND o.due_date < {}", params.mark(from), params.mark(to))
    };
    match section {
        Section::Late => between(0, days.today),
        Section::In7 => between(days.today, days.in_7 + 1),
        Section::In30 => between(days.in_7 + 1, days.in_30 + 1),
        Section::Later => between(days.in_30 + 1, NEVER + 1),
        Section::Standing => "o.urgent = 0 AND o.state <> 'submitted'".into(),
        Section::Submitted => "o.state = 'submitted'".into(),
        Section::Fresh => "o.state = 'new'".into(),
        Section::Decide | Section::Confirm | Section::Review => "1 = 0".into(),
    }
}

/// Rows of these sections of the agencies' live obligations, a page of each, in one statement.
pub(crate) async fn section_lines(
    c: &impl ConnectionTrait,
    agencies: &[Uuid],
    days: Days,
    sections: &[Section],
    paging: Paging,
) -> Result<Vec<Line>> {
    let mut params = Params::new();
    let list = params.list(agencies.iter().copied());
    let (limit, offset) = window(paging, &mut params);
    let mut part = |(at, section): (usize, &Section)| {
        format!(
            "SELECT * FROM (SELECT o.id AS found FROM obligations o WHERE o.agency_id IN ({list}) AND {LIVE} AND {} \
             ORDER BY o.urgent DESC, o.due_date, o.id LIMIT {limit} OFFSET {offset}) AS s{at}",
            condition(*section, days, &mut params)
        )
    };
    let parts: Vec<String> = sections.iter().enumerate().map(&mut part).collect();
    let sql = format!(
        "SELECT {LINE} FROM ({}) AS x JOIN obligations o ON o.id = x.found {JOINS} ORDER BY o.urgent DESC, o.due_date, o.id",
        parts.join(" UNION ALL ")
    );
    all(c, &sql, params.values()).await
}

fn window(paging: Paging, params: &mut Params) -> (String, String) {
    (params.mark(i64::from(paging.size)), params.mark(i64::try_from(paging.offset()).unwrap_or(0)))
}

/// What agencies have finished since a day, and how much of it in time.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub(crate) struct Finished {
    pub n: i64,
    pub in_time: i64,
}

/// See [`Finished`].
pub(crate) async fn finished(c: &impl ConnectionTrait, agencies: &[Uuid], since: i64) -> Result<Finished> {
    let mut params = Params::new();
    let list = params.list(agencies.iter().copied());
    let sql = format!(
        "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN o.done_on <= o.due_date THEN 1 ELSE 0 END), 0) AS BIGINT) AS in_time \
         FROM obligations o WHERE o.agency_id IN ({list}) AND o.state = 'done' AND o.done_on >= {}",
        params.mark(since)
    );
    Ok(one(c, &sql, params.values()).await?.unwrap_or_default())
}

/// How much waits for the owner of plans.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub(crate) struct WaitingCount {
    pub decide: i64,
    pub confirm: i64,
}

/// "the plan of `row` is seen whole".
fn owned(scope: &Scope, row: &str, params: &mut Params) -> String {
    if scope.all {
        "1 = 1".to_owned()
    } else {
        format!("{row}.plan_id IN ({})", params.list(scope.whole.iter().copied()))
    }
}

/// See [`WaitingCount`].
pub(crate) async fn waiting_count(c: &impl ConnectionTrait, scope: &Scope) -> Result<WaitingCount> {
    let mut params = Params::new();
    let (requests, totals) = (owned(scope, "r", &mut params), owned(scope, "o", &mut params));
    let sql = format!(
        "SELECT (SELECT COUNT(*) FROM obligation_requests r WHERE r.state = 'open' AND {requests}) AS decide, \
         (SELECT CAST(COALESCE(SUM(o.n), 0) AS BIGINT) FROM obligation_totals o WHERE o.state = 'submitted' AND {totals}) AS confirm"
    );
    Ok(one(c, &sql, params.values()).await?.unwrap_or_default())
}

/// Something that waits for the plan's owner.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Waiting {
    pub obligation_id: Uuid,
    /// `extend`, `adjust` or `confirm`.
    pub kind: String,
    pub anchor: String,
    pub title: String,
    pub agency_name: String,
    pub plan_number: String,
    pub proposal: String,
    pub body: String,
    pub due_date: i64,
    pub wanted_date: Option<i64>,
}

const WAITING: &str = "t.anchor, t.title, a.name AS agency_name, p.number AS plan_number, o.due_date";

/// A page of the proposals and pleas for time on plans that are seen whole, the longest waiting first.
pub(crate) async fn waiting_requests(c: &impl ConnectionTrait, scope: &Scope, paging: Paging) -> Result<Vec<Waiting>> {
    let mut params = Params::new();
    let owned = owned(scope, "r", &mut params);
    let (limit, offset) = window(paging, &mut params);
    let sql = format!(
        "SELECT r.obligation_id, r.kind, {WAITING}, r.proposal, r.body, r.wanted_date FROM obligation_requests r \
         JOIN obligations o ON o.id = r.obligation_id {JOINS} WHERE r.state = 'open' AND {owned} \
         ORDER BY r.made_at, r.id LIMIT {limit} OFFSET {offset}"
    );
    all(c, &sql, params.values()).await
}

/// A page of the completions that wait to be confirmed on plans that are seen whole, by due date.
pub(crate) async fn waiting_completions(
    c: &impl ConnectionTrait,
    scope: &Scope,
    paging: Paging,
) -> Result<Vec<Waiting>> {
    let mut params = Params::new();
    let owned = owned(scope, "o", &mut params);
    let (limit, offset) = window(paging, &mut params);
    let sql = format!(
        "SELECT o.id AS obligation_id, 'confirm' AS kind, {WAITING}, '' AS proposal, o.result AS body, \
         CAST(NULL AS BIGINT) AS wanted_date FROM (SELECT o.id AS found FROM obligations o WHERE o.state = 'submitted' AND {owned} \
         ORDER BY o.urgent DESC, o.due_date, o.id LIMIT {limit} OFFSET {offset}) AS x \
         JOIN obligations o ON o.id = x.found {JOINS} ORDER BY o.urgent DESC, o.due_date, o.id"
    );
    all(c, &sql, params.values()).await
}
