//! Writing a paper: figures stay references, blocks move, what is wrong is told.

use kernel::Role;

use work::reporting::model::value::Value;

use super::{Scene, change, scene, set_sums, values};

#[tokio::test]
async fn a_paper_begins_from_a_round_with_its_figures_each_leading_to_its_source() {
    let mut scene = scene().await;
    let round = scene.round;
    let form = format!("/van-ban-di/moi?ky={round}&co={}", scene.justice);
    scene.secretary.get(&format!("/ky-bao-cao/{round}")).await.expect(200).says(&form.replace('&', "&#38;"));
    scene.secretary.get(&form).await.expect(200).says("Năm 2026 – Kết quả cấp xã").says("<dd>Sở Tư pháp</dd>");
    scene.secretary.post("/van-ban-di/moi", &[("mau", "khong-co")]).await.expect(422).says("Hãy chọn mục này.");
    let paper = scene.paper("bao-cao-pbgdpl-tinh").await;
    let link = format!("/ky-bao-cao/{round}/o/c1?co={}", scene.justice);
    let page = scene.secretary.get(&paper).await.expect(200);
    // Twelve of each cell: seven and five.
    let figure = format!("<a class=\"figure\" href=\"{link}\" id=\"ref-ky.c1\">12</a>");
    page.says(&figure)
        .says("báo cáo đã duyệt của <a class=\"figure\"")
        .says(">2/3</a> đơn vị")
        .says("Ủy ban nhân dân xã Nữa: chưa gửi, quá hạn")
        .says("Thiếu kinh phí in tài liệu")
        .says("hãy mở kỳ cho biểu đó")
        .says("Phụ lục II")
        .says("Độ phủ dưới 90 %")
        .says("Chưa có người ký.");
    scene.secretary.get(&link).await.expect(200).says("Ủy ban nhân dân xã Mẫu");
    // A figure over activities leads to the activities of all who report to the department.
    let mut commune = scene.app.person("xa", Role::FocalPoint, scene.communes[0]).await;
    let agency = scene.communes[0].to_string();
    let activity = [
        ("co_quan", agency.as_str()),
        ("loai", "hoi-nghi"),
        ("ten", "Hội nghị giới thiệu luật mới"),
        ("ngay", "02/11/2026"),
        ("luot", "20"),
    ];
    commune.post("/hoat-dong/moi", &activity).await.expect(303);
    let behind = format!("{paper}/nguon/tatca");
    scene.secretary.get(&paper).await.expect(200).says(&format!("href=\"{behind}\" id=\"ref-hd.tatca\">1</a>"));
    scene.secretary.get(&behind).await.expect(200).says("Hội nghị giới thiệu luật mới").says("Ủy ban nhân dân xã Mẫu");
    scene.secretary.get(&format!("{paper}/nguon/khong")).await.expect(404);
    scene.secretary.get("/van-ban-di").await.expect(200).says("Kết quả công tác phổ biến, giáo dục pháp luật năm 2026");
    scene.app.end().await;
}

#[tokio::test]
async fn the_text_is_plain_and_the_figures_follow_the_records() {
    let mut scene = scene().await;
    let paper = scene.paper("bao-cao-pbgdpl-tinh").await;
    let edit = format!("{paper}/soan");
    scene.secretary.get(&edit).await.expect(200).says("{ky.c1}").says("Số cuộc phổ biến trực tiếp (Cuộc)");
    scene.write(&paper, "0", "Tổ chức {ky.c1} cuộc, 45 lớp và {ky.khong}.").await.expect(303);
    scene
        .secretary
        .get(&edit)
        .await
        .expect(200)
        .says("Tổ chức {ky.c1} cuộc, 45 lớp")
        .says("Số không có nguồn: “45”")
        .says("Biểu không có ô “khong”");
    // Somebody else has saved meanwhile.
    scene.write(&paper, "0", "x").await.expect(409);
    set_sums(&scene, 70.0, 50.0).await;
    scene.secretary.get(&edit).await.expect(200).says("1 số liệu đã thay đổi").says("12 → <b>120</b>");
    scene.secretary.post(&format!("{paper}/da-xem"), &[]).await.expect(303);
    assert!(!scene.secretary.get(&edit).await.expect(200).text().contains("đã thay đổi từ lần xem trước"));
    let fields = [("b.0.loai", "paragraph"), ("b.0.chu", "Có {ky.c1} cuộc.")];
    scene.secretary.post(&format!("{paper}/xem-thu"), &fields).await.expect(200).says(">120</a> cuộc.");
    scene.app.end().await;
}

#[tokio::test]
async fn blocks_are_added_moved_and_dropped_by_their_buttons() {
    let mut scene = scene().await;
    let paper = scene.paper("bao-cao-pbgdpl-tinh").await;
    let edit = format!("{paper}/soan");
    for (version, button) in ["len.1", "xuong.0"].into_iter().enumerate() {
        let number = version.to_string();
        let fields = [
            ("phien_ban", number.as_str()),
            ("lam", button),
            ("b.0.loai", "paragraph"),
            ("b.0.chu", "thứ nhất"),
            ("b.1.loai", "bullets"),
            ("b.1.chu", "thứ hai"),
        ];
        scene.secretary.post(&edit, &fields).await.expect(303);
        let text = scene.secretary.get(&edit).await.expect(200).text();
        let at = |words: &str| text.find(&format!(">{words}</textarea>")).expect("a block");
        assert!(at("thứ hai") < at("thứ nhất"), "{button}");
    }
    let fields = [("phien_ban", "2"), ("lam", "bo.0"), ("b.0.loai", "paragraph"), ("b.0.chu", "một mình")];
    scene.secretary.post(&edit, &fields).await.expect(303);
    let page = scene.secretary.get(&edit).await.expect(200).says("Chưa có khối nào.").text();
    assert!(!page.contains("một mình"));
    let fields = [("phien_ban", "3"), ("lam", "them.0")];
    scene.secretary.post(&edit, &fields).await.expect(303);
    scene.secretary.get(&edit).await.expect(200).says("name=\"b.0.chu\"");
    scene.secretary.post(&format!("{paper}/xoa"), &[]).await.expect(303);
    scene.secretary.get(&paper).await.expect(404);
    scene.app.end().await;
}

