//! The portal's own face.

use chrono::NaiveDate;
use kernel::Role;
use platform::search;
use store::scalar;
use testkit::{Client, TestApp};

const FACE: &str = "/giao-dien-cong";

async fn editor(app: &TestApp) -> Client {
    let agency = app.agency("Sở Tư pháp", None).await;
    app.person("bien-tap", Role::Editor, agency).await
}

#[tokio::test]
async fn name_menu_and_footer_stand_on_every_public_page_once_they_are_set() {
    let app = TestApp::new().await;
    let mut editor = editor(&app).await;
    let mut reader = app.anonymous();
    let pages = ["/trang-chu", "/tin", "/luat", "/danh-muc", "/cong-khai-thong-tin", "/cong-khai-thong-tin/yeu-cau"];
    for page in pages {
        reader.get(page).await.expect(200).says("Tin mới").says("Phổ biến, giáo dục pháp luật");
    }
    let face = [
        ("phien_ban", "0"),
        ("ten", "Pháp luật Lạng Sơn"),
        ("khau_hieu", "Hiểu luật để sống yên"),
        ("co_quan", "Sở Tư pháp tỉnh Lạng Sơn"),
        ("dien_thoai", "0205 000 000"),
        ("nguoi", "Bà Giám đốc"),
        ("giay_phep", "12/GP-TTĐT"),
    ];
    editor.post(FACE, &face).await.expect(303);
    editor.post(FACE, &face).await.expect(409).says("Người khác vừa thay đổi");
    editor.post(FACE, &[("phien_ban", "1")]).await.expect(422).says("Hãy điền mục này");
    let menu = [
        ("phien_ban", "0"),
        ("nhan", "Luật"),
        ("den", "/luat"),
        ("nhan", "Bộ Tư pháp"),
        ("den", "https://vi-du.gov.vn/"),
        ("nhan", ""),
        ("den", ""),
        ("nut", "len-1"),
    ];
    // Before it is set for the first time there is no version but the first.
    editor.post(&format!("{FACE}/thuc-don"), &menu).await.expect(303);
    editor.post(&format!("{FACE}/thuc-don"), &menu).await.expect(409);
    for page in pages {
        let text = reader.get(page).await.expect(200).says("Pháp luật Lạng Sơn").says("Hiểu luật để sống yên").text();
        assert!(text.contains("12/GP-TTĐT") && text.contains("0205 000 000") && text.contains("Bà Giám đốc"), "{page}");
        let nav = text.split("<nav").nth(1).and_then(|rest| rest.split("</nav>").next()).unwrap_or_default();
        let (first, second) = (nav.find("Bộ Tư pháp"), nav.find(">Luật<"));
        assert!(first.is_some() && first < second && !nav.contains("Tin mới"), "{page}: {nav}");
    }
    let wrong = [("phien_ban", "1"), ("nhan", "Ngoài"), ("den", "javascript:alert(1)")];
    editor
        .post(&format!("{FACE}/thuc-don"), &wrong)
        .await
        .expect(422)
        .says("bắt đầu bằng /")
        .says("javascript:alert(1)");
    let sql = "SELECT COUNT(*) FROM audit WHERE action IN ('site.face', 'site.menu')";
    assert_eq!(scalar(app.app.db.read(), sql, vec![]).await.expect("a count"), 2);
    app.end().await;
}

#[tokio::test]
async fn a_banner_shows_itself_on_its_days_and_on_the_home_page_only() {
    let app = TestApp::new().await;
    let mut editor = editor(&app).await;
    let path = format!("{FACE}/thong-bao");
    let fields = [
        ("noi_dung", "Ngày Pháp luật 9/11"),
        ("tu_ngay", "10/11/2026"),
        ("den_ngay", "11/11/2026"),
        ("lien_ket", "/tin"),
    ];
    editor.post(&path, &fields).await.expect(303);
    let big = [("noi_dung", "Bão số 9"), ("tu_ngay", "11/11/2026"), ("den_ngay", "20/11/2026"), ("uu_tien", "1")];
    editor.post(&path, &big).await.expect(303);
    editor.post(&path, &[("noi_dung", "Sai"), ("tu_ngay", "10/11/2026"), ("den_ngay", "9/11/2026")]).await.expect(422);
    editor
        .post(&path, &[("noi_dung", "Sai"), ("tu_ngay", "mai"), ("den_ngay", "")])
        .await
        .expect(422)
        .says("Ngày không hợp lệ");
    let mut reader = app.anonymous();
    let mut shown = Vec::new();
    for day in [9, 10, 11, 12, 21] {
        app.clock.set(NaiveDate::from_ymd_opt(2026, 11, day).expect("a day"));
        let text = reader.get("/trang-chu").await.expect(200).text();
        shown.push((text.find("Ngày Pháp luật 9/11"), text.find("Bão số 9")));
        let other = reader.get("/tin").await.expect(200).text();
        assert!(!other.contains("Bão số 9"));
    }
    let there: Vec<_> = shown.iter().map(|(one, other)| (one.is_some(), other.is_some())).collect();
    assert_eq!(there, [(false, false), (true, false), (true, true), (false, true), (false, false)]);
    assert!(shown[2].1 < shown[2].0, "the weightiest stands first");
    app.clock.set(NaiveDate::from_ymd_opt(2026, 11, 12).expect("a day"));
    editor.sign_in("bien-tap", testkit::PASSWORD).await;
    let page = editor.get(FACE).await.expect(200).says("Đã hết").says("Đang hiện").text();
    let (_, rest) = page.split_once(&format!("href=\"{path}/")).expect("a banner");
    let one = format!("{path}/{}", rest.split('"').next().expect("an address"));
    editor.get(&one).await.expect(200).says("Bão số 9");
    let later =
        [("noi_dung", "Bão số 9 đã tan"), ("tu_ngay", "11/11/2026"), ("den_ngay", "20/11/2026"), ("phien_ban", "0")];
    editor.post(&one, &later).await.expect(303);
    editor.post(&one, &later).await.expect(409);
    reader.get("/trang-chu").await.expect(200).says("Bão số 9 đã tan");
    editor.post(&format!("{one}/bo"), &[]).await.expect(303);
    assert!(!reader.get("/trang-chu").await.expect(200).text().contains("Bão số 9"));
    editor.get(&one).await.expect(404);
    app.end().await;
}

