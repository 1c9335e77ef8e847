//! Every query of the outgoing slice.

use kernel::{Actor, Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, Params, Tx, all, exec, insert, one, scalar};

/// A paper.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Paper {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub owner_name: String,
    pub node_id: Uuid,
    pub node_name: String,
    pub round_id: Uuid,
    pub template_key: String,
    pub fragment: bool,
    pub title: String,
    pub state: String,
    pub draft: String,
    pub seen: String,
    pub frozen: String,
    pub version: i64,
    pub maker_id: Uuid,
    pub maker_name: String,
    pub number: Option<i64>,
    pub symbol: String,
    pub issued_on: Option<i64>,
    pub signer: String,
    pub generated: bool,
}

/// One paper.
pub(super) async fn paper(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Paper>> {
    let sql = "SELECT p.id, p.owner_id, o.name AS owner_name, p.node_id, n.name AS node_name, p.round_id, p.template_key, p.fragment, \
               p.title, p.state, p.draft, p.seen, p.frozen, p.version, p.maker_id, p.maker_name, p.number, p.symbol, p.issued_on, \
               p.signer, p.generated FROM outgoing_papers p JOIN agencies o ON o.id = p.owner_id \
               JOIN agencies n ON n.id = p.node_id WHERE p.id = $1";
    one(c, sql, vec![id.into()]).await
}

/// A paper in the list.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Line {
    pub id: Uuid,
    pub owner_name: String,
    pub title: String,
    pub period_label: String,
    pub fragment: bool,
    pub state: String,
    pub number: Option<i64>,
    pub symbol: String,
    pub issued_on: Option<i64>,
    pub maker_name: String,
    pub generated: bool,
    pub changed_at: i64,
}

/// Condition: a signed paper that has come to one of these agencies, because it is above the one that wrote it in the tree or on the way of the
/// round's reports.
fn arrived(roots: &str) -> String {
    format!(
        "(p.state IN ('signed', 'issued') AND EXISTS (WITH RECURSIVE up (agency_id, step) AS (SELECT p.owner_id, 0 UNION ALL \
         SELECT q.parent_id, u.step + 1 FROM up u JOIN reports q ON q.round_id = p.round_id AND q.agency_id = u.agency_id \
         AND q.live WHERE u.step < 6) SELECT 1 FROM up u JOIN agency_closure c ON c.descendant_id = u.agency_id \
         WHERE c.ancestor_id IN ({roots})))"
    )
}

/// Has the paper come to one of these agencies, see [`arrived`]?
pub(super) async fn has_arrived(c: &impl ConnectionTrait, paper: Uuid, roots: &[Uuid]) -> Result<bool> {
    let mut params = Params::new();
    let (paper, roots) = (params.mark(paper), params.list(roots.iter().copied()));
    let sql = format!("SELECT COUNT(*) FROM outgoing_papers p WHERE p.id = {paper} AND {}", arrived(&roots));
    Ok(scalar(c, &sql, params.values()).await? > 0)
}

/// Reports counted in the figures that the signed paper `p` cites, as `q`: those from which the way up leads to the agency whose figures it tells.
const COUNTED: &str = "report_citations t JOIN reports q ON q.round_id = t.round_id AND q.counted WHERE t.paper_id = p.id \
     AND t.reader_id = p.owner_id AND EXISTS (WITH RECURSIVE up (agency_id, step) AS (SELECT q.parent_id, 1 UNION ALL \
     SELECT x.parent_id, u.step + 1 FROM up u JOIN reports x ON x.round_id = q.round_id AND x.agency_id = u.agency_id AND x.live \
     WHERE u.step < 6) SELECT 1 FROM up u WHERE u.agency_id = p.node_id)";

/// A report that is counted in a paper.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Own {
    pub round_id: Uuid,
    pub id: Uuid,
}

/// The reports of these agencies that are counted in a signed paper.
pub(super) async fn own_reports(c: &impl ConnectionTrait, paper: Uuid, roots: &[Uuid]) -> Result<Vec<Own>> {
    let mut params = Params::new();
    let (paper, roots) = (params.mark(paper), params.list(roots.iter().copied()));
    let sql = format!(
        "SELECT q.round_id, q.id FROM outgoing_papers p, {COUNTED} AND p.id = {paper} AND q.agency_id IN ({roots}) ORDER BY q.id"
    );
    all(c, &sql, params.values()).await
}

