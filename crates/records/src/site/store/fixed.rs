//! Static pages and their editions.

use kernel::{Actor, Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one};

use super::stale;

/// A static page, with the title of its newest edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub(crate) struct PageRow {
    pub id: Uuid,
    pub slug: String,
    pub position: i64,
    /// Number of the edition that everybody reads; 0 for none.
    pub live: i64,
    pub newest: i64,
    pub first_at: i64,
    pub version: i64,
    pub title: String,
    pub body: String,
    pub by_name: String,
    pub at: i64,
}

const PAGE: &str = "SELECT p.id, p.slug, p.position, p.live, p.newest, p.first_at, p.version, e.title, e.body, e.by_name, e.at \
                    FROM site_pages p JOIN site_page_editions e ON e.page_id = p.id AND e.number = p.newest";

/// Every page, in order.
pub(crate) async fn pages(c: &impl ConnectionTrait) -> Result<Vec<PageRow>> {
    all(c, &format!("{PAGE} ORDER BY p.position, p.slug"), vec![]).await
}

pub(crate) async fn page(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<PageRow>> {
    one(c, &format!("{PAGE} WHERE p.id = $1"), vec![id.into()]).await
}

/// Is there a page at this address?
pub(crate) async fn page_at(c: &impl ConnectionTrait, slug: &str) -> Result<Option<PageRow>> {
    one(c, &format!("{PAGE} WHERE p.slug = $1"), vec![slug.into()]).await
}

/// An edition of a page.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct EditionRow {
    pub number: i64,
    pub title: String,
    pub body: String,
    pub by_name: String,
    pub at: i64,
}

/// The editions of a page, the newest first.
pub(crate) async fn editions(c: &impl ConnectionTrait, page: Uuid) -> Result<Vec<EditionRow>> {
    let sql = "SELECT number, title, body, by_name, at FROM site_page_editions WHERE page_id = $1 ORDER BY number DESC";
    all(c, sql, vec![page.into()]).await
}

/// A new page, without an edition yet.
pub(crate) async fn insert_page(c: &impl ConnectionTrait, row: &PageRow, now: Timestamp) -> Result<()> {
    insert("site_pages", &["id", "slug", "position", "live", "newest", "first_at", "version", "changed_at"])
        .row([
            row.id.into(),
            row.slug.as_str().into(),
            row.position.into(),
            0i64.into(),
            row.newest.into(),
            0i64.into(),
            0i64.into(),
            now.0.into(),
        ])
        .run(c)
        .await
}

/// Keeps place, newest and live edition of a page that was read at its version.
pub(crate) async fn save_page(c: &impl ConnectionTrait, row: &PageRow, now: Timestamp) -> Result<()> {
    let sql = "UPDATE site_pages SET position = $1, live = $2, newest = $3, first_at = $4, changed_at = $5, version = version + 1 \
               WHERE id = $6 AND version = $7";
    let values = vec![
        row.position.into(),
        row.live.into(),
        row.newest.into(),
        row.first_at.into(),
        now.0.into(),
        row.id.into(),
        row.version.into(),
    ];
    if exec(c, sql, values).await? == 1 { Ok(()) } else { Err(stale()) }
}

/// Adds an edition.
pub(crate) async fn insert_edition(
    c: &impl ConnectionTrait,
    (page, number): (Uuid, i64),
    (title, body): (&str, &str),
    by: &Actor,
    now: Timestamp,
) -> Result<()> {
    insert("site_page_editions", &["page_id", "number", "title", "body", "by_id", "by_name", "at"])
        .row([
            page.into(),
            number.into(),
            title.into(),
            body.into(),
            by.user.into(),
            by.name.as_str().into(),
            now.0.into(),
        ])
        .run(c)
        .await
}

/// A static page as everybody reads it; without words once it was taken back.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Live {
    /// Its id.
    pub id: Uuid,
    /// Its address.
    pub slug: String,
    /// Heading.
    pub title: String,
    /// Markdown; empty when it was taken back.
    pub body: String,
    /// When this edition was written.
    pub at: i64,
    /// Is it public?
    pub public: bool,
}

const LIVE: &str = "SELECT p.id, p.slug, e.title, e.body, e.at, TRUE AS public FROM site_pages p \
                    JOIN site_page_editions e ON e.page_id = p.id AND e.number = p.live";

/// The public pages, in order.
pub(crate) async fn live_pages(c: &impl ConnectionTrait) -> Result<Vec<Live>> {
    all(c, &format!("{LIVE} ORDER BY p.position, p.slug"), vec![]).await
}

/// The page at an address; without words when it is public no more, none when it never was.
pub(crate) async fn live_at(c: &impl ConnectionTrait, slug: &str) -> Result<Option<Live>> {
    if let Some(found) = one(c, &format!("{LIVE} WHERE p.slug = $1"), vec![slug.into()]).await? {
        return Ok(Some(found));
    }
    let gone = page_at(c, slug).await?.filter(|page| page.first_at > 0);
    Ok(gone.map(|page| Live {
        id: page.id,
        slug: page.slug,
        title: page.title,
        body: String::new(),
        at: page.at,
        public: false,
    }))
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Public pages after an id, in order of id.
pub(crate) async fn live_ids(c: &impl ConnectionTrait, after: Option<Uuid>, most: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM site_pages WHERE live > 0 AND id > $1 ORDER BY id LIMIT $2";
    let rows: Vec<Id> = all(c, sql, vec![after.unwrap_or(Uuid::nil()).into(), most.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The public pages among these.
pub(crate) async fn live_of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Live>> {
    let mut params = Params::new();
    let ids = params.list(ids.iter().copied());
    all(c, &format!("{LIVE} WHERE p.id IN ({ids})"), params.values()).await
}
