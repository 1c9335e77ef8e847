//! Amendment, replacement and withdrawal decide what becomes of open obligations.

use kernel::Role;
use papers::DeadlineKind;
use records::documents::Change;
use testkit::TestApp;

use super::*;

#[tokio::test]
async fn a_new_plan_carries_on_what_it_keeps_and_closes_the_rest() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let old_tasks = vec![
        task(
            "II.1",
            "Tập huấn nghiệp vụ cho tuyên truyền viên pháp luật cấp xã",
            DeadlineKind::Date,
            "2026-12-01",
            vec![lead(justice)],
        ),
        task("II.2", "Mua sắm tủ sách pháp luật", DeadlineKind::Date, "2026-12-10", vec![lead(justice)]),
    ];
    let old = paper(&app, province, old_tasks);
    let old_plan = expand(&app, &old).await;
    let before = obligations(&app, old_plan).await;
    let mut agency = app.person("dau-moi", Role::FocalPoint, justice).await;
    let report = [("phien_ban", "0"), ("phan_tram", "40"), ("ket_qua", "Một lớp"), ("xong", "0")];
    let path = format!("/nghia-vu/{}/bao-cao", before[0].id);
    agency.upload(&path, &report, &[("tep", "lop.pdf", b"x")]).await.expect(303);
    let new_tasks = vec![
        task(
            "II.3",
            "Tập huấn nghiệp vụ cho tuyên truyền viên pháp luật ở cấp xã",
            DeadlineKind::Date,
            "2026-12-20",
            vec![lead(justice)],
        ),
        task("II.4", "Tổ chức phiên tòa giả định", DeadlineKind::Date, "2026-12-20", vec![lead(justice)]),
    ];
    let new = Confirmed {
        number: "20/KH-UBND".into(),
        amends: Some(old.id),
        how: Some(Change::Replaces),
        ..paper(&app, province, new_tasks)
    };
    let new_plan = expand(&app, &new).await;
    let (gone, made) = (obligations(&app, old_plan).await, obligations(&app, new_plan).await);
    assert!(gone.iter().all(|one| one.state == "replaced" && one.urgent == 0));
    assert_eq!(gone[0].moved_to, Some(made[0].id));
    assert_eq!(gone[1].moved_to, None);
    assert_eq!((made[0].state.as_str(), made[0].percent, made[0].due_date), ("doing", 40, 20_261_220));
    assert_eq!(made[1].state, "new");
    agency.get(&format!("/nghia-vu/{}", made[0].id)).await.expect(200).says("lop.pdf").says("Tiếp tục từ 12/KH-UBND");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM plans WHERE state = 'replaced'").await, 1);
    expand(&app, &new).await;
    assert_eq!(obligations(&app, new_plan).await, made);
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn an_amendment_leaves_what_it_does_not_speak_of() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks = vec![
        task("II.1", "Tập huấn nghiệp vụ cho tuyên truyền viên", DeadlineKind::Date, "2026-12-01", vec![lead(justice)]),
        task("II.2", "Mua sắm tủ sách pháp luật", DeadlineKind::Date, "2026-12-10", vec![lead(justice)]),
    ];
    let old = paper(&app, province, tasks);
    let old_plan = expand(&app, &old).await;
    let tasks = vec![task(
        "1",
        "Tập huấn nghiệp vụ cho tuyên truyền viên",
        DeadlineKind::Date,
        "2026-12-25",
        vec![lead(justice)],
    )];
    let new = Confirmed { amends: Some(old.id), how: Some(Change::Amends), ..paper(&app, province, tasks) };
    expand(&app, &new).await;
    let states: Vec<String> = obligations(&app, old_plan).await.into_iter().map(|one| one.state).collect();
    assert_eq!(states, ["replaced", "new"]);
    app.end().await;
}

