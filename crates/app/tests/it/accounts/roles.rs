//! Roles: granted, ended, handed over; nobody gets more than he may.

use kernel::Role;
use testkit::TestApp;

use super::id_of;

#[tokio::test]
async fn a_role_holds_from_its_first_to_its_last_day_over_several_agencies() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    let commune = app.agency("UBND xã Suối Mây", Some(province)).await;
    app.agency("UBND xã Khuổi Nọi", Some(province)).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    let mut person = app.person("inh.lo", Role::FocalPoint, commune).await;
    let id = id_of(&app, "inh.lo").await;
    let path = format!("/tai-khoan/{id}/vai-tro");
    let fields = [
        ("role", "secretariat"),
        ("agency", "UBND xã Khuổi Nọi"),
        ("from", "11/11/2026"),
        ("until", "12/11/2026"),
        ("note", "Làm thay"),
    ];
    admin.post(&path, &fields).await.expect(303);
    admin.post(&path, &fields).await.expect(422).says("đã giữ vai trò đó");
    person.get("/tai-khoan").await.expect(403);
    person.get("/tai-khoan-cua-toi").await.says("UBND xã Khuổi Nọi").says("12/11/2026");
    for (day, status) in [(11, 200), (12, 200), (13, 403)] {
        app.clock.set(chrono::NaiveDate::from_ymd_opt(2026, 11, day).expect("a date"));
        person.sign_in("inh.lo", testkit::PASSWORD).await;
        person.get("/tai-khoan").await.expect(status);
    }
    app.end().await;
}

#[tokio::test]
async fn nobody_grants_outside_his_agencies_nor_to_himself_nor_without_being_administrator() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    let commune = app.agency("UBND xã Suối Mây", Some(province)).await;
    let mut below = app.person("quantri.xa", Role::Administrator, commune).await;
    let mut secretary = app.person("thuky", Role::Secretariat, province).await;
    app.person("inh.lo", Role::FocalPoint, commune).await;
    let (id, own) = (id_of(&app, "inh.lo").await, id_of(&app, "quantri.xa").await);
    for agency in ["UBND tỉnh", &province.to_string()] {
        let fields = [("role", "viewer"), ("agency", agency)];
        below.post(&format!("/tai-khoan/{id}/vai-tro"), &fields).await.expect(422).says("phạm vi quản lý");
    }
    let fields = [("role", "administrator"), ("agency", "UBND xã Suối Mây")];
    below.post(&format!("/tai-khoan/{own}/vai-tro"), &fields).await.expect(409).says("chính mình");
    secretary.post(&format!("/tai-khoan/{id}/vai-tro"), &fields).await.expect(403);
    let new = [("login", "moi.nguoi"), ("name", "Người Mới"), ("agency", "UBND tỉnh"), ("role", "viewer")];
    below.post("/tai-khoan/moi", &new).await.expect(422);
    below
        .post(&format!("/tai-khoan/{id}/vai-tro"), &[("role", "vua"), ("agency", "UBND xã Suối Mây")])
        .await
        .expect(422);
    app.end().await;
}

#[tokio::test]
async fn an_ended_role_stays_in_the_history_and_the_last_administrators_cannot_end() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    let mut person = app.person("thuky", Role::Secretariat, province).await;
    let (own, id) = (id_of(&app, "quantri").await, id_of(&app, "thuky").await);
    let path = end_path(&admin.get(&format!("/tai-khoan/{id}")).await.text());
    admin.post(&path, &[("from", "")]).await.expect(303);
    person.get("/tai-khoan").await.expect(403);
    admin.get(&format!("/tai-khoan/{id}")).await.says("Vai trò đã thôi giữ");
    admin.post(&path, &[]).await.expect(409).says("đã kết thúc");
    let path = end_path(&admin.get(&format!("/tai-khoan/{own}")).await.text());
    admin.post(&path, &[]).await.expect(409).says("cuối cùng");
    app.end().await;
}

fn end_path(page: &str) -> String {
    let (_, rest) = page.split_once("vai-tro/").expect("a role");
    let (holding, _) = rest.split_once("/ket-thuc").expect("a button");
    let (_, user) = page.split_once("action=\"/tai-khoan/").expect("a form");
    format!("/tai-khoan/{}/vai-tro/{holding}/ket-thuc", &user[..36])
}

#[tokio::test]
async fn a_handover_moves_every_open_role_on_its_day_and_is_recorded_for_both() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    let commune = app.agency("UBND xã Suối Mây", Some(province)).await;
    let mut admin = app.person("quantri", Role::Administrator, province).await;
    let mut leaving = app.person("cu.nguoi", Role::Secretariat, commune).await;
    let mut successor = app.person("moi.nguoi", Role::Viewer, commune).await;
    let id = id_of(&app, "cu.nguoi").await;
    let path = format!("/tai-khoan/{id}/ban-giao");
    admin.get(&path).await.expect(200).says("Thư ký");
    admin.post(&path, &[("successor", "khong-co"), ("day", "32/1/2026")]).await.expect(422).says("Không có tên");
    admin.post(&path, &[("successor", "cu.nguoi"), ("day", "12/11/2026")]).await.expect(422).says("người khác");
    admin.post(&path, &[("successor", "moi.nguoi"), ("day", "12/11/2026")]).await.expect(303);
    leaving.get("/tai-khoan").await.expect(200);
    successor.get("/tai-khoan").await.expect(403);
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2026, 11, 12).expect("a date"));
    for (person, login, status) in [(&mut leaving, "cu.nguoi", 403), (&mut successor, "moi.nguoi", 200)] {
        person.sign_in(login, testkit::PASSWORD).await;
        person.get("/tai-khoan").await.expect(status);
    }
    admin.sign_in("quantri", testkit::PASSWORD).await;
    admin.get("/quan-tri/nhat-ky").await.says("bàn giao vai trò").says("nhận bàn giao vai trò");
    admin.get(&format!("/tai-khoan/{id}")).await.says("Bàn giao cho moi.nguoi");
    admin.post(&path, &[("successor", "moi.nguoi"), ("day", "12/11/2026")]).await.expect(409);
    app.end().await;
}
