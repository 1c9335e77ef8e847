//! What is backed up comes back, on either database.

use app::commands::backup;
use kernel::Role;
use store::backup::{Snapshot, tables};
use testkit::{PASSWORD, TestApp};

async fn content(app: &TestApp) -> Vec<String> {
    let snapshot = Snapshot::begin(&app.app.db).await.expect("a snapshot");
    let mut all = Vec::new();
    for table in tables().iter().filter(|table| !matches!(table.name.as_str(), "sessions" | "audit")) {
        let mut bytes = Vec::new();
        snapshot.write(table, &mut bytes).await.expect("a table");
        let mut lines: Vec<String> =
            String::from_utf8(bytes).expect("text").lines().map(|line| format!("{}: {line}", table.name)).collect();
        lines.sort();
        all.extend(lines);
    }
    all
}

#[tokio::test]
async fn a_restored_backup_holds_the_same_rows_and_files_and_people_can_sign_in() {
    let before = TestApp::new().await;
    let province = before.agency("Ủy ban nhân dân tỉnh Mẫu", None).await;
    let department = before.agency("Sở Tư pháp", Some(province)).await;
    before.person("ha", Role::Secretariat, department).await;
    let hash = before.app.blobs.put("một tệp".into()).await.expect("a file");
    let file = before.folder.path().join("sao-luu.zip");
    backup::write(&before.app, &file).await.expect("a backup");

    let after = TestApp::new().await;
    backup::read(&after.app, &file).await.expect("restored");
    assert_eq!(content(&after).await, content(&before).await);
    assert_eq!(after.app.blobs.get(&hash).await.expect("the file"), "một tệp");
    after.anonymous().sign_in("ha", PASSWORD).await;
    backup::read(&after.app, &file).await.expect_err("only into an empty database");
    before.end().await;
    after.end().await;
}

#[tokio::test]
async fn a_file_that_is_no_backup_is_refused() {
    let app = TestApp::new().await;
    let file = app.folder.path().join("khac.zip");
    std::fs::write(&file, b"PK nonsense").expect("a file");
    assert!(backup::read(&app.app, &file).await.expect_err("refused").to_string().contains("không phải bản sao lưu"));
    app.end().await;
}
