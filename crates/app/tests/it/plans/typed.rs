//! A form of a plan or a task that does not pass comes back as it was typed.

use kernel::Role;
use papers::DeadlineKind;
use testkit::TestApp;

use super::*;

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[tokio::test]
async fn forms_of_plans_and_tasks_come_back_as_they_were_typed() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let tasks = vec![task("I.1", "Khi luật được thông qua", DeadlineKind::Event, "", vec![lead(justice)])];
    let plan = expand(&app, &paper(&app, province, tasks)).await;
    let other = Confirmed {
        number: "20/KH-UBND".into(),
        ..paper(&app, province, vec![task("1", "Việc", DeadlineKind::None, "", vec![lead(justice)])])
    };
    let other = expand(&app, &other).await.to_string();
    let mut owner = app.person("thu-ky", Role::Secretariat, province).await;
    let plan_path = format!("/ke-hoach/{plan}");
    let years = [("loai", "project"), ("tu_nam", "2026"), ("den_nam", "2020"), ("so_ket", "30/06/2028")];
    let page = owner.post(&format!("{plan_path}/thiet-lap"), &years).await.expect(422);
    page.says("Năm kết thúc").says("value=\"2020\"").says("30/06/2028");
    let page = owner.post(&format!("{plan_path}/thay-the"), &[("cach", ""), ("moi", &other)]).await.expect(422);
    page.says("Hãy chọn cách xử lý.").says(&format!("<option value=\"{other}\" selected>20/KH-UBND"));
    let page = owner.post(&format!("{plan_path}/thay-the"), &[("cach", "sua-doi"), ("moi", "")]).await.expect(422);
    page.says("Hãy chọn kế hoạch mới").says("value=\"sua-doi\" checked");
    let sql = "SELECT id FROM plan_tasks WHERE anchor = 'I.1'";
    let tasks: Vec<Id> = all(app.app.db.read(), sql, vec![]).await.expect("tasks");
    let path = format!("{plan_path}/nhiem-vu/{}", tasks[0].id);
    let event = [("ngay", "31/02/2026"), ("so_ngay", "45"), ("ghi_chu", "Luật số 12 đã được thông qua")];
    let page = owner.post(&format!("{path}/su-kien"), &event).await.expect(422);
    page.says("Ngày không hợp lệ").says("31/02/2026").says("value=\"45\"").says("Luật số 12 đã được thông qua");
    let long = "dài ".repeat(100);
    let product = [("san_pham", long.as_str()), ("loai", "Báo cáo"), ("ban_hanh", "UBND xã"), ("moi_noi", "1")];
    let page = owner.post(&format!("{path}/san-pham"), &product).await.expect(422);
    page.says("Dài quá 300 ký tự").says(long.trim()).says("value=\"UBND xã\"").says("value=\"1\" checked");
    owner.post(&format!("{path}/su-kien"), &[("ngay", "09/11/2026")]).await.expect(303);
    owner.post(&format!("{path}/su-kien"), &event[1..]).await.expect(422);
    app.end().await;
}
