//! The way up: filling, checking, sending, returning, approving, correcting; sums; the API; reminders.

use std::collections::BTreeMap;

use kernel::{Permit, Role, Uuid};
use store::{FromQueryResult, Params, all, exec, scalar};
use testkit::{Client, TestApp};
use work::reporting::service::{Opening, check_sums, open_round, set_combined};

/// A form for departments below a province.
pub const FORM: &str = "key = \"thu\"\nversion = 1\nname = \"Biểu thử\"\nlegal_basis = \"QĐ 1\"\nvalid_from = \"2026-01-01\"\nstatus = \"official\"\n\
periods = [\"nam\"]\n[[level]]\nkey = \"so\"\nname = \"Sở\"\nwho = \"kind:department\"\nto = \"tinh\"\ndue = \"+5\"\n[[level]]\nkey = \"tinh\"\n\
name = \"Tỉnh\"\nwho = \"kind:committee\"\n[[cell]]\nkey = \"c1\"\nlabel = \"Số cuộc\"\ntype = \"count\"\n[[cell]]\nkey = \"c2\"\nlabel = \"Số lượt\"\n\
type = \"count\"\n[[cell]]\nkey = \"c3\"\nlabel = \"Bình quân\"\ntype = \"ratio\"\nratio = { numerator = \"c2\", denominator = \"c1\", scale = 1.0 }\n\
[[cell]]\nkey = \"c4\"\nlabel = \"Hoạt động\"\ntype = \"count\"\nfrom = { what = \"activities\" }\n[[rule]]\ncheck = \"c1 > 0 or c2 = 0\"\n\
message = \"Có lượt thì phải có cuộc.\"\nseverity = \"error\"\n";

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// A province with departments, and a round of the form open for them.
pub struct Scene {
    pub app: TestApp,
    pub province: Uuid,
    pub departments: Vec<Uuid>,
    pub round: Uuid,
    pub secretary: Client,
}

pub async fn change(app: &TestApp, sql: &str) {
    let tx = app.app.db.begin().await.expect("a transaction");
    exec(&*tx, sql, vec![]).await.expect("a change");
    tx.commit().await.expect("commit");
}

pub async fn scene(count: usize) -> Scene {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    change(&app, "UPDATE agencies SET kind = 'committee'").await;
    let mut departments = Vec::new();
    for n in 0..count {
        departments.push(app.agency(&format!("Sở số {n}"), Some(province)).await);
    }
    let mut secretary = app.person("thu-ky", Role::Secretariat, province).await;
    let path =
        secretary.upload("/bieu-mau/tai-len", &[("noi_dung", FORM)], &[]).await.expect(303).location().to_owned();
    secretary.post(&format!("{path}/ban-hanh"), &[("tu_ngay", "09/11/2026")]).await.expect(303);
    let form = path.trim_start_matches("/bieu-mau/").to_owned();
    secretary.get(&format!("/ky-bao-cao/mo?bieu={form}")).await.expect(200).says("Năm 2026");
    let fields =
        [("bieu", form.as_str()), ("ky", "nam|2026"), ("co_quan", &province.to_string()), ("lan", "chinh-thuc")];
    let answer = secretary.post("/ky-bao-cao/mo", &fields).await.expect(303);
    let round = answer.location().trim_start_matches("/ky-bao-cao/").parse().expect("a round");
    app.run_jobs().await;
    secretary.post("/ky-bao-cao/mo", &fields).await.expect(409);
    Scene { app, province, departments, round, secretary }
}

pub async fn report(app: &TestApp, round: Uuid, agency: Uuid) -> Uuid {
    let mut params = Params::new();
    let sql = format!(
        "SELECT id FROM reports WHERE live AND round_id = {} AND agency_id = {}",
        params.mark(round),
        params.mark(agency)
    );
    let rows: Vec<Id> = all(app.app.db.read(), &sql, params.values()).await.expect("a query");
    rows.first().expect("a report").id
}

const FIELDS: [(&str, &str); 6] =
    [("c.c1", "10"), ("k.c1", "so"), ("c.c2", "1.500"), ("k.c2", "so"), ("c.c4", ""), ("k.c4", "khong-phat-sinh")];

