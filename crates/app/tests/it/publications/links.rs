//! Links in what readers see that lead nowhere are found by a nightly look.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Router, http::StatusCode, response::Redirect, routing::get};

use super::*;

const LIST: &str = "/toa-soan/lien-ket";

/// Publishes an article with these words; the path of its contribution.
async fn public_with(editor: &mut Client, writer: &mut Client, agency: Uuid, body: &str) -> String {
    let agency = agency.to_string();
    let mut fields = words(&agency, TITLE);
    fields.retain(|(name, _)| *name != "noi_dung");
    fields.push(("noi_dung", body));
    let path = writer.post("/toa-soan/moi", &fields).await.expect(303).location().to_owned();
    writer.post(&format!("{path}/gui"), &[]).await.expect(303);
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
    path
}

/// The id of the first link in the list.
fn first_link(page: &testkit::Answer) -> String {
    let text = page.text();
    let (_, rest) = text.split_once("name=\"lien_ket\" value=\"").expect("a link");
    rest.split('"').next().expect("an id").to_owned()
}

#[tokio::test]
async fn links_that_lead_nowhere_are_found_until_they_are_mended() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let body = "[trang chủ](/trang-chu), [không còn](/tin/khong-co), [của cán bộ](/tu-lieu), [sai](/tin/a%zz), \
                [ra ngoài](https://vi-du.vn/x), [thư](mailto:a@vi-du.vn), [mục](#muc), ![ảnh](/anh/x/1x1)";
    writer.get(LIST).await.expect(200).says("Chưa kiểm tra lần nào");
    let path = public_with(&mut editor, &mut writer, department, body).await;
    writer.post(LIST, &[("viec", "kiem-tra")]).await.expect(403);
    editor.post(LIST, &[]).await.expect(422);
    editor.post(LIST, &[("viec", "kiem-tra")]).await.expect(303);
    // Once is enough.
    editor.post(LIST, &[("viec", "kiem-tra")]).await.expect(303);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM jobs WHERE kind = 'links.look' AND state = 'queued'").await, 1);
    app.run_jobs().await;
    let page = writer.get(LIST).await.expect(200);
    let page = page.says("/tin/khong-co").says("Không có trang này").says("/tu-lieu<").says("chỉ dành cho cán bộ");
    let page = page.says(TITLE).says("4 liên kết");
    for fine in ["/trang-chu<", "vi-du.vn", "#muc", "Đã sửa hoặc đã gỡ"] {
        assert!(!page.text().contains(fine), "{fine}");
    }
    // Nobody's reading was counted.
    platform::visits::write(&app.app).await.expect("written");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM visits").await, 0);
    // Somebody else's are not shown, nor looked at again.
    let link = first_link(&page);
    let elsewhere = app.agency("Sở Tư pháp tỉnh khác", None).await;
    let mut stranger = app.person("nguoi-la", Role::Contributor, elsewhere).await;
    stranger.get(LIST).await.expect(200).says("Không có liên kết nào hỏng");
    stranger.post(LIST, &[("viec", "kiem-tra-lai"), ("lien_ket", &link)]).await.expect(404);
    editor.post(&format!("{path}/go"), &[("cach", "withdrawn"), ("ly_do_go", "Sai")]).await.expect(303);
    writer.get(LIST).await.expect(200).says("Đã sửa hoặc đã gỡ từ lần kiểm tra");
    writer.post(LIST, &[("viec", "kiem-tra-lai"), ("lien_ket", &link)]).await.expect(303);
    app.run_jobs().await;
    writer.get(LIST).await.expect(200).says("Không có liên kết nào hỏng").says("4 liên kết");
    app.end().await;
}

#[tokio::test]
async fn a_page_that_leads_on_is_followed_to_where_it_leads() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    for (title, to) in [("Bài thứ nhất", "/trang-chu"), ("Bài thứ hai", "/tin/khong-con-dau")] {
        let path = published(&mut editor, &mut writer, department, title).await;
        let error = [("cach", "error"), ("ly_do_go", "Đăng nhầm"), ("den", to)];
        editor.post(&format!("{path}/go"), &error).await.expect(303);
    }
    let body = "[một](/tin/bai-thu-nhat), [hai](/tin/bai-thu-hai)";
    public_with(&mut editor, &mut writer, department, body).await;
    editor.post(LIST, &[("viec", "kiem-tra")]).await.expect(303);
    app.run_jobs().await;
    let page = editor.get(LIST).await.expect(200).says("/tin/bai-thu-hai<").says("Không có trang này");
    assert!(!page.text().contains("/tin/bai-thu-nhat<"));
    app.end().await;
}

