//! The register, documents for their readers, lineage.

use kernel::Role;
use testkit::papers;

use super::{Office, plan};

#[tokio::test]
async fn who_may_read_follows_from_the_audience() {
    let mut office = Office::new().await;
    let named = office.app.person("cong-an", Role::FocalPoint, office.police);
    let mut named = named.await;
    let elsewhere = office.app.agency("Tòa án nhân dân tỉnh", None).await;
    let mut stranger = office.app.person("toa-an", Role::FocalPoint, elsewhere).await;
    let text = |number: &str| papers::plan_like(number, "ngày 15 tháng 01 năm 2026", "Một kế hoạch");
    let internal = office.confirmed(&text("21/KH-UBND"), &[("audience", "internal"), ("mode", "history")]).await;
    // Whoever has duties from a paper in force may read it.
    let duties = office.confirmed(&text("24/KH-UBND"), &[("audience", "internal")]).await;
    let addressed = office.confirmed(&text("22/KH-UBND"), &[("audience", "addressees")]).await;
    let public = office.confirmed(&text("23/KH-UBND"), &[("audience", "public")]).await;
    for (path, for_named, for_stranger) in
        [(&internal, 404, 404), (&duties, 200, 404), (&addressed, 200, 404), (&public, 200, 200)]
    {
        for page in [path.clone(), format!("{path}?muc=nguyen-van"), format!("{path}/tep")] {
            named.get(&page).await.expect(for_named);
            stranger.get(&page).await.expect(for_stranger);
        }
    }
    let list = named.get("/van-ban").await.expect(200).says("22/KH-UBND").says("24/KH-UBND").text();
    assert!(!list.contains("21/KH-UBND"));
    let opened = "SELECT COUNT(*) FROM audit WHERE action IN ('documents.open', 'documents.download')";
    assert_eq!(office.count(opened).await, 6, "two pages and one file of each paper that is not public");
    office.app.end().await;
}

#[tokio::test]
async fn the_register_is_searched_filtered_and_exported() {
    let mut office = Office::new().await;
    office.confirmed(&plan(), &[]).await;
    office.draft(&papers::plan_like("77/KH-UBND", "ngày 03 tháng 3 năm 2024", "Tuyên truyền về đất đai")).await;
    let has = |page: &str, number: &str| page.contains(number);
    for (query, first, second) in [
        ("", true, true),
        ("?q=dat+dai", false, true),
        ("?q=ĐẤT ĐAI", false, true),
        ("?q=12/KH-UBND", true, false),
        ("?nam=2026", true, false),
        ("?trang-thai=draft", false, true),
        ("?trang-thai=in_force", true, false),
        ("?loai=Kế hoạch&sap-xep=number", true, true),
        ("?q=khong+co+gi", false, false),
    ] {
        let query = query.replace(' ', "%20").replace("ĐẤT", "%C4%90%E1%BA%A4T").replace("ĐAI", "%C4%90AI");
        let query = query.replace("Kế", "K%E1%BA%BF").replace("hoạch", "ho%E1%BA%A1ch");
        let page = office.officer.get(&format!("/van-ban{query}")).await.expect(200).text();
        let rows = page.split("<tbody>").nth(1).unwrap_or_default();
        assert_eq!((has(rows, "12/KH-UBND"), has(rows, "77/KH-UBND")), (first, second), "{query}");
    }
    let book = office.officer.get("/van-ban/xuat?nam=2026").await.expect(200);
    assert!(book.body.starts_with(b"PK"));
    let before = office.app.app.db.queries();
    office.officer.get("/van-ban").await.expect(200);
    let one = office.app.app.db.queries() - before;
    for n in 100..106 {
        office.draft(&papers::plan_like(&format!("{n}/KH-UBND"), "ngày 03 tháng 3 năm 2025", "Thêm")).await;
    }
    let before = office.app.app.db.queries();
    office.officer.get("/van-ban").await.expect(200);
    assert_eq!(office.app.app.db.queries() - before, one, "the number of statements does not grow with the list");
    office.app.end().await;
}

