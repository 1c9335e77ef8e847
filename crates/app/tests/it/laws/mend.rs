//! Mending what was wrongly read: the words of an article, links between documents.

use super::*;

const SHELF: &str = "/tu-sach/van-ban/07-2020-vbm";
const ARTICLE: &str = "/tu-sach/van-ban/07-2020-vbm/sua/dieu-2/20200301";

const BODY: &str = "1. Mượn hai cuốn, theo Điều 1 Luật số 01/2018/VBM.\n2. Trả đúng hạn:\na) Trong mười ngày;\nb) Theo Điều 1 Quyết định số 07/2020/VBM.";

async fn mark(app: &TestApp) -> String {
    #[derive(store::FromQueryResult)]
    struct Mark {
        mark: String,
    }
    let sql = "SELECT t.mark FROM law_texts t JOIN law_articles a ON a.id = t.article_id WHERE a.number = '2' AND t.from_on = 20200301";
    store::one::<Mark>(app.app.db.read(), sql, vec![]).await.expect("a query").expect("words").mark
}

fn words<'a>(mark: &'a str, body: &'a str, step: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("dau", mark),
        ("tieu_de", "Mượn sách"),
        ("noi_dung", body),
        ("ly_do", "Tệp quét đọc nhầm số cuốn"),
        ("buoc", step),
    ]
}

fn card() -> Vec<(&'static str, &'static str)> {
    vec![
        ("ten", "Được mượn mấy cuốn?"),
        ("noi_dung", "Được mượn **hai** cuốn."),
        ("so_hieu", "07/2020/VBM"),
        ("dieu", "2"),
        ("su_kien", "thong-tin"),
        ("hien", "1"),
    ]
}

#[tokio::test]
async fn wrongly_read_words_are_compared_and_mended_within_the_same_days() {
    let app = TestApp::new().await;
    let mut editor = editor(&app).await;
    shelved(&mut editor, FIRST, &facts("01/03/2020", &[("doi_chieu", "1")])).await;
    shelved(&mut editor, &FIRST.replace("hai cuốn", "bảy cuốn"), &facts("01/07/2023", &[])).await;
    editor.post("/tu-sach/the/moi", &card()).await.expect(303);
    app.run_jobs().await;
    editor.get(SHELF).await.expect(200).says("Sửa lỗi đọc văn bản");
    editor.get(&format!("{SHELF}/sua")).await.expect(200).says(ARTICLE);
    let page = editor.get(ARTICLE).await.expect(200).says("Mượn hai cuốn");
    let before = mark(&app).await;
    page.says(&before);
    let mended = BODY.replace("hai cuốn", "hai mươi cuốn").replace("Điều 1 Luật số 01/2018/VBM", "quy chế");
    // A reason and a change are asked for; comparing keeps nothing.
    editor.post(ARTICLE, &[]).await.expect(422);
    editor.post(ARTICLE, &words(&before, BODY, "so")).await.expect(422).says("Lời chưa khác gì");
    let unreasoned: Vec<_> = words(&before, &mended, "luu").into_iter().filter(|(name, _)| *name != "ly_do").collect();
    editor.post(ARTICLE, &unreasoned).await.expect(422).says("hai mươi cuốn");
    let compared = editor.post(ARTICLE, &words(&before, &mended, "so")).await.expect(200);
    compared.says("<ins>mươi").says("Lưu lời đã sửa").says("<del>");
    assert_eq!(mark(&app).await, before);
    editor.post(ARTICLE, &words(&before, &mended, "sua")).await.expect(200).says("name=\"ly_do\" type=\"text\"");
    editor.post(ARTICLE, &words(&before, &mended, "luu")).await.expect(303);
    // The days and the later version stay, readers see the new words, what it names is known anew.
    let mut reader = app.anonymous();
    let public = "/luat/07-2020-vbm/dieu-2";
    reader.get(&format!("{public}?ngay=2023-06-30")).await.expect(200).says("hai mươi cuốn");
    reader.get(public).await.expect(200).says("bảy cuốn").says("Từ ngày 01/07/2023");
    let spans = "SELECT COUNT(*) FROM law_texts WHERE (from_on = 20200301 AND to_on = 20230701) OR (from_on = 20230701 AND to_on = 99991231)";
    assert_eq!(count(&app, spans).await, 2);
    let named = "SELECT COUNT(*) FROM law_citations n JOIN law_texts t ON t.id = n.text_id WHERE t.from_on = 20200301 AND n.to_slug = '01-2018-vbm'";
    assert_eq!(count(&app, named).await, 0);
    editor.get(&format!("{SHELF}/sua")).await.expect(200).says("Tệp quét đọc nhầm số cuốn");
    assert_eq!(
        count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'laws.mend' AND detail LIKE '%nhầm số cuốn%'").await,
        1
    );
    // A quote is compared with the words as they are now.
    let (day, of) =
        (chrono::NaiveDate::from_ymd_opt(2021, 1, 1).expect("a day"), ("07-2020-vbm".to_owned(), "2".to_owned()));
    let found = service::articles_on(&app.app, std::slice::from_ref(&of), day).await.expect("an answer");
    let said = found.get(&of).and_then(|stood| stood.words.clone()).expect("words");
    assert!(said.contains("hai mươi cuốn") && !said.contains("Luật số 01/2018/VBM"));
    // The same file once more does not bring the wrong words back.
    shelved(&mut editor, FIRST, &facts("01/03/2020", &[])).await;
    reader.get(&format!("{public}?ngay=2021-01-01")).await.expect(200).says("hai mươi cuốn");
    app.end().await;
}

