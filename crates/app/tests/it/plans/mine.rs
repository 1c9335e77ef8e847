//! One's own work: sections with true counts, pages, receiving several at once; papers of the past stay out.

use kernel::Role;
use papers::DeadlineKind;
use testkit::{Client, TestApp};

use super::*;

/// A province and a department with `late` late tasks, two due within a week, one later, one check-in a quarter.
async fn scene(app: &TestApp, late: usize) -> (Uuid, Uuid, Client, Client) {
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let mut tasks: Vec<ConfirmedTask> = (1..=late)
        .map(|n| task(&format!("I.{n}"), "Rà soát văn bản", DeadlineKind::Date, "2026-11-12", vec![lead(justice)]))
        .collect();
    for (anchor, day) in
        [("II.1", "2026-11-22"), ("II.2", "2026-11-27"), ("II.3", "2026-12-15"), ("II.4", "2026-12-31")]
    {
        tasks.push(task(anchor, "Tập huấn", DeadlineKind::Date, day, vec![lead(justice)]));
    }
    tasks.push(task("III", "Ngày Pháp luật", DeadlineKind::None, "", vec![lead(justice)]));
    let plan = expand(app, &paper(app, province, tasks)).await;
    app.clock.set(day(2026, 11, 20));
    let owner = app.person("thu-ky", Role::Secretariat, province).await;
    let agency = app.person("dau-moi", Role::FocalPoint, justice).await;
    (plan, justice, owner, agency)
}

/// The section's own part of the page.
fn section<'a>(page: &'a str, key: &str) -> &'a str {
    let from = page.find(&format!("id=\"s-{key}\"")).expect("a section of this key");
    page[from..].split("</section>").next().unwrap_or_default()
}

#[tokio::test]
async fn each_section_says_how_many_it_holds_and_goes_on_by_pages() {
    let app = TestApp::new().await;
    let (_, _, _, mut agency) = scene(&app, 43).await;
    let page = agency.get("/viec-cua-toi").await.expect(200).text();
    let late = section(&page, "cham");
    assert!(late.contains(">43</span>") && late.contains("Xem tất cả 43"), "{late}");
    assert_eq!(late.matches("/nghia-vu/").count(), 5, "the first of them");
    for (key, n) in [("7", 2), ("30", 1), ("sau", 1), ("thuong-xuyen", 1)] {
        let part = section(&page, key);
        assert!(part.contains(&format!(">{n}</span>")), "{key}: {part}");
        assert_eq!(part.matches("scope=\"row\"").count(), n, "{key}");
    }
    assert!(page.contains("lâu nhất 8 ngày") && page.contains("gần nhất 22/11/2026"));
    agency.get("/viec-cua-toi?muc=cham").await.expect(200).says("1–20 trong 43");
    let last = agency.get("/viec-cua-toi?muc=cham&trang=3").await.expect(200).says("41–43 trong 43");
    assert!(!last.text().contains("II.1"), "one section alone");
    agency.get("/viec-cua-toi?muc=30").await.expect(200).says("II.3").says("1–1 trong 1");
    agency.get("/viec-cua-toi?muc=da-bao").await.expect(200).says("Không có gì ở phần này");
    app.end().await;
}

#[tokio::test]
async fn what_waits_for_the_owner_is_counted_truly_and_has_pages() {
    let app = TestApp::new().await;
    let (plan, _, mut owner, mut agency) = scene(&app, 57).await;
    for duty in obligations(&app, plan).await.iter().filter(|duty| duty.due_date == 20_261_112) {
        let fields = [("phien_ban", "0"), ("phan_tram", "100"), ("ket_qua", "Đã rà soát"), ("xong", "1")];
        agency.upload(&format!("/nghia-vu/{}/bao-cao", duty.id), &fields, &[]).await.expect(303);
    }
    let page = owner.get("/viec-cua-toi").await.expect(200).text();
    let confirm = section(&page, "xac-nhan");
    assert!(confirm.contains(">57</span>") && confirm.contains("Xem tất cả 57"), "{confirm}");
    let list = owner.get("/viec-cua-toi?muc=xac-nhan&trang=3").await.expect(200).says("41–57 trong 57");
    list.says("Xem và quyết định");
    agency.get("/viec-cua-toi?muc=da-bao").await.expect(200).says("1–20 trong 57");
    let page = agency.get("/viec-cua-toi").await.expect(200);
    assert!(!page.text().contains("Xem và quyết định"), "who does not own a plan decides nothing");
    app.end().await;
}

