//! The library: built-in forms, upload, differences, publishing.

use kernel::Role;
use testkit::TestApp;

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
    app.end().await;
}
