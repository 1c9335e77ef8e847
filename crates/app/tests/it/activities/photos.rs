//! Photos and papers that come with the entry form.

use kernel::Role;
use store::scalar;
use testkit::TestApp;

use super::entry;

const PLACE: &str = "/hoat-dong/moi";

/// The ticket under which a page keeps a file.
fn ticket(page: &str) -> String {
    let rest = page.split("name=\"tep_giu\" value=\"").nth(1).expect("a kept file");
    rest.split('"').next().expect("a ticket").to_owned()
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a count")
}

#[tokio::test]
async fn photos_are_taken_with_the_entry_once_and_marked_for_whom_they_show() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let owner = agency.to_string();
    let mut person = app.person("dau-moi", Role::FocalPoint, agency).await;
    let page = person.get(PLACE).await.expect(200).says("multipart/form-data").says("capture=\"environment\"").text();
    assert!(page.contains("Khi không có mạng, máy chỉ giữ phần chữ và số"));
    let mut fields = entry(&owner, "Hội nghị có ảnh", "02/11/2026", "20");
    fields.extend([("co_nguoi", "1"), ("tre_em", "1"), ("khoa", "01990000-0000-7000-8000-000000000001")]);
    let files: [(&str, &str, &[u8]); 3] =
        [("tep", "", b""), ("tep", "anh.jpg", b"anh"), ("tep", "bien-ban.pdf", b"pdf")];
    let path = person.upload(PLACE, &fields, &files).await.expect(303).location().to_owned();
    person
        .get(&path)
        .await
        .expect(200)
        .says("anh.jpg")
        .says("bien-ban.pdf")
        .says("chưa có đồng ý của người trong ảnh")
        .says("có trẻ em");
    // Sent again after a broken line: nothing twice.
    assert_eq!(person.upload(PLACE, &fields, &files).await.expect(303).location(), path);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM activity_files").await, 2);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'activities.file'").await, 1);
    app.end().await;
}

#[tokio::test]
async fn minors_are_people_and_marks_of_a_file_are_corrected_later() {
    let app = TestApp::new().await;
    let (agency, other) = (app.agency("Sở Tư pháp", None).await, app.agency("Sở Y tế", None).await);
    let owner = agency.to_string();
    let mut person = app.person("dau-moi", Role::FocalPoint, agency).await;
    let mut fields = entry(&owner, "Hội nghị có ảnh", "02/11/2026", "20");
    fields.push(("tre_em", "1"));
    let files: [(&str, &str, &[u8]); 2] = [("tep", "anh.jpg", b"anh"), ("tep", "bang.jpg", b"bang")];
    let path = person.upload(PLACE, &fields, &files).await.expect(303).location().to_owned();
    let page = person.get(&path).await.expect(200).says("có trẻ em").says("chưa có đồng ý của người trong ảnh").text();
    let file = page.split("/tep-hoat-dong/").nth(1).and_then(|rest| rest.get(..36)).expect("a file").to_owned();
    let mark = format!("/tep-hoat-dong/{file}/danh-dau");
    // Of one file only; consent without people is none.
    person.post(&mark, &[("dong_y", "1")]).await.expect(303);
    let marked = "SELECT COUNT(*) FROM activity_files WHERE people AND minors AND NOT consent";
    assert_eq!(count(&app, marked).await, 1);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM activity_files WHERE people OR consent").await, 1);
    person.post(&mark, &[("tre_em", "1"), ("dong_y", "1")]).await.expect(303);
    person.post(&mark, &[("tre_em", "1"), ("dong_y", "1"), ("co_nguoi", "1")]).await.expect(303);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM activity_files WHERE people AND minors AND consent").await, 1);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'activities.mark_file'").await, 2);
    app.person("khac", Role::FocalPoint, other).await.post(&mark, &[]).await.expect(404);
    app.end().await;
}

#[tokio::test]
async fn a_refused_file_takes_neither_the_words_nor_the_other_files_with_it() {
    let app = TestApp::with(|config| config.server.upload_mb = 1).await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let owner = agency.to_string();
    let mut person = app.person("dau-moi", Role::FocalPoint, agency).await;
    let mut fields = entry(&owner, "Hội nghị gõ lâu mới xong", "02/11/2026", "20");
    fields.push(("dong_y", "1"));
    let large = vec![7u8; 3 << 20];
    let files: [(&str, &str, &[u8]); 3] =
        [("tep", "anh.jpg", b"anh"), ("tep", "lon.jpg", &large), ("tep", "rong.jpg", b"")];
    let page = person.upload(PLACE, &fields, &files).await.expect(422).says("“lon.jpg” không được nhận").text();
    assert!(
        page.contains("value=\"Hội nghị gõ lâu mới xong\"") && page.contains("name=\"dong_y\" value=\"1\" checked")
    );
    assert!(page.contains("<b>anh.jpg</b>") && !page.contains("<b>lon.jpg</b>"));
    assert_eq!(count(&app, "SELECT COUNT(*) FROM activities").await, 0);
    // The ticket of one is nothing in the hands of another.
    let kept = ticket(&page);
    let mut other = app.person("nguoi-khac", Role::FocalPoint, agency).await;
    fields.push(("tep_giu", &kept));
    other.upload(PLACE, &fields, &[]).await.expect(422).says("không dùng được nữa");
    let path = person.upload(PLACE, &fields, &[("tep", "them.jpg", b"them")]).await.expect(303).location().to_owned();
    person.get(&path).await.expect(200).says("anh.jpg").says("them.jpg");
    app.end().await;
}

#[tokio::test]
async fn a_form_that_comes_back_for_another_reason_keeps_its_photos() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let owner = agency.to_string();
    let mut person = app.person("dau-moi", Role::FocalPoint, agency).await;
    let file: [(&str, &str, &[u8]); 1] = [("tep", "anh.jpg", b"anh")];
    let page = person.upload(PLACE, &entry(&owner, "", "02/11/2026", "20"), &file).await.expect(422).text();
    let kept = ticket(&page);
    let mut fields = entry(&owner, "Hội nghị giới thiệu luật", "02/11/2026", "20");
    fields.push(("tep_giu", &kept));
    // Without scripts and files the form may also come in the old way.
    let path = person.post(PLACE, &fields).await.expect(303).location().to_owned();
    person.get(&path).await.expect(200).says("anh.jpg");
    // The same again looks alike: the photo waits for the answer. A box that is cleared leaves it out.
    let page = person.upload(PLACE, &entry(&owner, "Hội nghị giới thiệu luật", "02/11/2026", "20"), &file).await;
    let kept = ticket(&page.expect(422).says("Có thể hoạt động này đã được ghi").text());
    let mut fields = entry(&owner, "Hội nghị giới thiệu luật", "02/11/2026", "20");
    fields.push(("van_luu", "1"));
    let bare = person.upload(PLACE, &fields, &[]).await.expect(303).location().to_owned();
    person.get(&bare).await.expect(200).says("Chưa có tệp nào");
    fields.push(("tep_giu", &kept));
    let path = person.upload(PLACE, &fields, &[]).await.expect(303).location().to_owned();
    person.get(&path).await.expect(200).says("anh.jpg");
    app.end().await;
}
