//! Who may see a signed paper follows its figures as far as they may be seen.

use kernel::{Role, Uuid, new_id};
use testkit::{Answer, Client};

use work::reporting::model::{
    form::shipped,
    sums::Sums,
    value::{Value, Values},
};

use super::{Scene, change, scene};

const SIGNING: [(&str, &str); 4] =
    [("so", "5"), ("ngay", "09/11/2026"), ("nguoi_ky", "Trần Đức Long"), ("chuc_vu", "Phó Giám đốc")];

/// A signed paper of the department.
async fn signed(scene: &mut Scene, text: &str) -> String {
    let paper = scene.paper("bao-cao-pbgdpl-tinh").await;
    scene.write(&paper, "0", text).await.expect(303);
    scene.secretary.post(&format!("{paper}/trinh"), &[]).await.expect(303);
    scene.leader.post(&format!("{paper}/ky"), &SIGNING).await.expect(303);
    paper
}

/// The communes' round climbs to a ministry; that of the departments of the same period ends in the province.
struct Rounds {
    ministry: Uuid,
    /// That of the communes.
    above: Uuid,
    /// That of the departments.
    below: Uuid,
    /// The report of a department.
    own: Uuid,
    /// A figure of the departments.
    cell: String,
}

async fn rounds(scene: &Scene) -> Rounds {
    let ministry = scene.app.agency("Bộ Tư pháp", None).await;
    let health = scene.app.agency("Sở Y tế", Some(scene.province)).await;
    let (above, below, own) = (scene.round, new_id(), new_id());
    let sql = "INSERT INTO report_rounds (id, form_id, form_key, title, owner_id, owner_level, rule, period_key, period_label, \
               date_from, date_to, stage, state, opened_on, opened_by, opened_at, expected, generated, plan_name) SELECT $1, \
               (SELECT id FROM form_versions WHERE form_key = 'pbgdpl-so-nganh'), 'pbgdpl-so-nganh', 'Sở, ngành', owner_id, 'tinh', rule, \
               period_key, period_label, date_from, date_to, stage, state, opened_on, opened_by, opened_at, 1, generated, '' FROM report_rounds";
    change(&scene.app, sql, vec![below.into()]).await;
    let sql = "INSERT INTO reports (id, round_id, agency_id, parent_id, level, fills, revision, live, counted, state, due_date, payload, \
               frozen, version, changed_at) VALUES ($1, $2, $3, $4, 'tinh', $5, 1, $6, $5, 'approved', 20261120, '', '{}', 0, 0)";
    for (id, round, agency, parent, fills) in
        [(own, below, health, scene.justice, true), (new_id(), above, scene.justice, ministry, false)]
    {
        let values = vec![id.into(), round.into(), agency.into(), parent.into(), fills.into(), true.into()];
        change(&scene.app, sql, values).await;
    }
    let mut sums = Sums::default();
    let form = shipped::forms().iter().find(|(form, _)| form.key == "pbgdpl-so-nganh");
    let form = &form.expect("the form of departments").0;
    sums.add(form, &Values::from([("n1".to_owned(), Value::Number(4.0))]));
    let payload = serde_json::to_string(&sums).expect("JSON");
    let sql = "INSERT INTO report_sums (round_id, parent_id, expected, counted, payload) VALUES ($1, $2, 1, 1, $3)";
    change(&scene.app, sql, vec![below.into(), scene.justice.into(), payload.into()]).await;
    let sql = "UPDATE report_rounds SET owner_id = $1, owner_level = 'bo' WHERE id = $2";
    change(&scene.app, sql, vec![ministry.into(), above.into()]).await;
    let cell = format!("/ky-bao-cao/{below}/o/n1?co={}", scene.justice);
    Rounds { ministry, above, below, own, cell }
}

/// Asks for a paper of `owner` from a round at `node`.
async fn begin(client: &mut Client, (round, owner, node): (Uuid, Uuid, Uuid)) -> Answer {
    let [round, owner, node] = [round, owner, node].map(|id| id.to_string());
    client
        .post("/van-ban-di/moi", &[("mau", "bao-cao-pbgdpl-tinh"), ("ky", &round), ("cq", &owner), ("co", &node)])
        .await
}

#[tokio::test]
async fn who_receives_a_signed_paper_reads_the_rounds_it_cites_and_nothing_else() {
    let mut scene = scene().await;
    let Rounds { ministry, below, own, cell, .. } = rounds(&scene).await;
    let mut receiver = scene.app.person("bo", Role::Secretariat, ministry).await;
    let paper = scene.paper("bao-cao-pbgdpl-tinh").await;
    scene.write(&paper, "0", "Các sở tổ chức {bieu.pbgdpl-so-nganh.n1} cuộc.").await.expect(303);
    scene.secretary.post(&format!("{paper}/trinh"), &[]).await.expect(303);
    receiver.get(&cell).await.expect(404);
    scene.leader.post(&format!("{paper}/ky"), &SIGNING).await.expect(303);
    receiver.get(&paper).await.expect(200).says(&cell);
    receiver.get(&cell).await.expect(200).says("Sở Y tế").says(&format!("/bao-cao/{own}"));
    receiver.get(&format!("/bao-cao/{own}")).await.expect(200);
    receiver.get(&format!("/ky-bao-cao/{below}?co={}", scene.justice)).await.expect(200);
    // Reading is all: no paper from there, no other agency of the round, no stranger.
    receiver.get(&format!("/van-ban-di/moi?ky={below}&co={}", scene.justice)).await.expect(404);
    begin(&mut receiver, (below, ministry, scene.justice)).await.expect(404);
    receiver.get(&format!("/ky-bao-cao/{below}?co={}", scene.province)).await.expect(404);
    let other = scene.app.agency("Bộ Nội vụ", None).await;
    let mut stranger = scene.app.person("la", Role::Secretariat, other).await;
    stranger.get(&cell).await.expect(404);
    stranger.get(&format!("/bao-cao/{own}")).await.expect(404);
    scene.app.end().await;
}

