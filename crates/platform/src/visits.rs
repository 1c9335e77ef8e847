//! How often public pages are read: counted in memory, written in blocks, by day and thing. Nothing of the reader is looked at but whether it is a robot,
//! and nothing of the reader is kept.

use std::{
    collections::HashMap,
    sync::{
        Arc, LazyLock, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use aho_corasick::{AhoCorasick, MatchKind};
use axum::http::{HeaderMap, header};
use kernel::{Result, Uuid};
use store::insert;

use crate::App;

/// On an answer: it shows this thing to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seen {
    /// What it is: `publication`, `law`, `law_article`, `card`.
    pub kind: &'static str,
    /// Which.
    pub id: Uuid,
}

/// Views of one thing on one day that are not written yet.
pub(crate) type Views = Arc<AtomicI64>;

type Waiting = HashMap<(i64, Seen), Views>;

/// What this node has counted and not written.
#[derive(Default)]
pub(crate) struct Visits(Mutex<Waiting>);

impl Visits {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where views of a thing on a day (yyyymmdd) are counted; who keeps its page adds there without asking again.
    pub(crate) fn of(&self, day: i64, seen: Seen) -> Views {
        self.lock().entry((day, seen)).or_default().clone()
    }

    /// Takes what was counted; places that nobody adds to any more are let go.
    fn take(&self) -> Vec<((i64, Seen), i64)> {
        let mut waiting = self.lock();
        let taken = waiting.iter().map(|(of, views)| (*of, views.swap(0, Ordering::Relaxed)));
        let taken = taken.filter(|(_, views)| *views > 0).collect();
        waiting.retain(|_, views| Arc::strong_count(views) > 1);
        taken
    }
}

/// What robots call themselves; the first is a telephone.
const ROBOTS: [&str; 14] = [
    "cubot",
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "facebookexternalhit",
    "headless",
    "curl/",
    "wget",
    "python",
    "java/",
    "go-http",
    "monitor",
];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst).build(ROBOTS).ok()
});

/// Is it a robot that asks, by what it calls itself? Who says nothing is one.
pub(crate) fn robot(headers: &HeaderMap) -> bool {
    let Some(agent) = headers.get(header::USER_AGENT) else { return true };
    FINDER.as_ref().is_some_and(|finder| finder.find_iter(agent.as_bytes()).any(|found| found.pattern().as_usize() > 0))
}

/// Seconds after which what was counted is written.
const EVERY: Duration = Duration::from_secs(5);

/// Writes what is counted every few seconds, until it is stopped; the last is written by [`write`].
pub fn spawn(app: App) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let mut pause = tokio::time::interval(EVERY);
        pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            pause.tick().await;
            if let Err(error) = write(&app).await {
                tracing::error!(%error, "lượt đọc");
            }
        }
    })
}

/// Writes what was counted since the last time, in one transaction; what cannot be written is kept for the next.
///
/// # Errors
/// When the database refuses.
pub async fn write(app: &App) -> Result<()> {
    let visits = app.memory.of::<Visits>();
    let taken = Given { visits: &visits, views: visits.take() };
    if taken.views.is_empty() {
        return Ok(());
    }
    let mut rows = insert("visits", &["day", "kind", "id", "views"]);
    for ((day, seen), views) in &taken.views {
        rows.push([(*day).into(), seen.kind.into(), seen.id.into(), (*views).into()]);
    }
    let tx = app.db.begin().await?;
    rows.run_with(&*tx, "ON CONFLICT (day, kind, id) DO UPDATE SET views = visits.views + excluded.views").await?;
    tx.commit().await?;
    taken.written();
    Ok(())
}

/// What was taken to be written: it goes back when it is not, also when the writing is given up in the middle.
struct Given<'a> {
    visits: &'a Visits,
    views: Vec<((i64, Seen), i64)>,
}

impl Given<'_> {
    fn written(mut self) {
        self.views.clear();
    }
}

impl Drop for Given<'_> {
    fn drop(&mut self) {
        for ((day, seen), views) in &self.views {
            self.visits.of(*day, *seen).fetch_add(*views, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(agent: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, header::HeaderValue::from_static(agent));
        robot(&headers)
    }

    #[test]
    fn robots_are_known_by_their_names() {
        assert!(robot(&HeaderMap::new()));
        assert!(asks("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"));
        assert!(asks("facebookexternalhit/1.1") && asks("curl/8.5.0") && asks("CocCocBot-Web/1.0"));
        assert!(!asks(
            "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 21) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
        ));
        assert!(!asks("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"));
    }

    #[test]
    fn what_is_not_written_goes_back_and_what_nobody_adds_to_is_let_go() {
        let visits = Visits::default();
        let seen = Seen { kind: "law", id: Uuid::nil() };
        visits.of(20_261_109, seen).fetch_add(2, Ordering::Relaxed);
        let kept = visits.of(20_261_109, seen);
        drop(Given { visits: &visits, views: visits.take() });
        kept.fetch_add(1, Ordering::Relaxed);
        let taken = Given { visits: &visits, views: visits.take() };
        assert_eq!(taken.views, [((20_261_109, seen), 3)]);
        taken.written();
        drop(kept);
        assert!(visits.take().is_empty() && visits.lock().is_empty());
    }
}
