//! Bodies to which a state body gives no orders are asked, however a paper names them.

use papers::DeadlineKind;
use records::documents::{PartyRole, Target};
use testkit::TestApp;

use super::*;

/// Roles of agencies that an orders-giving state body can only ask.
const ASKED: [&str; 9] = [
    "mttq",
    "hoi-phu-nu",
    "hoi-nong-dan",
    "doan-thanh-nien",
    "hoi-cuu-chien-binh",
    "lien-doan-lao-dong",
    "toa-an",
    "vien-kiem-sat",
    "hoi-luat-gia",
];

fn class(role: PartyRole, key: &str, scope: Uuid) -> Party {
    party(role, Force::Assign, Target::Class { key: key.into(), scope })
}

/// The plan of a body with everyone named at once: a mixed class, a relative phrase, a council.
async fn plan_of(app: &TestApp, owner: Uuid) -> Uuid {
    let fronts = Target::Relative { key: "relative:mttq-cung-cap".into() };
    let fronts = party(PartyRole::Coordinating, Force::Assign, fronts);
    let justice = app.agency_by_code("p20/so-tu-phap").await;
    let date = |anchor, parties| task(anchor, "Tuyên truyền", DeadlineKind::Date, "2026-12-15", parties);
    let tasks = vec![
        date("I.1", vec![class(PartyRole::Lead, "class:so-nganh-doan-the", owner)]),
        date("I.2", vec![class(PartyRole::Lead, "each:ubnd@commune", owner), fronts]),
        date("I.3", vec![lead(justice), class(PartyRole::Coordinating, "class:hoi-dong-pbgdpl", owner)]),
    ];
    let tasks = tasks.into_iter().zip(["sở", "xã", "hội đồng"]);
    let tasks = tasks.map(|(task, who)| ConfirmedTask { text: format!("Tuyên truyền, {who}"), ..task }).collect();
    expand(app, &paper(app, owner, tasks)).await
}

#[tokio::test]
async fn a_state_body_asks_the_front_the_unions_and_the_courts_in_every_class_and_orders_the_others() {
    let app = TestApp::new().await;
    app.province("20").await;
    let plan = plan_of(&app, app.agency_by_code("p20/ubnd").await).await;
    let (mut asked, mut ordered) = (0, 0);
    for duty in obligations(&app, plan).await {
        let code = app.code_of(duty.agency_id).await;
        let role = code.rsplit('/').next().unwrap_or_default();
        if ASKED.contains(&role) {
            assert_eq!((duty.force.as_str(), duty.urgent), ("request", 0), "{code}");
            asked += 1;
        } else if role.starts_with("so-") || role == "ubnd" || role == "cong-an" {
            assert_eq!((duty.force.as_str(), duty.urgent), ("assign", 1), "{code}");
            ordered += 1;
        }
    }
    // The six of the province in the class, more of them in its council, the Front of each commune; as many committees.
    assert!(asked > 6 + 60 + 8 && ordered > 60 + 20, "{asked} asked, {ordered} ordered");
    app.clock.set(day(2027, 1, 20));
    let sql = "SELECT COUNT(*) FROM obligations WHERE urgent = 1 AND force = 'request'";
    assert_eq!(count(&app, sql).await, 0);
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn the_party_orders_everyone() {
    let app = TestApp::new().await;
    app.province("20").await;
    let plan = plan_of(&app, app.agency_by_code("p20/cap-uy").await).await;
    let made = obligations(&app, plan).await;
    assert!(made.len() > 120, "{}", made.len());
    assert!(made.iter().all(|one| one.force == "assign" && one.urgent == 1));
    app.end().await;
}
