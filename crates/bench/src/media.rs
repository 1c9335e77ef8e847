//! A file of a gigabyte that comes over a line that breaks twenty times, and an index of a hundred thousand articles.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use kernel::Role;
use sha2::{Digest, Sha256};
use testkit::TestApp;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::news;

/// Bytes of the file.
const SIZE: u64 = 1 << 30;

/// How often the line breaks.
const BREAKS: u64 = 20;

/// Bytes that are made and sent at once.
const BLOCK: usize = 1 << 20;

/// The block of the file that begins at a multiple of [`BLOCK`]: the head of an MP4, then what nobody can compress.
fn block(at: u64) -> Vec<u8> {
    let mut state = at.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut out = Vec::with_capacity(BLOCK);
    while out.len() < BLOCK {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.extend_from_slice(&state.to_le_bytes());
    }
    if at == 0 {
        out.splice(..24, *b"\0\0\0\x18ftypisom\0\0\0\0isommp42");
    }
    out
}

/// A line of what the system knows of this process, in MB: `VmHWM` is the most it ever held with files that are mapped, `RssAnon` what it holds of its own.
fn memory(line: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|found| found.strip_prefix(line)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

struct Line {
    address: SocketAddr,
    session: String,
}

impl Line {
    fn head(&self, method: &str, path: &str, headers: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: lantoa={}\r\nTus-Resumable: 1.0.0\r\nConnection: close\r\n{headers}\r\n",
            self.address, self.session
        )
    }

    async fn ask(&self, method: &str, path: &str, headers: &str) -> String {
        let mut line = TcpStream::connect(self.address).await.expect("a line");
        line.write_all(self.head(method, path, headers).as_bytes()).await.expect("sent");
        let mut answer = Vec::new();
        line.read_to_end(&mut answer).await.expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends from `offset` on; after `most` bytes the line is cut. Was it the end?
    async fn send(&self, path: &str, offset: u64, most: u64) -> bool {
        let mut line = TcpStream::connect(self.address).await.expect("a line");
        let headers = format!(
            "Upload-Offset: {offset}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {}\r\n",
            SIZE - offset
        );
        line.write_all(self.head("PATCH", path, &headers).as_bytes()).await.expect("sent");
        let (mut at, end) = (offset, SIZE.min(offset + most));
        while at < end {
            let whole = block(at / BLOCK as u64 * BLOCK as u64);
            let from = (at % BLOCK as u64) as usize;
            let to = whole.len().min(from + (end - at) as usize);
            line.write_all(&whole[from..to]).await.expect("sent");
            at += (to - from) as u64;
        }
        if at < SIZE {
            return false;
        }
        let mut answer = Vec::new();
        line.read_to_end(&mut answer).await.expect("an answer");
        assert!(answer.starts_with(b"HTTP/1.1 204"), "{}", String::from_utf8_lossy(&answer));
        true
    }
}

fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let found = answer.lines().find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)));
    found.map_or("", |(_, value)| value.trim())
}

/// Prints the figures of both.
pub async fn run() {
    // First what is measured by the most memory that was taken.
    index().await;
    upload().await;
}

async fn upload() {
    let app = TestApp::on_disk().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let mut keeper = app.person("bien-tap", Role::Editor, province).await;
    let site = platform::web::router(&app.app).expect("the site");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move {
        axum::serve(listener, site.into_make_service_with_connect_info::<SocketAddr>()).await.expect("a server");
    });
    let line = Line { address, session: keeper.session().expect("a session") };
    let mut sum = Sha256::new();
    for at in 0..SIZE / BLOCK as u64 {
        sum.update(block(at * BLOCK as u64));
    }
    let sum: String = sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let name = BASE64_STANDARD.encode("phim.mp4");
    let begun = Instant::now();
    let headers = format!("Upload-Length: {SIZE}\r\nUpload-Metadata: filename {name}\r\nContent-Length: 0\r\n");
    let answer = line.ask("POST", "/tu-lieu/tai-len", &headers).await;
    let path = header(&answer, "location").to_owned();
    let (mut broken, mut resent) = (0, 0);
    loop {
        let answer = line.ask("HEAD", &path, "").await;
        let offset: u64 = header(&answer, "upload-offset").parse().expect("an offset");
        // Uneven, so that lines break in the middle of anything.
        let most = if broken < BREAKS { SIZE / (BREAKS + 2) + 7_919 * (broken + 1) } else { SIZE };
        if line.send(&path, offset, most).await {
            break;
        }
        broken += 1;
        // What is still on its way when the line breaks may be lost; the server says how far it is once it has let go.
        let mut known = u64::MAX;
        loop {
            let answer = line.ask("HEAD", &path, "").await;
            let at: u64 = header(&answer, "upload-offset").parse().expect("an offset");
            if at == known {
                resent += offset + most - at;
                break;
            }
            known = at;
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    let agency = province.to_string();
    let upload = path.rsplit('/').next().unwrap_or_default().to_owned();
    let fields = [
        ("co_quan", agency.as_str()),
        ("tieu_de", "Phim dài"),
        ("ban_quyen", "own"),
        ("ngon_ngu", "vi"),
        ("tai_len", upload.as_str()),
    ];
    let item = keeper.upload("/tu-lieu/moi", &fields, &[]).await.expect(303).location().to_owned();
    let kept = app.app.blobs.list().await.expect("files");
    let intact = kept.contains(&sum) && app.app.blobs.open(&sum).await.is_ok();
    let kept_file = app.app.blobs.open(&sum).await.expect("the file");
    let bytes = std::fs::metadata(kept_file.path()).map_or(0, |file| file.len());
    let engine = if app.app.db.is_sqlite() { "sqlite" } else { "postgres" };
    println!(
        "figure: media.upload_1gb_20_breaks_intact_{engine} = {} file (goal 1)",
        u8::from(intact && bytes == SIZE)
    );
    println!(
        "its time: {seconds:.1} s, {:.0} MB/s, sent again {:.1} MB, breaks {broken}, item {item}",
        1024.0 / seconds,
        resent as f64 / 1e6
    );
    server.abort();
    app.end().await;
}

/// Prints how fast a hundred thousand articles are indexed from nothing, and what that holds of memory.
pub async fn index() {
    const ARTICLES: usize = 100_000;
    let app = TestApp::on_disk().await;
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let section = kernel::new_id();
    news::articles(&app, ARTICLES, &[province], section).await;
    println!("its memory before: {:.0} MB", memory("RssAnon"));
    let begun = Instant::now();
    let going = Arc::new(AtomicBool::new(true));
    let watch = std::thread::spawn({
        let going = going.clone();
        move || {
            let mut most: f64 = 0.0;
            while going.load(Ordering::Relaxed) {
                most = most.max(memory("RssAnon"));
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            most
        }
    });
    platform::search::catch_up(&app.app).await.expect("an index");
    let seconds = begun.elapsed().as_secs_f64();
    going.store(false, Ordering::Relaxed);
    let most = watch.join().expect("a thread");
    let engine = if app.app.db.is_sqlite() { "sqlite" } else { "postgres" };
    println!("figure: search.indexed_{engine} = {:.0} articles/s (goal >= 4000)", ARTICLES as f64 / seconds);
    println!("figure: search.index_memory_{engine} = {most:.0} MB (goal < 300)");
    println!("its memory with mapped files: {:.0} MB", memory("VmHWM"));
    let query = platform::search::Query { text: news::sentence(5, 3), ..platform::search::Query::default() };
    let found = platform::search::find_public(&app.app, &query, 0, 10).expect("an answer");
    println!("its hits for three words: {}", found.total);
    app.end().await;
}