#[tokio::test]
async fn a_withdrawn_plan_asks_for_nothing_more() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks = vec![task("II.1", "Tập huấn", DeadlineKind::Date, "2026-12-01", vec![lead(justice)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    owner.get(&format!("/ke-hoach/{plan}/thiet-lap")).await.expect(200).says("Thu hồi");
    owner.post(&format!("/ke-hoach/{plan}/thay-the"), &[("cach", "thay-the"), ("moi", "")]).await.expect(422);
    app.run_jobs().await;
    assert_eq!(obligations(&app, plan).await[0].state, "new");
    owner.post(&format!("/ke-hoach/{plan}/thay-the"), &[("cach", "thu-hoi")]).await.expect(303);
    app.run_jobs().await;
    assert_eq!(obligations(&app, plan).await[0].state, "withdrawn");
    owner.get(&format!("/ke-hoach/{plan}")).await.expect(200).says("đã thu hồi");
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn another_end_of_the_year_moves_open_yearly_duties() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks = vec![task("II.1", "Báo cáo", DeadlineKind::Annual, "", vec![lead(justice)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    let path = format!("/ke-hoach/{plan}/thiet-lap");
    owner
        .post(&path, &[("loai", "yearly"), ("tu_nam", "2026"), ("den_nam", "2025")])
        .await
        .expect(422)
        .says("Năm kết thúc");
    let fields =
        [("loai", "yearly"), ("tu_nam", "2026"), ("den_nam", "2026"), ("cuoi_nam", "1214"), ("so_ket", "30/06/2026")];
    owner.post(&path, &fields).await.expect(303);
    assert_eq!(obligations(&app, plan).await[0].due_date, 20_261_214);
    owner.get(&format!("/ke-hoach/{plan}")).await.expect(200).says("30/06/2026");
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn a_corrected_version_keeps_what_was_done_and_changes_only_what_it_changes() {
    let app = TestApp::at(day(2026, 1, 20)).await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let yearly = |dates: &str| {
        task("II.3", "Báo cáo kết quả phổ biến pháp luật", DeadlineKind::Annual, dates, vec![lead(justice)])
    };
    let training =
        |date: &str| task("II.1", "Tập huấn tuyên truyền viên", DeadlineKind::Date, date, vec![lead(justice)]);
    let book = task("II.2", "Mua sắm tủ sách", DeadlineKind::Date, "2026-03-10", vec![lead(justice)]);
    let kept = task("II.4", "Rà soát văn bản", DeadlineKind::Date, "2026-02-01", vec![lead(justice)]);
    let tasks = vec![training("2026-12-01"), book.clone(), yearly("06-01,12-01"), kept.clone()];
    let title = "Thực hiện Chỉ thị".to_owned();
    let old = Confirmed { title: title.clone(), ..paper(&app, province, tasks) };
    let old_plan = expand(&app, &old).await;
    let before = obligations(&app, old_plan).await;
    let at = |period: &str| before.iter().find(|one| one.period == period).expect("an obligation").id;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    let settings = [("loai", "project"), ("tu_nam", "2026"), ("den_nam", ""), ("cuoi_nam", "1214")];
    owner.post(&format!("/ke-hoach/{old_plan}/thiet-lap"), &settings).await.expect(303);
    let mut agency = app.person("dau-moi", Role::FocalPoint, justice).await;
    let report = [("phien_ban", "0"), ("phan_tram", "40"), ("ket_qua", "Một lớp"), ("xong", "0")];
    for period in ["2026-12-01", "2027-06-01"] {
        let path = format!("/nghia-vu/{}/bao-cao", at(period));
        agency.upload(&path, &report, &[("tep", "lop.pdf", b"x")]).await.expect(303);
    }
    let ask = [("den_ngay", "15/12/2027"), ("ly_do", "Chờ kinh phí")];
    agency.post(&format!("/nghia-vu/{}/gia-han", at("2027-06-01")), &ask).await.expect(303);

    app.clock.set(day(2026, 3, 20));
    let added = task("II.5", "Tổ chức phiên tòa giả định", DeadlineKind::Date, "2026-03-01", vec![lead(justice)]);
    let tasks = vec![training("2026-12-20"), yearly("06-15,12-15"), kept, added];
    let new = Confirmed { title, corrects: Some(old.id), ..paper(&app, province, tasks) };
    let new_plan = expand(&app, &new).await;
    let (gone, made) = (obligations(&app, old_plan).await, obligations(&app, new_plan).await);
    assert!(gone.iter().all(|one| one.state == "replaced" && one.urgent == 0));
    let moved = |id: Uuid| gone.iter().find(|one| one.id == id).and_then(|one| one.moved_to);
    let now = |period: &str| made.iter().find(|one| one.period == period).cloned().expect("an obligation");
    // The same task on another day, a yearly one in its own year: with their progress.
    let (training, report) = (now("2026-12-20"), now("2027-06-15"));
    assert_eq!((training.state.as_str(), training.percent, training.due_date), ("doing", 40, 20_261_220));
    assert_eq!((report.state.as_str(), report.percent, report.due_date), ("doing", 40, 20_270_615));
    assert_eq!((moved(at("2026-12-01")), moved(at("2027-06-01"))), (Some(training.id), Some(report.id)));
    // Dropped: closed with its history; added with a day gone by: not chased; kept and late: still late.
    assert_eq!(moved(at("2026-03-10")), None);
    assert_eq!((now("2026-03-01").state.as_str(), now("2026-03-01").urgent), ("historical", 0));
    assert_eq!((now("2026-02-01").mark.as_str(), now("2026-02-01").urgent), ("", 1));
    agency = app.anonymous();
    agency.sign_in("dau-moi", testkit::PASSWORD).await;
    let page = agency.get(&format!("/nghia-vu/{}", report.id)).await.expect(200);
    page.says("lop.pdf").says("Tiếp tục từ 12/KH-UBND").says("Chờ kinh phí");
    owner = app.anonymous();
    owner.sign_in("thu-ky", testkit::PASSWORD).await;
    owner.get(&format!("/nghia-vu/{}", at("2026-03-10"))).await.expect(200).says("nội dung này không còn");
    let page = owner.get(&format!("/ke-hoach/{new_plan}/thiet-lap")).await.expect(200);
    page.says("value=\"1214\" checked").says("value=\"project\" selected");
    expand(&app, &new).await;
    assert_eq!(obligations(&app, new_plan).await, made);
    totals_hold(&app).await;
    app.end().await;
}

#[derive(FromQueryResult)]
struct Kept {
    id: Uuid,
    product: String,
    product_kind: String,
    product_issuer: String,
    per_locality: bool,
}

async fn kept(app: &TestApp, plan: Uuid, anchor: &str) -> Kept {
    let sql = "SELECT id, product, product_kind, product_issuer, per_locality FROM plan_tasks \
               WHERE plan_id = $1 AND anchor = $2";
    all(app.app.db.read(), sql, vec![plan.into(), anchor.into()]).await.expect("tasks").remove(0)
}

#[tokio::test]
async fn a_corrected_version_keeps_events_that_took_place_products_set_by_hand_and_the_plans_below_it() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks = || {
        let event = task("II.1", "Tuyên truyền luật mới", DeadlineKind::Event, "", vec![lead(justice)]);
        let contest = task("II.2", "Tổ chức cuộc thi", DeadlineKind::Date, "2026-12-01", vec![lead(justice)]);
        vec![event, contest]
    };
    let old = paper(&app, province, tasks());
    let old_plan = expand(&app, &old).await;
    let below = Confirmed { number: "30/KH-STP".into(), owner_agency: province, ..paper(&app, province, Vec::new()) };
    let other = task("I.1", "Việc khác hẳn", DeadlineKind::Date, "2026-12-05", vec![lead(justice)]);
    let below = expand(&app, &Confirmed { tasks: vec![other], ..below }).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    let under = old_plan.to_string();
    let settings =
        [("loai", "yearly"), ("thuoc", under.as_str()), ("tu_nam", "2026"), ("den_nam", "2026"), ("cuoi_nam", "1231")];
    owner.post(&format!("/ke-hoach/{below}/thiet-lap"), &settings).await.expect(303);
    let (event, contest) = (kept(&app, old_plan, "II.1").await, kept(&app, old_plan, "II.2").await);
    let fields = [("ngay", "09/11/2026"), ("so_ngay", "30"), ("ghi_chu", "Luật có hiệu lực")];
    owner.post(&format!("/ke-hoach/{old_plan}/nhiem-vu/{}/su-kien", event.id), &fields).await.expect(303);
    let fields =
        [("san_pham", "Kế hoạch cuộc thi"), ("loai", "Kế hoạch"), ("ban_hanh", "Sở Tư pháp"), ("moi_noi", "1")];
    owner.post(&format!("/ke-hoach/{old_plan}/nhiem-vu/{}/san-pham", contest.id), &fields).await.expect(303);

    let new = Confirmed { corrects: Some(old.id), ..paper(&app, province, tasks()) };
    let new_plan = expand(&app, &new).await;
    assert_ne!(new_plan, old_plan);
    let (event, contest) = (kept(&app, new_plan, "II.1").await, kept(&app, new_plan, "II.2").await);
    let sql = "SELECT COUNT(*) FROM task_events WHERE task_id = $1 AND on_day = 20261109 AND note = 'Luật có hiệu lực'";
    assert_eq!(scalar(app.app.db.read(), sql, vec![event.id.into()]).await.expect("a count"), 1);
    assert_eq!((contest.product.as_str(), contest.product_kind.as_str()), ("Kế hoạch cuộc thi", "Kế hoạch"));
    assert_eq!((contest.product_issuer.as_str(), contest.per_locality), ("Sở Tư pháp", true));
    // The duty that waited has its day, in the new version, too.
    let duty = obligations(&app, new_plan).await.into_iter().find(|one| one.due_date == 20_261_209);
    assert_eq!(duty.map(|one| (one.clock, one.urgent)), Some(("dated".into(), 1)));
    let sql = "SELECT COUNT(*) FROM plans WHERE parent_id = $1";
    let children = scalar(app.app.db.read(), sql, vec![new_plan.into()]).await.expect("a count");
    assert_eq!((children, scalar(app.app.db.read(), sql, vec![old_plan.into()]).await.expect("a count")), (1, 0));
    owner.get(&format!("/ke-hoach/{below}")).await.expect(200).says(&format!("/ke-hoach/{new_plan}"));
    owner.get(&format!("/ke-hoach/{new_plan}/san-pham")).await.expect(200).says("Kế hoạch cuộc thi");
    // Once more changes nothing.
    let made = obligations(&app, new_plan).await;
    expand(&app, &new).await;
    assert_eq!(obligations(&app, new_plan).await, made);
    totals_hold(&app).await;
    app.end().await;
}
