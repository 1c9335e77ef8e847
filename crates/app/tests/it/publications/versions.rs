//! Versions in other languages: begun from the original, read only while it is public, and told apart once it is corrected; recordings and photos.

use platform::{search, web::guard::encode};

use super::*;

const ENGLISH: &str = "A mock trial on domestic violence in Mau Son commune";

/// Begins a version in a language; its path.
async fn begun(writer: &mut Client, path: &str, lang: &str) -> String {
    let form = writer.post(&format!("{path}/ban-dich"), &[("tieng", lang)]).await.expect(303).location().to_owned();
    form.trim_end_matches("/sua").to_owned()
}

fn translated<'a>(version: &'a str, base: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("tieu_de", ENGLISH),
        ("tom_tat", "People learn about their right to be protected."),
        ("noi_dung", "## What happened\n\nMore than **300** people came to the trial."),
        ("tac_gia", "Lò Thị Mẫu"),
        ("hieu_dinh", "Tổ biên dịch"),
        ("phien_ban", version),
        ("ban_goc", base),
    ]
}

async fn made_public(editor: &mut Client, writer: &mut Client, path: &str) {
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
}

#[tokio::test]
async fn a_version_is_reviewed_like_any_text_and_read_beside_its_original() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let path = handed_in(&mut writer, department, TITLE).await;
    writer.post(&format!("{path}/ban-dich"), &[("tieng", "vi")]).await.expect(422).says("Hãy chọn ngôn ngữ");
    writer.post(&format!("{path}/ban-dich"), &[("tieng", "vsl")]).await.expect(422);
    let version = begun(&mut writer, &path, "en").await;
    writer.post(&format!("{path}/ban-dich"), &[("tieng", "en")]).await.expect(409).says("đã có bản dịch (Tiếng Anh)");
    writer.post(&format!("{version}/ban-dich"), &[("tieng", "km")]).await.expect(409).says("đã là một bản dịch");
    writer.get(&format!("{version}/sua")).await.expect(200).says("dịch từ bản 1").says("đóng vai");
    // Words of the original are no translation.
    writer.post(&format!("{version}/gui"), &[]).await.expect(422).says("còn nguyên lời của bản gốc");
    writer.post(&format!("{version}/sua"), &translated("0", "1")).await.expect(303);
    writer.post(&format!("{version}/gui"), &[]).await.expect(303);
    editor.get("/toa-soan").await.expect(200).says(ENGLISH).says("Tiếng Anh");
    editor.post(&format!("{version}/duyet"), &[]).await.expect(303);
    // Not before its original.
    editor.post(&format!("{version}/xuat-ban"), &[]).await.expect(409).says("Bản gốc chưa được xuất bản");
    editor.post(&format!("{version}/hen-gio"), &[("luc", "2026-11-10T08:00")]).await.expect(409);
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    editor.post(&format!("{version}/xuat-ban"), &[]).await.expect(303);

    let slug = "/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son";
    let mut reader = app.anonymous();
    let page = reader.get(slug).await.expect(200);
    page.says(&format!("{slug}-en")).says("Đọc bằng").says("hreflang=\"en\"");
    let page = reader.get(&format!("{slug}-en")).await.expect(200);
    let page = page.says("lang=\"en\"").says("What happened").says("Lò Thị Mẫu").says("Tổ biên dịch");
    page.says(&format!("href=\"{slug}\"")).says("/chu-de/hon-nhan-gia-dinh");
    // Lists tell of the original alone; the map of addresses and the search of both.
    for list in ["/", "/tin", "/tin.atom", "/chu-de/hon-nhan-gia-dinh", &format!("/noi-dang/{department}")] {
        assert!(!reader.get(list).await.expect(200).text().contains(ENGLISH), "{list}");
    }
    reader.get("/sitemap.xml").await.expect(200).says(&format!("{slug}-en<"));
    search::catch_up(&app.app).await.expect("an index");
    let found = reader.get(&format!("/tim-kiem?q={}", encode("mock trial"))).await.expect(200);
    found.says(&format!("{slug}-en"));
    reader.get("/tim-kiem?q=300").await.expect(200).says("Tiếng Anh").says("Tiếng Việt");
    let found = reader.get(&format!("/tim-kiem?q={}&ngon_ngu=vi", encode("mock trial"))).await.expect(200);
    assert!(!found.text().contains(&format!("{slug}-en")), "narrowed to Vietnamese");
    // One activity, one contribution; the version is counted beside them.
    assert_eq!(count(&app, "SELECT COUNT(*) FROM activities").await, 1);
    editor.get("/toa-soan/dong-gop").await.expect(200).says("Bản dịch");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'publications.translate'").await, 1);
    app.end().await;
}

