//! Three levels over HTTP, and an official issue that begins with its estimate.

use kernel::{Permit, Role, Uuid};
use store::exec;
use testkit::{Client, PASSWORD, TestApp};
use work::reporting::service::{check_sums, set_combined};

use super::way::report;

/// Communes report to a province that only consolidates, the province to a ministry.
const FORM: &str = "key = \"ba-cap\"\nversion = 1\nname = \"Biểu ba cấp\"\nlegal_basis = \"QĐ 1\"\nvalid_from = \"2026-01-01\"\nstatus = \"official\"\n\
periods = [\"nam\"]\n[[level]]\nkey = \"xa\"\nname = \"Xã\"\nwho = \"kind:department\"\nto = \"tinh\"\ndue = \"+5\"\n[[level]]\nkey = \"tinh\"\n\
name = \"Tỉnh\"\nwho = \"kind:committee\"\nto = \"bo\"\ndue = \"+9\"\nfills = false\n[[level]]\nkey = \"bo\"\nname = \"Bộ\"\nwho = \"kind:ministry\"\n\
[[cell]]\nkey = \"c1\"\nlabel = \"Số cuộc\"\ntype = \"count\"\n";

async fn kind(app: &TestApp, agency: Uuid, kind: &str) {
    let tx = app.app.db.begin().await.expect("a transaction");
    let sql = "UPDATE agencies SET kind = $1 WHERE id = $2";
    exec(&*tx, sql, vec![kind.into(), agency.into()]).await.expect("a kind");
    tx.commit().await.expect("commit");
}

/// Takes a report through its agency by one person.
async fn pass(client: &mut Client, id: Uuid, figure: Option<&str>) {
    let page = format!("/bao-cao/{id}");
    match figure {
        Some(figure) => {
            let fields = [("c.c1", figure), ("k.c1", "so"), ("lam", "trinh")];
            client.post(&format!("{page}/dien"), &fields).await.expect(303);
        }
        None => drop(client.post(&format!("{page}/dien"), &[("lam", "trinh")]).await.expect(303)),
    }
    client.post(&format!("{page}/kiem-tra"), &[]).await.expect(303);
    client.post(&format!("{page}/gui"), &[]).await.expect(303);
}

