//! The same event, entered by two agencies.

use kernel::{Role, Uuid};
use store::{FromQueryResult, one, scalar};
use testkit::TestApp;

use super::{entry, record};

const TITLE: &str = "Hội nghị giới thiệu Luật Đất đai cho phụ nữ";

#[derive(FromQueryResult)]
struct Place {
    unit_id: Uuid,
}

/// A province; a commune of it with its place, as forms name it.
async fn commune_with_place(app: &TestApp) -> (Uuid, String) {
    app.province("20").await;
    let commune = app.agency_by_code("c05977.2025/ubnd").await;
    let sql = "SELECT unit_id FROM agencies WHERE id = $1";
    let found: Option<Place> = one(app.app.db.read(), sql, vec![commune.into()]).await.expect("a query");
    (commune, found.expect("a place").unit_id.to_string())
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a count")
}

#[tokio::test]
async fn an_event_that_names_the_agency_as_partner_is_not_entered_twice() {
    let app = TestApp::new().await;
    let (commune, school) = (app.agency("UBND xã A", None).await, app.agency("Sở Giáo dục và Đào tạo", None).await);
    let stranger = app.agency("Sở Y tế", None).await;
    let mut first = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    let mut fields = entry(&owner, TITLE, "02/11/2026", "20");
    fields.push(("phoi_hop", "Sở Giáo dục và Đào tạo"));
    let path = record(&mut first, &fields).await;
    let mut second = app.person("so", Role::FocalPoint, school).await;
    let owner = school.to_string();
    let mut again = entry(&owner, "Hội nghị giới thiệu Luật Đất đai", "03/11/2026", "20");
    let page = second.post("/hoat-dong/moi", &again).await.expect(422);
    page.says("Đơn vị đã được ghi là đơn vị phối hợp").says(&path).says("UBND xã A");
    // Who neither took part nor sees it is told nothing of it.
    let mut third = app.person("y-te", Role::FocalPoint, stranger).await;
    let other = stranger.to_string();
    third.post("/hoat-dong/moi", &entry(&other, TITLE, "02/11/2026", "20")).await.expect(303);
    let id = path.trim_start_matches("/hoat-dong/");
    third.post(&format!("/hoat-dong/{id}/phoi-hop"), &[("co_quan", &other)]).await.expect(404);
    // Another event on that day is another event.
    again.push(("van_luu", "1"));
    second.post("/hoat-dong/moi", &again).await.expect(303);
    app.end().await;
}

#[tokio::test]
async fn an_event_of_the_same_place_and_day_is_joined_instead_of_entered() {
    let app = TestApp::new().await;
    let (commune, place) = commune_with_place(&app).await;
    let justice = app.agency_by_code("p20/so-tu-phap").await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    let mut fields = entry(&owner, TITLE, "02/11/2026", "20");
    fields.push(("dia_ban", &place));
    let path = record(&mut person, &fields).await;
    let mut department = app.person("so", Role::FocalPoint, justice).await;
    let own = justice.to_string();
    let mut again = entry(&own, "Hội nghị giới thiệu Luật Đất đai cho phụ nữ xã", "02/11/2026", "25");
    again.push(("dia_ban", &place));
    let page = department.post("/hoat-dong/moi", &again).await.expect(422).says("Tham gia phối hợp").text();
    assert!(page.contains(&format!("action=\"{path}/phoi-hop\"")));
    // Who is neither of that commune nor sees it is told nothing of it.
    let health = app.agency_by_code("p20/so-y-te").await;
    let mut stranger = app.person("y-te", Role::FocalPoint, health).await;
    let other = health.to_string();
    let mut theirs = entry(&other, TITLE, "02/11/2026", "25");
    theirs.push(("dia_ban", &place));
    record(&mut stranger, &theirs).await;
    stranger.post(&format!("{path}/phoi-hop"), &[("co_quan", &other)]).await.expect(404);
    super::super::reporting::way::change(&app, "UPDATE activities SET state = 'withdrawn' WHERE turns = 25").await;
    department.post(&format!("{path}/phoi-hop"), &[("co_quan", &own)]).await.expect(303);
    department.post(&format!("{path}/phoi-hop"), &[("co_quan", &own)]).await.expect(303);
    person.get(&path).await.expect(200).says("Sở Tư pháp");
    department.get("/hoat-dong?xem=phoi-hop").await.expect(200).says(TITLE);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM activities WHERE state = 'recorded'").await, 1);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM activity_partners").await, 1);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'activities.join'").await, 1);
    // From now on it is known as one in which it took part; its own cannot be joined.
    department.post("/hoat-dong/moi", &again).await.expect(422).says("Đơn vị đã được ghi là đơn vị phối hợp");
    person.post(&format!("{path}/phoi-hop"), &[("co_quan", &owner)]).await.expect(409);
    app.end().await;
}

