//! Many activities from a file.

use kernel::Role;
use testkit::TestApp;

const FILE: &str = "Ngày,Loại,Tên hoạt động,Số lượt người,Đối tượng\n\
                    02/11/2026,hoi-nghi,Hội nghị giới thiệu Luật Đất đai,80,Người dân\n\
                    03/11/2026,Tuyên truyền miệng,Nói chuyện pháp luật,40,\n\
                    04/11/2026,hop-bao,Họp báo quý,abc,\n";

#[tokio::test]
async fn a_file_is_shown_with_its_faults_by_cell_and_recorded_once() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    person.get("/hoat-dong/nhap").await.expect(200);
    let template = person.get("/hoat-dong/nhap/bang-mau").await.expect(200);
    let rows = press::read_rows(&template.body).expect("a workbook");
    assert_eq!(rows.len(), 2);
    assert!(["Tài liệu phát hành", "Văn bản được phổ biến"].iter().all(|one| rows[0].iter().any(|cell| cell == one)));
    let file = [("tep", "hoat-dong.csv", FILE.as_bytes())];
    let page = person.upload("/hoat-dong/nhap", &[("co_quan", &owner)], &file).await.expect(200);
    let page = page.says("B3").says("D4").says("Sẽ ghi").text();
    let kept = page.split("name=\"tep\" value=\"").nth(1).and_then(|rest| rest.get(..64)).expect("a file").to_owned();
    let confirm = [("co_quan", owner.as_str()), ("tep", kept.as_str())];
    person.post("/hoat-dong/nhap/ghi", &confirm).await.expect(303);
    person.get("/hoat-dong").await.expect(200).says("1–1").says("Hội nghị giới thiệu Luật Đất đai");
    person.post("/hoat-dong/nhap/ghi", &confirm).await.expect(422).says("Không có dòng nào nhập được");
    person
        .upload("/hoat-dong/nhap", &[("co_quan", &owner)], &[("tep", "x.csv", b"a,b\n1,2")])
        .await
        .expect(422)
        .says("thiếu cột");
    app.end().await;
}

#[tokio::test]
async fn what_is_exported_can_be_imported_and_exported_the_same() {
    let app = TestApp::new().await;
    let (first, second) = (app.agency("Sở Tư pháp", None).await, app.agency("Sở Nội vụ", None).await);
    app.agency("Sở Y tế", None).await;
    let (mut one, mut other) =
        (app.person("mot", Role::FocalPoint, first).await, app.person("hai", Role::FocalPoint, second).await);
    let (owner, next) = (first.to_string(), second.to_string());
    let fields = [
        ("co_quan", owner.as_str()),
        ("loai", "tap-huan"),
        ("ten", "Tập huấn; nghiệp vụ | kỹ năng"),
        ("ngay", "02/11/2026"),
        ("den_ngay", "04/11/2026"),
        ("noi", "Hội trường A"),
        ("truc_tuyen", "1"),
        ("luot", "1.250"),
        ("nu", "600"),
        ("dtts", "300"),
        ("tre", "200"),
        ("noi_dung", "Dòng một\nDòng hai"),
        ("doi_tuong", "chung"),
        ("doi_tuong", "can-bo"),
        ("linh_vuc", "dat-dai"),
        ("linh_vuc", "ma-tuy"),
        ("phoi_hop", "Sở Y tế\nCâu lạc bộ Pháp luật"),
        ("bcv_tinh", "Nông Văn Hòa"),
        ("bcv_khac", "Lý Thị B"),
        ("tl_loai", "to-gap"),
        ("tl_ten", "Hỏi đáp về Luật Đất đai"),
        ("tl_so", "1.200"),
        ("tl_dang", "in"),
        ("tl_loai", "video"),
        ("tl_ten", "Phim ngắn"),
        ("tl_so", "1"),
        ("tl_dang", "mang"),
        ("kp_thuong-xuyen", "2.000.000"),
        ("kp_ho-tro", "500.000"),
        ("van_ban", "Luật Đất đai năm 2024"),
    ];
    one.post("/hoat-dong/moi", &fields).await.expect(303);
    let export = one.get("/hoat-dong.xlsx").await.expect(200).body;
    let file = [("tep", "hoat-dong.xlsx", export.as_ref())];
    let page = other.upload("/hoat-dong/nhap", &[("co_quan", &next)], &file).await.expect(200).text();
    assert!(!page.contains("Ô cần sửa"), "{page}");
    let kept = page.split("name=\"tep\" value=\"").nth(1).and_then(|rest| rest.get(..64)).expect("a file").to_owned();
    other.post("/hoat-dong/nhap/ghi", &[("co_quan", &next), ("tep", &kept)]).await.expect(303);
    let (before, after) = (export, other.get("/hoat-dong.xlsx").await.expect(200).body);
    let (before, after) =
        (press::read_rows(&before).expect("a workbook"), press::read_rows(&after).expect("a workbook"));
    assert_eq!(before[0], after[0]);
    for (heading, (was, is)) in before[0].iter().zip(before[1].iter().zip(&after[1])).skip(1) {
        assert_eq!(was, is, "{heading}");
    }
    let cell = |heading: &str| {
        let at = after[0].iter().position(|one| one == heading).expect("a column");
        after[1][at].clone()
    };
    assert_eq!(cell("Cơ quan phối hợp"), "Sở Y tế\nCâu lạc bộ Pháp luật");
    assert_eq!(cell("Báo cáo viên"), "Nông Văn Hòa (Báo cáo viên pháp luật cấp tỉnh)\nLý Thị B (Người phổ biến khác)");
    assert!(cell("Tài liệu phát hành").starts_with("Tờ rơi, tờ gấp | Hỏi đáp về Luật Đất đai | 1200 | bản in\nVideo"));
    assert_eq!(cell("Tổng kinh phí (đồng)"), "2500000");
    app.end().await;
}
