//! Where figures come from, and where they go when agencies are merged.

use kernel::{Permit, Role, Uuid};
use store::{FromQueryResult, all, exec};
use testkit::TestApp;
use work::reporting::service::{check_sums, set_combined};

use super::way::scene;

#[tokio::test]
async fn a_cell_follows_the_activities_until_it_is_overridden_with_a_reason() {
    let scene = scene(1).await;
    let (app, department) = (scene.app, scene.departments[0]);
    let id = super::way::report(&app, scene.round, department).await;
    crate::activities::some(&app, department).await;
    let mut maker = app.person("lap", Role::FocalPoint, department).await;
    let fill = format!("/bao-cao/{id}/dien");
    maker.get(&fill).await.expect(200).says("name=\"c.c4\" inputmode=\"decimal\" autocomplete=\"off\" value=\"1\"");
    let saved = [("c.c1", "1"), ("k.c1", "so"), ("c.c2", "30"), ("k.c2", "so"), ("c.c4", "1"), ("k.c4", "so")];
    maker.post(&fill, &saved).await.expect(303);
    // Another activity: the cell follows.
    let second = crate::activities::some(&app, department).await;
    maker.get(&fill).await.expect(200).says("value=\"2\"");
    maker.get(&format!("/bao-cao/{id}/o/c4")).await.expect(200).says(&format!("/hoat-dong/{second}"));
    maker.post(&fill, &[("c.c4", "5"), ("k.c4", "so")]).await.expect(422).says("nêu lý do");
    maker.post(&fill, &[("c.c4", "5"), ("k.c4", "so"), ("r.c4", "Ba cuộc chưa nhập")]).await.expect(303);
    crate::activities::some(&app, department).await;
    maker.get(&format!("/bao-cao/{id}")).await.expect(200).says("Ba cuộc chưa nhập").says("số tự điền 3");
    maker.post(&fill, &[("c.c4", "3"), ("k.c4", "so")]).await.expect(303);
    let page = maker.get(&format!("/bao-cao/{id}")).await.expect(200).text();
    assert!(!page.contains("<div class=\"small\">số tự điền"), "the override is gone");
    // What is sent stays; the page of the figure says that an activity was withdrawn afterwards.
    set_combined(&app.app, &Permit::system(), department, true).await.expect("set");
    let mut head = app.person("thu-truong", Role::FocalPoint, department).await;
    head.post(&fill, &[("lam", "trinh")]).await.expect(303);
    head.post(&format!("/bao-cao/{id}/kiem-tra"), &[]).await.expect(303);
    head.post(&format!("/bao-cao/{id}/gui"), &[]).await.expect(303);
    let changed = "đã thay đổi sau khi gửi";
    let cell = format!("/bao-cao/{id}/o/c4");
    assert!(!maker.get(&cell).await.expect(200).text().contains(changed));
    let withdrawn = [("phien_ban", "0"), ("ly_do", "Ghi trùng")];
    maker.post(&format!("/hoat-dong/{second}/rut"), &withdrawn).await.expect(303);
    maker.get(&cell).await.expect(200).says(changed).says("Khi gửi, nguồn cho số 3; hiện nay cho số 2.");
    maker.get(&format!("/bao-cao/{id}")).await.expect(200).says(changed).says("-1");
    // What a ratio is computed from.
    maker.get(&format!("/bao-cao/{id}/o/c3")).await.expect(200).says(&format!("/bao-cao/{id}/o/c2")).says("Số lượt");
    app.end().await;
}

