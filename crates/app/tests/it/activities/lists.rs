//! Lists, calendar, map, coverage, topics.

use kernel::Role;
use testkit::TestApp;

use super::{entry, record};

#[tokio::test]
async fn a_list_is_filtered_totalled_and_exported_with_a_constant_number_of_statements() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    let first = entry(&owner, "Hội nghị giới thiệu Luật Đất đai", "02/11/2026", "20");
    record(&mut person, &first).await;
    person.get("/hoat-dong").await.expect(200);
    let count = |app: &TestApp| app.app.db.queries();
    let before = count(&app);
    person.get("/hoat-dong").await.expect(200);
    let one = count(&app) - before;
    for n in 1..9 {
        let title = format!("Tập huấn hòa giải viên đợt {n}");
        let day = format!("0{n}/10/2026");
        let mut fields = entry(&owner, &title, &day, "30");
        fields.extend([("doi_tuong", "khuyet-tat"), ("linh_vuc", "hoa-giai"), ("van_luu", "1")]);
        record(&mut person, &fields).await;
    }
    let before = count(&app);
    person.get("/hoat-dong").await.expect(200).says("260");
    assert_eq!(count(&app) - before, one, "statements do not grow with the rows");
    person.get("/hoat-dong?q=luat+dat").await.expect(200).says("1–1");
    person.get("/hoat-dong?dt=khuyet-tat&lv=hoa-giai&tu=01/10/2026&den=04/10/2026").await.expect(200).says("1–4");
    person.get("/hoat-dong?ht=F4").await.expect(200).says("Không có hoạt động nào như vậy");
    person.get("/hoat-dong?tu=32/10/2026").await.expect(422);
    let sheet = press::read_rows(&person.get("/hoat-dong.xlsx").await.expect(200).body).expect("a workbook");
    assert_eq!(sheet.len(), 10);
    person.get("/hoat-dong.csv?q=dat").await.expect(200).says("Luật Đất đai");
    person.get("/hoat-dong/lich?thang=2026-10").await.expect(200).says("8 hoạt động, 240 lượt người");
    app.end().await;
}

#[tokio::test]
async fn the_justice_department_sees_its_whole_province_on_list_map_and_coverage() {
    let app = TestApp::new().await;
    app.province("20").await;
    let commune = app.agency_by_code("c05977.2025/ubnd").await;
    let justice = app.agency_by_code("p20/so-tu-phap").await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    let form = person.get("/hoat-dong/moi").await.expect(200).text();
    let place =
        form.split("\" selected>").next().and_then(|before| before.rsplit('"').next()).expect("a place").to_owned();
    let mut fields = entry(&owner, "Hội nghị ở xã", "02/11/2026", "20");
    fields.extend([("dia_ban", place.as_str()), ("doi_tuong", "dan-toc-mien-nui"), ("linh_vuc", "dat-dai")]);
    record(&mut person, &fields).await;
    let mut department = app.person("so", Role::Secretariat, justice).await;
    department.get("/hoat-dong").await.expect(200).says("Hội nghị ở xã");
    let map = department.get("/hoat-dong/ban-do").await.expect(200).says("1 hoạt động, 20 lượt người").text();
    assert_eq!(map.matches("<circle class=\"none\"").count(), map.matches("<circle class=").count() - 1);
    department.get("/hoat-dong/do-phu").await.expect(200).says("Ô “0” là khoảng trống");
    let id = justice.to_string();
    let topics = [
        ("co_quan", id.as_str()),
        ("quy", "20264"),
        ("linh_vuc", "dat-dai"),
        ("noi_dung", "Luật Đất đai năm 2024"),
        ("linh_vuc", "ma-tuy"),
        ("noi_dung", ""),
    ];
    department.post("/hoat-dong/dinh-huong", &topics).await.expect(303);
    let page = department.get("/hoat-dong/dinh-huong?quy=20264").await.expect(200);
    let page = page.says("Luật Đất đai năm 2024").says("chưa có").text();
    // One of those asked did something about land; nobody about drugs.
    let share = |at: usize| {
        let cell = page.split("data-label=\"Đơn vị đã thực hiện\">").nth(at).and_then(|rest| rest.split('<').next());
        let (done, asked) = cell.and_then(|cell| cell.split_once('/')).expect("a share");
        (done.to_owned(), asked.to_owned())
    };
    assert_eq!((share(1).0.as_str(), share(2).0.as_str()), ("1", "0"));
    assert_eq!(share(1).1, share(2).1);
    let asked: usize = share(1).1.replace('.', "").parse().expect("a number");
    assert!(asked > 60, "the communes and departments of a province: {asked}");
    let link = |at: usize| {
        let path = page.split("/hoat-dong/dinh-huong/chua-thuc-hien?").nth(at).and_then(|rest| rest.split('"').next());
        format!(
            "/hoat-dong/dinh-huong/chua-thuc-hien?{}",
            path.expect("a link").replace("&#38;", "&").replace("&amp;", "&")
        )
    };
    let idle = department.get(&link(1)).await.expect(200);
    idle.says(&format!("{} trong {asked} đơn vị", asked - 1)).says("trang=2").says("/hoat-dong?cq=");
    let list = department.get(&format!("{}&trang=2", link(1))).await.expect(200).text();
    assert!(list.contains("‹ Trước"));
    // A commune sees only itself.
    let own = person.get("/hoat-dong/dinh-huong?quy=20264").await.expect(200).text();
    assert!(own.contains(">1/1<") && own.contains(">0/1<"));
    person.get("/hoat-dong/dinh-huong/chua-thuc-hien?quy=20264&noi_dung=x").await.expect(404);
    person.get("/hoat-dong/moi").await.expect(200).says("Luật Đất đai năm 2024").says("Quý IV năm 2026");
    // The day that is typed decides, not today: when it changes, when a form comes back, when an activity is changed.
    let told = |page: testkit::Answer| page.text().contains("Luật Đất đai năm 2024");
    assert!(!told(person.get("/hoat-dong/moi?ngay=30/09/2026").await.expect(200).says("value=\"30/09/2026\"")));
    assert!(told(person.get("/hoat-dong/moi?ngay=01%2F10%2F2026").await.expect(200)));
    assert!(told(person.get("/hoat-dong/moi?ngay=hom+qua").await.expect(200)));
    assert!(!told(person.post("/hoat-dong/moi", &entry(&owner, "", "30/09/2026", "20")).await.expect(422)));
    let path = record(&mut person, &entry(&owner, "Ngày hội pháp luật", "15/08/2026", "20")).await;
    assert!(!told(person.get(&format!("{path}/sua")).await.expect(200)));
    app.end().await;
}
