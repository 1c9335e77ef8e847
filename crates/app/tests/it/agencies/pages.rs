//! Pages, rights, events, tables.

use kernel::{Permit, Role};
use records::agencies::{
    Who, directory,
    model::{
        event::{Change, Event},
        side::Side,
    },
    service,
};
use testkit::{Client, TestApp};

use super::day;

/// A small tree: a province with two departments.
async fn small() -> (TestApp, [kernel::Uuid; 3], Client) {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh Mẫu", None).await;
    let justice = app.agency("Sở Tư pháp tỉnh Mẫu", Some(province)).await;
    let home = app.agency("Sở Nội vụ tỉnh Mẫu", Some(province)).await;
    let admin = app.person("quan-tri", Role::Administrator, province).await;
    (app, [province, justice, home], admin)
}

const EVENT: [(&str, &str); 5] = [
    ("loai", "hop-nhat"),
    ("ngay", "01/03/2026"),
    ("tu", "Sở Nội vụ tỉnh Mẫu"),
    ("tiep_nhan", "Sở Tư pháp tỉnh Mẫu"),
    ("can_cu", "Nghị quyết số 01/NQ-HĐND ngày 10/02/2026 của Hội đồng nhân dân tỉnh Mẫu"),
];

#[tokio::test]
async fn a_merger_is_previewed_recorded_and_seen_before_and_after_its_day() {
    let (app, [province, justice, home], mut admin) = small().await;
    let preview = admin.post("/co-quan/su-kien", &EVENT).await.expect(200);
    preview.says("Kết thúc ngày 28/02/2026: Sở Nội vụ tỉnh Mẫu; tiếp nhận: Sở Tư pháp tỉnh Mẫu");
    let mut fields = EVENT.to_vec();
    fields.push(("buoc", "ghi"));
    let at = admin.post("/co-quan/su-kien", &fields).await.expect(303).location().to_owned();
    admin.get(&at).await.expect(200).says("Sở Nội vụ tỉnh Mẫu nhập vào Sở Tư pháp tỉnh Mẫu");
    let (before, after) = (day("2026-02-28"), day("2026-03-01"));
    let dir = directory(&app.app).await.expect("a directory");
    assert_eq!(dir.resolve("Sở Nội vụ tỉnh Mẫu", province, before).who, Who::Agency(home));
    let then = Who::NotThen { agency: home, heirs: vec![justice] };
    assert_eq!(dir.resolve("Sở Nội vụ tỉnh Mẫu", province, after).who, then);
    admin.get("/co-quan?ngay=2026-02-28").await.expect(200).says("Sở Nội vụ");
    let wrong = admin.get("/co-quan?ngay=abc").await.expect(200).says("Ngày không hợp lệ nên đang xem ngày hôm nay");
    wrong.says("value=\"abc\"");
    assert!(!admin.get("/co-quan").await.expect(200).text().contains("Sở Nội vụ"));
    admin
        .get(&format!("/co-quan/{home}"))
        .await
        .expect(200)
        .says("đã kết thúc hoạt động ngày 28/02/2026")
        .says("Nghị quyết số 01/NQ-HĐND");
    // Withdrawn, it lives again.
    admin.post(&format!("{at}/thu-hoi"), &[]).await.expect(303);
    let dir = directory(&app.app).await.expect("a directory");
    assert_eq!(dir.resolve("Sở Nội vụ tỉnh Mẫu", province, after).who, Who::Agency(home));
    admin.post(&format!("{at}/thu-hoi"), &[("khoi_phuc", "1")]).await.expect(303);
    let dir = directory(&app.app).await.expect("a directory");
    assert!(!dir.lives(home, after));
    app.end().await;
}

