//! Lists, board, heat map, products, workbook: what each person sees.

use kernel::Role;
use papers::DeadlineKind;
use records::documents::PartyRole;
use testkit::TestApp;

use super::*;

/// A province with two departments, a plan of its own, and a plan of the centre that names one of them.
async fn scene(app: &TestApp) -> (Uuid, Uuid, Uuid, Uuid, Uuid) {
    let centre = app.agency("Bộ Tư pháp", None).await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let culture = app.agency("Sở Văn hóa", Some(province)).await;
    let mut tasks = vec![
        task(
            "I.1",
            "Tập huấn tuyên truyền viên",
            DeadlineKind::Date,
            "2026-11-12",
            vec![every(PartyRole::Lead, "department", province)],
        ),
        task("II.1", "Báo cáo kết quả năm", DeadlineKind::Annual, "", vec![lead(justice), helps(culture)]),
    ];
    tasks[1].heading = "II. Báo cáo".into();
    tasks[1].product = Some("Báo cáo năm".into());
    let own = expand(app, &paper(app, province, tasks)).await;
    let tasks =
        vec![task("1", "Rà soát văn bản", DeadlineKind::Date, "2026-11-11", vec![lead(justice), helps(centre)])];
    let central = expand(app, &Confirmed { number: "9/KH-BTP".into(), ..paper(app, centre, tasks) }).await;
    (province, justice, culture, own, central)
}

#[tokio::test]
async fn each_person_sees_their_own_part_with_totals_and_facets() {
    let app = TestApp::new().await;
    let (province, justice, _, own, central) = scene(&app).await;
    app.clock.set(day(2026, 11, 20));
    let mut head = app.person("thu-ky", Role::Secretariat, province).await;
    // Own plan whole (4), the department's part of the centre's plan (1).
    head.get("/nhiem-vu").await.expect(200).says("1–5 trong 5");
    head.get("/nhiem-vu?khi=cham").await.expect(200).says("1–3 trong 3").says("chậm 9 ngày").says("Chậm <b>3</b>");
    head.get(&format!("/nhiem-vu?khi=cham&kh={own}")).await.expect(200).says("1–2 trong 2");
    head.get(&format!("/ke-hoach/{own}/danh-sach?q=tap+huan&vt=chu-tri")).await.expect(200).says("1–2 trong 2");
    head.get(&format!("/ke-hoach/{own}/danh-sach?nhom=II.+B%C3%A1o+c%C3%A1o")).await.expect(200).says("1–2 trong 2");
    head.get(&format!("/ke-hoach/{own}/danh-sach?cq=van+hoa&sx=co-quan")).await.expect(200).says("1–2 trong 2");
    head.get(&format!("/ke-hoach/{own}/danh-sach?quy=2026-4&sx=han-xa&tt=new")).await.expect(200).says("1–4 trong 4");
    head.get(&format!("/ke-hoach/{central}/danh-sach")).await.expect(200).says("1–1 trong 1");
    head.get("/nhiem-vu?q=khong-co-gi").await.expect(200).says("Không có nhiệm vụ nào như vậy");
    let mut person = app.person("dau-moi", Role::FocalPoint, justice).await;
    person.get("/nhiem-vu").await.expect(200).says("1–3 trong 3");
    person.get("/nhiem-vu?khi=cham").await.expect(200).says("1–2 trong 2");
    person.get(&format!("/ke-hoach/{own}/danh-sach")).await.expect(200).says("1–2 trong 2");
    let book = person.get("/nhiem-vu.xlsx?khi=cham").await.expect(200);
    let rows = press::read_rows(&book.body).expect("a workbook");
    assert_eq!(rows.len(), 3);
    app.end().await;
}

