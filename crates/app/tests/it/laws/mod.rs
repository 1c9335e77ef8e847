//! The bookshelf: taken in once, read on any day, compared with its cards.

mod mend;

use kernel::{Role, text};
use platform::search;
use records::laws::service;
use store::scalar;
use testkit::{Client, TestApp};

const CODIFIED: &str = include_str!("../../../../../definitions/demo/codified.md");

const FIRST: &str = "CƠ QUAN MẪU\n\nQuyết định số: 07/2020/VBM\n\nĐiều 1. Phạm vi điều chỉnh\n\nQuy chế này nói về sách.\n\nĐiều 2. Mượn sách\n\n1. Mượn hai cuốn, \
    theo Điều 1 Luật số 01/2018/VBM.\n\n2. Trả đúng hạn:\n\na) Trong mười ngày;\n\nb) Theo Điều 1 Quyết định số 07/2020/VBM.\n\nĐiều 3. Lệ phí\n\nKhông mất tiền.\n";

async fn count(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a count")
}

async fn editor(app: &TestApp) -> Client {
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    app.person("bien-tap", Role::Editor, province).await
}

/// Sends a file and confirms it with these fields.
async fn shelved(editor: &mut Client, text: &str, fields: &[(&str, &str)]) {
    let sent = editor.upload("/tu-sach/tai-len", &[], &[("tep", "quy-che.md", text.as_bytes())]).await.expect(303);
    let path = sent.location().to_owned();
    editor.get(&path).await.expect(200).says("Tìm thấy");
    editor.post(&path, fields).await.expect(303);
}

fn facts<'a>(effect: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("so_hieu", "07/2020/VBM"),
        ("loai", "quyet-dinh"),
        ("ten", "Quy chế tủ sách"),
        ("noi_ban_hanh", "Cơ quan mẫu"),
        ("ban_hanh", "01/02/2020"),
        ("hieu_luc", effect),
    ];
    fields.extend(more);
    fields
}

#[tokio::test]
async fn the_codified_law_is_regrouped_by_document_and_taking_it_in_again_changes_nothing() {
    let app = TestApp::new().await;
    let actor = kernel::Actor::system();
    let done = service::import(&app.app, &actor, CODIFIED).await.expect("documents");
    assert_eq!((done.documents, done.articles, done.changed), (2, 5, 2));
    let texts = count(&app, "SELECT COUNT(*) FROM law_texts").await;
    let again = service::import(&app.app, &actor, CODIFIED).await.expect("documents");
    assert_eq!((again.changed, count(&app, "SELECT COUNT(*) FROM law_texts").await), (0, texts));
    let mut reader = app.anonymous();
    reader.get("/luat").await.expect(200).says("Đọc sách ở thôn, bản").says("02/2019/VBM-CP");
    // Nobody compared it since 13 May 2026: today's effect is not known, that of May is.
    reader.get("/luat/01-2018-vbm").await.expect(200).says("Không rõ").says("đối chiếu đến ngày 13/05/2026");
    reader.get("/luat/01-2018-vbm?ngay=2026-05-13").await.expect(200).says("Hết hiệu lực một phần");
    reader.get("/luat/01-2018-vbm?ngay=2020-06-01").await.expect(200).says("Còn hiệu lực").says("chưa có nội dung");
    reader.get("/luat/01-2018-vbm?ngay=2018-12-31").await.expect(200).says("Chưa có hiệu lực");
    reader.get("/luat/01-2018-vbm?ngay=xyz").await.expect(404);
    reader.get("/luat/01-2018-vbm/dieu-2?ngay=2020-06-01").await.expect(200).says("chưa có nội dung của điều này");
    reader
        .get("/luat/01-2018-vbm/dieu-3")
        .await
        .expect(200)
        .says("Điều này đã bị bãi bỏ")
        .says("Điều 2 Luật số 06/2021/VBM");
    // Citations lead both ways.
    let citing = reader.get("/luat/02-2019-vbm-cp/dieu-1").await.expect(200);
    citing.says("href=\"/luat/01-2018-vbm/dieu-1\"").says("id=\"khoan-2\"");
    reader
        .get("/luat/01-2018-vbm/dieu-1")
        .await
        .expect(200)
        .says("Được viện dẫn tại")
        .says("/luat/02-2019-vbm-cp/dieu-1");
    reader.get("/luat/01-2018-vbm/dieu-99").await.expect(404);
    reader.get("/luat.atom").await.expect(200).says("02/2019/VBM-CP");
    reader.get("/sitemap.xml").await.expect(200).says("/luat/01-2018-vbm");
    app.end().await;
}

