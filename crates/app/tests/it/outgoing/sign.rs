//! Signing freezes; what is frozen prints the same for ever.

use kernel::Role;

use super::{Scene, change, scene, set_sums};

const SIGNING: [(&str, &str); 4] =
    [("so", "5"), ("ngay", "09/11/2026"), ("nguoi_ky", "Trần Đức Long"), ("chuc_vu", "Phó Giám đốc")];

/// The main part of a Word document.
fn document(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    let mut part = zip.by_name("word/document.xml").expect("the document");
    std::io::Read::read_to_string(&mut part, &mut text).expect("text");
    text
}

/// A paper before its head.
async fn waiting(scene: &mut Scene) -> String {
    let paper = scene.paper("bao-cao-pbgdpl-tinh").await;
    scene.write(&paper, "0", "Tổ chức {ky.c1} cuộc.").await.expect(303);
    scene.secretary.post(&format!("{paper}/trinh"), &[]).await.expect(303);
    paper
}

#[tokio::test]
async fn errors_keep_a_paper_from_its_head_and_warnings_do_not() {
    let mut scene = scene().await;
    let paper = scene.paper("bao-cao-pbgdpl-tinh").await;
    scene.write(&paper, "0", "Có 45 cuộc.").await.expect(303);
    scene.secretary.post(&format!("{paper}/trinh"), &[]).await.expect(422).says("Số không có nguồn");
    scene.write(&paper, "1", "Có {=45 | Công văn số 7/UBND} cuộc.").await.expect(303);
    scene.secretary.post(&format!("{paper}/trinh"), &[]).await.expect(303);
    scene.leader.post(&format!("{paper}/tra-lai"), &[]).await.expect(422).says("nêu lý do");
    scene.leader.post(&format!("{paper}/tra-lai"), &[("ly_do", "Bổ sung nguồn")]).await.expect(303);
    scene.secretary.get(&paper).await.expect(200).says("Bổ sung nguồn").says("đang soạn");
    scene.app.end().await;
}

#[tokio::test]
async fn the_head_signs_and_the_figures_never_change_again() {
    let mut scene = scene().await;
    let paper = waiting(&mut scene).await;
    let sign = format!("{paper}/ky");
    scene.secretary.get(&format!("{paper}/soan")).await.expect(303);
    scene.secretary.post(&sign, &SIGNING).await.expect(409);
    scene.leader.post(&sign, &[("so", "0")]).await.expect(422).says("Hãy điền ngày");
    scene.leader.post(&sign, &SIGNING).await.expect(303);
    let page = scene.leader.get(&paper).await.expect(200);
    page.says("Số: 05/BC-STP")
        .says("KT. GIÁM ĐỐC")
        .says("Thái Nguyên, ngày 09 tháng 11 năm 2026")
        .says(">12</a> cuộc")
        .says("đã ký duyệt");
    let (docx, tag) = {
        let answer = scene.leader.get(&format!("{paper}/docx")).await.expect(200);
        (answer.body.to_vec(), answer.headers["etag"].to_str().expect("a tag").to_owned())
    };
    let text = document(&docx);
    assert!(text.contains("w:val=\"ky.c1\"") && text.contains("05/BC-STP"), "a figure is a content control");
    // Whatever happens to the records below.
    set_sums(&scene, 70.0, 50.0).await;
    scene.leader.get(&paper).await.expect(200).says(">12</a> cuộc");
    assert_eq!(scene.leader.get(&format!("{paper}/docx")).await.expect(200).body.to_vec(), docx);
    let tag: &'static str = Box::leak(tag.into_boxed_str());
    scene.leader.ask("GET", &format!("{paper}/docx"), &[("if-none-match", tag)]).await.expect(304);
    scene.write(&paper, "2", "Khác").await.expect(409);
    scene.leader.post(&sign, &SIGNING).await.expect(409);
    // A number is given once.
    let other = waiting(&mut scene).await;
    scene.leader.get(&other).await.expect(200).says("name=\"so\" type=\"text\" value=\"6\"");
    scene.leader.post(&format!("{other}/ky"), &SIGNING).await.expect(409);
    let more = [("so", "6"), SIGNING[1], SIGNING[2], SIGNING[3]];
    scene.leader.post(&format!("{other}/ky"), &more).await.expect(303);
    scene.app.end().await;
}

#[tokio::test]
async fn superiors_see_signed_papers_and_strangers_none() {
    let mut scene = scene().await;
    let paper = waiting(&mut scene).await;
    let mut superior = scene.app.person("ubnd", Role::Leader, scene.province).await;
    let mut stranger = scene.app.person("la", Role::Leader, scene.communes[2]).await;
    superior.get(&paper).await.expect(404);
    scene.leader.post(&format!("{paper}/ky"), &SIGNING).await.expect(303);
    superior.get(&paper).await.expect(200).says("Tổ chức");
    superior.get("/van-ban-di").await.expect(200).says("05/BC-STP");
    superior.post(&format!("{paper}/ky"), &SIGNING).await.expect(404);
    stranger.get(&paper).await.expect(404);
    stranger.get(&format!("{paper}/docx")).await.expect(404);
    scene.app.end().await;
}

