//! Figures that stand out, and questions about them, reach people.

use kernel::{Permit, Role};
use store::scalar;
use work::reporting::service::set_combined;

use super::way::{Scene, report, scene};

#[tokio::test]
async fn a_figure_that_stands_out_is_listed_asked_about_answered_and_followed() {
    let Scene { app, departments, round, mut secretary, .. } = scene(6).await;
    let (mut makers, mut reports) = (Vec::new(), Vec::new());
    for (n, department) in departments.iter().enumerate() {
        set_combined(&app.app, &Permit::system(), *department, true).await.expect("set");
        let mut maker = app.person(&format!("lap-{n}"), Role::FocalPoint, *department).await;
        let id = report(&app, round, *department).await;
        let figure = if n == 5 { "900".to_owned() } else { (10 + n).to_string() };
        let fields =
            [("c.c1", figure.as_str()), ("k.c1", "so"), ("c.c2", "40"), ("k.c2", "so"), ("k.c4", "khong-phat-sinh")];
        let fields = [&fields[..], &[("c.c4", ""), ("lam", "trinh")]].concat();
        maker.post(&format!("/bao-cao/{id}/dien"), &fields).await.expect(303);
        maker.post(&format!("/bao-cao/{id}/kiem-tra"), &[]).await.expect(303);
        maker.post(&format!("/bao-cao/{id}/gui"), &[]).await.expect(303);
        if n < 5 {
            secretary.post(&format!("/bao-cao/{id}/duyet"), &[]).await.expect(303);
        }
        makers.push(maker);
        reports.push(id);
    }
    let (mut maker, id) = (makers.remove(5), reports[5]);
    let table = format!("/ky-bao-cao/{round}");
    // Before anything is approved the receiver sees what to look at.
    let strange = secretary.get(&format!("{table}?loc=bat-thuong")).await.expect(200);
    let strange = strange.says("Sở số 5").says("cao hơn hẳn các đơn vị khác").says(&format!("/bao-cao/{id}#c1")).text();
    assert!(!strange.contains("Sở số 1"), "only what stands out");
    secretary.get(&format!("{table}?loc=theo-doi")).await.expect(200).says("Không có số liệu nào đang theo dõi");

    secretary.post(&format!("/bao-cao/{id}/hoi"), &[("o", "c1"), ("cau_hoi", "Thừa một chữ số?")]).await.expect(303);
    maker.get("/bao-cao").await.expect(200).says("Câu hỏi chờ đơn vị trả lời").says("Thừa một chữ số?");
    maker.get("/viec-cua-toi").await.expect(200).says("hỏi về “Số cuộc”").says(&format!("/bao-cao/{id}#ask"));
    assert!(!makers[0].get("/bao-cao").await.expect(200).text().contains("Thừa một chữ số?"), "asked of another");
    secretary.get("/bao-cao").await.expect(200).says("Số liệu đang theo dõi").says("chờ trả lời");
    secretary.get(&format!("{table}?loc=theo-doi")).await.expect(200).says("Sở số 5").says("Thừa một chữ số?");

    let page = maker.get(&format!("/bao-cao/{id}")).await.expect(200).text();
    let at = page.find("/tra-loi/").expect("a form to answer") + "/tra-loi/".len();
    let question = page[at..at + 36].to_owned();
    let answer = [("tra_loi", "Đúng là thừa, xin sửa lại.")];
    maker.post(&format!("/bao-cao/{id}/tra-loi/{question}"), &answer).await.expect(303);
    assert!(!maker.get("/bao-cao").await.expect(200).text().contains("Câu hỏi chờ đơn vị trả lời"));
    secretary.get("/viec-cua-toi").await.expect(200).says("trả lời về “Số cuộc”");
    secretary.get("/bao-cao").await.expect(200).says("đã trả lời").says("Đúng là thừa");
    secretary.post(&format!("/bao-cao/{id}/theo-doi/{question}"), &[]).await.expect(303);
    assert!(!secretary.get("/bao-cao").await.expect(200).text().contains("Số liệu đang theo dõi"));
    let sql = "SELECT COUNT(*) FROM audit WHERE action = 'reporting.follow'";
    assert_eq!(scalar(app.app.db.read(), sql, vec![]).await.expect("a count"), 1);

    secretary.post(&format!("/bao-cao/{id}/tra-lai"), &[("r.c1", "Thừa một chữ số")]).await.expect(303);
    maker.get("/viec-cua-toi").await.expect(200).says("trả lại báo cáo: Biểu thử (Năm 2026)");
    app.end().await;
}
