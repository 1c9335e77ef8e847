//! Links that lead nowhere.

use kernel::{Paging, Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one, scalar};

use super::service::Sought;

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dead {
    pub kind: &'static str,
    pub item: Uuid,
    pub agency: Option<Uuid>,
    pub title: String,
    pub desk: String,
    pub address: String,
    pub words: String,
    /// See migration 0021.
    pub status: i64,
    pub outside: bool,
}

/// What is known of an address of another site.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(super) struct OutsideLink {
    pub hash: String,
    pub status: i64,
    pub failed: i64,
    pub checked_at: i64,
}

/// What a look found.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub dead: Vec<Dead>,
    /// Links of this site, and to others.
    pub links: i64,
    pub outside: i64,
    /// What other sites were asked.
    pub asked: Vec<OutsideLink>,
}

/// Days for which what is known of an address that nobody links to (any more) is kept.
const KEPT_DAYS: i64 = 60;

/// Such a link, as it is listed.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct DeadLine {
    pub id: Uuid,
    pub kind: String,
    pub item_id: Uuid,
    pub title: String,
    pub desk: String,
    /// Empty: of the whole portal.
    pub agency_name: String,
    pub address: String,
    pub words: String,
    pub status: i64,
    pub outside: bool,
}

/// What a person sees of them.
#[derive(Debug, Clone)]
pub(super) struct Sight {
    /// Agencies below which; none: every agency.
    pub roots: Option<Vec<Uuid>>,
    /// What is of the whole portal too.
    pub portal: bool,
}

/// The last look at the links.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Look {
    pub at: i64,
    pub links: i64,
    pub outside: i64,
}

/// Puts what a look at everything found in the place of what the one before did.
pub(super) async fn replace_all(c: &impl ConnectionTrait, found: &Looked, now: Timestamp) -> Result<()> {
    exec(c, "DELETE FROM dead_links", vec![]).await?;
    exec(c, "DELETE FROM link_looks", vec![]).await?;
    put(c, found).await?;
    exec(c, "DELETE FROM outside_links WHERE checked_at < $1", vec![now.plus_seconds(-86_400 * KEPT_DAYS).0.into()])
        .await?;
    insert("link_looks", &["at", "links", "outside"])
        .row([now.0.into(), found.links.into(), found.outside.into()])
        .run(c)
        .await
}

/// Puts what a look at one thing found in the place of what was known of it.
pub(super) async fn replace_of(c: &impl ConnectionTrait, (kind, item): (&str, Uuid), found: &Looked) -> Result<()> {
    exec(c, "DELETE FROM dead_links WHERE kind = $1 AND item_id = $2", vec![kind.into(), item.into()]).await?;
    put(c, found).await
}

async fn put(c: &impl ConnectionTrait, found: &Looked) -> Result<()> {
    let columns = ["id", "kind", "item_id", "agency_id", "title", "desk", "address", "words", "status", "outside"];
    let mut block = insert("dead_links", &columns);
    for one in &found.dead {
        block.push::<10>([
            kernel::new_id().into(),
            one.kind.into(),
            one.item.into(),
            one.agency.into(),
            one.title.as_str().into(),
            one.desk.as_str().into(),
            one.address.as_str().into(),
            one.words.as_str().into(),
            one.status.into(),
            one.outside.into(),
        ]);
    }
    block.run(c).await?;
    let mut block = insert("outside_links", &["hash", "status", "failed", "checked_at"]);
    for one in &found.asked {
        block.push::<4>([one.hash.as_str().into(), one.status.into(), one.failed.into(), one.checked_at.into()]);
    }
    let anew = "ON CONFLICT (hash) DO UPDATE SET status = excluded.status, failed = excluded.failed, checked_at = excluded.checked_at";
    block.run_with(c, anew).await
}

/// What is known of these addresses of other sites.
pub(super) async fn outside_links(c: &impl ConnectionTrait, hashes: &[&str]) -> Result<Vec<OutsideLink>> {
    let mut params = Params::new();
    let list = params.list(hashes.iter().copied());
    let sql = format!("SELECT hash, status, failed, checked_at FROM outside_links WHERE hash IN ({list})");
    all(c, &sql, params.values()).await
}

/// The last look, if there was one.
pub(super) async fn last_look(c: &impl ConnectionTrait) -> Result<Option<Look>> {
    one(c, "SELECT at, links, outside FROM link_looks ORDER BY at DESC LIMIT 1", vec![]).await
}

impl Sight {
    fn clause(&self, params: &mut Params) -> String {
        let Some(roots) = &self.roots else { return "1 = 1".to_owned() };
        let roots = params.list(roots.iter().copied());
        let portal = if self.portal { "d.agency_id IS NULL OR " } else { "" };
        format!("({portal}d.agency_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots})))")
    }
}

fn clause(sight: &Sight, sought: &Sought, params: &mut Params) -> String {
    let mut out = sight.clause(params);
    if !sought.kind.is_empty() {
        out += &format!(" AND d.kind = {}", params.mark(sought.kind.as_str()));
    }
    if let Some(outside) = sought.outside {
        out += &format!(" AND d.outside = {}", params.mark(outside));
    }
    out
}

/// How many there are.
pub(super) async fn count_dead(c: &impl ConnectionTrait, sight: &Sight, sought: &Sought) -> Result<i64> {
    let mut params = Params::new();
    let clause = clause(sight, sought, &mut params);
    scalar(c, &format!("SELECT COUNT(*) FROM dead_links d WHERE {clause}"), params.values()).await
}

const LINE: &str = "SELECT d.id, d.kind, d.item_id, d.title, d.desk, COALESCE(a.name, '') AS agency_name, d.address, d.words, d.status, \
                    d.outside FROM dead_links d LEFT JOIN agencies a ON a.id = d.agency_id";

/// One page of them: what is of the whole portal first, then by agency.
pub(super) async fn dead(
    c: &impl ConnectionTrait,
    sight: &Sight,
    sought: &Sought,
    paging: Paging,
) -> Result<Vec<DeadLine>> {
    let mut params = Params::new();
    let clause = clause(sight, sought, &mut params);
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!(
        "{LINE} WHERE {clause} ORDER BY COALESCE(a.name_fold, ''), d.kind, d.item_id DESC, d.address, d.id LIMIT {limit} OFFSET {offset}"
    );
    all(c, &sql, params.values()).await
}

/// One of those that a person sees.
pub(super) async fn one_dead(c: &impl ConnectionTrait, sight: &Sight, id: Uuid) -> Result<Option<DeadLine>> {
    let mut params = Params::new();
    let clause = sight.clause(&mut params);
    let id = params.mark(id);
    one(c, &format!("{LINE} WHERE {clause} AND d.id = {id}"), params.values()).await
}
