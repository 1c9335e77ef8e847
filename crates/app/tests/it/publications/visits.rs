//! How often is counted, nothing about whom.

use super::*;

const BROWSER: &str = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";
const PAGE: &str = "/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son";

fn reader(app: &TestApp) -> Client {
    let mut reader = app.anonymous();
    reader.header("user-agent", BROWSER);
    reader
}

async fn views(app: &TestApp, kind: &str) -> i64 {
    platform::visits::write(&app.app).await.expect("written");
    let sql = "SELECT COALESCE(CAST(SUM(views) AS BIGINT), 0) FROM visits WHERE kind = $1";
    scalar(app.app.db.read(), sql, vec![kind.into()]).await.expect("a sum")
}

#[tokio::test]
async fn a_view_counts_made_kept_or_unchanged_and_robots_do_not() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let path = published(&mut editor, &mut writer, department, TITLE).await;
    let mut reader = reader(&app);
    // Made, then twice from what is kept, then not even sent again.
    let mark = reader.get(PAGE).await.expect(200).headers["etag"].to_str().expect("words").to_owned();
    for _ in 0..2 {
        reader.get(PAGE).await.expect(200);
    }
    assert_eq!(views(&app, "publication").await, 3);
    let mut again = reader.clone();
    again.header("if-none-match", Box::leak(mark.into_boxed_str()));
    again.get(PAGE).await.expect(304);
    assert_eq!(views(&app, "publication").await, 4);
    // Of who is signed in, and with an address that is not kept.
    editor.header("user-agent", BROWSER);
    editor.get(PAGE).await.expect(200);
    reader.get(&format!("{PAGE}?x=1")).await.expect(200);
    assert_eq!(views(&app, "publication").await, 6);
    // Robots, whoever says nothing of itself, other verbs, what is not there, and lists.
    let mut robot = app.anonymous();
    robot.get(PAGE).await.expect(200);
    robot.header("user-agent", "Mozilla/5.0 (compatible; Googlebot/2.1)");
    robot.get(PAGE).await.expect(200);
    robot.get(&format!("{PAGE}?x=1")).await.expect(200);
    reader.ask("HEAD", PAGE, &[("user-agent", BROWSER)]).await.expect(200);
    reader.header("user-agent", BROWSER);
    reader.get("/tin/khong-co").await.expect(404);
    reader.get("/tin").await.expect(200);
    assert_eq!(views(&app, "publication").await, 6);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM visits").await, 1);
    // The next day is another row; nothing new is nothing written.
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2026, 11, 10).expect("a date"));
    reader.get(PAGE).await.expect(200);
    reader.get(PAGE).await.expect(200);
    assert_eq!(views(&app, "publication").await, 8);
    assert_eq!(count(&app, "SELECT views FROM visits WHERE day = 20261110").await, 2);
    editor.sign_in("bien-tap", testkit::PASSWORD).await;
    editor.get(&path).await.expect(200).says("8 lượt đọc, trong đó 30 ngày qua 8");
    app.end().await;
}

#[tokio::test]
async fn the_newsroom_sees_what_is_read_by_period_and_agency() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    published(&mut editor, &mut writer, department, TITLE).await;
    let demo = include_str!("../../../../../definitions/demo/codified.md");
    records::laws::service::import(&app.app, &kernel::Actor::system(), demo).await.expect("documents");
    let mut reader = reader(&app);
    for path in
        [PAGE, PAGE, "/luat/01-2018-vbm", "/luat/01-2018-vbm/dieu-1", "/luat/01-2018-vbm/dieu-1?ngay=2020-06-01"]
    {
        reader.get(path).await.expect(200);
    }
    assert_eq!((views(&app, "law").await, views(&app, "law_article").await), (1, 2));
    let page = editor.get("/toa-soan/luot-doc").await.expect(200).says(TITLE).says("Sở Tư pháp");
    page.says("/luat/01-2018-vbm/dieu-1").says("Điều 1, ");
    let own = editor.get(&format!("/toa-soan/luot-doc?ky=2026-Q4&co_quan={department}")).await.expect(200).says(TITLE);
    assert!(!own.text().contains("/luat/01-2018-vbm"), "the shelf is nobody's");
    let none = editor.get("/toa-soan/luot-doc?ky=2026-Q1").await.expect(200).says("Chưa có lượt đọc nào");
    assert!(!none.text().contains(TITLE));
    editor.get("/toa-soan/luot-doc?ky=2026-Q9").await.expect(404);
    let sheet = editor.get("/toa-soan/luot-doc.csv?ky=7").await.expect(200).says(TITLE).says("/tin/phien-toa-gia-dinh");
    sheet.says("/luat/01-2018-vbm");
    editor.get("/toa-soan/dong-gop").await.expect(200).says("Lượt đọc");
    // Other provinces see their own.
    let elsewhere = app.agency("Ủy ban nhân dân tỉnh khác", None).await;
    let mut stranger = app.person("bien-tap-khac", Role::Editor, elsewhere).await;
    let page = stranger.get("/toa-soan/luot-doc").await.expect(200).text();
    assert!(!page.contains(TITLE));
    app.end().await;
}
