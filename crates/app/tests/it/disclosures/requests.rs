//! A request from the day it comes to its published answer.

use chrono::NaiveDate;
use platform::search;

use super::*;

#[tokio::test]
async fn a_request_goes_from_the_citizen_to_an_answer_that_only_its_code_and_contact_show() {
    let app = TestApp::new().await;
    let (mut staff, department) = department(&app).await;
    let code = asked(&app, department, "mang").await;
    let mut citizen = app.anonymous();
    let look = |contact: &'static str| vec![("ma", code.as_str()), ("lien_he", contact)];
    // Received on Monday 9 November: told by when within three working days.
    let page = citizen.post(LOOK, &look("thinh.lv@VI-DU.vn")).await.expect(200).says("Mới nhận");
    page.says("Báo thời hạn trước").says("12/11/2026").says("Số hòa giải viên");
    citizen.post(LOOK, &look("khac@vi-du.vn")).await.expect(422).says("Không có yêu cầu nào");
    citizen.post(LOOK, &[("ma", "2222-3333-4444"), ("lien_he", CONTACT)]).await.expect(422);
    let list = staff.get("/tiep-can-thong-tin/yeu-cau").await.expect(200).says("Số hòa giải viên").text();
    assert!(!list.contains(NAME) && !list.contains("vi-du.vn"), "a list names no asker");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'disclosures.look'").await, 0);
    let path = path(&mut staff).await;
    staff.get(&path).await.expect(200).says(NAME).says("Bản Pá Khôm");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM audit WHERE action = 'disclosures.look'").await, 1);
    let step = |act: &str| format!("{path}/{act}");
    staff.post(&step("tra-loi"), &[("phien_ban", "0"), ("tra_loi", "Có 12 người")]).await.expect(409);
    staff.post(&step("nhan"), &[("phien_ban", "0")]).await.expect(422).says("Hãy chọn mức độ");
    staff.post(&step("nhan"), &[("phien_ban", "0"), ("muc_do", "complex")]).await.expect(303);
    staff.post(&step("nhan"), &[("phien_ban", "1"), ("muc_do", "complex")]).await.expect(409);
    // Fifteen working days; fifteen days more end on Tuesday 15 December.
    citizen.post(LOOK, &look(CONTACT)).await.expect(200).says("Đang giải quyết").says("30/11/2026");
    let late = [("phien_ban", "1"), ("den_ngay", "16/12/2026"), ("ly_do", "Chờ xã")];
    staff.post(&step("gia-han"), &late).await.expect(422).says("đến ngày 15/12/2026");
    let more = [("phien_ban", "1"), ("den_ngay", "15/12/2026"), ("ly_do", "Chờ số liệu của xã")];
    staff.post(&step("gia-han"), &more).await.expect(303);
    citizen.post(LOOK, &look(CONTACT)).await.expect(200).says("15/12/2026").says("Chờ số liệu của xã");
    staff.post(&step("gia-han"), &[("phien_ban", "2")]).await.expect(409);
    staff.post(&step("tra-loi"), &[("phien_ban", "1"), ("tra_loi", "Có 12")]).await.expect(409).says("Người khác vừa");
    staff.post(&step("tra-loi"), &[("phien_ban", "2"), ("tra_loi", "Có 12 người")]).await.expect(303);
    let page = citizen.post(LOOK, &look(CONTACT)).await.expect(200).says("Có 12 người").text();
    assert!(!page.contains("dau-moi"), "no official is named");
    app.end().await;
}

