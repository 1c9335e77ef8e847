//! The list of what is public.

use platform::search;

use super::*;

const TITLE: &str = "Mức thu phí chứng thực";

fn entry<'a>(agency: &'a str, state: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("co_quan", agency),
        ("loai", "thue-phi"),
        ("ten", TITLE),
        ("mo_ta", "Niêm yết tại bộ phận một cửa"),
        ("ngay", "02/11/2026"),
        ("trang_thai", state),
    ]
}

#[tokio::test]
async fn what_is_planned_is_seen_by_staff_and_by_everybody_once_it_is_public() {
    let app = TestApp::new().await;
    let (mut staff, department) = department(&app).await;
    let agency = department.to_string();
    let mut reader = app.anonymous();
    reader.get("/cong-khai-thong-tin").await.expect(200).says("Chưa có thông tin nào");
    staff.post("/tiep-can-thong-tin/moi", &entry(&agency, "planned")).await.expect(303);
    let page = staff.get("/tiep-can-thong-tin").await.expect(200).says(TITLE).says("1 mục chưa công khai");
    let page = page.text();
    let (_, rest) = page.split_once("href=\"/tiep-can-thong-tin/muc/").expect("an entry");
    let id = rest.split('"').next().expect("an id").to_owned();
    reader.get("/cong-khai-thong-tin").await.expect(200).says("Chưa có thông tin nào");
    reader.get(&format!("/cong-khai-thong-tin/muc/{id}")).await.expect(404);
    let path = format!("/tiep-can-thong-tin/muc/{id}");
    let mut fields = entry(&agency, "public");
    fields.push(("phien_ban", "0"));
    staff.post(&path, &fields).await.expect(303);
    // Read before somebody else changed it.
    staff.post(&path, &fields).await.expect(409).says("Người khác vừa thay đổi mục này");
    let kind = "/cong-khai-thong-tin/loai/thue-phi";
    reader.get("/cong-khai-thong-tin").await.expect(200).says(TITLE).says(kind);
    reader.get(kind).await.expect(200).says(TITLE).says("Điều 17 khoản 1 điểm o");
    reader.get("/cong-khai-thong-tin/loai/khac").await.expect(200).says("Chưa có thông tin nào");
    reader.get("/cong-khai-thong-tin/loai/khong-co").await.expect(404);
    reader.get(&format!("/cong-khai-thong-tin/co-quan/{department}")).await.expect(200).says(TITLE);
    reader.get(&format!("/cong-khai-thong-tin/co-quan/{}", Uuid::from_u128(3))).await.expect(404);
    let page = reader.get(&format!("/cong-khai-thong-tin/muc/{id}")).await.expect(200);
    page.says("bộ phận một cửa").says("02/11/2026").says("104/2016/QH13");
    search::catch_up(&app.app).await.expect("an index");
    reader.get("/tim-kiem?q=muc+thu+phi").await.expect(200).says(&format!("/cong-khai-thong-tin/muc/{id}"));
    // Taken back.
    let mut fields = entry(&agency, "planned");
    fields.push(("phien_ban", "1"));
    staff.post(&path, &fields).await.expect(303);
    reader.get(&format!("/cong-khai-thong-tin/muc/{id}")).await.expect(404);
    search::catch_up(&app.app).await.expect("an index");
    reader.get("/tim-kiem?q=muc+thu+phi").await.expect(200).says("Không tìm thấy");
    app.end().await;
}

#[tokio::test]
async fn an_entry_says_where_it_can_be_read_and_belongs_to_ones_own_agency() {
    let app = TestApp::new().await;
    let (mut staff, department) = department(&app).await;
    let agency = department.to_string();
    let with = |field: &'static str, value: &'static str| {
        let mut fields = entry(&agency, "public");
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        fields
    };
    let page = staff.post("/tiep-can-thong-tin/moi", &with("mo_ta", "")).await.expect(422);
    page.says("cần địa chỉ để đọc");
    let page = staff.post("/tiep-can-thong-tin/moi", &with("dia_chi", "javascript:alert(1)")).await.expect(422);
    page.says("Hãy ghi địa chỉ trang");
    staff.post("/tiep-can-thong-tin/moi", &with("loai", "la")).await.expect(422).says("Hãy chọn loại thông tin");
    staff.post("/tiep-can-thong-tin/moi", &with("ngay", "")).await.expect(422).says("Hãy điền ngày");
    let other = app.agency("Sở Nội vụ", None).await.to_string();
    let mut fields = entry(&other, "public");
    staff.post("/tiep-can-thong-tin/moi", &fields).await.expect(422).says("Hãy chọn cơ quan của mình");
    fields[0].1 = &agency;
    staff.post("/tiep-can-thong-tin/moi", &fields).await.expect(303);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'disclosures.add'").await, 1);
    app.end().await;
}
