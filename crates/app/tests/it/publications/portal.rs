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

#[tokio::test]
async fn visitors_do_not_make_the_program_ask_whether_there_is_an_account() {
    let app = TestApp::new().await;
    app.anonymous().get("/").await.expect(303);
    let (mut editor, mut writer, department) = newsroom(&app).await;
    published(&mut editor, &mut writer, department, TITLE).await;
    let mut reader = app.anonymous();
    reader.get("/").await.expect(200).says(TITLE).says("/dang-nhap");
    let before = app.app.db.queries();
    reader.get("/").await.expect(200);
    assert!(app.app.db.queries() - before <= 1, "only for the state of the public side");
    editor.get("/toa-soan").await.expect(200).says("href=\"/trang-chu\"");
    app.end().await;
}

#[tokio::test]
async fn news_is_found_by_topic_place_and_agency() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    app.anonymous().get("/danh-muc").await.expect(200).says("Chưa có bài");
    let tx = app.app.db.begin().await.expect("a change");
    let (province, commune) = (kernel::new_id(), kernel::new_id());
    for (id, code, name, parent) in
        [(province, "90", "Tỉnh Mẫu", None), (commune, "90001", "Xã Mẫu Sơn", Some(province))]
    {
        let sql = "INSERT INTO units (id, code, official_code, level, kind, name, name_fold, parent_id, valid_from, valid_to, position) \
                   VALUES ($1, $2, $2, 'commune', 'xa', $3, $3, $4, 20250701, 99991231, 1)";
        let values = vec![id.into(), code.into(), name.into(), parent.into()];
        store::exec(&*tx, sql, values).await.expect("a unit");
    }
    let sql = "UPDATE agencies SET unit_id = $1 WHERE id = $2";
    store::exec(&*tx, sql, vec![commune.into(), department.into()]).await.expect("a place");
    tx.commit().await.expect("a commit");
    published(&mut editor, &mut writer, department, TITLE).await;
    let mut reader = app.anonymous();
    let page = reader.get("/danh-muc").await.expect(200).says("/chu-de/hon-nhan-gia-dinh");
    page.says("/tin-dia-phuong/90001").says("Xã Mẫu Sơn").says(&format!("/noi-dang/{department}"));
    // News of a commune stands with its province, too.
    reader.get("/tin-dia-phuong/90001").await.expect(200).says(TITLE);
    reader.get("/tin-dia-phuong/90").await.expect(200).says(TITLE).says("Tỉnh Mẫu");
    reader.get("/tin-dia-phuong/91").await.expect(404);
    // Ways to pages that no slice has are not shown; aids to reading stand on what is read.
    let home = reader.get("/trang-chu").await.expect(200).says("/danh-muc").text();
    for way in ["/luat-cho-toi", "/luat", "/thu-vien", "/mo-hinh", "/tim-kiem"] {
        let there = reader.get(way).await.status != 404;
        assert_eq!(home.contains(&format!("\"{way}\"")), there, "{way}");
    }
    reader.get("/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son").await.expect(200).says("data-reading");
    app.end().await;
}
