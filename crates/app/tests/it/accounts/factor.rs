//! The second factor.

use kernel::{Clock, Role};
use records::accounts::totp;
use testkit::{Client, PASSWORD, TestApp};

fn secret_on(page: &str) -> String {
    let (_, rest) = page.split_once("id=\"key\">").expect("a secret");
    rest.split_once('<').expect("an end").0.replace(' ', "")
}

pub(crate) async fn switch_on(app: &TestApp, person: &mut Client) -> String {
    let page = person.get("/xac-thuc-hai-buoc").await.expect(200).says("<svg");
    let secret = secret_on(&page.text());
    let code = totp::code(&secret, app.clock.now()).expect("a code");
    person.post("/xac-thuc-hai-buoc", &[("password", "sai"), ("code", &code)]).await.expect(422);
    person.post("/xac-thuc-hai-buoc", &[("password", PASSWORD), ("code", "000000")]).await.expect(422);
    person.post("/xac-thuc-hai-buoc", &[("password", PASSWORD), ("code", &code)]).await.expect(303);
    secret
}

#[tokio::test]
async fn signing_in_asks_for_a_code_that_works_once_and_nothing_opens_before() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha.hoang", Role::Secretariat, agency).await;
    let secret = switch_on(&app, &mut person).await;
    app.clock.advance_seconds(30);
    person.sign_in("ha.hoang", PASSWORD).await;
    let before = person.session().expect("a session");
    for path in ["/tai-khoan", "/tai-khoan-cua-toi", "/doi-mat-khau", "/xac-thuc-hai-buoc", "/con-day"] {
        assert_eq!(person.get(path).await.expect(303).location(), "/ma-xac-thuc");
    }
    let change = [("old", PASSWORD), ("password", "Mat-khau-khac-han-9"), ("again", "Mat-khau-khac-han-9")];
    assert_eq!(person.post("/doi-mat-khau", &change).await.expect(303).location(), "/ma-xac-thuc");
    person.get("/ma-xac-thuc").await.expect(200);
    person.post("/ma-xac-thuc", &[("code", "000000")]).await.expect(422);
    let code = totp::code(&secret, app.clock.now()).expect("a code");
    person.post("/ma-xac-thuc", &[("code", &code)]).await.expect(303);
    person.get("/tai-khoan").await.expect(200);
    assert_ne!(person.session().expect("a session"), before, "a token from before the second factor");
    let mut thief = app.anonymous();
    thief.set_session(&before);
    thief.get("/con-day").await.expect(303);
    // The page in hand before signing in is the one after the code.
    let mut back = app.anonymous();
    let fields = [("login", "ha.hoang"), ("password", PASSWORD), ("next", "/tai-khoan?q=nga")];
    let step = back.post("/dang-nhap", &fields).await.expect(303);
    assert_eq!(step.location(), "/ma-xac-thuc?tiep=/tai-khoan%3Fq%3Dnga");
    back.get(step.location()).await.expect(200).says("value=\"/tai-khoan?q=nga\"");
    app.clock.advance_seconds(30);
    let next = totp::code(&secret, app.clock.now()).expect("a code");
    let fields = [("code", next.as_str()), ("next", "/tai-khoan?q=nga")];
    assert_eq!(back.post("/ma-xac-thuc", &fields).await.expect(303).location(), "/tai-khoan?q=nga");
    // The same code again, within its half minute.
    let mut second = app.anonymous();
    second.sign_in("ha.hoang", PASSWORD).await;
    second.post("/ma-xac-thuc", &[("code", &next)]).await.expect(422).says("đã dùng");
    app.end().await;
}

