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

#[tokio::test]
async fn saving_over_a_newer_version_keeps_both_and_lays_side_by_side_what_both_changed() {
    let Scene { app, departments, round, .. } = scene(1).await;
    let id = report(&app, round, departments[0]).await;
    let mut maker = app.person("lap", Role::Contributor, departments[0]).await;
    let mut other = app.person("nguoi-khac", Role::FocalPoint, departments[0]).await;
    let fill = format!("/bao-cao/{id}/dien");
    maker.post(&fill, &[("c.c1", "10"), ("k.c1", "so"), ("c.c2", "100"), ("k.c2", "so")]).await.expect(303);
    maker.get(&fill).await.expect(200).says("name=\"w.c1\" value=\"10\"").says("name=\"phien_ban\" value=\"1\"");
    // Both have the page open; the other one is faster.
    other.post(&fill, &[("phien_ban", "1"), ("c.c1", "12"), ("k.c1", "so"), ("w.c1", "10")]).await.expect(303);
    let mine = [
        ("phien_ban", "1"),
        ("c.c1", "10"),
        ("k.c1", "so"),
        ("w.c1", "10"),
        ("c.c2", "150"),
        ("k.c2", "so"),
        ("w.c2", "100"),
        ("lam", "trinh"),
    ];
    let answer = maker.post(&fill, &mine).await.expect(303);
    assert_eq!(answer.location(), format!("{fill}?xong={id}"), "it is looked at once more before it goes on");
    let page = maker.get(&fill).await.expect(200).says("đã giữ phần sửa của cả hai");
    page.says("value=\"12\"").says("value=\"150\"");
    // The same cell by both: side by side, nothing lost; what cannot be read is said too.
    other.post(&fill, &[("c.c2", "180"), ("k.c2", "so")]).await.expect(303);
    let mine = [("phien_ban", "3"), ("c.c2", "170"), ("k.c2", "so"), ("w.c2", "150"), ("c.c1", "mười"), ("k.c1", "so")];
    let page =
        maker.post(&fill, &mine).await.expect(422).says("Hai người cùng sửa").says("<b>170</b>").says("<b>180</b>");
    page.says("mười").says(&format!("name=\"ban_giu\" value=\"{id}\""));
    maker.get(&fill).await.expect(200).says("value=\"180\"");
    let chosen = [("buoc", "chon"), ("m.c2", "170"), ("w.c2", "180"), ("chon.c2", "toi"), ("ban_giu", "x")];
    maker.post(&format!("/bao-cao/{id}/doi-chieu"), &chosen).await.expect(303);
    maker.get(&fill).await.expect(200).says("value=\"170\"");
    // A report that has gone on is refused as before.
    maker.post(&fill, &[("c.c4", ""), ("k.c4", "khong-phat-sinh"), ("lam", "trinh")]).await.expect(303);
    maker.post(&fill, &mine).await.expect(409).says("không điền");
    app.end().await;
}
