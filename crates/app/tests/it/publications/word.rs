//! An article written in Word fills the form; nothing that was typed is lost, and nothing is kept before the form is.

use super::*;

#[tokio::test]
async fn a_word_file_fills_the_form_below_what_was_typed() {
    let app = TestApp::new().await;
    let (_, mut writer, department) = newsroom(&app).await;
    let agency = department.to_string();
    let file = testkit::papers::docx_of(
        "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>Ra quân ở xã</w:t></w:r></w:p>\
         <w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Ba trăm</w:t></w:r><w:r><w:t xml:space=\"preserve\"> người dự.</w:t></w:r></w:p>\
         <w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>",
        "<w:hdr/>",
    );
    let typed = [
        ("co_quan", agency.as_str()),
        ("loai", "photo"),
        ("noi_dung", "Đã viết."),
        ("linh_vuc", "dat-dai"),
        ("cua", ""),
    ];
    let page = writer.upload("/toa-soan/tu-word", &typed, &[("tep", "bai.docx", &file)]).await.expect(200);
    let page = page
        .says("value=\"Ra quân ở xã\"")
        .says("Đã viết.\n\n**Ba trăm** người dự.")
        .says("1 ảnh trong tệp không được lấy");
    page.says("value=\"photo\" selected").says("value=\"dat-dai\" checked");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM publications").await, 0);
    // What is no such file is told; what was typed stays.
    for (name, bytes, said) in [
        ("bai.doc", &br"{\rtf1\ansi cu}"[..], "lưu lại dạng .docx"),
        ("bai.pdf", b"%PDF-1.7", "lưu lại dạng .docx"),
        ("bai.docx", &file[..file.len() / 2], "Tệp bị hỏng"),
        ("bai.docx", b"", "Hãy chọn tệp Word"),
    ] {
        let page = writer.upload("/toa-soan/tu-word", &typed, &[("tep", name, bytes)]).await.expect(422);
        page.says(said).says("Đã viết.").says("value=\"photo\" selected");
    }
    // Of a draft: its form again, with its own heading.
    let path = writer.post("/toa-soan/moi", &words(&agency, TITLE)).await.expect(303).location().to_owned();
    let id = path.rsplit('/').next().expect("an id");
    let typed = [("tieu_de", TITLE), ("noi_dung", ""), ("phien_ban", "0"), ("cua", id)];
    let page = writer.upload("/toa-soan/tu-word", &typed, &[("tep", "bai.docx", &file)]).await.expect(200);
    page.says(&format!("action=\"{path}/sua\"")).says(TITLE).says("**Ba trăm** người dự.");
    let stranger = app.agency("Sở khác", None).await;
    let mut stranger = app.person("nguoi-la", Role::Contributor, stranger).await;
    stranger.upload("/toa-soan/tu-word", &typed, &[("tep", "bai.docx", &file)]).await.expect(404);
    app.end().await;
}
