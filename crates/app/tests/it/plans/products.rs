//! Who is how far with the papers that tasks wait for.

use ::papers::DeadlineKind;
use kernel::Role;
use records::documents::PartyRole;
use testkit::{TestApp, papers};

use super::*;
use crate::documents::Office;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    plan_id: Uuid,
}

#[derive(Debug, PartialEq, FromQueryResult)]
struct Product {
    product_stage: String,
    product_number: String,
    product_document_id: Option<Uuid>,
}

#[tokio::test]
async fn a_paper_that_was_waited_for_fills_the_list_when_it_is_registered() {
    let mut office = Office::new().await;
    office.confirmed(&papers::plan().replace("Quý III/2026", "Quý IV/2026"), &[]).await;
    office.app.run_jobs().await;
    let sql = "SELECT id, plan_id FROM plan_tasks WHERE body LIKE 'Tổ chức cuộc thi%'";
    let task: Row = all(office.app.app.db.read(), sql, vec![]).await.expect("tasks").remove(0);
    let path = format!("/ke-hoach/{}", task.plan_id);
    let product = [("san_pham", "Kế hoạch tổ chức cuộc thi"), ("loai", "Kế hoạch"), ("ban_hanh", "")];
    office.officer.post(&format!("{path}/nhiem-vu/{}/san-pham", task.id), &product).await.expect(303);
    let page = office.officer.get(&format!("{path}/san-pham")).await.expect(200);
    page.says("Kế hoạch tổ chức cuộc thi").says("chưa bắt đầu 1").says("đã ban hành 0").says("Sở Tư pháp");

    let answer = papers::plan_like("45/KH-STP", "ngày 20 tháng 8 năm 2026", "Tổ chức cuộc thi tìm hiểu pháp luật");
    let cited = "Thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2026 của Ủy ban nhân dân tỉnh";
    let answer = answer.replace("Thực hiện Quyết định số 4501/QĐ-TTg ngày 10/12/2025 của Thủ tướng Chính phủ", cited);
    let stranger = answer.replace("45/KH-STP", "46/KH-CAT");
    for (text, issuer, number) in [(stranger, "Công an tỉnh", "46/KH-CAT"), (answer, "Sở Tư pháp", "45/KH-STP")]
    {
        let draft = office.draft(&text).await;
        let facts = [
            ("number", number),
            ("kind", "Kế hoạch"),
            ("title", "Tổ chức cuộc thi tìm hiểu pháp luật"),
            ("date", "20/08/2026"),
            ("issuer", issuer),
        ];
        office.officer.post(&format!("{draft}/thong-tin"), &facts).await.expect(303);
        office.officer.post(&format!("{draft}/xac-nhan"), &[("blanks", "1"), ("mode", "in_force")]).await.expect(303);
        office.app.run_jobs().await;
        let sql = "SELECT product_stage, product_number, product_document_id FROM obligations \
                   WHERE role = 'lead' AND task_id = $1";
        let row: Product =
            all(office.app.app.db.read(), sql, vec![task.id.into()]).await.expect("obligations").remove(0);
        if issuer == "Sở Tư pháp" {
            let document = Some(crate::documents::id(&draft));
            let expected = Product {
                product_stage: "issued".into(),
                product_number: number.into(),
                product_document_id: document,
            };
            assert_eq!(row, expected);
            let page = office.officer.get(&format!("{path}/san-pham?buoc=ban-hanh")).await.expect(200);
            page.says("đã ban hành 1").says(&format!("<a href=\"{draft}\">45/KH-STP</a>"));
            let page = office.officer.get(&format!("{path}/san-pham")).await.expect(200);
            page.says("Không còn đơn vị nào chưa ban hành.");
        } else {
            assert_eq!(row.product_stage, "", "somebody else brought it out");
        }
    }
    let sql = "SELECT COUNT(*) FROM obligation_steps WHERE kind = 'product'";
    assert_eq!(office.count(sql).await, 1);
    totals_hold(&office.app).await;
    office.app.end().await;
}

#[tokio::test]
async fn who_reports_completion_says_what_came_out_and_leaves_the_list_of_gaps() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let mut report = task("I.1", "Báo cáo kết quả năm", DeadlineKind::Date, "2026-12-15", vec![lead(justice)]);
    report.product = Some("Báo cáo năm".into());
    let plan = expand(&app, &paper(&app, province, vec![report])).await;
    let duty = obligations(&app, plan).await[0].id;
    let mut agency = app.person("dau-moi", Role::FocalPoint, justice).await;
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    let path = format!("/nghia-vu/{duty}");
    let form = |stage, number| {
        let fields = [("phien_ban", "0"), ("phan_tram", "100"), ("ket_qua", "Đã gửi"), ("xong", "1")];
        fields.into_iter().chain([("san_pham", stage), ("so_van_ban", number)]).collect::<Vec<_>>()
    };
    let send = format!("{path}/bao-cao");
    agency.upload(&send, &form("drafting", ""), &[]).await.expect(422).says("sản phẩm phải ở bước “đã ban hành”");
    agency.upload(&send, &form("issued", ""), &[]).await.expect(422).says("Hãy ghi số, ký hiệu văn bản");
    agency.upload(&send, &form("issued", "35/BC-STP"), &[]).await.expect(303);
    owner.post(&format!("{path}/ket-luan"), &[("lam", "xac-nhan")]).await.expect(303);
    let page = owner.get(&format!("/ke-hoach/{plan}/san-pham")).await.expect(200);
    page.says("Không còn đơn vị nào chưa ban hành.").says("đã ban hành 1");
    app.end().await;
}

#[tokio::test]
async fn in_a_demonstration_what_is_done_has_brought_out_its_product() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    for n in 0..30 {
        app.agency(&format!("Sở số {n}"), Some(province)).await;
    }
    let everyone = vec![every(PartyRole::Lead, "department", province)];
    let mut work = task("I.1", "Ban hành kế hoạch", DeadlineKind::Date, "2026-11-30", everyone);
    work.product = Some("Kế hoạch của cơ quan".into());
    let plan = expand(&app, &paper(&app, province, vec![work])).await;
    app.clock.set(day(2026, 12, 20));
    work::plans::service::generate(&app.app, &[], 7).await.expect("a demonstration");
    let of = |state: &str, rest: &str| format!("SELECT COUNT(*) FROM obligations WHERE state = '{state}' {rest}");
    let done = count(&app, &of("done", "")).await;
    assert!(done > 15, "{done}");
    let out = "AND product_stage = 'issued' AND product_number LIKE '%/KH-%'";
    assert_eq!(count(&app, &of("done", out)).await, done);
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    owner.get(&format!("/ke-hoach/{plan}/san-pham")).await.expect(200).says(&format!("đã ban hành {done}"));
    app.end().await;
}
