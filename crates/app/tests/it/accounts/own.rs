//! One's own account: sessions.

use kernel::Role;
use testkit::{PASSWORD, TestApp};

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one_or_all_but_this() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha.hoang", Role::Viewer, agency).await;
    let mut other = app.person("khac.nguoi", Role::Viewer, agency).await;
    let (mut second, mut third) = (app.anonymous(), app.anonymous());
    second.sign_in("ha.hoang", PASSWORD).await;
    let page = person.get("/tai-khoan-cua-toi").await.expect(200).says("phiên này").text();
    let (_, rest) = page.split_once("/tai-khoan-cua-toi/phien/").expect("another session");
    let path = format!("/tai-khoan-cua-toi/phien/{}/ket-thuc", &rest[..36]);
    other.post(&path, &[]).await.expect(404);
    person.post(&path, &[]).await.expect(303);
    second.get("/con-day").await.expect(303);
    third.sign_in("ha.hoang", PASSWORD).await;
    person.post("/tai-khoan-cua-toi/phien-khac/ket-thuc", &[]).await.expect(303);
    third.get("/con-day").await.expect(303);
    person.get("/con-day").await.expect(204);
    app.end().await;
}

#[tokio::test]
async fn locking_now_ends_the_session_and_leads_back_to_the_sign_in() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha.hoang", Role::Viewer, agency).await;
    let answer = person.post("/khoa-phien", &[]).await.expect(303);
    assert_eq!(answer.location(), "/dang-nhap?khoa=1&tiep=/");
    person.get("/con-day").await.expect(303);
    person.get("/dang-nhap?khoa=1&tiep=/").await.expect(200).says("Phiên đã khóa");
    app.end().await;
}
