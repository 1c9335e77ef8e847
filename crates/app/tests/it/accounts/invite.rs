//! Inviting from a spreadsheet.

use kernel::Role;
use testkit::TestApp;

use super::{code_on, password};

const CSV: &str = "Họ tên;Chức vụ;Cơ quan;Vai trò;Email;Điện thoại\n\
    Vàng Seo Páo;Công chức;UBND xã Khuổi Nọi;Đầu mối;;0900000001\n\
    Hà Thị Nga;;UBND xã Suối Mây;Đầu mối; nga@xa.vn;\n\
    Giàng A Chứ;;xã Suối May;chuyên trách;;\n\
    ;;UBND xã Suối Mây;Đầu mối;;\n\
    Bùi Quang Huy;;UBND xã Suối Mây;Quản trị hệ thống;;\n";

fn rows_on(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"rows\" value=\"").expect("rows");
    let value = rest.split_once("\">").expect("an end").0;
    value.replace("&quot;", "\"").replace("&#34;", "\"").replace("&amp;", "&").replace("&#38;", "&")
}

#[tokio::test]
async fn a_list_is_checked_row_by_row_corrected_and_becomes_accounts_with_slips() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    app.agency("UBND xã Khuổi Nọi", Some(province)).await;
    let commune = app.agency("UBND xã Suối Mây", Some(province)).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    admin.get("/tai-khoan/moi-tu-bang-tinh").await.expect(200);
    let check = "/tai-khoan/moi-tu-bang-tinh/kiem-tra";
    let page = admin.upload(check, &[], &[("file", "dau-moi.csv", CSV.as_bytes())]).await.expect(200);
    let page =
        page.says("Mời 2 người đạt yêu cầu").says("Không rõ vai trò").says("Thiếu họ tên").says("quản trị phải cấp");
    let rows = rows_on(&page.text());
    let chosen = commune.to_string();
    let fields = [
        ("rows", rows.as_str()),
        ("file", "dau-moi.csv"),
        ("agency-4", &chosen),
        ("role-4", "contributor"),
        ("again", "1"),
    ];
    let page = admin.post("/tai-khoan/moi-tu-bang-tinh", &fields).await.expect(200).says("Mời 3 người đạt yêu cầu");
    let rows = rows_on(&page.text());
    let slips = admin.post("/tai-khoan/moi-tu-bang-tinh", &[("rows", &rows)]).await.expect(200);
    let slips = slips.says("pao.vang").says("nga.ha").says("chu.giang");
    assert_eq!(slips.text().matches("class=\"slip\"").count(), 3);
    assert!(!slips.text().contains("Bùi Quang Huy"));
    let (code, good) = (code_on(&slips), password(1));
    app.anonymous().post("/kich-hoat", &[("code", &code), ("password", &good), ("again", &good)]).await.expect(303);
    // The same list again makes nobody twice.
    let again = admin.post("/tai-khoan/moi-tu-bang-tinh", &[("rows", &rows)]).await.expect(303);
    assert_eq!(again.location(), "/tai-khoan");
    admin.get("/tai-khoan?tt=invited").await.says("1–2");
    app.end().await;
}

#[tokio::test]
async fn a_list_reaches_no_agency_outside_and_a_wrong_file_is_explained() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    app.agency("UBND xã Khuổi Nọi", Some(province)).await;
    let commune = app.agency("UBND xã Suối Mây", Some(province)).await;
    let mut below = app.person("quantri.xa", Role::Administrator, commune).await;
    let check = "/tai-khoan/moi-tu-bang-tinh/kiem-tra";
    let page = below.upload(check, &[], &[("file", "a.csv", CSV.as_bytes())]).await.expect(200);
    page.says("Chưa khớp cơ quan nào trong phạm vi quản lý").says("Mời 1 người");
    below.upload(check, &[], &[("file", "a.xlsx", b"PK\x03\x04hong")]).await.expect(422).says("Không đọc được");
    below.upload(check, &[], &[("file", "a.csv", b"a;b\n1;2\n")]).await.expect(422).says("dòng tiêu đề");
    below.upload(check, &[], &[]).await.expect(422).says("Hãy chọn tệp");
    let sample = below.get("/tai-khoan/bang-mau").await.expect(200);
    let rows = press::read_rows(&sample.body).expect("a workbook");
    assert_eq!(rows[0], ["Họ tên", "Chức vụ", "Cơ quan", "Vai trò", "Email", "Điện thoại"]);
    app.end().await;
}
