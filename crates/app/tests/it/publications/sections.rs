//! Special sections and the home page.

use super::*;

#[tokio::test]
async fn a_section_gathers_pins_and_stands_on_the_home_page() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let form = editor.get("/toa-soan/chuyen-muc").await.expect(200).text();
    let province =
        form.split("name=\"co_quan\" value=\"").nth(1).and_then(|rest| rest.get(..36)).expect("an agency").to_owned();
    let mut section = vec![
        ("co_quan", province.as_str()),
        ("ten", "Tổng kết 15 năm thực hiện Chỉ thị số 32-CT/TW"),
        ("mo_ta", "Tin, bài, tư liệu của các cơ quan trong tỉnh."),
        ("tu_ngay", "01/10/2026"),
        ("den_ngay", "01/09/2026"),
    ];
    editor.post("/toa-soan/chuyen-muc", &section).await.expect(422).says("Ngày kết thúc phải sau ngày bắt đầu.");
    section.pop();
    editor.post("/toa-soan/chuyen-muc", &section).await.expect(303);
    let address = "/chuyen-muc/tong-ket-15-nam-thuc-hien-chi-thi-so-32-ct-tw";
    let list = editor.get("/toa-soan/chuyen-muc").await.expect(200).says(address).text();
    let id =
        list.split("/toa-soan/chuyen-muc/").filter_map(|rest| rest.get(..36)).find(|id| Uuid::parse_str(id).is_ok());
    let id = id.expect("a section").to_owned();
    published(&mut editor, &mut writer, department, "Bài cũ được ghim").await;
    let agency = department.to_string();
    let mut fields = words(&agency, TITLE);
    fields.push(("chuyen_muc", &id));
    let path = writer.post("/toa-soan/moi", &fields).await.expect(303).location().to_owned();
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    let change = format!("/toa-soan/chuyen-muc/{id}");
    section.extend([("phien_ban", "0"), ("ghim", "/tin/khong-co")]);
    editor.post(&change, &section).await.expect(422).says("Không có bài đã xuất bản nào ở địa chỉ");
    section.pop();
    section.push(("ghim", "/tin/bai-cu-duoc-ghim"));
    editor.post(&change, &section).await.expect(303);
    editor.post(&change, &section).await.expect(409);
    let mut reader = app.anonymous();
    let page = reader.get(address).await.expect(200).says("Bài cũ được ghim").says(TITLE).says("Cơ quan đóng góp");
    page.says("Sở Tư pháp");
    let home = reader.get("/trang-chu").await.expect(200).text();
    assert!(!home.contains(address));
    editor.post("/toa-soan/chuyen-muc/trang-chu", &[(&id, "1")]).await.expect(303);
    reader.get("/trang-chu").await.expect(200).says(address);
    reader.get(&format!("{address}/atom")).await.expect(200).says(TITLE);
    app.end().await;
}

#[tokio::test]
async fn a_campaign_counts_its_days_and_shows_who_contributed_and_what_it_collected() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let form = editor.get("/toa-soan/chuyen-muc").await.expect(200).text();
    let province = form.split("name=\"co_quan\" value=\"").nth(1).and_then(|rest| rest.get(..36)).expect("an agency");
    let section = [
        ("co_quan", province),
        ("ten", "Đợt cao điểm Ngày Pháp luật"),
        ("tu_ngay", "12/11/2026"),
        ("den_ngay", "14/11/2026"),
    ];
    editor.post("/toa-soan/chuyen-muc", &section).await.expect(303);
    let list = editor.get("/toa-soan/chuyen-muc").await.expect(200).text();
    let id =
        list.split("/toa-soan/chuyen-muc/").filter_map(|rest| rest.get(..36)).find(|id| Uuid::parse_str(id).is_ok());
    let agency = department.to_string();
    let mut fields = words(&agency, "Cẩm nang hòa giải ở cơ sở");
    fields[1].1 = "document";
    fields.push(("chuyen_muc", id.expect("a section")));
    let path = writer.post("/toa-soan/moi", &fields).await.expect(303).location().to_owned();
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    let mut reader = app.anonymous();
    let address = "/chuyen-muc/dot-cao-diem-ngay-phap-luat";
    let page = reader.get(address).await.expect(200).says("còn 3 ngày").says("<h2 id=\"material\">");
    page.says(&format!("<a href=\"/noi-dang/{department}\">Sở Tư pháp</a> (1 bài)"));
    for (day, phase) in [(12, "đang diễn ra"), (14, "đang diễn ra"), (15, "đã kết thúc")] {
        app.clock.set(chrono::NaiveDate::from_ymd_opt(2026, 11, day).expect("a date"));
        reader.get(address).await.expect(200).says(phase);
    }
    app.end().await;
}
