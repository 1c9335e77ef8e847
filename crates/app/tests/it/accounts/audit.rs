//! The trail and the queue, as administrators see them.

use kernel::{Clock, Role};
use testkit::TestApp;

use super::id_of;

#[tokio::test]
async fn looking_at_a_person_and_taking_lists_away_is_recorded() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut admin = app.person("quantri", Role::Administrator, agency).await;
    app.person("ha.hoang", Role::Secretariat, agency).await;
    let id = id_of(&app, "ha.hoang").await;
    admin.get(&format!("/tai-khoan/{id}")).await.expect(200);
    admin.get("/tai-khoan/xuat").await.expect(200);
    admin.get("/quan-tri/nhat-ky?viec=accounts.view").await.says("xem thông tin người dùng").says("ha.hoang");
    admin.get("/quan-tri/nhat-ky?viec=accounts.export").await.says("xuất danh sách tài khoản");
    let csv = admin.get("/quan-tri/nhat-ky/xuat").await.expect(200).text();
    assert!(csv.starts_with("\u{feff}Lúc,") && csv.contains("\"accounts.view\""));
    admin.get("/quan-tri/nhat-ky").await.says("xuất nhật ký");
    app.end().await;
}

#[tokio::test]
async fn the_trail_is_narrowed_by_person_day_and_seal() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut admin = app.person("quantri", Role::Administrator, agency).await;
    app.person("ha.hoang", Role::Secretariat, agency).await;
    admin.get("/quan-tri/nhat-ky?niem_phong=co").await.expect(200).says("Không có dòng nào khớp");
    admin.get("/quan-tri/nhat-ky?niem_phong=chua&q=HA+hoang").await.says("ha.hoang");
    app.run_jobs().await;
    admin.get("/quan-tri/nhat-ky?niem_phong=co").await.says("Niêm phong gần nhất: số 1");
    admin.get("/quan-tri/nhat-ky?tu=10/11/2026").await.says("Không có dòng nào khớp");
    admin.get("/quan-tri/nhat-ky?tu=09/11/2026&den=09/11/2026").await.says("đăng nhập");
    admin.get("/quan-tri/nhat-ky?tu=31/02/2026").await.expect(422).says("Ngày không hợp lệ");
    app.end().await;
}

#[tokio::test]
async fn an_administrator_below_sees_what_was_done_for_his_agencies_only() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    let commune = app.agency("UBND xã Suối Mây", Some(province)).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    let mut below = app.person("quantri.xa", Role::Administrator, commune).await;
    app.person("inh.lo", Role::FocalPoint, commune).await;
    let seen = below.get("/quan-tri/nhat-ky").await.expect(200).text();
    assert!(seen.contains("inh.lo") && !seen.contains(">quantri<"));
    admin.get("/quan-tri/nhat-ky").await.says("inh.lo").says(">quantri<").says("Hệ thống");
    app.end().await;
}

#[tokio::test]
async fn a_failed_job_is_shown_and_run_again() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut admin = app.person("quantri", Role::Administrator, agency).await;
    let tx = app.app.db.begin().await.expect("a transaction");
    let id = platform::jobs::enqueue(&*tx, &app.clock, "khong.co", &(), None).await.expect("a job");
    tx.commit().await.expect("commit");
    for _ in 0..platform::jobs::MAX_ATTEMPTS {
        app.run_jobs().await;
        app.clock.advance_seconds(4 * 3600);
    }
    admin.sign_in("quantri", testkit::PASSWORD).await;
    admin.get("/quan-tri/cong-viec?tt=failed").await.expect(200).says("khong.co").says("hỏng");
    admin.post(&format!("/quan-tri/cong-viec/{id}/chay-lai"), &[]).await.expect(303);
    let job = platform::jobs::get(&app.app.db, id).await.expect("the job");
    assert_eq!((job.state.as_str(), job.run_at), ("queued", app.clock.now().0));
    admin.post(&format!("/quan-tri/cong-viec/{id}/chay-lai"), &[]).await.expect(409);
    app.end().await;
}
