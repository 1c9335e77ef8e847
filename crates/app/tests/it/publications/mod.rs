//! From a draft of an agency to what everybody reads.

mod counted;
mod law;
mod links;
mod portal;
mod saved;
mod search;
mod sections;
mod short;
mod versions;
mod visits;
mod word;

use kernel::{Role, Uuid};
use store::scalar;
use testkit::{Client, TestApp};

const TITLE: &str = "Phiên tòa giả định về bạo lực gia đình ở xã Mẫu Sơn";
const BODY: &str =
    "## Diễn biến\n\nHơn **300** người dự phiên tòa giả định.\n\n- Đoàn viên đóng vai\n- Luật sư giải thích";

/// A province with a department: its editor, a contributor of the department, and the department.
async fn newsroom(app: &TestApp) -> (Client, Client, Uuid) {
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let department = app.agency("Sở Tư pháp", Some(province)).await;
    let editor = app.person("bien-tap", Role::Editor, province).await;
    let writer = app.person("cong-tac-vien", Role::Contributor, department).await;
    (editor, writer, department)
}

fn words<'a>(agency: &'a str, title: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("co_quan", agency),
        ("loai", "article"),
        ("tieu_de", title),
        ("tom_tat", "Người dân hiểu thêm về quyền được bảo vệ."),
        ("noi_dung", BODY),
        ("linh_vuc", "hon-nhan-gia-dinh"),
    ]
}

/// Writes and hands in; the path of the contribution.
async fn handed_in(writer: &mut Client, agency: Uuid, title: &str) -> String {
    let agency = agency.to_string();
    let path = writer.post("/toa-soan/moi", &words(&agency, title)).await.expect(303).location().to_owned();
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    path
}

async fn published(editor: &mut Client, writer: &mut Client, agency: Uuid, title: &str) -> String {
    let path = handed_in(writer, agency, title).await;
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    path
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a count")
}

#[tokio::test]
async fn an_article_goes_from_the_writer_by_a_second_pair_of_eyes_to_the_reader() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let agency = department.to_string();
    // A draft may lack its words; what is handed in may not.
    let path = writer
        .post("/toa-soan/moi", &[("co_quan", &agency), ("loai", "article"), ("tieu_de", TITLE)])
        .await
        .expect(303)
        .location()
        .to_owned();
    writer.post(&format!("{path}/gui"), &[]).await.expect(422).says("Hãy viết nội dung.");
    let mut fields = words(&agency, TITLE);
    fields.push(("phien_ban", "0"));
    writer.post(&format!("{path}/sua"), &fields).await.expect(303);
    // Read long ago: what was typed stays on the page.
    let late = writer.post(&format!("{path}/sua"), &fields).await.expect(422).says("Người khác vừa thay đổi bài này");
    late.says("đóng vai");
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    writer.post(&format!("{path}/xuat-ban"), &[]).await.expect(403);
    let slug = "phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son";
    let mut reader = app.anonymous();
    reader.get(&format!("/tin/{slug}")).await.expect(404);
    editor.post(&format!("{path}/tra"), &[]).await.expect(422).says("Hãy nêu lý do trả lại.");
    editor.post(&format!("{path}/tra"), &[("y_kien", "Thêm nguồn")]).await.expect(303);
    writer.get(&path).await.expect(200).says("Thêm nguồn").says("Trả lại");
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(409);
    editor.post(&format!("{path}/duyet"), &[("y_kien", "Tốt")]).await.expect(303);
    writer.get(&format!("{path}/sua")).await.expect(409);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    let page = reader.get(&format!("/tin/{slug}")).await.expect(200);
    page.says("<h2>Diễn biến</h2>").says("<strong>300</strong>").says("Sở Tư pháp").says("application/ld+json");
    reader.get("/").await.expect(200).says(TITLE);
    reader.get("/tin.atom").await.expect(200).says(TITLE);
    reader.get("/sitemap.xml").await.expect(200).says(slug);
    reader.get("/chu-de/hon-nhan-gia-dinh").await.expect(200).says(TITLE);
    reader.get(&format!("/noi-dang/{department}")).await.expect(200).says(TITLE);
    editor.get("/toa-soan/dong-gop").await.expect(200).says("Sở Tư pháp");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'publications.publish'").await, 1);
    app.end().await;
}

#[tokio::test]
async fn who_wrote_it_publishes_only_with_a_reason_that_stays() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let mut editor = app.person("bien-tap", Role::Editor, province).await;
    let path = handed_in(&mut editor, province, TITLE).await;
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/hen-gio"), &[("luc", "2026-11-10T08:00")]).await.expect(409);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(422).says("nêu lý do phải tự xuất bản");
    editor.post(&format!("{path}/xuat-ban"), &[("ly_do", "Tin khẩn về mưa lũ")]).await.expect(303);
    editor.get(&path).await.expect(200).says("Tin khẩn về mưa lũ").says("không qua người thứ hai");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'publications.force'").await, 1);
    app.end().await;
}

#[tokio::test]
async fn at_its_time_it_becomes_public_by_itself() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let path = handed_in(&mut writer, department, TITLE).await;
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/hen-gio"), &[("luc", "2026-11-01T08:00")]).await.expect(422);
    editor.post(&format!("{path}/hen-gio"), &[("luc", "2026-11-10T08:00")]).await.expect(303);
    app.run_jobs().await;
    app.anonymous().get("/tin").await.expect(200).says("Chưa có bài");
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2026, 11, 11).expect("a date"));
    app.run_jobs().await;
    app.anonymous().get("/tin").await.expect(200).says(TITLE);
    editor.sign_in("bien-tap", testkit::PASSWORD).await;
    editor.get(&path).await.expect(200).says("Đã xuất bản");
    app.end().await;
}

