//! Rounds that open by themselves, with the clock moved.

use chrono::NaiveDate;
use kernel::{Role, Uuid};
use platform::jobs::enqueue;
use store::{FromQueryResult, all, exec, scalar};
use testkit::{Client, PASSWORD, TestApp};

/// A quarterly form for departments below a province.
fn form(version: u32, status: &str) -> String {
    format!(
        "key = \"thu-quy\"\nversion = {version}\nname = \"Biểu quý\"\nlegal_basis = \"QĐ 1\"\nvalid_from = \"2026-01-01\"\n\
         status = \"{status}\"\nperiods = [\"quy-15\"]\n[[level]]\nkey = \"so\"\nname = \"Sở\"\nwho = \"kind:department\"\nto = \"tinh\"\n\
         due = \"+5\"\n[[level]]\nkey = \"tinh\"\nname = \"Tỉnh\"\nwho = \"kind:committee\"\n[[cell]]\nkey = \"c1\"\nlabel = \"Số cuộc\"\n\
         type = \"count\"\n"
    )
}

#[derive(Debug, FromQueryResult)]
struct Round {
    period_key: String,
    expected: i64,
}

struct Scene {
    app: TestApp,
    province: Uuid,
    form: String,
    secretary: Client,
}

async fn scene() -> Scene {
    // Months pass between two looks.
    let app = TestApp::with(|config| config.access.unused_days = 3_650).await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let tx = app.app.db.begin().await.expect("a transaction");
    exec(&*tx, "UPDATE agencies SET kind = 'committee'", vec![]).await.expect("a change");
    tx.commit().await.expect("commit");
    app.agency("Sở Tư pháp", Some(province)).await;
    app.agency("Sở Nội vụ", Some(province)).await;
    let mut secretary = app.person("thu-ky", Role::Secretariat, province).await;
    let form = publish(&mut secretary, &form(1, "official"), "01/01/2026").await;
    Scene { app, province, form, secretary }
}

async fn publish(secretary: &mut Client, text: &str, from: &str) -> String {
    let path =
        secretary.upload("/bieu-mau/tai-len", &[("noi_dung", text)], &[]).await.expect(303).location().to_owned();
    secretary.post(&format!("{path}/ban-hanh"), &[("tu_ngay", from)]).await.expect(303);
    path.trim_start_matches("/bieu-mau/").to_owned()
}

