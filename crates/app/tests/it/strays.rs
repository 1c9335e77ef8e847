//! Files that nothing names go after thirty days; one that anything names, or that somebody puts again, never does.

use store::{
    backup::{tables, tables_with},
    exec, scalar,
};
use testkit::TestApp;

/// Columns whose name tells of a hash that is not a file's.
const OTHERS: [&str; 7] = [
    "audit_seals.hash",
    "sessions.token_hash",
    "activations.code_hash",
    "old_passwords.hash",
    "info_requests.code_hash",
    "subscriptions.token_hash",
    "outside_links.hash",
];

async fn night(app: &TestApp, days: i64) {
    app.clock.advance_seconds(86_400 * days);
    app.run_jobs().await;
}

async fn there(app: &TestApp, hash: &str) -> bool {
    app.app.blobs.get(hash).await.is_ok()
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a count")
}

/// A later table cannot be forgotten: the sweep reads the schema, and a column of a file has the one name.
#[test]
fn every_column_of_a_hash_is_a_files_or_known_to_be_something_else() {
    for table in tables() {
        for column in table.column_names().into_iter().filter(|column| column.contains("hash")) {
            assert!(
                column == platform::strays::COLUMN || OTHERS.contains(&format!("{}.{column}", table.name).as_str()),
                "{}.{column}: name the hash of a file “file_hash”, or add the column to OTHERS",
                table.name
            );
        }
        assert!(!table.column_names().iter().any(|column| column.contains("blob")), "{}", table.name);
    }
    let named = tables_with(platform::strays::COLUMN);
    for table in
        ["documents", "evidence", "activity_files", "media", "media_renditions", "media_uploads", "media_packages"]
    {
        assert!(named.iter().any(|one| one == table), "{table}");
    }
}

#[tokio::test]
async fn only_what_nothing_names_goes_and_only_after_thirty_days() {
    for app in [TestApp::new().await, TestApp::on_disk().await] {
        let blobs = &app.app.blobs;
        let lost = blobs.put("không ai dùng".into()).await.expect("a file");
        let again = blobs.put("được tải lại".into()).await.expect("a file");
        let used = blobs.put("đang dùng".into()).await.expect("a file");
        let later = blobs.put("sau này dùng".into()).await.expect("a file");
        let id = kernel::new_id();
        let name = async |hash: &str, id: kernel::Uuid| {
            let tx = app.app.db.begin().await.expect("a transaction");
            let sql = "INSERT INTO media_uploads (id, by_id, file_name, size, file_hash, file_type, begun_at) VALUES ($1, $2, 'a', 1, $3, 'x/y', $4)";
            let begun = app.app.clock.now().0 + 86_400_000 * 400;
            exec(&*tx, sql, vec![id.into(), id.into(), hash.into(), begun.into()]).await.expect("a row");
            tx.commit().await.expect("kept");
        };
        name(&used, id).await;
        night(&app, 1).await;
        assert_eq!(count(&app, "SELECT COUNT(*) FROM blob_strays").await, 3);
        night(&app, 28).await;
        assert!(there(&app, &lost).await && there(&app, &again).await);
        assert_eq!(blobs.put("được tải lại".into()).await.expect("a file"), again);
        name(&later, kernel::new_id()).await;
        night(&app, 3).await;
        assert!(!there(&app, &lost).await);
        assert!(there(&app, &again).await && there(&app, &used).await && there(&app, &later).await);
        let told = "SELECT COUNT(*) FROM audit WHERE action = 'files.sweep' AND detail LIKE '%\"count\":1%' AND detail LIKE '%\"bytes\":15%'";
        assert_eq!(count(&app, told).await, 1);
        // Put again, it has its thirty days anew; what is no longer named has them from the day that was seen.
        let tx = app.app.db.begin().await.expect("a transaction");
        exec(&*tx, "DELETE FROM media_uploads WHERE id = $1", vec![id.into()]).await.expect("no row");
        tx.commit().await.expect("kept");
        night(&app, 1).await;
        night(&app, 28).await;
        assert!(there(&app, &again).await && there(&app, &used).await);
        night(&app, 3).await;
        assert!(!there(&app, &again).await && !there(&app, &used).await && there(&app, &later).await);
        assert_eq!(count(&app, "SELECT COUNT(*) FROM blob_strays").await, 0);
        app.end().await;
    }
}
