//! What is published is found, what is not is not.

use platform::{search, web::guard::encode};

use super::*;

fn find(words: &str, more: &str) -> String {
    format!("/tim-kiem?q={}{more}", encode(words))
}

#[tokio::test]
async fn what_is_published_is_found_with_and_without_marks_until_it_is_withdrawn() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let path = published(&mut editor, &mut writer, department, TITLE).await;
    handed_in(&mut writer, department, "Bản nháp về hòa giải ở thôn").await;
    let mut reader = app.anonymous();
    reader.get(&find("phiên tòa", "")).await.expect(200).says("Không tìm thấy");
    search::catch_up(&app.app).await.expect("an index");
    for words in
        ["phiên tòa giả định", "phien toa gia dinh", "phien tào giả định", "PHIÊN TOÀ GIẢ ĐỊNH", "\"đóng vai\""]
    {
        let page = reader.get(&find(words, "")).await.expect(200);
        page.says("/tin/phien-toa-gia-dinh").says("<mark>");
    }
    reader.get(&find("phien tào gia dinh", "")).await.expect(200).says("Có phải bạn tìm").says("phien toa gia dinh");
    reader.get(&find("\"vai đóng\"", "")).await.expect(200).says("Không tìm thấy");
    let page = reader.get(&find("bản nháp hòa giải thôn", "")).await.expect(200);
    assert!(!page.text().contains("Bản nháp về"), "what is not published is nobody's to find");
    reader.get("/tim-kiem/goi-y?q=phien+to").await.expect(200).says("Phiên tòa giả định");
    reader.get(&find("phiên", "&tu=1/1/2027")).await.expect(200).says("Không tìm thấy").says("Tìm trong tất cả");
    reader.get(&find("phiên", "&tu=hom-qua")).await.expect(200).says("Ngày chưa đúng").says("/tin/phien-toa");
    reader.get(&find("phiên", &format!("&co_quan={department}"))).await.expect(200).says("/tin/phien-toa");
    let other = Uuid::from_u128(7);
    reader.get(&find("phiên", &format!("&co_quan={other}"))).await.expect(200).says("Không tìm thấy");
    // What was typed comes back as words, never as markup.
    let page = reader.get(&find("<script>alert(1)</script>", "")).await.expect(200);
    assert!(!page.text().contains("<script>alert"));
    editor.post(&format!("{path}/go"), &[("cach", "withdrawn"), ("ly_do_go", "Sai số liệu")]).await.expect(303);
    search::catch_up(&app.app).await.expect("an index");
    reader.get(&find("phiên tòa", "")).await.expect(200).says("Không tìm thấy");
    editor.post(&format!("{path}/dang-lai"), &[("ly_do", "Đã kiểm tra")]).await.expect(303);
    search::reindex(&app.app).await.expect("a line");
    search::catch_up(&app.app).await.expect("an index");
    reader.get(&find("phiên tòa", "")).await.expect(200).says("/tin/phien-toa-gia-dinh");
    app.end().await;
}
