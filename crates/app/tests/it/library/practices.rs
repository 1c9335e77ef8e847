//! The catalogue of models, exemplary collectives and persons.

use super::people;
use testkit::TestApp;

#[tokio::test]
async fn an_entry_is_written_made_public_changed_and_taken_back() {
    let app = TestApp::new().await;
    let (mut editor, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let mut fields = vec![
        ("co_quan", agency.as_str()),
        ("loai", "model"),
        ("tieu_de", "Cà phê pháp luật"),
        ("tom_tat", "Hỏi luật ở quán nước đầu chợ."),
        ("noi_dung", "## Cách làm\n\nMỗi **phiên chợ** một buổi."),
        ("ket_qua", "- 96 phiên"),
        ("nhan_rong", "Xã A\nXã B"),
        ("linh_vuc", "khac"),
    ];
    keeper.post("/tu-lieu/mo-hinh/moi", &fields[..2]).await.expect(422).says("Hãy điền mục này");
    let mut wrong = fields.clone();
    wrong.extend([("tu_nam", "3000"), ("tu_lieu", "/tu-lieu/0193a000-0000-7000-8000-000000000001")]);
    keeper
        .post("/tu-lieu/mo-hinh/moi", &wrong)
        .await
        .expect(422)
        .says("không sau năm nay")
        .says("Mỗi **phiên chợ** một buổi.");
    fields.push(("tu_nam", "2023"));
    let path = keeper.post("/tu-lieu/mo-hinh/moi", &fields).await.expect(303).location().to_owned();
    let mut reader = app.anonymous();
    reader.get("/mo-hinh/ca-phe-phap-luat").await.expect(404);
    keeper.post(&format!("{path}/cong-khai"), &[]).await.expect(403);
    editor.post(&format!("{path}/cong-khai"), &[]).await.expect(303);
    editor.post(&format!("{path}/cong-khai"), &[]).await.expect(409);
    reader.get("/mo-hinh").await.expect(200).says("Cà phê pháp luật");
    reader.get("/mo-hinh/loai/person").await.expect(200).says("Chưa có mô hình");
    reader
        .get("/mo-hinh/ca-phe-phap-luat")
        .await
        .expect(200)
        .says("<strong>phiên chợ</strong>")
        .says("<li>Xã B</li>")
        .says("từ năm 2023");
    let mut other = fields.clone();
    other.retain(|(name, _)| *name != "tom_tat");
    other.extend([("tom_tat", "Đã đổi lời tóm tắt."), ("phien_ban", "1")]);
    keeper.post(&format!("{path}/sua"), &other).await.expect(303);
    reader.get("/mo-hinh/ca-phe-phap-luat").await.expect(200).says("Đã đổi lời tóm tắt");
    keeper.post(&format!("{path}/sua"), &other).await.expect(409).says("Người khác vừa thay đổi");
    reader.get("/sitemap.xml").await.expect(200).says("/mo-hinh/ca-phe-phap-luat");
    app.index().await;
    reader.get("/tim-kiem?q=ca+phe+phap+luat").await.expect(200).says("/mo-hinh/ca-phe-phap-luat");
    editor.post(&format!("{path}/thoi-cong-khai"), &[("ly_do", "")]).await.expect(422);
    editor.post(&format!("{path}/thoi-cong-khai"), &[("ly_do", "Nhầm")]).await.expect(303);
    reader.get("/mo-hinh/ca-phe-phap-luat").await.expect(404);
    app.end().await;
}
