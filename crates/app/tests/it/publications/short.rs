//! Short addresses, and the aids to reading that show them.

use axum::http::header;

use super::*;

/// The short address that a page shows.
async fn short_on(reader: &mut Client, path: &str) -> String {
    let page = reader.get(path).await.expect(200).text();
    let at = page.find("href=\"/s/").expect("a short address");
    page[at + 6..].split('"').next().expect("an address").to_owned()
}

#[tokio::test]
async fn a_short_address_leads_to_its_page_for_ever_and_has_a_picture() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let first = published(&mut editor, &mut writer, department, TITLE).await;
    let second = published(&mut editor, &mut writer, department, "Ra quân tuyên truyền an toàn giao thông").await;
    let mut reader = app.anonymous();
    let page = "/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son";
    let short = short_on(&mut reader, page).await;
    assert_eq!(short.len(), "/s/".len() + 9, "{short}");
    assert_eq!(reader.get(&short).await.expect(308).location(), page);
    assert_eq!(reader.get(&short.to_uppercase().replace("/S/", "/s/")).await.expect(308).location(), page);
    let picture = reader.get(&format!("{short}/qr.svg")).await.expect(200).says("<svg");
    assert_eq!(picture.headers[header::CONTENT_TYPE], "image/svg+xml");
    assert!(picture.headers[header::CACHE_CONTROL].to_str().expect("words").contains("max-age=604800"));
    reader.get("/s/000000000").await.expect(404);
    reader.get("/s/000000000/qr.svg").await.expect(404);
    reader.get(&format!("{short}-11")).await.expect(404);
    // What is withdrawn is still reached, an error leads on by the rules of its page.
    let other = "/tin/ra-quan-tuyen-truyen-an-toan-giao-thong";
    let lost = short_on(&mut reader, other).await;
    let fields = [("cach", "error"), ("ly_do_go", "Đăng nhầm"), ("den", page)];
    editor.post(&format!("{second}/go"), &fields).await.expect(303);
    let fields = [("cach", "withdrawn"), ("ly_do_go", "Chính sách đã thay đổi.")];
    editor.post(&format!("{first}/go"), &fields).await.expect(303);
    assert_eq!(reader.get(&short).await.expect(308).location(), page);
    assert_eq!(reader.get(&lost).await.expect(308).location(), other);
    assert_eq!(reader.get(other).await.expect(308).location(), page);
    // A program that has just begun knows it, too; what is not public has none.
    let path = handed_in(&mut writer, department, "Bài còn chờ").await;
    assert!(!writer.get(&path).await.expect(200).text().contains("/s/"));
    app.end().await;
}

#[tokio::test]
async fn sections_laws_their_articles_and_cards_have_short_addresses_and_aids() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let mut editor = app.person("bien-tap", Role::Editor, province).await;
    let agency = province.to_string();
    let section = [("co_quan", agency.as_str()), ("ten", "Tổng kết Chỉ thị 32"), ("mo_ta", "Tư liệu.")];
    editor.post("/toa-soan/chuyen-muc", &section).await.expect(303);
    let demo = include_str!("../../../../../definitions/demo/codified.md");
    records::laws::service::import(&app.app, &kernel::Actor::system(), demo).await.expect("documents");
    let fields = [
        ("ten", "Được mượn mấy cuốn sách?"),
        ("noi_dung", "Được mượn **hai** cuốn."),
        ("so_hieu", "01/2018/VBM"),
        ("dieu", "1"),
        ("su_kien", "thong-tin"),
        ("hien", "1"),
    ];
    editor.post("/tu-sach/the/moi", &fields).await.expect(303);
    let mut reader = app.anonymous();
    for (path, aids) in [
        ("/chuyen-muc/tong-ket-chi-thi-32", false),
        ("/luat/01-2018-vbm", true),
        ("/luat/01-2018-vbm/dieu-1", true),
        ("/luat-cho-toi/duoc-muon-may-cuon-sach", true),
    ] {
        let short = short_on(&mut reader, path).await;
        assert_eq!(reader.get(&short).await.expect(308).location(), path);
        reader.get(&format!("{short}/qr.svg")).await.expect(200);
        assert_eq!(reader.get(path).await.text().contains("data-reading"), aids, "{path}");
    }
    let law = short_on(&mut reader, "/luat/01-2018-vbm/toan-van").await;
    assert_eq!(reader.get(&law).await.expect(308).location(), "/luat/01-2018-vbm");
    assert_eq!(short_on(&mut reader, "/luat/01-2018-vbm/dieu-1").await, format!("{law}-1"));
    reader.get(&format!("{law}-99")).await.expect(404);
    app.end().await;
}