#[tokio::test]
async fn a_published_answer_tells_nothing_of_the_asker() {
    let app = TestApp::new().await;
    let (mut staff, department) = department(&app).await;
    asked(&app, department, "buu-chinh").await;
    let path = path(&mut staff).await;
    staff.post(&format!("{path}/nhan"), &[("phien_ban", "0"), ("muc_do", "simple")]).await.expect(303);
    staff.post(&format!("{path}/tra-loi"), &[("phien_ban", "1"), ("tra_loi", "Có 12 người")]).await.expect(303);
    let mut reader = app.anonymous();
    reader.get("/cong-khai-thong-tin/tra-loi").await.expect(200).says("Chưa có câu trả lời nào");
    let publish = format!("{path}/cong-khai");
    for hint in ["Ông luong van thinh hỏi", "Hộ ở bản Pá Khôm hỏi", "Trả lời THINH.LV@vi-du.vn"] {
        let fields = [("phien_ban", "2"), ("cau_hoi", hint), ("cau_tra_loi", "Có 12 người")];
        staff.post(&publish, &fields).await.expect(422).says("Bản công khai còn họ tên");
    }
    let fields = [("phien_ban", "2"), ("cau_hoi", "Xã có bao nhiêu hòa giải viên?"), ("cau_tra_loi", "Có 12 người.")];
    staff.post(&publish, &fields).await.expect(303);
    let page = reader.get("/cong-khai-thong-tin/tra-loi").await.expect(200).says("bao nhiêu hòa giải viên").text();
    let (_, rest) = page.split_once("href=\"/cong-khai-thong-tin/tra-loi/").expect("an answer");
    let public = format!("/cong-khai-thong-tin/tra-loi/{}", rest.split('"').next().expect("an address"));
    let page = reader.get(&public).await.expect(200).says("Có 12 người.").text();
    assert!(![NAME, "Pá Khôm", "vi-du.vn"].iter().any(|hint| page.contains(hint)));
    search::catch_up(&app.app).await.expect("an index");
    reader.get("/tim-kiem?q=hoa+giai+vien").await.expect(200).says(&public);
    staff.post(&format!("{path}/thoi-cong-khai"), &[("phien_ban", "3")]).await.expect(303);
    reader.get(&public).await.expect(404);
    staff.post(&format!("{path}/thoi-cong-khai"), &[("phien_ban", "4")]).await.expect(409);
    app.end().await;
}

#[tokio::test]
async fn a_refusal_names_its_ground_and_what_is_not_ones_own_goes_to_who_has_it() {
    let app = TestApp::new().await;
    let (mut staff, department) = department(&app).await;
    let health = app.agency("Sở Y tế", None).await;
    let code = asked(&app, department, "truc-tiep").await;
    let path = path(&mut staff).await;
    let hand_on = format!("{path}/chuyen");
    // Nobody answers there.
    let to = health.to_string();
    let fields = [("phien_ban", "0"), ("chuyen_den", to.as_str()), ("ly_do_chuyen", "Thuộc ngành y tế")];
    staff.post(&hand_on, &fields).await.expect(422).says("Hãy chọn một cơ quan khác");
    let mut other = app.person("y-te", Role::FocalPoint, health).await;
    other.get(&path).await.expect(404);
    app.clock.set(NaiveDate::from_ymd_opt(2026, 11, 12).expect("a day"));
    staff.sign_in("dau-moi", testkit::PASSWORD).await;
    staff.post(&hand_on, &fields).await.expect(303);
    staff.get(&path).await.expect(404);
    staff.post(&format!("{path}/nhan"), &[("phien_ban", "1"), ("muc_do", "simple")]).await.expect(404);
    other.sign_in("y-te", testkit::PASSWORD).await;
    other.get(&path).await.expect(200).says("Thuộc ngành y tế");
    // Its time begins anew: ten working days from the 12th.
    let mut citizen = app.anonymous();
    let page = citizen.post(LOOK, &[("ma", &code), ("lien_he", CONTACT)]).await.expect(200).says("Sở Y tế");
    page.says("Chuyển cơ quan khác").says("26/11/2026");
    let refuse = format!("{path}/tu-choi");
    other.post(&refuse, &[("phien_ban", "1"), ("can_cu", "khong-thich")]).await.expect(422).says("căn cứ từ chối");
    let fields = [("phien_ban", "1"), ("can_cu", "da-cong-khai"), ("giai_thich", "Xem trang tin của Sở")];
    other.post(&refuse, &fields).await.expect(303);
    let page = citizen.post(LOOK, &[("ma", &code), ("lien_he", CONTACT)]).await.expect(200);
    page.says("Điều 28 khoản 1 điểm b").says("Xem trang tin của Sở").says("khiếu nại");
    other.post(&format!("{path}/cong-khai"), &[("phien_ban", "2")]).await.expect(409);
    app.end().await;
}

