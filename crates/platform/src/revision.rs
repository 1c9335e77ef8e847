//! Which state of the public side holds, known without asking the database for every page. Whatever changes something that readers can see calls [`bump`]
//! in its transaction and [`moved`] after it.

use std::{
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::Instant,
};

use kernel::{Result, Timestamp};
use store::{ConnectionTrait, exec, scalar};

use crate::App;

/// Milliseconds for which the state that was last read is taken to hold: what another node publishes is seen within this time, what this one publishes
/// at once.
const FRESH: u64 = 250;

/// What this node knows of the state.
pub(crate) struct Watch {
    begun: Instant,
    /// When the state was last read, in milliseconds since `begun`, counted from one; 0: to be read.
    read_at: AtomicU64,
    revision: AtomicI64,
}

impl Default for Watch {
    fn default() -> Self {
        Self { begun: Instant::now(), read_at: AtomicU64::new(0), revision: AtomicI64::new(0) }
    }
}

impl Watch {
    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
    }

    /// The state as it was read a moment ago; `None` when it is to be read.
    pub(crate) fn fresh(&self) -> Option<i64> {
        let read_at = self.read_at.load(Ordering::Acquire);
        let old = read_at == 0 || self.now().saturating_sub(read_at) > FRESH;
        Some(self.revision.load(Ordering::Acquire)).filter(|revision| !old && *revision > 0)
    }

    /// The state as far as it is known; `None` when this caller is to read it. While one reads, the others go on with the old one.
    fn known(&self) -> Option<i64> {
        let now = self.now();
        let read_at = self.read_at.load(Ordering::Acquire);
        let old = read_at == 0 || now.saturating_sub(read_at) > FRESH;
        if old && self.read_at.compare_exchange(read_at, now, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
            return None;
        }
        Some(self.revision.load(Ordering::Acquire)).filter(|revision| *revision > 0)
    }
}

/// Counts what readers can see; see the table `public_state`.
///
/// # Errors
/// When the database refuses.
pub async fn current(app: &App) -> Result<i64> {
    let watch = app.memory.of::<Watch>();
    if let Some(known) = watch.known() {
        return Ok(known);
    }
    let now = scalar(app.db.read(), "SELECT COALESCE(MAX(revision), 0) + 1 FROM public_state", vec![]).await?;
    Ok(now.max(watch.revision.fetch_max(now, Ordering::AcqRel)))
}

/// Tells every node that readers see something else from now on.
///
/// # Errors
/// When the database refuses.
pub async fn bump(c: &impl ConnectionTrait, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO public_state (id, revision, changed_at) VALUES (1, 1, $1) \
               ON CONFLICT (id) DO UPDATE SET revision = public_state.revision + 1, changed_at = $1";
    exec(c, sql, vec![now.0.into()]).await.map(drop)
}

/// Something that readers can see has changed and is committed: the next reader of this node asks.
pub fn moved(app: &App) {
    app.memory.of::<Watch>().read_at.store(0, Ordering::Release);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reads_and_the_others_go_on() {
        let watch = Watch::default();
        assert_eq!(watch.known(), None);
        assert_eq!(watch.known(), None, "nothing is known yet");
        watch.revision.store(3, Ordering::Release);
        assert_eq!((watch.known(), watch.fresh()), (Some(3), Some(3)));
        watch.read_at.store(0, Ordering::Release);
        assert_eq!(watch.fresh(), None, "looking does not take the turn to read");
        assert_eq!(watch.known(), None);
        assert_eq!(watch.known(), Some(3));
    }
}
