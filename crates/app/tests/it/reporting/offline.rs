//! Figures typed without a line: sent by the browser when it is back, once; what others changed meanwhile is answered.

use kernel::Role;
use serde_json::{Value, json};
use testkit::{Answer, Client};

use super::way::{Scene, report, scene};

fn told(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).expect("JSON")
}

async fn person(client: &mut Client) -> String {
    told(&client.get("/cho-gui/nguoi").await.expect(200))["person"].as_str().expect("a person").to_owned()
}

#[tokio::test]
async fn a_draft_typed_away_is_brought_in_once_and_conflicts_are_answered_not_overwritten() {
    let Scene { app, departments, round, .. } = scene(2).await;
    let id = report(&app, round, departments[0]).await;
    let mut maker = app.person("lap", Role::Contributor, departments[0]).await;
    let mut other = app.person("nguoi-khac", Role::FocalPoint, departments[0]).await;
    let mut stranger = app.person("nguoi-la", Role::Contributor, departments[1]).await;
    let me = person(&mut maker).await;
    let fill = format!("/bao-cao/{id}/dien");
    maker.get(&fill).await.expect(200).says("data-keep=\"report\"").says("data-rules=");
    let away = |key: &str, base: Value, values: Value| json!({ "key": key, "report": id, "person": me, "base": base, "values": values });
    let nothing = json!({ "c1": null, "c2": null, "c4": null });
    let first = away("lan-dau-tien", nothing.clone(), json!({ "c1": 10, "c2": 1500, "c4": "none" }));
    stranger.post_json("/api/bao-cao/ngoai-tuyen", &first).await.expect(409);
    let mut foreign = first.clone();
    foreign["person"] = json!(person(&mut stranger).await);
    stranger.post_json("/api/bao-cao/ngoai-tuyen", &foreign).await.expect(404);
    let answer = maker.post_json("/api/bao-cao/ngoai-tuyen", &first).await.expect(200);
    assert_eq!(told(&answer)["saved"], json!(["c1", "c2", "c4"]));
    for _ in 0..2 {
        assert_eq!(maker.post_json("/api/bao-cao/ngoai-tuyen", &first).await.expect(200).text(), answer.text());
    }
    // Somebody else changed one cell; a rule forbids another; the third is taken.
    other.post(&fill, &[("c.c1", "12"), ("k.c1", "so")]).await.expect(303);
    let base = json!({ "c1": 10, "c2": 1500, "c4": "none" });
    let second = away("lan-thu-hai", base.clone(), json!({ "c1": 11, "c2": 1.5, "c4": "unassigned" }));
    let answer = told(&maker.post_json("/api/bao-cao/ngoai-tuyen", &second).await.expect(200));
    assert_eq!(answer["saved"], json!(["c4"]));
    assert_eq!(answer["conflicts"], json!([{ "cell": "c1", "label": "Số cuộc", "mine": 11, "theirs": 12 }]));
    assert_eq!(answer["refused"][0]["message"], "Số lượt: Ô này là số nguyên, không âm.");
    maker
        .get(&fill)
        .await
        .expect(200)
        .says("value=\"12\"")
        .says("value=\"1.500\"")
        .says("value=\"khong-duoc-giao\" selected");
    // The page that lays both sides beside each other.
    let fields = [("m.c1", "11"), ("w.c1", "10"), ("r.c1", ""), ("ban_giu", "01a201f5-fe8e")];
    maker.post(&format!("/bao-cao/{id}/doi-chieu"), &fields).await.expect(409).says("<b>11</b>").says("<b>12</b>");
    let fields = [("buoc", "chon"), ("m.c1", "11"), ("w.c1", "12"), ("chon.c1", "toi"), ("ban_giu", "01a201f5-fe8e")];
    let answer = maker.post(&format!("/bao-cao/{id}/doi-chieu"), &fields).await.expect(303);
    assert_eq!(answer.location(), format!("/bao-cao/{id}/dien?xong=01a201f5-fe8e"));
    maker.get(&fill).await.expect(200).says("value=\"11\"");
    // The same key for something else; a report that has gone on.
    let mut changed = first.clone();
    changed["values"]["c1"] = json!(99);
    maker.post_json("/api/bao-cao/ngoai-tuyen", &changed).await.expect(409).says("khóa riêng");
    maker.post(&fill, &[("c.c1", "11"), ("k.c1", "so"), ("lam", "trinh")]).await.expect(303);
    maker
        .post_json("/api/bao-cao/ngoai-tuyen", &away("lan-thu-ba", nothing, json!({ "c1": 5 })))
        .await
        .expect(409)
        .says("không điền");
    assert_eq!(told(&maker.post_json("/api/bao-cao/ngoai-tuyen", &second).await.expect(200))["saved"], json!(["c4"]));
    app.end().await;
}
