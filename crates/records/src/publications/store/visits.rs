//! How often publications were read.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, one};

use super::list::below;

/// A publication and how often it was read.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct ReadLine {
    pub id: Uuid,
    pub slug: String,
    pub kind: String,
    pub title: String,
    pub agency_name: String,
    pub views: i64,
}

/// How often what an agency published was read.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct AgencyViews {
    pub id: Uuid,
    pub name: String,
    pub views: i64,
}

/// How often one thing was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Views {
    /// In all.
    pub views: i64,
    /// Since a day.
    pub lately: i64,
}

const FROM: &str = "FROM visits v JOIN publications p ON p.id = v.id JOIN agencies a ON a.id = p.agency_id WHERE v.kind = 'publication'";

/// What was read most from a day to a day (yyyymmdd, both included), of subtrees or everywhere, of one agency or all.
pub(crate) async fn most_read(
    c: &impl ConnectionTrait,
    (roots, agency): (Option<&[Uuid]>, Option<Uuid>),
    (from, to): (i64, i64),
    most: i64,
) -> Result<Vec<ReadLine>> {
    let mut params = Params::new();
    let (from, to) = (params.mark(from), params.mark(to));
    let mut only = below(roots, &mut params);
    if let Some(agency) = agency {
        only += &format!(" AND p.agency_id = {}", params.mark(agency));
    }
    let most = params.mark(most);
    let sql = format!(
        "SELECT x.id, x.slug, x.kind, e.title, x.agency_name, x.views FROM (SELECT p.id, p.slug, p.kind, p.live_id, a.name AS agency_name, \
         CAST(SUM(v.views) AS BIGINT) AS views {FROM} AND v.day >= {from} AND v.day <= {to} {only} \
         GROUP BY p.id, p.slug, p.kind, p.live_id, a.name) AS x JOIN editions e ON e.id = x.live_id ORDER BY x.views DESC, x.id LIMIT {most}"
    );
    all(c, &sql, params.values()).await
}

/// Views by agency from a day to a day (yyyymmdd, both included), the most read first.
pub(crate) async fn agency_views(
    c: &impl ConnectionTrait,
    roots: Option<&[Uuid]>,
    (from, to): (i64, i64),
) -> Result<Vec<AgencyViews>> {
    let mut params = Params::new();
    let (from, to) = (params.mark(from), params.mark(to));
    let only = below(roots, &mut params);
    let sql = format!(
        "SELECT a.id, a.name, CAST(SUM(v.views) AS BIGINT) AS views {FROM} AND v.day >= {from} AND v.day <= {to} {only} \
         GROUP BY a.id, a.name, a.name_fold ORDER BY views DESC, a.name_fold, a.id"
    );
    all(c, &sql, params.values()).await
}

/// Views of one publication, in all and since a day (yyyymmdd).
pub(crate) async fn views_of(c: &impl ConnectionTrait, id: Uuid, since: i64) -> Result<Views> {
    let sql = "SELECT COALESCE(CAST(SUM(views) AS BIGINT), 0) AS views, \
               COALESCE(CAST(SUM(CASE WHEN day >= $2 THEN views ELSE 0 END) AS BIGINT), 0) AS lately \
               FROM visits WHERE kind = 'publication' AND id = $1";
    Ok(one(c, sql, vec![id.into(), since.into()]).await?.unwrap_or_default())
}