#[tokio::test]
async fn a_file_becomes_a_document_and_a_further_version_of_it() {
    let app = TestApp::new().await;
    let mut editor = editor(&app).await;
    editor.upload("/tu-sach/tai-len", &[], &[]).await.expect(422).says("Hãy chọn tệp văn bản");
    shelved(&mut editor, FIRST, &facts("01/03/2020", &[("toan_van", "1"), ("doi_chieu", "1")])).await;
    let second = FIRST.replace("hai cuốn", "ba cuốn");
    let second = second.split("Điều 3.").next().expect("a part");
    shelved(
        &mut editor,
        second,
        &facts(
            "01/07/2023",
            &[("toan_van", "1"), ("do_van_ban", "Điều 1 Quyết định số 08/2023/VBM"), ("thay_the", "06/2010/VBM")],
        ),
    )
    .await;
    assert_eq!(count(&app, "SELECT COUNT(*) FROM law_drafts").await, 0);
    let mut reader = app.anonymous();
    let page = "/luat/07-2020-vbm/dieu-2";
    reader.get(page).await.expect(200).says("Mượn ba cuốn").says("id=\"khoan-2-diem-b\"").says("Từ ngày 01/07/2023");
    reader.get(&format!("{page}?ngay=2023-06-30")).await.expect(200).says("Mượn hai cuốn");
    reader.get(&format!("{page}/thay-doi")).await.expect(200).says("<del>hai</del>").says("<ins>ba</ins>");
    reader.get("/luat/07-2020-vbm/dieu-3").await.expect(200).says("Điều này đã bị bãi bỏ");
    reader.get("/luat/07-2020-vbm/dieu-3?ngay=2023-06-30").await.expect(200).says("Không mất tiền.");
    reader
        .get("/luat/07-2020-vbm")
        .await
        .expect(200)
        .says("Hết hiệu lực một phần")
        .says("Thay thế")
        .says("06/2010/VBM");
    reader.get("/luat/07-2020-vbm?ngay=2021-01-01").await.expect(200).says("Còn hiệu lực");
    let whole = reader.get("/luat/07-2020-vbm/toan-van").await.expect(200);
    whole.says("Phạm vi điều chỉnh").says("Mượn ba cuốn");
    let xml = reader.get("/luat/07-2020-vbm/akn.xml").await.expect(200);
    xml.says("<article eId=\"art_2\" status=\"edited\">")
        .says("<point eId=\"art_2__para_2__point_b\">")
        .says("/luat/07-2020-vbm/dieu-1");
    let day = chrono::NaiveDate::from_ymd_opt(2021, 1, 1).expect("a day");
    let found = service::article_on(&app.app, "07/2020/VBM", "2", day).await.expect("an answer").expect("an article");
    assert!(found.0 == page && found.1.body.contains("hai cuốn"));
    assert!(service::article_on(&app.app, "07/2020/VBM", "9", day).await.expect("an answer").is_none());
    app.end().await;
}

#[tokio::test]
async fn effect_is_told_only_as_far_as_somebody_compared_it() {
    let app = TestApp::new().await;
    let mut editor = editor(&app).await;
    shelved(&mut editor, FIRST, &facts("01/03/2020", &[])).await;
    let mut reader = app.anonymous();
    reader.get("/luat/07-2020-vbm").await.expect(200).says("chưa được đối chiếu với nguồn chính thức");
    let path = "/tu-sach/van-ban/07-2020-vbm";
    editor.post(&format!("{path}/doi-chieu"), &[]).await.expect(303);
    editor.post(&format!("{path}/doi-chieu"), &[]).await.expect(409);
    reader.get("/luat/07-2020-vbm").await.expect(200).says("Còn hiệu lực");
    let mut fields = facts("01/03/2020", &[("het_hieu_luc", "01/11/2026"), ("phien_ban", "1")]);
    editor.post(path, &fields).await.expect(303);
    editor.post(path, &fields).await.expect(409);
    fields.retain(|(name, _)| *name != "het_hieu_luc");
    fields.push(("het_hieu_luc", "01/01/2019"));
    editor.post(path, &fields).await.expect(422).says("phải sau ngày có hiệu lực");
    reader.get("/luat/07-2020-vbm").await.expect(200).says("Hết hiệu lực").says("01/11/2026");
    app.end().await;
}

