//! How often the shelf was read.

use kernel::Result;
use store::{ConnectionTrait, FromQueryResult, all};

/// A document, an article (with its number) or a card, and how often it was read.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Read {
    pub kind: String,
    pub slug: String,
    pub number: String,
    pub title: String,
    pub views: i64,
}

/// What was read most from a day to a day (yyyymmdd, both included).
pub(crate) async fn most_read(c: &impl ConnectionTrait, (from, to): (i64, i64), most: i64) -> Result<Vec<Read>> {
    let sql = "SELECT x.kind, x.slug, x.number, x.title, x.views FROM (\
               SELECT 'law' AS kind, l.slug, '' AS number, l.title, CAST(SUM(v.views) AS BIGINT) AS views FROM visits v JOIN laws l ON l.id = v.id \
               WHERE v.kind = 'law' AND v.day >= $1 AND v.day <= $2 GROUP BY l.slug, l.title \
               UNION ALL SELECT 'law_article', l.slug, a.number, l.title, CAST(SUM(v.views) AS BIGINT) FROM visits v \
               JOIN law_articles a ON a.id = v.id JOIN laws l ON l.id = a.law_id \
               WHERE v.kind = 'law_article' AND v.day >= $1 AND v.day <= $2 GROUP BY l.slug, a.number, l.title \
               UNION ALL SELECT 'card', d.slug, '', d.title, CAST(SUM(v.views) AS BIGINT) FROM visits v JOIN law_cards d ON d.id = v.id \
               WHERE v.kind = 'card' AND v.day >= $1 AND v.day <= $2 GROUP BY d.slug, d.title) AS x \
               ORDER BY x.views DESC, x.kind, x.slug, x.number LIMIT $3";
    all(c, sql, vec![from.into(), to.into(), most.into()]).await
}