#[tokio::test]
async fn the_original_file_is_only_ever_saved() {
    let mut office = Office::new().await;
    let page = format!("<html><body>{}<script>alert(1)</script></body></html>", plan().replace('\n', "<p>"));
    let answer = office.send("kế hoạch \"1\".html", page.as_bytes()).await.expect(303);
    let path = answer.location().trim_end_matches("/ra-soat").to_owned();
    let file = office.officer.get(&format!("{path}/tep")).await.expect(200);
    let header =
        |name: &str| file.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!(header("content-type"), "application/octet-stream");
    assert!(header("content-disposition").starts_with("attachment;"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(file.body.as_ref(), page.as_bytes());
    office.app.end().await;
}

#[tokio::test]
async fn the_line_of_papers_shows_days_and_a_stub_becomes_the_document() {
    let mut office = Office::new().await;
    let path = office.confirmed(&plan(), &[("audience", "public")]).await;
    let page = office.officer.get(&path).await.expect(200);
    let page = page.says("977-KL/TW").says("4501/QĐ-TTg").says("39 ngày").says("36 ngày").says("chưa có bản").text();
    assert!(page.find("977-KL/TW") < page.find("4501/QĐ-TTg"));
    // The decision arrives, with its number printed in another way.
    let decision = plan()
        .replace("ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN", "THỦ TƯỚNG CHÍNH PHỦ")
        .replace("Số: 12/KH-UBND", "Số: 4501 /QĐ - TTg")
        .replace("Lạng Sơn, ngày 15 tháng 01 năm 2026", "Hà Nội, ngày 10 tháng 12 năm 2025")
        .replace("\nKẾ HOẠCH\n", "\nQUYẾT ĐỊNH\n")
        .replace(
            "Thực hiện Quyết định số 4501/QĐ-TTg ngày 10/12/2025 của Thủ tướng Chính phủ ban hành Kế hoạch thực hiện",
            "Thực hiện",
        );
    let arrived = office.draft(&decision).await;
    let facts = [
        ("number", "4501-QĐ/TTg"),
        ("kind", "Quyết định"),
        ("title", "Ban hành Kế hoạch"),
        ("date", "10/12/2025"),
        ("issuer", "Thủ tướng Chính phủ"),
    ];
    office.officer.post(&format!("{arrived}/thong-tin"), &facts).await.expect(303);
    office.officer.post(&format!("{arrived}/xac-nhan"), &[("mode", "history"), ("blanks", "1")]).await.expect(303);
    let page = office.officer.get(&path).await.expect(200).says(&arrived).says("39 ngày").says("36 ngày").text();
    assert_eq!(page.matches("class=\"node").count(), 3, "one box for each paper");
    let page = office.officer.get(&arrived).await.expect(200).says(&path).says("36 ngày").text();
    assert_eq!(page.matches("class=\"node").count(), 3);
    office.app.end().await;
}

#[tokio::test]
async fn the_shared_sample_gives_its_line_from_the_directive_on() {
    let folder = std::env::var("LANTOA_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let Ok(text) = std::fs::read_to_string(format!("{folder}/samples/papers/164-KH-UBND-thai-nguyen.txt")) else {
        eprintln!("skipped: no shared samples in {folder}");
        return;
    };
    let mut office = Office::new().await;
    let path = office.confirmed(&text, &[("mode", "history")]).await;
    let page = office.officer.get(&path).await.expect(200).says("09/12/2003").says("108 ngày").says("86 ngày").text();
    let at = |number: &str| page.find(number).unwrap_or_else(|| panic!("{number}"));
    let picture = page.find("<svg viewBox=\"0 0 ").unwrap_or_default();
    assert!(picture < at("32-CT/TW") && at("32-CT/TW") < at("80-KL/TW<") && at("80-KL/TW<") < at("1521/QĐ-TTg<"));
    office.app.end().await;
}
