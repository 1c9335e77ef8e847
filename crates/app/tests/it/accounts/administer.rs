//! Lists, details, closing and opening, by whom and over whom.

use kernel::Role;
use testkit::{PASSWORD, TestApp};

use super::{code_on, id_of, password};

#[tokio::test]
async fn the_list_is_found_with_and_without_tone_marks_and_narrowed() {
    let app = TestApp::new().await;
    let (province, commune) = two(&app).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    for (login, name) in [("pao.vang", "Vàng Seo Páo"), ("nga.ha", "Hà Thị Nga")] {
        let fields = [("login", login), ("name", name), ("agency", "UBND xã Suối Mây"), ("role", "focal_point")];
        admin.post("/tai-khoan/moi", &fields).await.expect(200).says(login);
    }
    let found = admin.get("/tai-khoan?q=v%C3%A0ng+p%C3%A1o").await.expect(200).says("Vàng Seo Páo");
    assert!(!found.text().contains("Hà Thị Nga"));
    admin.get("/tai-khoan?q=vang+pao").await.says("Vàng Seo Páo");
    admin.get("/tai-khoan?q=suoi+may").await.says("Vàng Seo Páo").says("Hà Thị Nga");
    let active = admin.get("/tai-khoan?tt=active").await.expect(200);
    assert!(!active.text().contains("Vàng Seo Páo"));
    admin.get(&format!("/tai-khoan?cq={commune}&vt=focal_point")).await.says("Hà Thị Nga");
    admin.get("/tai-khoan?q=khong-co-ai").await.says("Không có tài khoản nào khớp");
    let export = admin.get("/tai-khoan/xuat?q=vang").await.expect(200);
    let rows = press::read_rows(&export.body).expect("a workbook");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1][0], "Vàng Seo Páo");
    app.end().await;
}

async fn two(app: &TestApp) -> (kernel::Uuid, kernel::Uuid) {
    let province = app.agency("UBND tỉnh", None).await;
    let commune = app.agency("UBND xã Suối Mây", Some(province)).await;
    (province, commune)
}

#[tokio::test]
async fn an_account_of_another_agency_does_not_exist_for_its_administrator() {
    let app = TestApp::new().await;
    let (province, commune) = two(&app).await;
    let other = app.agency("UBND xã Khuổi Nọi", Some(province)).await;
    app.person("inh.lo", Role::FocalPoint, commune).await;
    let mut foreign = app.person("quantri.kn", Role::Administrator, other).await;
    let id = id_of(&app, "inh.lo").await;
    foreign.get(&format!("/tai-khoan/{id}")).await.expect(404);
    for verb in ["khoa", "mo-khoa", "cap-lai-phieu", "sua", "vai-tro", "ban-giao"] {
        foreign.post(&format!("/tai-khoan/{id}/{verb}"), &[]).await.expect(404);
    }
    assert!(!foreign.get("/tai-khoan").await.expect(200).text().contains("inh.lo"));
    app.end().await;
}

#[tokio::test]
async fn closing_an_account_ends_its_sessions_and_opening_lets_it_in_again() {
    let app = TestApp::new().await;
    let (province, commune) = two(&app).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    let mut person = app.person("inh.lo", Role::FocalPoint, commune).await;
    let id = id_of(&app, "inh.lo").await;
    admin.post(&format!("/tai-khoan/{id}/khoa"), &[]).await.expect(303);
    let closed = admin.get(&format!("/tai-khoan/{id}")).await.expect(200).says("phải mở khóa trước");
    assert!(closed.text().contains("/mo-khoa") && !closed.text().contains("/cap-lai-phieu"));
    person.get("/tai-khoan-cua-toi").await.expect(303);
    person.post("/dang-nhap", &[("login", "inh.lo"), ("password", PASSWORD)]).await.expect(422);
    admin.post(&format!("/tai-khoan/{id}/mo-khoa"), &[]).await.expect(303);
    person.sign_in("inh.lo", PASSWORD).await;
    app.end().await;
}

#[tokio::test]
async fn the_last_administrator_is_neither_closed_nor_stripped_nor_closed_for_want_of_use() {
    let app = TestApp::new().await;
    let (province, commune) = two(&app).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    let mut second = app.person("quantri2", Role::Administrator, province).await;
    app.person("inh.lo", Role::FocalPoint, commune).await;
    let (first_id, second_id) = (id_of(&app, "quantri").await, id_of(&app, "quantri2").await);
    admin.post(&format!("/tai-khoan/{first_id}/khoa"), &[]).await.expect(409).says("của mình");
    admin.post(&format!("/tai-khoan/{second_id}/khoa"), &[]).await.expect(303);
    second.get("/tai-khoan").await.expect(303);
    // Now the first is the last one: not even the program's own permit removes him.
    let everything = kernel::Permit::system();
    let id = first_id.parse().expect("an id");
    let refused = records::accounts::service::people::disable(&app.app, &everything, id).await;
    assert!(matches!(refused, Err(kernel::Error::Conflict(_))), "{refused:?}");
    app.clock.advance_seconds(46 * 86_400);
    app.run_jobs().await;
    admin.sign_in("quantri", PASSWORD).await;
    admin.get("/tai-khoan?tt=disabled").await.says("quantri2").says("inh.lo");
    app.end().await;
}