#[tokio::test]
async fn an_event_is_put_right_in_its_own_place_and_the_old_one_is_kept() {
    let (app, [province, justice, home], mut admin) = small().await;
    let mut fields = EVENT.to_vec();
    fields.push(("buoc", "ghi"));
    let at = admin.post("/co-quan/su-kien", &fields).await.expect(303).location().to_owned();
    admin.get(&at).await.expect(200).says(&format!("{at}/sua"));
    let page = admin.get(&format!("{at}/sua")).await.expect(200);
    page.says("Sở Nội vụ tỉnh Mẫu").says("value=\"01/03/2026\"").says("Nghị quyết số 01/NQ-HĐND");
    // The right day, and the other way round.
    let mut right = EVENT.to_vec();
    right[1].1 = "01/04/2026";
    (right[2].1, right[3].1) = (EVENT[3].1, EVENT[2].1);
    let preview = admin.post(&format!("{at}/sua"), &right).await.expect(200);
    preview.says("Không kết thúc nữa: Sở Nội vụ tỉnh Mẫu").says("Kết thúc ngày 31/03/2026: Sở Tư pháp tỉnh Mẫu");
    right.push(("buoc", "ghi"));
    let new = admin.post(&format!("{at}/sua"), &right).await.expect(303).location().to_owned();
    assert_ne!(new, at);
    admin.get(&at).await.expect(200).says("đã thu hồi");
    admin.get(&format!("{at}/sua")).await.expect(404);
    let dir = directory(&app.app).await.expect("a directory");
    assert!(dir.lives(home, day("2026-04-01")) && dir.lives(justice, day("2026-03-31")));
    assert!(!dir.lives(justice, day("2026-04-01")));

    // A creation put right is still the same agency.
    let create = |name: &'static str, date: &'static str| {
        [
            ("loai", "thanh-lap"),
            ("ngay", date),
            ("ten", name),
            ("nhom", "department"),
            ("cap_tren", "Ủy ban nhân dân tỉnh Mẫu"),
            ("chua_kiem_chung", "1"),
            ("buoc", "ghi"),
        ]
    };
    let made = admin.post("/co-quan/su-kien", &create("Sở Ngoại vụ tỉnh Mâu", "01/05/2026")).await.expect(303);
    let made = made.location().to_owned();
    let dir = directory(&app.app).await.expect("a directory");
    let id = dir.resolve("Sở Ngoại vụ tỉnh Mâu", province, day("2026-06-01"));
    admin.post(&format!("{made}/sua"), &create("Sở Ngoại vụ tỉnh Mẫu", "01/05/2026")).await.expect(303);
    let dir = directory(&app.app).await.expect("a directory");
    assert_eq!(dir.resolve("Sở Ngoại vụ tỉnh Mẫu", province, day("2026-06-01")).who, id.who);
    app.end().await;
}

#[tokio::test]
async fn a_form_that_makes_no_sense_comes_back_with_advice() {
    let (app, _, mut admin) = small().await;
    let unknown = [("loai", "giai-the"), ("ngay", "01/03/2026"), ("co_quan", "Sở Không Có"), ("chua_kiem_chung", "1")];
    admin.post("/co-quan/su-kien", &unknown).await.expect(422).says("Không có cơ quan nào tên “Sở Không Có”");
    let no_basis = [("loai", "giai-the"), ("ngay", "31/02/2026"), ("co_quan", "Sở Tư pháp tỉnh Mẫu")];
    admin
        .post("/co-quan/su-kien", &no_basis)
        .await
        .expect(422)
        .says("Ngày không hợp lệ")
        .says("Hãy ghi văn bản làm căn cứ");
    let circle = [
        ("loai", "chuyen"),
        ("ngay", "01/03/2026"),
        ("co_quan", "Ủy ban nhân dân tỉnh Mẫu"),
        ("cap_tren", "Sở Tư pháp tỉnh Mẫu"),
        ("chua_kiem_chung", "1"),
    ];
    admin
        .post("/co-quan/su-kien", &circle)
        .await
        .expect(422)
        .says("“Ủy ban nhân dân tỉnh Mẫu” không thể đứng dưới đơn vị trực thuộc");
    app.end().await;
}

