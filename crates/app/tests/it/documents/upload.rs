//! Files come in.

use testkit::papers;

use super::{Office, id, plan};

#[tokio::test]
async fn a_plan_as_text_and_as_docx_opens_its_review_at_once() {
    let mut office = Office::new().await;
    for (name, bytes) in [("ke-hoach.txt", plan().into_bytes()), ("ke-hoach.docx", papers::docx(&plan()))] {
        let answer = office.send(name, &bytes).await.expect(303);
        let path = answer.location().to_owned();
        let page = office.officer.get(&path).await.expect(200);
        let page = page.says("Kế hoạch 12/KH-UBND").says("15/01/2026").says("Rà soát, lập danh sách đề nghị công nhận");
        page.says("quý III/2026").says("hằng năm").says("thường xuyên").says("ngày");
        assert!(office.tasks(&path).await.len() >= 4, "{name}");
    }
    office.app.end().await;
}

#[tokio::test]
async fn the_same_file_twice_is_recognised() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let again = office.send("ten-khac.txt", plan().as_bytes()).await.expect(200).says("đã có:").says("12/KH-UBND");
    assert!(again.text().contains(&path));
    assert_eq!(office.count("SELECT COUNT(*) FROM documents").await, 1);
    office.app.end().await;
}

#[tokio::test]
async fn a_secret_paper_leaves_no_byte_and_a_line_in_the_trail() {
    let mut office = Office::new().await;
    let secret = plan().replace("Số: 12/KH-UBND", "TỐI MẬT\n\nSố: 12/KH-UBND");
    let stamped = papers::docx_under(&plan(), "TỐI MẬT - Bản số: 02");
    for (name, bytes) in
        [("mat.txt", secret.clone().into_bytes()), ("mat.docx", papers::docx(&secret)), ("tren.docx", stamped)]
    {
        office.send(name, &bytes).await.expect(422).says("TỐI MẬT").says("Tệp đã bị xóa");
        let hash = platform::secrets::sha256(&bytes);
        office.app.app.blobs.get(&hash).await.expect_err("no such file");
    }
    assert_eq!(office.count("SELECT COUNT(*) FROM documents").await, 0);
    assert_eq!(office.count("SELECT COUNT(*) FROM audit WHERE action = 'documents.refuse_secret'").await, 3);
    assert_eq!(office.count("SELECT COUNT(*) FROM audit WHERE detail LIKE '%mat.txt%'").await, 0);
    assert!(!office.app.folder.path().join("incoming").exists());
    office.app.end().await;
}