#[tokio::test]
async fn a_report_that_left_its_maker_and_one_that_counts_under_a_correction_say_that_their_sources_moved() {
    let scene = scene(1).await;
    let (app, department, mut secretary) = (scene.app, scene.departments[0], scene.secretary);
    set_combined(&app.app, &Permit::system(), department, true).await.expect("set");
    let mut maker = app.person("lap", Role::FocalPoint, department).await;
    let first = super::way::report(&app, scene.round, department).await;
    let (page, cell) = (format!("/bao-cao/{first}"), format!("/bao-cao/{first}/o/c4"));
    let passed = "đã thay đổi sau khi người lập trình";
    crate::activities::some(&app, department).await;
    let filled = [("c.c1", "1"), ("k.c1", "so"), ("c.c2", "30"), ("k.c2", "so"), ("lam", "trinh")];
    maker.post(&format!("{page}/dien"), &filled).await.expect(303);
    assert!(!maker.get(&page).await.expect(200).text().contains(passed));
    crate::activities::some(&app, department).await;
    maker.get(&page).await.expect(200).says(passed).says("trả người lập để cập nhật");
    maker.get(&cell).await.expect(200).says(passed).says("Khi trình, nguồn cho số 1; hiện nay cho số 2.");
    maker.post(&format!("{page}/kiem-tra"), &[]).await.expect(303);
    maker.get(&page).await.expect(200).says(passed);
    maker.post(&format!("{page}/gui"), &[]).await.expect(303);
    secretary.post(&format!("{page}/duyet"), &[]).await.expect(303);
    secretary.post(&format!("{page}/tiep-nhan"), &[]).await.expect(303);
    maker.post(&format!("{page}/dinh-chinh"), &[("ly_do", "Có hoạt động nhập sau")]).await.expect(303);
    // The accepted one goes on counting, and goes on saying so.
    let counting = "Số liệu được cập nhật khi bản đính chính được duyệt";
    secretary.get(&page).await.expect(200).says("đã thay đổi sau khi gửi").says(counting);
    let second = format!("/bao-cao/{}", super::way::report(&app, scene.round, department).await);
    maker.post(&format!("{second}/dien"), &[("lam", "trinh")]).await.expect(303);
    assert!(!maker.get(&second).await.expect(200).text().contains(passed), "it has just taken what the sources say");
    crate::activities::some(&app, department).await;
    maker.get(&second).await.expect(200).says(passed);
    secretary.get(&page).await.expect(200).says("đã thay đổi sau khi gửi").says("+2");
    app.end().await;
}

/// A form for communes since before their merger.
const COMMUNES: &str = "key = \"xa\"\nversion = 1\nname = \"Biểu xã\"\nlegal_basis = \"QĐ 1\"\nvalid_from = \"2020-01-01\"\nstatus = \"official\"\n\
periods = [\"6-thang\"]\n[[level]]\nkey = \"xa\"\nname = \"Xã\"\nwho = \"each:ubnd@commune\"\nto = \"tinh\"\ndue = \"+5\"\n[[level]]\nkey = \"tinh\"\n\
name = \"Tỉnh\"\nwho = \"each:so-tu-phap@province\"\n[[cell]]\nkey = \"c1\"\nlabel = \"Số cuộc\"\ntype = \"count\"\n[[cell]]\nkey = \"c2\"\n\
label = \"Số lượt\"\ntype = \"count\"\n[[cell]]\nkey = \"c3\"\nlabel = \"Bình quân\"\ntype = \"ratio\"\n\
ratio = { numerator = \"c2\", denominator = \"c1\", scale = 1.0 }\n";

#[derive(FromQueryResult)]
struct Merged {
    id: Uuid,
    name: String,
    heir: String,
}