#[tokio::test]
async fn everyone_reads_only_administrators_record_and_only_below_their_agency() {
    let (app, [_, justice, home], mut admin) = small().await;
    let mut viewer = app.person("xem", Role::Viewer, justice).await;
    for path in
        ["/co-quan", "/co-quan/su-kien", "/dia-ban", &format!("/co-quan/{home}"), &format!("/co-quan/{home}/nhanh")]
    {
        viewer.get(path).await.expect(200);
    }
    for path in ["/co-quan/su-kien/moi", "/co-quan/nhap"] {
        viewer.get(path).await.expect(403);
        admin.get(path).await.expect(200);
    }
    viewer.post("/co-quan/su-kien", &EVENT).await.expect(403);
    viewer.post(&format!("/co-quan/{home}/cach-goi"), &[("ten", "SNV")]).await.expect(403);
    let mut local = app.person("quan-tri-so", Role::Administrator, justice).await;
    local.post("/co-quan/su-kien", &EVENT).await.expect(404);
    local.post(&format!("/co-quan/{home}/cach-goi"), &[("ten", "SNV")]).await.expect(404);
    admin.get(&format!("/co-quan/{}", kernel::new_id())).await.expect(404);
    admin.get("/dia-ban/khong-co").await.expect(404);
    app.anonymous().get("/co-quan").await.expect(303);
    app.end().await;
}

#[tokio::test]
async fn a_name_added_on_the_page_of_an_agency_resolves_until_it_is_forgotten() {
    let (app, [province, justice, _], mut admin) = small().await;
    admin.post(&format!("/co-quan/{justice}/cach-goi"), &[("ten", "Cơ quan thường trực")]).await.expect(303);
    admin.get(&format!("/co-quan/{justice}")).await.expect(200).says("Cơ quan thường trực");
    let dir = directory(&app.app).await.expect("a directory");
    assert_eq!(dir.resolve("cơ quan thường trực", province, day("2026-11-09")).who, Who::Agency(justice));
    let page = admin.get(&format!("/co-quan/{justice}")).await.text();
    let (_, rest) = page.split_once("/co-quan/cach-goi/").expect("a form");
    let (id, _) = rest.split_once('/').expect("an id");
    admin.post(&format!("/co-quan/cach-goi/{id}/xoa"), &[]).await.expect(303);
    let dir = directory(&app.app).await.expect("a directory");
    assert!(matches!(dir.resolve("cơ quan thường trực", province, day("2026-11-09")).who, Who::Unresolved { .. }));
    app.end().await;
}

