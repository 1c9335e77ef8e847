//! Files that no row names any more: they go [`KEPT_DAYS`] days after that was first seen.
//!
//! Which tables name files is read off the schema: a column that does is called `file_hash`. Bytes that are put again meanwhile have another time
//! ([`crate::blobs::Blobs::put`]), so a file that somebody is about to name is never taken away.

use std::collections::{HashMap, HashSet};

use kernel::{Actor, Result};
use serde_json::json;
use store::{ConnectionTrait, FromQueryResult, Params, all, backup::tables_with, exec, insert, scalar};

use crate::{
    App,
    audit::{self, Entry},
    blobs::Kept,
    jobs::JobContext,
};

/// Days for which a file that nothing names is still kept.
pub const KEPT_DAYS: i64 = 30;

/// Name of every column that names a file.
pub const COLUMN: &str = "file_hash";

/// Rows in a statement.
const BLOCK: usize = 400;

#[derive(FromQueryResult)]
struct Stray {
    key: String,
    touched: i64,
    size: i64,
    found_at: i64,
}

#[derive(FromQueryResult)]
struct Named {
    file_hash: String,
}

/// Removes what nothing has named for long and notes what nothing names now.
///
/// # Errors
/// When the database or the store of files refuses.
pub(crate) async fn sweep(app: App, context: JobContext) -> Result<()> {
    // What is written is written outside: a job that says it is alive writes too.
    let done = context.alive(&app, look(&app)).await?;
    note(&app, &done).await
}

/// What a look at the files found and did.
struct Done {
    /// No strays any more.
    forgotten: Vec<String>,
    /// Strays from now on.
    fresh: Vec<Kept>,
    /// Files that were removed, and their bytes.
    removed: (i64, i64),
}

/// Removes what is to go; writes nothing.
async fn look(app: &App) -> Result<Done> {
    let c = app.db.read();
    // Files first: one that comes later is not looked at.
    let mut strays: HashMap<String, Kept> =
        app.blobs.kept().await?.into_iter().map(|one| (one.hash.clone(), one)).collect();
    let listed: HashSet<String> = strays.keys().cloned().collect();
    let tables = tables_with(COLUMN);
    for table in &tables {
        let sql = format!("SELECT DISTINCT {COLUMN} FROM {table} WHERE {COLUMN} <> ''");
        for named in all::<Named>(c, &sql, vec![]).await? {
            strays.remove(&named.file_hash);
        }
    }
    let known: Vec<Stray> = all(c, "SELECT key, touched, size, found_at FROM blob_strays", vec![]).await?;
    let long_ago = app.clock.now().plus_seconds(-86_400 * KEPT_DAYS);
    let (mut count, mut bytes) = (0i64, 0i64);
    let mut forgotten = Vec::new();
    let mut noted = HashSet::new();
    for stray in known {
        let old = stray.found_at <= long_ago.0;
        let kept = strays.get(&stray.key).filter(|kept| kept.touched == stray.touched);
        let gone = match kept {
            Some(_) if !old => {
                noted.insert(stray.key);
                continue;
            }
            Some(kept) => !is_named(c, &tables, &stray.key).await? && app.blobs.remove_untouched(kept).await?,
            // Removed by a run that could not tell of it.
            None => old && !listed.contains(&stray.key),
        };
        if gone {
            count += 1;
            bytes += stray.size;
            noted.insert(stray.key.clone());
        }
        forgotten.push(stray.key);
    }
    let fresh = strays.into_values().filter(|kept| !noted.contains(&kept.hash)).collect();
    Ok(Done { forgotten, fresh, removed: (count, bytes) })
}

/// Removes a file at once when no row names it, of whatever slice: what somebody dropped must not lie about for weeks.
///
/// # Errors
/// When the database or the store of files refuses.
pub async fn release(app: &App, hash: &str) -> Result<()> {
    if is_named(app.db.read(), &tables_with(COLUMN), hash).await? { Ok(()) } else { app.blobs.delete(hash).await }
}

/// Does any row name the file?
async fn is_named(c: &impl ConnectionTrait, tables: &[String], hash: &str) -> Result<bool> {
    for table in tables {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE {COLUMN} = $1");
        if scalar(c, &sql, vec![hash.into()]).await? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Keeps what nothing names, drops what is gone, named again or put again, and tells what was removed: files, bytes.
async fn note(app: &App, Done { forgotten, fresh, removed: (count, bytes) }: &Done) -> Result<()> {
    if forgotten.is_empty() && fresh.is_empty() {
        return Ok(());
    }
    let tx = app.db.begin().await?;
    for block in forgotten.chunks(BLOCK) {
        let mut params = Params::new();
        let list = params.list(block.iter().map(String::as_str));
        exec(&*tx, &format!("DELETE FROM blob_strays WHERE key IN ({list})"), params.values()).await?;
    }
    let mut block = insert("blob_strays", &["key", "touched", "size", "found_at"]);
    for one in fresh {
        let size = i64::try_from(one.size).unwrap_or(i64::MAX);
        block.push::<4>([one.hash.as_str().into(), one.touched.into(), size.into(), app.clock.now().0.into()]);
    }
    let conflict = "ON CONFLICT (key) DO UPDATE SET touched = excluded.touched, size = excluded.size, found_at = excluded.found_at";
    block.run_with(&*tx, conflict).await?;
    if *count > 0 {
        let detail = json!({ "count": count, "bytes": bytes });
        let entry = Entry { action: "files.sweep", subject: "file", id: None, detail };
        audit::record(&*tx, &*app.clock, &Actor::system(), entry).await?;
    }
    tx.commit().await?;
    tracing::info!(count, bytes, "dọn tệp không còn được dùng");
    Ok(())
}
