//! What signed papers cite, and who may therefore read it.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, Params, Tx, exec, scalar};

/// A paper and what it cites.
pub(crate) struct Citing<'a> {
    /// The paper.
    pub paper: Uuid,
    /// Whose it is.
    pub owner: Uuid,
    /// The round it was written from.
    pub round: Uuid,
    /// The agency whose figures it tells.
    pub node: Uuid,
    /// The rounds that it cites.
    pub cited: &'a [Uuid],
}

/// Lets the paper's owner and those above it on the way of the round's reports read what the cited figures are made of.
pub(crate) async fn cite(tx: &Tx, citing: &Citing<'_>) -> Result<()> {
    let mut params = Params::new();
    let (paper, owner) = (params.mark(citing.paper), params.mark(citing.owner));
    let (round, node) = (params.mark(citing.round), params.mark(citing.node));
    let cited = params.list(citing.cited.iter().copied());
    let sql = format!(
        "INSERT INTO report_citations (paper_id, round_id, node_id, reader_id) WITH RECURSIVE up (agency_id, step) AS \
         (SELECT a.id, 0 FROM agencies a WHERE a.id = {owner} UNION ALL SELECT q.parent_id, u.step + 1 FROM up u \
         JOIN reports q ON q.round_id = {round} AND q.agency_id = u.agency_id AND q.live WHERE u.step < 6) \
         SELECT {paper}, r.id, {node}, x.agency_id FROM (SELECT DISTINCT agency_id FROM up) x \
         JOIN report_rounds r ON r.id IN ({cited})"
    );
    exec(&**tx, &sql, params.values()).await?;
    Ok(())
}

/// Does a signed paper that has come to one of these agencies cite the round, at one of `nodes` or, without any, anywhere?
pub(crate) async fn is_cited(c: &impl ConnectionTrait, round: Uuid, nodes: &[Uuid], roots: &[Uuid]) -> Result<bool> {
    let mut params = Params::new();
    let (round, roots) = (params.mark(round), params.list(roots.iter().copied()));
    let at = match nodes {
        [] => String::new(),
        nodes => format!(" AND t.node_id IN ({})", params.list(nodes.iter().copied())),
    };
    let sql = format!(
        "SELECT COUNT(*) FROM report_citations t JOIN agency_closure c ON c.descendant_id = t.reader_id \
         WHERE t.round_id = {round}{at} AND c.ancestor_id IN ({roots})"
    );
    Ok(scalar(c, &sql, params.values()).await? > 0)
}
