//! An activity that serves an obligation is its evidence.

use kernel::Role;
use papers::DeadlineKind;
use store::{FromQueryResult, one};
use testkit::TestApp;

use super::{entry, record};
use crate::plans::{expand, lead, paper, task};

#[derive(FromQueryResult)]
struct Found {
    id: kernel::Uuid,
}

#[tokio::test]
async fn an_obligation_shows_the_activities_that_serve_it() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    let (a, b) = (app.agency("UBND xã A", Some(province)).await, app.agency("UBND xã B", Some(province)).await);
    let text = "Tổ chức hội nghị phổ biến Luật Đất đai";
    let task = task("I.1", text, DeadlineKind::Date, "2026-12-15", vec![lead(a)]);
    expand(&app, &paper(&app, province, vec![task])).await;
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
