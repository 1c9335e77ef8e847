//! Signing in and out.

use kernel::{Clock, Role};
use testkit::{PASSWORD, TestApp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn a_session_begins_with_the_right_password_and_ends_on_signing_out() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha", Role::Secretariat, agency).await;
    person.get("/con-day").await.expect(204);
    person.post("/dang-xuat", &[]).await.expect(303);
    let away = person.get("/con-day").await.expect(303);
    assert_eq!(away.location(), "/dang-nhap?tiep=/con-day");
    app.end().await;
}

#[tokio::test]
async fn a_session_tells_from_where_it_was_begun() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    app.person("ha", Role::Secretariat, agency).await;
    // Over a connection of its own: nobody else knows who is at its other end.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (site, _) = platform::web::front(&app.app, false).expect("the site");
    tokio::spawn(async move { axum::serve(listener, site).await });
    let form = format!("login=ha&password={PASSWORD}");
    let origin = &app.app.config.server.public_url;
    let request = format!(
        "POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let of_here = "SELECT COUNT(*) FROM sessions WHERE address = '127.0.0.1'";
    assert_eq!(store::scalar(app.app.db.read(), of_here, vec![]).await.expect("a count"), 1);
    app.end().await;
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    app.person("ha", Role::Secretariat, agency).await;
    let mut stranger = app.anonymous();
    for _ in 0..5 {
        stranger.post("/dang-nhap", &[("login", "ha"), ("password", "sai")]).await.expect(422).says("không đúng");
    }
    stranger.post("/dang-nhap", &[("login", "ha"), ("password", PASSWORD)]).await.expect(422).says("tạm khóa");
    app.clock.advance_seconds(16 * 60);
    stranger.post("/dang-nhap", &[("login", "ha"), ("password", PASSWORD)]).await.expect(303);
    app.end().await;
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_answered_like_a_wrong_password() {
    let app = TestApp::new().await;
    let answer = app.anonymous().post("/dang-nhap", &[("login", "ai-do"), ("password", "gì-đó")]).await;
    answer.expect(422).says("Tên đăng nhập hoặc mật khẩu không đúng.");
    app.end().await;
}

#[tokio::test]
async fn an_idle_session_locks() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha", Role::Secretariat, agency).await;
    app.clock.advance_seconds(14 * 60);
    person.get("/con-day").await.expect(204);
    app.clock.advance_seconds(17 * 60);
    let locked = person.get("/tai-khoan?q=nga").await.expect(303);
    assert_eq!(locked.location(), "/dang-nhap?khoa=lau&tiep=/tai-khoan%3Fq%3Dnga");
    let page = person.get(locked.location()).await.expect(200).says("không có thao tác nào trong 15 phút");
    assert!(page.text().contains("value=\"/tai-khoan?q=nga\"") && !page.text().contains("chưa được lưu"));
    // A form that was sent too late is said to be lost, and the way back leads to its page.
    let form = [("referer", "http://127.0.0.1:8080/tai-khoan-cua-toi")];
    let lost = person.ask("POST", "/tai-khoan-cua-toi/phien-khac/ket-thuc", &form).await.expect(303);
    assert_eq!(lost.location(), "/dang-nhap?khoa=lau&mat=1&tiep=/tai-khoan-cua-toi");
    person.get(lost.location()).await.says("Nội dung vừa điền chưa được lưu");
    // Who only wanted to leave has lost nothing.
    assert_eq!(person.post("/dang-xuat", &[]).await.expect(303).location(), "/dang-nhap");
    // A piece of a page does not get the sign-in page put into it.
    let piece = [("hx-request", "true"), ("referer", "http://127.0.0.1:8080/tai-khoan")];
    let piece = person.ask("GET", "/con-day", &piece).await.expect(200);
    assert_eq!(piece.headers.get("hx-redirect").expect("a way"), "/dang-nhap?khoa=lau&tiep=/tai-khoan");
    let back = [("login", "ha"), ("password", PASSWORD), ("next", "/tai-khoan?q=nga")];
    assert_eq!(person.post("/dang-nhap", &back).await.expect(303).location(), "/tai-khoan?q=nga");
    app.end().await;
}

#[tokio::test]
async fn the_audit_trail_is_sealed_and_shows_any_change() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    app.person("ha", Role::Secretariat, agency).await;
    app.run_jobs().await;
    let (_, entries) = platform::audit::verify(&app.app.db).await.expect("an intact trail");
    assert!(entries >= 2);
    let tx = app.app.db.begin().await.expect("a transaction");
    store::exec(&*tx, "UPDATE audit SET actor_name = 'ai đó'", vec![]).await.expect("a change");
    tx.commit().await.expect("commit");
    platform::audit::verify(&app.app.db).await.expect_err("a change that shows");
    app.end().await;
}

#[tokio::test]
async fn one_line_changed_or_taken_out_of_the_trail_is_found_by_its_seal() {
    let one = "(SELECT MIN(CAST(a.id AS TEXT)) FROM audit a WHERE a.seal = 2)";
    for change in [
        format!("UPDATE audit SET detail = '{{}}' WHERE CAST(id AS TEXT) = {one}"),
        format!("DELETE FROM audit WHERE CAST(id AS TEXT) = {one}"),
        "DELETE FROM audit_seals WHERE seal = 2".to_owned(),
    ] {
        let app = TestApp::new().await;
        let agency = app.agency("Sở Tư pháp", None).await;
        for login in ["ha", "minh", "nga"] {
            app.person(login, Role::Secretariat, agency).await;
            platform::audit::seal(&app.app.db, app.clock.now()).await.expect("a seal");
        }
        assert_eq!(platform::audit::verify(&app.app.db).await.expect("an intact trail").0, 3);
        let tx = app.app.db.begin().await.expect("a transaction");
        let changed = store::exec(&*tx, &change, vec![]).await.expect("a change");
        tx.commit().await.expect("commit");
        let error = platform::audit::verify(&app.app.db).await.expect_err(&change).to_string();
        assert!(changed == 1 && error.contains("niêm phong số"), "{changed}, {error}");
        app.end().await;
    }
}

#[tokio::test]
async fn behind_a_tls_proxy_every_cookie_is_secure_and_the_last_forwarded_address_counts() {
    let app = TestApp::with(|config| {
        config.server.public_url = "https://lantoa.example.vn".into();
        config.server.behind_proxy = true;
    })
    .await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut person = app.person("ha.hoang", Role::Viewer, agency).await;
    person.header("x-forwarded-for", "203.0.113.9");
    person.header("x-forwarded-for", "198.51.100.4, 192.0.2.77");
    let language = person.get("/ngon-ngu/en").await.expect(303);
    let signed_in = person.post("/dang-nhap", &[("login", "ha.hoang"), ("password", PASSWORD)]).await.expect(303);
    let left = person.post("/tai-khoan-cua-toi/phien-khac/ket-thuc", &[]).await.expect(303);
    let page = person.get("/tai-khoan-cua-toi").await.expect(200);
    assert!(page.text().contains("192.0.2.77") && !page.text().contains("203.0.113.9"), "{}", page.text());
    let mut cookies = 0;
    for answer in [&language, &signed_in, &left, &page] {
        assert!(answer.headers.contains_key("strict-transport-security"));
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("text");
            assert_eq!(cookie.matches("; Secure").count(), 1, "{cookie}");
            cookies += 1;
        }
    }
    assert!(cookies >= 4, "{cookies} cookies were set");
    app.end().await;
}
