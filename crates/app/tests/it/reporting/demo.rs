//! The rounds of a demonstration: made by the rules of real ones, and readable in the agencies of then and of now.

use std::collections::BTreeMap;

use kernel::{Actor, Holding, Permit, Role, Uuid};
use records::agencies::{directory, service::merge_for_demonstration};
use store::{FromQueryResult, all, scalar};
use testkit::{Client, TestApp};
use work::reporting::service::{check_sums, generate};

#[derive(FromQueryResult)]
struct Round {
    id: Uuid,
    generated: bool,
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a number")
}

#[tokio::test]
async fn a_demonstration_has_rounds_of_every_kind_and_a_merged_pair_that_reads_right_in_both_views() {
    let app = TestApp::new().await;
    app.province("12").await;
    let today = app.app.clock.today();
    let dir = directory(&app.app).await.expect("the directory");
    let whole = dir.search("Tỉnh Lai Châu", today, 5).into_iter().find(|(_, _, above)| above.is_empty());
    let whole = whole.expect("the province").0;
    let justice = app.agency_by_code("p12/so-tu-phap").await;
    let holding = Holding { role: Role::Administrator, agency: whole, agency_name: String::new() };
    let actor = Actor { user: Uuid::nil(), name: "Quản trị".into(), holdings: vec![holding] };
    let manage = Permit::of(&actor).expect("a permit");
    let merged_on = today - chrono::Days::new(131);
    let pair = merge_for_demonstration(&app.app, &manage, justice, merged_on).await.expect("a merger").expect("a pair");
    records::activities::service::generate(&app.app, justice, 7).await.expect("activities");
    let steady = [pair.heir, pair.gone];
    let made = generate(&app.app, &app.clock, justice, &steady, 7).await.expect("rounds");
    assert!(made.rounds >= 11 && made.reports > 250, "{made:?}");
    assert_eq!(app.app.clock.today(), today);

    let rounds: Vec<Round> =
        all(app.app.db.read(), "SELECT id, generated FROM report_rounds", vec![]).await.expect("rounds");
    for round in &rounds {
        assert!(round.generated);
        assert_eq!(check_sums(&app.app, round.id).await.expect("a recount"), 0);
    }
    for state in ["draft", "checking", "submitted", "returned", "approved", "accepted"] {
        let sql = format!("SELECT COUNT(*) FROM reports WHERE live AND state = '{state}'");
        assert!(count(&app, &sql).await > 0, "{state}");
    }
    for condition in ["revision = 2 AND live", "first_submitted_on > due_date", "frozen LIKE '%\"none\"%'"] {
        let sql = format!("SELECT COUNT(*) FROM reports WHERE {condition}");
        assert!(count(&app, &sql).await > 0, "{condition}");
    }
    assert!(
        count(&app, "SELECT COUNT(*) FROM report_steps WHERE kind = 'fill' AND body = '' AND detail LIKE '%Gồm cả%'")
            .await
            > 0
    );
    assert!(count(&app, "SELECT COUNT(*) FROM report_questions WHERE follow_up").await > 0);

    let sql = "SELECT id, generated FROM report_rounds WHERE form_key = 'pbgdpl-cap-xa' AND period_key = '2026-H1'";
    let half = all::<Round>(app.app.db.read(), sql, vec![]).await.expect("rounds").remove(0).id;
    let mut secretary = app.person("thu-ky", Role::Secretariat, justice).await;
    let gone = dir.name(pair.gone, merged_on - chrono::Days::new(1)).expect("a name").to_owned();
    let then = secretary.get(&format!("/ky-bao-cao/{half}")).await.expect(200).says(&gone).text();
    let now = secretary.get(&format!("/ky-bao-cao/{half}?xem=nay")).await.expect(200);
    let now = now.says("gồm cả <a href=\"/bao-cao/").says(&gone).text();
    // The same total, one line fewer.
    let total =
        |page: &str| page.split("Tổng số").nth(1).and_then(|rest| rest.split("</tr>").next()).map(str::to_owned);
    assert_eq!(total(&then), total(&now.replace("&amp;xem=nay", "")));
    let lines = |page: &str| page.matches("scope=\"row\" class=\"title\"").count();
    assert_eq!(lines(&then), lines(&now) + 1);

    // The board across periods and the overview stand on the same data.
    let board = secretary.get("/ky-bao-cao/bang?bieu=pbgdpl-cap-xa&ky=quy-15").await.expect(200);
    board.says("Theo cấp").says("đúng hạn").says("thiếu").says("Quý III/2026").says("chưa đến hạn").says("<svg");
    secretary.get("/ky-bao-cao/bang?bieu=khong-co").await.expect(404);
    let page = secretary.get("/tong-quan").await.expect(200).says("Số hoạt động theo tháng").says("Bản đồ").text();
    assert!(page.matches("role=\"img\"").count() >= 4);
    assert!(page.matches("role=\"img\"").count() <= page.matches("class=\"table keep\"").count());
    secretary.get("/tong-quan?theo=luot").await.expect(200).says("So sánh địa bàn theo lượt người");
    let picture = secretary.get("/tong-quan?hinh=ban-do&tai=png").await.expect(200);
    assert!(picture.body.starts_with(b"\x89PNG"));
    let sheet = secretary.get("/tong-quan?hinh=dia-ban&tai=csv").await.expect(200).text();
    assert!(sheet.starts_with("\u{feff}Địa bàn,Hoạt động"), "{sheet}");
    secretary.get("/tong-quan?hinh=khong-co&tai=png").await.expect(404);
    charts_are_taken_away(&mut secretary, half).await;
    let ministry = dir.members("each:bo-tu-phap@central", justice, today)[0];
    let mut top = every_listed_round_opens(&app, ministry, justice, pair.heir).await;
    figures_lead_on(&app, &mut top, justice).await;
    // A commune sees its own reports and those of the commune that went up in it, no other's.
    let mut commune = app.person("xa", Role::FocalPoint, pair.heir).await;
    commune.get("/ky-bao-cao/bang?bieu=pbgdpl-cap-xa").await.expect(200).says("1–2 trong 2").says(&gone);
    commune.get("/tong-quan").await.expect(200);
    app.person("bien-tap", Role::Editor, justice).await.get("/tong-quan").await.expect(403);
}

