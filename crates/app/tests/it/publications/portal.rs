//! How pages are kept and answered.

use axum::http::header;

use super::*;

#[tokio::test]
async fn a_page_is_kept_until_something_public_changes_and_known_again_by_its_mark() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    published(&mut editor, &mut writer, department, TITLE).await;
    let mut reader = app.anonymous();
    let first = reader.get("/tin").await.expect(200);
    let mark = first.headers.get(header::ETAG).and_then(|mark| mark.to_str().ok()).expect("a mark").to_owned();
    let before = app.app.db.queries();
    reader.get("/tin").await.expect(200);
    assert!(app.app.db.queries() - before <= 1, "a kept page asks only for the state of the public side");
    let mark: &'static str = Box::leak(mark.into_boxed_str());
    reader.header("if-none-match", mark);
    reader.get("/tin").await.expect(304);
    // A draft changes nothing for readers, a publication does.
    handed_in(&mut writer, department, "Bài còn chờ").await;
    reader.header("if-none-match", mark);
    reader.get("/tin").await.expect(304);
    published(&mut editor, &mut writer, department, "Bài thứ hai").await;
    reader.header("if-none-match", mark);
    reader.get("/tin").await.expect(200).says("Bài thứ hai");
    reader.get("/tin?trang=7").await.expect(404);
    reader.get("/the-loai/khong-co").await.expect(404);
    reader.get("/chu-de/khong-co").await.expect(404);
    app.end().await;
}

#[tokio::test]
async fn an_event_has_its_time_and_a_calendar() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let agency = department.to_string();
    let mut fields = words(&agency, "Lễ hưởng ứng Ngày Pháp luật 9/11");
    fields[1].1 = "event";
    fields.extend([
        ("bat_dau", "2026-11-10T07:30"),
        ("ket_thuc", "2026-11-10T06:00"),
        ("noi", "Quảng trường, phường Mẫu"),
    ]);
    writer.post("/toa-soan/moi", &fields).await.expect(422).says("Kết thúc phải sau khi bắt đầu.");
    fields[7].1 = "2026-11-10T11:00";
    let path = writer.post("/toa-soan/moi", &fields).await.expect(303).location().to_owned();
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    let mut reader = app.anonymous();
    reader.get("/trang-chu").await.expect(200).says("Sắp diễn ra").says("07:30 10/11/2026");
    let calendar = reader.get("/tin/le-huong-ung-ngay-phap-luat-9-11/lich").await.expect(200);
    calendar.says("DTSTART;TZID=Asia/Ho_Chi_Minh:20261110T073000\r\n").says("LOCATION:Quảng trường\\, phường Mẫu");
    app.end().await;
}