#[tokio::test]
async fn several_are_received_at_once_and_nothing_by_looking() {
    let app = TestApp::new().await;
    let (plan, _, mut owner, mut agency) = scene(&app, 3).await;
    agency
        .get("/viec-cua-toi?muc=chua-tiep-nhan")
        .await
        .expect(200)
        .says("1–8 trong 8")
        .says("Tiếp nhận nhiệm vụ đã chọn");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM obligation_steps").await, 0);
    let rows = obligations(&app, plan).await;
    let [one, two] = [rows[0].id.to_string(), rows[1].id.to_string()];
    let ticked = [("muc", "cham"), ("nv", one.as_str()), ("nv", two.as_str()), ("nv", "x")];
    let done = agency.post("/viec-cua-toi/tiep-nhan", &ticked).await.expect(303);
    assert_eq!(done.location(), "/viec-cua-toi?muc=cham");
    assert_eq!(
        count(&app, "SELECT COUNT(*) FROM obligations WHERE state = 'received' AND received_at IS NOT NULL").await,
        2
    );
    assert_eq!(count(&app, "SELECT COUNT(*) FROM obligation_steps WHERE kind = 'receive'").await, 2);
    agency.post("/viec-cua-toi/tiep-nhan", &ticked).await.expect(422).says("Hãy đánh dấu ít nhất một nhiệm vụ");
    // A stranger's tick finds nothing; the province above may receive for its department.
    let other = app.agency("Sở Văn hóa", None).await;
    let mut stranger = app.person("nguoi-khac", Role::FocalPoint, other).await;
    let third = rows[2].id.to_string();
    stranger.post("/viec-cua-toi/tiep-nhan", &[("nv", third.as_str())]).await.expect(422);
    owner.post("/viec-cua-toi/tiep-nhan", &[("nv", third.as_str())]).await.expect(303);
    totals_hold(&app).await;
    app.end().await;
}

#[tokio::test]
async fn papers_of_the_past_stay_out_of_what_is_followed_unless_asked_for() {
    let app = TestApp::new().await;
    let (plan, justice, mut owner, mut agency) = scene(&app, 3).await;
    let province = app.agency("Tỉnh ủy", None).await;
    let old = vec![task("1", "Sơ kết đề án", DeadlineKind::Date, "2026-10-25", vec![lead(justice)])];
    let old = Confirmed { number: "7/KH-TU".into(), mode: Mode::History, ..paper(&app, province, old) };
    let old = expand(&app, &old).await;
    assert_eq!(count(&app, "SELECT COUNT(*) FROM obligations WHERE state = 'historical'").await, 1);
    let list = agency.get("/nhiem-vu").await.expect(200).says("1–8 trong 8").says("Tất cả <b>8</b>");
    list.says("Hồ sơ lịch sử <b>1</b>");
    agency.get("/nhiem-vu?quy=2026-4").await.expect(200).says("1–7 trong 7");
    agency.get("/nhiem-vu?tt=historical").await.expect(200).says("1–1 trong 1").says("Sơ kết đề án");
    agency.get(&format!("/nhiem-vu?kh={old}")).await.expect(200).says("1–1 trong 1").says("7/KH-TU (hồ sơ lịch sử)");
    agency.get(&format!("/nhiem-vu?kh={plan}")).await.expect(200).says(&format!("value=\"{plan}\" selected"));
    let mine = agency.get("/viec-cua-toi").await.expect(200);
    assert!(!mine.text().contains("Sơ kết đề án"));
    let plans = agency.get("/ke-hoach").await.expect(200).says("12/KH-UBND");
    assert!(!plans.text().contains("7/KH-TU"));
    agency.get("/ke-hoach?xem=lich-su").await.expect(200).says("7/KH-TU").says("không theo dõi tiến độ");
    let board = agency.get(&format!("/ke-hoach/{old}")).await.expect(200).says("được lưu để tra cứu");
    assert!(!board.text().contains("Quý IV") && !board.text().contains("class=\"kpis\""));
    agency.get(&format!("/ke-hoach/{old}/danh-sach")).await.expect(200).says("1–1 trong 1");
    owner.get("/tong-quan").await.expect(200).says("0/8");
    app.end().await;
}
