//! Links that lead nowhere.

use kernel::{Paging, Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one, scalar};

use super::list::below;

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dead {
    pub publication: Uuid,
    pub address: String,
    pub words: String,
    pub status: i64,
    pub outside: bool,
}

/// What is known of an address of another site.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct OutsideLink {
    pub hash: String,
    pub status: i64,
    pub failed: i64,
    pub checked_at: i64,
}

/// What a look found.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    pub dead: Vec<Dead>,
    /// Links of this site, and to others.
    pub links: i64,
    pub outside: i64,
    /// What other sites were asked.
    pub asked: Vec<OutsideLink>,
}

/// Days for which what is known of an address that nobody links to (any more) is kept.
const KEPT_DAYS: i64 = 60;

/// Such a link, with where it stands.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct DeadLine {
    pub publication_id: Uuid,
    pub title: String,
    pub agency_name: String,
    pub address: String,
    pub words: String,
    pub status: i64,
    pub outside: bool,
}

/// The last look at the links.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Look {
    pub at: i64,
    pub links: i64,
    pub outside: i64,
}

/// Puts what a look found in the place of what the one before did.
pub(crate) async fn replace_dead(c: &impl ConnectionTrait, found: &Looked, now: Timestamp) -> Result<()> {
    exec(c, "DELETE FROM dead_links", vec![]).await?;
    exec(c, "DELETE FROM link_looks", vec![]).await?;
    let mut block = insert("dead_links", &["id", "publication_id", "address", "words", "status", "outside"]);
    for one in &found.dead {
        block.push::<6>([
            kernel::new_id().into(),
            one.publication.into(),
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
    block.run_with(c, anew).await?;
    exec(c, "DELETE FROM outside_links WHERE checked_at < $1", vec![now.plus_seconds(-86_400 * KEPT_DAYS).0.into()])
        .await?;
    insert("link_looks", &["at", "links", "outside"])
        .row([now.0.into(), found.links.into(), found.outside.into()])
        .run(c)
        .await
}

/// What is known of these addresses of other sites.
pub(crate) async fn outside_links(c: &impl ConnectionTrait, hashes: &[&str]) -> Result<Vec<OutsideLink>> {
    let mut params = Params::new();
    let list = params.list(hashes.iter().copied());
    let sql = format!("SELECT hash, status, failed, checked_at FROM outside_links WHERE hash IN ({list})");
    all(c, &sql, params.values()).await
}

/// The last look, if there was one.
pub(crate) async fn last_look(c: &impl ConnectionTrait) -> Result<Option<Look>> {
    one(c, "SELECT at, links, outside FROM link_looks ORDER BY at DESC LIMIT 1", vec![]).await
}

const FROM: &str = "FROM dead_links d JOIN publications p ON p.id = d.publication_id JOIN editions e ON e.id = p.live_id \
                    JOIN agencies a ON a.id = p.agency_id WHERE p.gone = ''";

/// One page of them, of subtrees or everywhere, and how many there are.
pub(crate) async fn dead(
    c: &impl ConnectionTrait,
    roots: Option<&[Uuid]>,
    paging: Paging,
) -> Result<(i64, Vec<DeadLine>)> {
    let mut params = Params::new();
    let mine = below(roots, &mut params);
    let total = scalar(c, &format!("SELECT COUNT(*) {FROM} {mine}"), params.values()).await?;
    let mut params = Params::new();
    let mine = below(roots, &mut params);
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!(
        "SELECT d.publication_id, e.title, a.name AS agency_name, d.address, d.words, d.status, d.outside {FROM} {mine} \
         ORDER BY a.name_fold, p.first_at DESC, d.publication_id, d.address LIMIT {limit} OFFSET {offset}"
    );
    Ok((total, all(c, &sql, params.values()).await?))
}