#[tokio::test]
async fn cards_and_search_follow_only_when_words_change() {
    let app = TestApp::new().await;
    let mut editor = editor(&app).await;
    shelved(&mut editor, FIRST, &facts("01/03/2020", &[("doi_chieu", "1")])).await;
    editor.post("/tu-sach/the/moi", &card()).await.expect(303);
    app.run_jobs().await;
    let mut reader = app.anonymous();
    let page = "/luat-cho-toi/duoc-muon-may-cuon";
    reader.get(page).await.expect(200);
    let broken = BODY.replace("hạn:\na)", "hạn: a)");
    editor.post(ARTICLE, &words(&mark(&app).await, &broken, "luu")).await.expect(303);
    assert!(!reader.get(page).await.expect(200).text().contains("có thể không còn đúng"), "only lines were broken");
    let other = broken.replace("mười ngày", "mười bảy ngày");
    editor.post(ARTICLE, &words(&mark(&app).await, &other, "luu")).await.expect(303);
    reader.get(page).await.expect(200).says("Nội dung dưới đây có thể không còn đúng");
    app.index().await;
    reader
        .get("/tim-kiem?q=%22m%C6%B0%E1%BB%9Di+b%E1%BA%A3y+ng%C3%A0y%22")
        .await
        .expect(200)
        .says("/luat/07-2020-vbm/dieu-2");
    app.end().await;
}

