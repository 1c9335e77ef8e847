//! Which state of the public side holds, known without asking the database for every page.

use std::{
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::Instant,
};

use kernel::Result;
use platform::App;

use crate::publications::store;

/// Milliseconds for which the state that was last read is taken to hold: what another node publishes is seen within this time, what this one publishes
/// at once.
const FRESH: u64 = 250;

struct Watch {
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
    /// The state as far as it is known; `None` when this caller should read it. While one reads, the others go on with the old one.
    fn known(&self) -> Option<i64> {
        let now = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1);
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
pub async fn revision(app: &App) -> Result<i64> {
    let watch = app.memory.of::<Watch>();
    if let Some(known) = watch.known() {
        return Ok(known);
    }
    let now = store::revision(app.db.read()).await?;
    Ok(now.max(watch.revision.fetch_max(now, Ordering::AcqRel)))
}

/// Something that readers can see has changed and is committed: the next reader asks.
pub(super) fn moved(app: &App) {
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
        assert_eq!(watch.known(), Some(3));
        watch.read_at.store(0, Ordering::Release);
        assert_eq!(watch.known(), None);
        assert_eq!(watch.known(), Some(3));
    }
}
