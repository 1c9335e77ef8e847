//! The library: built-in forms, upload, differences, publishing.

use kernel::{Permit, Role, Uuid};
use records::agencies::directory;
use store::{FromQueryResult, one, scalar};
use testkit::TestApp;
use work::reporting::{
    model::form::shipped,
    service::{Opening, open_round},
};

use crate::plans;

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// A form of one typed cell.
pub fn definition(version: i64, label: &str) -> String {
    format!(
        "key = \"thu\"\nversion = {version}\nname = \"Biểu thử\"\nlegal_basis = \"QĐ 1\"\nvalid_from = \"2026-01-01\"\n\
         status = \"official\"\nperiods = [\"nam\"]\n[[cell]]\nkey = \"c1\"\nlabel = \"{label}\"\ntype = \"count\"\n"
    )
}

#[tokio::test]
async fn a_form_is_uploaded_checked_compared_published_and_never_changed() {
    let app = TestApp::new().await;
    let justice = app.agency("Sở Tư pháp", None).await;
    let other = app.agency("Sở Y tế", None).await;
    let mut secretary = app.person("thu-ky", Role::Secretariat, justice).await;
    let mut stranger = app.person("nguoi-la", Role::Secretariat, other).await;
    secretary.get("/bieu-mau").await.expect(200).says("09e/BTP/PBGDPL").says("hết hiệu lực").says("chưa đối chiếu");
    let broken = definition(1, "Một").replace("\"count\"", "\"so\"");
    let answer = secretary.upload("/bieu-mau/tai-len", &[], &[("tep", "thu.toml", broken.as_bytes())]).await;
    answer.expect(422).says("<td class=\"num\">11</td><td class=\"num\">8</td>").says("count, number");
    let unknown = definition(1, "Một").replace("status", "tinh_trang = 1\nstatus").replace("label", "nhan = 1\nlabel");
    let answer = secretary.upload("/bieu-mau/tai-len", &[("noi_dung", &unknown)], &[]).await.expect(422);
    answer.says("Không dùng “tinh_trang” ở đây").says("Không dùng “nhan” ở đây");
    let first = definition(1, "Một");
    let answer = secretary.upload("/bieu-mau/tai-len", &[("noi_dung", &first)], &[]).await.expect(303);
    let path = answer.location().to_owned();
    secretary.get(&path).await.expect(200).says("bản thảo").says("Ban hành");
    stranger.get(&path).await.expect(404);
    stranger.post(&format!("{path}/ban-hanh"), &[("tu_ngay", "01/12/2026")]).await.expect(404);
    secretary.post(&format!("{path}/ban-hanh"), &[("tu_ngay", "01/12/2020")]).await.expect(422).says("01/01/2026");
    secretary.post(&format!("{path}/ban-hanh"), &[("tu_ngay", "09/11/2026")]).await.expect(303);
    stranger.get(&path).await.expect(200).says("đang áp dụng");
    secretary.post(&format!("{path}/ban-hanh"), &[("tu_ngay", "09/11/2026")]).await.expect(409);
    secretary.post(&format!("{path}/bo"), &[]).await.expect(409);
    let changed = definition(1, "Khác");
    secretary.upload("/bieu-mau/tai-len", &[("noi_dung", &changed)], &[]).await.expect(422).says("tăng version");
    let second = definition(2, "Hai");
    let answer = secretary.upload("/bieu-mau/tai-len", &[("noi_dung", &second)], &[]).await.expect(303);
    let next = answer.location().to_owned();
    secretary.get(&next).await.expect(200).says("Khác với bản 1").says("Ô c1, chỉ tiêu").says("<del>Một</del>");
    secretary.post(&format!("{next}/ban-hanh"), &[("tu_ngay", "01/12/2026")]).await.expect(303);
    secretary.get(&path).await.expect(200).says("09/11/2026 – 30/11/2026");
    secretary.get(&format!("{path}/tai-ve")).await.expect(200).says("label = \"Một\"");
    // A version is taken for its own periods: the refusal names the right one.
    let third = definition(3, "Ba");
    let answer = secretary.upload("/bieu-mau/tai-len", &[("noi_dung", &third)], &[]).await.expect(303);
    let last = answer.location().to_owned();
    secretary.post(&format!("{last}/ban-hanh"), &[("tu_ngay", "01/01/2027")]).await.expect(303);
    for (form, right) in [(&last, "bản 2"), (&path, "bản 2")] {
        let form = form.trim_start_matches("/bieu-mau/");
        let fields = [("bieu", form), ("ky", "nam|2026"), ("co_quan", &justice.to_string())];
        secretary.post("/ky-bao-cao/mo", &fields).await.expect(422).says("Hãy chọn").says(right);
    }
    // Others use the form, but only its keeper adds versions to it; built-in ones are the ministry's.
    let built_in = shipped::TEXTS[0].replace("version = 1", "version = 2");
    for (text, keeper) in [(definition(4, "Bốn"), "quản lý"), (built_in, "do Bộ Tư pháp quản lý")] {
        let answer = stranger.upload("/bieu-mau/tai-len", &[("noi_dung", &text)], &[]).await;
        answer.expect(422).says(keeper).says("Hãy đặt mã biểu riêng");
    }
    let own = definition(1, "Riêng").replace("key = \"thu\"", "key = \"thu-so-y-te\"");
    stranger.upload("/bieu-mau/tai-len", &[("noi_dung", &own)], &[]).await.expect(303);
    app.end().await;
}