#[tokio::test]
async fn a_corrected_original_makes_its_versions_old_and_a_withdrawn_one_takes_them_along() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let path = published(&mut editor, &mut writer, department, TITLE).await;
    let version = begun(&mut writer, &path, "en").await;
    writer.post(&format!("{version}/sua"), &translated("0", "1")).await.expect(303);
    made_public(&mut editor, &mut writer, &version).await;
    let mut reader = app.anonymous();
    let slug = "/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son";
    let old = "Bản gốc tiếng Việt đã được đính chính";
    assert!(!reader.get(&format!("{slug}-en")).await.expect(200).text().contains(old));

    writer.post(&format!("{path}/dinh-chinh"), &[]).await.expect(303);
    let agency = department.to_string();
    let mut fields = words(&agency, TITLE);
    fields.extend([("phien_ban", "0"), ("ghi_chu", "Sửa số người dự")]);
    writer.post(&format!("{path}/sua"), &fields).await.expect(303);
    made_public(&mut editor, &mut writer, &path).await;
    reader.get(&format!("{slug}-en")).await.expect(200).says(old).says(slug);
    writer.get(&path).await.expect(200).says("theo bản trước đính chính");
    writer.get(&version).await.expect(200).says("Bản gốc đã được đính chính sau khi dịch");

    // Corrected after its original, it is of the day again.
    writer.post(&format!("{version}/dinh-chinh"), &[]).await.expect(303);
    let mut fields = translated("0", "2");
    fields.push(("ghi_chu", "Theo bản đính chính"));
    writer.post(&format!("{version}/sua"), &fields).await.expect(303);
    made_public(&mut editor, &mut writer, &version).await;
    assert!(!reader.get(&format!("{slug}-en")).await.expect(200).text().contains(old));

    editor.post(&format!("{path}/go"), &[("cach", "withdrawn"), ("ly_do_go", "Sai số liệu")]).await.expect(303);
    reader.get(&format!("{slug}-en")).await.expect(200).says("đã được gỡ").says("Sai số liệu");
    search::catch_up(&app.app).await.expect("an index");
    reader.get(&format!("/tim-kiem?q={}", encode("mock trial"))).await.expect(200).says("Không tìm thấy");
    editor.post(&format!("{path}/dang-lai"), &[("ly_do", "Đã sửa")]).await.expect(303);
    search::catch_up(&app.app).await.expect("an index");
    reader.get(&format!("/tim-kiem?q={}", encode("mock trial"))).await.expect(200).says("-en");
    // A version alone may be taken away.
    editor.post(&format!("{version}/go"), &[("cach", "withdrawn"), ("ly_do_go", "Dịch sai")]).await.expect(303);
    assert!(!reader.get(slug).await.expect(200).text().contains("Đọc bằng"));
    app.end().await;
}