#[tokio::test]
async fn whoever_holds_a_role_outside_is_not_closed_or_reset_from_below() {
    let app = TestApp::new().await;
    let (province, commune) = two(&app).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    let mut below = app.person("quantri.xa", Role::Administrator, commune).await;
    app.person("cao.cap", Role::Viewer, commune).await;
    let id = id_of(&app, "cao.cap").await;
    let fields = [("role", "administrator"), ("agency", "UBND tỉnh")];
    admin.post(&format!("/tai-khoan/{id}/vai-tro"), &fields).await.expect(303);
    below.get(&format!("/tai-khoan/{id}")).await.expect(200);
    for verb in ["khoa", "cap-lai-phieu"] {
        below.post(&format!("/tai-khoan/{id}/{verb}"), &[]).await.expect(409).says("ngoài phạm vi");
    }
    app.end().await;
}

#[tokio::test]
async fn a_superior_secretariat_resets_those_below_but_no_administrator_and_nobody_of_its_own() {
    let app = TestApp::new().await;
    let (province, commune) = two(&app).await;
    app.person("quantri", Role::Administrator, province).await;
    app.person("quantri.xa", Role::Administrator, commune).await;
    app.person("dong.nghiep", Role::Leader, province).await;
    let mut person = app.person("inh.lo", Role::FocalPoint, commune).await;
    let mut secretary = app.person("thuky", Role::Secretariat, province).await;
    for login in ["quantri", "quantri.xa", "dong.nghiep"] {
        let id = id_of(&app, login).await;
        secretary.post(&format!("/tai-khoan/{id}/cap-lai-phieu"), &[]).await.expect(409);
        secretary.post(&format!("/tai-khoan/{id}/khoa"), &[]).await.expect(403);
    }
    let id = id_of(&app, "inh.lo").await;
    let code = code_on(&secretary.post(&format!("/tai-khoan/{id}/cap-lai-phieu"), &[]).await.expect(200));
    person.get("/tai-khoan-cua-toi").await.expect(303);
    person.post("/dang-nhap", &[("login", "inh.lo"), ("password", PASSWORD)]).await.expect(422);
    let new = password(1);
    let fields = [("code", code.as_str()), ("password", new.as_str()), ("again", new.as_str())];
    person.post("/kich-hoat", &fields).await.expect(303);
    person.get("/tai-khoan-cua-toi").await.expect(200);
    app.end().await;
}

#[tokio::test]
async fn details_are_corrected_and_what_is_wrong_is_said_by_field() {
    let app = TestApp::new().await;
    let (province, commune) = two(&app).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    app.person("inh.lo", Role::FocalPoint, commune).await;
    let id = id_of(&app, "inh.lo").await;
    admin.get(&format!("/tai-khoan/{id}/sua")).await.expect(200).says("UBND xã Suối Mây");
    let bad = [("name", ""), ("email", "x"), ("agency", "xã Suối May")];
    admin.post(&format!("/tai-khoan/{id}/sua"), &bad).await.expect(422).says("Hãy điền mục này").says("Địa chỉ thư");
    let good = [("name", "Lò Văn Inh"), ("phone", "0900000001"), ("agency", "ubnd xa suoi may")];
    admin.post(&format!("/tai-khoan/{id}/sua"), &good).await.expect(303);
    admin.get(&format!("/tai-khoan/{id}")).await.says("Lò Văn Inh").says("0900000001");
    let again = [("login", "inh.lo"), ("name", "X"), ("agency", "UBND xã Suối Mây"), ("role", "viewer")];
    admin.post("/tai-khoan/moi", &again).await.expect(422).says("đã có người dùng");
    app.end().await;
}

#[tokio::test]
async fn accounts_unused_for_forty_five_days_are_closed_by_themselves() {
    let app = TestApp::new().await;
    let (province, commune) = two(&app).await;
    app.person("inh.lo", Role::FocalPoint, commune).await;
    app.clock.advance_seconds(44 * 86_400);
    app.run_jobs().await;
    app.anonymous().sign_in("inh.lo", PASSWORD).await;
    app.clock.advance_seconds(46 * 86_400);
    app.run_jobs().await;
    app.anonymous().post("/dang-nhap", &[("login", "inh.lo"), ("password", PASSWORD)]).await.expect(422);
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    let id = id_of(&app, "inh.lo").await;
    admin.post(&format!("/tai-khoan/{id}/mo-khoa"), &[]).await.expect(303);
    app.clock.advance_seconds(86_400);
    app.run_jobs().await;
    app.anonymous().sign_in("inh.lo", PASSWORD).await;
    app.end().await;
}
