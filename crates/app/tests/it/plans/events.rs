//! Events that tasks wait for, and that come again.

use kernel::Role;
use papers::DeadlineKind;
use records::documents::PartyRole;
use testkit::TestApp;

use super::*;

#[tokio::test]
async fn each_event_opens_a_period_of_its_own_also_for_units_that_came_later() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let everyone = vec![every(PartyRole::Lead, "department", province)];
    let mut laws = task("I.1", "Giới thiệu luật mới", DeadlineKind::Event, "", everyone);
    laws.deadline_text = "Trong thời hạn 30 ngày sau khi luật, nghị quyết được công bố".into();
    let plan = expand(&app, &paper(&app, province, vec![laws])).await;
    let waiting = obligations(&app, plan).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    let task: Vec<Id> = all(app.app.db.read(), "SELECT id FROM plan_tasks", vec![]).await.expect("a task");
    let path = format!("/ke-hoach/{plan}/nhiem-vu/{}", task[0].id);
    owner.get(&path).await.expect(200).says("value=\"30\"");
    let event = |on, note| [("ngay", on), ("so_ngay", "30"), ("ghi_chu", note)];
    owner.post(&format!("{path}/su-kien"), &event("09/11/2026", "Luật A")).await.expect(303);
    owner.post(&format!("{path}/su-kien"), &event("09/11/2026", "Luật A")).await.expect(409).says("đã được ghi nhận");
    let first = obligations(&app, plan).await;
    assert!(first.iter().all(|one| (one.due_date, one.urgent, one.clock.as_str()) == (20_261_209, 1, "dated")));
    let ids = |rows: &[Found]| rows.iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(ids(&first), ids(&waiting), "who waited goes on, nobody waits any more");

    let later = app.agency("Sở Văn hóa", Some(province)).await;
    app.clock.set(day(2026, 11, 12));
    app.run_jobs().await;
    let of = |rows: &[Found], agency: Uuid| -> Vec<i64> {
        rows.iter().filter(|one| one.agency_id == agency).map(|one| one.due_date).collect()
    };
    assert_eq!(of(&obligations(&app, plan).await, later), [20_261_209]);
    let mut owner = app.person("thu-ky-2", Role::Secretariat, province).await;
    let page = owner.get(&path).await.expect(200);
    page.says("Luật A").says("hạn 09/12/2026").says("mỗi lần mở một kỳ riêng");
    owner.post(&format!("{path}/su-kien"), &event("20/11/2026", "Luật B")).await.expect(422).says("Ngày này chưa đến");
    app.clock.set(day(2026, 11, 20));
    let mut owner = app.person("thu-ky-3", Role::Secretariat, province).await;
    owner.post(&format!("{path}/su-kien"), &event("20/11/2026", "Luật B")).await.expect(303);
    let both = obligations(&app, plan).await;
    assert_eq!((of(&both, justice), of(&both, later)), (vec![20_261_209, 20_261_220], vec![20_261_209, 20_261_220]));
    owner.get(&path).await.expect(200).says("sự kiện ngày 20/11/2026");
    totals_hold(&app).await;
    // What was recorded by mistake is taken back, as long as nobody has done anything for it.
    let events: Vec<Id> =
        all(app.app.db.read(), "SELECT id FROM task_events ORDER BY on_day DESC", vec![]).await.expect("events");
    let back = |event: &Id| [("su_kien", event.id.to_string())];
    let fields = back(&events[0]);
    owner.post(&format!("{path}/rut-su-kien"), &fields.each_ref().map(|(k, v)| (*k, v.as_str()))).await.expect(303);
    let withdrawn: Vec<Id> =
        all(app.app.db.read(), "SELECT id FROM obligations WHERE state = 'withdrawn'", vec![]).await.expect("a query");
    assert_eq!(withdrawn.len(), 2, "another event stands: nobody waits again");
    let fields = back(&events[1]);
    let fields = fields.each_ref().map(|(k, v)| (*k, v.as_str()));
    let set = |sql: &'static str| super::super::reporting::way::change(&app, sql);
    set("UPDATE obligations SET percent = 20 WHERE state = 'new'").await;
    owner.post(&format!("{path}/rut-su-kien"), &fields).await.expect(409).says("không rút được");
    set("UPDATE obligations SET percent = 0 WHERE state = 'new'").await;
    owner.post(&format!("{path}/rut-su-kien"), &fields).await.expect(303);
    owner.post(&format!("{path}/rut-su-kien"), &fields).await.expect(404);
    let waiting: Vec<Id> =
        all(app.app.db.read(), "SELECT id FROM obligations WHERE clock = 'event' AND state = 'new'", vec![])
            .await
            .expect("a query");
    assert_eq!(waiting.len(), 2);
    totals_hold(&app).await;
    app.end().await;
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}
