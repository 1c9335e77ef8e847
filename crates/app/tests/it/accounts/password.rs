//! Changing one's password.

use kernel::Role;
use testkit::{PASSWORD, TestApp};

use super::password;

#[tokio::test]
async fn a_change_asks_for_the_old_password_ends_other_sessions_and_refuses_the_last_ten() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha.hoang", Role::Viewer, agency).await;
    let mut elsewhere = app.anonymous();
    elsewhere.sign_in("ha.hoang", PASSWORD).await;
    let change = async |person: &mut testkit::Client, old: &str, new: &str| {
        person.post("/doi-mat-khau", &[("old", old), ("password", new), ("again", new)]).await
    };
    change(&mut person, "sai", &password(0)).await.expect(422).says("hiện tại không đúng");
    change(&mut person, PASSWORD, PASSWORD).await.expect(422).says("10 lần gần nhất");
    change(&mut person, PASSWORD, &password(0)).await.expect(303);
    person.get("/tai-khoan-cua-toi").await.expect(200);
    elsewhere.get("/tai-khoan-cua-toi").await.expect(303);
    for number in 1..=9 {
        change(&mut person, &password(number - 1), &password(number)).await.expect(303);
    }
    change(&mut person, &password(9), &password(0)).await.expect(422);
    change(&mut person, &password(9), PASSWORD).await.expect(303);
    app.end().await;
}

#[tokio::test]
async fn an_administrator_changes_the_password_every_two_months() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut admin = app.person("quantri", Role::Administrator, agency).await;
    let mut person = app.person("ha.hoang", Role::Secretariat, agency).await;
    app.clock.advance_seconds(59 * 86_400);
    admin.sign_in("quantri", PASSWORD).await;
    admin.get("/tai-khoan").await.expect(200);
    app.clock.advance_seconds(2 * 86_400);
    admin.sign_in("quantri", PASSWORD).await;
    assert_eq!(admin.get("/tai-khoan").await.expect(303).location(), "/doi-mat-khau");
    admin.get("/doi-mat-khau").await.expect(200).says("đã dùng quá 60 ngày");
    let new = password(1);
    admin.post("/doi-mat-khau", &[("old", PASSWORD), ("password", &new), ("again", &new)]).await.expect(303);
    admin.get("/tai-khoan").await.expect(200);
    person.sign_in("ha.hoang", PASSWORD).await;
    person.get("/tai-khoan").await.expect(200);
    app.end().await;
}

#[tokio::test]
async fn a_password_that_must_be_changed_opens_nothing_else() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha.hoang", Role::Secretariat, agency).await;
    let tx = app.app.db.begin().await.expect("a transaction");
    store::exec(&*tx, "UPDATE users SET must_change = $1", vec![true.into()]).await.expect("a change");
    tx.commit().await.expect("commit");
    assert_eq!(person.get("/tai-khoan").await.expect(303).location(), "/doi-mat-khau");
    assert_eq!(person.get("/xac-thuc-hai-buoc").await.expect(303).location(), "/doi-mat-khau");
    let new = password(1);
    person.post("/doi-mat-khau", &[("old", PASSWORD), ("password", &new), ("again", &new)]).await.expect(303);
    person.get("/tai-khoan").await.expect(200);
    app.end().await;
}
