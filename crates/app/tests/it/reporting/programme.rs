//! A round that looks back on one programme: what serves its tasks, and nothing else.

use kernel::{Role, Uuid};
use papers::DeadlineKind;
use records::documents::Confirmed;
use serde_json::json;
use store::{FromQueryResult, all, exec, one};
use testkit::TestApp;

use crate::plans::{expand, lead, paper, task};

/// A form of figures over activities and obligations of one programme.
const FORM: &str = "key = \"nhin-lai\"\nversion = 1\nname = \"Tổng kết thử\"\nlegal_basis = \"QĐ 1\"\nvalid_from = \"2026-01-01\"\n\
status = \"official\"\nprogramme = true\nperiods = [\"nam-lich\"]\n[[level]]\nkey = \"so\"\nname = \"Sở\"\nwho = \"kind:department\"\nto = \"tinh\"\n\
due = \"+2w\"\n[[level]]\nkey = \"tinh\"\nname = \"Tỉnh\"\nwho = \"kind:committee\"\n\
[[cell]]\nkey = \"c1\"\nlabel = \"Số cuộc\"\ntype = \"count\"\nfrom = { what = \"activities\" }\n\
[[cell]]\nkey = \"c2\"\nlabel = \"Số lượt\"\ntype = \"count\"\nfrom = { what = \"turns\" }\n\
[[cell]]\nkey = \"c3\"\nlabel = \"Nhiệm vụ\"\ntype = \"count\"\nfrom = { plan = \"assigned\" }\n";

#[derive(FromQueryResult)]
struct Duty {
    id: Uuid,
    plan_id: Uuid,
}

/// A plan of one duty of an agency, under a number of its own; the plan and its duty.
async fn plan(app: &TestApp, (owner, agency): (Uuid, Uuid), number: &str, title: &str) -> (Uuid, Uuid) {
    let duty = task("I.1", "Tổ chức hội nghị", DeadlineKind::Date, "2026-12-15", vec![lead(agency)]);
    let mut paper = paper(app, owner, vec![duty]);
    (paper.number, paper.title) = (number.into(), title.into());
    made(app, &paper).await
}

/// The plan of a paper and its duty.
async fn made(app: &TestApp, paper: &Confirmed) -> (Uuid, Uuid) {
    let plan = expand(app, paper).await;
    let duties: Vec<Duty> =
        all(app.app.db.read(), "SELECT id, plan_id FROM obligations ORDER BY id", vec![]).await.expect("a query");
    (plan, duties.into_iter().find(|duty| duty.plan_id == plan).expect("a duty").id)
}

#[derive(FromQueryResult)]
struct Paper {
    document_id: Uuid,
}

/// The paper of a plan.
async fn document(app: &TestApp, plan: Uuid) -> Uuid {
    let sql = "SELECT document_id FROM plans WHERE id = $1";
    let found: Option<Paper> = one(app.app.db.read(), sql, vec![plan.into()]).await.expect("a query");
    found.expect("a plan").document_id
}

