//! Interim and final reviews: work of the plan's owner until somebody records that they were held.

use kernel::Role;
use papers::DeadlineKind;
use testkit::TestApp;

use super::{remind::give_address, *};

const SETTINGS: [(&str, &str); 5] =
    [("loai", "yearly"), ("tu_nam", "2026"), ("den_nam", "2026"), ("cuoi_nam", "1231"), ("so_ket", "20/11/2026")];

#[tokio::test]
async fn a_review_is_work_of_the_owner_until_it_is_recorded() {
    let app = TestApp::new().await;
    app.clock.set(day(2026, 11, 9));
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    let mut other = app.person("dau-moi", Role::FocalPoint, justice).await;
    let mut helper = app.person("giup-viec", Role::FocalPoint, province).await;
    let mut stranger = app.person("nguoi-la", Role::Secretariat, justice).await;
    let tasks = vec![task("I.1", "Tập huấn", DeadlineKind::Date, "2026-12-20", vec![lead(justice)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let path = format!("/ke-hoach/{plan}");
    owner.post(&format!("{path}/thiet-lap"), &SETTINGS).await.expect(303);

    owner.get("/viec-cua-toi").await.expect(200).says("Sơ kết, tổng kết kế hoạch").says("còn 11 ngày");
    owner.get("/viec-cua-toi?muc=so-ket").await.expect(200).says("20/11/2026");
    let page = owner.get(&path).await.expect(200).says("Ghi nhận đã tổ chức").text();
    let fourth = page.split("Quý IV").nth(1).expect("the fourth quarter");
    assert!(fourth.split("</li>").next().is_some_and(|quarter| quarter.contains("Sơ kết 20/11/2026")));
    let theirs = other.get("/viec-cua-toi").await.expect(200).text();
    assert!(!theirs.contains("Sơ kết"), "only the owner has to hold it");
    let theirs = helper.get("/viec-cua-toi").await.expect(200).text();
    assert!(!theirs.contains("Sơ kết"), "only who may record it has it as work");
    assert!(!other.get(&path).await.expect(200).text().contains("Ghi nhận đã tổ chức"));
    // No duty: the counts of the plan are those of its tasks.
    assert_eq!(count(&app, "SELECT COUNT(*) FROM obligations").await, 1);

    let held = |on: &'static str| [("viec", "interim:20261120"), ("ngay", on), ("van_ban", "15/BC-UBND")];
    let record = format!("{path}/so-ket");
    stranger.post(&record, &held("06/11/2026")).await.expect(404);
    let typed = owner.post(&record, &held("10/11/2026")).await.expect(422).says("Ngày tổ chức không thể sau hôm nay.");
    typed.says("value=\"15/BC-UBND\"");
    owner.post(&record, &[("viec", "interim:20261121"), ("ngay", "06/11/2026")]).await.expect(409);
    owner.post(&record, &held("06/11/2026")).await.expect(303);
    owner.get(&path).await.expect(200).says("Đã ghi nhận sơ kết.").says("đã tổ chức 06/11/2026").says("15/BC-UBND");
    owner.post(&record, &held("07/11/2026")).await.expect(409).says("đã được ghi nhận");
    assert!(!owner.get("/viec-cua-toi").await.expect(200).text().contains("Sơ kết, tổng kết kế hoạch"));
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'plans.review'").await, 1);

    // Another day is another review; what was held stays.
    let mut later = SETTINGS.to_vec();
    later.retain(|(name, _)| *name != "so_ket");
    later.push(("so_ket", "30/11/2026"));
    owner.post(&format!("{path}/thiet-lap"), &later).await.expect(303);
    owner.get(&path).await.expect(200).says("còn 21 ngày").says("đã tổ chức 06/11/2026");
    owner.get("/viec-cua-toi").await.expect(200).says("Sơ kết, tổng kết kế hoạch");
    later.pop();
    later.push(("so_ket", "20/12/2026"));
    owner.post(&format!("{path}/thiet-lap"), &later).await.expect(303);
    let page = owner.get("/viec-cua-toi").await.expect(200).text();
    assert!(!page.contains("Sơ kết, tổng kết kế hoạch"), "in more than 30 days it is no work yet");
    app.end().await;
}

#[tokio::test]
async fn a_review_is_reminded_of_in_the_same_digest_until_it_was_held() {
    let app = TestApp::new().await;
    app.clock.set(day(2026, 11, 9));
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    give_address(&app, "thu-ky").await;
    app.person("giup-viec", Role::FocalPoint, province).await;
    give_address(&app, "giup-viec").await;
    let tasks = vec![task("I.1", "Tập huấn", DeadlineKind::Date, "2026-11-20", vec![lead(province)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    owner.post(&format!("/ke-hoach/{plan}/thiet-lap"), &SETTINGS).await.expect(303);
    for ((month, date), expected) in [((11, 12), 0), ((11, 13), 2), ((11, 14), 2), ((11, 20), 4), ((11, 21), 6)] {
        app.clock.set(day(2026, month, date));
        app.run_jobs().await;
        assert_eq!(app.mails().len(), expected, "{date}/{month}: one digest for the duty and the review");
    }
    const TOLD: &str =
        "SELECT COUNT(*) FROM reminders WHERE body LIKE '%- Sơ kết Phổ biến, giáo dục pháp luật năm 2026%'";
    assert_eq!(count(&app, TOLD).await, 3, "who may record it is told, the other not");
    let subject = "SELECT COUNT(*) FROM reminders WHERE subject LIKE '%1 cuộc sơ kết, tổng kết cần tổ chức'";
    assert_eq!(count(&app, subject).await, 3);
    owner.sign_in("thu-ky", testkit::PASSWORD).await;
    let form = [("viec", "interim:20261120"), ("ngay", "20/11/2026")];
    owner.post(&format!("/ke-hoach/{plan}/so-ket"), &form).await.expect(303);
    app.clock.set(day(2026, 11, 27));
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 8, "the duty is a week late");
    assert_eq!(count(&app, TOLD).await, 3);
    app.end().await;
}
