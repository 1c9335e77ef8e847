//! An activity that serves an obligation is its evidence.

use chrono::NaiveDate;
use kernel::{Permit, Role, new_id};
use papers::{Deadline, DeadlineKind, Force, TaskClass};
use records::documents::{Confirmed, ConfirmedTask, Mode, Party, PartyRole, Target};
use store::{FromQueryResult, one};
use testkit::TestApp;

use super::{entry, record};

#[derive(FromQueryResult)]
struct Found {
    id: kernel::Uuid,
}

#[tokio::test]
async fn an_obligation_shows_the_activities_that_serve_it() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    let (a, b) = (app.agency("UBND xã A", Some(province)).await, app.agency("UBND xã B", Some(province)).await);
    let party =
        Party { role: PartyRole::Lead, text: "UBND xã A".into(), force: Force::Assign, target: Target::Agency(a) };
    let task = ConfirmedTask {
        id: new_id(),
        position: 1,
        anchor: "I.1".into(),
        heading: "Nhiệm vụ".into(),
        text: "Tổ chức hội nghị phổ biến Luật Đất đai".into(),
        force: Force::Assign,
        class: TaskClass::Task,
        deadline: Deadline { kind: DeadlineKind::Date, value: Some("2026-12-15".into()) },
        deadlines_more: Vec::new(),
        deadline_text: "trước 15/12/2026".into(),
        product: None,
        parties: vec![party],
    };
    let paper = Confirmed {
        id: new_id(),
        number: "12/KH-UBND".into(),
        kind: "Kế hoạch".into(),
        title: "Kế hoạch năm 2026".into(),
        date: NaiveDate::from_ymd_opt(2026, 1, 15),
        issuer_agency: Some(province),
        owner_agency: province,
        addressees: Vec::new(),
        mode: Mode::InForce,
        confirmed_on: app.app.clock.today(),
        amends: None,
        how: None,
        corrects: None,
        tasks: vec![task],
    };
    work::plans::service::expand(&app.app, &Permit::system(), &paper, None).await.expect("expanded").expect("a plan");
    let found: Option<Found> = one(app.app.db.read(), "SELECT id FROM obligations", vec![]).await.expect("a query");
    let duty = found.expect("an obligation").id;
    let mut person = app.person("xa", Role::FocalPoint, a).await;
    person.get("/hoat-dong/moi").await.expect(200).says("Tổ chức hội nghị phổ biến Luật Đất đai");
    let (owner, serves) = (a.to_string(), format!("nghia-vu:{duty}"));
    let mut fields = entry(&owner, "Hội nghị Luật Đất đai", "02/11/2026", "20");
    fields.push(("phuc_vu", &serves));
    let path = record(&mut person, &fields).await;
    person.get(&path).await.expect(200).says(&format!("/nghia-vu/{duty}"));
    person.get(&format!("/nghia-vu/{duty}")).await.expect(200).says("Hội nghị Luật Đất đai").says("1 hoạt động");
    // Lists say how many; one that was taken back serves nothing.
    let (link, lists) = (format!("/nghia-vu/{duty}#act"), ["/nhiem-vu", "/viec-cua-toi"]);
    for list in lists {
        person.get(list).await.expect(200).says(&link).says("1 hoạt động");
    }
    person.post(&format!("{path}/rut"), &[("ly_do", "Ghi nhầm"), ("phien_ban", "0")]).await.expect(303);
    for list in lists {
        assert!(!person.get(list).await.expect(200).text().contains(&link));
    }
    let mut stranger = app.person("xa.b", Role::FocalPoint, b).await;
    let other = b.to_string();
    let mut foreign = entry(&other, "Việc của xã khác", "02/11/2026", "20");
    foreign.push(("phuc_vu", &serves));
    stranger.post("/hoat-dong/moi", &foreign).await.expect(422).says("không phải của đơn vị");
    app.end().await;
}
