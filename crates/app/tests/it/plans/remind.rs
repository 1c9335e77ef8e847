//! Reminders: exactly the expected messages, and no more when run twice.

use kernel::Role;
use papers::DeadlineKind;
use testkit::TestApp;

use super::*;

pub(super) async fn give_address(app: &TestApp, login: &str) {
    let tx = app.app.db.begin().await.expect("a transaction");
    let values = vec![format!("{login}@example.vn").into(), login.into()];
    store::exec(&*tx, "UPDATE users SET email = $1 WHERE login = $2", values).await.expect("an address");
    tx.commit().await.expect("commit");
}

#[tokio::test]
async fn one_digest_a_person_a_day_before_on_and_after_the_date() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let front = app.agency("Mặt trận Tổ quốc", None).await;
    for (login, role, agency) in [
        ("dau-moi", Role::FocalPoint, justice),
        ("lanh-dao", Role::Leader, justice),
        ("mat-tran", Role::FocalPoint, front),
    ] {
        app.person(login, role, agency).await;
        give_address(&app, login).await;
    }
    let tasks = vec![
        task("I.1", "Tập huấn", DeadlineKind::Date, "2026-11-20", vec![lead(justice)]),
        task("I.2", "Phổ biến", DeadlineKind::Date, "2026-11-20", vec![lead(justice)]),
        task("I.3", "Đề nghị hội viên", DeadlineKind::Date, "2026-11-20", vec![asked(front)]),
        task("I.4", "Báo cáo tuần", DeadlineKind::Periodic, "weekly-5", vec![lead(justice)]),
    ];
    expand(&app, &paper(&app, province, tasks)).await;
    // (day, mails that have gone out in all by then)
    let days = [
        ((11, 12), 0), // nothing: eight days before
        ((11, 13), 1), // seven days before, and a Friday's check-in in the same digest
        ((11, 14), 1),
        ((11, 19), 2), // the day before
        ((11, 20), 3), // on the day
        ((11, 21), 4), // the day after
        ((11, 22), 4),
        ((11, 27), 6), // a week after: the leader too
        ((11, 28), 6),
        ((12, 4), 8), // and every week
    ];
    for ((month, date), expected) in days {
        app.clock.set(day(2026, month, date));
        app.run_jobs().await;
        app.run_jobs().await;
        work_again(&app).await;
        assert_eq!(app.mails().len(), expected, "{date}/{month}");
    }
    assert_eq!(count(&app, "SELECT COUNT(*) FROM reminders").await, 8);
    let mut person = app.anonymous();
    person.sign_in("dau-moi", testkit::PASSWORD).await;
    person.get("/viec-cua-toi").await.expect(200).says("2 nhiệm vụ chậm");
    person.post("/viec-cua-toi/da-doc", &[]).await.expect(303);
    assert!(!person.get("/viec-cua-toi").await.expect(200).text().contains("Thông báo</h2>"));
    app.end().await;
}

/// Runs the reminding job of the day once more, as after a crash.
async fn work_again(app: &TestApp) {
    let tx = app.app.db.begin().await.expect("a transaction");
    let sql = "UPDATE jobs SET state = 'queued' WHERE kind IN ('reporting.remind', 'plans.mail')";
    store::exec(&*tx, sql, vec![]).await.expect("again");
    tx.commit().await.expect("commit");
    app.run_jobs().await;
}

#[tokio::test]
async fn the_owner_reminds_late_agencies_at_a_word() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    app.person("dau-moi", Role::FocalPoint, justice).await;
    give_address(&app, "dau-moi").await;
    let tasks = vec![task("I.1", "Tập huấn", DeadlineKind::Date, "2026-11-10", vec![lead(justice)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    app.clock.set(day(2026, 11, 13));
    app.run_jobs().await;
    let before = app.mails().len();
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    owner.get(&format!("/ke-hoach/{plan}")).await.expect(200).says("Nhắc 1 đơn vị chậm");
    owner.post(&format!("/ke-hoach/{plan}/nhac"), &[]).await.expect(303);
    owner.get(&format!("/ke-hoach/{plan}")).await.expect(200).says("Đã nhắc 1 đơn vị chậm");
    owner.post(&format!("/ke-hoach/{plan}/nhac"), &[]).await.expect(303);
    app.run_jobs().await;
    assert_eq!(app.mails().len(), before + 1);
    app.end().await;
}

#[tokio::test]
async fn what_fell_on_days_without_the_server_is_said_on_the_next_and_only_once() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    app.person("dau-moi", Role::FocalPoint, justice).await;
    give_address(&app, "dau-moi").await;
    let tasks = vec![task("I.1", "Tập huấn", DeadlineKind::Date, "2026-11-20", vec![lead(justice)])];
    expand(&app, &paper(&app, province, tasks)).await;
    // Nothing runs on the 13th (seven days before), nor from the 20th (on the day) to the 22nd (after the 21st).
    for (date, expected) in [(12, 0), (15, 1), (16, 1), (19, 2), (23, 3), (24, 3), (27, 4)] {
        app.clock.set(day(2026, 11, date));
        app.run_jobs().await;
        work_again(&app).await;
        assert_eq!(app.mails().len(), expected, "{date}/11");
    }
    app.end().await;
}