#[tokio::test]
async fn who_is_slower_loses_nothing() {
    let app = TestApp::new().await;
    let mut editor = editor(&app).await;
    shelved(&mut editor, FIRST, &facts("01/03/2020", &[("sua_doi", "06/2010/VBM")])).await;
    let seen = mark(&app).await;
    editor.post(ARTICLE, &words(&seen, &BODY.replace("hai cuốn", "ba cuốn"), "luu")).await.expect(303);
    let mine = BODY.replace("hai cuốn", "sáu cuốn");
    let page = editor.post(ARTICLE, &words(&seen, &mine, "luu")).await.expect(409);
    page.says("Người khác vừa sửa điều này").says("<ins>sáu").says("<del>ba").says(&mark(&app).await);
    // A version that is not there, and one without words.
    editor.get(&ARTICLE.replace("20200301", "20200302")).await.expect(404);
    editor.get(&ARTICLE.replace("dieu-2", "dieu-9")).await.expect(404);
    let links = format!("{SHELF}/lien-ket");
    let link = |key: &'static str, work: &'static str, number: &'static str, on: &'static str| {
        [
            ("goc", key),
            ("viec", work),
            ("quan_he", "replaces"),
            ("so_hieu", number),
            ("tu_ngay", on),
            ("ly_do", "Đọc nhầm"),
        ]
    };
    let old = "07-2020-vbm.amends.06-2010-vbm.20200301";
    editor.get(&format!("{links}?goc={old}")).await.expect(200).says("06/2010/VBM");
    editor.post(&links, &link(old, "bo", "06/2010/VBM", "")).await.expect(303);
    let page = editor.post(&links, &link(old, "luu", "05/2011/VBM", "")).await.expect(409);
    page.says("Người khác vừa sửa hoặc bỏ liên kết này").says("05/2011/VBM");
    app.end().await;
}

#[tokio::test]
async fn links_are_removed_corrected_and_added_by_hand() {
    let app = TestApp::new().await;
    let mut editor = editor(&app).await;
    let fields = facts("01/03/2020", &[("sua_doi", "06/2010/VBM"), ("thay_the", "05/2009/VBM")]);
    shelved(&mut editor, FIRST, &fields).await;
    let links = format!("{SHELF}/lien-ket");
    let mut reader = app.anonymous();
    reader.get("/luat/07-2020-vbm").await.expect(200).says("06/2010/VBM").says("05/2009/VBM");
    editor.post(&links, &[]).await.expect(422);
    editor.post(&links, &[("goc", "a.amends.b.0"), ("viec", "bo"), ("ly_do", "x")]).await.expect(404);
    let remove = [("goc", "07-2020-vbm.amends.06-2010-vbm.20200301"), ("viec", "bo"), ("ly_do", "Máy nhận nhầm")];
    editor.post(&links, &remove).await.expect(303);
    let correct = [
        ("goc", "07-2020-vbm.replaces.05-2009-vbm.20200301"),
        ("viec", "luu"),
        ("quan_he", "replaces"),
        ("so_hieu", "05/2008/VBM"),
        ("tu_ngay", "01/04/2020"),
        ("ly_do", "Số hiệu đọc sai"),
    ];
    editor.post(&links, &correct).await.expect(303);
    let add = |number| {
        [
            ("chieu", "den"),
            ("quan_he", "amends"),
            ("so_hieu", number),
            ("tu_ngay", "01/05/2024"),
            ("ly_do", "Máy bỏ sót"),
        ]
    };
    editor.post(&links, &add("09/2024/VBM")).await.expect(303);
    editor.post(&links, &add("09/2024/VBM")).await.expect(409).says("Liên kết này đã có");
    editor.post(&links, &add("07/2020/VBM")).await.expect(422).says("số hiệu của văn bản kia");
    let seen = |page: String| {
        assert!(page.contains("05/2008/VBM") && page.contains("09/2024/VBM"));
        assert!(!page.contains("06/2010/VBM") && !page.contains("05/2009/VBM"));
    };
    seen(reader.get("/luat/07-2020-vbm").await.expect(200).text());
    editor.get(&format!("{SHELF}/sua")).await.expect(200).says("Được sửa đổi, bổ sung bởi").says("01/05/2024");
    // The same file with other words tells the links again; what people said stays.
    shelved(&mut editor, &FIRST.replace("hai cuốn", "ba cuốn"), &fields).await;
    seen(reader.get("/luat/07-2020-vbm").await.expect(200).text());
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'laws.link'").await, 3);
    let province = app.agency("Ủy ban nhân dân tỉnh khác", None).await;
    let mut viewer = app.person("xem", Role::Viewer, province).await;
    viewer.get(ARTICLE).await.expect(403);
    viewer.post(&links, &remove).await.expect(403);
    app.end().await;
}
