//! The interface in English, also where services speak.

use kernel::Role;
use papers::DeadlineKind;
use testkit::TestApp;

use crate::{
    documents::{Office, plan},
    plans::{expand, lead, paper, task},
};

#[tokio::test]
async fn what_is_missing_before_confirming_is_said_in_english() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    office.officer.get("/ngon-ngu/en").await.expect(303);
    let page = office.officer.post(&format!("{path}/xac-nhan"), &[]).await.expect(422);
    let page = page.says("Choose: historical record or in force.").says("What is still missing");
    let page = page.says("tasks are neither accepted nor dropped; confirming accepts all of them.").text();
    for left in ["Hãy chọn", "chưa nhận hoặc bỏ", "Hãy bổ sung"] {
        assert!(!page.contains(left), "{left}");
    }
    let page = office.officer.get(&format!("{path}/ra-soat")).await.expect(200);
    page.says("quarter III/2026").says("every year");
    office.app.end().await;
}

#[tokio::test]
async fn a_refused_upload_is_told_in_english() {
    let mut office = Office::new().await;
    office.officer.get("/ngon-ngu/en").await.expect(303);
    let secret = plan().replace("Số: 12/KH-UBND", "TỐI MẬT\n\nSố: 12/KH-UBND");
    let page = office.send("mat.txt", secret.as_bytes()).await.expect(422);
    page.says("A paper with the stamp TỐI MẬT must not be uploaded to this system.");
    office.send("rong.txt", b"").await.expect(422).says("The file has no content.");
    let half = &testkit::papers::docx(&plan())[..800];
    let page = office.send("cut.docx", half).await.expect(422).says("The file is damaged:").text();
    assert!(!page.contains("dở dang"), "the reason, too");
    office.app.end().await;
}

#[tokio::test]
async fn the_board_and_the_lists_of_a_plan_are_in_english() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks = vec![
        task("I.1#2", "Tập huấn", DeadlineKind::Quarter, "2026-Q4", vec![lead(justice)]),
        task("I.2", "Báo cáo", DeadlineKind::Periodic, "monthly", vec![lead(justice)]),
    ];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    owner.get("/ngon-ngu/en").await.expect(303);
    let list = owner.get(&format!("/ke-hoach/{plan}/danh-sach")).await.expect(200);
    list.says("quarter IV/2026").says("month 12/2026").says("I.1 (item 2)").says("Sở Tư pháp");
    owner.get(&format!("/ke-hoach/{plan}")).await.expect(200).says("I.1 (item 2)");
    let form = [("viec", ""), ("ngay", "32/11/2026")];
    let page = owner.post(&format!("/ke-hoach/{plan}/so-ket"), &form).await.expect(422);
    page.says("Choose the interim or final review.");
    owner.get("/tai-khoan-cua-toi").await.expect(200).says("Secretary").says("Unknown browser");
    app.end().await;
}
