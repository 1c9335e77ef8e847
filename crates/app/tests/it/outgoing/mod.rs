//! Papers that write themselves, over HTTP: from a round to the signed file.

mod draft;
mod duties;
mod follow;
mod sign;

use kernel::{Role, Uuid, new_id};
use store::{FromQueryResult, exec, one};
use testkit::{Client, TestApp};
use work::reporting::model::{
    form::{Form, shipped},
    sums::{Sums, summed},
    value::{Value, Values},
};

/// A department of justice to which three communes report; two reports are approved, the third is late.
pub struct Scene {
    pub app: TestApp,
    pub province: Uuid,
    pub justice: Uuid,
    pub communes: Vec<Uuid>,
    pub round: Uuid,
    pub secretary: Client,
    pub leader: Client,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

pub fn form() -> &'static Form {
    let found = shipped::forms().iter().find(|(form, _)| form.key == "pbgdpl-cap-xa");
    &found.expect("the form of communes").0
}

pub fn values(number: f64) -> Values {
    let cells = form().cells.iter().filter(|cell| summed(cell));
    cells.map(|cell| (cell.key.clone(), Value::Number(number))).collect()
}

pub async fn change(app: &TestApp, sql: &str, values: Vec<store::Value>) {
    let tx = app.app.db.begin().await.expect("a transaction");
    exec(&*tx, sql, values).await.expect("a change");
    tx.commit().await.expect("commit");
}

/// Sets the sums at the department to those of two approved reports.
pub async fn set_sums(scene: &Scene, first: f64, second: f64) {
    let mut sums = Sums::default();
    sums.add(form(), &values(first));
    sums.add(form(), &values(second));
    let payload = serde_json::to_string(&sums).expect("JSON");
    let sql = "UPDATE report_sums SET payload = $1 WHERE round_id = $2 AND parent_id = $3";
    change(&scene.app, sql, vec![payload.into(), scene.round.into(), scene.justice.into()]).await;
}

async fn report(app: &TestApp, round: Uuid, (agency, parent): (Uuid, Uuid), state: &str, values: Option<&Values>) {
    let frozen = values.map(|values| serde_json::json!({ "values": values }).to_string()).unwrap_or_default();
    let sql = "INSERT INTO reports (id, round_id, agency_id, parent_id, level, fills, revision, live, counted, state, due_date, payload, \
               frozen, version, first_submitted_on, changed_at) VALUES ($1, $2, $3, $4, 'xa', $5, 1, $5, $6, $7, 20261020, '', $8, 0, $9, 0)";
    let sent: Option<i64> = values.map(|_| 20_261_025);
    let counted = values.is_some();
    let id = new_id();
    let values = vec![
        id.into(),
        round.into(),
        agency.into(),
        parent.into(),
        true.into(),
        counted.into(),
        state.into(),
        frozen.into(),
        sent.into(),
    ];
    change(app, sql, values).await;
}

pub async fn scene() -> Scene {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let mut communes = Vec::new();
    for name in ["Ủy ban nhân dân xã Mẫu", "Ủy ban nhân dân xã Khác", "Ủy ban nhân dân xã Nữa"] {
        communes.push(app.agency(name, Some(province)).await);
    }
    let mut secretary = app.person("soan", Role::Secretariat, justice).await;
    let leader = app.person("thu-truong", Role::Leader, justice).await;
    // The built-in forms are stored when they are first asked for.
    secretary.get("/bieu-mau").await.expect(200);
    let sql = "SELECT id FROM form_versions WHERE form_key = 'pbgdpl-cap-xa'";
    let definition: Option<Id> = one(app.app.db.read(), sql, vec![]).await.expect("a query");
    let (round, definition) = (new_id(), definition.expect("a form").id);
    let sql = "INSERT INTO report_rounds (id, form_id, form_key, title, owner_id, owner_level, rule, period_key, period_label, \
               date_from, date_to, stage, state, opened_on, opened_by, opened_at, expected, generated, plan_name) VALUES ($1, $2, 'pbgdpl-cap-xa', \
               'Kết quả cấp xã', $3, 'tinh', 'nam', '2026', 'Năm 2026', 20251215, 20261214, 'official', 'open', 20261001, $1, 0, 3, $4, '')";
    change(&app, sql, vec![round.into(), definition.into(), justice.into(), false.into()]).await;
    let sql = "INSERT INTO report_sums (round_id, parent_id, expected, counted, payload) VALUES ($1, $2, 3, 2, '{}')";
    change(&app, sql, vec![round.into(), justice.into()]).await;
    let mut words = values(7.0);
    words.insert("kk".into(), Value::Text("Thiếu kinh phí in tài liệu".into()));
    report(&app, round, (communes[0], justice), "accepted", Some(&words)).await;
    report(&app, round, (communes[1], justice), "approved", Some(&values(5.0))).await;
    report(&app, round, (communes[2], justice), "draft", None).await;
    let scene = Scene { app, province, justice, communes, round, secretary, leader };
    set_sums(&scene, 7.0, 5.0).await;
    scene
}

impl Scene {
    /// A new paper of the department; its path.
    pub async fn paper(&mut self, template: &str) -> String {
        let (round, justice) = (self.round.to_string(), self.justice.to_string());
        let fields = [("mau", template), ("ky", round.as_str()), ("cq", justice.as_str()), ("co", justice.as_str())];
        let answer = self.secretary.post("/van-ban-di/moi", &fields).await.expect(303);
        answer.location().trim_end_matches("/soan").to_owned()
    }

    /// Keeps a text of one heading and one paragraph.
    pub async fn write(&mut self, paper: &str, version: &str, text: &str) -> testkit::Answer {
        let fields = [
            ("phien_ban", version),
            ("co_quan", "Sở Tư pháp"),
            ("ten_loai", "Báo cáo"),
            ("ky_hieu", "BC-STP"),
            ("dia_danh", "Thái Nguyên"),
            ("trich_yeu", "Kết quả {ten.ky}"),
            ("chuc_vu", "Giám đốc"),
            ("b.0.loai", "heading"),
            ("b.0.chu", "I. KẾT QUẢ"),
            ("b.1.loai", "paragraph"),
            ("b.1.chu", text),
        ];
        self.secretary.post(&format!("{paper}/soan"), &fields).await
    }
}
