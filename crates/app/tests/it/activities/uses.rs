//! From an activity upwards: the reports that count it, with their figures, and the signed papers that tell them.

use kernel::{Permit, Role, Uuid};
use records::activities::{Draft, model::activity::Partner};
use store::exec;
use testkit::{Client, TestApp};
use work::reporting::service::set_combined;

use crate::reporting::way::{Scene, report, scene};

/// Takes a report of a department through its agency by one person.
async fn pass(client: &mut Client, page: &str) {
    let filled = [("c.c1", "1"), ("k.c1", "so"), ("c.c2", "30"), ("k.c2", "so"), ("lam", "trinh")];
    client.post(&format!("{page}/dien"), &filled).await.expect(303);
    client.post(&format!("{page}/kiem-tra"), &[]).await.expect(303);
    client.post(&format!("{page}/gui"), &[]).await.expect(303);
}

/// A paper of an agency on a round, signed now.
async fn signed(app: &TestApp, round: Uuid, agency: Uuid, title: &str) -> Uuid {
    let id = kernel::new_id();
    let sql = "INSERT INTO outgoing_papers (id, owner_id, node_id, round_id, template_key, template_version, fragment, title, state, draft, \
               seen, frozen, version, maker_id, maker_name, number, symbol, signer, generated, created_at, changed_at) VALUES ($1, $2, $2, $3, \
               'bao-cao-pbgdpl-tinh', 1, $4, $5, 'signed', '{}', '{}', '', 0, $1, 'Thư ký', 5, 'BC-STP', '', $4, 0, $6)";
    let now = app.app.clock.now().0;
    let tx = app.app.db.begin().await.expect("a transaction");
    let values = vec![id.into(), agency.into(), round.into(), false.into(), title.into(), now.into()];
    exec(&*tx, sql, values).await.expect("a paper");
    tx.commit().await.expect("commit");
    id
}

#[tokio::test]
async fn an_activity_tells_which_figures_count_it_up_to_the_signed_paper() {
    let Scene { app, province, departments, round, mut secretary } = scene(2).await;
    set_combined(&app.app, &Permit::system(), departments[0], true).await.expect("set");
    let draft = Draft {
        owner: departments[0],
        kind: "hoi-nghi".into(),
        title: "Hội nghị".into(),
        held_on: Some(app.app.clock.today()),
        turns: 20,
        partners: vec![Partner { agency: Some(departments[1]), name: "Sở số 1".into() }],
        ..Draft::default()
    };
    let activity = format!("/hoat-dong/{}", super::create(&app, draft).await);
    let page = format!("/bao-cao/{}", report(&app, round, departments[0]).await);
    let cell = format!("href=\"{page}/o/c4\"");
    let mut maker = app.person("lap", Role::FocalPoint, departments[0]).await;
    maker
        .get(&activity)
        .await
        .expect(200)
        .says("Được tính vào")
        .says("Biểu thử – Sở số 0")
        .says(&cell)
        .says("đang lập</span>");
    // Those above see the figures once they are sent.
    let above = secretary.get(&activity).await.expect(200).says(&format!("href=\"{page}\"")).text();
    assert!(!above.contains(&cell));
    // Who only took part sees the activity, and no report of another agency.
    let mut partner = app.person("phoi-hop", Role::FocalPoint, departments[1]).await;
    let seen = partner.get(&activity).await.expect(200).says("chưa báo cáo nào tính hoạt động này").text();
    assert!(!seen.contains("Biểu thử"));
    let early = signed(&app, round, province, "Báo cáo ký trước khi duyệt").await;
    app.clock.advance_seconds(60);
    pass(&mut maker, &page).await;
    app.clock.advance_seconds(60);
    let late = format!("/hoat-dong/{}", super::some(&app, departments[0]).await);
    maker.get(&late).await.expect(200).says("Ghi nhận sau khi báo cáo này được trình");
    secretary.post(&format!("{page}/duyet"), &[]).await.expect(303);
    let paper = signed(&app, round, province, "Báo cáo năm").await;
    let told = secretary
        .get(&activity)
        .await
        .expect(200)
        .says(&cell)
        .says("data-label=\"Trong báo cáo\">1</td>")
        .says("đã duyệt");
    let told = told
        .says(&format!("href=\"/ky-bao-cao/{round}\""))
        .says(&format!("<a href=\"/van-ban-di/{paper}\">05/BC-STP – Báo cáo năm"))
        .text();
    assert!(!told.contains(&early.to_string()), "it was signed before the report was approved");
    // A signed paper of the province is not the department's to see.
    assert!(!maker.get(&activity).await.expect(200).says(&cell).text().contains(&paper.to_string()));
    assert!(
        !secretary.get(&late).await.expect(200).text().contains(&paper.to_string()),
        "the paper cannot tell what came later"
    );
    // However many rounds count it, the page takes as many statements.
    let before = app.app.db.queries();
    maker.get(&activity).await.expect(200);
    let one = app.app.db.queries() - before;
    let list = secretary.get("/bieu-mau").await.expect(200).text();
    let at = list.find("Biểu thử").expect("the form");
    let from = list[..at].rfind("/bieu-mau/").expect("a link") + "/bieu-mau/".len();
    let owner = province.to_string();
    let fields = [("bieu", &list[from..from + 36]), ("ky", "nam|2026"), ("co_quan", &owner), ("lan", "uoc")];
    secretary.post("/ky-bao-cao/mo", &fields).await.expect(303);
    app.run_jobs().await;
    let before = app.app.db.queries();
    maker.get(&activity).await.expect(200).says("Năm 2026 (số ước tính)");
    assert_eq!(app.app.db.queries() - before, one);
    // A report by another form that takes over the total counts it too.
    let taking = crate::reporting::forms::TAKING.replace("cell = \"c1\"", "cell = \"c4\"");
    let path = secretary.upload("/bieu-mau/tai-len", &[("noi_dung", &taking)], &[]).await.expect(303);
    let path = path.location().to_owned();
    secretary.post(&format!("{path}/ban-hanh"), &[("tu_ngay", "09/11/2026")]).await.expect(303);
    let fields = [
        ("bieu", path.trim_start_matches("/bieu-mau/")),
        ("ky", "nam|2026"),
        ("co_quan", &owner),
        ("lan", "chinh-thuc"),
    ];
    secretary.post("/ky-bao-cao/mo", &fields).await.expect(303);
    app.run_jobs().await;
    maker.get(&activity).await.expect(200).says("Biểu lấy số – Sở số 0").says("/o/c1\">Tổng</a>");
    maker.post(&format!("{activity}/rut"), &[("phien_ban", "0"), ("ly_do", "Ghi trùng")]).await.expect(303);
    assert!(!maker.get(&activity).await.expect(200).text().contains("Được tính vào"));
    app.end().await;
}