#[tokio::test]
async fn a_table_goes_out_and_comes_back_with_its_faults_by_row() {
    let (app, [province, justice, _], mut admin) = small().await;
    let csv = admin.get("/co-quan/xuat?dang=csv").await.expect(200).text();
    assert!(csv.contains("Sở Tư pháp tỉnh Mẫu"));
    let xlsx = admin.get("/co-quan/xuat?dang=xlsx").await.expect(200);
    assert!(xlsx.body.starts_with(b"PK"));
    let fields = [("ngay", "01/06/2026"), ("can_cu", "Quyết định số 5/QĐ-UBND")];
    let wrong = "Mã,Tên đầy đủ,Loại,Cơ quan cấp trên\n,Sở Mới,Loại lạ,\n,,Mặt trận Tổ quốc,\n,Sở Ngoại vụ tỉnh Mẫu,department,Bộ Không Có\n";
    admin
        .upload("/co-quan/nhap", &fields, &[("tep", "co-quan.csv", wrong.as_bytes())])
        .await
        .expect(422)
        .says("Dòng 2: không có loại cơ quan “Loại lạ”")
        .says("Dòng 3: thiếu tên đầy đủ")
        .says("Dòng 4: cơ quan cấp trên: Không có cơ quan nào tên “Bộ Không Có”");
    let right = format!(
        "Mã,Tên đầy đủ,Loại,Cơ quan cấp trên\n{justice},Sở Tư pháp và Hộ tịch tỉnh Mẫu,department,\n,Sở Ngoại vụ tỉnh Mẫu,Sở và cơ quan tương đương,{province}\n,Phòng Lãnh sự,unit,Sở Ngoại vụ tỉnh Mẫu\n"
    );
    admin.upload("/co-quan/nhap", &fields, &[("tep", "co-quan.csv", right.as_bytes())]).await.expect(303);
    admin.get("/co-quan").await.expect(200).says("2 cơ quan mới, 1 đổi tên hoặc loại");
    // The same table again: rows without a code are found by their names.
    let again = admin.upload("/co-quan/nhap", &fields, &[("tep", "co-quan.csv", right.as_bytes())]).await.expect(303);
    assert_eq!(again.location(), "/co-quan");
    admin.get("/co-quan").await.says("không có gì thay đổi");
    let twice =
        "Tên đầy đủ,Loại,Cơ quan cấp trên\nPhòng Mới,unit,Sở Ngoại vụ tỉnh Mẫu\nPhòng Mới,unit,Sở Ngoại vụ tỉnh Mẫu\n";
    let twice = admin.upload("/co-quan/nhap", &fields, &[("tep", "co-quan.csv", twice.as_bytes())]).await.expect(422);
    twice.says("Dòng 3: “Phòng Mới” đã có ở dòng trên");
    admin.upload("/co-quan/nhap", &fields, &[("tep", "a.pdf", b"%PDF-1.4 khac")]).await.expect(422);
    let mut local = app.person("quan-tri-so", Role::Administrator, justice).await;
    let outside = format!("Mã,Tên đầy đủ,Loại\n{province},Ủy ban khác,department\n");
    local
        .upload("/co-quan/nhap", &fields, &[("tep", "co-quan.csv", outside.as_bytes())])
        .await
        .expect(422)
        .says("ngoài phạm vi quản lý");
    let dir = directory(&app.app).await.expect("a directory");
    assert_eq!(dir.name(justice, day("2026-05-31")), Some("Sở Tư pháp tỉnh Mẫu"));
    assert_eq!(dir.name(justice, day("2026-06-01")), Some("Sở Tư pháp và Hộ tịch tỉnh Mẫu"));
    let (_, name, parent) = dir.search("phong lanh su", day("2026-06-01"), 5).remove(0);
    assert_eq!((name.as_str(), parent.as_str()), ("Phòng Lãnh sự", "Sở Ngoại vụ tỉnh Mẫu"));
    app.end().await;
}

#[tokio::test]
async fn a_real_province_opens_branch_by_branch_with_a_constant_number_of_queries() {
    let app = TestApp::new().await;
    app.province("20").await;
    let top = app.agency_by_code("p20/dia-ban").await;
    let mut admin = app.person("quan-tri", Role::Administrator, top).await;
    let page = admin.get("/co-quan").await.expect(200).says("UBND tỉnh").says("đơn vị trực thuộc");
    assert!(page.body.len() < 60_000, "{}", page.body.len());
    let committee = app.agency_by_code("p20/ubnd").await;
    let queries = app.app.db.queries();
    admin.get(&format!("/co-quan/{committee}/nhanh")).await.expect(200).says("Sở Tư pháp");
    assert!(app.app.db.queries() - queries <= 4, "{}", app.app.db.queries() - queries);
    admin.get("/co-quan?q=so%20tu%20phap").await.expect(200).says("Sở Tư pháp tỉnh Lạng Sơn");
    admin.get("/co-quan?q=S%E1%BB%9F%20t%C3%A0i%20nguy%C3%AAn").await.expect(200).says("kết thúc 28/02/2025");
    let justice = app.agency_by_code("p20/so-tu-phap").await;
    admin.get(&format!("/co-quan/{justice}")).await.expect(200).says("Thuộc các cụm từ");
    // A commune of before 01/07/2025 leads to where it is today.
    let old = admin.get("/dia-ban?q=hoang%20dong").await.expect(200);
    assert!(old.text().contains("đến 30/06/2025"));
    admin.get("/dia-ban/p20").await.expect(200).says("65 đơn vị bên trong");
    admin.get("/dia-ban/p20?ngay=2024-01-01").await.expect(200).says("11 đơn vị bên trong");
    app.end().await;
}

