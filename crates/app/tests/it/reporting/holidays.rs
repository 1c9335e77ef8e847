//! Days of rest that an administrator puts in force.

use kernel::Role;
use store::{FromQueryResult, one, scalar};
use testkit::TestApp;

const PAGE: &str = "/bieu-mau/ngay-nghi";

/// A form that is due two working days after the year.
const FORM: &str = "key = \"hai-ngay\"\nversion = 1\nname = \"Biểu hai ngày\"\nlegal_basis = \"QĐ 1\"\nvalid_from = \"2026-01-01\"\n\
status = \"official\"\nperiods = [\"nam\", \"nam-lich\"]\n[[level]]\nkey = \"so\"\nname = \"Sở\"\nwho = \"kind:department\"\nto = \"tinh\"\n\
due = \"+2w\"\n[[level]]\nkey = \"tinh\"\nname = \"Tỉnh\"\nwho = \"kind:committee\"\n[[cell]]\nkey = \"c1\"\nlabel = \"Số cuộc\"\ntype = \"count\"\n";

#[derive(FromQueryResult)]
struct Due {
    due_date: i64,
}

#[tokio::test]
async fn a_file_of_days_is_checked_by_line_and_taken_for_rounds_opened_afterwards() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    super::way::change(&app, "UPDATE agencies SET kind = 'committee'").await;
    let department = app.agency("Sở Tư pháp", Some(province)).await;
    let mut secretary = app.person("thu-ky", Role::Secretariat, province).await;
    let mut administrator = app.person("quan-tri", Role::Administrator, province).await;
    secretary.get(PAGE).await.expect(200).says("Lịch có sẵn trong chương trình");
    secretary.upload(PAGE, &[("noi_dung", "")], &[]).await.expect(403);
    // 14/12/2026 is a Monday: the second working day after it is Wednesday the 16th.
    let form = app.form("hai-ngay", "Biểu hai ngày", FORM).await.to_string();
    let owner = province.to_string();
    let open = [("bieu", form.as_str()), ("ky", "nam|2026"), ("co_quan", &owner), ("lan", "chinh-thuc")];
    let due = async |answer: testkit::Answer| {
        let round: kernel::Uuid = answer.location().trim_start_matches("/ky-bao-cao/").parse().expect("a round");
        app.run_jobs().await;
        let sql = "SELECT due_date FROM reports WHERE round_id = $1";
        let found: Option<Due> = one(app.app.db.read(), sql, vec![round.into()]).await.expect("a query");
        found.expect("a report").due_date
    };
    let first = due(secretary.post("/ky-bao-cao/mo", &open).await.expect(303)).await;
    assert_eq!(first, 20_261_216);
    let wrong = "[[rest]]\nname = 'Nghỉ bù'\nfrom = '2026-12-15'\nto = '2026-12-12'\n";
    let page = administrator.upload(PAGE, &[("noi_dung", wrong)], &[]).await.expect(422);
    page.says("<td class=\"num\">4</td>").says("Ngày cuối trước ngày đầu").says("2026-12-12");
    administrator.get(PAGE).await.expect(200).says("Lịch có sẵn trong chương trình");
    let right = wrong.replace("2026-12-12", "2026-12-16");
    // It serves everybody: who has an administrator above them does not replace it.
    let mut below = app.person("quan-tri-so", Role::Administrator, department).await;
    let page = below.get(PAGE).await.expect(200).text();
    assert!(!page.contains("name=\"noi_dung\""));
    below.upload(PAGE, &[("noi_dung", &right)], &[]).await.expect(409).says("quản trị viên của Ủy ban nhân dân tỉnh");
    let file: [(&str, &str, &[u8]); 1] = [("tep", "ngay-nghi.toml", right.as_bytes())];
    administrator.upload(PAGE, &[], &file).await.expect(303);
    administrator.get(PAGE).await.expect(200).says("Nghỉ bù").says("16/12/2026").says("quan-tri cập nhật lúc");
    administrator.get("/bieu-mau/ngay-nghi/tai-ve").await.expect(200).says("Nghỉ bù");
    // What is open keeps its day; the estimate of the same period, opened now, rests two days more.
    let estimate = [("bieu", form.as_str()), ("ky", "nam|2026"), ("co_quan", &owner), ("lan", "uoc")];
    assert_eq!(due(secretary.post("/ky-bao-cao/mo", &estimate).await.expect(303)).await, 20_261_218);
    let audited = "SELECT COUNT(*) FROM audit WHERE action = 'reporting.holidays'";
    assert_eq!(scalar(app.app.db.read(), audited, vec![]).await.expect("a count"), 1);
    app.end().await;
}
