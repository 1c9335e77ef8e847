//! Many activities from a file.

use kernel::Role;
use testkit::TestApp;

const FILE: &str = "Ngày,Loại,Tên hoạt động,Số lượt người,Đối tượng\n\
                    02/11/2026,hoi-nghi,Hội nghị giới thiệu Luật Đất đai,80,Người dân\n\
                    03/11/2026,Tuyên truyền miệng,Nói chuyện pháp luật,40,\n\
                    04/11/2026,hop-bao,Họp báo quý,abc,\n";

#[tokio::test]
async fn a_file_is_shown_with_its_faults_by_cell_and_recorded_once() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let mut person = app.person("xa", Role::FocalPoint, commune).await;
    let owner = commune.to_string();
    person.get("/hoat-dong/nhap").await.expect(200);
    let template = person.get("/hoat-dong/nhap/bang-mau").await.expect(200);
    assert!(press::read_rows(&template.body).expect("a workbook").len() == 2);
    let file = [("tep", "hoat-dong.csv", FILE.as_bytes())];
    let page = person.upload("/hoat-dong/nhap", &[("co_quan", &owner)], &file).await.expect(200);
    let page = page.says("B3").says("D4").says("Sẽ ghi").text();
    let kept = page.split("name=\"tep\" value=\"").nth(1).and_then(|rest| rest.get(..64)).expect("a file").to_owned();
    let confirm = [("co_quan", owner.as_str()), ("tep", kept.as_str())];
    person.post("/hoat-dong/nhap/ghi", &confirm).await.expect(303);
    person.get("/hoat-dong").await.expect(200).says("1–1").says("Hội nghị giới thiệu Luật Đất đai");
    person.post("/hoat-dong/nhap/ghi", &confirm).await.expect(422).says("Không có dòng nào nhập được");
    person
        .upload("/hoat-dong/nhap", &[("co_quan", &owner)], &[("tep", "x.csv", b"a,b\n1,2")])
        .await
        .expect(422)
        .says("thiếu cột");
    app.end().await;
}
