//! Changes of localities on screen: recorded, seen before and after their day, put right, taken back; the agencies follow.

use kernel::{Role, Uuid};
use records::agencies::directory;
use testkit::{Client, TestApp};

use super::day;

/// Lạng Sơn with an administrator over everything in it.
async fn province() -> (TestApp, Client) {
    let app = TestApp::new().await;
    app.province("20").await;
    let admin = app.person("quan-tri", Role::Administrator, app.agency_by_code("p20/dia-ban").await).await;
    (app, admin)
}

const BASIS: (&str, &str) = ("can_cu", "Nghị quyết số 9/NQ-UBTVQH16 ngày 10/02/2026 của Ủy ban Thường vụ Quốc hội");

/// Records an event; its address.
async fn record(admin: &mut Client, fields: &[(&str, &str)]) -> String {
    let mut fields = fields.to_vec();
    fields.extend([BASIS, ("buoc", "ghi")]);
    admin.post("/dia-ban/su-kien", &fields).await.expect(303).location().to_owned()
}

async fn committee(app: &TestApp, name: &str, on: &str) -> Option<Uuid> {
    let dir = directory(&app.app).await.expect("a directory");
    let found = dir.search(&format!("Ủy ban nhân dân {name}"), day(on), 5);
    found.into_iter().find(|(_, full, _)| full.ends_with(name)).map(|(id, ..)| id)
}

#[tokio::test]
async fn two_communes_become_one_and_their_agencies_with_them() {
    let (app, mut admin) = province().await;
    let merger =
        [("loai", "hop-nhat"), ("ngay", "01/03/2026"), ("tu", "Xã Quốc Khánh"), ("tiep_nhan", "Xã Đoàn Kết"), BASIS];
    let preview = admin.post("/dia-ban/su-kien", &merger).await.expect(200);
    preview
        .says("Kết thúc ngày 28/02/2026: Xã Quốc Khánh; tiếp nhận: Xã Đoàn Kết")
        .says("Kết thúc ngày 28/02/2026: Ủy ban nhân dân xã Quốc Khánh; tiếp nhận: Ủy ban nhân dân xã Đoàn Kết");
    let gone = committee(&app, "xã Quốc Khánh", "2026-06-01").await.expect("it still lives");
    let at = record(&mut admin, &merger[..4]).await;
    admin.get(&at).await.expect(200).says("Xã Quốc Khánh nhập vào Xã Đoàn Kết");
    let heir = committee(&app, "xã Đoàn Kết", "2026-06-01").await.expect("it lives");
    let dir = directory(&app.app).await.expect("a directory");
    assert!(dir.lives(gone, day("2026-02-28")) && !dir.lives(gone, day("2026-03-01")));
    assert_eq!(dir.heirs(gone, day("2026-03-01")), [heir]);
    // The locality before and after, with its paper.
    let page = admin.get("/dia-ban/c06004.2025").await.expect(200);
    page.says("Không còn từ sau ngày 28/02/2026").says("Xã Đoàn Kết").says("Nghị quyết số 9/NQ-UBTVQH16").says(&at);
    let before = admin.get("/dia-ban/p20?ngay=28/02/2026").await.expect(200).says("Xã Quốc Khánh");
    before.says("65 đơn vị bên trong");
    admin.get("/dia-ban/p20?ngay=01/03/2026").await.expect(200).says("64 đơn vị bên trong");
    // Taken back, everything is as it was, under the same identifiers.
    admin.post(&format!("{at}/thu-hoi"), &[]).await.expect(303);
    assert_eq!(committee(&app, "xã Quốc Khánh", "2026-06-01").await, Some(gone));
    admin.get("/dia-ban/p20").await.expect(200).says("65 đơn vị bên trong");
    app.end().await;
}

#[tokio::test]
async fn a_new_commune_gets_its_agencies_and_loses_them_when_it_was_a_mistake() {
    let (app, mut admin) = province().await;
    let new = [
        ("loai", "thanh-lap"),
        ("ngay", "01/03/2026"),
        ("ten", "Xã Mẫu Sơn Thượng"),
        ("ma", "06542"),
        ("cap_tren", "Tỉnh Lạng Sơn"),
    ];
    let at = record(&mut admin, &new).await;
    let made = committee(&app, "xã Mẫu Sơn Thượng", "2026-06-01").await.expect("a committee");
    admin.get("/dia-ban/c06542.2026").await.expect(200).says("Tỉnh Lạng Sơn").says("06542");
    // It is the same locality under its right name.
    admin.get(&format!("{at}/sua")).await.expect(200).says("value=\"Xã Mẫu Sơn Thượng\"").says("value=\"06542\"");
    let mut right = new.to_vec();
    right[2].1 = "Phường Mẫu Sơn Thượng";
    right.extend([BASIS, ("buoc", "ghi")]);
    let at = admin.post(&format!("{at}/sua"), &right).await.expect(303).location().to_owned();
    assert_eq!(committee(&app, "phường Mẫu Sơn Thượng", "2026-06-01").await, Some(made));
    admin.get("/dia-ban/c06542.2026").await.expect(200).says("Phường Mẫu Sơn Thượng");
    admin.post(&format!("{at}/thu-hoi"), &[]).await.expect(303);
    assert_eq!(committee(&app, "phường Mẫu Sơn Thượng", "2026-06-01").await, None);
    admin.get("/dia-ban/c06542.2026").await.expect(404);
    // And back.
    admin.post(&format!("{at}/thu-hoi"), &[("khoi_phuc", "1")]).await.expect(303);
    assert_eq!(committee(&app, "phường Mẫu Sơn Thượng", "2026-06-01").await, Some(made));
    app.end().await;
}

