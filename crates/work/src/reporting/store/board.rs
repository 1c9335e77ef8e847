//! How far rounds are: counts of the part that a person sees, completeness and timeliness across periods by agency and level.

use kernel::{Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

use super::Id;

/// Where the newest revision `p` of a report stands for those above: a correction changes nothing there before it is sent, since only what was accepted is
/// corrected.
const STANDS: &str = "CASE WHEN p.revision > 1 AND p.state IN ('draft', 'checking', 'signing', 'returned') THEN 'accepted' ELSE p.state END";

/// How many reports of a round stand in a state, and how many of them came in time.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Count {
    pub round_id: Uuid,
    pub parent_id: Uuid,
    pub state: String,
    pub n: i64,
    /// Sent by the due date.
    pub in_time: i64,
    /// Sent after it.
    pub after: i64,
    /// Never sent, and the due date is over.
    pub missing: i64,
}

/// The part of rounds that a person sees: rounds owned at or below one of their agencies whole; of others the reports of, and to, agencies there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    pub owned: Vec<Uuid>,
    pub others: Vec<Uuid>,
    pub roots: Vec<Uuid>,
    /// Agencies at or below the roots to which others report in these rounds.
    pub receivers: Vec<Uuid>,
}

impl Part {
    /// These rounds without any bound.
    pub(crate) fn whole(rounds: Vec<Uuid>) -> Self {
        Self { owned: rounds, ..Self::default() }
    }

    /// The newest revisions of these reports as `p`, found by the agencies below: of many thousand reports in a round a province has a hundred.
    pub(super) fn reports(&self, params: &mut Params) -> String {
        let columns = format!(
            "p.round_id, p.agency_id, p.parent_id, p.level, {STANDS} AS state, p.due_date, p.first_submitted_on"
        );
        let owned = params.list(self.owned.iter().copied());
        let mut parts = Vec::new();
        if !self.owned.is_empty() || self.others.is_empty() {
            parts.push(format!("SELECT {columns} FROM reports p WHERE p.round_id IN ({owned}) AND p.live"));
        }
        if !self.others.is_empty() {
            let others = params.list(self.others.iter().copied());
            let receivers = params.list(self.receivers.iter().copied());
            let below = below(&params.list(self.roots.iter().copied()));
            parts.push(format!(
                "SELECT {columns} FROM reports p WHERE p.round_id IN ({others}) AND p.parent_id IN ({receivers}) AND p.live"
            ));
            // Nothing is in, and nothing is not in, an empty list.
            let elsewhere =
                if self.receivers.is_empty() { String::new() } else { format!("AND p.parent_id NOT IN ({receivers})") };
            // CROSS JOIN: first the agencies, then each report by its index.
            parts.push(format!(
                "SELECT {columns} FROM {below} b CROSS JOIN reports p WHERE p.agency_id = b.id AND p.round_id IN ({others}) \
                 AND p.live {elsewhere}"
            ));
        }
        format!("({}) AS p", parts.join(" UNION ALL "))
    }
}

fn below(roots: &str) -> String {
    format!("(SELECT DISTINCT c.descendant_id AS id FROM agency_closure c WHERE c.ancestor_id IN ({roots}))")
}

/// The part of rounds that is seen from these agencies.
pub(crate) async fn part(c: &impl ConnectionTrait, rounds: &[Uuid], roots: &[Uuid]) -> Result<Part> {
    let ids = async |select: &str, rounds: &[Uuid]| -> Result<Vec<Uuid>> {
        let mut params = Params::new();
        let (rounds, roots) = (params.list(rounds.iter().copied()), params.list(roots.iter().copied()));
        let sql = select.replace("{rounds}", &rounds).replace("{below}", &below(&roots));
        let found: Vec<Id> = all(c, &sql, params.values()).await?;
        Ok(found.into_iter().map(|row| row.id).collect())
    };
    let owned = ids("SELECT id FROM report_rounds WHERE id IN ({rounds}) AND owner_id IN {below}", rounds).await?;
    let others: Vec<Uuid> = rounds.iter().copied().filter(|round| !owned.contains(round)).collect();
    let receivers =
        "SELECT DISTINCT parent_id AS id FROM report_sums WHERE round_id IN ({rounds}) AND parent_id IN {below}";
    let receivers = if others.is_empty() { Vec::new() } else { ids(receivers, &others).await? };
    Ok(Part { owned, others, roots: roots.to_vec(), receivers })
}

/// Counts by round, receiver and state.
pub(crate) async fn counts(c: &impl ConnectionTrait, part: &Part, today: i64) -> Result<Vec<Count>> {
    let mut params = Params::new();
    let today = params.mark(today);
    let sql = format!(
        "SELECT p.round_id, p.parent_id, p.state, COUNT(*) AS n, \
         CAST(SUM(CASE WHEN p.first_submitted_on <= p.due_date THEN 1 ELSE 0 END) AS BIGINT) AS in_time, \
         CAST(SUM(CASE WHEN p.first_submitted_on > p.due_date THEN 1 ELSE 0 END) AS BIGINT) AS after, \
         CAST(SUM(CASE WHEN p.first_submitted_on IS NULL AND p.due_date < {today} THEN 1 ELSE 0 END) AS BIGINT) AS missing \
         FROM {} GROUP BY p.round_id, p.parent_id, p.state",
        part.reports(&mut params)
    );
    all(c, &sql, params.values()).await
}

