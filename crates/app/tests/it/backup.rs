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
    backup::read(&after.app, &file, false).await.expect("restored");
    assert_eq!(content(&after).await, content(&before).await);
    assert_eq!(after.app.blobs.get(&hash).await.expect("the file"), "một tệp");
    after.anonymous().sign_in("ha", PASSWORD).await;
    backup::read(&after.app, &file, false).await.expect_err("only into an empty database");
    before.end().await;
    after.end().await;
}

#[tokio::test]
async fn a_file_that_is_no_backup_is_refused() {
    let app = TestApp::new().await;
    let file = app.folder.path().join("khac.zip");
    std::fs::write(&file, b"PK nonsense").expect("a file");
    assert!(
        backup::read(&app.app, &file, false).await.expect_err("refused").to_string().contains("không phải bản sao lưu")
    );
    app.end().await;
}

#[tokio::test]
async fn second_factors_come_back_with_their_key_or_are_given_up_on_purpose() {
    let before = TestApp::new().await;
    let province = before.agency("Ủy ban nhân dân tỉnh Mẫu", None).await;
    let mut ha = before.person("ha", Role::Secretariat, province).await;
    crate::accounts::factor::switch_on(&before, &mut ha).await;
    let file = before.folder.path().join("sao-luu.zip");
    backup::write(&before.app, &file).await.expect("a backup");

    let other = TestApp::new().await;
    let refused = backup::read(&other.app, &file, false).await.expect_err("another key").to_string();
    assert!(refused.contains("secret.key") && refused.contains("--without-key"), "{refused}");
    let key = std::fs::read(before.app.config.key_file()).expect("the key");
    let with_key = TestApp::with(move |config| {
        std::fs::write(config.key_file(), key).expect("the key");
    })
    .await;
    backup::read(&with_key.app, &file, false).await.expect("restored");
    assert_eq!(records::accounts::service::factor::sealed(&with_key.app).await.expect("a count"), (1, true));
    backup::read(&other.app, &file, true).await.expect("restored without the key");
    assert_eq!(records::accounts::service::factor::sealed(&other.app).await.expect("a count"), (0, true));
    other.anonymous().sign_in("ha", PASSWORD).await;
    before.end().await;
    with_key.end().await;
    other.end().await;
}
