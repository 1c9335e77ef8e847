//! The media library: from a file on its way to what everybody sees.

mod films;
mod hostile;
mod papers;
mod practices;
mod upload;

use kernel::{Role, Uuid};
use testkit::{Client, TestApp, photo as jpeg};

/// A province with a department: an editor above, and a contributor of the department with its id.
async fn people(app: &TestApp) -> (Client, Client, Uuid) {
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let department = app.agency("Sở Tư pháp", Some(province)).await;
    let editor = app.person("bien-tap", Role::Editor, province).await;
    let keeper = app.person("cong-tac-vien", Role::Contributor, department).await;
    (editor, keeper, department)
}

#[derive(store::FromQueryResult)]
struct Named {
    id: Uuid,
}

/// What is said of a photo that may be shown.
fn photo_of(agency: &str) -> Vec<(&str, &str)> {
    vec![
        ("co_quan", agency),
        ("tieu_de", "Ảnh góc pháp luật"),
        ("noi_dung", "Góc sách trong nhà văn hóa"),
        ("mo_ta_anh", "Kệ sách pháp luật"),
        ("ban_quyen", "own"),
        ("ngon_ngu", "vi"),
        ("linh_vuc", "khac"),
    ]
}

async fn put_in(keeper: &mut Client, fields: &[(&str, &str)], file: &[u8]) -> String {
    keeper.upload("/tu-lieu/moi", fields, &[("tep", "anh.jpg", file)]).await.expect(303).location().to_owned()
}

fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

