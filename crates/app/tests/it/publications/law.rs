//! Articles of law in a text: links to the bookshelf, and quotes that are not what the law says.

use super::*;

const CODIFIED: &str = include_str!("../../../../../definitions/demo/codified.md");

const QUOTED: &str = "Theo khoản 1 Điều 1 Nghị định số 02/2019/VBM-CP, mỗi thôn có một tủ sách.\n\n\
    > Điều 1 Nghị định số 02/2019/VBM-CP: “2\\. Tủ sách mở cửa ngày chủ nhật.”\n\n\
    > Điều 2 Luật số 01/2018/VBM: “Mỗi người mượn nhiều nhất năm cuốn.”\n\nXem Điều 9 Luật số 99/2020/VBM.";

async fn shelf(app: &TestApp) {
    let actor = kernel::Actor::system();
    records::laws::service::import(&app.app, &actor, CODIFIED).await.expect("documents");
}

#[tokio::test]
async fn articles_that_a_text_names_lead_to_the_bookshelf() {
    let app = TestApp::new().await;
    shelf(&app).await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let agency = department.to_string();
    let mut fields = words(&agency, TITLE);
    fields[4].1 = QUOTED;
    let link = "<a href=\"/luat/02-2019-vbm-cp/dieu-1\">Điều 1 Nghị định số 02/2019/VBM-CP</a>";
    writer.post("/toa-soan/xem-thu", &fields).await.expect(200).says(link);
    let path = writer.post("/toa-soan/moi", &fields).await.expect(303).location().to_owned();
    let page = writer.get(&path).await.expect(200).says(link);
    // Only the quote that is wrong is pointed out, and only to who works on it.
    let page = page.says("Lời trích luật khác với lời của điều luật vào ngày 09/11/2026").text();
    let warned =
        page.split("Lời trích luật khác").nth(1).and_then(|rest| rest.split("</div>").next()).expect("a warning");
    assert!(warned.contains("Điều 2 Luật số 01/2018/VBM") && !warned.contains("02/2019/VBM-CP"), "{warned}");
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    let public = "/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son";
    let mut reader = app.anonymous();
    let page = reader.get(public).await.expect(200).says(link).text();
    assert!(!page.contains("Lời trích luật khác") && !page.contains("href=\"/luat/99-2020"));
    reader.get("/luat/02-2019-vbm-cp/dieu-1").await.expect(200);
    app.end().await;
}

#[tokio::test]
async fn an_article_of_an_earlier_day_leads_to_the_words_of_that_day_with_two_statements() {
    let app = TestApp::new().await;
    shelf(&app).await;
    let named: Vec<_> = ["1", "2", "3", ""].map(|number| ("01-2018-vbm".to_owned(), number.to_owned())).into();
    let day = chrono::NaiveDate::from_ymd_opt(2021, 8, 1).expect("a day");
    let before = app.app.db.queries();
    let found = records::laws::service::articles_on(&app.app, &named, day).await.expect("articles");
    assert_eq!(app.app.db.queries() - before, 2);
    let path = |at: usize| found.get(&named[at]).map(|stood| stood.path.as_str());
    assert_eq!(path(0), Some("/luat/01-2018-vbm/dieu-1"));
    // Repealed on 1 January 2022: the words of the day are elsewhere than today's.
    assert_eq!(path(2), Some("/luat/01-2018-vbm/dieu-3?ngay=2021-08-01"));
    assert_eq!(path(3), Some("/luat/01-2018-vbm"));
    app.end().await;
}

#[tokio::test]
async fn the_words_of_an_article_are_there_to_be_copied() {
    let app = TestApp::new().await;
    shelf(&app).await;
    let (_, mut writer, _) = newsroom(&app).await;
    writer.get("/toa-soan/moi").await.expect(200).says("/toa-soan/trich-luat");
    writer.get("/toa-soan/trich-luat").await.expect(200).says("Tìm điều");
    let page = writer.get("/toa-soan/trich-luat?so=02/2019/VBM-CP&dieu=1").await.expect(200);
    page.says("2\\. Tủ sách mở cửa ngày chủ nhật.").says("Điều 1 Nghị định số 02/2019/VBM-CP");
    writer.get("/toa-soan/trich-luat?so=02/2019/VBM-CP&dieu=99").await.expect(422).says("chưa có điều này");
    writer.get("/toa-soan/trich-luat?so=02/2019/VBM-CP").await.expect(422);
    let early = "/toa-soan/trich-luat?so=02/2019/VBM-CP&dieu=1&ngay=2018-01-01";
    writer.get(early).await.expect(422).says("không có nội dung của điều này");
    app.anonymous().get("/toa-soan/trich-luat").await.expect(303);
    app.end().await;
}

#[tokio::test]
async fn a_preview_is_what_readers_get_for_those_who_may_see_it() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let path = handed_in(&mut writer, department, TITLE).await;
    let preview = format!("{path}/xem");
    let page = writer.get(&preview).await.expect(200);
    assert_eq!(page.headers.get("cache-control").and_then(|value| value.to_str().ok()), Some("no-store"));
    let page = page.says("Bản xem trước, chưa công khai").says("<h2>Diễn biến</h2>").says("noindex");
    assert!(page.says("data-reading").text().contains("/chu-de/hon-nhan-gia-dinh"));
    editor.get(&preview).await.expect(200).says("Bản xem trước, chưa công khai");
    app.anonymous().get(&preview).await.expect(303);
    let elsewhere = app.agency("Ủy ban nhân dân tỉnh khác", None).await;
    app.person("bien-tap-khac", Role::Editor, elsewhere).await.get(&preview).await.expect(404);
    let words = |page: String| {
        let article = page.split("<article").nth(1).unwrap_or_default().split("</article>").next().map(str::to_owned);
        article.unwrap_or_default()
    };
    let before = words(writer.get(&preview).await.expect(200).text());
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    let public = "/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son";
    let page = app.anonymous().get(public).await.expect(200).text();
    assert!(!page.contains("Bản xem trước"));
    assert!(!before.is_empty() && words(page) == before, "the same words in the same layout");
    writer.get(&preview).await.expect(200).says("Bản đang công khai");
    app.end().await;
}
