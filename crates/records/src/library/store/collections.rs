//! Collections.

use kernel::{Result, Timestamp, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, all, exec, insert, one};

use super::faster;

/// Items that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Collection {
    /// Its id.
    pub id: Uuid,
    /// Who arranges it.
    pub agency_id: Uuid,
    /// The name of that agency.
    pub agency_name: String,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// What it gathers.
    pub about: String,
    /// Do readers see it?
    pub shown: bool,
    /// Counts changes.
    pub version: i64,
    /// Public items in it, in a list of all; 0 in one alone.
    pub n: i64,
}

const COLLECTION: &str = "SELECT k.id, k.agency_id, a.name AS agency_name, k.slug, k.title, k.about, k.shown, k.version, \
                          CAST(0 AS BIGINT) AS n FROM media_collections k JOIN agencies a ON a.id = k.agency_id";

#[derive(FromQueryResult)]
struct Counted {
    key: String,
    n: i64,
}

/// Every collection in order of title with the number of its public items; `shown`: only those that readers see.
pub(crate) async fn collections(c: &impl ConnectionTrait, shown: bool) -> Result<Vec<Collection>> {
    let only = if shown { "WHERE k.shown" } else { "" };
    let sql = format!("{COLLECTION} {only} ORDER BY k.title_fold, k.id LIMIT 1000");
    let mut out: Vec<Collection> = all(c, &sql, vec![]).await?;
    let sql = "SELECT x.key, COUNT(*) AS n FROM media_marks x JOIN media m ON m.id = x.media_id AND m.shown_at > 0 \
               WHERE x.kind = 'collection' GROUP BY x.key";
    let counts: Vec<Counted> = all(c, sql, vec![]).await?;
    for one in &mut out {
        let key = one.id.to_string();
        one.n = counts.iter().find(|count| count.key == key).map_or(0, |count| count.n);
    }
    Ok(out)
}

pub(crate) async fn collection(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Collection>> {
    one(c, &format!("{COLLECTION} WHERE k.id = $1"), vec![id.into()]).await
}

pub(crate) async fn collection_at(c: &impl ConnectionTrait, slug: &str) -> Result<Option<Collection>> {
    one(c, &format!("{COLLECTION} WHERE k.slug = $1"), vec![slug.into()]).await
}

/// A collection as it was typed.
pub(crate) struct CollectionDraft {
    pub agency: Uuid,
    pub title: String,
    pub about: String,
    pub shown: bool,
}

pub(crate) async fn insert_collection(
    c: &impl ConnectionTrait,
    (id, slug): (Uuid, &str),
    draft: &CollectionDraft,
    now: Timestamp,
) -> Result<()> {
    let columns = ["id", "agency_id", "slug", "title", "title_fold", "about", "shown", "version", "changed_at"];
    insert("media_collections", &columns)
        .row([
            id.into(),
            draft.agency.into(),
            slug.into(),
            draft.title.as_str().into(),
            text::fold(&draft.title).into(),
            draft.about.as_str().into(),
            draft.shown.into(),
            0i64.into(),
            now.0.into(),
        ])
        .run(c)
        .await
}

pub(crate) async fn update_collection(
    c: &impl ConnectionTrait,
    (id, version): (Uuid, i64),
    draft: &CollectionDraft,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE media_collections SET title = $1, title_fold = $2, about = $3, shown = $4, changed_at = $5, version = version + 1 \
               WHERE id = $6 AND version = $7";
    let values = vec![
        draft.title.as_str().into(),
        text::fold(&draft.title).into(),
        draft.about.as_str().into(),
        draft.shown.into(),
        now.0.into(),
        id.into(),
        version.into(),
    ];
    faster(exec(c, sql, values).await?)
}