#[tokio::test]
async fn everything_that_readers_see_is_looked_at() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    let fields = [("tieu_de", "Giới thiệu"), ("noi_dung", "Xem [bản đồ](ban-do).")];
    let page = editor.post("/giao-dien-cong/trang-moi", &fields).await.expect(303).location().to_owned();
    editor.post(&format!("{page}/dang"), &[]).await.expect(303);
    let menu = [("phien_ban", "0"), ("nhan", "Luật"), ("den", "/luat"), ("nhan", "Thi"), ("den", "/khong-co-cuoc-thi")];
    editor.post("/giao-dien-cong/thuc-don", &menu).await.expect(303);
    for (words, from, to, link) in
        [("Hôm nay", "09/11/2026", "10/11/2026", "/het-hom-nay"), ("Mai", "10/11/2026", "11/11/2026", "/mai")]
    {
        let fields = [("noi_dung", words), ("tu_ngay", from), ("den_ngay", to), ("lien_ket", link)];
        editor.post("/giao-dien-cong/thong-bao", &fields).await.expect(303);
    }
    public_with(&mut editor, &mut writer, department, "[đi](/tin/di-dau)").await;
    editor.post(LIST, &[("viec", "kiem-tra")]).await.expect(303);
    app.run_jobs().await;
    let all = editor.get(LIST).await.expect(200).says("5 liên kết").says("của cả cổng");
    let all = all.says("/khong-co-cuoc-thi<").says("/het-hom-nay<").says("/tin/di-dau<").says(">ban-do<");
    assert!(!all.text().contains("/mai<") && !all.text().contains(">/luat<"));
    assert!(all.text().contains(&format!("href=\"{page}\"")), "leads to where it is mended");
    // Whoever writes for an agency sees that of the agency.
    let mine = writer.get(LIST).await.expect(200).says("/tin/di-dau<");
    assert!(!mine.text().contains("của cả cổng"));
    let menu = editor.get(&format!("{LIST}?loai=menu")).await.expect(200).says("/khong-co-cuoc-thi<");
    assert!(!menu.text().contains("/tin/di-dau<"));
    editor.get(&format!("{LIST}?noi=ngoai")).await.expect(200).says("Hãy bỏ bớt điều kiện lọc");
    editor.get(&format!("{LIST}?loai=la&noi=gi")).await.expect(200).says("/tin/di-dau<");
    app.end().await;
}

/// Another site: where it is, and how often it was asked.
async fn another_site() -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counts = asked.clone();
    let site = Router::new()
        .route("/co", get(|| async { "có" }))
        // Some sites know no question for the head alone.
        .route("/khong-dau", get(|| async { "có" }).head(|| async { StatusCode::METHOD_NOT_ALLOWED }))
        .route("/chuyen", get(|| async { Redirect::permanent("/het") }))
        .route("/cam", get(|| async { StatusCode::FORBIDDEN }))
        .route("/ban", get(|| async { StatusCode::SERVICE_UNAVAILABLE }))
        .layer(axum::middleware::from_fn(move |request, next: axum::middleware::Next| {
            counts.fetch_add(1, Ordering::Relaxed);
            next.run(request)
        }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, site).await });
    (format!("http://{address}"), asked)
}

/// Somebody who edits, with a public article that links to these addresses.
async fn linking(app: &TestApp, addresses: &[String]) -> Client {
    let (mut editor, mut writer, department) = newsroom(app).await;
    let body: String = addresses.iter().map(|address| format!("[xem]({address}), ")).collect();
    public_with(&mut editor, &mut writer, department, &body).await;
    editor
}

#[tokio::test]
async fn other_sites_are_asked_once_a_week_and_believed_when_they_say_that_a_page_is_gone() {
    let app = TestApp::with(|config| {
        config.links.outside = true;
        config.links.inside_network = true;
        config.access.idle_minutes = 60 * 24 * 30;
        config.access.session_hours = 24 * 30;
    })
    .await;
    // Each a site of its own, so that nobody waits between two questions.
    let (mut addresses, mut asked) = (Vec::new(), Vec::new());
    for path in ["/co", "/khong-dau", "/chuyen", "/cam", "/ban", "/het"] {
        let (site, count) = another_site().await;
        addresses.push(site + path);
        asked.push(count);
    }
    let mut editor = linking(&app, &addresses).await;
    let look = async |editor: &mut Client| {
        editor.post(LIST, &[("viec", "kiem-tra")]).await.expect(303);
        app.run_jobs().await;
        editor.get(LIST).await.expect(200)
    };
    let page = look(&mut editor).await.says("Không có trang này").says("6 liên kết");
    let shown = |page: &testkit::Answer| -> Vec<bool> {
        addresses.iter().map(|address| page.text().contains(&format!("{address}<"))).collect()
    };
    assert_eq!(shown(&page), [false, false, true, false, false, true]);
    let times = |asked: &[Arc<AtomicUsize>]| -> Vec<usize> {
        asked.iter().map(|count| count.load(Ordering::Relaxed)).collect()
    };
    let first = times(&asked);
    assert_eq!(first[..2], [1, 2], "for its head, and for itself where that is refused");
    // What was there is not asked for again so soon; what was not is, and a site that is down is believed on the third day.
    let day = |day: u32| app.clock.set(chrono::NaiveDate::from_ymd_opt(2026, 11, 9 + day).unwrap());
    for at in [1, 2_u32] {
        day(at);
        let page = look(&mut editor).await;
        assert_eq!(shown(&page), [false, false, true, false, at == 2, true]);
    }
    let third = times(&asked);
    assert_eq!((third[0], third[1], third[3]), (first[0], first[1], first[3]));
    assert!([2, 4, 5].iter().all(|at| third[*at] > first[*at]));
    day(9);
    look(&mut editor).await.says("Trang gặp lỗi");
    assert!(times(&asked).iter().zip(third).all(|(now, before)| *now > before));
    app.end().await;
}

#[tokio::test]
async fn machines_within_the_own_network_are_not_asked() {
    let app = TestApp::with(|config| config.links.outside = true).await;
    let (site, asked) = another_site().await;
    let mut editor = linking(&app, &[site.clone() + "/het", site.replace("127.0.0.1", "localhost") + "/het"]).await;
    editor.post(LIST, &[("viec", "kiem-tra")]).await.expect(303);
    app.run_jobs().await;
    editor.get(LIST).await.expect(200).says("Không có liên kết nào hỏng").says("2 liên kết");
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    app.end().await;
}
