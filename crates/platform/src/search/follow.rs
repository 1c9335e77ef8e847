//! How the index of a node follows what changes: line by line while it runs, from the start when it is new or too old.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
    time::Duration,
};

use kernel::{Error, Result, Uuid};
use tokio::sync::Mutex;

use super::{Audience, Entry, Index, SearchDef, store};
use crate::App;

/// What one can find on this node: what is public, and what is not.
#[derive(Default)]
struct Shelf {
    indexes: OnceLock<Arc<Indexes>>,
    /// Held by whoever opens the indexes or writes into them.
    turn: Mutex<Seen>,
}

/// See [`Shelf`].
struct Indexes {
    public: Index,
    inner: Index,
}

/// Lines that were read already, of the last [`OVERLAP`].
#[derive(Default)]
struct Seen(BTreeSet<Uuid>);

/// Milliseconds that a transaction may take between making the id of a line and committing it.
const OVERLAP: u64 = 60_000;
/// Days for which lines are kept.
const KEPT_DAYS: u64 = 7;
/// Items that are read at a time.
const BLOCK: usize = 200;
/// Ids that are read at a time: a database may sort all of them for each page.
const PAGE: i64 = 20_000;
/// In the place of a kind: everything is to be looked at anew.
const ANEW: &str = "*";

/// The smallest id of an instant before that of `id`, in milliseconds.
fn earlier(id: Uuid, milliseconds: u64) -> Uuid {
    let at = (id.as_u128() >> 80) as u64;
    Uuid::from_u128(u128::from(at.saturating_sub(milliseconds)) << 80)
}

/// What everybody can find; `None` before the index is open (a moment after the start).
pub(super) fn public(app: &App) -> Option<impl std::ops::Deref<Target = Index>> {
    opened(app).map(|all| Half(all, |all| &all.public))
}

/// What is not public.
pub(super) fn inner(app: &App) -> Option<impl std::ops::Deref<Target = Index>> {
    opened(app).map(|all| Half(all, |all| &all.inner))
}

fn opened(app: &App) -> Option<Arc<Indexes>> {
    app.memory.of::<Shelf>().indexes.get().cloned()
}

struct Half(Arc<Indexes>, fn(&Indexes) -> &Index);

impl std::ops::Deref for Half {
    type Target = Index;

    fn deref(&self) -> &Index {
        (self.1)(&self.0)
    }
}

/// Starts following; it stops with the returned handle.
pub fn spawn(app: App) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let mut pause = tokio::time::interval(Duration::from_millis(500));
        pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut told = String::new();
        loop {
            pause.tick().await;
            match catch_up(&app).await {
                Ok(()) => told.clear(),
                Err(error) => {
                    let error = error.to_string();
                    // The same trouble is told once, not twice a second.
                    if error != told {
                        tracing::error!(error, "chỉ mục tìm kiếm");
                        told = error;
                    }
                }
            }
        }
    })
}

/// Brings the indexes up to what is committed. Tests call it instead of [`spawn`].
///
/// # Errors
/// When the folder or the database refuses.
pub async fn catch_up(app: &App) -> Result<()> {
    let shelf = app.memory.of::<Shelf>();
    let mut seen = shelf.turn.lock().await;
    let indexes = match shelf.indexes.get() {
        Some(open) => open.clone(),
        None => {
            let folder = app.config.storage.data.join("search");
            let open = blocking(move || {
                Ok(Indexes { public: Index::open(&folder.join("public"))?, inner: Index::open(&folder.join("inner"))? })
            });
            let open = Arc::new(open.await?);
            if !fresh_enough(app, &open).await? {
                all_anew(app, &open, &mut seen).await?;
            }
            shelf.indexes.get_or_init(|| open).clone()
        }
    };
    let from = last(&indexes)?.map_or(Uuid::nil(), |last| earlier(last, OVERLAP));
    loop {
        let lines = store::changes(app.db.read(), from, 20_000).await?;
        let new: Vec<_> = lines.into_iter().filter(|line| !seen.0.contains(&line.id)).collect();
        let Some(newest) = new.last().map(|line| line.id) else { return Ok(()) };
        if new.iter().any(|line| line.kind == ANEW) {
            return all_anew(app, &indexes, &mut seen).await;
        }
        let mut changed: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
        for line in &new {
            changed.entry(&line.kind).or_default().insert(line.item_id);
        }
        for (kind, items) in changed {
            // A kind that no slice knows (any more) has nothing to be found.
            let Some(def) = definitions(app).find(|def| def.kind == kind) else { continue };
            let items: Vec<Uuid> = items.into_iter().collect();
            for block in items.chunks(BLOCK) {
                put(app, &indexes, def, block, true).await?;
            }
        }
        let newest = last(&indexes)?.map_or(newest, |last| last.max(newest));
        commit(&indexes, newest).await?;
        seen.0.extend(new.iter().map(|line| line.id));
        let old = earlier(newest, 2 * OVERLAP);
        seen.0.retain(|id| *id >= old);
    }
}