#[tokio::test]
async fn every_page_of_a_plan_opens() {
    let app = TestApp::new().await;
    let (province, _, _, own, central) = scene(&app).await;
    let mut head = app.person("thu-ky", Role::Secretariat, province).await;
    head.get("/ke-hoach").await.expect(200).says("12/KH-UBND").says("9/KH-BTP");
    head.get(&format!("/ke-hoach/{own}")).await.expect(200).says("Quý IV").says("I. Nhiệm vụ trọng tâm");
    head.get(&format!("/ke-hoach/{own}?nam=2027")).await.expect(200).says("năm 2027");
    head.get(&format!("/ke-hoach/{own}/bang-nhiet")).await.expect(200).says("Sở Văn hóa").says("còn 3");
    head.get(&format!("/ke-hoach/{own}/bang-nhiet?q=tu+phap&khoi=so-nganh&sx=ten"))
        .await
        .expect(200)
        .says("Sở Tư pháp");
    head.get(&format!("/ke-hoach/{own}/san-pham")).await.expect(200).says("Báo cáo năm").says("chưa bắt đầu");
    head.get(&format!("/ke-hoach/{own}/thiet-lap")).await.expect(200).says("14/12");
    head.get(&format!("/ke-hoach/{central}")).await.expect(200);
    head.get(&format!("/ke-hoach/{central}/thiet-lap")).await.expect(404);
    let mut english = app.person("english", Role::Leader, province).await;
    english.get("/ngon-ngu/en").await.expect(303);
    english.get(&format!("/ke-hoach/{own}")).await.expect(200).says("Quarter");
    english.get("/viec-cua-toi").await.expect(200).says("My work");
    app.end().await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_grow_with_the_list() {
    let app = TestApp::new().await;
    let (province, justice, ..) = scene(&app).await;
    let mut head = app.person("thu-ky", Role::Secretariat, province).await;
    let mut counts = Vec::new();
    for round in 0..2 {
        for path in ["/nhiem-vu", "/viec-cua-toi", "/ke-hoach"] {
            let before = app.app.db.queries();
            head.get(path).await.expect(200);
            counts.push((path, app.app.db.queries() - before));
        }
        if round == 0 {
            let tasks =
                (1..=40).map(|n| task(&format!("I.{n}"), "Việc", DeadlineKind::Annual, "", vec![lead(justice)]));
            expand(&app, &paper(&app, province, tasks.collect())).await;
        }
    }
    let (first, second) = counts.split_at(3);
    assert_eq!(first, second);
    app.end().await;
}

#[tokio::test]
async fn a_list_is_narrowed_to_a_group_of_agencies_with_its_count() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let communes = [app.agency("UBND xã A", Some(province)).await, app.agency("UBND xã B", Some(province)).await];
    let tx = app.app.db.begin().await.expect("a transaction");
    for commune in communes {
        let sql = "INSERT INTO units (id, code, official_code, level, kind, name, name_fold, valid_from, valid_to, position) \
                   VALUES ($1, $2, '', 'commune', 'Xã', 'Xã', 'xa', 20200101, 99991231, 0)";
        store::exec(&*tx, sql, vec![commune.into(), commune.to_string().into()]).await.expect("a place");
        let sql = "UPDATE agencies SET kind = 'committee', unit_id = $1 WHERE id = $1";
        store::exec(&*tx, sql, vec![commune.into()]).await.expect("a commune");
    }
    tx.commit().await.expect("commit");
    let tasks = vec![
        task("I.1", "Tập huấn", DeadlineKind::Date, "2026-11-12", vec![lead(justice), helps(communes[0])]),
        task("I.2", "Báo cáo", DeadlineKind::Date, "2026-12-12", vec![lead(communes[0]), lead(communes[1])]),
    ];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    app.clock.set(day(2026, 11, 20));
    let mut head = app.person("thu-ky", Role::Secretariat, province).await;
    let path = format!("/ke-hoach/{plan}/danh-sach");
    let page = head.get(&format!("{path}?khoi=ubnd-xa")).await.expect(200).says("1–3 trong 3");
    let page = page.says("selected>UBND các xã, phường (3)").says("Các sở, ban, ngành (1)");
    assert!(!page.text().contains("Bộ, ngành"), "groups without anything are not offered");
    let page = head.get(&format!("{path}?khoi=ubnd-xa&khi=cham")).await.expect(200).says("1–1 trong 1");
    page.says("UBND các xã, phường (1)").says("Các sở, ban, ngành (1)").says("khoi=ubnd-xa");
    head.get("/nhiem-vu?khoi=so-nganh").await.expect(200).says("1–1 trong 1");
    let mut commune = app.person("xa", Role::FocalPoint, communes[0]).await;
    commune.get("/nhiem-vu?khoi=ubnd-xa&vt=chu-tri").await.expect(200).says("1–1 trong 1");
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn by_an_agencys_name_each_person_finds_what_they_may_see_and_is_told_when_a_name_says_too_little() {
    let app = TestApp::new().await;
    let (province, justice, _, own, _) = scene(&app).await;
    app.clock.set(day(2026, 11, 20));
    let mut head = app.person("thu-ky", Role::Secretariat, province).await;
    // Own plan whole (2 of the department), and what the department has of the centre's plan (1); of the centre itself nothing.
    let few = head.get("/nhiem-vu?cq=so+tu+phap").await.expect(200).says("1–3 trong 3").text();
    assert!(!few.contains("Có hơn 200 cơ quan"));
    head.get("/nhiem-vu?cq=tu+phap&sx=co-quan").await.expect(200).says("1–3 trong 3");
    head.get("/nhiem-vu?cq=bo+tu+phap").await.expect(200).says("Không có nhiệm vụ nào như vậy");
    head.get(&format!("/ke-hoach/{own}/danh-sach?cq=tu+phap&khi=cham")).await.expect(200).says("1–1 trong 1");
    let mut person = app.person("dau-moi", Role::FocalPoint, justice).await;
    person.get("/nhiem-vu?cq=tu+phap").await.expect(200).says("1–3 trong 3");
    person.get("/nhiem-vu?cq=van+hoa").await.expect(200).says("Không có nhiệm vụ nào như vậy");
    for number in 0..201 {
        app.agency(&format!("Phòng Tư pháp số {number}"), Some(province)).await;
    }
    head.get("/nhiem-vu?cq=tu+phap").await.expect(200).says("Có hơn 200 cơ quan");
    // The names of others take no place in the list of who cannot see them.
    let own = person.get("/nhiem-vu?cq=tu+phap").await.expect(200).says("1–3 trong 3").text();
    assert!(!own.contains("Có hơn 200 cơ quan"));
    app.end().await;
}