/// Which reports a board counts.
#[derive(Debug, Clone)]
pub(crate) struct BoardFilter {
    /// The part of the rounds that is seen.
    pub part: Part,
    /// Only this level.
    pub level: String,
    /// Only those who report to this agency.
    pub receiver: Option<Uuid>,
    /// Today as yyyymmdd.
    pub today: i64,
}

impl BoardFilter {
    /// Table and conditions, except for the level.
    fn from(&self, params: &mut Params) -> (String, Vec<String>) {
        let reports = self.part.reports(params);
        let receiver = self.receiver.map(|receiver| format!("p.parent_id = {}", params.mark(receiver)));
        (reports, receiver.into_iter().collect())
    }
}

fn filtered(conditions: &[String]) -> String {
    if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) }
}

/// How the reports of a level stand in a round.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct LevelCount {
    pub round_id: Uuid,
    pub level: String,
    pub expected: i64,
    pub in_time: i64,
    pub late: i64,
    pub missing: i64,
}

/// Counts by round and level.
pub(crate) async fn level_counts(c: &impl ConnectionTrait, filter: &BoardFilter) -> Result<Vec<LevelCount>> {
    let mut params = Params::new();
    let (reports, conditions) = filter.from(&mut params);
    let conditions = filtered(&conditions);
    let today = params.mark(filter.today);
    let sum = |condition: &str| format!("CAST(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS BIGINT)");
    let sql = format!(
        "SELECT p.round_id, p.level, COUNT(*) AS expected, {} AS in_time, {} AS late, {} AS missing FROM {reports} {conditions} \
         GROUP BY p.round_id, p.level",
        sum("p.first_submitted_on <= p.due_date"),
        sum("p.first_submitted_on > p.due_date"),
        sum(&format!("p.first_submitted_on IS NULL AND p.due_date < {today}")),
    );
    all(c, &sql, params.values()).await
}

/// An agency of the board, with how often it was late or sent nothing.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct BoardAgency {
    pub agency_id: Uuid,
    pub name: String,
    pub late: i64,
    pub missing: i64,
    /// How many agencies there are on all pages.
    pub total: i64,
}

/// One page of agencies: those who miss most first, or by name.
pub(crate) async fn board_agencies(
    c: &impl ConnectionTrait,
    filter: &BoardFilter,
    by_name: bool,
    paging: Paging,
) -> Result<Vec<BoardAgency>> {
    let mut params = Params::new();
    let (reports, mut conditions) = filter.from(&mut params);
    if !filter.level.is_empty() {
        conditions.push(format!("p.level = {}", params.mark(filter.level.as_str())));
    }
    let conditions = filtered(&conditions);
    let today = params.mark(filter.today);
    let (limit, offset) =
        (params.mark(i64::from(paging.size)), params.mark(i64::try_from(paging.offset()).unwrap_or(0)));
    let order = if by_name { "a.name_fold, p.agency_id" } else { "missing DESC, late DESC, a.name_fold, p.agency_id" };
    let sql = format!(
        "SELECT p.agency_id, a.name, CAST(SUM(CASE WHEN p.first_submitted_on > p.due_date THEN 1 ELSE 0 END) AS BIGINT) AS late, \
         CAST(SUM(CASE WHEN p.first_submitted_on IS NULL AND p.due_date < {today} THEN 1 ELSE 0 END) AS BIGINT) AS missing, \
         COUNT(*) OVER () AS total FROM {reports} JOIN agencies a ON a.id = p.agency_id {conditions} \
         GROUP BY p.agency_id, a.name, a.name_fold ORDER BY {order} LIMIT {limit} OFFSET {offset}"
    );
    all(c, &sql, params.values()).await
}

/// One report as a cell.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct BoardCell {
    pub id: Uuid,
    pub round_id: Uuid,
    pub agency_id: Uuid,
    pub state: String,
    pub due_date: i64,
    pub first_submitted_on: Option<i64>,
}

/// The reports of these agencies in these rounds.
pub(crate) async fn board_cells(
    c: &impl ConnectionTrait,
    rounds: &[Uuid],
    agencies: &[Uuid],
) -> Result<Vec<BoardCell>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT p.id, p.round_id, p.agency_id, {STANDS} AS state, p.due_date, p.first_submitted_on FROM reports p \
         WHERE p.live AND p.round_id IN ({}) AND p.agency_id IN ({})",
        params.list(rounds.iter().copied()),
        params.list(agencies.iter().copied())
    );
    all(c, &sql, params.values()).await
}