#[tokio::test]
async fn a_file_joins_the_events_that_others_have_recorded() {
    let app = TestApp::new().await;
    let (commune, place) = commune_with_place(&app).await;
    let justice = app.agency_by_code("p20/so-tu-phap").await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let form = person.get("/hoat-dong/moi").await.expect(200).text();
    let chosen =
        form.split("\" selected>").nth(1).and_then(|rest| rest.split('<').next()).expect("a commune").to_owned();
    let owner = commune.to_string();
    let mut fields = entry(&owner, TITLE, "02/11/2026", "20");
    fields.push(("dia_ban", &place));
    let path = record(&mut person, &fields).await;
    let mut department = app.person("so", Role::FocalPoint, justice).await;
    let own = justice.to_string();
    let rows = format!(
        "Ngày;Loại;Tên hoạt động;Xã, phường;Số lượt người\n02/11/2026;tap-huan;{TITLE};{chosen};30\n05/11/2026;tap-huan;{TITLE};{chosen};30\n"
    );
    let file = [("tep", "hoat-dong.csv", rows.as_bytes())];
    let page = department.upload("/hoat-dong/nhap", &[("co_quan", &own)], &file).await.expect(200);
    let page = page.says("đơn vị khác đã ghi").says(&path).says("Tham gia phối hợp ở các hoạt động").text();
    let kept = page.split("name=\"tep\" value=\"").nth(1).and_then(|rest| rest.get(..64)).expect("a file").to_owned();
    let confirm = [("co_quan", own.as_str()), ("tep", kept.as_str()), ("phoi_hop", "1")];
    department.post("/hoat-dong/nhap/ghi", &confirm).await.expect(303);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM activities").await, 2);
    department.get(&path).await.expect(200).says("phối hợp, không tính cho đơn vị mình");
    app.end().await;
}

#[tokio::test]
async fn a_commune_is_told_of_what_a_department_recorded_at_its_place() {
    let app = TestApp::new().await;
    let (commune, place) = commune_with_place(&app).await;
    let health = app.agency_by_code("p20/so-y-te").await;
    let mut department = app.person("y-te", Role::FocalPoint, health).await;
    let own = health.to_string();
    let mut fields = entry(&own, TITLE, "02/11/2026", "40");
    fields.push(("dia_ban", &place));
    let path = record(&mut department, &fields).await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    person.get(&path).await.expect(404);
    let owner = commune.to_string();
    let mut again = entry(&owner, TITLE, "02/11/2026", "41");
    again.push(("dia_ban", &place));
    // Its title, owner and day, nothing else, and no way to open it.
    let page = person.post("/hoat-dong/moi", &again).await.expect(422).says(TITLE).says("Sở Y tế").text();
    assert!(!page.contains(&format!("href=\"{path}\"")) && !page.contains("40 lượt người"));
    assert!(page.contains(&format!("action=\"{path}/phoi-hop\"")));
    // Another commune is told nothing and joins nothing.
    let mut elsewhere = app.person("xa-khac", Role::FocalPoint, app.agency_by_code("c05986.2025/ubnd").await).await;
    let neighbour = app.agency_by_code("c05986.2025/ubnd").await.to_string();
    elsewhere.post(&format!("{path}/phoi-hop"), &[("co_quan", &neighbour)]).await.expect(404);
    let rows = format!("Ngày;Loại;Tên hoạt động;Số lượt người\n02/11/2026;tap-huan;{TITLE};30\n");
    let file = [("tep", "hoat-dong.csv", rows.as_bytes())];
    let page = person.upload("/hoat-dong/nhap", &[("co_quan", &owner)], &file).await.expect(200);
    let page = page.says("đơn vị khác đã ghi").text();
    assert!(!page.contains(&format!("href=\"{path}\"")));
    let page = elsewhere.upload("/hoat-dong/nhap", &[("co_quan", &neighbour)], &file).await.expect(200).text();
    assert!(!page.contains("đơn vị khác đã ghi"));
    person.post(&format!("{path}/phoi-hop"), &[("co_quan", &owner)]).await.expect(303);
    person.get(&path).await.expect(200).says("phối hợp, không tính cho đơn vị mình");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM activities").await, 1);
    app.end().await;
}
