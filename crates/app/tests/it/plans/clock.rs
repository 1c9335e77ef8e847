//! Each side's own clock: receive, report, propose, ask for time, decide, confirm, return, decline.

use kernel::Role;
use papers::DeadlineKind;
use testkit::{Client, TestApp};

use super::*;

struct Scene {
    app: TestApp,
    plan: Uuid,
    duty: Uuid,
    owner: Client,
    agency: Client,
    stranger: Client,
}

/// A province that owns a plan, a department with one duty, and a department that has nothing to do with it.
async fn scene(make: fn(Uuid) -> Party) -> Scene {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let culture = app.agency("Sở Văn hóa", Some(province)).await;
    let tasks = vec![task("I.1", "Tập huấn tuyên truyền viên", DeadlineKind::Date, "2026-11-20", vec![make(justice)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let duty = obligations(&app, plan).await[0].id;
    let owner = app.person("thu-ky", Role::Secretariat, province).await;
    let agency = app.person("dau-moi", Role::FocalPoint, justice).await;
    let stranger = app.person("nguoi-khac", Role::FocalPoint, culture).await;
    Scene { app, plan, duty, owner, agency, stranger }
}

impl Scene {
    async fn state(&self) -> Found {
        obligations(&self.app, self.plan).await.into_iter().find(|one| one.id == self.duty).expect("the duty")
    }

    async fn report(&mut self, done: &str, files: &[(&str, &str, &[u8])]) {
        let version = self.state().await.version.to_string();
        let fields = [
            ("phien_ban", version.as_str()),
            ("phan_tram", "60"),
            ("ket_qua", "Đã mở 3 lớp"),
            ("kho_khan", "Mưa lũ"),
            ("xong", done),
        ];
        self.agency.upload(&format!("/nghia-vu/{}/bao-cao", self.duty), &fields, files).await.expect(303);
    }
}

#[tokio::test]
async fn a_task_is_opened_reported_with_evidence_returned_and_confirmed() {
    let mut s = scene(lead).await;
    let path = format!("/nghia-vu/{}", s.duty);
    s.owner.get(&path).await.expect(200).says("chưa tiếp nhận");
    assert_eq!(s.state().await.state, "new");
    s.agency.get(&path).await.expect(200).says("chưa tiếp nhận").says("/tiep-nhan");
    s.agency.post(&format!("{path}/tiep-nhan"), &[]).await.expect(303);
    s.agency.get(&path).await.expect(200).says("đã tiếp nhận");
    let version = s.state().await.version.to_string();
    let nothing = [("phien_ban", version.as_str()), ("phan_tram", "0"), ("xong", "0")];
    s.agency.upload(&format!("{path}/bao-cao"), &nothing, &[]).await.expect(422).says("chưa có gì mới");
    s.report("0", &[("tep", "danh sách.pdf", b"%PDF-1.4 x"), ("tep", "ảnh.jpg", b"jpg")]).await;
    assert_eq!((s.state().await.state.as_str(), s.state().await.percent), ("doing", 60));
    s.agency.get(&path).await.expect(200).says("danh sách.pdf").says("Mưa lũ");
    let version = s.state().await.version.to_string();
    let again = [
        ("phien_ban", version.as_str()),
        ("phan_tram", "60"),
        ("ket_qua", "Đã mở 3 lớp"),
        ("kho_khan", "Mưa lũ"),
        ("xong", "0"),
    ];
    s.agency.upload(&format!("{path}/bao-cao"), &again, &[]).await.expect(422).says("chưa có gì mới");
    s.report("1", &[]).await;
    assert_eq!((s.state().await.state.as_str(), s.state().await.urgent), ("submitted", 0));
    s.owner.get("/viec-cua-toi").await.expect(200).says("báo hoàn thành");
    let end = format!("{path}/ket-luan");
    s.owner.post(&end, &[("lam", "tra-lai"), ("tra_loi", "")]).await.expect(422);
    assert_eq!(s.state().await.state, "submitted");
    s.owner.post(&end, &[("lam", "tra-lai"), ("tra_loi", "Thiếu danh sách")]).await.expect(303);
    assert_eq!((s.state().await.state.as_str(), s.state().await.urgent), ("doing", 1));
    assert_eq!(s.state().await.percent, 60, "as far as it last said");
    s.agency.get(&path).await.expect(200).says("Thiếu danh sách");
    let told = s.agency.get("/viec-cua-toi").await.expect(200).says("trả lại báo cáo hoàn thành mục I.1, 12/KH-UBND");
    told.says(": Thiếu danh sách");
    s.report("1", &[]).await;
    s.owner.post(&end, &[("lam", "xac-nhan")]).await.expect(303);
    assert_eq!(s.state().await.state, "done");
    s.agency.get("/viec-cua-toi").await.expect(200).says("xác nhận hoàn thành mục I.1, 12/KH-UBND");
    s.owner.post(&end, &[("lam", "xac-nhan")]).await.expect(409);
    assert_eq!(count(&s.app, "SELECT COUNT(*) FROM evidence").await, 2);
    totals_hold(&s.app).await;
    s.app.end().await;
}

#[tokio::test]
async fn more_time_is_asked_for_and_granted_or_refused_with_a_reason() {
    let mut s = scene(lead).await;
    let path = format!("/nghia-vu/{}", s.duty);
    let ask = format!("{path}/gia-han");
    s.agency.post(&ask, &[("den_ngay", "01/11/2026"), ("ly_do", "Mưa lũ")]).await.expect(422);
    assert_eq!(count(&s.app, "SELECT COUNT(*) FROM obligation_requests").await, 0);
    s.agency.post(&ask, &[("den_ngay", "15/12/2026"), ("ly_do", "Mưa lũ chia cắt")]).await.expect(303);
    s.agency.post(&ask, &[("den_ngay", "20/12/2026"), ("ly_do", "Lần nữa")]).await.expect(409);
    s.owner.get("/viec-cua-toi").await.expect(200).says("đề nghị gia hạn đến 15/12/2026").says("Mưa lũ chia cắt");
    let request: Vec<Id> = all(s.app.app.db.read(), "SELECT id FROM obligation_requests", vec![]).await.expect("one");
    let decide = format!("/de-nghi/{}", request[0].id);
    s.agency.post(&decide, &[("lam", "dong-y")]).await.expect(403);
    s.owner.post(&decide, &[("lam", "khong"), ("tra_loi", "")]).await.expect(422);
    assert_eq!(s.state().await.due_date, 20_261_120);
    s.owner.post(&decide, &[("lam", "dong-y")]).await.expect(303);
    assert_eq!(s.state().await.due_date, 20_261_215);
    s.owner.post(&decide, &[("lam", "dong-y")]).await.expect(422);
    s.agency.get("/viec-cua-toi").await.expect(200).says("đồng ý với đề nghị gia hạn");
    s.agency.get(&path).await.expect(200).says("hạn mới 15/12/2026");
    totals_hold(&s.app).await;
    s.app.end().await;
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[tokio::test]
async fn what_was_only_requested_can_be_declined_and_is_never_late() {
    let mut s = scene(asked).await;
    s.app.clock.set(day(2026, 12, 20));
    let mut agency = s.app.anonymous();
    agency.sign_in("dau-moi", testkit::PASSWORD).await;
    let page = agency.get("/viec-cua-toi").await.expect(200);
    assert!(!page.text().contains("chậm 30"), "a request is not late");
    let path = format!("/nghia-vu/{}", s.duty);
    agency.post(&format!("{path}/khong-nhan"), &[("ly_do", "")]).await.expect(422);
    agency.post(&format!("{path}/khong-nhan"), &[("ly_do", "Ngoài chức năng")]).await.expect(303);
    assert_eq!(s.state().await.state, "declined");
    s.owner = s.app.anonymous();
    s.owner.sign_in("thu-ky", testkit::PASSWORD).await;
    s.owner.get("/viec-cua-toi").await.expect(200).says("Sở Tư pháp không nhận đề nghị ở mục I.1, 12/KH-UBND");
    s.owner.get(&path).await.expect(200).says("Ngoài chức năng");
    totals_hold(&s.app).await;
    s.app.end().await;
}

impl Scene {
    async fn request(&self) -> String {
        let sql = "SELECT id FROM obligation_requests WHERE state = 'open'";
        let open: Vec<Id> = all(self.app.app.db.read(), sql, vec![]).await.expect("requests");
        format!("/de-nghi/{}", open[0].id)
    }

    async fn propose(&mut self, until: &str) {
        let path = format!("/nghia-vu/{}/kien-nghi", self.duty);
        let fields = [("noi_dung", "Chỉ mở 2 lớp ở cụm xã"), ("ly_do", "Thiếu giảng viên"), ("den_ngay", until)];
        self.agency.post(&path, &fields).await.expect(303);
    }
}

#[tokio::test]
async fn what_was_ordered_cannot_be_declined_but_an_adjustment_proposed_and_agreed_to() {
    let mut s = scene(lead).await;
    let path = format!("/nghia-vu/{}", s.duty);
    s.agency.post(&format!("{path}/khong-nhan"), &[("ly_do", "Không muốn")]).await.expect(409);
    let answer = s.agency.post(&format!("{path}/kien-nghi"), &[("ly_do", "Thiếu giảng viên")]).await.expect(422);
    answer.says("Hãy nêu nội dung đề nghị điều chỉnh.").says("Thiếu giảng viên");
    s.propose("15/12/2026").await;
    let mine = s.owner.get("/viec-cua-toi").await.expect(200).says("kiến nghị điều chỉnh");
    mine.says("Chỉ mở 2 lớp ở cụm xã").says("hạn 20/11/2026");
    let page = s.owner.get(&path).await.expect(200).says("Thiếu giảng viên").says("value=\"15/12/2026\"");
    page.says("20/11/2026 → <b>15/12/2026</b>");
    let decide = s.request().await;
    // Nothing agreed to, a refusal without a reason, a day that is no later one.
    s.owner.post(&decide, &[("lam", "dong-y"), ("noi_dung", ""), ("den_ngay", "")]).await.expect(422);
    s.owner
        .post(&decide, &[("lam", "khong"), ("noi_dung", "Chỉ mở 2 lớp")])
        .await
        .expect(422)
        .says("lý do không đồng ý");
    let early = [("lam", "dong-y"), ("noi_dung", "Mở 2 lớp"), ("den_ngay", "20/11/2026")];
    s.owner.post(&decide, &early).await.expect(422).says("Mở 2 lớp");
    let agreed = [("lam", "dong-y"), ("noi_dung", "Mở 2 lớp ở 2 cụm"), ("den_ngay", ""), ("tra_loi", "Báo cáo lại")];
    s.owner.post(&decide, &agreed).await.expect(303);
    assert_eq!(s.state().await.due_date, 20_261_120, "the old day stands");
    let page =
        s.agency.get(&path).await.expect(200).says("Nội dung đã được đồng ý điều chỉnh").says("Mở 2 lớp ở 2 cụm");
    page.says("Báo cáo lại").says("Tập huấn tuyên truyền viên");
    s.agency.get("/viec-cua-toi").await.expect(200).says("đồng ý với kiến nghị điều chỉnh");
    s.propose("").await;
    let decide = s.request().await;
    s.owner.post(&decide, &[("lam", "dong-y"), ("noi_dung", ""), ("den_ngay", "10/12/2026")]).await.expect(303);
    assert_eq!(s.state().await.due_date, 20_261_210);
    s.propose("").await;
    let decide = s.request().await;
    s.owner.post(&decide, &[("lam", "khong"), ("tra_loi", "Giữ như kế hoạch")]).await.expect(303);
    s.agency.get(&path).await.expect(200).says("Giữ như kế hoạch").says("Mở 2 lớp ở 2 cụm");
    totals_hold(&s.app).await;
    s.app.end().await;
}

#[tokio::test]
async fn a_day_agreed_to_starts_the_clock_of_what_had_none() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks = vec![task("I.1", "Rà soát văn bản", DeadlineKind::None, "", vec![lead(justice)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let duty = obligations(&app, plan).await.remove(0);
    let owner = app.person("thu-ky", Role::Secretariat, province).await;
    let agency = app.person("dau-moi", Role::FocalPoint, justice).await;
    let stranger = owner.clone();
    let mut s = Scene { app, plan, duty: duty.id, owner, agency, stranger };
    s.propose("15/12/2026").await;
    let decide = s.request().await;
    let past = [("lam", "dong-y"), ("den_ngay", "01/10/2026")];
    s.owner.post(&decide, &past).await.expect(422);
    s.owner.post(&decide, &[("lam", "dong-y"), ("den_ngay", "15/12/2026")]).await.expect(303);
    let duty = s.state().await;
    assert_eq!((duty.clock.as_str(), duty.due_date, duty.urgent), ("dated", 20_261_215, 1));
    totals_hold(&s.app).await;
    s.app.end().await;
}

#[tokio::test]
async fn others_do_not_find_it_and_an_old_form_changes_nothing() {
    let mut s = scene(lead).await;
    let path = format!("/nghia-vu/{}", s.duty);
    s.stranger.get(&path).await.expect(404);
    s.stranger.get(&format!("/ke-hoach/{}", s.plan)).await.expect(404);
    s.stranger.post(&format!("{path}/tiep-nhan"), &[]).await.expect(404);
    let old = [("phien_ban", "0"), ("phan_tram", "10"), ("ket_qua", "Đã mở ba lớp"), ("xong", "0")];
    s.agency.post(&format!("{path}/tiep-nhan"), &[]).await.expect(303);
    s.agency.upload(&format!("{path}/bao-cao"), &old, &[]).await.expect(409).says("vừa cập nhật").says("Đã mở ba lớp");
    let mut admin = {
        let other = s.app.agency("Văn phòng", None).await;
        s.app.person("quan-tri", Role::Administrator, other).await
    };
    admin.post(&format!("{path}/tiep-nhan"), &[]).await.expect(403);
    admin.get("/viec-cua-toi").await.expect(200).says("không nhận việc");
    s.app.end().await;
}

#[tokio::test]
async fn a_form_that_does_not_pass_comes_back_as_it_was_typed() {
    let mut s = scene(lead).await;
    let path = format!("/nghia-vu/{}", s.duty);
    s.agency.get(&path).await.expect(200);
    let report = [("phien_ban", "0"), ("phan_tram", "140"), ("kho_khan", "Thiếu giảng viên"), ("xong", "0")];
    let answer = s.agency.upload(&format!("{path}/bao-cao"), &report, &[("tep", "anh.jpg", b"anh")]).await.expect(422);
    answer.says("Tỷ lệ phải từ 0 đến 100.").says("Thiếu giảng viên").says("value=\"140\"").says("Hãy chọn lại tệp");
    let late = [("den_ngay", "31/02/2027"), ("ly_do", "Mưa lũ chia cắt bốn thôn")];
    s.agency.post(&format!("{path}/gia-han"), &late).await.expect(422).says("31/02/2027").says("chia cắt bốn thôn");
    s.app.end().await;
}

#[tokio::test]
async fn an_event_starts_the_clock() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks = vec![task("I.1", "Khi luật được thông qua", DeadlineKind::Event, "", vec![lead(justice)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    let tasks: Vec<Id> = all(app.app.db.read(), "SELECT id FROM plan_tasks", vec![]).await.expect("tasks");
    let path = format!("/ke-hoach/{plan}/nhiem-vu/{}", tasks[0].id);
    owner.get(&path).await.expect(200).says("chờ một sự kiện");
    owner
        .post(&format!("{path}/su-kien"), &[("ngay", "09/11/2026"), ("so_ngay", "30"), ("ghi_chu", "Luật mới")])
        .await
        .expect(303);
    let duty = obligations(&app, plan).await.remove(0);
    assert_eq!((duty.clock.as_str(), duty.due_date, duty.urgent), ("dated", 20_261_209, 1));
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn totals_equal_a_recount_after_many_acts() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks =
        (1..=6).map(|n| task(&format!("I.{n}"), "Việc", DeadlineKind::Annual, "06-01,12-01", vec![lead(justice)]));
    let confirmed = Confirmed { title: "Thực hiện Chỉ thị".into(), ..paper(&app, province, tasks.collect()) };
    let plan = expand(&app, &confirmed).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    let mut agency = app.person("dau-moi", Role::FocalPoint, justice).await;
    // A fixed sequence that looks like chance: acts that are not possible answer so and change nothing.
    let mut seed = 7u64;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    for _ in 0..80 {
        let all = obligations(&app, plan).await;
        let one = all[next(all.len())].clone();
        let path = format!("/nghia-vu/{}", one.id);
        let version = one.version.to_string();
        let done = if next(2) == 0 { "0" } else { "1" };
        let result = format!("Xong {version}");
        let fields = [("phien_ban", version.as_str()), ("phan_tram", "50"), ("ket_qua", &result), ("xong", done)];
        let answer = match next(6) {
            0 => agency.post(&format!("{path}/tiep-nhan"), &[]).await,
            1 | 2 => agency.upload(&format!("{path}/bao-cao"), &fields, &[]).await,
            3 => {
                agency.post(&format!("{path}/gia-han"), &[("den_ngay", "30/12/2027"), ("ly_do", "Cần thời gian")]).await
            }
            4 => owner.post(&format!("{path}/ket-luan"), &[("lam", "tra-lai"), ("tra_loi", "Thiếu")]).await,
            _ => owner.post(&format!("{path}/ket-luan"), &[("lam", "xac-nhan")]).await,
        };
        assert!(matches!(answer.status.as_u16(), 303 | 409), "{}", answer.status);
    }
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn looking_changes_nothing_and_the_first_word_is_also_the_receiving() {
    let mut s = scene(lead).await;
    let path = format!("/nghia-vu/{}", s.duty);
    let justice = s.state().await.agency_id;
    let mut viewer = s.app.person("nguoi-xem", Role::Viewer, justice).await;
    let page = viewer.get(&path).await.expect(200).says("chưa tiếp nhận");
    assert!(!page.text().contains("/tiep-nhan"), "a viewer is offered no button");
    viewer.post(&format!("{path}/tiep-nhan"), &[]).await.expect(403);
    s.agency.get(&path).await.expect(200).says("chưa tiếp nhận");
    assert_eq!((s.state().await.state.as_str(), s.state().await.version), ("new", 0));
    s.propose("").await;
    assert_eq!(s.state().await.state, "received");
    s.report("0", &[]).await;
    let steps: Vec<Kind> =
        all(s.app.app.db.read(), "SELECT kind FROM obligation_steps ORDER BY at, id", vec![]).await.expect("steps");
    let kinds: Vec<&str> = steps.iter().map(|step| step.kind.as_str()).collect();
    assert_eq!(kinds, ["receive", "adjust", "report"], "received once, with the first word");
    totals_hold(&s.app).await;
    s.app.end().await;
}

#[derive(FromQueryResult)]
struct Kind {
    kind: String,
}

#[tokio::test]
async fn a_day_gone_by_before_the_plan_was_in_force_is_said_so_and_is_no_work() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let mut both = task("I.2", "Rà soát văn bản", DeadlineKind::Month, "2026-05", vec![lead(justice)]);
    both.deadlines_more = vec![Deadline { kind: DeadlineKind::Date, value: Some("2026-12-20".into()) }];
    let tasks =
        vec![task("I.1", "Tập huấn tuyên truyền viên", DeadlineKind::Quarter, "2026-Q1", vec![lead(justice)]), both];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    let board = owner.get(&format!("/ke-hoach/{plan}")).await.expect(200);
    let text = board.says("hạn đã qua trước khi giao").says("còn 41 ngày").text();
    assert_eq!(text.matches("hạn đã qua trước khi giao").count(), 1, "the task with a later day waits for that one");
    assert!(!text.contains("is-late"), "nothing is late");
    let open = "SELECT COUNT(*) FROM obligations WHERE state = 'new'";
    assert_eq!(count(&app, open).await, 1, "only the later day is work");
    assert!(text.contains(">0/1<") && !text.contains(">0/2<"), "and nothing else is in a denominator");
    let list = owner.get(&format!("/ke-hoach/{plan}/danh-sach?tt=historical")).await.expect(200);
    list.says("hạn đã qua trước khi giao").says("Tập huấn tuyên truyền viên").says("1–2 trong 2");
    let duty = obligations(&app, plan).await.remove(0);
    assert_eq!((duty.mark.as_str(), duty.urgent, duty.due_date), ("past", 0, 20_260_331));
    let mut agency = app.person("dau-moi", Role::FocalPoint, justice).await;
    let page = agency.get(&format!("/nghia-vu/{}", duty.id)).await.expect(200);
    assert!(!page.says("hạn đã qua trước khi giao").text().contains("/gia-han"), "there is nothing to do about it");
    let ask = [("den_ngay", "15/12/2026"), ("ly_do", "Văn bản đến sau hạn")];
    agency.post(&format!("/nghia-vu/{}/gia-han", duty.id), &ask).await.expect(409);
    totals_hold(&app).await;
    app.end().await;
}
