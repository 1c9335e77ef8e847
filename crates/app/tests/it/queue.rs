//! What arrives at the same moment is written together, each for itself.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use kernel::{Error, Result};
use store::{Db, FromQueryResult, insert, scalar};
use testkit::TestApp;
use tokio::task::JoinSet;

#[derive(FromQueryResult)]
struct Key {
    key: String,
}

async fn write(db: Db, things: Vec<String>) -> Result<Vec<Result<()>>> {
    let tx = db.begin().await?;
    let mut rows = insert("settings", &["key", "value", "updated_at"]);
    for thing in &things {
        rows.push([thing.as_str().into(), "1".into(), 0i64.into()]);
    }
    let mut kept: Vec<Key> = rows.returning(&*tx, "ON CONFLICT DO NOTHING RETURNING key").await?;
    if things.iter().any(|thing| thing == "hong") {
        return Err(Error::Internal("hỏng".into()));
    }
    tx.commit().await?;
    let outcome = |thing: &String| {
        let at = kept.iter().position(|one| one.key == *thing).ok_or(Error::Conflict("đã có".into()))?;
        kept.remove(at);
        Ok(())
    };
    Ok(things.iter().map(outcome).collect())
}

async fn put(db: Db, batches: Arc<AtomicUsize>, thing: String) -> Result<()> {
    let inside = db.clone();
    let write = move |things| {
        batches.fetch_add(1, Ordering::Relaxed);
        write(inside, things)
    };
    db.queue::<String>().write(thing, write).await
}

async fn kept(app: &TestApp, pattern: &str) -> i64 {
    let sql = "SELECT COUNT(*) FROM settings WHERE key LIKE $1";
    scalar(app.app.db.read(), sql, vec![pattern.into()]).await.expect("a count")
}

#[tokio::test]
async fn those_written_together_succeed_and_fail_each_for_itself() {
    let app = TestApp::new().await;
    let batches = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for n in 0..300usize {
        // Two in each ten are one and the same.
        let same = if n % 10 < 2 { n - n % 10 } else { n };
        tasks.spawn(put(app.app.db.clone(), batches.clone(), format!("thu-{same}")));
    }
    // Whoever stops listening breaks off nothing.
    for n in 300..360 {
        tasks.spawn(put(app.app.db.clone(), batches.clone(), format!("thu-{n}"))).abort();
    }
    let (mut told, mut refused, mut aborted) = (0, 0, 0);
    while let Some(done) = tasks.join_next().await {
        match done {
            Ok(Ok(())) => told += 1,
            Ok(Err(Error::Conflict(_))) => refused += 1,
            Ok(Err(error)) => panic!("{error}"),
            Err(_) => aborted += 1,
        }
    }
    assert_eq!((told, refused), (270, 30), "{aborted} aborted");
    assert!((270..=270 + aborted).contains(&kept(&app, "thu-%").await));
    assert!(batches.load(Ordering::Relaxed) < 100, "{batches:?} transactions");
    app.end().await;
}

#[tokio::test]
async fn a_transaction_that_fails_leaves_nothing_and_the_next_goes_on() {
    let app = TestApp::new().await;
    let batches = Arc::new(AtomicUsize::new(0));
    let put = |thing: &str| put(app.app.db.clone(), batches.clone(), thing.to_owned());
    put("hong").await.expect_err("refused");
    assert_eq!(kept(&app, "hong").await, 0);
    put("lanh").await.expect("written");
    assert_eq!(kept(&app, "lanh").await, 1);
    app.end().await;
}