#[tokio::test]
async fn figures_of_merged_communes_are_summed_in_todays_units_and_ratios_computed_anew() {
    let app = TestApp::new().await;
    app.province("20").await;
    let justice = app.agency_by_code("p20/so-tu-phap").await;
    let mut secretary = app.person("thu-ky", Role::Secretariat, justice).await;
    let path =
        secretary.upload("/bieu-mau/tai-len", &[("noi_dung", COMMUNES)], &[]).await.expect(303).location().to_owned();
    secretary.post(&format!("{path}/ban-hanh"), &[("tu_ngay", "01/01/2020")]).await.expect(303);
    let form = path.trim_start_matches("/bieu-mau/").to_owned();
    let fields = [("bieu", form.as_str()), ("ky", "6-thang|2025-H1"), ("co_quan", &justice.to_string())];
    let table = secretary.post("/ky-bao-cao/mo", &fields).await.expect(303).location().to_owned();
    app.run_jobs().await;
    // Two communes of then that are one today.
    let sql = "SELECT p.id, a.name, h.name AS heir FROM reports p JOIN agencies a ON a.id = p.agency_id \
               JOIN agency_successions s ON s.from_id = a.id JOIN agencies h ON h.id = s.to_id WHERE s.to_id <> a.id AND \
               (SELECT COUNT(*) FROM agency_successions o WHERE o.from_id = a.id) = 1 ORDER BY h.name, a.name";
    let rows: Vec<Merged> = all(app.app.db.read(), sql, vec![]).await.expect("merged communes");
    let pair = rows.windows(2).find(|pair| pair[0].heir == pair[1].heir).expect("two communes with one heir");
    for (row, frozen) in
        pair.iter().zip([r#"{"values":{"c1":10,"c2":1000,"c3":100}}"#, r#"{"values":{"c1":30,"c2":600,"c3":20}}"#])
    {
        let tx = app.app.db.begin().await.expect("a transaction");
        let sql = "UPDATE reports SET state = 'submitted', frozen = $1 WHERE id = $2";
        exec(&*tx, sql, vec![frozen.into(), row.id.into()]).await.expect("sent");
        tx.commit().await.expect("commit");
        secretary.post(&format!("/bao-cao/{}/duyet", row.id), &[]).await.expect(303);
    }
    let then = secretary.get(&table).await.expect(200).says("1.600").says(&pair[0].name).says(&pair[1].name).text();
    assert!(then.contains(">100<") && then.contains(">20<"), "each commune as it was");
    let now = secretary.get(&format!("{table}?xem=nay")).await.expect(200).says(&pair[0].heir).says("1.600").text();
    assert!(now.matches(">1.600<").count() >= 2, "the heir has the sum of both, and so has the total");
    assert!(now.matches(">40<").count() >= 2, "1600 / 40 is computed anew");
    // Completeness counts reports as they were: said beside the lines, of which the heir's holds two reports.
    let sql = "SELECT COUNT(*) FROM reports WHERE fills AND live";
    let asked = store::scalar(app.app.db.read(), sql, vec![]).await.expect("a count");
    let units = now.matches("scope=\"row\" class=\"title\"").count();
    assert!(i64::try_from(units).expect("a count") < asked);
    let belongs = format!("2/{asked}; số liệu của các báo cáo đó nay thuộc {units} đơn vị");
    assert!(now.contains(&belongs) && !then.contains("nay thuộc"), "{belongs}");
    // What the lines say together is the completeness of the total.
    assert!(now.contains(&format!("2/{asked} báo cáo</span>")) && !now.contains(&format!("2/{asked} đơn vị")));
    let (_, lines) = now.split_once("<tbody>").expect("a table");
    let shares = lines.split(" báo cáo</span>").filter_map(|part| part.rsplit('>').next()?.split_once('/'));
    let (counted, held) = shares.fold((0, 0), |(counted, held), (one, of)| {
        (counted + one.parse::<i64>().unwrap_or(0), held + of.parse::<i64>().unwrap_or(0))
    });
    let several = lines.matches(" báo cáo</span>").count();
    assert_eq!((counted, held + i64::try_from(units - several).expect("a count")), (2, asked));
    let cell = secretary.get(&format!("{table}/o/c2?xem=nay")).await.expect(200);
    cell.says(&format!("2/{asked} báo cáo của các đơn vị lúc đó có số liệu, nay thuộc {units} đơn vị"));
    secretary
        .get(&format!("{table}/qua-cac-ky/c2?xem=nay"))
        .await
        .expect(200)
        .says("tính theo báo cáo của các đơn vị lúc đó");
    // In today's units the figures lead to the reports of then too.
    for page in [format!("{table}?xem=nay"), format!("{table}/o/c2?xem=nay")] {
        let page = secretary.get(&page).await.expect(200).text();
        assert!(pair.iter().all(|row| page.contains(&format!("/bao-cao/{}", row.id))), "{page}");
    }
    assert!(now.contains("/o/c2?co=") && now.contains("xem=nay\"><b>"), "the total leads to today's units");
    let round = table.trim_start_matches("/ky-bao-cao/").parse().expect("a round");
    assert_eq!(check_sums(&app.app, round).await.expect("a recount"), 0);
    app.end().await;
}
