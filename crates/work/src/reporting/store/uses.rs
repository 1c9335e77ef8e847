//! From an activity upwards: the reports that count it, the way of their figures, the signed papers that tell them.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, DbErr, FromQueryResult, Params, QueryResult, all};

use super::{
    Held,
    reports::{COLUMNS, FROM, HELD, ROUNDS},
};

/// A report that counts what an agency did on a day.
pub(crate) struct Counting {
    pub held: Held,
    /// When it last left its maker; 0 before.
    pub finished_at: i64,
    /// When its first revision was approved; 0 before.
    pub approved_at: i64,
}

impl FromQueryResult for Counting {
    fn from_query_result(row: &QueryResult, pre: &str) -> std::result::Result<Self, DbErr> {
        let at = |column: &str| row.try_get::<i64>(pre, column);
        Ok(Self {
            held: Held::from_query_result(row, pre)?,
            finished_at: at("finished_at")?,
            approved_at: at("approved_at")?,
        })
    }
}

impl Counting {
    /// When its figures stood: at its own agency since it was closed, on the levels above since it was approved; 0 before.
    pub(crate) fn since(&self, step: i64) -> i64 {
        if step == 0 { self.finished_at } else { self.approved_at }
    }
}

const COUNTING: &str = "COALESCE((SELECT MAX(s.at) FROM report_steps s WHERE s.report_id = p.id AND s.kind = 'finish'), 0) AS finished_at, \
     COALESCE((SELECT MIN(f.approved_at) FROM reports f WHERE f.round_id = p.round_id AND f.agency_id = p.agency_id), 0) AS approved_at";

/// Each report once: the revision that counts, before that the newest.
const ONCE: &str = "p.fills AND r.state = 'open' AND (p.counted OR p.live AND NOT EXISTS \
     (SELECT 1 FROM reports o WHERE o.round_id = p.round_id AND o.agency_id = p.agency_id AND o.counted))";

/// The reports that count what an agency did on a day. Of a round it is the report of the agency itself, or of the nearest one above it that makes one.
pub(crate) async fn counting(c: &impl ConnectionTrait, owner: Uuid, day: i64) -> Result<Vec<Counting>> {
    let mut params = Params::new();
    let (owner, day) = (params.mark(owner), params.mark(day));
    let sql = format!(
        "SELECT {COLUMNS}, {HELD}, {COUNTING} {FROM} {ROUNDS} JOIN agency_closure c ON c.ancestor_id = p.agency_id \
         WHERE c.descendant_id = {owner} AND r.date_from <= {day} AND r.date_to >= {day} AND {ONCE} AND NOT EXISTS \
         (SELECT 1 FROM agency_closure d JOIN reports q ON q.agency_id = d.ancestor_id AND q.round_id = p.round_id \
         JOIN agency_closure e ON e.descendant_id = q.agency_id AND e.ancestor_id = p.agency_id \
         WHERE d.descendant_id = {owner} AND q.agency_id <> p.agency_id) ORDER BY r.date_to, r.date_from DESC, r.id LIMIT 60"
    );
    all(c, &sql, params.values()).await
}

/// The reports of these agencies by other forms, of the same periods as these rounds.
pub(crate) async fn taking(c: &impl ConnectionTrait, rounds: &[Uuid], nodes: &[Uuid]) -> Result<Vec<Counting>> {
    let mut params = Params::new();
    let (rounds, nodes) = (params.list(rounds.iter().copied()), params.list(nodes.iter().copied()));
    let sql = format!(
        "SELECT {COLUMNS}, {HELD}, {COUNTING} {FROM} {ROUNDS} WHERE p.agency_id IN ({nodes}) AND {ONCE} AND r.id NOT IN ({rounds}) \
         AND EXISTS (SELECT 1 FROM report_rounds o WHERE o.id IN ({rounds}) AND o.period_key = r.period_key AND o.date_to = r.date_to \
         AND o.form_key <> r.form_key) ORDER BY r.date_to, r.date_from DESC, r.id LIMIT 60"
    );
    all(c, &sql, params.values()).await
}

/// An agency on the way of a report's figures.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct OnWay {
    pub round_id: Uuid,
    pub agency_id: Uuid,
    /// How many levels above the report's own agency.
    pub step: i64,
    /// Is it at or below one of the agencies that were asked about? 1 or 0.
    pub seen: i64,
}

/// The agencies on the way of these reports: their own, those that receive, and so on upwards; with whether each is at or below `roots`.
pub(crate) async fn way(c: &impl ConnectionTrait, reports: &[Uuid], roots: &[Uuid]) -> Result<Vec<OnWay>> {
    let mut params = Params::new();
    let (reports, roots) = (params.list(reports.iter().copied()), params.list(roots.iter().copied()));
    let sql = format!(
        "WITH RECURSIVE up (round_id, agency_id, step) AS (SELECT p.round_id, p.agency_id, 0 FROM reports p WHERE p.id IN ({reports}) \
         UNION ALL SELECT u.round_id, q.parent_id, u.step + 1 FROM up u JOIN reports q ON q.round_id = u.round_id \
         AND q.agency_id = u.agency_id AND q.live WHERE u.step < 6) SELECT u.round_id, u.agency_id, CAST(MIN(u.step) AS BIGINT) AS step, \
         (SELECT COUNT(*) FROM (SELECT 1 FROM agency_closure c WHERE c.descendant_id = u.agency_id AND c.ancestor_id IN ({roots}) \
         LIMIT 1) AS x) AS seen FROM up u GROUP BY u.round_id, u.agency_id"
    );
    all(c, &sql, params.values()).await
}

/// A signed paper that tells figures of a round.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Telling {
    pub id: Uuid,
    pub round_id: Uuid,
    /// The agency of whose table it tells.
    pub node_id: Uuid,
    pub title: String,
    pub number: Option<i64>,
    pub symbol: String,
    pub signed_at: i64,
}

/// The signed papers of these agencies on their own figures, or on those that reached them, in these rounds.
pub(crate) async fn telling(c: &impl ConnectionTrait, rounds: &[Uuid], nodes: &[Uuid]) -> Result<Vec<Telling>> {
    let mut params = Params::new();
    let (rounds, nodes) = (params.list(rounds.iter().copied()), params.list(nodes.iter().copied()));
    let sql = format!(
        "SELECT p.id, p.round_id, p.node_id, p.title, p.number, p.symbol, \
         COALESCE((SELECT MAX(s.at) FROM outgoing_steps s WHERE s.paper_id = p.id AND s.kind = 'sign'), p.changed_at) AS signed_at \
         FROM outgoing_papers p WHERE p.round_id IN ({rounds}) AND p.node_id IN ({nodes}) AND p.owner_id = p.node_id \
         AND p.state IN ('signed', 'issued') ORDER BY p.changed_at DESC, p.id LIMIT 100"
    );
    all(c, &sql, params.values()).await
}
