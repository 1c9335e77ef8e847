//! What is published counts: as an activity of its agency, and for the quarter's orientation.

use super::*;

#[tokio::test]
async fn what_is_published_is_one_activity_of_its_agency_until_it_turns_out_to_be_an_error() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let recorded = "SELECT COUNT(*) FROM activities a JOIN activity_marks m ON m.activity_id = a.id AND m.key = 'hon-nhan-gia-dinh' \
                    WHERE a.state = 'recorded' AND a.kind = 'trang-tin' AND a.form = 'F3' AND a.held_on = 20261109";
    handed_in(&mut writer, department, "Bài còn chờ").await;
    assert_eq!(count(&app, "SELECT COUNT(*) FROM activities").await, 0);
    let path = published(&mut editor, &mut writer, department, TITLE).await;
    assert_eq!(count(&app, recorded).await, 1);
    let page = writer.get(&path).await.expect(200).says("Được tính là một hoạt động").text();
    let activity =
        page.split("href=\"/hoat-dong/").filter_map(|rest| rest.get(..36)).find(|id| Uuid::parse_str(id).is_ok());
    let activity = format!("/hoat-dong/{}", activity.expect("an activity"));
    writer.get(&activity).await.expect(200).says(TITLE).says(&format!("href=\"{path}\""));
    // A correction is the same publication.
    writer.post(&format!("{path}/dinh-chinh"), &[]).await.expect(303);
    let agency = department.to_string();
    let mut fields = words(&agency, TITLE);
    fields.extend([("phien_ban", "0"), ("ghi_chu", "Sửa chính tả.")]);
    writer.post(&format!("{path}/sua"), &fields).await.expect(303);
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    assert_eq!(count(&app, recorded).await, 1);
    let go = format!("{path}/go");
    editor.post(&go, &[("cach", "error"), ("ly_do_go", "Sai số liệu"), ("den", "/tin")]).await.expect(303);
    assert_eq!(count(&app, recorded).await, 0);
    writer.get(&activity).await.expect(200).says("Bài đã gỡ khỏi cổng do đăng nhầm: Sai số liệu");
    editor.post(&format!("{path}/dang-lai"), &[("ly_do", "Số liệu đúng")]).await.expect(303);
    assert_eq!(count(&app, recorded).await, 1);
    // What is withdrawn because it no longer holds was work all the same.
    editor.post(&go, &[("cach", "withdrawn"), ("ly_do_go", "Luật đã thay đổi")]).await.expect(303);
    assert_eq!(count(&app, recorded).await, 1);
    app.end().await;
}

#[tokio::test]
async fn who_writes_sees_what_the_quarter_should_be_about_and_how_much_of_it_is_published() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let mut secretary = app.person("thu-ky", Role::Secretariat, department).await;
    let id = department.to_string();
    let topic = |quarter| {
        [
            ("co_quan", id.as_str()),
            ("quy", quarter),
            ("linh_vuc", "hon-nhan-gia-dinh"),
            ("noi_dung", "Phòng ngừa tảo hôn"),
        ]
    };
    secretary.post("/hoat-dong/dinh-huong", &topic("20263")).await.expect(303);
    assert!(!writer.get("/toa-soan/moi").await.expect(200).text().contains("tảo hôn"));
    secretary.post("/hoat-dong/dinh-huong", &topic("20264")).await.expect(303);
    writer.get("/toa-soan/moi").await.expect(200).says("Phòng ngừa tảo hôn").says("0 bài đã đăng");
    published(&mut editor, &mut writer, department, TITLE).await;
    writer.get("/toa-soan/moi").await.expect(200).says("1 bài đã đăng").says("data-for-markdown");
    writer.get("/toa-soan/dong-gop").await.expect(200).says("Phòng ngừa tảo hôn");
    app.end().await;
}