fn definitions(app: &App) -> impl Iterator<Item = &'static SearchDef> {
    app.slices.iter().flat_map(|slice| slice.search)
}

/// Asks every node to make its indexes anew.
///
/// # Errors
/// When the database refuses.
pub async fn reindex(app: &App) -> Result<()> {
    let tx = app.db.begin().await?;
    store::add(&*tx, ANEW, &[Uuid::nil()]).await?;
    tx.commit().await
}

/// Takes away lines that are older than any index that follows.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn forget_old(app: &App) -> Result<()> {
    if let Some(newest) = store::newest(app.db.read()).await? {
        let tx = app.db.begin().await?;
        store::forget(&*tx, earlier(newest, KEPT_DAYS * 86_400_000)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Up to which line both indexes have read.
fn last(indexes: &Indexes) -> Result<Option<Uuid>> {
    let read = |index: &Index| Ok::<_, Error>(index.note()?.and_then(|note| note.parse::<Uuid>().ok()));
    Ok(read(&indexes.public)?.min(read(&indexes.inner)?))
}

/// Can the indexes go on where they stopped?
async fn fresh_enough(app: &App, indexes: &Indexes) -> Result<bool> {
    let Some(last) = last(indexes)? else { return Ok(false) };
    match store::newest(app.db.read()).await? {
        // Another database, or one that was restored.
        None => Ok(last.is_nil()),
        Some(newest) => Ok(newest >= last && (last.is_nil() || store::reaches_back(app.db.read(), last).await?)),
    }
}

async fn all_anew(app: &App, indexes: &Arc<Indexes>, seen: &mut Seen) -> Result<()> {
    // What changes from here on is read again afterwards.
    let newest = store::newest(app.db.read()).await?.unwrap_or(Uuid::nil());
    let lines = store::changes(app.db.read(), earlier(newest, OVERLAP), 1_000_000).await?;
    let begun = std::time::Instant::now();
    indexes.public.clear()?;
    indexes.inner.clear()?;
    for def in definitions(app) {
        let mut after = None;
        loop {
            let ids = (def.ids)(app, after, PAGE).await?;
            let Some(end) = ids.last().copied() else { break };
            for block in ids.chunks(BLOCK) {
                put(app, indexes, def, block, false).await?;
            }
            after = Some(end);
        }
    }
    commit(indexes, newest).await?;
    seen.0 = lines.into_iter().map(|line| line.id).collect();
    let entries = indexes.public.len() + indexes.inner.len();
    tracing::info!(entries, milliseconds = begun.elapsed().as_millis() as u64, "đã lập chỉ mục tìm kiếm");
    let indexes = indexes.clone();
    // What changes meanwhile is followed beside it; a program that is to stop does not wait for it.
    std::thread::spawn(move || {
        for index in [&indexes.public, &indexes.inner] {
            if let Err(error) = index.settle() {
                tracing::error!(%error, "gộp chỉ mục tìm kiếm");
            }
        }
    });
    Ok(())
}

async fn put(app: &App, indexes: &Arc<Indexes>, def: &'static SearchDef, items: &[Uuid], replace: bool) -> Result<()> {
    let entries = (def.load)(app, items).await?;
    let (public, inner): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.audience == Audience::Public);
    let (indexes, items) = (indexes.clone(), if replace { items.to_vec() } else { Vec::new() });
    blocking(move || {
        indexes.public.replace(def.kind, &items, &public)?;
        indexes.inner.replace(def.kind, &items, &inner)
    })
    .await
}

async fn commit(indexes: &Arc<Indexes>, newest: Uuid) -> Result<()> {
    let indexes = indexes.clone();
    blocking(move || {
        let note = newest.to_string();
        indexes.public.commit(&note)?;
        indexes.inner.commit(&note)
    })
    .await
}

/// Runs what waits for the disk beside the requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_ids_are_of_the_instant_before() {
        let id = kernel::new_id();
        assert!(earlier(id, 0) <= id && earlier(id, 1000) < earlier(id, 0));
        assert_eq!(earlier(Uuid::nil(), 5), Uuid::nil());
    }
}