#[tokio::test]
async fn a_paper_opens_no_round_to_the_agency_that_signs_it() {
    let mut scene = scene().await;
    let Rounds { ministry, above, cell, .. } = rounds(&scene).await;
    scene.secretary = scene.app.person("bo", Role::Secretariat, ministry).await;
    scene.leader = scene.app.person("bo-truong", Role::Leader, ministry).await;
    let answer = begin(&mut scene.secretary, (above, ministry, scene.justice)).await.expect(303);
    let paper = answer.location().trim_end_matches("/soan").to_owned();
    scene.write(&paper, "0", "Các sở tổ chức {bieu.pbgdpl-so-nganh.n1} cuộc.").await.expect(303);
    scene.secretary.post(&format!("{paper}/trinh"), &[]).await.expect(303);
    scene.leader.post(&format!("{paper}/ky"), &SIGNING).await.expect(303);
    for client in [&mut scene.secretary, &mut scene.leader] {
        client.get(&paper).await.expect(200);
        client.get(&cell).await.expect(404);
    }
    scene.app.end().await;
}

#[tokio::test]
async fn who_is_counted_reads_the_signed_paper_and_is_led_to_the_own_report() {
    let mut scene = scene().await;
    let mut counted = scene.app.person("xa", Role::FocalPoint, scene.communes[0]).await;
    let mut late = scene.app.person("muon", Role::FocalPoint, scene.communes[2]).await;
    let draft = scene.paper("bao-cao-pbgdpl-tinh").await;
    let paper = signed(&mut scene, "Tổ chức {ky.c1} cuộc, {hd.tatca} hoạt động.").await;
    counted.get(&draft).await.expect(404);
    late.get(&paper).await.expect(404);
    counted.get("/van-ban-di").await.expect(200).says("05/BC-STP");
    let page = counted.get(&paper).await.expect(200).says("12</a> cuộc").text();
    let report = page.split("href=\"/bao-cao/").nth(1).and_then(|rest| rest.split("/o/c1\"").next()).expect("a report");
    let own = counted.get(&format!("/bao-cao/{report}/o/c1")).await.expect(200);
    own.says("Ủy ban nhân dân xã Mẫu");
    counted.get(&format!("/bao-cao/{report}")).await.expect(200).says("05/BC-STP");
    // What others recorded is not offered and not there.
    assert!(!page.contains("/nguon/") && !page.contains(&format!("?co={}", scene.justice)), "only the own part");
    counted.get(&format!("{paper}/nguon/tatca")).await.expect(404);
    scene.app.end().await;
}

#[tokio::test]
async fn behind_a_signed_figure_stand_what_was_signed_and_what_is_now() {
    let mut scene = scene().await;
    let paper = signed(&mut scene, "Giao {kh.giao} nhiệm vụ.").await;
    let behind = format!("{paper}/nguon/kh.giao");
    let page = scene.leader.get(&behind).await.expect(200).says("Số trong văn bản đã ký").text();
    assert!(!page.contains("Chênh lệch"), "nothing has changed");
    super::duties::assign(&scene, &[("2026-10-15", "Mở hội nghị")]).await;
    let page = scene.leader.get(&behind).await.expect(200);
    page.says("Số trong văn bản đã ký: <b>0</b>").says("Số lúc này: <b>1</b>").says("Chênh lệch: <b>+1</b>");
    scene.app.end().await;
}

#[tokio::test]
async fn words_of_several_lead_to_every_report_that_says_so() {
    let mut scene = scene().await;
    let words = serde_json::json!({ "values": { "kk": "Thiếu kinh phí in tài liệu" } }).to_string();
    let sql = "UPDATE reports SET frozen = $1 WHERE round_id = $2 AND agency_id = $3";
    change(&scene.app, sql, vec![words.into(), scene.round.into(), scene.communes[1].into()]).await;
    let paper = scene.paper("bao-cao-pbgdpl-tinh").await;
    let behind = format!("{paper}/nguon/khokhan.1");
    scene.secretary.get(&paper).await.expect(200).says(&behind);
    let page = scene.secretary.get(&behind).await.expect(200).says("Thiếu kinh phí in tài liệu");
    let page = page.says("Ủy ban nhân dân xã Mẫu</a>").says("Ủy ban nhân dân xã Khác</a>").text();
    let mut links = page.split("href=\"/bao-cao/").skip(1).filter_map(|rest| rest.split('"').next());
    for _ in 0..2 {
        let link = links.next().filter(|link| link.ends_with("/o/kk")).expect("a report").to_owned();
        scene.secretary.get(&format!("/bao-cao/{link}")).await.expect(200);
    }
    scene.secretary.get(&format!("{paper}/nguon/khokhan.99")).await.expect(404);
    scene.app.end().await;
}
