//! Who sits in a coordination council.

use kernel::Role;
use records::agencies::directory;
use testkit::TestApp;

use super::day;

/// The class "Hội đồng phối hợp PBGDPL tỉnh và các thành viên".
const CLASS: &str = "class:hoi-dong-pbgdpl";

fn member<'a>(person: &'a str, agency: &'a str, from: &'a str, until: &'a str) -> [(&'a str, &'a str); 7] {
    [
        ("nguoi", person),
        ("co_quan", agency),
        ("chuc_vu", "Phó Giám đốc"),
        ("tu_cach", "Ủy viên"),
        ("tu_ngay", from),
        ("den_ngay", until),
        ("can_cu", "Quyết định số 77/QĐ-UBND ngày 20/02/2026 của Chủ tịch Ủy ban nhân dân tỉnh"),
    ]
}

#[tokio::test]
async fn members_that_were_entered_are_those_that_the_phrase_means_on_the_day() {
    let app = TestApp::new().await;
    app.province("20").await;
    let committee = app.agency_by_code("p20/ubnd").await;
    let (council, justice) = (app.agency_by_code("p20/hdpbgdpl").await, app.agency_by_code("p20/so-tu-phap").await);
    let mut secretary = app.person("thu-ky", Role::Secretariat, committee).await;
    let page = format!("/co-quan/{council}/thanh-vien");
    secretary.get(&page).await.expect(200).says("Cơ quan tạm tính").says("Sở Tư pháp");
    let (before, after) = (day("2026-02-28"), day("2026-03-01"));
    let assumed = directory(&app.app).await.expect("a directory").members(CLASS, committee, after);
    assert!(assumed.len() > 5, "{assumed:?}");

    let name = "Sở Tư pháp tỉnh Lạng Sơn";
    let wrong = member("Nguyễn Thị Mẫu", "Sở Không Có", "01/03/2026", "28/02/2026");
    secretary.post(&page, &wrong).await.expect(422).says("từ ngày bắt đầu trở đi").says("Sở Không Có");
    secretary.post(&page, &member("Nguyễn Thị Mẫu", name, "01/03/2026", "")).await.expect(303);
    let twice = member("Nguyễn Thị Mẫu", name, "05/03/2026", "");
    secretary.post(&page, &twice).await.expect(422).says("đã có trong danh sách");
    secretary.get(&page).await.expect(200).says("Thành viên: 1").says("Nguyễn Thị Mẫu").says("Phó Giám đốc");
    let dir = directory(&app.app).await.expect("a directory");
    let mut now = dir.members(CLASS, committee, after);
    now.sort();
    let mut expected = [council, justice];
    expected.sort();
    assert_eq!(now, expected, "the council and those entered");
    assert_eq!(dir.members(CLASS, committee, before).len(), assumed.len(), "before anybody was entered");

    // Ended, the person is a member of the past; deleted, nobody ever was.
    let text = secretary.get(&page).await.text();
    let (_, rest) = text.split_once("/co-quan/thanh-vien/").expect("a form");
    let seat = format!("/co-quan/thanh-vien/{}", &rest[..36]);
    secretary.post(&format!("{seat}/ket-thuc"), &[("den_ngay", "01/02/2026")]).await.expect(422);
    secretary.post(&format!("{seat}/ket-thuc"), &[("den_ngay", "31/10/2026")]).await.expect(303);
    secretary.get(&page).await.expect(200).says("Thời gian khác").says("31/10/2026").says("Cơ quan tạm tính");
    secretary.get(&format!("{page}?ngay=31/10/2026")).await.expect(200).says("Thành viên: 1");
    secretary.post(&format!("{seat}/xoa"), &[]).await.expect(303);
    assert!(!secretary.get(&page).await.text().contains("Nguyễn Thị Mẫu"));
    app.end().await;
}

#[tokio::test]
async fn only_a_council_has_members_and_only_those_above_it_enter_them() {
    let app = TestApp::new().await;
    app.province("20").await;
    let council = app.agency_by_code("p20/hdpbgdpl").await;
    let justice = app.agency_by_code("p20/so-tu-phap").await;
    let mut local = app.person("quan-tri-so", Role::Administrator, justice).await;
    local.get(&format!("/co-quan/{justice}/thanh-vien")).await.expect(404);
    local.get(&format!("/co-quan/{council}")).await.expect(200).says("Thành viên Hội đồng");
    let seat = member("Nguyễn Thị Mẫu", "Sở Tư pháp tỉnh Lạng Sơn", "01/03/2026", "");
    local.post(&format!("/co-quan/{council}/thanh-vien"), &seat).await.expect(404);
    let mut viewer = app.person("xem", Role::Viewer, justice).await;
    viewer.get(&format!("/co-quan/{council}/thanh-vien")).await.expect(200);
    viewer.post(&format!("/co-quan/{council}/thanh-vien"), &seat).await.expect(403);
    app.end().await;
}