#[tokio::test]
async fn renaming_dividing_moving_and_dissolving_are_followed() {
    let (app, mut admin) = province().await;
    let rename = [("loai", "doi-ten"), ("ngay", "01/03/2026"), ("co_quan", "06463"), ("ten", "Phường Chi Lăng")];
    let chi_lang = committee(&app, "xã Chi Lăng", "2026-01-01").await.expect("a commune");
    record(&mut admin, &rename).await;
    let dir = directory(&app.app).await.expect("a directory");
    assert_eq!(dir.name(chi_lang, day("2026-02-28")), Some("Ủy ban nhân dân xã Chi Lăng"));
    assert_eq!(dir.name(chi_lang, day("2026-03-01")), Some("Ủy ban nhân dân phường Chi Lăng"));
    // Divided by population: the one that lives on first.
    let ba_son = committee(&app, "xã Ba Sơn", "2026-01-01").await.expect("a commune");
    let divide = [
        ("loai", "chia-tach"),
        ("ngay", "01/04/2026"),
        ("co_quan", "Xã Ba Sơn"),
        ("tiep_nhan", "Xã Ba Sơn | 3.000\nXã Cao Lộc | 1.000"),
    ];
    record(&mut admin, &divide).await;
    let cao_loc = committee(&app, "xã Cao Lộc", "2026-05-01").await.expect("a commune");
    let dir = directory(&app.app).await.expect("a directory");
    let points = vec![(ba_son, day("2026-03-15"), (), 100)];
    let sums: Vec<i64> =
        [ba_son, cao_loc].map(|unit| dir.in_units_of(day("2026-05-01"), points.clone())[&(unit, ())].0).to_vec();
    assert_eq!(sums, [75, 25]);
    // Under another province: the people's committee, too.
    let moving =
        [("loai", "chuyen"), ("ngay", "01/05/2026"), ("co_quan", "Xã Hữu Liên"), ("cap_tren", "Tỉnh Bắc Ninh")];
    record(&mut admin, &moving).await;
    admin.get("/dia-ban/c06400.2025?ngay=01/05/2026").await.expect(200).says("Tỉnh Bắc Ninh");
    admin.get("/dia-ban/c06400.2025?ngay=30/04/2026").await.expect(200).says("Tỉnh Lạng Sơn");
    // Dissolved: nothing of it is left.
    let ending =
        [("loai", "giai-the"), ("ngay", "01/06/2026"), ("co_quan", "Xã Vân Nham"), ("tiep_nhan", "Xã Hữu Lũng")];
    let van_nham = committee(&app, "xã Vân Nham", "2026-05-31").await.expect("a commune");
    record(&mut admin, &ending).await;
    assert_eq!(committee(&app, "xã Vân Nham", "2026-06-01").await, None);
    let heirs = directory(&app.app).await.expect("a directory").heirs(van_nham, day("2026-06-01"));
    assert_eq!(heirs, [committee(&app, "xã Hữu Lũng", "2026-06-01").await.expect("a commune")]);
    admin
        .get("/dia-ban/su-kien?nguon=nguoi")
        .await
        .expect(200)
        .says("Đổi tên, đổi loại: Xã Chi Lăng")
        .says("Giải thể: Xã Vân Nham");
    app.end().await;
}

#[tokio::test]
async fn names_are_asked_back_and_nobody_changes_the_neighbours() {
    let (app, mut admin) = province().await;
    let kind = [("loai", "doi-ten"), ("ngay", "01/03/2026"), ("co_quan", "Xã Chi Lăng"), ("ten", "Chi Lăng"), BASIS];
    admin.post("/dia-ban/su-kien", &kind).await.expect(422).says("Hãy ghi cả loại đơn vị hành chính");
    let unknown = [("loai", "giai-the"), ("ngay", "01/03/2026"), ("co_quan", "Xã Không Có"), BASIS];
    admin.post("/dia-ban/su-kien", &unknown).await.expect(422).says("Không có đơn vị hành chính nào tên “Xã Không Có”");
    let elsewhere = [("loai", "giai-the"), ("ngay", "01/03/2026"), ("co_quan", "Tỉnh Cao Bằng"), BASIS];
    admin.post("/dia-ban/su-kien", &elsewhere).await.expect(422).says("nằm ngoài phạm vi bạn quản lý");
    let below = [("loai", "thanh-lap"), ("ngay", "01/03/2026"), ("ten", "Xã Con"), ("cap_tren", "Xã Chi Lăng"), BASIS];
    admin.post("/dia-ban/su-kien", &below).await.expect(422).says("không có đơn vị hành chính cấp dưới");
    // An officer of a department is not the province.
    let justice = app.agency_by_code("p20/so-tu-phap").await;
    let mut officer = app.person("thu-ky", Role::Secretariat, justice).await;
    let fields = [("loai", "giai-the"), ("ngay", "01/03/2026"), ("co_quan", "Xã Chi Lăng"), BASIS];
    officer.post("/dia-ban/su-kien", &fields).await.expect(422).says("nằm ngoài phạm vi bạn quản lý");
    let mut viewer = app.person("xem", Role::Viewer, justice).await;
    viewer.get("/dia-ban/su-kien").await.expect(200).says("Tổ chức chính quyền địa phương hai cấp");
    viewer.get("/dia-ban/su-kien/moi").await.expect(403);
    app.end().await;
}