#[tokio::test]
async fn who_receives_the_reports_of_the_round_sees_the_signed_paper() {
    let mut scene = scene().await;
    let paper = waiting(&mut scene).await;
    let ministry = scene.app.agency("Bộ Tư pháp", None).await;
    let sql = "INSERT INTO reports (id, round_id, agency_id, parent_id, level, fills, revision, live, counted, state, due_date, payload, \
               frozen, version, changed_at) VALUES ($1, $2, $3, $4, 'tinh', $5, 1, $6, $5, 'draft', 20261120, '', '', 0, 0)";
    let report = kernel::new_id();
    let values =
        vec![report.into(), scene.round.into(), scene.justice.into(), ministry.into(), false.into(), true.into()];
    change(&scene.app, sql, values).await;
    let sql = "UPDATE report_rounds SET owner_id = $1, owner_level = 'bo' WHERE id = $2";
    change(&scene.app, sql, vec![ministry.into(), scene.round.into()]).await;
    let mut receiver = scene.app.person("bo", Role::Secretariat, ministry).await;
    let other = scene.app.agency("Bộ Nội vụ", None).await;
    let mut stranger = scene.app.person("la", Role::Secretariat, other).await;
    receiver.get(&paper).await.expect(404);
    scene.leader.post(&format!("{paper}/ky"), &SIGNING).await.expect(303);
    receiver.get(&paper).await.expect(200).says("05/BC-STP");
    receiver.get(&format!("{paper}/docx")).await.expect(200);
    receiver.get("/van-ban-di").await.expect(200).says("05/BC-STP");
    // It stands beside the table of the round and on the department's report.
    for page in [format!("/ky-bao-cao/{}?co={}", scene.round, scene.justice), format!("/bao-cao/{report}")] {
        receiver.get(&page).await.expect(200).says("Văn bản lập từ kỳ này").says("05/BC-STP");
    }
    // The signed file comes back, and is open to the same people.
    let file = [("tep", "ky.pdf", SIGNED)];
    scene.secretary.upload(&format!("{paper}/ban-ky"), &[("doi_chieu", "1")], &file).await.expect(303);
    let page = receiver.get(&paper).await.expect(200).text();
    let kept =
        page.split("/tep-van-ban-di/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    receiver.get(&format!("/tep-van-ban-di/{kept}")).await.expect(200);
    for path in [paper.clone(), format!("{paper}/docx"), format!("/tep-van-ban-di/{kept}")] {
        stranger.get(&path).await.expect(404);
    }
    assert!(!stranger.get("/van-ban-di").await.expect(200).text().contains("05/BC-STP"));
    scene.app.end().await;
}

#[tokio::test]
async fn a_deputy_signs_for_the_head_and_a_line_that_does_not_fit_is_refused() {
    let mut scene = scene().await;
    let paper = waiting(&mut scene).await;
    let sign = format!("{paper}/ky");
    let with = |line| [SIGNING[0], SIGNING[1], SIGNING[2], SIGNING[3], ("tham_quyen", line)];
    scene.leader.post(&sign, &with("")).await.expect(422).says("“KT. GIÁM ĐỐC” (Điều 13");
    let head = [SIGNING[0], SIGNING[1], SIGNING[2], ("chuc_vu", "Giám đốc"), ("tham_quyen", "KT. GIÁM ĐỐC")];
    scene.leader.post(&sign, &head).await.expect(422).says("chỉ dùng khi cấp phó ký");
    scene.leader.post(&sign, &with("KT. GIÁM ĐỐC")).await.expect(303);
    scene.leader.get(&paper).await.expect(200).says("<b class=\"upper\">KT. GIÁM ĐỐC</b>");
    scene.app.end().await;
}

#[tokio::test]
async fn a_paper_is_printed_as_workbook_and_as_a_part_of_another() {
    let mut scene = scene().await;
    let paper = scene.paper("bao-cao-pbgdpl-tinh").await;
    let book = scene.secretary.get(&format!("{paper}/xlsx")).await.expect(200).body.to_vec();
    let rows = press::read_rows(&book).expect("a workbook");
    assert!(rows.iter().flatten().any(|cell| format!("{cell:?}").contains("ky.c1")), "{rows:?}");
    let part = scene.paper("phan-pbgdpl-bao-cao-tu-phap").await;
    scene.secretary.post(&format!("{part}/trinh"), &[]).await.expect(409);
    let docx = scene.secretary.get(&format!("{part}/doan")).await.expect(200).body.to_vec();
    let text = document(&docx);
    assert!(text.contains("w:val=\"ky.c1\"") && !text.contains("CỘNG HÒA"), "no head");
    let pdf = scene.secretary.get(&format!("{paper}/pdf")).await;
    if cfg!(feature = "pdf") {
        assert!(pdf.expect(200).body.starts_with(b"%PDF"));
    } else {
        pdf.expect(503);
    }
    scene.app.end().await;
}

/// Signed with OpenSSL by a made-up person; the key was thrown away.
const SIGNED: &[u8] = include_bytes!("../../../../work/src/outgoing/model/signature/signed.pdf");

#[tokio::test]
async fn the_signed_file_comes_back_with_its_hash_and_signatures_and_the_paper_is_issued() {
    let mut scene = scene().await;
    let paper = waiting(&mut scene).await;
    let back = format!("{paper}/ban-ky");
    scene.secretary.upload(&back, &[], &[("tep", "ky.pdf", SIGNED)]).await.expect(409);
    scene.leader.post(&format!("{paper}/ky"), &SIGNING).await.expect(303);
    scene.secretary.upload(&back, &[], &[]).await.expect(422).says("Hãy chọn tệp đã ký");
    // Only a PDF or a picture, and only when it is this paper's: nobody can read this one, so somebody has to vouch for it.
    scene
        .secretary
        .upload(&back, &[], &[("tep", "ky.docx", b"PK\x03\x04")])
        .await
        .expect(422)
        .says("PDF, hoặc ảnh quét");
    scene.secretary.upload(&back, &[], &[("tep", "ky.pdf", SIGNED)]).await.expect(422).says("Không đọc được chữ");
    scene.secretary.upload(&back, &[("doi_chieu", "1")], &[("tep", "ky.pdf", SIGNED)]).await.expect(303);
    let hash = platform::secrets::sha256(SIGNED);
    let page = scene.leader.get(&paper).await.expect(200).says("đã phát hành").says(&hash).says("Nguyễn Văn Mẫu");
    let page = page.says("nội dung nguyên vẹn").says("chữ ký khớp chứng thư").says("không xét chứng thư").text();
    let file = page.split("/tep-van-ban-di/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let kept = scene.leader.get(&format!("/tep-van-ban-di/{file}")).await.expect(200).body.to_vec();
    assert_eq!(kept, SIGNED);
    // Another file takes its place with a reason; the first is kept.
    let again = [("tep", "khac.pdf", SIGNED)];
    scene.secretary.upload(&back, &[("doi_chieu", "1")], &again).await.expect(422).says("Hãy nêu lý do thay bản ký");
    let reason = [("doi_chieu", "1"), ("ly_do", "Bản trước thiếu phụ lục")];
    scene.secretary.upload(&back, &reason, &again).await.expect(303);
    let page =
        scene.leader.get(&paper).await.expect(200).says("Bản ký trước").says("khac.pdf: Bản trước thiếu phụ lục");
    page.says("ky.pdf").says("xác nhận đã đối chiếu");
    scene.app.end().await;
}

#[tokio::test]
async fn a_file_without_a_signature_is_vouched_for_and_what_the_program_prints_is_none() {
    if !cfg!(feature = "pdf") || !platform::tools::which("pdftotext") {
        return;
    }
    let mut scene = scene().await;
    let (first, second) = (waiting(&mut scene).await, waiting(&mut scene).await);
    let more = [("so", "6"), SIGNING[1], SIGNING[2], SIGNING[3]];
    scene.leader.post(&format!("{first}/ky"), &SIGNING).await.expect(303);
    scene.leader.post(&format!("{second}/ky"), &more).await.expect(303);
    let printed = scene.leader.get(&format!("{first}/pdf")).await.expect(200).body.to_vec();
    // As the program prints it, it is not signed, whoever says so.
    let own = [("tep", "ky.pdf", printed.as_slice())];
    scene.secretary.upload(&format!("{first}/ban-ky"), &[("doi_chieu", "1")], &own).await.expect(422).says("chưa ký");
    // Printed on paper and scanned, it says nothing of the program.
    let mut scanned = printed.clone();
    while let Some(at) = scanned.windows(press::PRINTER.len()).position(|bytes| bytes == press::PRINTER.as_bytes()) {
        scanned[at] = b'X';
    }
    let file = [("tep", "ky.pdf", scanned.as_slice())];
    scene
        .secretary
        .upload(&format!("{second}/ban-ky"), &[], &file)
        .await
        .expect(422)
        .says("không thấy trích yếu và số 06");
    let back = format!("{first}/ban-ky");
    scene.secretary.upload(&back, &[], &file).await.expect(422).says("Tệp không có chữ ký số");
    scene.secretary.upload(&back, &[("doi_chieu", "1")], &file).await.expect(303);
    scene.secretary.get(&first).await.expect(200).says("lời văn khớp văn bản");
    scene.app.end().await;
}