#[tokio::test]
async fn a_static_page_has_editions_of_which_readers_see_the_published_one() {
    let app = TestApp::new().await;
    let mut editor = editor(&app).await;
    let mut reader = app.anonymous();
    let new = format!("{FACE}/trang-moi");
    let fields = [("tieu_de", "Giới thiệu"), ("noi_dung", "## Cổng của ai\n\nCủa **mọi người**.")];
    let path = editor.post(&new, &fields).await.expect(303).location().to_owned();
    editor.post(&new, &fields).await.expect(422).says("Đã có trang ở địa chỉ");
    editor.post(&new, &[("tieu_de", "Khác")]).await.expect(422).says("Hãy điền mục này");
    reader.get("/trang/gioi-thieu").await.expect(404);
    editor.post(&format!("{path}/go"), &[]).await.expect(409);
    editor.post(&format!("{path}/dang"), &[]).await.expect(303);
    editor.post(&format!("{path}/dang"), &[]).await.expect(409);
    reader.get("/trang/gioi-thieu").await.expect(200).says("<strong>mọi người</strong>").says("Giới thiệu");
    reader.get("/sitemap.xml").await.expect(200).says("/trang/gioi-thieu");
    search::catch_up(&app.app).await.expect("an index");
    reader.get("/tim-kiem?q=cong+cua+ai").await.expect(200).says("/trang/gioi-thieu");
    let changed = [("tieu_de", "Giới thiệu"), ("noi_dung", "Của nhân dân."), ("phien_ban", "1"), ("thu_tu", "2")];
    editor.post(&path, &changed).await.expect(303);
    editor.post(&path, &changed).await.expect(409).says("Người khác vừa thay đổi");
    let page = reader.get("/trang/gioi-thieu").await.expect(200).text();
    assert!(
        page.contains("mọi người") && !page.contains("nhân dân"),
        "what is public stays until the new one is published"
    );
    editor.get(&path).await.expect(200).says("bản 2").says("bản 1").says("bien-tap");
    editor.post(&format!("{path}/dang"), &[]).await.expect(303);
    reader.get("/trang/gioi-thieu").await.expect(200).says("Của nhân dân.");
    editor.post(&format!("{path}/go"), &[]).await.expect(303);
    let page = reader.get("/trang/gioi-thieu").await.expect(200).says("Trang này đã được gỡ").text();
    assert!(!page.contains("nhân dân"));
    search::catch_up(&app.app).await.expect("an index");
    reader.get("/tim-kiem?q=nhan+dan").await.expect(200).says("Không tìm thấy");
    app.end().await;
}

#[tokio::test]
async fn the_demonstration_keeps_the_rules() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let holding = kernel::Holding { role: Role::Editor, agency, agency_name: "Sở Tư pháp".into() };
    let actor = kernel::Actor { user: kernel::Uuid::nil(), name: "Biên tập".into(), holdings: vec![holding] };
    assert_eq!(records::site::service::generate(&app.app, &actor).await.expect("a demo"), 4);
    let mut reader = app.anonymous();
    reader.get("/trang-chu").await.expect(200).says("Ngày Pháp luật Việt Nam 9/11").says("Liên hệ");
    for page in ["gioi-thieu", "lien-he", "tro-giup", "dieu-khoan"] {
        reader.get(&format!("/trang/{page}")).await.expect(200).says("Hiểu luật để sống yên");
    }
    app.end().await;
}