#[tokio::test]
async fn a_card_is_flagged_when_its_article_changes_and_says_so_to_readers() {
    let app = TestApp::new().await;
    let mut editor = editor(&app).await;
    shelved(&mut editor, FIRST, &facts("01/03/2020", &[("doi_chieu", "1")])).await;
    let card = |article| {
        vec![
            ("ten", "Được mượn mấy cuốn?"),
            ("noi_dung", "Được mượn **hai** cuốn."),
            ("so_hieu", "07/2020/VBM"),
            ("dieu", article),
            ("su_kien", "thong-tin"),
            ("hien", "1"),
        ]
    };
    editor.post("/tu-sach/the/moi", &card("9")).await.expect(422).says("không có Điều 9");
    editor.post("/tu-sach/the/moi", &card("2")).await.expect(303);
    let mut reader = app.anonymous();
    let page = "/luat-cho-toi/duoc-muon-may-cuon";
    let text = reader.get(page).await.expect(200).says("<strong>hai</strong>").says("/luat/07-2020-vbm/dieu-2").text();
    assert!(!text.contains("có thể không còn đúng"));
    reader.get("/luat-cho-toi").await.expect(200).says("Được mượn mấy cuốn?");
    reader.get("/luat-cho-toi/su-kien/thong-tin").await.expect(200).says("Được mượn mấy cuốn?");
    reader.get("/luat-cho-toi/su-kien/khac").await.expect(404);
    reader.get("/luat/07-2020-vbm/dieu-2").await.expect(200).says("Được mượn mấy cuốn?");
    editor.get("/tu-sach/the?loc=doi").await.expect(200).says("Không có thẻ nào như vậy");
    shelved(&mut editor, &FIRST.replace("hai cuốn", "ba cuốn"), &facts("01/07/2026", &[])).await;
    reader.get(page).await.expect(200).says("Nội dung dưới đây có thể không còn đúng");
    editor.get("/tu-sach/the?loc=doi").await.expect(200).says("Được mượn mấy cuốn?");
    editor.get("/tu-sach").await.expect(200).says("1 thẻ cần xem lại");
    let id = count_id(&app).await;
    editor.post(&format!("/tu-sach/the/{id}/doi-chieu"), &[]).await.expect(303);
    let text = reader.get(page).await.expect(200).text();
    assert!(!text.contains("có thể không còn đúng"));
    app.end().await;
}

async fn count_id(app: &TestApp) -> kernel::Uuid {
    let (cards, _) = service::cards_overview(&app.app, false).await.expect("cards");
    cards.first().expect("a card").card.id
}

#[tokio::test]
async fn only_editors_change_the_shelf() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let mut viewer = app.person("xem", Role::Viewer, province).await;
    viewer.get("/tu-sach").await.expect(200);
    viewer.get("/tu-sach/the").await.expect(200);
    viewer.get("/tu-sach/the/moi").await.expect(403);
    viewer.upload("/tu-sach/tai-len", &[], &[("tep", "a.md", FIRST.as_bytes())]).await.expect(403);
    viewer.post("/tu-sach/van-ban/07-2020-vbm/doi-chieu", &[]).await.expect(403);
    app.end().await;
}

