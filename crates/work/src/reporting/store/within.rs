//! A round seen from an agency: what those below it reported before, and, where it has no part in the round, such as the people's committee of a
//! province, the topmost reports below it.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, one};

use super::{Round, RowOfTable, SumRow};

/// A topmost report below an agency.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Topmost {
    /// The agency below which it was sought.
    pub root_id: Uuid,
    pub agency_id: Uuid,
    pub parent_id: Uuid,
}

/// Frozen figures of an agency in an earlier period.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Earlier {
    pub agency_id: Uuid,
    pub frozen: String,
}

/// What the agencies below another reported by the form of a round in the eight periods before it.
pub(crate) async fn earlier(c: &impl ConnectionTrait, round: &Round, parent: Uuid) -> Result<Vec<Earlier>> {
    let sql = "SELECT p.agency_id, p.frozen FROM reports p WHERE p.parent_id = $1 AND p.counted AND p.round_id IN \
               (SELECT r.id FROM report_rounds r WHERE r.form_key = $2 AND r.rule = $3 AND r.owner_id = $4 AND r.date_to < $5 \
               AND r.plan_name = $6                ORDER BY r.date_to DESC LIMIT 8)";
    let values = vec![
        parent.into(),
        round.form_key.as_str().into(),
        round.rule.as_str().into(),
        round.owner_id.into(),
        round.date_to.into(),
        round.plan_name.as_str().into(),
    ];
    all(c, sql, values).await
}

#[derive(FromQueryResult)]
struct Name {
    name: String,
}

/// What an agency is called.
pub(crate) async fn name_of(c: &impl ConnectionTrait, agency: Uuid) -> Result<String> {
    let found: Option<Name> = one(c, "SELECT name FROM agencies WHERE id = $1", vec![agency.into()]).await?;
    Ok(found.map(|row| row.name).unwrap_or_default())
}

/// Agencies below the one of mark `root`, itself included.
fn below(root: &str) -> String {
    format!("(SELECT d.descendant_id FROM agency_closure d WHERE d.ancestor_id = {root})")
}

/// The topmost reports of a round below each of `roots`: those that go to an agency outside.
pub(crate) async fn topmost(c: &impl ConnectionTrait, round: Uuid, roots: &[Uuid]) -> Result<Vec<Topmost>> {
    let mut params = Params::new();
    let (round, roots) = (params.mark(round), params.list(roots.iter().copied()));
    let sql = format!(
        "SELECT c.ancestor_id AS root_id, p.agency_id, p.parent_id FROM agency_closure c \
         JOIN reports p ON p.agency_id = c.descendant_id AND p.round_id = {round} AND p.live WHERE c.ancestor_id IN ({roots}) \
         AND p.parent_id NOT IN {} ORDER BY c.ancestor_id, p.agency_id LIMIT 500",
        below("c.ancestor_id")
    );
    all(c, &sql, params.values()).await
}

/// Like [`super::rows_under`], but the topmost reports below an agency.
pub(crate) async fn rows_within(c: &impl ConnectionTrait, rounds: &[Uuid], node: Uuid) -> Result<Vec<RowOfTable>> {
    let mut params = Params::new();
    let (node, rounds) = (params.mark(node), params.list(rounds.iter().copied()));
    let below = below(&node);
    let sql = format!(
        "SELECT {} WHERE p.round_id IN ({rounds}) AND p.agency_id IN {below} AND p.parent_id NOT IN {below} AND (p.live OR p.counted) \
         ORDER BY a.position, a.name, p.agency_id, p.revision",
        RowOfTable::SELECTED
    );
    all(c, &sql, params.values()).await
}

/// Like [`super::sums_under`], but of those who make the topmost reports below an agency.
pub(crate) async fn sums_within(c: &impl ConnectionTrait, rounds: &[Uuid], node: Uuid) -> Result<Vec<SumRow>> {
    let mut params = Params::new();
    let (node, rounds) = (params.mark(node), params.list(rounds.iter().copied()));
    let below = below(&node);
    let sql = format!(
        "SELECT s.round_id, s.parent_id, s.expected, s.counted, s.payload FROM report_sums s WHERE s.round_id IN ({rounds}) \
         AND EXISTS (SELECT 1 FROM reports p WHERE p.round_id = s.round_id AND p.agency_id = s.parent_id AND p.agency_id IN {below} \
         AND p.parent_id NOT IN {below})"
    );
    all(c, &sql, params.values()).await
}
