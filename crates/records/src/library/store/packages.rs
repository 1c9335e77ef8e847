//! What was put together for broadcasters.

use kernel::{Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one};

/// A package.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Package {
    pub id: Uuid,
    pub agency_id: Uuid,
    pub agency_name: String,
    pub title: String,
    pub receiver: String,
    pub items: String,
    pub item_count: i64,
    pub file_hash: String,
    pub size: i64,
    pub note: String,
    pub by_name: String,
    pub made_at: i64,
}

impl Package {
    /// Ids of its items, in order.
    pub(crate) fn ids(&self) -> Vec<Uuid> {
        self.items.lines().filter_map(|line| Uuid::parse_str(line).ok()).collect()
    }
}

const PACKAGE: &str = "SELECT k.id, k.agency_id, a.name AS agency_name, k.title, k.receiver, k.items, k.item_count, k.file_hash, k.size, k.note, k.by_name, \
                       k.made_at FROM media_packages k JOIN agencies a ON a.id = k.agency_id";

/// Packages of subtrees, or everywhere, the newest first.
pub(crate) async fn packages(c: &impl ConnectionTrait, roots: Option<&[Uuid]>) -> Result<Vec<Package>> {
    let mut params = Params::new();
    let below = roots.map_or(String::new(), |roots| {
        let roots = params.list(roots.iter().copied());
        format!("WHERE k.agency_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))")
    });
    all(c, &format!("{PACKAGE} {below} ORDER BY k.made_at DESC, k.id LIMIT 200"), params.values()).await
}

pub(crate) async fn package(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Package>> {
    one(c, &format!("{PACKAGE} WHERE k.id = $1"), vec![id.into()]).await
}

/// A package as it was asked for.
pub(crate) struct PackageDraft {
    pub agency: Uuid,
    pub title: String,
    pub receiver: String,
    pub items: Vec<Uuid>,
}

pub(crate) async fn insert_package(
    c: &impl ConnectionTrait,
    id: Uuid,
    draft: &PackageDraft,
    (by, name): (Uuid, &str),
    now: Timestamp,
) -> Result<()> {
    let columns = [
        "id",
        "agency_id",
        "title",
        "receiver",
        "items",
        "item_count",
        "file_hash",
        "size",
        "note",
        "by_id",
        "by_name",
        "made_at",
    ];
    let lines: Vec<String> = draft.items.iter().map(Uuid::to_string).collect();
    insert("media_packages", &columns)
        .row([
            id.into(),
            draft.agency.into(),
            draft.title.as_str().into(),
            draft.receiver.as_str().into(),
            lines.join("\n").into(),
            i64::try_from(lines.len()).unwrap_or(0).into(),
            "".into(),
            0i64.into(),
            "".into(),
            by.into(),
            name.into(),
            now.0.into(),
        ])
        .run(c)
        .await
}

/// Notes what was made, or why it was not.
pub(crate) async fn finish_package(
    c: &impl ConnectionTrait,
    id: Uuid,
    (hash, size): (&str, i64),
    note: &str,
) -> Result<()> {
    let sql = "UPDATE media_packages SET file_hash = $1, size = $2, note = $3 WHERE id = $4";
    exec(c, sql, vec![hash.into(), size.into(), note.into(), id.into()]).await.map(drop)
}

/// Packages whose file is older than an instant.
pub(crate) async fn old_packages(c: &impl ConnectionTrait, before: Timestamp) -> Result<Vec<Package>> {
    let sql = format!("{PACKAGE} WHERE k.file_hash <> '' AND k.made_at < $1 ORDER BY k.made_at LIMIT 200");
    all(c, &sql, vec![before.0.into()]).await
}