#[tokio::test]
async fn a_photo_is_kept_looked_at_made_public_and_shown_without_what_it_should_not_tell() {
    let app = TestApp::new().await;
    let (mut editor, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let path = put_in(&mut keeper, &photo_of(&agency), &jpeg(2000, 1200, 7)).await;
    let id = id_of(&path).to_owned();
    keeper.get(&path).await.expect(200).says("đang được kiểm tra");
    editor.post(&format!("{path}/cong-khai"), &[]).await.expect(409).says("đang được kiểm tra");
    app.run_jobs().await;
    keeper.get(&path).await.expect(200).says("2000 × 1200").says("Đạt").says(&format!("/anh/{id}/2000x1200"));
    // Nobody else gets it before it is public.
    let mut reader = app.anonymous();
    for file in [format!("/anh/{id}/640.webp"), format!("/tep/{id}/goc"), format!("/tep/{id}/w640.webp")] {
        reader.get(&file).await.expect(404);
        keeper.get(&file).await.expect(200);
    }
    reader.get("/thu-vien").await.expect(200).says("Chưa có tư liệu nào");
    keeper.post(&format!("{path}/cong-khai"), &[]).await.expect(403);
    editor.post(&format!("{path}/cong-khai"), &[]).await.expect(303);
    reader.get("/thu-vien").await.expect(200).says("Ảnh góc pháp luật");
    reader.get("/thu-vien/loai/photo").await.expect(200).says("/thu-vien/anh-goc-phap-luat");
    reader.get("/thu-vien/linh-vuc/khac").await.expect(200).says("/thu-vien/anh-goc-phap-luat");
    reader
        .get("/thu-vien/anh-goc-phap-luat")
        .await
        .expect(200)
        .says("alt=\"Kệ sách pháp luật\"")
        .says("1280.webp 1280w");
    let answer = reader.get(&format!("/anh/{id}/640.webp")).await.expect(200);
    assert_eq!(answer.headers["content-type"], "image/webp");
    assert_eq!(answer.headers["content-security-policy"], "default-src 'none'; sandbox; frame-ancestors 'self'");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    // The file as it came stays with those who may see it, to be saved only.
    reader.get(&format!("/tep/{id}/goc")).await.expect(404);
    let original = keeper.get(&format!("/tep/{id}/goc")).await.expect(200);
    assert!(original.headers["content-disposition"].to_str().unwrap_or_default().starts_with("attachment"));
    assert_eq!(original.body, jpeg(2000, 1200, 7));
    // A part of it, as players and broken downloads ask.
    let part = keeper.ask("GET", &format!("/tep/{id}/goc"), &[("range", "bytes=5-9")]).await.expect(206);
    assert_eq!((part.body.as_ref(), part.headers["content-length"] == "5"), (&original.body[5..10], true));
    keeper.ask("GET", &format!("/tep/{id}/goc"), &[("range", "bytes=99999999-")]).await.expect(416);
    // Without consent of those shown it is taken back.
    let mut fields = photo_of(&agency);
    fields.extend([("co_nguoi", "1"), ("phien_ban", "1")]);
    keeper.upload(&format!("{path}/sua"), &fields, &[]).await.expect(303);
    reader.get("/thu-vien/anh-goc-phap-luat").await.expect(404);
    reader.get(&format!("/anh/{id}/640.webp")).await.expect(404);
    editor.post(&format!("{path}/cong-khai"), &[]).await.expect(409).says("chưa có sự đồng ý");
    // Somebody was faster.
    keeper.upload(&format!("{path}/sua"), &fields, &[]).await.expect(409);
    app.end().await;
}

#[tokio::test]
async fn what_is_missing_is_said_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let (_, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let said = [("co_quan", agency.as_str()), ("tieu_de", "Băng ghi hình"), ("ban_quyen", "own"), ("ngon_ngu", "vi")];
    let answer = keeper.upload("/tu-lieu/moi", &said, &[]).await.expect(422);
    answer.says("Hãy chọn tệp, hoặc ghi nơi giữ băng, đĩa").says("Băng ghi hình");
    let mut tape = said.to_vec();
    tape.push(("bang_dia", "Tủ 3, băng số 7"));
    keeper.upload("/tu-lieu/moi", &tape, &[]).await.expect(422).says("Hãy chọn loại tư liệu");
    tape.push(("loai", "photo"));
    let path = keeper.upload("/tu-lieu/moi", &tape, &[]).await.expect(303).location().to_owned();
    keeper.get(&path).await.expect(200).says("Tủ 3, băng số 7").says("Chưa có tệp");
    // The tape was made a file.
    keeper.upload(&format!("{path}/tep"), &[], &[]).await.expect(422).says("Hãy chọn tệp");
    keeper.upload(&format!("{path}/tep"), &[], &[("tep", "a.pdf", b"%PDF-1.7 x")]).await.expect(422);
    keeper.upload(&format!("{path}/tep"), &[], &[("tep", "a.jpg", &jpeg(700, 500, 3))]).await.expect(303);
    app.run_jobs().await;
    keeper.get(&path).await.expect(200).says("700 × 500").says("Không đạt").says("Cạnh dài 700 điểm ảnh");
    // The same file once more.
    let mut again = said.to_vec();
    again.push(("mo_ta_anh", "x"));
    let answer = keeper.upload("/tu-lieu/moi", &again, &[("tep", "b.jpg", &jpeg(700, 500, 3))]).await.expect(422);
    answer.says("Tệp này đã có trong thư viện với tên “Băng ghi hình”");
    // What cannot be read is kept, and said.
    let broken = &jpeg(900, 500, 3)[..700];
    let path =
        keeper.upload("/tu-lieu/moi", &again, &[("tep", "c.jpg", broken)]).await.expect(303).location().to_owned();
    app.run_jobs().await;
    keeper
        .get(&path)
        .await
        .expect(200)
        .says("Không đọc được ảnh này")
        .says("Không đọc được tệp nên chưa làm được bản để xem");
    app.end().await;
}

#[tokio::test]
async fn an_article_shows_what_is_public_and_the_library_knows_where() {
    let app = TestApp::new().await;
    let (mut editor, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let path = put_in(&mut keeper, &photo_of(&agency), &jpeg(1400, 800, 9)).await;
    app.run_jobs().await;
    let id = id_of(&path);
    let body = format!("Mở đầu.\n\n![](/anh/{id}/1400x800 \"Góc sách\")\n\nHết.");
    let words = |body: &str| {
        let fields = [
            ("co_quan", agency.as_str()),
            ("loai", "article"),
            ("tieu_de", "Góc sách ở thôn"),
            ("tom_tat", "Bà con đọc luật."),
        ];
        fields
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .chain([("noi_dung".to_owned(), body.to_owned())])
            .collect::<Vec<_>>()
    };
    let fields = words(&body);
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let article = keeper.post("/toa-soan/moi", &pairs).await.expect(303).location().to_owned();
    keeper.post(&format!("{article}/gui"), &[]).await.expect(422).says("chưa có lời mô tả");
    let told = body.replace("![]", "![Kệ sách]");
    let mut fields = words(&told);
    fields.push(("phien_ban".into(), "0".into()));
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    keeper.post(&format!("{article}/sua"), &pairs).await.expect(303);
    keeper.post(&format!("{article}/gui"), &[]).await.expect(303);
    editor.post(&format!("{article}/duyet"), &[]).await.expect(303);
    editor
        .post(&format!("{article}/xuat-ban"), &[])
        .await
        .expect(422)
        .says("Tư liệu trong bài chưa công khai: “Ảnh góc pháp luật”");
    editor.post(&format!("{path}/cong-khai"), &[]).await.expect(303);
    editor.post(&format!("{article}/xuat-ban"), &[]).await.expect(303);
    let mut reader = app.anonymous();
    reader
        .get("/tin/goc-sach-o-thon")
        .await
        .expect(200)
        .says("<figcaption>Góc sách</figcaption>")
        .says("alt=\"Kệ sách\"");
    keeper.get(&path).await.expect(200).says(&article).says("Góc sách ở thôn");
    app.end().await;
}

#[tokio::test]
async fn collections_gather_and_packages_carry_what_may_be_used() {
    let app = TestApp::new().await;
    let (mut editor, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    editor.post("/tu-lieu/bo-suu-tap", &[("ten", "")]).await.expect(422).says("Hãy điền mục này");
    let home: Option<Named> =
        store::one(app.app.db.read(), "SELECT id FROM agencies WHERE name = $1", vec!["Ủy ban nhân dân tỉnh".into()])
            .await
            .expect("a query");
    let home = home.expect("an agency").id.to_string();
    let set = [("co_quan", home.as_str()), ("ten", "Ngày Pháp luật"), ("hien", "1")];
    editor.post("/tu-lieu/bo-suu-tap", &set).await.expect(303);
    let list = keeper.get("/tu-lieu/bo-suu-tap").await.expect(200).says("Ngày Pháp luật").text();
    let collection = list.split("/tu-lieu?bo=").nth(1).and_then(|rest| rest.get(..36)).expect("an id").to_owned();
    let mut fields = photo_of(&agency);
    fields.push(("bo_suu_tap", &collection));
    let path = put_in(&mut keeper, &fields, &jpeg(2200, 1300, 1)).await;
    let mut unknown = photo_of(&agency);
    unknown.retain(|(name, _)| *name != "ban_quyen");
    unknown.push(("ban_quyen", "unknown"));
    let other = put_in(&mut keeper, &unknown, &jpeg(2200, 1300, 2)).await;
    app.run_jobs().await;
    editor.post(&format!("{path}/cong-khai"), &[]).await.expect(303);
    let mut reader = app.anonymous();
    reader.get("/thu-vien/bo-suu-tap/ngay-phap-luat").await.expect(200).says("Ảnh góc pháp luật");
    keeper.get(&format!("/tu-lieu?bo={collection}")).await.expect(200).says("Ảnh góc pháp luật");
    // For a broadcaster.
    let (one, two) = (id_of(&path), id_of(&other));
    let named = [
        ("co_quan", agency.as_str()),
        ("ten", "Gói 9/11"),
        ("noi_nhan", "Đài tỉnh"),
        ("tu_lieu", one),
        ("tu_lieu", two),
    ];
    keeper.post("/tu-lieu/goi", &named).await.expect(422).says("chưa rõ quyền sử dụng").says("Gói 9/11");
    keeper.post("/tu-lieu/goi", &named[..4]).await.expect(303);
    keeper.get("/tu-lieu/goi").await.expect(200).says("đang lập");
    app.run_jobs().await;
    let page = keeper.get("/tu-lieu/goi").await.expect(200).says("Tải ZIP").text();
    let file =
        page.split("href=\"").find(|rest| rest.starts_with("/tu-lieu/goi/")).and_then(|rest| rest.split('"').next());
    let answer = keeper.get(file.expect("a file")).await.expect(200);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(answer.body.to_vec())).expect("an archive");
    let names: Vec<String> =
        (0..zip.len()).map(|at| zip.by_index(at).expect("a part").name().expect("a name").into_owned()).collect();
    let printed = if cfg!(feature = "pdf") { "danh-muc.pdf" } else { "danh-muc.docx" };
    assert_eq!(names, ["tu-lieu/001-anh-goc-phap-luat.jpg", printed, "danh-muc.xlsx", "ban-quyen.txt", "SHA256SUMS"]);
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(name).expect("a part"), &mut bytes).expect("bytes");
        bytes
    };
    assert_eq!(read("tu-lieu/001-anh-goc-phap-luat.jpg"), jpeg(2200, 1300, 1));
    let sums = String::from_utf8(read("SHA256SUMS")).expect("words");
    for line in sums.lines() {
        let (hash, name) = line.split_once("  ").expect("a sum");
        assert_eq!(platform::secrets::sha256(&read(name)), hash, "{name}");
    }
    assert_eq!(sums.lines().count(), 4);
    let rows = press::read_rows(&read("danh-muc.xlsx")).expect("a workbook");
    assert!(
        rows[1].contains(&"Đạt".to_owned()) && rows[1].contains(&"Cơ quan tự làm, giữ quyền".to_owned()),
        "{rows:?}"
    );
    // After a month its file goes; the page says so.
    app.clock.advance_seconds(86_400 * 40);
    app.run_jobs().await;
    keeper.sign_in("cong-tac-vien", testkit::PASSWORD).await;
    keeper.get("/tu-lieu/goi").await.expect(200).says("Đã quá 30 ngày");
    app.end().await;
}

#[tokio::test]
async fn staff_find_what_is_not_public_and_readers_what_is() {
    let app = TestApp::new().await;
    let (mut editor, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let path = put_in(&mut keeper, &photo_of(&agency), &jpeg(1300, 900, 5)).await;
    app.run_jobs().await;
    app.index().await;
    let mut reader = app.anonymous();
    let find = "/tim-kiem?q=goc+sach+nha+van+hoa";
    assert!(!reader.get(find).await.expect(200).text().contains("Ảnh góc pháp luật"));
    keeper.get("/tra-cuu?q=goc+sach+nha+van+hoa").await.expect(200).says(&path);
    editor.post(&format!("{path}/cong-khai"), &[]).await.expect(303);
    app.index().await;
    reader.get(find).await.expect(200).says("/thu-vien/anh-goc-phap-luat");
    editor.post(&format!("{path}/thoi-cong-khai"), &[]).await.expect(422).says("Hãy ghi lý do");
    editor.post(&format!("{path}/thoi-cong-khai"), &[("ly_do", "Sai người")]).await.expect(303);
    app.index().await;
    assert!(!reader.get(find).await.expect(200).text().contains("/thu-vien/anh-goc-phap-luat"));
    app.end().await;
}