/// The chart of every page leads to itself as a picture and to its table as a sheet.
async fn charts_are_taken_away(secretary: &mut Client, round: Uuid) {
    for (page, begins) in [
        (format!("/ky-bao-cao/{round}/qua-cac-ky/c1"), "Đơn vị,"),
        (format!("/ky-bao-cao/{round}/qua-cac-ky/c1?xem=nay"), "Đơn vị,"),
        ("/ky-bao-cao/bang?bieu=pbgdpl-cap-xa&ky=quy-15".into(), "Kỳ,Cấp,Phải gửi,"),
        ("/hoat-dong/ban-do?mau=luot".into(), "Địa bàn,Hoạt động,Lượt người,"),
        ("/tong-quan".into(), ""),
    ] {
        let text = secretary.get(&page).await.expect(200).text();
        let files = links(&text, "?").into_iter().filter(|path| path.contains("tai="));
        let (pictures, sheets): (Vec<_>, Vec<_>) = files.partition(|path| path.ends_with("tai=png"));
        assert!(!pictures.is_empty() && !sheets.is_empty(), "{page}");
        let path = page.split('?').next().unwrap_or_default();
        for picture in &pictures {
            let answer = secretary.get(&format!("{path}{picture}")).await.expect(200);
            assert!(answer.body.starts_with(b"\x89PNG"), "{path}{picture}");
        }
        for sheet in &sheets {
            let sheet = secretary.get(&format!("{path}{sheet}")).await.expect(200).text();
            assert!(sheet.starts_with(&format!("\u{feff}{begins}")) && sheet.lines().count() > 1, "{sheet}");
        }
        secretary.get(&format!("{path}?hinh=khong-co&tai=svg")).await.expect(404);
    }
}

