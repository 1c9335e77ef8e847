//! From a confirmed paper to obligations.

use kernel::Role;
use papers::DeadlineKind;
use records::documents::{Mode, PartyRole, Target};
use testkit::TestApp;

use super::*;

#[tokio::test]
async fn every_agency_of_a_class_gets_its_dates_once() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let culture = app.agency("Sở Văn hóa", Some(province)).await;
    let tasks = vec![
        task(
            "I.1",
            "Tập huấn",
            DeadlineKind::Date,
            "2026-12-15",
            vec![lead(justice), every(PartyRole::Coordinating, "department", province)],
        ),
        task("I.2", "Báo cáo năm", DeadlineKind::Annual, "", vec![every(PartyRole::Lead, "department", province)]),
        task("I.3", "Truyền thông", DeadlineKind::Continuous, "", vec![lead(culture)]),
        task("I.4", "Khi luật được thông qua", DeadlineKind::Event, "", vec![lead(justice)]),
        task("I.5", "Kinh phí", DeadlineKind::None, "", vec![lead(justice), helps(culture)]),
        task("I.6", "Không rõ ai", DeadlineKind::Annual, "", vec![party(PartyRole::Lead, Force::Assign, Target::None)]),
    ];
    let confirmed = paper(&app, province, tasks);
    let plan = expand(&app, &confirmed).await;
    let made = obligations(&app, plan).await;
    let of = |agency: Uuid| made.iter().filter(|one| one.agency_id == agency).count();
    // The lead does not coordinate with itself: one date, one year, one event, one without a clock.
    assert_eq!(of(justice), 4);
    // Helping with the date, its year, the last quarter that is not past, helping without a clock.
    assert_eq!(of(culture), 4);
    let again = expand(&app, &confirmed).await;
    assert_eq!(again, plan);
    assert_eq!(obligations(&app, plan).await, made);
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn a_paper_of_the_past_is_kept_as_it_was_and_chases_nobody() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks = vec![
        task("I.1", "Tập huấn", DeadlineKind::Quarter, "2021-Q1", vec![lead(justice)]),
        task("I.2", "Báo cáo", DeadlineKind::Annual, "", vec![lead(justice)]),
    ];
    let confirmed = Confirmed {
        mode: Mode::History,
        date: Some(day(2020, 12, 31)),
        title: "Thực hiện Kết luận".into(),
        ..paper(&app, province, tasks)
    };
    let made = {
        let plan = expand(&app, &confirmed).await;
        obligations(&app, plan).await
    };
    // One quarter; the years that were over when it was filed.
    let periods: Vec<&str> = made.iter().map(|one| one.period.as_str()).collect();
    assert_eq!(periods, ["2021-Q1", "2021", "2022", "2023", "2024", "2025"]);
    assert!(made.iter().all(|one| one.state == "historical" && one.urgent == 0));
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn a_paper_in_force_gives_duties_from_today_and_marks_single_dates_gone_by() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks = vec![
        task("I.1", "Tập huấn", DeadlineKind::Quarter, "2026-Q1", vec![lead(justice)]),
        task("I.2", "Báo cáo", DeadlineKind::Annual, "03-01", vec![lead(justice)]),
        task("I.3", "Đề nghị", DeadlineKind::Date, "2026-12-01", vec![asked(justice)]),
    ];
    let confirmed = Confirmed { title: "Thực hiện Kết luận".into(), ..paper(&app, province, tasks) };
    let plan = expand(&app, &confirmed).await;
    let made = obligations(&app, plan).await;
    let made: Vec<_> = made.iter().map(|one| (one.period.as_str(), one.urgent, one.state.as_str())).collect();
    assert_eq!(made, [("2026-Q1", 0, "historical"), ("2027-03-01", 1, "new"), ("2026-12-01", 0, "new")]);
    let mut agency = app.person("dau-moi", Role::FocalPoint, justice).await;
    let mine = agency.get("/viec-cua-toi").await.expect(200).says("Báo cáo").text();
    assert!(!mine.contains("Tập huấn"), "what was over before is no work");
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn the_years_go_on_and_a_new_unit_gets_its_yearly_duty() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    app.agency("Sở Tư pháp", Some(province)).await;
    let tasks =
        vec![task("I.1", "Báo cáo", DeadlineKind::Annual, "", vec![every(PartyRole::Lead, "department", province)])];
    let confirmed = Confirmed { title: "Thực hiện Chỉ thị".into(), ..paper(&app, province, tasks) };
    let plan = expand(&app, &confirmed).await;
    assert_eq!(obligations(&app, plan).await.len(), 2);
    let new = app.agency("Sở Văn hóa", Some(province)).await;
    app.clock.set(day(2027, 2, 1));
    app.run_jobs().await;
    let made = obligations(&app, plan).await;
    let periods = |agency: Option<Uuid>| -> Vec<String> {
        made.iter().filter(|one| agency.is_none_or(|id| one.agency_id == id)).map(|one| one.period.clone()).collect()
    };
    assert_eq!(periods(Some(new)), ["2027", "2028"]);
    assert_eq!(periods(None).len(), 5);
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn what_an_ended_agency_left_open_waits_for_the_owner() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let ending = app.agency("Sở Văn hóa", Some(province)).await;
    let tasks = vec![task("I.1", "Tập huấn", DeadlineKind::Date, "2026-12-15", vec![lead(ending)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let tx = app.app.db.begin().await.expect("a transaction");
    store::exec(&*tx, "UPDATE agencies SET valid_to = 20261201 WHERE id = $1", vec![ending.into()])
        .await
        .expect("ended");
    tx.commit().await.expect("commit");
    app.clock.set(day(2026, 12, 2));
    app.run_jobs().await;
    let left = obligations(&app, plan).await;
    assert_eq!((left[0].mark.as_str(), left[0].urgent, left[0].state.as_str()), ("orphan", 0, "new"));
    let mut head = app.person("thu-ky", Role::Secretariat, province).await;
    head.get(&format!("/nghia-vu/{}", left[0].id)).await.expect(200).says("cơ quan đã kết thúc");
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn a_job_that_was_killed_is_finished_by_the_next_without_doubles() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    for n in 0..12 {
        app.agency(&format!("Sở số {n}"), Some(province)).await;
    }
    let tasks = (1..=10).map(|n| {
        task(&format!("I.{n}"), "Việc", DeadlineKind::Annual, "", vec![every(PartyRole::Lead, "department", province)])
    });
    let confirmed = paper(&app, province, tasks.collect());
    let plan = expand(&app, &confirmed).await;
    let whole = obligations(&app, plan).await.len();
    assert_eq!(whole, 120);
    // As if the server had died after the first batches: half of the rows are missing, the plan is still being built.
    let tx = app.app.db.begin().await.expect("a transaction");
    let sql = "DELETE FROM obligations WHERE id IN (SELECT id FROM obligations ORDER BY id LIMIT 60)";
    store::exec(&*tx, sql, vec![]).await.expect("gone");
    store::exec(&*tx, "UPDATE plans SET state = 'building'", vec![]).await.expect("building");
    tx.commit().await.expect("commit");
    work::plans::service::repair_totals(&app.app, &Permit::system()).await.expect("repaired");
    assert_eq!(expand(&app, &confirmed).await, plan);
    assert_eq!(obligations(&app, plan).await.len(), whole);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM plans WHERE state = 'active'").await, 1);
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn same_level_bodies_are_those_of_each_addressee() {
    let app = TestApp::new().await;
    app.province("20").await;
    let committee = app.agency_by_code("p20/ubnd").await;
    let relative = |role| party(role, Force::Assign, Target::Relative { key: "relative:ubnd-cung-cap".into() });
    let fronts = |role| {
        let target = Target::Class { key: "each:mttq@commune".into(), scope: committee };
        party(role, Force::Request, target)
    };
    let police = app.agency_by_code("p20/cong-an").await;
    let tasks = vec![
        task(
            "I.1",
            "Giám sát",
            DeadlineKind::Date,
            "2026-12-15",
            vec![fronts(PartyRole::Lead), relative(PartyRole::Coordinating)],
        ),
        task(
            "I.2",
            "Bố trí kinh phí",
            DeadlineKind::Date,
            "2026-12-20",
            vec![relative(PartyRole::Lead), fronts(PartyRole::Coordinating)],
        ),
        task("I.3", "Chỉ đạo", DeadlineKind::Date, "2026-12-25", vec![relative(PartyRole::Lead)]),
    ];
    let addressees = vec![("Công an tỉnh".to_owned(), Target::Agency(police))];
    let plan = expand(&app, &Confirmed { addressees, ..paper(&app, committee, tasks) }).await;
    let made = obligations(&app, plan).await;
    let of = |due: i64, role: &str| -> Vec<&Found> {
        made.iter().filter(|one| one.due_date == due && one.role == role).collect()
    };
    let (fronts, committees) = (of(20_261_215, "lead"), of(20_261_215, "coordinating"));
    assert!(fronts.len() > 60, "one Front in each commune, not {}", fronts.len());
    assert_eq!(committees.len(), fronts.len());
    assert_eq!(of(20_261_220, "lead").len(), fronts.len());
    assert!(committees.iter().all(|one| one.urgent == 1) && fronts.iter().all(|one| one.urgent == 0));
    let code = app.code_of(committees[0].agency_id).await;
    assert!(code.starts_with('c') && code.ends_with("/ubnd"), "{code}");
    // Nobody else is named: it is relative to whom the paper is addressed, who has no duty by that.
    let last: Vec<_> = made.iter().filter(|one| one.due_date == 20_261_225).collect();
    assert_eq!(last.iter().map(|one| one.agency_id).collect::<Vec<_>>(), [committee]);
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn the_owner_says_who_carries_on_for_an_ended_agency_or_that_it_ends() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let ending = app.agency("Sở Thông tin", Some(province)).await;
    let heir = app.agency("Sở Khoa học và Công nghệ", Some(province)).await;
    let tasks = vec![
        task("I.1", "Tập huấn", DeadlineKind::Date, "2026-12-15", vec![lead(ending)]),
        task("I.2", "Phát thanh", DeadlineKind::Date, "2026-12-20", vec![lead(ending)]),
    ];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let tx = app.app.db.begin().await.expect("a transaction");
    store::exec(&*tx, "UPDATE agencies SET valid_to = 20261201 WHERE id = $1", vec![ending.into()])
        .await
        .expect("ended");
    tx.commit().await.expect("commit");
    app.clock.set(day(2026, 12, 2));
    app.run_jobs().await;
    let left = obligations(&app, plan).await;
    let mut head = app.person("thu-ky", Role::Secretariat, province).await;
    let mut other = app.person("nguoi-khac", Role::Secretariat, heir).await;
    let path = format!("/ke-hoach/{plan}/tiep-nhan");
    other.get(&path).await.expect(404);
    head.get(&format!("/ke-hoach/{plan}")).await.expect(200).says("2 nhiệm vụ của cơ quan đã kết thúc").says(&path);
    head.get(&path).await.expect(200).says("Sở Thông tin").says("Phát thanh").says("Chấm dứt, không ai tiếp nhận");
    let (first, second, agency) = (left[0].id.to_string(), left[1].id.to_string(), ending.to_string());
    let mut form = vec![("co_quan", agency.as_str()), ("nv", first.as_str()), ("noi_nhan", "khac")];
    form.extend([("ten", "Sở Khoa hoc nào đó"), ("can_cu", "Quyết định số 15/QĐ-UBND")]);
    let page = head.post(&path, &form).await.expect(422);
    page.says("Không có cơ quan nào tên").says("Sở Khoa hoc nào đó").says("Quyết định số 15/QĐ-UBND");
    form[3] = ("ten", "so khoa hoc va cong nghe");
    head.post(&path, &form).await.expect(303);
    head.post(&path, &form).await.expect(409);
    let ends = [("co_quan", agency.as_str()), ("nv", second.as_str()), ("noi_nhan", "cham-dut"), ("can_cu", "")];
    head.post(&path, &ends).await.expect(422).says("Hãy ghi căn cứ");
    let ends = [ends[0], ends[1], ends[2], ("can_cu", "Không còn nhiệm vụ phát thanh")];
    head.post(&path, &ends).await.expect(303);
    let now = obligations(&app, plan).await;
    assert_eq!((now[0].agency_id, now[0].urgent, now[0].mark.as_str()), (heir, 1, ""));
    assert_eq!((now[1].agency_id, now[1].urgent, now[1].state.as_str()), (ending, 0, "ended"));
    head.get(&path).await.expect(200).says("Không còn nhiệm vụ nào chờ nơi tiếp nhận");
    let page = head.get(&format!("/nghia-vu/{first}")).await.expect(200);
    page.says("Sở Khoa học và Công nghệ tiếp nhận. Căn cứ: Quyết định số 15/QĐ-UBND");
    head.get(&format!("/nghia-vu/{second}")).await.expect(200).says("Không còn nhiệm vụ phát thanh");
    other.get("/viec-cua-toi").await.expect(200).says("Tiếp nhận 1 nhiệm vụ");
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn the_basis_of_a_handover_is_the_paper_on_which_the_agency_ended_until_somebody_changes_it() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let ending = app.agency("Sở Thông tin", Some(province)).await;
    let tasks = vec![task("I.1", "Tập huấn", DeadlineKind::Date, "2026-12-15", vec![lead(ending)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let mut admin = app.person("quan-tri", Role::Administrator, province).await;
    let ends = [
        ("loai", "giai-the"),
        ("ngay", "01/12/2026"),
        ("co_quan", "Sở Thông tin"),
        ("can_cu", "Nghị quyết số 8/NQ-HĐND ngày 20/11/2026"),
        ("buoc", "ghi"),
    ];
    admin.post("/co-quan/su-kien", &ends).await.expect(303);
    let duty = obligations(&app, plan).await.remove(0);
    let tx = app.app.db.begin().await.expect("a transaction");
    let sql = "UPDATE obligations SET mark = 'orphan', urgent = 0 WHERE id = $1";
    store::exec(&*tx, sql, vec![duty.id.into()]).await.expect("left open");
    tx.commit().await.expect("commit");
    app.clock.set(day(2026, 12, 2));
    let mut head = app.person("thu-ky", Role::Secretariat, province).await;
    let path = format!("/ke-hoach/{plan}/tiep-nhan");
    let page = head.get(&path).await.expect(200);
    page.says("value=\"Nghị quyết số 8/NQ-HĐND ngày 20/11/2026\"").says("Lấy từ sự kiện làm cơ quan này kết thúc");
    let (agency, duty) = (ending.to_string(), duty.id.to_string());
    let form =
        [("co_quan", agency.as_str()), ("nv", &duty), ("noi_nhan", "cham-dut"), ("can_cu", "Biên bản bàn giao số 3")];
    head.post(&path, &form).await.expect(303);
    head.get(&format!("/nghia-vu/{duty}")).await.expect(200).says("Biên bản bàn giao số 3");
    app.end().await;
}