#[tokio::test]
async fn a_report_goes_up_comes_back_with_reasons_counts_when_approved_and_is_locked_when_accepted() {
    let Scene { app, departments, round, mut secretary, .. } = scene(3).await;
    let id = report(&app, round, departments[0]).await;
    let mut maker = app.person("lap", Role::Contributor, departments[0]).await;
    let mut checker = app.person("kiem-tra", Role::FocalPoint, departments[0]).await;
    let mut head = app.person("thu-truong", Role::Leader, departments[0]).await;
    let mut stranger = app.person("nguoi-la", Role::FocalPoint, departments[1]).await;
    let (page, fill) = (format!("/bao-cao/{id}"), format!("/bao-cao/{id}/dien"));
    maker.get("/bao-cao").await.expect(200).says("Biểu thử");
    maker.get(&fill).await.expect(200).says("từ hoạt động");
    stranger.get(&page).await.expect(404);
    stranger.post(&fill, &FIELDS).await.expect(404);
    // What cannot be read comes back as typed; what a rule refuses keeps the report from going on.
    maker.post(&fill, &[("c.c1", "mười"), ("k.c1", "so")]).await.expect(422).says("value=\"mười\"");
    maker
        .post(&fill, &[("c.c1", "0"), ("c.c2", "5"), ("k.c4", "so"), ("c.c4", "3")])
        .await
        .expect(422)
        .says("nêu lý do");
    maker
        .post(&fill, &[("c.c1", "0"), ("c.c2", "5"), ("c.c4", ""), ("lam", "trinh")])
        .await
        .expect(422)
        .says("Có lượt thì phải có cuộc")
        .says("Chưa có số liệu");
    maker.post(&fill, &FIELDS).await.expect(303);
    maker.post(&fill, &[("lam", "trinh")]).await.expect(303);
    secretary.get(&page).await.expect(200).says("Đơn vị đang lập báo cáo");
    maker.post(&format!("{page}/kiem-tra"), &[]).await.expect(403);
    checker.post(&format!("{page}/kiem-tra"), &[]).await.expect(303);
    checker.post(&format!("{page}/gui"), &[]).await.expect(409);
    head.post(&format!("{page}/gui"), &[]).await.expect(303);
    secretary.get(&page).await.expect(200).says("1.500").says("150").says("không phát sinh");
    // Nobody edits another's figures.
    secretary.post(&fill, &FIELDS).await.expect(404);
    secretary.post(&format!("{page}/tra-lai"), &[]).await.expect(422);
    secretary.post(&format!("{page}/tra-lai"), &[("r.c2", "Xem lại số lượt")]).await.expect(303);
    maker.get(&fill).await.expect(200).says("Xem lại số lượt");
    maker.post(&fill, &[("c.c2", "1.200"), ("k.c2", "so"), ("lam", "trinh")]).await.expect(303);
    checker.post(&format!("{page}/kiem-tra"), &[]).await.expect(303);
    head.post(&format!("{page}/gui"), &[]).await.expect(303);
    secretary.post(&format!("{page}/duyet"), &[]).await.expect(303);
    let table = format!("/ky-bao-cao/{round}");
    secretary.get(&table).await.expect(200).says("1.200").says("1/3");
    secretary.get(&format!("{table}/o/c2")).await.expect(200).says("Sở số 0").says("1/3 đơn vị có số liệu");
    for view in ["", "?xem=nay"] {
        let history = secretary.get(&format!("{table}/qua-cac-ky/c3{view}")).await.expect(200);
        history.says("Năm 2026").says("Sở số 0").says("120").says("1/3");
    }
    secretary.post(&format!("{page}/tiep-nhan"), &[]).await.expect(303);
    secretary.post(&format!("{page}/tra-lai"), &[("ly_do", "Muộn rồi")]).await.expect(409);
    maker.post(&fill, &FIELDS).await.expect(409);
    // A correction counts when it is approved; until then the accepted figures stand.
    let answer = maker.post(&format!("{page}/dinh-chinh"), &[("ly_do", "Cộng sót một cuộc")]).await.expect(303);
    let next = answer.location().trim_end_matches("/dien").to_owned();
    // Those above still have what was accepted, and see that a correction is on its way.
    let counts = r#"Đã duyệt</span><span class="kpi-value">1</span>"#;
    let line = format!("<a href=\"{page}\">");
    secretary.get(&table).await.expect(200).says("1.200").says("đang đính chính").says(counts).says(&line);
    secretary.get("/ky-bao-cao/bang").await.expect(200).says("đã tiếp nhận");
    secretary.get(&page).await.expect(200).says("vẫn được tính").says(&next);
    secretary.get(&next).await.expect(200).says("của bản 1").says(&format!("href=\"{page}\""));
    let own = maker.get("/bao-cao").await.expect(200).says("bản đính chính 2").text();
    assert!(!own.contains("chậm"), "what was sent in time is not late for its correction");
    maker.post(&format!("{next}/dien"), &[("c.c2", "1.300"), ("k.c2", "so"), ("lam", "trinh")]).await.expect(303);
    checker.post(&format!("{next}/kiem-tra"), &[]).await.expect(303);
    head.post(&format!("{next}/gui"), &[]).await.expect(303);
    secretary.get(&next).await.expect(200).says("Thay đổi so với bản 1").says("1.300");
    secretary.post(&format!("{next}/duyet"), &[]).await.expect(303);
    secretary.get(&table).await.expect(200).says("1.300").says("1/3");
    assert_eq!(check_sums(&app.app, round).await.expect("a recount"), 0);
    secretary.post(&format!("{next}/hoi"), &[("o", "c2"), ("cau_hoi", "Vì sao tăng?")]).await.expect(303);
    maker.get(&next).await.expect(200).says("Vì sao tăng?");
    app.end().await;
}

