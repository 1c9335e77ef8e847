//! Links in what is public that lead nowhere are found by a nightly look.

use super::*;

#[tokio::test]
async fn links_that_lead_nowhere_are_found_until_they_are_mended() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let agency = department.to_string();
    let body = "[trang chủ](/trang-chu), [không còn](/tin/khong-co), [của cán bộ](/tu-lieu), [sai](/tin/a%zz), \
                [ra ngoài](https://vi-du.vn/x), [thư](mailto:a@vi-du.vn), [mục](#muc), ![ảnh](/anh/x/1x1)";
    let mut fields = words(&agency, TITLE);
    fields.retain(|(name, _)| *name != "noi_dung");
    fields.push(("noi_dung", body));
    let path = writer.post("/toa-soan/moi", &fields).await.expect(303).location().to_owned();
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    writer.get("/toa-soan/lien-ket").await.expect(200).says("Chưa kiểm tra lần nào");
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    writer.post("/toa-soan/lien-ket", &[]).await.expect(403);
    editor.post("/toa-soan/lien-ket", &[]).await.expect(422);
    editor.post("/toa-soan/lien-ket", &[("viec", "kiem-tra")]).await.expect(303);
    // Once is enough.
    editor.post("/toa-soan/lien-ket", &[("viec", "kiem-tra")]).await.expect(303);
    assert_eq!(
        count(&app, "SELECT COUNT(*) FROM jobs WHERE kind = 'publications.links' AND state = 'queued'").await,
        1
    );
    app.run_jobs().await;
    let page = writer.get("/toa-soan/lien-ket").await.expect(200);
    let page = page.says("/tin/khong-co").says("Không có trang này").says("/tu-lieu<").says("chỉ dành cho cán bộ");
    let page = page.says(TITLE).says("4 liên kết");
    for fine in ["/trang-chu<", "vi-du.vn", "#muc"] {
        assert!(!page.text().contains(fine), "{fine}");
    }
    // Nobody's reading was counted.
    platform::visits::write(&app.app).await.expect("written");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM visits").await, 0);
    // Somebody else's are not shown.
    let elsewhere = app.agency("Sở Tư pháp tỉnh khác", None).await;
    let mut stranger = app.person("nguoi-la", Role::Contributor, elsewhere).await;
    stranger.get("/toa-soan/lien-ket").await.expect(200).says("Không có liên kết nào hỏng");
    editor.post(&format!("{path}/go"), &[("cach", "withdrawn"), ("ly_do_go", "Sai")]).await.expect(303);
    writer.get("/toa-soan/lien-ket").await.expect(200).says("Không có liên kết nào hỏng");
    app.end().await;
}