#[tokio::test]
async fn bad_files_are_answered_clearly_and_good_ones_beside_them_are_kept() {
    let mut office = Office::new().await;
    let docx = papers::docx(&plan());
    let encrypted = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Encrypt 5 0 R/Root 1 0 R>>\n%%EOF".to_vec();
    let bomb = papers::package(&[("word/document.xml", &"<w:p/>".repeat(20_000_000))]);
    let cases: [(&str, Vec<u8>, u16); 5] = [
        ("rong.txt", Vec::new(), 422),
        ("cut.docx", docx[..docx.len() / 2].to_vec(), 422),
        ("khoa.pdf", encrypted, 422),
        ("bom.docx", bomb, 413),
        ("chuong-trinh.exe", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00".repeat(40), 415),
    ];
    for (name, bytes, status) in &cases {
        office.send(name, bytes).await.expect(*status).says("không đọc được").says("Hãy");
        let one = ("files", *name, bytes.as_slice());
        let line = office.officer.upload_scripted("/van-ban/tai-len", &[], one).await.expect(*status);
        let line = line.says("class=\"upload failed\"");
        assert!(!line.text().contains("<html"), "one line, not a page");
    }
    // A file with the wrong extension is read as what it is.
    office.send("nham.pdf", &docx).await.expect(303);
    let text = plan();
    let files = [("files", "rong.txt", b"".as_slice()), ("files", "tot.txt", text.as_bytes())];
    office.officer.upload("/van-ban/tai-len", &[], &files).await.expect(422).says("tot.txt").says("Rà soát");
    assert_eq!(office.count("SELECT COUNT(*) FROM documents").await, 2);
    office.app.end().await;
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_with_its_size() {
    let mut office = Office::new().await;
    let huge = vec![b'a'; (office.app.app.config.server.upload_mb << 20) + 10];
    office.send("to.txt", &huge).await.expect(413).says("Hãy tách thành nhiều tệp").says("to.txt");
    let far = vec![b'a'; (office.app.app.config.server.upload_mb + 2) << 20];
    office.send("rat-to.txt", &far).await.expect(413).says("Hãy tách thành nhiều tệp");
    office.officer.upload("/van-ban/tai-len", &[], &[]).await.expect(422);
    assert_eq!(office.count("SELECT COUNT(*) FROM documents").await, 0);
    office.app.end().await;
}

#[tokio::test]
async fn a_large_file_is_read_by_a_job() {
    let mut office = Office::new().await;
    let large = format!("{}{}", plan(), "Một dòng của phụ lục dài.\n".repeat(90_000));
    let one = ("files", "dai.txt", large.as_bytes());
    let line = office.officer.upload_scripted("/van-ban/tai-len", &[], one).await.expect(200).says("đang đọc văn bản");
    let path =
        line.text().split("hx-get=\"").nth(1).and_then(|rest| rest.split("/trang-thai").next()).map(str::to_owned);
    let path = path.expect("an address");
    office.officer.get(&path).await.expect(200).says("đang đọc văn bản");
    office
        .app
        .app
        .blobs
        .get(&platform::secrets::sha256(large.as_bytes()))
        .await
        .expect_err("not kept before it is read");
    office.app.run_jobs().await;
    office.officer.get(&format!("{path}/trang-thai")).await.expect(200).says("Rà soát").says("12/KH-UBND");
    office.officer.get(&path).await.expect(303);
    assert_eq!(std::fs::read_dir(office.app.folder.path().join("incoming")).expect("a folder").count(), 0);
    office.app.end().await;
}

#[tokio::test]
async fn a_large_secret_paper_is_wiped_by_the_job() {
    let mut office = Office::new().await;
    let secret = plan().replace("Số: 12/KH-UBND", "MẬT\n\nSố: 12/KH-UBND");
    let secret = format!("{secret}{}", "Một dòng của phụ lục dài.\n".repeat(90_000));
    office.send("dai.txt", secret.as_bytes()).await.expect(200);
    office.app.run_jobs().await;
    office.app.app.blobs.get(&platform::secrets::sha256(secret.as_bytes())).await.expect_err("no such file");
    assert_eq!(std::fs::read_dir(office.app.folder.path().join("incoming")).expect("a folder").count(), 0);
    assert_eq!(office.count("SELECT COUNT(*) FROM audit WHERE action = 'documents.refuse_secret'").await, 1);
    assert_eq!(office.count("SELECT COUNT(*) FROM documents WHERE body <> '' OR file_hash <> ''").await, 0);
    office.officer.get("/van-ban").await.expect(200).says("không đọc được");
    office.app.end().await;
}

#[tokio::test]
async fn a_draft_can_be_thrown_away_with_its_file() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    office.officer.post(&format!("{path}/bo"), &[]).await.expect(303);
    office.officer.get(&path).await.expect(404);
    office.app.app.blobs.get(&platform::secrets::sha256(plan().as_bytes())).await.expect_err("no such file");
    assert_eq!(office.count("SELECT COUNT(*) FROM document_tasks").await, 0);
    let _ = id(&path);
    office.app.end().await;
}

#[tokio::test]
async fn a_file_that_something_else_names_stays_when_the_draft_goes() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let hash = platform::secrets::sha256(plan().as_bytes());
    let tx = office.app.app.db.begin().await.expect("a transaction");
    let sql = "INSERT INTO media_uploads (id, by_id, file_name, size, file_hash, file_type, begun_at) VALUES ($1, $1, 'a', 1, $2, 'x/y', 1)";
    store::exec(&*tx, sql, vec![kernel::new_id().into(), hash.as_str().into()]).await.expect("a row");
    tx.commit().await.expect("kept");
    office.officer.post(&format!("{path}/bo"), &[]).await.expect(303);
    office.app.app.blobs.get(&hash).await.expect("the file");
    office.app.end().await;
}