impl Scene {
    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("bieu", self.form.clone()),
            ("ky", "quy-15|2026-Q4".into()),
            ("co_quan", self.province.to_string()),
            ("mo", "cuoi".into()),
            ("can_cu", "Thông tư về chế độ báo cáo".into()),
        ]
    }

    async fn add(&mut self, change: &[(&'static str, &str)]) -> testkit::Answer {
        let mut fields = self.fields();
        for (name, value) in change {
            fields.retain(|(field, _)| field != name);
            fields.push((name, (*value).to_owned()));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.secretary.post("/ky-bao-cao/tu-dong/moi", &fields).await
    }

    /// Moves the clock and lets the work of that day run, twice.
    async fn on(&mut self, year: i32, month: u32, day: u32) -> Vec<String> {
        self.app.clock.set(NaiveDate::from_ymd_opt(year, month, day).expect("a date"));
        self.app.run_jobs().await;
        let (tx, app) = (self.app.app.db.begin().await.expect("a transaction"), &self.app.app);
        enqueue(&*tx, &*app.clock, "reporting.open_due", &(), None).await.expect("a job");
        tx.commit().await.expect("commit");
        assert!(self.app.run_jobs().await > 0);
        self.secretary.sign_in("thu-ky", PASSWORD).await;
        self.rounds().await.into_iter().map(|round| round.period_key).collect()
    }

    async fn rounds(&self) -> Vec<Round> {
        let sql = "SELECT period_key, expected FROM report_rounds WHERE state = 'open' ORDER BY date_to";
        all(self.app.app.db.read(), sql, vec![]).await.expect("rounds")
    }

    async fn audited(&self, action: &str) -> i64 {
        let sql = "SELECT COUNT(*) FROM audit WHERE action = $1";
        scalar(self.app.app.db.read(), sql, vec![action.into()]).await.expect("a count")
    }

    /// The address of the only schedule.
    async fn path(&self) -> String {
        #[derive(FromQueryResult)]
        struct Id {
            id: Uuid,
        }
        let ids: Vec<Id> = all(self.app.app.db.read(), "SELECT id FROM report_schedules", vec![]).await.expect("ids");
        assert_eq!(ids.len(), 1);
        format!("/ky-bao-cao/tu-dong/{}", ids[0].id)
    }
}

#[tokio::test]
async fn a_round_opens_once_on_its_day_with_the_deadline_of_the_form() {
    let mut scene = scene().await;
    scene
        .secretary
        .get(&format!("/ky-bao-cao/tu-dong/moi?bieu={}", scene.form))
        .await
        .expect(200)
        .says("Quý IV năm 2026");
    // What is wrong comes back with what was typed.
    let fields = [("mo", "truoc"), ("so_ngay", "99"), ("can_cu", "Thông tư giữ lại")];
    scene.add(&fields).await.expect(422).says("từ 1 đến 60").says("Thông tư giữ lại");
    scene.add(&[("can_cu", "")]).await.expect(422);
    scene.add(&[("ky", "nam|2026")]).await.expect(422);
    scene.add(&[]).await.expect(303);
    scene.add(&[]).await.expect(409);
    scene
        .secretary
        .get("/ky-bao-cao/tu-dong")
        .await
        .expect(200)
        .says("15/12/2026")
        .says("Sở gửi chậm nhất 21/12/2026")
        .says("đang chạy");
    assert!(scene.on(2026, 12, 14).await.is_empty());
    assert_eq!(scene.on(2026, 12, 15).await, ["2026-Q4"]);
    assert_eq!(scene.on(2026, 12, 16).await, ["2026-Q4"]);
    assert_eq!(scene.rounds().await[0].expected, 2);
    let due = "SELECT COUNT(*) FROM reports WHERE due_date = 20261221";
    assert_eq!(scalar(scene.app.app.db.read(), due, vec![]).await.expect("a count"), 2);
    assert_eq!((scene.audited("reporting.schedule").await, scene.audited("reporting.open").await), (1, 1));
    let by = "SELECT COUNT(*) FROM audit WHERE action = 'reporting.open' AND detail LIKE '%thu-ky%'";
    assert_eq!(scalar(scene.app.app.db.read(), by, vec![]).await.expect("a count"), 1);
    scene.secretary.get("/ky-bao-cao/tu-dong").await.expect(200).says("Quý IV năm 2026: đã mở").says("15/03/2027");
    // What was opened by hand is not opened again; what was missed while nothing ran is caught up.
    let province = scene.province.to_string();
    let fields =
        [("bieu", scene.form.as_str()), ("ky", "quy-15|2027-Q1"), ("co_quan", &province), ("lan", "chinh-thuc")];
    scene.secretary.post("/ky-bao-cao/mo", &fields).await.expect(303);
    assert_eq!(scene.on(2027, 6, 20).await, ["2026-Q4", "2027-Q1", "2027-Q2"]);
    scene.app.end().await;
}

#[tokio::test]
async fn a_schedule_that_is_paused_or_ended_opens_nothing_and_leaves_out_what_it_missed() {
    let mut scene = scene().await;
    scene.add(&[("mo", "dau"), ("ky", "quy-15|2026-Q4")]).await.expect(303);
    let path = scene.path().await;
    // The running period is due already.
    assert_eq!(scene.on(2026, 11, 10).await, ["2026-Q4"]);
    let elsewhere = scene.app.agency("Ủy ban nhân dân tỉnh khác", None).await;
    let mut stranger = scene.app.person("thu-ky-khac", Role::Secretariat, elsewhere).await;
    stranger.post(&format!("{path}/tam-dung"), &[]).await.expect(404);
    assert!(!stranger.get("/ky-bao-cao/tu-dong").await.expect(200).text().contains("Biểu quý"));
    scene.secretary.post(&format!("{path}/tiep-tuc"), &[]).await.expect(409);
    scene.secretary.post(&format!("{path}/tam-dung"), &[]).await.expect(303);
    assert_eq!(scene.on(2026, 12, 20).await, ["2026-Q4"]);
    scene.secretary.get("/ky-bao-cao/tu-dong").await.expect(200).says("tạm dừng");
    scene.secretary.post(&format!("{path}/tiep-tuc"), &[]).await.expect(303);
    assert_eq!(scene.on(2026, 12, 21).await, ["2026-Q4"]);
    assert_eq!(scene.on(2027, 3, 15).await, ["2026-Q4", "2027-Q2"]);
    scene.secretary.post(&format!("{path}/ket-thuc"), &[]).await.expect(303);
    scene.secretary.post(&format!("{path}/ket-thuc"), &[]).await.expect(409);
    assert_eq!(scene.on(2027, 6, 15).await, ["2026-Q4", "2027-Q2"]);
    assert_eq!(scene.audited("reporting.schedule_end").await, 1);
    // Another one may be set now.
    scene.add(&[("ky", "quy-15|2027-Q3")]).await.expect(303);
    scene.app.end().await;
}

#[tokio::test]
async fn what_cannot_be_opened_is_said_and_opens_when_the_reason_is_gone() {
    let mut scene = scene().await;
    scene.add(&[]).await.expect(303);
    publish(&mut scene.secretary, &form(2, "unverified"), "01/12/2026").await;
    assert!(scene.on(2026, 12, 15).await.is_empty());
    scene
        .secretary
        .get("/ky-bao-cao/tu-dong")
        .await
        .expect(200)
        .says("Quý IV năm 2026: Biểu chưa đối chiếu")
        .says("chưa mở được");
    scene.secretary.get("/ky-bao-cao").await.expect(200).says("1 lịch không tự mở được kỳ đến hạn");
    publish(&mut scene.secretary, &form(3, "official"), "10/12/2026").await;
    assert_eq!(scene.on(2026, 12, 16).await, ["2026-Q4"]);
    assert!(!scene.secretary.get("/ky-bao-cao").await.expect(200).text().contains("không tự mở được"));
    scene.app.end().await;
}
