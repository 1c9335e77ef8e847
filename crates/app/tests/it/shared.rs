//! Transactions that share one write to the disk.

use store::{insert, scalar};
use testkit::TestApp;
use tokio::task::JoinSet;

/// Those whose use case fails after it wrote.
fn fails(n: usize) -> bool {
    n.is_multiple_of(7)
}

/// Two in each ten write what another one wrote: the database refuses them.
fn key(n: usize) -> String {
    let failing = if fails(n) { "hong" } else { "thu" };
    format!("{failing}-{}", if n % 10 < 2 { n - n % 10 } else { n })
}

async fn write(db: store::Db, n: usize) -> kernel::Result<()> {
    let tx = db.begin_shared().await?;
    insert("settings", &["key", "value", "updated_at"]).row([key(n).into(), "1".into(), 0i64.into()]).run(&*tx).await?;
    if fails(n) {
        return Err(kernel::Error::NotFound);
    }
    tx.commit().await
}

#[tokio::test]
async fn those_who_share_a_commit_succeed_and_fail_each_for_itself() {
    let app = TestApp::new().await;
    let before = scalar(app.app.db.read(), "SELECT COUNT(*) FROM settings", vec![]).await.expect("a count");
    let mut tasks = JoinSet::new();
    for n in 0..200 {
        tasks.spawn(write(app.app.db.clone(), n));
    }
    // Whoever stops listening leaves no transaction open behind.
    for n in 200..260 {
        tasks.spawn(write(app.app.db.clone(), n)).abort();
    }
    let (mut kept, mut refused, mut aborted) = (0, 0, 0);
    while let Some(done) = tasks.join_next().await {
        match done {
            Ok(Ok(())) => kept += 1,
            Ok(Err(_)) => refused += 1,
            Err(_) => aborted += 1,
        }
    }
    assert!(kept > 80 && refused > 40, "{kept} kept, {refused} refused, {aborted} aborted");
    let after = scalar(app.app.db.read(), "SELECT COUNT(*) FROM settings", vec![]).await.expect("a count");
    let unheard = after - before - kept;
    assert!((0..=aborted).contains(&unheard), "{kept} were told that they are kept, {} are there", after - before);
    let failed = "SELECT COUNT(*) FROM settings WHERE key LIKE 'hong-%'";
    assert_eq!(scalar(app.app.db.read(), failed, vec![]).await.expect("a count"), 0, "what failed left nothing behind");
    // The next one finds the database free.
    write(app.app.db.clone(), 1000).await.expect("written");
    app.app.db.begin().await.expect("a transaction").commit().await.expect("commit");
    app.end().await;
}
