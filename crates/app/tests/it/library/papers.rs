//! Documents: the first page of a PDF is shown; whatever cannot be drawn has a plain sign.

use super::*;

/// A PDF of one page of this size, points, with a drawing on it.
fn pdf(width: &str, height: &str) -> Vec<u8> {
    let drawing = "0.1 0.2 0.5 rg 40 40 200 300 re f";
    let mut out = "%PDF-1.4\n".to_owned();
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents 4 0 R/Resources<<>>>>"),
        format!("<</Length {}>>stream\n{drawing}\nendstream", drawing.len()),
    ];
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out += &format!("{} 0 obj{object}endobj\n", at + 1);
    }
    let begins = out.len();
    out += "xref\n0 5\n0000000000 65535 f \n";
    for place in places {
        out += &format!("{place:010} 00000 n \n");
    }
    out += &format!("trailer<</Size 5/Root 1 0 R>>\nstartxref\n{begins}\n%%EOF\n");
    out.into_bytes()
}

fn said<'a>(agency: &'a str, title: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = photo_of(agency);
    fields.retain(|(name, _)| *name != "tieu_de");
    fields.push(("tieu_de", title));
    fields
}

async fn send(keeper: &mut Client, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> String {
    keeper.upload("/tu-lieu/moi", fields, &[("tep", name, bytes)]).await.expect(303).location().to_owned()
}

#[tokio::test]
async fn the_first_page_of_a_pdf_is_shown() {
    let app = TestApp::new().await;
    let drawn = platform::tools::which(&app.app.config.tools.pdftocairo);
    let (mut editor, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let path = send(&mut keeper, &said(&agency, "Sổ tay hòa giải"), "so-tay.pdf", &pdf("595", "842")).await;
    let id = id_of(&path).to_owned();
    app.run_jobs().await;
    let mut reader = app.anonymous();
    let (small, large) = (format!("/tep/{id}/page320.webp"), format!("/tep/{id}/page1280.webp"));
    reader.get(&small).await.expect(404);
    if !drawn {
        eprintln!("bỏ qua: không có pdftocairo");
        keeper.get(&path).await.expect(200).says("Tài liệu để tải về");
        return app.end().await;
    }
    keeper.get(&path).await.expect(200).says(&large).says("Trang đầu của tài liệu");
    keeper.get("/tu-lieu").await.expect(200).says(&small);
    editor.post(&format!("{path}/cong-khai"), &[]).await.expect(303);
    for address in [&small, &large] {
        let picture = reader.get(address).await.expect(200);
        assert_eq!(picture.headers["content-type"], "image/webp");
        assert_eq!(picture.body.get(8..12), Some(b"WEBP".as_slice()));
    }
    reader.get("/thu-vien").await.expect(200).says(&small);
    reader.get("/thu-vien/so-tay-hoa-giai").await.expect(200).says(&large).says("Tải tài liệu");
    app.end().await;
}

#[tokio::test]
async fn a_hostile_pdf_harms_nothing_but_its_picture() {
    let app = TestApp::new().await;
    let (mut editor, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let whole = pdf("595", "842");
    let cut = whole.get(..whole.len() / 2).expect("a half").to_vec();
    // A page that is its own parent, and one that draws itself for ever.
    let text = String::from_utf8(whole.clone()).expect("letters");
    let own = text.replace("/Kids[3 0 R]", "/Kids[2 0 R]").into_bytes();
    let endless = text
        .replace("/Type/Page/Parent", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Type/Page/Parent")
        .replace("/Resources<<>>", "/Resources<</XObject<</A 3 0 R>>>>")
        .replace("0.1 0.2 0.5 rg 40 40 200 300 re f", "/A Do /A Do /A Do /A Do /A Do /A Do /A Do")
        .into_bytes();
    let files = [
        ("xa", pdf("99999999999", "1")),
        ("rong", pdf("2000000000", "2000000000")),
        ("am", pdf("-5", "0")),
        ("cut", cut),
        ("own", own),
        ("endless", endless),
    ];
    for (title, bytes) in &files {
        let path = send(&mut keeper, &said(&agency, title), "a.pdf", bytes).await;
        app.run_jobs().await;
        keeper.get(&path).await.expect(200);
        let picture = keeper.get(&format!("/tep/{}/page1280.webp", id_of(&path))).await;
        assert!(picture.status == 404 || picture.body.len() < 2 << 20, "{title}");
        editor.post(&format!("{path}/cong-khai"), &[]).await.expect(303);
        app.anonymous().get("/thu-vien").await.expect(200).says(title);
    }
    let failed = "SELECT COUNT(*) FROM jobs WHERE kind = 'library.check' AND state <> 'done'";
    let failed: i64 = store::scalar(app.app.db.read(), failed, vec![]).await.expect("a count");
    assert_eq!(failed, 0);
    app.end().await;
}