#[tokio::test]
async fn figures_climb_from_commune_to_province_to_ministry_and_lead_back_down() {
    let app = TestApp::new().await;
    let ministry = app.agency("Bộ Tư pháp", None).await;
    kind(&app, ministry, "ministry").await;
    let mut provinces = Vec::new();
    for name in ["Tỉnh Một", "Tỉnh Hai"] {
        let province = app.agency(name, Some(ministry)).await;
        kind(&app, province, "committee").await;
        let communes = [
            app.agency(&format!("Xã A {name}"), Some(province)).await,
            app.agency(&format!("Xã B {name}"), Some(province)).await,
        ];
        provinces.push((province, communes));
    }
    let mut top = app.person("bo", Role::Secretariat, ministry).await;
    let path = top.upload("/bieu-mau/tai-len", &[("noi_dung", FORM)], &[]).await.expect(303).location().to_owned();
    top.post(&format!("{path}/ban-hanh"), &[("tu_ngay", "09/11/2026")]).await.expect(303);
    let form = path.trim_start_matches("/bieu-mau/").to_owned();
    let owner = ministry.to_string();
    let fields = [("bieu", form.as_str()), ("ky", "nam|2026"), ("co_quan", &owner), ("lan", "chinh-thuc")];
    let answer = top.post("/ky-bao-cao/mo", &fields).await.expect(303);
    let round: Uuid = answer.location().trim_start_matches("/ky-bao-cao/").parse().expect("a round");
    app.run_jobs().await;
    for (at, (province, communes)) in provinces.iter().enumerate() {
        set_combined(&app.app, &Permit::system(), *province, true).await.expect("set");
        let mut between = app.person(&format!("tinh-{at}"), Role::Secretariat, *province).await;
        for (n, commune) in communes.iter().enumerate() {
            set_combined(&app.app, &Permit::system(), *commune, true).await.expect("set");
            let mut below = app.person(&format!("xa-{at}-{n}"), Role::FocalPoint, *commune).await;
            let id = report(&app, round, *commune).await;
            pass(&mut below, id, Some(if n == 0 { "10" } else { "7" })).await;
            // The ministry does not decide on what the province receives.
            top.post(&format!("/bao-cao/{id}/duyet"), &[]).await.expect(404);
            between.post(&format!("/bao-cao/{id}/duyet"), &[]).await.expect(303);
        }
        let own = report(&app, round, *province).await;
        pass(&mut between, own, None).await;
        top.get(&format!("/bao-cao/{own}")).await.expect(200).says("17");
        if at == 0 {
            // Of a national round a province is shown its own part: two communes and itself.
            let seen = between.get("/ky-bao-cao").await.expect(200).says("Biểu ba cấp").says("3/3").text();
            assert!(!seen.contains("/6"), "the nation's figures");
            let board =
                between.get("/ky-bao-cao/bang?bieu=ba-cap&cap=xa").await.expect(200).says("Xã A Tỉnh Một").text();
            assert!(!board.contains("Tỉnh Hai"));
            between.get("/ky-bao-cao/bang?bieu=ba-cap&cap=xa&trang=9").await.expect(200).says("Xã A Tỉnh Một");
            top.get("/ky-bao-cao").await.expect(200).says("3/6");
            top.post(&format!("/bao-cao/{own}/tra-lai"), &[("ly_do", "Xem lại xã A")]).await.expect(303);
            pass(&mut between, own, None).await;
        }
        top.post(&format!("/bao-cao/{own}/duyet"), &[]).await.expect(303);
    }
    let table = format!("/ky-bao-cao/{round}");
    // Provinces only consolidate: of six reports four have figures to give.
    top.get(&table).await.expect(200).says("Tỉnh Một").says("17").says("34").says("4/4");
    // From the total down to the commune by clicks.
    let province = provinces[0].0;
    top.get(&format!("{table}/o/c1")).await.expect(200).says(&format!("{table}/o/c1?co={province}"));
    let below = top.get(&format!("{table}/o/c1?co={province}")).await.expect(200).says("Xã A Tỉnh Một").says("10");
    below.says(&format!("/bao-cao/{}/o/c1", report(&app, round, provinces[0].1[0]).await));
    top.get("/ky-bao-cao/bang?bieu=ba-cap&cap=tinh").await.expect(200).says("Tỉnh Hai").says("đúng hạn");
    let own = report(&app, round, province).await;
    let totals = format!("{table}/o/c1?co={province}");
    top.get(&format!("/bao-cao/{own}")).await.expect(200).says(&format!("href=\"{totals}\"")).says("2/2");
    corrected_below(&app, (round, province, provinces[0].1[0]), &mut top).await;
    assert_eq!(check_sums(&app.app, round).await.expect("a recount"), 0);
    app.end().await;
}