/// Which papers are listed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Filter {
    /// Only in this state.
    pub state: &'static str,
    /// Only of this round, with the figures of this agency or of one that reports to it, or counting its report there.
    pub at: Option<(Uuid, Uuid)>,
}

/// The newest papers of these agencies, and signed ones that have come to them or count their reports.
pub(super) async fn papers(
    c: &impl ConnectionTrait,
    roots: &[Uuid],
    everywhere: bool,
    filter: Filter,
) -> Result<Vec<Line>> {
    let mut params = Params::new();
    let mut conditions = vec!["1 = 1".to_owned()];
    if !everywhere {
        let roots = params.list(roots.iter().copied());
        let counted = format!("EXISTS (SELECT 1 FROM {COUNTED} AND q.agency_id IN ({roots}))");
        conditions.push(format!("(p.owner_id IN ({roots}) OR {} OR {counted})", arrived(&roots)));
    }
    if !filter.state.is_empty() {
        conditions.push(format!("p.state = {}", params.mark(filter.state)));
    }
    if let Some((round, node)) = filter.at {
        let (round, node) = (params.mark(round), params.mark(node));
        conditions.push(format!(
            "((p.round_id = {round} AND (p.node_id = {node} OR EXISTS (SELECT 1 FROM reports q WHERE q.round_id = {round} \
             AND q.agency_id = p.node_id AND q.parent_id = {node} AND q.live))) OR EXISTS (SELECT 1 FROM {COUNTED} \
             AND q.round_id = {round} AND q.agency_id = {node}))"
        ));
    }
    let sql = format!(
        "SELECT p.id, o.name AS owner_name, p.title, r.period_label, p.fragment, p.state, p.number, p.symbol, p.issued_on, \
         p.maker_name, p.generated, p.changed_at FROM outgoing_papers p JOIN agencies o ON o.id = p.owner_id \
         JOIN report_rounds r ON r.id = p.round_id WHERE {} ORDER BY p.changed_at DESC, p.id LIMIT 200",
        conditions.join(" AND ")
    );
    all(c, &sql, params.values()).await
}

/// A paper to be kept.
pub(super) struct NewPaper<'a> {
    pub id: Uuid,
    pub owner: Uuid,
    pub node: Uuid,
    pub round: Uuid,
    pub template: (&'a str, i64),
    pub fragment: bool,
    pub title: &'a str,
    pub draft: &'a str,
    pub seen: &'a str,
    pub symbol: &'a str,
    pub generated: bool,
}

/// Keeps a new paper.
pub(super) async fn insert_paper(tx: &Tx, now: Timestamp, actor: &Actor, new: NewPaper<'_>) -> Result<()> {
    let columns = &[
        "id",
        "owner_id",
        "node_id",
        "round_id",
        "template_key",
        "template_version",
        "fragment",
        "title",
        "state",
        "draft",
        "seen",
        "frozen",
        "version",
        "maker_id",
        "maker_name",
        "symbol",
        "signer",
        "generated",
        "created_at",
        "changed_at",
    ];
    insert("outgoing_papers", columns)
        .row([
            new.id.into(),
            new.owner.into(),
            new.node.into(),
            new.round.into(),
            new.template.0.into(),
            new.template.1.into(),
            new.fragment.into(),
            new.title.into(),
            "draft".into(),
            new.draft.into(),
            new.seen.into(),
            "".into(),
            0i64.into(),
            actor.user.into(),
            actor.name.as_str().into(),
            new.symbol.into(),
            "".into(),
            new.generated.into(),
            now.0.into(),
            now.0.into(),
        ])
        .run(&**tx)
        .await
}

/// Writes what changed in a paper; `false` when somebody else was faster.
pub(super) async fn change(
    tx: &Tx,
    old: &Paper,
    new: &Paper,
    number_year: Option<i64>,
    now: Timestamp,
) -> Result<bool> {
    let sql = "UPDATE outgoing_papers SET title = $1, state = $2, draft = $3, seen = $4, frozen = $5, version = version + 1, \
               maker_id = $6, maker_name = $7, number = $8, number_year = $9, symbol = $10, issued_on = $11, signer = $12, \
               changed_at = $13 WHERE id = $14 AND version = $15";
    let values = vec![
        new.title.as_str().into(),
        new.state.as_str().into(),
        new.draft.as_str().into(),
        new.seen.as_str().into(),
        new.frozen.as_str().into(),
        new.maker_id.into(),
        new.maker_name.as_str().into(),
        new.number.into(),
        number_year.into(),
        new.symbol.as_str().into(),
        new.issued_on.into(),
        new.signer.as_str().into(),
        now.0.into(),
        old.id.into(),
        old.version.into(),
    ];
    Ok(exec(&**tx, sql, values).await? > 0)
}