#[tokio::test]
async fn five_wrong_codes_lock_the_account_even_with_the_right_password_between() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha.hoang", Role::Secretariat, agency).await;
    let secret = switch_on(&app, &mut person).await;
    // Two failures while it was set up: one password, and a code that is counted only at sign-in.
    app.clock.advance_seconds(60);
    let mut guesser = app.anonymous();
    for _ in 0..5 {
        guesser.sign_in("ha.hoang", PASSWORD).await;
        guesser.post("/ma-xac-thuc", &[("code", "000000")]).await;
        if guesser.post("/dang-nhap", &[("login", "ha.hoang"), ("password", PASSWORD)]).await.status == 422 {
            break;
        }
    }
    let answer = guesser.post("/dang-nhap", &[("login", "ha.hoang"), ("password", PASSWORD)]).await;
    answer.expect(422).says("tạm khóa");
    app.clock.advance_seconds(16 * 60);
    guesser.sign_in("ha.hoang", PASSWORD).await;
    let code = totp::code(&secret, app.clock.now()).expect("a code");
    guesser.post("/ma-xac-thuc", &[("code", &code)]).await.expect(303);
    app.end().await;
}

#[tokio::test]
async fn administrators_must_have_one_and_cannot_switch_it_off() {
    let app = TestApp::with(|config| config.access.administrator_totp = true).await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut admin = app.person("quantri", Role::Administrator, agency).await;
    assert_eq!(admin.get("/tai-khoan").await.expect(303).location(), "/xac-thuc-hai-buoc");
    let secret = switch_on(&app, &mut admin).await;
    admin.get("/tai-khoan").await.expect(200);
    app.clock.advance_seconds(30);
    let code = totp::code(&secret, app.clock.now()).expect("a code");
    let fields = [("password", PASSWORD), ("code", code.as_str())];
    admin.post("/xac-thuc-hai-buoc/tat", &fields).await.expect(409).says("phải dùng");
    app.end().await;
}

#[tokio::test]
async fn a_reset_by_the_superior_recovers_an_account_whose_telephone_is_lost() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    let commune = app.agency("UBND xã Suối Mây", Some(province)).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    let mut person = app.person("inh.lo", Role::FocalPoint, commune).await;
    switch_on(&app, &mut person).await;
    let id = super::id_of(&app, "inh.lo").await;
    let code = super::code_on(&admin.post(&format!("/tai-khoan/{id}/cap-lai-phieu"), &[]).await.expect(200));
    let new = super::password(1);
    let fields = [("code", code.as_str()), ("password", new.as_str()), ("again", new.as_str())];
    person.post("/kich-hoat", &fields).await.expect(303);
    person.get("/tai-khoan-cua-toi").await.expect(200).says("chưa bật");
    app.end().await;
}

#[tokio::test]
async fn it_is_switched_off_with_password_and_code() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha.hoang", Role::Secretariat, agency).await;
    let secret = switch_on(&app, &mut person).await;
    app.clock.advance_seconds(60);
    let code = totp::code(&secret, app.clock.now()).expect("a code");
    person.post("/xac-thuc-hai-buoc/tat", &[("password", PASSWORD), ("code", "1")]).await.expect(422);
    person.post("/xac-thuc-hai-buoc/tat", &[("password", PASSWORD), ("code", &code)]).await.expect(303);
    app.anonymous().sign_in("ha.hoang", PASSWORD).await;
    app.end().await;
}

#[tokio::test]
async fn the_secret_is_sealed_in_the_database_before_and_after_it_is_confirmed() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha.hoang", Role::Secretariat, agency).await;
    let offered = secret_on(&person.get("/xac-thuc-hai-buoc").await.expect(200).text());
    assert_eq!(
        secret_on(&person.get("/xac-thuc-hai-buoc").await.expect(200).text()),
        offered,
        "the same until confirmed"
    );
    for (column, on) in [("totp_pending", false), ("totp_secret", true)] {
        if on {
            switch_on(&app, &mut person).await;
        }
        let sql = format!("SELECT COUNT(*) FROM users WHERE {column} LIKE $1");
        for (like, expected) in [("sealed-v1:%".to_owned(), 1), (format!("%{}%", &offered[..8]), 0)] {
            let count = store::scalar(app.app.db.read(), &sql, vec![like.clone().into()]).await.expect("a count");
            assert_eq!(count, expected, "{column} like {like}");
        }
    }
    app.end().await;
}
