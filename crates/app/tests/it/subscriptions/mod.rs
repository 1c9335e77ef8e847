//! News by mail: asked for, confirmed, told once, ended without a trace.

use kernel::Role;
use store::scalar;
use testkit::{Client, TestApp};

const FORM: &str = "/dang-ky-nhan-tin";
const ADDRESS: &str = "nguoi.doc@example.com";

async fn portal() -> TestApp {
    TestApp::with(|config| config.mail.from = "Cổng pháp luật <cong@tinh.example>".into()).await
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a count")
}

/// The words of a letter: quoted-printable and base64 are read, headers stay.
fn read(mail: &str) -> String {
    let mut out = String::new();
    for part in mail.split("\r\n\r\n") {
        out.push_str(&part.replace("=\r\n", "").replace("=3D", "="));
        out.push('\n');
    }
    out
}

/// The first address in the letters that begins so, up to a blank or quote.
fn link(mails: &[String], beginning: &str) -> String {
    let begin = format!("http://127.0.0.1:8080{beginning}");
    let all: Vec<String> = mails.iter().map(|mail| read(mail)).collect();
    let found = all.iter().find_map(|mail| mail.split(&begin).nth(1)).expect("a link");
    let rest: String = found.chars().take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '/').collect();
    format!("{beginning}{}", rest.trim_end_matches('/'))
}

/// Asks, reads the letter, confirms; the address where choices are changed.
async fn confirmed(app: &TestApp, reader: &mut Client, fields: &[(&str, &str)]) -> String {
    reader.post(FORM, fields).await.expect(303);
    app.run_jobs().await;
    let path = link(&app.mails(), "/dang-ky-nhan-tin/xac-nhan/");
    reader.get(&path).await.expect(200).says("Xác nhận");
    let page = reader.post(&path, &[]).await.expect(200).says("Đã xác nhận").text();
    reader.post(&path, &[]).await.expect(404);
    let rest = page.split("class=\"button\" href=\"").nth(1).expect("a link to change it");
    let path = rest.split('"').next().expect("an address").to_owned();
    clear(app);
    path
}

fn clear(app: &TestApp) {
    std::fs::remove_dir_all(app.folder.path().join("outbox")).expect("an outbox");
    std::fs::create_dir_all(app.folder.path().join("outbox")).expect("an outbox");
}

/// Publishes an article about a field of law.
async fn publish(editor: &mut Client, agency: &str, (title, field): (&str, &str)) {
    let fields = [
        ("co_quan", agency),
        ("loai", "article"),
        ("tieu_de", title),
        ("tom_tat", "Người dân hiểu thêm."),
        ("noi_dung", "Nội dung."),
        ("linh_vuc", field),
    ];
    let path = editor.post("/toa-soan/moi", &fields).await.expect(303).location().to_owned();
    editor.post(&format!("{path}/gui"), &[]).await.expect(303);
    editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
    editor.post(&format!("{path}/xuat-ban"), &[("ly_do", "Thử nghiệm")]).await.expect(303);
}

fn day(app: &TestApp, day: u32) {
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2026, 11, day).expect("a date"));
    app.clock.advance_seconds(8 * 3600);
}

#[tokio::test]
async fn without_mail_the_form_says_so_and_takes_nothing() {
    let app = TestApp::new().await;
    let mut reader = app.anonymous();
    reader.get(FORM).await.expect(200).says("chưa nhận đăng ký");
    reader.post(FORM, &[("email", ADDRESS), ("nhip", "daily")]).await.expect(422);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM subscriptions").await, 0);
    app.end().await;
}

#[tokio::test]
async fn an_address_counts_only_when_its_letter_is_answered_and_nobody_learns_whether_it_is_known() {
    let app = portal().await;
    let mut reader = app.anonymous();
    reader.post(FORM, &[("email", "khong phai thu"), ("nhip", "daily")]).await.expect(422).says("không hợp lệ");
    reader.post(FORM, &[("email", ADDRESS), ("nhip", "x")]).await.expect(422).says("hằng ngày hay hằng tuần");
    reader.post(FORM, &[("email", ADDRESS), ("nhip", "daily"), ("website", "x")]).await.expect(303);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM subscriptions").await, 0);
    let fields = [("email", " Nguoi.Doc@example.com "), ("nhip", "daily"), ("linh_vuc", "hon-nhan-gia-dinh")];
    let first = reader.post(FORM, &fields).await.expect(303).location().to_owned();
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    let token = link(&app.mails(), "/dang-ky-nhan-tin/xac-nhan/");
    let kept =
        format!("SELECT COUNT(*) FROM subscriptions WHERE token_hash = '{}'", token.rsplit('/').next().unwrap_or(""));
    assert_eq!(count(&app, &kept).await, 0, "kept as a hash");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM jobs WHERE payload LIKE '%example.com%'").await, 0);
    // Again at once: the same answer, no letter. After a while: another letter, whose token alone holds.
    assert_eq!(reader.post(FORM, &fields).await.expect(303).location(), first);
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    app.clock.advance_seconds(11 * 60);
    reader.post(FORM, &fields).await.expect(303);
    clear(&app);
    app.run_jobs().await;
    let newer = link(&app.mails(), "/dang-ky-nhan-tin/xac-nhan/");
    reader.get(&token).await.expect(404);
    reader.get(&newer).await.expect(200);
    assert_eq!(
        count(&app, "SELECT COUNT(*) FROM subscriptions WHERE state = 'confirmed'").await,
        0,
        "looking is not confirming"
    );
    reader.post(&newer, &[]).await.expect(200).says("Đã xác nhận");
    // A known address: the same answer; its letter says so, nothing changes.
    app.clock.advance_seconds(11 * 60);
    clear(&app);
    assert_eq!(reader.post(FORM, &[("email", ADDRESS), ("nhip", "weekly")]).await.expect(303).location(), first);
    app.run_jobs().await;
    assert_eq!(count(&app, "SELECT COUNT(*) FROM subscriptions WHERE period = 'daily'").await, 1);
    assert_eq!(app.mails().len(), 1);
    link(&app.mails(), "/dang-ky-nhan-tin/");
    app.end().await;
}