/// Moves a signed paper on, whose number stays.
pub(super) async fn issue(tx: &Tx, old: &Paper, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE outgoing_papers SET state = 'issued', version = version + 1, changed_at = $1 WHERE id = $2 AND version = $3";
    Ok(exec(&**tx, sql, vec![now.0.into(), old.id.into(), old.version.into()]).await? > 0)
}

/// Removes a draft with its history; `false` when it is no draft (any more).
pub(super) async fn delete(tx: &Tx, old: &Paper) -> Result<bool> {
    exec(&**tx, "DELETE FROM outgoing_steps WHERE paper_id = $1", vec![old.id.into()]).await?;
    let sql = "DELETE FROM outgoing_papers WHERE id = $1 AND version = $2 AND state = 'draft'";
    Ok(exec(&**tx, sql, vec![old.id.into(), old.version.into()]).await? > 0)
}

/// Something that was done to a paper.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Step {
    pub at: i64,
    pub actor_name: String,
    pub kind: String,
    pub body: String,
}

/// Adds to the history.
pub(super) async fn insert_step(
    tx: &Tx,
    now: Timestamp,
    actor: &Actor,
    paper: Uuid,
    kind: &str,
    body: &str,
) -> Result<()> {
    insert("outgoing_steps", &["id", "paper_id", "at", "actor_id", "actor_name", "kind", "body"])
        .row([
            new_id().into(),
            paper.into(),
            now.0.into(),
            actor.user.into(),
            actor.name.as_str().into(),
            kind.into(),
            body.into(),
        ])
        .run(&**tx)
        .await
}

/// The history of a paper, the newest first.
pub(super) async fn steps(c: &impl ConnectionTrait, paper: Uuid) -> Result<Vec<Step>> {
    let sql =
        "SELECT at, actor_name, kind, body FROM outgoing_steps WHERE paper_id = $1 ORDER BY at DESC, id DESC LIMIT 100";
    all(c, sql, vec![paper.into()]).await
}

/// A signed file.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct File {
    pub id: Uuid,
    pub paper_id: Uuid,
    pub file_name: String,
    pub file_hash: String,
    pub media_type: String,
    pub size: i64,
    pub marks: String,
    pub by_name: String,
    pub at: i64,
}

const FILE: &str =
    "SELECT id, paper_id, file_name, file_hash, media_type, size, marks, by_name, at FROM outgoing_files";

/// One signed file.
pub(super) async fn file(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<File>> {
    one(c, &format!("{FILE} WHERE id = $1"), vec![id.into()]).await
}

/// The signed files of a paper, the one that holds first.
pub(super) async fn files(c: &impl ConnectionTrait, paper: Uuid) -> Result<Vec<File>> {
    all(c, &format!("{FILE} WHERE paper_id = $1 ORDER BY at DESC, id DESC"), vec![paper.into()]).await
}

/// Keeps a signed file.
pub(super) async fn insert_file(tx: &Tx, actor: &Actor, file: &File) -> Result<()> {
    let columns =
        &["id", "paper_id", "file_name", "file_hash", "media_type", "size", "marks", "by_id", "by_name", "at"];
    insert("outgoing_files", columns)
        .row([
            file.id.into(),
            file.paper_id.into(),
            file.file_name.as_str().into(),
            file.file_hash.as_str().into(),
            file.media_type.as_str().into(),
            file.size.into(),
            file.marks.as_str().into(),
            actor.user.into(),
            actor.name.as_str().into(),
            file.at.into(),
        ])
        .run(&**tx)
        .await
}

/// The next number that is free in a year under a symbol of an agency.
pub(super) async fn next_number(c: &impl ConnectionTrait, owner: Uuid, year: i64, symbol: &str) -> Result<i64> {
    let sql =
        "SELECT COALESCE(MAX(number), 0) FROM outgoing_papers WHERE owner_id = $1 AND number_year = $2 AND symbol = $3";
    let last: i64 = scalar(c, sql, vec![owner.into(), year.into(), symbol.into()]).await?;
    Ok(last + 1)
}