#[tokio::test]
async fn a_correction_replaces_what_is_public_only_when_it_is_published_and_says_what_it_changed() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let path = published(&mut editor, &mut writer, department, TITLE).await;
    writer.post(&format!("{path}/dinh-chinh"), &[]).await.expect(303);
    writer.post(&format!("{path}/dinh-chinh"), &[]).await.expect(409);
    let agency = department.to_string();
    let mut fields = words(&agency, TITLE);
    fields[4].1 = "Hơn 250 người dự.";
    fields.push(("phien_ban", "0"));
    writer.post(&format!("{path}/sua"), &fields).await.expect(303);
    writer.post(&format!("{path}/gui"), &[]).await.expect(422).says("ghi rõ đã sửa gì");
    fields.pop();
    fields.extend([("phien_ban", "1"), ("ghi_chu", "Số người dự là 250, không phải 300.")]);
    writer.post(&format!("{path}/sua"), &fields).await.expect(303);
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    let mut reader = app.anonymous();
    let public = "/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son";
    reader.get(public).await.expect(200).says("300");
    editor.get(&format!("{path}/khac-biet")).await.expect(200).says("<ins>").says("<del>");
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    let page = reader.get(public).await.expect(200).says("250 người").says("không phải 300").text();
    assert!(!page.contains("<strong>300</strong>"));
    assert_eq!(count(&app, "SELECT COUNT(*) FROM editions WHERE state = 'live'").await, 1);
    app.end().await;
}

#[tokio::test]
async fn what_is_withdrawn_leaves_a_notice_and_an_error_leads_elsewhere() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let first = published(&mut editor, &mut writer, department, TITLE).await;
    let second = published(&mut editor, &mut writer, department, "Ra quân tuyên truyền an toàn giao thông").await;
    let go = |path: &str| format!("{path}/go");
    editor.post(&go(&first), &[("cach", "withdrawn")]).await.expect(422).says("Hãy nêu lý do gỡ bài.");
    let fields = [("cach", "withdrawn"), ("ly_do_go", "Chính sách đã thay đổi.")];
    editor.post(&go(&first), &fields).await.expect(303);
    let target = "/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son";
    let wrong = [("cach", "error"), ("ly_do_go", "Đăng nhầm"), ("den", "https://noi-khac.example")];
    editor.post(&go(&second), &wrong).await.expect(422).says("địa chỉ trang thay thế");
    let fields = [("cach", "error"), ("ly_do_go", "Đăng nhầm"), ("den", target)];
    editor.post(&go(&second), &fields).await.expect(303);
    let mut reader = app.anonymous();
    let page = reader.get(target).await.expect(200);
    page.says("Bài này đã được gỡ").says("Chính sách đã thay đổi.").says("noindex").says("Diễn biến");
    let moved = reader.get("/tin/ra-quan-tuyen-truyen-an-toan-giao-thong").await.expect(308);
    assert_eq!(moved.location(), target);
    let list = reader.get("/tin").await.expect(200).text();
    assert!(!list.contains(TITLE));
    editor.post(&format!("{first}/dang-lai"), &[]).await.expect(422).says("Hãy nêu lý do đăng lại.");
    editor.post(&format!("{first}/dang-lai"), &[("ly_do", "Vẫn còn hiệu lực")]).await.expect(303);
    reader.get("/tin").await.expect(200).says(TITLE);
    app.end().await;
}

#[tokio::test]
async fn nobody_sees_or_moves_what_other_agencies_write() {
    let app = TestApp::new().await;
    let (_, mut writer, department) = newsroom(&app).await;
    let path = handed_in(&mut writer, department, TITLE).await;
    let elsewhere = app.agency("Ủy ban nhân dân tỉnh khác", None).await;
    let mut stranger = app.person("bien-tap-khac", Role::Editor, elsewhere).await;
    stranger.get(&path).await.expect(404);
    for step in ["duyet", "tra", "xuat-ban", "hen-gio", "go", "gui", "dinh-chinh", "bo"] {
        stranger.post(&format!("{path}/{step}"), &[("y_kien", "x"), ("ly_do", "x")]).await.expect(404);
    }
    stranger.get("/toa-soan").await.expect(200).says("Chưa có tin, bài nào như vậy");
    // Words are shown as words.
    let agency = department.to_string();
    let mut fields = words(&agency, "Bài <script>alert(1)</script>");
    fields[4].1 = "<script>alert(1)</script>\n\n[x](javascript:alert(1))";
    let page = writer.post("/toa-soan/xem-thu", &fields).await.expect(200).text();
    assert!(!page.contains("<script>alert") && !page.contains("javascript:"));
    app.end().await;
}

#[tokio::test]
async fn a_demonstration_has_two_sections_and_articles_of_five_agencies() {
    let app = TestApp::new().await;
    app.province("19").await;
    let justice = app.agency_by_code("p19.2025/so-tu-phap").await;
    let commune = app.agency_by_code("c01840.2025/ubnd").await;
    let editor = kernel::Actor {
        user: kernel::new_id(),
        name: "Lê Ngọc Mai".into(),
        holdings: vec![kernel::Holding { role: Role::Editor, agency: justice, agency_name: "Sở Tư pháp".into() }],
    };
    let made = records::publications::service::generate(
        &app.app,
        &app.clock,
        &editor,
        (commune, &std::collections::HashMap::new()),
    )
    .await;
    assert!(made.expect("articles") >= 8);
    assert!(count(&app, "SELECT COUNT(DISTINCT agency_id) FROM publications").await >= 5);
    let home = app.anonymous().get("/trang-chu").await.expect(200).says("Sắp diễn ra").text();
    assert_eq!(home.matches("<section class=\"special\"").count(), 2);
    app.end().await;
}
