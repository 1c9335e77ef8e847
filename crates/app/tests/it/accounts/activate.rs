//! Slips: used once, in time, with a good password.

use kernel::Role;
use testkit::TestApp;

use super::{code_on, id_of, password};

#[tokio::test]
async fn a_slip_works_once_within_thirty_days_with_a_password_by_the_rules() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut admin = app.person("quantri", Role::Administrator, agency).await;
    let fields = [("login", "nga.ha"), ("name", "Hà Thị Nga"), ("agency", "Sở Tư pháp"), ("role", "focal_point")];
    let code = code_on(&admin.post("/tai-khoan/moi", &fields).await.expect(200).says("09/12/2026"));
    let mut person = app.anonymous();
    person.get("/kich-hoat").await.expect(200);
    let typed = code.to_lowercase().replace('-', " ");
    for (bad, says) in
        [("ngắn", "ít nhất 14"), ("khong-co-chu-hoa-1", "chữ hoa"), ("Toi-La-Nga.Ha-2026", "tên đăng nhập")]
    {
        let fields = [("code", typed.as_str()), ("password", bad), ("again", bad)];
        person.post("/kich-hoat", &fields).await.expect(422).says(says);
    }
    let good = password(1);
    let fields = [("code", typed.as_str()), ("password", good.as_str()), ("again", "khác")];
    person.post("/kich-hoat", &fields).await.expect(422).says("không giống nhau");
    let fields = [("code", typed.as_str()), ("password", good.as_str()), ("again", good.as_str())];
    person.post("/kich-hoat", &fields).await.expect(303);
    person.get("/tai-khoan-cua-toi").await.expect(200).says("Đầu mối");
    app.anonymous().post("/kich-hoat", &fields).await.expect(422).says("đã dùng");
    app.anonymous().sign_in("nga.ha", &good).await;
    app.end().await;
}

#[tokio::test]
async fn a_slip_expires_and_a_new_one_takes_the_place_of_the_old() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut admin = app.person("quantri", Role::Administrator, agency).await;
    let fields = [("login", "nga.ha"), ("name", "Hà Thị Nga"), ("agency", "Sở Tư pháp"), ("role", "viewer")];
    let first = code_on(&admin.post("/tai-khoan/moi", &fields).await);
    let id = id_of(&app, "nga.ha").await;
    let second = code_on(&admin.post("/tai-khoan/phieu", &[("ids", id.as_str())]).await.expect(200));
    let good = password(1);
    let with = |code: &str| [("code", code.to_owned()), ("password", good.clone()), ("again", good.clone())];
    let mut person = app.anonymous();
    let fields = with(&first);
    person.post("/kich-hoat", &fields.each_ref().map(|(k, v)| (*k, v.as_str()))).await.expect(422);
    app.clock.advance_seconds(31 * 86_400);
    let fields = with(&second);
    person.post("/kich-hoat", &fields.each_ref().map(|(k, v)| (*k, v.as_str()))).await.expect(422).says("hết hạn");
    admin.sign_in("quantri", testkit::PASSWORD).await;
    admin.post("/tai-khoan/phieu", &[]).await.expect(422).says("Hãy chọn ít nhất một");
    app.end().await;
}

#[tokio::test]
async fn guessing_codes_is_stopped_after_twenty_attempts_from_an_address() {
    let app = TestApp::new().await;
    let mut guesser = app.anonymous();
    let fields = [("code", "AAAA-BBBB-CCCC"), ("password", "x"), ("again", "x")];
    for _ in 0..20 {
        guesser.post("/kich-hoat", &fields).await.expect(422);
    }
    guesser.post("/kich-hoat", &fields).await.expect(429).says("quá nhiều lần");
    guesser.post("/dang-nhap", &[("login", "ai"), ("password", "x")]).await.expect(429);
    app.clock.advance_seconds(60);
    guesser.post("/kich-hoat", &fields).await.expect(422);
    app.end().await;
}