#[tokio::test]
async fn a_token_ends_after_a_day_and_its_address_with_it() {
    let app = portal().await;
    let mut reader = app.anonymous();
    reader.post(FORM, &[("email", ADDRESS), ("nhip", "daily"), ("linh_vuc", "dat-dai")]).await.expect(303);
    app.run_jobs().await;
    let path = link(&app.mails(), "/dang-ky-nhan-tin/xac-nhan/");
    day(&app, 11);
    reader.get(&path).await.expect(404);
    reader.post(&path, &[]).await.expect(404);
    app.run_jobs().await;
    assert_eq!(count(&app, "SELECT COUNT(*) FROM subscriptions").await, 0);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM subscription_marks").await, 0);
    app.end().await;
}

#[tokio::test]
async fn what_is_new_is_told_once_by_what_was_chosen_and_ended_with_one_click() {
    let app = portal().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let agency = province.to_string();
    let mut editor = app.person("bien-tap", Role::Editor, province).await;
    publish(&mut editor, &agency, ("Bài đăng trước khi đăng ký", "hon-nhan-gia-dinh")).await;
    app.clock.advance_seconds(60);
    let mut reader = app.anonymous();
    let fields = [("email", ADDRESS), ("nhip", "daily"), ("linh_vuc", "hon-nhan-gia-dinh")];
    let manage = confirmed(&app, &mut reader, &fields).await;
    app.clock.advance_seconds(60);
    publish(&mut editor, &agency, ("Bai moi ve gia dinh", "hon-nhan-gia-dinh")).await;
    publish(&mut editor, &agency, ("Bai moi ve dat dai", "dat-dai")).await;
    app.run_jobs().await;
    assert!(app.mails().is_empty(), "not before the next day");
    day(&app, 10);
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 1);
    let mail = read(&mails[0]);
    assert!(mail.contains("/tin/bai-moi-ve-gia-dinh"), "{mail}");
    assert!(!mail.contains("dat-dai") && !mail.contains("truoc-khi-dang-ky"), "{mail}");
    assert!(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{mail}");
    assert!(mail.contains("List-Unsubscribe: <") && mail.contains("text/html"), "{mail}");
    // The jobs run again, those of the day too: nobody is told twice, and nothing is no letter.
    let tx = app.app.db.begin().await.expect("a change");
    store::exec(
        &*tx,
        "UPDATE jobs SET state = 'queued', run_at = 0 WHERE kind IN ('subscriptions.digest', 'subscriptions.mail')",
        vec![],
    )
    .await
    .expect("again");
    tx.commit().await.expect("a commit");
    app.run_jobs().await;
    day(&app, 11);
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    // Another choice, by the link of a letter: once a week, everything.
    reader.get(&manage).await.expect(200).says("value=\"hon-nhan-gia-dinh\" checked");
    reader.post(&manage, &[("nhip", "x")]).await.expect(422);
    reader.post(&manage, &[("nhip", "weekly")]).await.expect(200).says("Đã lưu lựa chọn.");
    editor.sign_in("bien-tap", testkit::PASSWORD).await;
    publish(&mut editor, &agency, ("Bai cuoi tuan", "dat-dai")).await;
    clear(&app);
    day(&app, 12);
    app.run_jobs().await;
    assert!(app.mails().is_empty(), "a weekly letter waits for Monday");
    day(&app, 16);
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    assert!(read(&app.mails()[0]).contains("/tin/bai-cuoi-tuan"));
    editor.sign_in("bien-tap", testkit::PASSWORD).await;
    let numbers = editor.get("/toa-soan/nhan-tin").await.expect(200).says("Số người đăng ký").text();
    assert!(!numbers.contains("example.com"));
    // One click, as mail programs do it; nothing is left.
    let leave = format!("{manage}/huy");
    reader.get(&leave).await.expect(200).says("Ngừng nhận tin");
    assert_eq!(count(&app, "SELECT COUNT(*) FROM subscriptions").await, 1);
    reader.post(&leave, &[("List-Unsubscribe", "One-Click")]).await.expect(200).says("đã được xóa");
    reader.post(&leave, &[("List-Unsubscribe", "One-Click")]).await.expect(200);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM subscriptions").await, 0);
    assert_eq!(count(&app, "SELECT COUNT(*) FROM subscription_marks").await, 0);
    reader.get(&manage).await.expect(404);
    reader.post("/dang-ky-nhan-tin/abc/huy", &[]).await.expect(404);
    app.end().await;
}

#[tokio::test]
async fn who_asks_too_often_waits() {
    let app = portal().await;
    let mut reader = app.anonymous();
    let mut last = 303;
    for n in 0..30 {
        let address = format!("nguoi{n}@example.com");
        last = reader.post(FORM, &[("email", &address), ("nhip", "daily")]).await.status.as_u16();
    }
    assert_eq!(last, 429);
    app.end().await;
}