/// Addresses on a page that begin like this, each once.
fn links(page: &str, beginning: &str) -> Vec<String> {
    let found = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut found: Vec<String> = found
        .filter(|path| path.starts_with(beginning))
        .map(|path| path.replace("&amp;", "&").replace("&#38;", "&"))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Every round that a person is shown opens, whoever it is; somebody of the ministry.
async fn every_listed_round_opens(app: &TestApp, ministry: Uuid, justice: Uuid, commune: Uuid) -> Client {
    let committee = app.agency_by_code("p12/ubnd").await;
    let education = app.agency_by_code("p12/so-giao-duc").await;
    let people = [
        ("bo", Role::Secretariat, ministry),
        ("lanh-dao", Role::Leader, justice),
        ("bien-tap-2", Role::Editor, justice),
        ("dau-moi", Role::FocalPoint, education),
        ("can-bo", Role::Contributor, education),
        ("xa-2", Role::FocalPoint, commune),
        ("xem", Role::Viewer, committee),
    ];
    let mut clients = BTreeMap::new();
    for (login, role, agency) in people {
        let mut person = app.person(login, role, agency).await;
        let list = person.get("/ky-bao-cao").await.expect(200).text();
        let rounds: Vec<String> =
            links(&list, "/ky-bao-cao/").into_iter().filter(|path| path.len() == "/ky-bao-cao/".len() + 36).collect();
        assert!(!rounds.is_empty(), "{login}");
        for round in &rounds {
            let page = person.get(round).await.expect(200).text();
            assert!(!page.contains("Chưa có đơn vị nào"), "{login} {round}");
            for cell in links(&page, &format!("{round}/o/")).iter().take(2) {
                person.get(cell).await.expect(200).says("Qua các kỳ");
                person.get(&cell.replace("/o/", "/qua-cac-ky/")).await.expect(200);
            }
        }
        clients.insert(login, person);
    }
    let sql = "SELECT id, generated FROM report_rounds WHERE form_key = 'pbgdpl-cap-xa' AND period_key = '2026-H1'";
    let half = all::<Round>(app.app.db.read(), sql, vec![]).await.expect("rounds").remove(0).id;
    let place = format!("/ky-bao-cao/{half}?co={committee}");
    let mut ministry = clients.remove("bo").expect("somebody of the ministry");
    // The people's committee sees its province, by its name too; so does the ministry, and nobody else.
    let page = ministry.get(&place).await.expect(200).says("Ủy ban nhân dân tỉnh Lai Châu").text();
    assert!(page.contains(&format!("/ky-bao-cao/{half}?co={justice}")), "leads to the department");
    for (login, mut client) in clients {
        let seen = client.get(&place).await;
        if login == "xem" {
            seen.expect(200).says("Ủy ban nhân dân tỉnh Lai Châu");
        } else {
            seen.expect(404);
        }
    }
    ministry
}

/// No figure of the ministry's tables ends in a dead page.
async fn figures_lead_on(app: &TestApp, ministry: &mut Client, justice: Uuid) {
    let sql = "SELECT p.id, p.live AS generated FROM reports p JOIN report_rounds r ON r.id = p.round_id WHERE p.live AND p.agency_id = $1 \
               AND r.form_key IN ('pbgdpl-cap-tinh', 'pbgdpl-cap-xa') AND p.frozen <> ''";
    let reports: Vec<Round> = all(app.app.db.read(), sql, vec![justice.into()]).await.expect("reports");
    assert!(reports.len() > 1);
    let (mut computed, mut below) = (0, 0);
    for report in reports {
        let page = ministry.get(&format!("/bao-cao/{}", report.id)).await.expect(200).text();
        for cell in links(&page, &format!("/bao-cao/{}/o/", report.id)) {
            let page = ministry.get(&cell).await.expect(200).text();
            let counted = page.contains("Hoạt động tạo nên số liệu");
            let on: Vec<String> = ["/bao-cao/", "/ky-bao-cao/"].iter().flat_map(|start| links(&page, start)).collect();
            let on: Vec<&String> = on.iter().filter(|path| path.contains("/o/") && **path != cell).collect();
            assert!(counted || !on.is_empty(), "{cell} leads nowhere");
            for path in on {
                ministry.get(path).await.expect(200);
                if path.starts_with("/ky-bao-cao/") { below += 1 } else { computed += 1 }
            }
        }
        for total in links(&page, "/ky-bao-cao/").iter().filter(|path| path.contains("/o/")) {
            assert!(total.ends_with(&format!("?co={justice}")), "{total} is the province's");
            ministry.get(total).await.expect(200);
        }
    }
    assert!(computed > 0 && below > 0, "{computed} {below}");
}