/// A commune corrects what is locked: the province's locked report says so, and is corrected in its turn.
async fn corrected_below(app: &TestApp, (round, province, commune): (Uuid, Uuid, Uuid), top: &mut Client) {
    let mut between = app.anonymous();
    between.sign_in("tinh-0", PASSWORD).await;
    let mut below = app.anonymous();
    below.sign_in("xa-0-0", PASSWORD).await;
    let (own, first) = (report(app, round, province).await, report(app, round, commune).await);
    let (page, table) = (format!("/bao-cao/{own}"), format!("/ky-bao-cao/{round}"));
    let changed = "cấp dưới đã thay đổi sau khi gửi";
    top.post(&format!("{page}/tiep-nhan"), &[]).await.expect(303);
    between.post(&format!("/bao-cao/{first}/tiep-nhan"), &[]).await.expect(303);
    assert!(!between.get(&page).await.expect(200).text().contains(changed));
    let reason = [("ly_do", "Cộng sót hai cuộc")];
    let answer = below.post(&format!("/bao-cao/{first}/dinh-chinh"), &reason).await.expect(303);
    let second = report(app, round, commune).await;
    assert_eq!(answer.location(), format!("/bao-cao/{second}/dien"));
    pass(&mut below, second, Some("12")).await;
    // Until it is approved nothing has changed above.
    assert!(!top.get(&table).await.expect(200).text().contains(changed));
    between.post(&format!("/bao-cao/{second}/duyet"), &[]).await.expect(303);
    top.get(&table).await.expect(200).says("36").says(changed);
    top.get(&page).await.expect(200).says(changed).says("17").says("19").says("+2").says("gửi bản đính chính");
    between.get(&page).await.expect(200).says("Mở bản đính chính");
    let answer = between.post(&format!("{page}/dinh-chinh"), &[("ly_do", "Xã A đính chính")]).await.expect(303);
    let next = report(app, round, province).await;
    assert_eq!(answer.location(), format!("/bao-cao/{next}"));
    between.get(&format!("/bao-cao/{next}")).await.expect(200).says("Thay đổi so với bản 1").says("+2");
    pass(&mut between, next, None).await;
    top.post(&format!("/bao-cao/{next}/duyet"), &[]).await.expect(303);
    assert!(!top.get(&table).await.expect(200).says("36").text().contains(changed));
    assert!(!top.get(&format!("/bao-cao/{next}")).await.expect(200).text().contains(changed));
}

#[tokio::test]
async fn the_official_issue_begins_with_what_was_estimated_and_says_what_changed() {
    let scene = super::way::scene(1).await;
    let (app, agency) = (&scene.app, scene.departments[0]);
    let mut secretary = scene.secretary;
    let list = secretary.get("/bieu-mau").await.expect(200).text();
    let at = list.find("Biểu thử").expect("the form");
    let from = list[..at].rfind("/bieu-mau/").expect("a link") + "/bieu-mau/".len();
    let (form, owner) = (list[from..from + 36].to_owned(), scene.province.to_string());
    let fields = [("bieu", form.as_str()), ("ky", "nam|2026"), ("co_quan", &owner), ("lan", "uoc")];
    let answer = secretary.post("/ky-bao-cao/mo", &fields).await.expect(303);
    let estimate: Uuid = answer.location().trim_start_matches("/ky-bao-cao/").parse().expect("a round");
    app.run_jobs().await;
    set_combined(&app.app, &Permit::system(), agency, true).await.expect("set");
    let mut maker = app.person("lap", Role::FocalPoint, agency).await;
    let id = report(app, estimate, agency).await;
    let fields =
        [("c.c1", "40"), ("k.c1", "so"), ("c.c2", "3.210"), ("k.c2", "so"), ("c.c4", ""), ("k.c4", "khong-phat-sinh")];
    maker.post(&format!("/bao-cao/{id}/dien"), &fields).await.expect(303);
    pass_on(&mut maker, id).await;
    secretary.post(&format!("/bao-cao/{id}/duyet"), &[]).await.expect(303);
    let official = report(app, scene.round, agency).await;
    maker.get(&format!("/bao-cao/{official}/dien")).await.expect(200).says("3.210");
    maker.post(&format!("/bao-cao/{official}/dien"), &[("c.c1", "41"), ("k.c1", "so")]).await.expect(303);
    pass_on(&mut maker, official).await;
    let page = secretary.get(&format!("/bao-cao/{official}")).await.expect(200);
    page.says("Thay đổi so với bản ước tính").says("41").says("3.210");
    // Each issue keeps its own figures.
    secretary.get(&format!("/bao-cao/{id}")).await.expect(200).says("40");
    scene.app.end().await;
}

async fn pass_on(client: &mut Client, id: Uuid) {
    client.post(&format!("/bao-cao/{id}/dien"), &[("lam", "trinh")]).await.expect(303);
    client.post(&format!("/bao-cao/{id}/kiem-tra"), &[]).await.expect(303);
    client.post(&format!("/bao-cao/{id}/gui"), &[]).await.expect(303);
}
