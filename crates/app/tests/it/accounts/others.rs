//! The sessions of somebody else: seen and ended by who may reset the person.

use kernel::Role;
use testkit::{PASSWORD, TestApp};

use super::id_of;

fn session_on(page: &str) -> String {
    let (_, rest) = page.split_once("/phien/").expect("a session");
    rest[..36].to_owned()
}

#[tokio::test]
async fn an_administrator_sees_where_a_person_is_signed_in_and_ends_one_or_all_and_both_are_recorded() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut admin = app.person("quantri", Role::Administrator, agency).await;
    let mut person = app.person("ha.hoang", Role::Viewer, agency).await;
    let mut elsewhere = app.anonymous();
    let path = format!("/tai-khoan/{}/phien", id_of(&app, "ha.hoang").await);
    let only = session_on(&admin.get(&path).await.expect(200).says("Phiên đăng nhập của ha.hoang").text());
    elsewhere.sign_in("ha.hoang", PASSWORD).await;
    admin.post(&format!("{path}/{only}/ket-thuc"), &[]).await.expect(303);
    let away = person.get("/con-day").await.expect(303);
    assert_eq!(away.location(), "/dang-nhap?khoa=het&tiep=/con-day");
    person.get(away.location()).await.expect(200).says("đã được kết thúc từ nơi khác");
    elsewhere.get("/con-day").await.expect(204);
    person.sign_in("ha.hoang", PASSWORD).await;
    admin.post(&format!("{path}/ket-thuc"), &[]).await.expect(303);
    for client in [&mut person, &mut elsewhere] {
        client.get("/con-day").await.expect(303);
    }
    admin.get(&path).await.says("Đã kết thúc 2 phiên").says("không đăng nhập ở đâu");
    admin.post(&format!("{path}/{only}/ket-thuc"), &[]).await.expect(404);
    // A session that is locked for want of use is none that is open.
    person.sign_in("ha.hoang", PASSWORD).await;
    app.clock.advance_seconds(17 * 60);
    admin.sign_in("quantri", PASSWORD).await;
    admin.get(&path).await.says("không đăng nhập ở đâu");
    let trail = admin.get("/quan-tri/nhat-ky?viec=accounts.view_sessions").await.expect(200);
    trail.says("dữ liệu cá nhân").says("xem các phiên đăng nhập");
    admin.get("/quan-tri/nhat-ky?viec=accounts.end_session").await.says("số phiên: 2");
    app.end().await;
}

#[tokio::test]
async fn a_superior_secretariat_ends_sessions_below_and_is_told_why_not_elsewhere() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    let commune = app.agency("UBND xã Suối Mây", Some(province)).await;
    let other = app.agency("UBND xã Khuổi Nọi", Some(province)).await;
    app.person("quantri.xa", Role::Administrator, commune).await;
    app.person("dong.nghiep", Role::Leader, province).await;
    let mut person = app.person("inh.lo", Role::FocalPoint, commune).await;
    let mut secretary = app.person("thuky", Role::Secretariat, province).await;
    let mut foreign = app.person("thuky.kn", Role::Secretariat, other).await;
    let page = format!("/tai-khoan/{}", id_of(&app, "inh.lo").await);
    foreign.get(&format!("{page}/phien")).await.expect(404);
    foreign.post(&format!("{page}/phien/ket-thuc"), &[]).await.expect(404);
    secretary.get(&page).await.expect(200).says("Cấp lại phiếu kích hoạt").says(&format!("{page}/phien"));
    secretary.post(&format!("{page}/phien/ket-thuc"), &[]).await.expect(303);
    person.get("/con-day").await.expect(303);
    for (login, why) in [("quantri.xa", "giữ quyền quản trị"), ("dong.nghiep", "cùng cơ quan")] {
        let page = format!("/tai-khoan/{}", id_of(&app, login).await);
        let seen = secretary.get(&page).await.expect(200).says("Không cấp lại được").says(why);
        assert!(!seen.text().contains("/cap-lai-phieu"), "a button that leads nowhere");
        let refused = secretary.get(&format!("{page}/phien")).await.expect(303);
        assert_eq!(refused.location(), page);
        secretary.get(&page).await.says(why);
        // Where the button is asked nevertheless, the person's page comes back and says why.
        let again = secretary.post(&format!("{page}/cap-lai-phieu"), &[]).await.expect(409);
        again.says(why).says("Vai trò đang giữ");
    }
    app.end().await;
}