#[tokio::test]
async fn a_merger_recorded_with_its_real_day_goes_before_what_the_definitions_say() {
    let app = TestApp::new().await;
    app.province("20").await;
    let permit = Permit::system();
    let dir = directory(&app.app).await.expect("a directory");
    let issuer = app.agency_by_code("p20/ubnd").await;
    let code = |name: &str| match dir.resolve(name, issuer, day("2024-06-01")).who {
        Who::Agency(id) => id,
        other => panic!("{other:?}"),
    };
    let (land, farms) = (code("Sở Tài nguyên và Môi trường"), code("Sở Nông nghiệp và Phát triển nông thôn"));
    let early = Event {
        date: day("2025-02-20"),
        title: "Hợp nhất sớm hơn".into(),
        basis: Some("Nghị quyết của Hội đồng nhân dân tỉnh".into()),
        unverified: false,
        changes: vec![Change::Merge { from: vec![app.code_of(land).await], into: app.code_of(farms).await }],
    };
    service::record(&app.app, &permit, Side::Agencies, early).await.expect("recorded");
    let dir = directory(&app.app).await.expect("a directory");
    assert!(!dir.lives(land, day("2025-02-20")));
    assert!(dir.lives(land, day("2025-02-19")));
    let heir = dir.heirs(land, day("2026-01-01"));
    assert!(dir.name(heir[0], day("2026-01-01")).expect("a name").starts_with("Sở Nông nghiệp và Môi trường"));
    // Importing again keeps it, and what was verified stays so.
    let sql =
        "SELECT COUNT(*) FROM agency_events WHERE basis = 'Đã đối chiếu' AND NOT unverified AND origin = 'built_in'";
    let tx = app.app.db.begin().await.expect("a transaction");
    let set =
        "UPDATE agency_events SET unverified = $1, basis = 'Đã đối chiếu' WHERE unverified AND origin = 'built_in'";
    store::exec(&*tx, set, vec![false.into()]).await.expect("verified");
    tx.commit().await.expect("commit");
    let verified = store::scalar(app.app.db.read(), sql, vec![]).await.expect("a count");
    app.province("20").await;
    assert!(verified > 3);
    assert_eq!(store::scalar(app.app.db.read(), sql, vec![]).await.expect("a count"), verified);
    let dir = directory(&app.app).await.expect("a directory");
    assert!(!dir.lives(land, day("2025-02-20")));
    app.end().await;
}

#[tokio::test]
async fn what_was_recorded_for_a_later_day_is_in_the_tables_on_that_day() {
    let (app, [_, justice, home], _) = small().await;
    let event = Event {
        date: day("2026-11-10"),
        title: "Chuyển".into(),
        basis: None,
        unverified: true,
        changes: vec![Change::Move { unit: home.to_string(), parent: Some(justice.to_string()) }],
    };
    service::record(&app.app, &Permit::system(), Side::Agencies, event).await.expect("recorded");
    let below = |app: &TestApp| {
        let db = app.app.db.clone();
        let sql = "SELECT COUNT(*) FROM agency_closure WHERE ancestor_id = $1 AND descendant_id = $2";
        async move { store::scalar(db.read(), sql, vec![justice.into(), home.into()]).await.expect("a count") }
    };
    assert_eq!(below(&app).await, 0);
    app.clock.set(day("2026-11-11"));
    app.run_jobs().await;
    assert_eq!(below(&app).await, 1);
    app.end().await;
}