#[tokio::test]
async fn a_demonstration_has_versions_status_and_citations_to_be_seen() {
    let app = TestApp::new().await;
    app.province("19").await;
    let justice = app.agency_by_code("p19.2025/so-tu-phap").await;
    let holding = kernel::Holding { role: Role::Editor, agency: justice, agency_name: "Sở Tư pháp".into() };
    let actor = kernel::Actor { user: kernel::new_id(), name: "Lê Ngọc Mai".into(), holdings: vec![holding] };
    let place: String = store::one::<Code>(
        app.app.db.read(),
        "SELECT code FROM units WHERE level = 'province' AND valid_to = 99991231 ORDER BY code",
        vec![],
    )
    .await
    .expect("a query")
    .expect("a province")
    .code;
    let (laws, cards) = service::generate(&app.app, &actor, &place).await.expect("a shelf");
    assert!(laws >= 4 && cards >= 18);
    let mut reader = app.anonymous();
    reader
        .get("/luat/01-2015-vbm-qc")
        .await
        .expect(200)
        .says("Hết hiệu lực")
        .says("Bị thay thế bởi")
        .says("văn bản mẫu");
    reader.get("/luat/02-2019-vbm-qc").await.expect(200).says("Hết hiệu lực một phần").says("Chương II");
    reader.get("/luat/02-2019-vbm-qc?ngay=2027-03-01").await.expect(200).says("Hết hiệu lực");
    // What is not in force yet can be read and found as it will begin.
    let page = reader.get("/luat/04-2027-vbm-qc").await.expect(200).says("Chưa có hiệu lực");
    page.says("href=\"/luat/04-2027-vbm-qc?ngay=2027-03-01\"");
    reader.get("/luat/04-2027-vbm-qc/dieu-2").await.expect(200).says("Đọc nội dung từ ngày 01/03/2027");
    let query = search::Query { text: "điều 2 quy chế 04/2027/VBM-QC".into(), ..search::Query::default() };
    let first = async || {
        search::catch_up(&app.app).await.expect("an index");
        search::find_public(&app.app, &query, 0, 1).expect("an answer").hits.remove(0).path
    };
    assert_eq!(first().await, "/luat/04-2027-vbm-qc/dieu-2?ngay=2027-03-01");
    reader.get("/luat/02-2019-vbm-qc/dieu-4").await.expect(200).says("Được viện dẫn tại");
    reader.get("/luat/02-2019-vbm-qc/dieu-5/thay-doi").await.expect(200).says("<ins>");
    reader.get("/luat-cho-toi/nhom/lao-dong").await.expect(200).says("Nghỉ việc");
    reader.get(&format!("/luat-cho-toi/noi/{place}")).await.expect(200).says("vùng cao");
    // On the day itself it is found as it stands.
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2027, 3, 1).expect("a day"));
    app.run_jobs().await;
    assert_eq!(first().await, "/luat/04-2027-vbm-qc/dieu-2");
    app.end().await;
}

#[derive(store::FromQueryResult)]
struct Code {
    code: String,
}

/// The real texts, where they are at hand.
#[tokio::test]
async fn the_codified_law_of_a_topic_is_read_whole() {
    let Some(shared) = std::env::var_os("LANTOA_SHARED").filter(|shared| !shared.is_empty()) else {
        eprintln!("bỏ qua: không có LANTOA_SHARED");
        return;
    };
    let folder = std::path::Path::new(&shared).join("data/laws");
    let app = TestApp::new().await;
    let text = std::fs::read_to_string(folder.join("pho-bien-giao-duc-phap-luat.md")).expect("a topic");
    let done = service::import(&app.app, &kernel::Actor::system(), &text).await.expect("documents");
    assert!(done.documents >= 8, "{done:?}");
    let mine = "SELECT COUNT(*) FROM law_articles a JOIN laws l ON l.id = a.law_id WHERE l.slug = '14-2012-qh13'";
    assert_eq!(count(&app, mine).await, 41);
    // Nothing of an article is left in another one.
    assert_eq!(
        count(&app, "SELECT COUNT(*) FROM law_texts WHERE body LIKE '%có hiệu lực thi hành kể từ ngày%Điều 44.8.%'")
            .await,
        0
    );
    let mut reader = app.anonymous();
    let page = reader.get("/luat/14-2012-qh13/dieu-8").await.expect(200).says("Ngày Pháp luật").text();
    assert!(text::fold(&page).contains("09 thang 11"));
    reader.get("/luat/14-2012-qh13/akn.xml").await.expect(200).says("<chapter eId=\"chp_I\">");
    app.end().await;
}
