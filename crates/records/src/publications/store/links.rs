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
}

/// Such a link, with where it stands.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct DeadLine {
    pub publication_id: Uuid,
    pub title: String,
    pub agency_name: String,
    pub address: String,
    pub words: String,
    pub status: i64,
}

/// The last look at the links.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Look {
    pub at: i64,
    pub links: i64,
}

/// Puts what a look found in the place of what the one before did.
pub(crate) async fn replace_dead(c: &impl ConnectionTrait, dead: &[Dead], links: i64, now: Timestamp) -> Result<()> {
    exec(c, "DELETE FROM dead_links", vec![]).await?;
    exec(c, "DELETE FROM link_looks", vec![]).await?;
    let mut block = insert("dead_links", &["id", "publication_id", "address", "words", "status"]);
    for one in dead {
        block.push::<5>([
            kernel::new_id().into(),
            one.publication.into(),
            one.address.as_str().into(),
            one.words.as_str().into(),
            one.status.into(),
        ]);
    }
    block.run(c).await?;
    insert("link_looks", &["at", "links"]).row([now.0.into(), links.into()]).run(c).await
}

/// The last look, if there was one.
pub(crate) async fn last_look(c: &impl ConnectionTrait) -> Result<Option<Look>> {
    one(c, "SELECT at, links FROM link_looks ORDER BY at DESC LIMIT 1", vec![]).await
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
        "SELECT d.publication_id, e.title, a.name AS agency_name, d.address, d.words, d.status {FROM} {mine} \
         ORDER BY a.name_fold, p.first_at DESC, d.publication_id, d.address LIMIT {limit} OFFSET {offset}"
    );
    Ok((total, all(c, &sql, params.values()).await?))
}
