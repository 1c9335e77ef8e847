//! Entering, changing, withdrawing; who may.

use kernel::Role;
use testkit::TestApp;

use super::{entry, record};

#[tokio::test]
async fn an_activity_is_entered_with_a_few_fields_and_shown_with_everything() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    person.get("/hoat-dong/moi").await.expect(200).says("09/11/2026");
    let mut fields = entry(&owner, "Hội nghị giới thiệu Luật Đất đai", "02/11/2026", "1.200");
    fields.extend([
        ("nu", "700"),
        ("doi_tuong", "chung"),
        ("doi_tuong", "can-bo"),
        ("linh_vuc", "dat-dai"),
        ("bcv_tinh", "Trần Văn An\nLê Thị Bình"),
        ("tl_loai", "to-gap"),
        ("tl_ten", "Hỏi đáp Luật Đất đai"),
        ("tl_so", "500"),
        ("tl_dang", "in"),
        ("kp_thuong-xuyen", "5.000.000"),
        ("phoi_hop", "Đồn Biên phòng"),
    ]);
    let path = record(&mut person, &fields).await;
    person
        .get(&path)
        .await
        .expect(200)
        .says("1.200")
        .says("Cán bộ, công chức")
        .says("Lê Thị Bình")
        .says("Hỏi đáp Luật Đất đai")
        .says("5.000.000")
        .says("Đồn Biên phòng");
    person.get("/hoat-dong").await.expect(200).says("Hội nghị giới thiệu Luật Đất đai");
    app.end().await;
}

#[tokio::test]
async fn a_form_with_faults_comes_back_as_it_was_typed() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let mut person = app.person("xa", Role::Contributor, commune).await;
    let owner = commune.to_string();
    let mut fields = entry(&owner, "Tuyên truyền miệng", "10/11/2026", "20");
    fields.push(("nu", "21"));
    let page = person.post("/hoat-dong/moi", &fields).await.expect(422);
    page.says("chưa đến").says("nhiều hơn tổng số lượt người").says("value=\"Tuyên truyền miệng\"");
    app.end().await;
}

#[tokio::test]
async fn the_same_entry_sent_twice_makes_one_record() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    let mut fields = entry(&owner, "Hội nghị", "02/11/2026", "20");
    fields.push(("khoa", "0193-khoa"));
    let first = record(&mut person, &fields).await;
    let second = record(&mut person, &fields).await;
    assert_eq!(first, second);
    person.get("/hoat-dong").await.expect(200).says("1–1");
    app.end().await;
}

#[tokio::test]
async fn what_looks_like_another_is_asked_about_before_it_is_recorded() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    record(&mut person, &entry(&owner, "Hội nghị giới thiệu Luật Đất đai", "02/11/2026", "20")).await;
    let mut again = entry(&owner, "Hoi nghi gioi thieu Luat Dat dai", "03/11/2026", "25");
    person.post("/hoat-dong/moi", &again).await.expect(422).says("Vẫn lưu").says("Có thể hoạt động này đã được ghi");
    again.push(("van_luu", "1"));
    record(&mut person, &again).await;
    app.end().await;
}

#[tokio::test]
async fn a_series_is_several_activities_and_never_runs_into_the_future() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    let mut fields = entry(&owner, "Phát thanh hằng tuần", "12/10/2026", "");
    fields.extend([("lap", "tuan"), ("so_lan", "6")]);
    person.post("/hoat-dong/moi", &fields).await.expect(422).says("16/11/2026");
    fields.retain(|(name, _)| *name != "so_lan");
    fields.push(("so_lan", "5"));
    record(&mut person, &fields).await;
    person.get("/hoat-dong").await.expect(200).says("1–5");
    app.end().await;
}