#[tokio::test]
async fn who_receives_goes_from_report_to_report_and_accepts_all_that_were_approved() {
    let Scene { app, mut secretary, round, province, departments, .. } = scene(2).await;
    let page = format!("/ky-bao-cao/{round}");
    let accept = [("co", province.to_string())];
    let accept: Vec<(&str, &str)> = accept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    secretary.post(&format!("{page}/tiep-nhan"), &accept).await.expect(409).says("chờ tiếp nhận");
    let reports = [report(&app, round, departments[0]).await, report(&app, round, departments[1]).await];
    change(&app, "UPDATE reports SET state = 'submitted', submitted_on = 20260101, frozen = '{\"values\":{\"c1\":10}}' WHERE fills").await;
    secretary.get(&format!("/bao-cao/{}", reports[0])).await.expect(200);
    secretary.post(&format!("/bao-cao/{}/duyet", reports[0]), &[]).await.expect(303);
    let told = secretary.get(&format!("/bao-cao/{}", reports[0])).await.expect(200);
    told.says("Báo cáo chờ duyệt tiếp theo (1)").says(&format!("/bao-cao/{}\"", reports[1]));
    secretary.post(&format!("/bao-cao/{}/duyet", reports[1]), &[]).await.expect(303);
    secretary.get(&page).await.expect(200).says("Tiếp nhận 2 báo cáo đã duyệt");
    // Only who has the role at exactly the agency that receives.
    let other = [("co", departments[0].to_string())];
    let other: Vec<(&str, &str)> = other.iter().map(|(name, value)| (*name, value.as_str())).collect();
    secretary.post(&format!("{page}/tiep-nhan"), &other).await.expect(404);
    secretary.post(&format!("{page}/tiep-nhan"), &accept).await.expect(303);
    let text = secretary.get(&page).await.expect(200).says("Đã tiếp nhận và khóa 2 báo cáo").text();
    assert_eq!(text.matches("đã tiếp nhận</span>").count(), 2);
    assert_eq!(number(&app, "SELECT COUNT(*) AS n FROM report_steps WHERE kind = 'accept'").await, 2);
    app.end().await;
}

#[tokio::test]
async fn sums_equal_a_recount_after_random_acts_and_a_sent_key_is_taken_once() {
    let Scene { app, province, departments, round, mut secretary } = scene(4).await;
    let mut makers = Vec::new();
    for (n, department) in departments.iter().enumerate() {
        makers.push(app.person(&format!("lap-{n}"), Role::FocalPoint, *department).await);
        set_combined(&app.app, &Permit::system(), *department, true).await.expect("set");
    }
    let mut seed = 20_261_109u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for turn in 0..60 {
        let n = random(4) as usize;
        let body = serde_json::json!({
            "key": format!("khoa-so-{turn}"), "form": "thu", "period": "2026", "do": "send",
            "values": { "c1": random(9) + 1, "c2": if random(3) == 0 { serde_json::json!("none") } else { serde_json::json!(random(5000)) },
                        "c4": if random(2) == 0 { "none" } else { "unassigned" } }
        });
        let id = report(&app, round, departments[n]).await;
        match random(5) {
            0 | 1 => {
                let first = makers[n].post_json("/api/bao-cao", &body).await;
                let again = makers[n].post_json("/api/bao-cao", &body).await;
                assert_eq!((first.status, first.text()), (again.status, again.text()));
            }
            2 => drop(secretary.post(&format!("/bao-cao/{id}/duyet"), &[]).await),
            3 => drop(secretary.post(&format!("/bao-cao/{id}/tra-lai"), &[("ly_do", "Xem lại")]).await),
            _ if random(3) == 0 => {
                secretary.post(&format!("/bao-cao/{id}/tiep-nhan"), &[]).await;
                makers[n].post(&format!("/bao-cao/{id}/dinh-chinh"), &[("ly_do", "Đính chính")]).await;
            }
            _ => {}
        }
        assert_eq!(check_sums(&app.app, round).await.expect("a recount"), 0, "after turn {turn}");
    }
    let counted =
        scalar(app.app.db.read(), "SELECT COUNT(*) FROM reports WHERE counted", vec![]).await.expect("a count");
    assert!(counted > 0);
    let other = serde_json::json!({ "key": "khoa-so-0", "form": "thu", "period": "2026", "values": { "c1": 77 } });
    let mut statuses = Vec::new();
    for maker in &mut makers {
        statuses.push(maker.post_json("/api/bao-cao", &other).await.status.as_u16());
    }
    assert!(statuses.iter().all(|status| [200, 409, 422].contains(status)), "{statuses:?}");
    assert!(secretary.get(&format!("/ky-bao-cao/{round}?xem=nay")).await.status.is_success());
    let _ = province;
    app.end().await;
}