#[tokio::test]
async fn a_commune_writes_from_its_own_report_and_others_do_not_see_the_draft() {
    let mut scene = scene().await;
    let mut commune = scene.app.person("xa", Role::FocalPoint, scene.communes[0]).await;
    let (round, agency) = (scene.round.to_string(), scene.communes[0].to_string());
    let fields = [("mau", "bao-cao-pbgdpl-don-vi"), ("ky", round.as_str()), ("cq", agency.as_str())];
    let answer = commune.post("/van-ban-di/moi", &fields).await.expect(303);
    let paper = answer.location().trim_end_matches("/soan").to_owned();
    commune
        .get(&paper)
        .await
        .expect(200)
        .says("href=\"/bao-cao/")
        .says("id=\"ref-ky.c1\">7</a>")
        .says("Thiếu kinh phí");
    scene.secretary.get(&paper).await.expect(404);
    // Nobody writes in another's name, and nobody from figures out of sight.
    let Scene { mut secretary, communes, .. } = scene;
    let foreign = communes[1].to_string();
    let fields = [("mau", "bao-cao-pbgdpl-don-vi"), ("ky", round.as_str()), ("cq", foreign.as_str())];
    commune.post("/van-ban-di/moi", &fields).await.expect(404);
    let fields =
        [("mau", "bao-cao-pbgdpl-don-vi"), ("ky", round.as_str()), ("cq", agency.as_str()), ("co", foreign.as_str())];
    commune.post("/van-ban-di/moi", &fields).await.expect(404);
    secretary.get("/van-ban-di").await.expect(200).says("Chưa có văn bản nào");
    scene.app.end().await;
}

#[tokio::test]
async fn only_templates_that_fit_the_form_and_the_level_are_offered() {
    let mut scene = scene().await;
    let round = scene.round;
    let form = scene.secretary.get(&format!("/van-ban-di/moi?ky={round}&co={}", scene.justice)).await.expect(200);
    let text = form.says("value=\"bao-cao-pbgdpl-tinh\"").says("value=\"bao-cao-tong-hop-cap-xa\"").text();
    for other in ["bao-cao-pbgdpl-don-vi", "bao-cao-pbgdpl-toan-quoc", "bao-cao-tong-ket-de-an"] {
        assert!(!text.contains(other), "{other}");
    }
    // A paper of communes is none of the department.
    let (id, justice) = (round.to_string(), scene.justice.to_string());
    let fields = [("mau", "bao-cao-pbgdpl-don-vi"), ("ky", id.as_str()), ("cq", justice.as_str())];
    scene.secretary.post("/van-ban-di/moi", &fields).await.expect(422).says("cấp của cơ quan đã chọn");
    scene
        .secretary
        .get("/van-ban-di/moi")
        .await
        .expect(200)
        .says("Năm 2026 – Kết quả cấp xã")
        .says("Tiếp tục, chọn mẫu");
    // The form is one for which no template was written: nothing is offered, and the round shows no button.
    let button = format!("/van-ban-di/moi?ky={round}");
    assert!(scene.secretary.get(&format!("/ky-bao-cao/{round}")).await.expect(200).text().contains(&button));
    change(&scene.app, "UPDATE report_rounds SET form_key = 'bieu-rieng' WHERE id = $1", vec![round.into()]).await;
    assert!(!scene.secretary.get(&format!("/ky-bao-cao/{round}")).await.expect(200).text().contains(&button));
    let none = scene.secretary.get(&format!("/van-ban-di/moi?ky={round}&co={}", scene.justice)).await.expect(200);
    none.says("Chưa có mẫu cho kỳ này");
    scene.app.end().await;
}

#[tokio::test]
async fn words_are_read_by_section_and_the_same_words_once() {
    let mut scene = scene().await;
    let path = format!("/ky-bao-cao/{}/loi-van?co={}", scene.round, scene.justice);
    let listed = format!("/ky-bao-cao/{}/loi-van?co={}", scene.round, scene.justice);
    scene.secretary.get(&format!("/ky-bao-cao/{}", scene.round)).await.expect(200).says(&listed);
    let mut words = values(5.0);
    words.insert("kk".into(), Value::Text("Thiếu kinh phí in tài liệu".into()));
    let frozen = serde_json::json!({ "values": words }).to_string();
    let sql = "UPDATE reports SET frozen = $1 WHERE round_id = $2 AND agency_id = $3";
    change(&scene.app, sql, vec![frozen.into(), scene.round.into(), scene.communes[1].into()]).await;
    let page = scene.secretary.get(&path).await.expect(200).says("Khó khăn, vướng mắc và đề xuất").text();
    assert_eq!(page.matches("Thiếu kinh phí in tài liệu").count(), 1);
    assert!(page.contains("Ủy ban nhân dân xã Mẫu</a>") && page.contains("Ủy ban nhân dân xã Khác</a>"), "{page}");
    scene.app.end().await;
}