#[tokio::test]
async fn a_round_over_a_programme_counts_its_duties_and_what_serves_them() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    super::way::change(&app, "UPDATE agencies SET kind = 'committee'").await;
    let agency = app.agency("Sở Tư pháp", Some(province)).await;
    let (programme, own) = plan(&app, (province, agency), "10/KH-UBND", "Đề án truyền thông").await;
    let (below, part) = plan(&app, (province, agency), "11/KH-UBND", "Kế hoạch năm của đề án").await;
    let (other, foreign) = plan(&app, (province, agency), "12/KH-UBND", "Kế hoạch khác").await;
    let tx = app.app.db.begin().await.expect("a transaction");
    let sql = "UPDATE plans SET parent_id = $1 WHERE id = $2";
    exec(&*tx, sql, vec![programme.into(), below.into()]).await.expect("a parent");
    tx.commit().await.expect("commit");
    let mut person = app.person("lap", Role::FocalPoint, agency).await;
    let owner = agency.to_string();
    for (n, (turns, duty)) in
        [("10", Some(own)), ("20", Some(part)), ("40", Some(foreign)), ("80", None)].iter().enumerate()
    {
        let (title, serves) =
            (format!("Hoạt động thứ {n}"), duty.map(|duty| format!("nghia-vu:{duty}")).unwrap_or_default());
        let mut fields = crate::activities::entry(&owner, &title, "02/11/2026", turns);
        fields.extend([("phuc_vu", serves.as_str()), ("van_luu", "1")]);
        person.post("/hoat-dong/moi", &fields).await.expect(303);
    }
    let mut secretary = app.person("thu-ky", Role::Secretariat, province).await;
    let form = app.form("nhin-lai", "Tổng kết thử", FORM).await.to_string();
    let receiver = province.to_string();
    let fields = [("bieu", form.as_str()), ("ky", "nam-lich|2026"), ("co_quan", &receiver), ("lan", "chinh-thuc")];
    secretary.get(&format!("/ky-bao-cao/mo?bieu={form}")).await.expect(200).says("Đề án truyền thông (10/KH-UBND)");
    secretary.post("/ky-bao-cao/mo", &fields).await.expect(422).says("hãy chọn trong danh sách");
    let mut open = async |plan: Uuid| {
        let plan = plan.to_string();
        let answer =
            secretary.post("/ky-bao-cao/mo", &[&fields[..], &[("chuong_trinh", plan.as_str())]].concat()).await;
        let path = answer.expect(303).location().to_owned();
        app.run_jobs().await;
        path
    };
    let rounds = [open(programme).await, open(other).await];
    for (round, figures) in rounds.iter().zip([(2, 30, 2), (1, 40, 1)]) {
        let id = round.trim_start_matches("/ky-bao-cao/").parse().expect("a round");
        let report = super::way::report(&app, id, agency).await;
        let page = person.get(&format!("/bao-cao/{report}/dien")).await.expect(200).text();
        for (cell, figure) in [("c1", figures.0), ("c2", figures.1), ("c3", figures.2)] {
            let field = format!("name=\"c.{cell}\" inputmode=\"decimal\" autocomplete=\"off\" value=\"{figure}\"");
            assert!(page.contains(&field), "{cell} is not {figure}");
        }
        let behind = person.get(&format!("/bao-cao/{report}/o/c1")).await.expect(200).text();
        assert_eq!(behind.contains("Hoạt động thứ 2"), figures.0 == 1);
        assert!(!behind.contains("Hoạt động thứ 3"), "what serves nothing is not counted");
    }
    // A machine names the programme; without it no such report is meant.
    let sent = |key: &str, programme: Option<Uuid>| {
        let mut body = json!({ "key": format!("lan-gui-{key}"), "form": "nhin-lai", "period": "2026", "values": { "c2": 45 }, "reasons": { "c2": "sót một cuộc" } });
        if let Some(plan) = programme {
            body["programme"] = json!(plan);
        }
        body
    };
    person.post_json("/api/bao-cao", &sent("mot", None)).await.expect(404);
    person.post_json("/api/bao-cao", &sent("hai", Some(other))).await.expect(200);
    let id = rounds[1].trim_start_matches("/ky-bao-cao/").parse().expect("a round");
    let report = super::way::report(&app, id, agency).await;
    person.get(&format!("/bao-cao/{report}/dien")).await.expect(200).says("value=\"45\"");
    person.get("/bao-cao").await.expect(200).says("tổng kết Kế hoạch khác (12/KH-UBND)");
    // A corrected version takes the plan's place in the round that is open.
    let id = rounds[0].trim_start_matches("/ky-bao-cao/").parse().expect("a round");
    let duty = task("I.1", "Tổ chức hội nghị", DeadlineKind::Date, "2026-12-15", vec![lead(agency)]);
    let mut corrected =
        Confirmed { corrects: Some(document(&app, programme).await), ..paper(&app, province, vec![duty]) };
    (corrected.number, corrected.title) = ("10/KH-UBND".into(), "Đề án truyền thông".into());
    made(&app, &corrected).await;
    let report = super::way::report(&app, id, agency).await;
    let page = person.get(&format!("/bao-cao/{report}/dien")).await.expect(200).text();
    for (cell, figure) in [("c1", 2), ("c3", 2)] {
        let field = format!("name=\"c.{cell}\" inputmode=\"decimal\" autocomplete=\"off\" value=\"{figure}\"");
        assert!(page.contains(&field), "{cell} is not {figure} after the correction");
    }
    let first = [
        ("bieu", form.as_str()),
        ("ky", "nam-lich|2026"),
        ("co_quan", &receiver),
        ("can_cu", "QĐ 1"),
        ("mo", "cuoi"),
        ("so_ngay", "1"),
    ];
    secretary.post("/ky-bao-cao/tu-dong/moi", &first).await.expect(422).says("phải mở từng kỳ");
    let page = secretary.get(&rounds[0]).await.expect(200).says("Đề án truyền thông (10/KH-UBND)").text();
    assert!(page.contains(&format!("/ke-hoach/{programme}")));
    secretary.get("/ky-bao-cao").await.expect(200).says("tổng kết Kế hoạch khác (12/KH-UBND)");
    app.end().await;
}