#[tokio::test]
async fn who_made_or_checked_a_report_is_told_who_takes_the_next_step_and_is_offered_no_button_for_it() {
    let Scene { app, departments, round, .. } = scene(1).await;
    let id = report(&app, round, departments[0]).await;
    let (page, check, send) = (format!("/bao-cao/{id}"), "/kiem-tra\"><button", "/gui\"><button");
    let mut maker = app.person("lap", Role::FocalPoint, departments[0]).await;
    let mut checker = app.person("pho", Role::Leader, departments[0]).await;
    let mut head = app.person("truong", Role::Leader, departments[0]).await;
    let filled = [FIELDS.as_slice(), &[("lam", "trinh")]].concat();
    maker.post(&format!("{page}/dien"), &filled).await.expect(303);
    let seen = maker.get(&page).await.expect(200).says("Cần người khác kiểm tra: bạn đã lập").text();
    assert!(!seen.contains(check) && seen.contains("/tra-nguoi-lap"), "the maker takes it back, but checks it not");
    maker.post(&format!("{page}/kiem-tra"), &[]).await.expect(409).says("Cần người khác kiểm tra");
    checker.get(&page).await.expect(200).says(check);
    checker.post(&format!("{page}/kiem-tra"), &[]).await.expect(303);
    for (person, told) in
        [(&mut maker, "Cần lãnh đạo của cơ quan duyệt và gửi"), (&mut checker, "Cần lãnh đạo khác duyệt và gửi")]
    {
        let seen = person.get(&page).await.expect(200).says(told).text();
        assert!(!seen.contains(send));
        person.post(&format!("{page}/gui"), &[]).await.expect(409).says(told);
    }
    head.get(&page).await.expect(200).says(send);
    // Where the agency lets one person be several, the buttons are there.
    set_combined(&app.app, &Permit::system(), departments[0], true).await.expect("set");
    maker.get(&page).await.expect(200).says(send);
    app.end().await;
}

/// A number that the database counts.
async fn number(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a count")
}

#[tokio::test]
async fn reports_sent_at_the_same_moment_are_each_taken_once_or_not_at_all() {
    let Scene { app, departments, .. } = scene(4).await;
    let mut sending = tokio::task::JoinSet::new();
    for (n, department) in departments.iter().enumerate() {
        let token = app.person(&format!("lap-{n}"), Role::FocalPoint, *department).await.session().expect("a session");
        // Each three times under one key, and three times under keys of their own.
        for turn in 0..6 {
            let mut client = app.anonymous();
            client.set_session(&token);
            let key = format!("khoa-{n}-{}", turn.max(2));
            let body =
                serde_json::json!({ "key": key, "form": "thu", "period": "2026", "values": { "c1": turn.max(2) } });
            sending.spawn(async move { (key, client.post_json("/api/bao-cao", &body).await) });
        }
    }
    let mut answers: BTreeMap<String, String> = BTreeMap::new();
    while let Some(done) = sending.join_next().await {
        let (key, answer) = done.expect("an answer");
        if answer.status == 200 {
            let text = answer.text();
            let known = answers.entry(key).or_insert_with(|| text.clone());
            assert_eq!(*known, text, "the same key, the same answer");
        } else {
            assert!([409, 503].contains(&answer.status.as_u16()), "{}: {}", answer.status, answer.text());
        }
    }
    assert!(answers.len() >= 4);
    let taken = answers.len() as i64;
    assert_eq!(number(&app, "SELECT COUNT(*) FROM report_intakes").await, taken);
    assert_eq!(number(&app, "SELECT COUNT(*) FROM report_steps WHERE kind = 'fill'").await, taken);
    assert_eq!(number(&app, "SELECT CAST(SUM(version) AS BIGINT) FROM reports").await, taken);
    assert_eq!(number(&app, "SELECT COUNT(*) FROM audit WHERE action = 'reporting.fill'").await, taken);
    app.end().await;
}