#[tokio::test]
async fn what_is_not_answered_in_time_is_late_and_can_no_longer_be_extended() {
    let app = TestApp::new().await;
    let (mut staff, department) = department(&app).await;
    let code = asked(&app, department, "mang").await;
    let path = path(&mut staff).await;
    staff.post(&format!("{path}/nhan"), &[("phien_ban", "0"), ("muc_do", "simple")]).await.expect(303);
    staff.get("/tiep-can-thong-tin/yeu-cau?tt=late").await.expect(200).says("Chưa có yêu cầu nào như vậy");
    app.clock.set(NaiveDate::from_ymd_opt(2026, 11, 13).expect("a day"));
    staff.sign_in("dau-moi", testkit::PASSWORD).await;
    staff.get("/tiep-can-thong-tin/yeu-cau?tt=late").await.expect(200).says("Số hòa giải viên").says("quá hạn");
    let more = [("phien_ban", "1"), ("den_ngay", "20/11/2026"), ("ly_do", "Chờ số liệu")];
    staff.post(&format!("{path}/gia-han"), &more).await.expect(409).says("đã quá hạn");
    let mut citizen = app.anonymous();
    citizen.post(LOOK, &[("ma", &code), ("lien_he", CONTACT)]).await.expect(200).says("quá hạn");
    app.end().await;
}

#[tokio::test]
async fn a_request_that_is_not_whole_comes_back_with_what_is_missing_and_machines_get_nowhere() {
    let app = TestApp::new().await;
    let (_, department) = department(&app).await;
    let empty = app.agency("Sở Ngoại vụ", None).await.to_string();
    let agency = department.to_string();
    let mut citizen = app.anonymous();
    // Only where somebody answers.
    let page = citizen.get(ASK).await.expect(200).says("Sở Tư pháp").text();
    assert!(!page.contains("Sở Ngoại vụ"));
    citizen.get(&format!("{ASK}?ten=ngoai+vu")).await.expect(200).says("Không có cơ quan nào như vậy");
    citizen.get(&format!("{ASK}?ten=tu+phap")).await.expect(200).says("Sở Tư pháp");
    let page = citizen.post(ASK, &[]).await.expect(422);
    page.says("Hãy chọn cơ quan")
        .says("Hãy ghi họ và tên")
        .says("Hãy ghi địa chỉ, nơi")
        .says("Hãy ghi thư điện tử")
        .says("Hãy chọn cách nhận");
    citizen.post(ASK, &asking(&empty, "mang")).await.expect(422).says("Hãy chọn cơ quan trong danh sách");
    let mut fields = asking(&agency, "mang");
    fields[2].1 = "không có";
    // What was typed is still there.
    citizen.post(ASK, &fields).await.expect(422).says("Bản Pá Khôm").says("Hãy ghi thư điện tử");
    let mut fields = asking(&agency, "mang");
    fields.push(("trang_web", "http://vi-du.vn"));
    citizen.post(ASK, &fields).await.expect(422);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM info_requests").await, 0);
    let mut status = 0;
    for _ in 0..30 {
        status = citizen.post(ASK, &[]).await.status.as_u16();
    }
    assert_eq!(status, 429, "floods are stopped");
    citizen.post(LOOK, &[("ma", "2222"), ("lien_he", CONTACT)]).await.expect(429);
    app.end().await;
}

#[tokio::test]
async fn the_demonstration_keeps_the_rules() {
    let app = TestApp::new().await;
    app.province("12").await;
    let home = app.agency_by_code("p12/so-tu-phap").await;
    let education = app.agency_by_code("p12/so-giao-duc").await;
    let commune = app.agency("Ủy ban nhân dân xã Mẫu", None).await;
    for (login, agency) in [("dm-1", home), ("dm-2", education), ("dm-3", commune)] {
        app.person(login, Role::FocalPoint, agency).await;
    }
    let made = records::disclosures::service::generate(&app.app, &app.clock, home, commune).await.expect("a demo");
    assert_eq!(made, (6, 4));
    app.anonymous().get("/cong-khai-thong-tin").await.expect(200).says("trình diễn").says("Sở Giáo dục");
    app.anonymous().get("/cong-khai-thong-tin/tra-loi").await.expect(200).says("công chứng");
    app.end().await;
}
