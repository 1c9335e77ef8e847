//! What readers meet: ten thousand publications served by the program in a process of its own on one core, beside a bare handler that returns the same bytes;
//! how soon a publication is seen on another node; what editors who save do to readers; the search.

use std::{
    env, fs,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, extract::State, http::HeaderMap, response::IntoResponse};
use bytes::Bytes;
use kernel::{Role, Uuid, new_id};
use store::{insert, scalar};
use testkit::TestApp;
use tokio::net::TcpStream;

use crate::{
    news::{ARTICLES, articles, sentence},
    readers::{Reader, readers, request},
    scene::{free_address, signed_in},
    shelf,
};

const CONNECTIONS: usize = 256;
const SECONDS: u64 = 4;
/// Turns of a page and its bare handler, and seconds of one: many and short, since what a machine does for others comes and goes within seconds.
const TURNS: usize = 13;
const TURN: u64 = 1;

/// A program on one core; ended with the value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `command` on the first core only, where the machine has `taskset`.
fn on_one_core(program: &std::path::Path) -> Command {
    if Command::new("taskset").args(["-c", "0", "true"]).status().is_ok_and(|status| status.success()) {
        let mut command = Command::new("taskset");
        command.args(["-c", "0"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

async fn serving(app: &TestApp, one_core: bool) -> (Running, String) {
    let program = env::current_exe().expect("this program").with_file_name("lantoa");
    assert!(program.exists(), "{} is missing: cargo build --profile demo --bin lantoa", program.display());
    let address = free_address();
    let data = tempfile_in(app);
    let log = fs::File::create(data.join("log")).expect("a log");
    let mut command = if one_core { on_one_core(&program) } else { Command::new(&program) };
    command
        .args(["serve", "--no-worker"])
        .env("LANTOA_STORAGE__DATA", &data)
        .env("LANTOA_STORAGE__DATABASE", app.app.config.database_url())
        .env("LANTOA_STORAGE__KEY_FILE", app.app.config.key_file())
        .env("LANTOA_SERVER__LISTEN", &address)
        .env("LANTOA_SERVER__PUBLIC_URL", format!("http://{address}"))
        .env("LANTOA_LOGS__METRICS", free_address())
        .stdout(log.try_clone().expect("a log"))
        .stderr(log);
    (up(command, &address).await, address)
}

/// A data folder of its own for each process: its index, its log.
fn tempfile_in(app: &TestApp) -> std::path::PathBuf {
    let folder = app.folder.path().join(new_id().to_string());
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

async fn up(mut command: Command, address: &str) -> Running {
    let running = Running(command.stdin(Stdio::null()).spawn().expect("the program"));
    while TcpStream::connect(address).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    running
}

/// `bench bare ADDRESS FILE`: a handler that returns what is in the file: the head of an answer, an empty line, its body.
pub(crate) async fn bare(address: &str, file: &str) {
    let answer = fs::read(file).expect("an answer");
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let mut headers = HeaderMap::new();
    for line in String::from_utf8_lossy(&answer[..head]).lines().skip(1) {
        let (name, value) = line.split_once(':').expect("a header");
        let own = ["content-length", "date", "transfer-encoding", "connection"];
        if !own.contains(&name.to_ascii_lowercase().as_str()) {
            let name: axum::http::HeaderName = name.parse().expect("a name");
            headers.append(name, value.trim().parse().expect("a value"));
        }
    }
    let body = Bytes::copy_from_slice(&answer[head + 4..]);
    async fn same(State((headers, body)): State<(HeaderMap, Bytes)>) -> impl IntoResponse {
        (headers, body)
    }
    let site = Router::new().fallback(same).with_state((headers, body));
    let listener = tokio::net::TcpListener::bind(address).await.expect("a port");
    axum::serve(listener, site).await.expect("served");
}

async fn beside_bare(app: &TestApp, address: &str, name: &str, path: &str) {
    let mut reader = Reader::to(address).await;
    reader.ask(&request(path)).await;
    let (status, _, whole) = reader.ask(&request(path)).await;
    assert_eq!(status, 200, "{path}");
    let file = app.folder.path().join("answer");
    fs::write(&file, &reader.buffer[..whole]).expect("a file");
    let bare_address = free_address();
    let mut command = on_one_core(&env::current_exe().expect("this program"));
    command.args(["bare", &bare_address]).arg(&file);
    let _bare = up(command, &bare_address).await;
    let paths = [path.to_owned()];
    let (mut ratios, mut ours_all, mut p99) = (Vec::new(), Vec::new(), Vec::new());
    readers(address, CONNECTIONS, &paths, 1, None).await;
    readers(&bare_address, CONNECTIONS, &paths, 1, None).await;
    for _ in 0..TURNS {
        let ours = readers(address, CONNECTIONS, &paths, TURN, None).await;
        let theirs = readers(&bare_address, CONNECTIONS, &paths, TURN, None).await;
        ratios.push(100.0 * ours.per_second / theirs.per_second);
        ours_all.push(ours.per_second);
        p99.push(ours.at(0.99));
    }
    for all in [&mut ratios, &mut ours_all, &mut p99] {
        all.sort_unstable_by(f64::total_cmp);
    }
    let middle = TURNS / 2;
    println!(
        "figure: portal {name}, of a bare handler's requests = {:.0} % (goal >= 85; middle of {TURNS} turns from {:.0} to {:.0}; {:.0} requests/s on one core)",
        ratios[middle],
        ratios[0],
        ratios[TURNS - 1],
        ours_all[middle]
    );
    println!("figure: portal {name}, p99 at {CONNECTIONS} connections = {:.1} ms (goal < 20)", p99[middle]);
}

/// Prints the figures.
pub(crate) async fn run() {
    let app = TestApp::new().await;
    let engine = if env::var_os("TEST_DATABASE_URL").is_some() { "postgresql" } else { "sqlite" };
    println!("portal: {engine}, {ARTICLES} publications, {} law documents", shelf::LAWS);
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let mut agencies = Vec::new();
    for n in 0..20 {
        agencies.push(app.agency(&format!("Sở thứ {n}"), Some(province)).await);
    }
    let token = signed_in(&app, "bien-tap", &[Role::Editor], province).await;
    let mut editor = app.anonymous();
    editor.set_session(&token);
    let section = new_id();
    let tx = app.app.db.begin().await.expect("a transaction");
    insert(
        "sections",
        &["id", "agency_id", "slug", "title", "description", "opens_on", "closes_on", "home", "version", "changed_at"],
    )
    .row([
        section.into(),
        province.into(),
        "chuyen-muc-do".into(),
        "Chuyên mục đo".into(),
        "Để đo".into(),
        0i64.into(),
        0i64.into(),
        1i64.into(),
        0i64.into(),
        0i64.into(),
    ])
    .run(&*tx)
    .await
    .expect("a section");
    tx.commit().await.expect("commit");
    articles(&app, ARTICLES, &agencies, section).await;
    shelf::laws(&app).await;
    let (_node, address) = serving(&app, true).await;
    indexed(&address).await;
    beside_bare(&app, &address, "article", "/tin/bai-77").await;
    beside_bare(&app, &address, "article of a law", &format!("/luat/{}/dieu-7", shelf::slug(77))).await;
    beside_bare(&app, &address, "home", "/trang-chu").await;
    beside_bare(&app, &address, "section page 1", "/chuyen-muc/chuyen-muc-do").await;
    beside_bare(&app, &address, "section page 50", "/chuyen-muc/chuyen-muc-do?trang=50").await;
    spread(&app, &address, &mut editor, &agencies).await;
    undisturbed(&address, &token, province).await;
    found(&address).await;
    println!(
        "portal: {} publications at the end",
        scalar(app.app.db.read(), "SELECT COUNT(*) FROM publications", vec![]).await.expect("a count")
    );
    app.end().await;
}

/// How long after publishing here another node shows it.
async fn spread(app: &TestApp, address: &str, editor: &mut testkit::Client, agencies: &[Uuid]) {
    let mut worst = Duration::ZERO;
    let mut reader = Reader::to(address).await;
    for n in 0..20 {
        let agency = agencies[0].to_string();
        let token = signed_in(app, &format!("nguoi-viet-{n}"), &[Role::Contributor], agencies[0]).await;
        let mut writer = app.anonymous();
        writer.set_session(&token);
        let title = format!("Tin nóng số {n}");
        let words = [
            ("co_quan", agency.as_str()),
            ("loai", "article"),
            ("tieu_de", &title),
            ("tom_tat", "Mở đầu"),
            ("noi_dung", "Nội dung"),
        ];
        let path = writer.post("/toa-soan/moi", &words).await.expect(303).location().to_owned();
        writer.post(&format!("{path}/gui"), &[]).await.expect(303);
        editor.post(&format!("{path}/duyet"), &[]).await.expect(303);
        editor.post(&format!("{path}/xuat-ban"), &[]).await.expect(303);
        let published = Instant::now();
        let wanted = format!("tin-nong-so-{n}");
        loop {
            reader.ask(&request(&format!("/tin/{wanted}"))).await;
            if reader.buffer.starts_with(b"HTTP/1.1 200") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        worst = worst.max(published.elapsed());
    }
    println!(
        "figure: portal, a publication seen on another node, worst of 20 = {} ms (goal < 1000)",
        worst.as_millis()
    );
}

/// What an editor who saves all the time does to readers who read all the time, at a rate well below what the program can do.
async fn undisturbed(address: &str, token: &str, province: Uuid) {
    let paths: Vec<String> = (0..200).map(|n| format!("/tin/bai-{}", n * 31)).collect();
    let pause = Some(Duration::from_millis(50));
    readers(address, 100, &paths, 2, pause).await;
    let save = |stop: Arc<std::sync::atomic::AtomicBool>| {
        let (address, token, agency) = (address.to_owned(), token.to_owned(), province.to_string());
        async move {
            let mut reader = Reader::to(&address).await;
            let mut saved = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let body =
                    format!("co_quan={agency}&loai=article&tieu_de=Bản+nháp+{saved}&noi_dung={}", "chữ+".repeat(400));
                let text = format!(
                    "POST /toa-soan/moi HTTP/1.1\r\nHost: localhost\r\nOrigin: http://{address}\r\nCookie: lantoa={token}\r\n\
                     Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                    body.len()
                );
                let (status, ..) = reader.ask(text.as_bytes()).await;
                assert_eq!(status, 303);
                saved += 1;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            saved
        }
    };
    let (mut calm, mut busy, mut ratios, mut saved) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..TURNS {
        let alone = readers(address, 100, &paths, TURN, pause).await.at(0.99);
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let saving = tokio::spawn(save(stop.clone()));
        let beside = readers(address, 100, &paths, TURN, pause).await.at(0.99);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        saved += saving.await.expect("saved");
        ratios.push(100.0 * (beside / alone - 1.0));
        calm.push(alone);
        busy.push(beside);
    }
    for all in [&mut ratios, &mut calm, &mut busy] {
        all.sort_unstable_by(f64::total_cmp);
    }
    let middle = TURNS / 2;
    println!(
        "figure: portal, readers' p99 while editors save = {:+.0} % (goal < +10; middle of {TURNS} turns from {:+.0} to {:+.0}; {:.2} ms alone, {:.2} ms beside {saved} saved drafts)",
        ratios[middle],
        ratios[0],
        ratios[TURNS - 1],
        calm[middle],
        busy[middle]
    );
}

/// Waits until the index is made: a node that was just started is busy with it.
async fn indexed(address: &str) {
    let path = format!("/tim-kiem?q={}", platform::web::guard::encode(&sentence(3, 2)));
    let mut reader = Reader::to(address).await;
    let waiting = Instant::now();
    while waiting.elapsed() < Duration::from_secs(120) {
        let (_, head, whole) = reader.ask(&request_plain(&path)).await;
        if String::from_utf8_lossy(&reader.buffer[head..whole]).contains("class=\"hits\"") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Fifty people who search all the time, each time for other words.
async fn found(address: &str) {
    let paths: Vec<String> = (0..2_000)
        .map(|n| format!("/tim-kiem?q={}", platform::web::guard::encode(&sentence(n * 17 + 3, 2 + n % 4))))
        .collect();
    readers(address, 50, &paths, 1, None).await;
    let met = readers(address, 50, &paths, SECONDS, None).await;
    println!(
        "figure: search page, p95 with 50 people who never pause = {:.1} ms (goal < 15; {:.0} searches/s on one core)",
        met.at(0.95),
        met.per_second
    );
    let met = readers(address, 50, &paths, SECONDS, Some(Duration::from_millis(500))).await;
    println!("figure: search page, p95 with 50 people who search twice a second = {:.1} ms (goal < 15)", met.at(0.95));
}

fn request_plain(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes()
}