#[tokio::test]
async fn an_expired_form_is_refused_with_what_followed_and_an_unverified_one_asks() {
    let Scene { app, province, .. } = scene(1).await;
    let mut secretary = app.person("thu-ky-2", Role::Secretariat, province).await;
    let list = secretary.get("/bieu-mau").await.expect(200).text();
    let id = |name: &str| {
        let at = list.find(name).expect("in the list");
        let from = list[..at].rfind("/bieu-mau/").expect("a link") + "/bieu-mau/".len();
        list[from..from + 36].to_owned()
    };
    let province = province.to_string();
    let old = id("Tình hình tổ chức và hoạt động");
    let fields = [("bieu", old.as_str()), ("ky", "nam-lich|2025"), ("co_quan", province.as_str())];
    secretary.post("/ky-bao-cao/mo", &fields).await.expect(422).says("Thông tư số 17/2025/TT-BTP");
    let unverified = id("Kết quả phổ biến, giáo dục pháp luật trên địa bàn cấp xã");
    let fields = [("bieu", unverified.as_str()), ("ky", "6-thang|2026-H1"), ("co_quan", province.as_str())];
    secretary.post("/ky-bao-cao/mo", &fields).await.expect(422).says("chưa đối chiếu");
    app.end().await;
}

#[tokio::test]
async fn one_digest_a_person_reminds_of_reports() {
    let Scene { app, departments, .. } = scene(1).await;
    app.person("lap", Role::FocalPoint, departments[0]).await;
    change(&app, "UPDATE users SET email = 'lap@example.vn' WHERE login = 'lap'").await;
    // 14/12 + 5 days is a Saturday: due on Monday 21/12.
    for ((month, day), expected) in
        [((12, 13), 0), ((12, 14), 1), ((12, 20), 2), ((12, 21), 3), ((12, 22), 4), ((12, 23), 4)]
    {
        app.clock.set(chrono::NaiveDate::from_ymd_opt(2026, month, day).expect("a date"));
        app.run_jobs().await;
        app.run_jobs().await;
        assert_eq!(app.mails().len(), expected, "{day}/{month}");
    }
    app.end().await;
}

#[tokio::test]
async fn duties_and_reports_of_a_day_come_in_one_letter() {
    let Scene { app, province, departments, .. } = scene(1).await;
    app.person("lap", Role::FocalPoint, departments[0]).await;
    change(&app, "UPDATE users SET email = 'lap@example.vn' WHERE login = 'lap'").await;
    let duty = vec![crate::plans::lead(departments[0])];
    let duty = crate::plans::task("I.1", "Tập huấn", papers::DeadlineKind::Date, "2026-12-21", duty);
    crate::plans::expand(&app, &crate::plans::paper(&app, province, vec![duty])).await;
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2026, 12, 14).expect("a date"));
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    let sql = "SELECT COUNT(*) FROM reminders WHERE subject LIKE '%1 nhiệm vụ đến hạn%' AND subject LIKE '%1 báo cáo đến hạn%'";
    assert_eq!(scalar(app.app.db.read(), sql, vec![]).await.expect("a count"), 1);
    app.end().await;
}

/// Kept here so that the type of an opening stays usable from outside the slice.
#[tokio::test]
async fn the_program_itself_can_open_a_round_for_a_demonstration() {
    let Scene { app, province, .. } = scene(2).await;
    let rows: Vec<Id> =
        all(app.app.db.read(), "SELECT id FROM form_versions WHERE form_key = 'thu'", vec![]).await.expect("forms");
    let opening = Opening {
        plan: None,
        form: rows.first().expect("a form").id,
        owner: province,
        rule: kernel::periods::Rule::Year,
        period: "2026".into(),
        estimate: true,
        on: None,
        compared: true,
        generated: true,
    };
    let round = open_round(&app.app, &Permit::system(), opening).await.expect("opened");
    app.run_jobs().await;
    let mut viewer = app.person("xem", Role::Viewer, province).await;
    viewer.get(&format!("/ky-bao-cao/{round}")).await.expect(200).says("Dữ liệu phát sinh để trình diễn").says("0/2");
    app.end().await;
}