#[tokio::test]
async fn a_version_that_was_given_up_begins_anew_and_a_stranger_begins_none() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let path = published(&mut editor, &mut writer, department, TITLE).await;
    let version = begun(&mut writer, &path, "tyz").await;
    writer.post(&format!("{version}/bo"), &[]).await.expect(303);
    assert_eq!(begun(&mut writer, &path, "tyz").await, version);
    writer.get(&version).await.expect(200).says("Bản thảo").says("Tiếng Tày");
    let elsewhere = app.agency("Sở Tư pháp tỉnh khác", None).await;
    let mut stranger = app.person("nguoi-la", Role::Contributor, elsewhere).await;
    stranger.post(&format!("{path}/ban-dich"), &[("tieng", "km")]).await.expect(404);
    app.end().await;
}

#[tokio::test]
async fn a_recording_stands_above_the_words_and_a_photo_on_the_card() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let agency = department.to_string();
    let said = [
        ("co_quan", agency.as_str()),
        ("tieu_de", "Góc pháp luật"),
        ("mo_ta_anh", "Kệ sách"),
        ("ban_quyen", "own"),
        ("ngon_ngu", "vi"),
        ("tieu_diem_x", "80"),
        ("tieu_diem_y", "20"),
    ];
    let photo = testkit::photo(900, 600, 3);
    let photo =
        writer.upload("/tu-lieu/moi", &said, &[("tep", "a.jpg", &photo)]).await.expect(303).location().to_owned();
    let photo = photo.rsplit('/').next().expect("an id").to_owned();
    let mut tape = said[..5].to_vec();
    tape[1].1 = "Bài đọc";
    tape.extend([("loai", "audio"), ("bang_dia", "Băng số 1, tủ A")]);
    let sound = writer.upload("/tu-lieu/moi", &tape, &[]).await.expect(303).location().to_owned();
    app.run_jobs().await;
    editor.post(&format!("/tu-lieu/{photo}/cong-khai"), &[]).await.expect(303);

    let body = format!("Mở đầu.\n\n![Kệ sách](/anh/{photo}/900x600)\n\nHết.");
    let mut fields = words(&agency, TITLE);
    fields.retain(|(name, _)| *name != "noi_dung");
    fields.push(("noi_dung", &body));
    let with = |address: &str| {
        let mut all: Vec<(&str, String)> = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        all.push(("ban_thu", address.to_owned()));
        all
    };
    for wrong in ["băng ghi".to_owned(), format!("/tu-lieu/{photo}"), format!("/tu-lieu/{}", Uuid::from_u128(5))] {
        let all = with(&wrong);
        let pairs: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
        writer.post("/toa-soan/moi", &pairs).await.expect(422).says("id=\"ban_thu\"").says("Mở đầu.");
    }
    let all = with(&format!("https://cong.vi-du.vn{sound}"));
    let pairs: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let path = writer.post("/toa-soan/moi", &pairs).await.expect(303).location().to_owned();
    writer.get(&sound).await.expect(200).says(TITLE);
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(422).says("Bài đọc");
    let id = sound.rsplit('/').next().expect("an id").to_owned();
    let key = Uuid::parse_str(&id).expect("an id");
    let sql = "UPDATE media SET shown_at = 1 WHERE id = $1";
    let tx = app.app.db.begin().await.expect("a transaction");
    store::exec(&*tx, sql, vec![key.into()]).await.expect("shown");
    tx.commit().await.expect("commit");
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    let mut reader = app.anonymous();
    let page = reader.get("/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son").await.expect(200);
    page.says("<audio").says(&format!("/tep/{id}/web")).says("Nghe bài này").says(&format!("/anh/{photo}/640.jpg\""));
    let home = reader.get("/").await.expect(200);
    home.says(&format!("/anh/{photo}/640.webp")).says("fx8 fy2");
    reader.get(&format!("/anh/{photo}/640.webp")).await.expect(200);
    // What is taken back leaves no gap.
    editor.post(&format!("/tu-lieu/{photo}/thoi-cong-khai"), &[("ly_do", "Chờ xin phép")]).await.expect(303);
    assert!(!reader.get("/").await.expect(200).text().contains(&photo));
    app.end().await;
}