#[tokio::test]
async fn a_change_needs_the_version_it_was_made_from_and_a_withdrawal_a_reason() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    let path = record(&mut person, &entry(&owner, "Hội nghị", "02/11/2026", "20")).await;
    let mut change = entry(&owner, "Hội nghị đã sửa", "02/11/2026", "25");
    change.push(("phien_ban", "0"));
    person.post(&format!("{path}/sua"), &change).await.expect(303);
    person.post(&format!("{path}/sua"), &change).await.expect(422).says("Người khác vừa sửa");
    person.post(&format!("{path}/rut"), &[("phien_ban", "1")]).await.expect(422).says("lý do rút");
    person.post(&format!("{path}/rut"), &[("phien_ban", "1"), ("ly_do", "Ghi nhầm")]).await.expect(303);
    person.get(&path).await.expect(200).says("Ghi nhầm").says("không tính");
    person.get("/hoat-dong").await.expect(200).says("Chưa có hoạt động nào");
    person.get("/hoat-dong?xem=da-rut").await.expect(200).says("Hội nghị đã sửa");
    app.end().await;
}

#[tokio::test]
async fn superiors_read_partners_see_and_strangers_find_nothing() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    let (a, b) = (app.agency("UBND xã A", Some(province)).await, app.agency("UBND xã B", Some(province)).await);
    let c = app.agency("UBND xã C", Some(province)).await;
    let mut owner = app.person("xa.a", Role::FocalPoint, a).await;
    let id = a.to_string();
    let mut fields = entry(&id, "Hội nghị chung", "02/11/2026", "20");
    fields.push(("phoi_hop", "UBND xã B"));
    let path = record(&mut owner, &fields).await;
    let mut above = app.person("tinh", Role::FocalPoint, province).await;
    above.get(&path).await.expect(200).says("Hội nghị chung");
    above.get(&format!("{path}/sua")).await.expect(404);
    let mut partner = app.person("xa.b", Role::FocalPoint, b).await;
    partner.get(&path).await.expect(200).says("phối hợp, không tính cho đơn vị mình");
    partner.post(&format!("{path}/rut"), &[("ly_do", "x"), ("phien_ban", "0")]).await.expect(404);
    partner.get("/hoat-dong").await.expect(200).says("Chưa có hoạt động nào");
    partner.get("/hoat-dong?xem=phoi-hop").await.expect(200).says("Hội nghị chung");
    let mut stranger = app.person("xa.c", Role::FocalPoint, c).await;
    stranger.get(&path).await.expect(404);
    let other = entry(&id, "Ghi hộ", "02/11/2026", "20");
    stranger.post("/hoat-dong/moi", &other).await.expect(422).says("cơ quan mà tài khoản này");
    app.end().await;
}

#[tokio::test]
async fn files_are_kept_with_what_is_said_of_the_people_in_them() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let stranger = app.agency("UBND xã B", None).await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    let path = record(&mut person, &entry(&owner, "Hội nghị", "02/11/2026", "20")).await;
    let said = [("co_nguoi", "1"), ("tre_em", "1")];
    person.upload(&format!("{path}/tep"), &said, &[("tep", "anh.jpg", b"anh")]).await.expect(303);
    let page = person.get(&path).await.expect(200).says("anh.jpg").says("có trẻ em").says("không công khai").text();
    let file = page.split("/tep-hoat-dong/").nth(1).and_then(|rest| rest.get(..36)).expect("a file").to_owned();
    person.get(&format!("/tep-hoat-dong/{file}")).await.expect(200).says("anh");
    let mut other = app.person("khac", Role::FocalPoint, stranger).await;
    other.get(&format!("/tep-hoat-dong/{file}")).await.expect(404);
    other.post(&format!("/tep-hoat-dong/{file}/bo"), &[]).await.expect(404);
    person.post(&format!("/tep-hoat-dong/{file}/bo"), &[]).await.expect(303);
    person.get(&path).await.expect(200).says("Chưa có tệp nào");
    person.post(&format!("{path}/tep"), &[]).await.expect(422);
    app.end().await;
}