/// A form that takes its only figure from the one of [`super::way::scene`].
pub const TAKING: &str = "key = \"lay\"\nversion = 1\nname = \"Biểu lấy số\"\nlegal_basis = \"QĐ 1\"\nvalid_from = \"2026-01-01\"\nstatus = \"official\"\n\
periods = [\"nam\"]\n[[level]]\nkey = \"so\"\nname = \"Sở\"\nwho = \"kind:department\"\nto = \"tinh\"\ndue = \"+5\"\n[[level]]\nkey = \"tinh\"\n\
name = \"Tỉnh\"\nwho = \"kind:committee\"\n[[cell]]\nkey = \"c1\"\nlabel = \"Tổng\"\ntype = \"count\"\nfrom = { below = \"thu\", cell = \"c1\" }\n";

#[tokio::test]
async fn a_report_names_its_sources_as_the_version_of_its_own_period_does() {
    let super::way::Scene { app, province, departments, mut secretary, .. } = super::way::scene(1).await;
    let mut publish = async |text: &str, day: &str| {
        let path = secretary.upload("/bieu-mau/tai-len", &[("noi_dung", text)], &[]).await.expect(303);
        let path = path.location().to_owned();
        secretary.post(&format!("{path}/ban-hanh"), &[("tu_ngay", day)]).await.expect(303);
        path.trim_start_matches("/bieu-mau/").to_owned()
    };
    let taking = publish(TAKING, "09/11/2026").await;
    // Later versions of the source call the cell otherwise; the round of 2026 was opened by the first.
    let later = |version: &str, label: &str| {
        let text = super::way::FORM.replace("version = 1", &format!("version = {version}"));
        text.replace("label = \"Số cuộc\"", &format!("label = \"{label}\""))
    };
    publish(&later("2", "Số buổi"), "01/12/2026").await;
    publish(&later("3", "Số lần"), "01/01/2028").await;
    let mut maker = app.person("lap", Role::FocalPoint, departments[0]).await;
    for (period, said) in [("nam|2026", "Số cuộc"), ("nam|2027", "Số buổi"), ("nam|2028", "Số lần")] {
        let fields =
            [("bieu", taking.as_str()), ("ky", period), ("co_quan", &province.to_string()), ("lan", "chinh-thuc")];
        let answer = secretary.post("/ky-bao-cao/mo", &fields).await.expect(303);
        let round: Uuid = answer.location().trim_start_matches("/ky-bao-cao/").parse().expect("a round");
        app.run_jobs().await;
        let report = format!("/bao-cao/{}", super::way::report(&app, round, departments[0]).await);
        for page in [report.clone(), format!("{report}/dien"), format!("{report}/o/c1")] {
            let text = maker.get(&page).await.expect(200).says(said).text();
            let others = ["Số cuộc", "Số buổi", "Số lần"].into_iter().filter(|other| *other != said);
            assert!(others.into_iter().all(|other| !text.contains(other)), "{page} of {period}");
        }
    }
    app.end().await;
}

#[tokio::test]
async fn every_built_in_form_reaches_agencies() {
    let app = TestApp::new().await;
    app.province("12").await;
    let justice = app.agency_by_code("p12/so-tu-phap").await;
    let dir = directory(&app.app).await.expect("the directory");
    let ministry = dir.members("each:bo-tu-phap@central", justice, app.app.clock.today())[0];
    app.person("thu-ky", Role::Secretariat, justice).await.get("/bieu-mau").await.expect(200);
    let duty = plans::task("I.1", "Tập huấn", papers::DeadlineKind::Date, "2026-12-21", vec![plans::lead(justice)]);
    let plan = plans::expand(&app, &plans::paper(&app, justice, vec![duty])).await;
    for (form, _) in shipped::forms() {
        let sql = "SELECT id FROM form_versions WHERE form_key = $1";
        let head: Option<Id> = one(app.app.db.read(), sql, vec![form.key.as_str().into()]).await.expect("a form");
        let rule = form.periods[0];
        let periods = (2022..=2027).flat_map(|year| rule.periods(year));
        let period = periods.into_iter().find(|period| form.refusal(period).is_none()).expect("a period");
        let opening = |owner| Opening {
            plan: Some(plan),
            form: head.as_ref().expect("stored").id,
            owner,
            rule,
            period: period.key.clone(),
            estimate: false,
            on: None,
            compared: true,
            generated: true,
        };
        // Forms of departments end at the province.
        let mut round = open_round(&app.app, &Permit::system(), opening(ministry)).await;
        if round.is_err() {
            round = open_round(&app.app, &Permit::system(), opening(justice)).await;
        }
        let round = round.unwrap_or_else(|error| panic!("{}: {error:?}", form.key));
        app.run_jobs().await;
        let sql = "SELECT expected FROM report_rounds WHERE id = $1";
        let expected = scalar(app.app.db.read(), sql, vec![round.into()]).await.expect("a number");
        assert!(expected > 0, "{} reaches nobody", form.key);
        if form.code == "09e/BTP/PBGDPL" {
            let sql = "SELECT COUNT(*) FROM reports p JOIN agencies a ON a.id = p.agency_id WHERE p.round_id = $1 AND a.kind = 'mass'";
            let masses = scalar(app.app.db.read(), sql, vec![round.into()]).await.expect("a number");
            assert!(expected > 20 && masses > 3, "ministries and socio-political organisations: {expected}, {masses}");
        }
    }
    app.end().await;
}
