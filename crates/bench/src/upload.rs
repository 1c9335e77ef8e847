//! A paper of 20 pages, as DOCX and as PDF, from the upload to the review screen: over HTTP, against a server that listens.

use std::{net::SocketAddr, time::Instant};

use chrono::NaiveDate;
use kernel::Role;
use press::{Block, Layout, Level, Official, Signature};
use testkit::TestApp;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Papers of each kind; every one is another file.
const RUNS: u32 = 25;
/// Tasks of a paper: so many fill 20 pages.
const TASKS: usize = 62;

/// Prints one figure for each kind of file; with `BENCH_KEEP=folder` one of each is kept there.
pub async fn run() {
    let app = TestApp::new().await;
    app.province("20").await;
    let committee = app.agency_by_code("p20/ubnd").await;
    let officer = app.person("thu-ky", Role::Secretariat, committee).await;
    let site = platform::web::router(&app.app).expect("the site");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move {
        axum::serve(listener, site.into_make_service_with_connect_info::<SocketAddr>()).await.expect("a server");
    });
    let browser = Browser { address, session: officer.session().expect("a session"), owner: committee.to_string() };
    let engine = if app.app.db.is_sqlite() { "sqlite" } else { "postgres" };
    for kind in ["docx", "pdf"] {
        let mut times = Vec::new();
        for number in 1..=RUNS {
            let bytes = match kind {
                "docx" => press::docx(&plan(number), &Layout::default()),
                _ => press::pdf(&plan(number + RUNS), &Layout::default(), ""),
            };
            let bytes = bytes.expect("a paper");
            if let Some(folder) = std::env::var_os("BENCH_KEEP") {
                let name = std::path::Path::new(&folder).join(format!("ke-hoach.{kind}"));
                std::fs::write(name, &bytes).expect("a copy");
            }
            let begun = Instant::now();
            browser.review(&format!("ke-hoach-{number}.{kind}"), &bytes).await;
            times.push(begun.elapsed());
        }
        times.sort_unstable();
        let at = times.len() * 95 / 100;
        let worst = times.get(at).or(times.last()).copied().unwrap_or_default().as_secs_f64();
        println!("figure: upload.review_p95_{kind}_{engine} = {worst:.2} s (goal < 2)");
        println!("its runs: {RUNS}, fastest: {:.2} s", times.first().copied().unwrap_or_default().as_secs_f64());
    }
    server.abort();
    app.end().await;
}

/// Somebody signed in, on the other side of a socket.
struct Browser {
    address: SocketAddr,
    session: String,
    owner: String,
}

impl Browser {
    /// Sends a file and waits for the review screen of what was read.
    async fn review(&self, name: &str, file: &[u8]) {
        const EDGE: &str = "----lantoa-bench-edge";
        let part = |field: &str, value: &str| {
            format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
        };
        let mut body = (part("owner", &self.owner) + &part("audience", "internal")).into_bytes();
        body.extend(
            format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .bytes(),
        );
        body.extend_from_slice(file);
        body.extend(format!("\r\n--{EDGE}--\r\n").bytes());
        let kind = format!("multipart/form-data; boundary={EDGE}");
        let (status, head, text) = self.ask("POST", "/van-ban/tai-len", &kind, &body).await;
        let line = head.lines().find_map(|line| line.strip_prefix("location: "));
        let draft = line.unwrap_or_else(|| panic!("no draft after the upload: {status}\n{text}")).trim().to_owned();
        let (status, _, page) = self.ask("GET", &draft, "", &[]).await;
        assert_eq!(status, 200, "{page}");
        assert!(page.contains("Tổ chức đợt cao điểm"), "nothing was read:\n{page}");
    }

    /// One request on a connection of its own: status, head in small letters, body.
    async fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> (u16, String, String) {
        let mut stream = TcpStream::connect(self.address).await.expect("the server");
        let cookie = platform::web::guard::COOKIE;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}={}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            self.address,
            self.session,
            body.len()
        );
        stream.write_all(head.as_bytes()).await.expect("a request");
        stream.write_all(body).await.expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("an answer");
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let small = |line: &str| match line.split_once(':') {
            Some((name, value)) => format!("{}:{value}", name.to_lowercase()),
            None => line.to_owned(),
        };
        (status, head.lines().map(small).collect::<Vec<_>>().join("\n"), body.to_owned())
    }
}

/// An invented plan of a province of 20 pages.
fn plan(number: u32) -> Official {
    let para = |text: &str| Block::Paragraph { text: text.into() };
    let heading = |level, label: String, text: &str| Block::Heading { level, label, text: text.into() };
    let mut body = vec![
        heading(Level::Roman, "I.".into(), "MỤC ĐÍCH, YÊU CẦU"),
        para(
            "Bảo đảm công tác phổ biến, giáo dục pháp luật được triển khai đồng bộ, thiết thực, tiết kiệm, đúng đối tượng.",
        ),
        heading(Level::Roman, "II.".into(), "NỘI DUNG, NHIỆM VỤ"),
    ];
    let leads = ["Sở Tư pháp", "Công an tỉnh", "Sở Giáo dục và Đào tạo", "Sở Nội vụ", "UBND các xã, phường"];
    let days = ["Trước ngày 30/10/2026", "Thường xuyên", "Quý III/2026", "Hằng năm", "Tháng 11/2026"];
    for task in 0..TASKS {
        let at = task % leads.len();
        let label = format!("{}.", task + 1);
        let name = format!("Tổ chức đợt cao điểm phổ biến, giáo dục pháp luật chuyên đề số {} tại cơ sở", task + 1);
        body.push(heading(Level::Arabic, label, &name));
        body.push(para(
            "Nội dung: phổ biến các luật, nghị quyết được Quốc hội thông qua trong năm, chú trọng người dân tộc thiểu số, người lao động trong khu công nghiệp, \
             học sinh, người khuyết tật; kết hợp hội nghị trực tiếp, phiên tòa giả định, cuộc thi trực tuyến, chuyên mục phát thanh và tài liệu phát tay.",
        ));
        body.push(para(&format!("- Cơ quan chủ trì: {}.", leads.get(at).copied().unwrap_or_default())));
        body.push(para("- Cơ quan phối hợp: Sở Văn hóa, Thể thao và Du lịch; Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh; các cơ quan, đơn vị có liên quan."));
        body.push(para(&format!("- Thời gian thực hiện: {}.", days.get(at).copied().unwrap_or_default())));
    }
    body.push(heading(Level::Roman, "III.".into(), "TỔ CHỨC THỰC HIỆN"));
    body.push(para("Các cơ quan, đơn vị báo cáo kết quả về Sở Tư pháp trước ngày 15/11/2026 để tổng hợp."));
    Official {
        superior: None,
        issuer: "Ủy ban nhân dân tỉnh Lạng Sơn".into(),
        number: Some(number),
        symbol: "KH-UBND".into(),
        place: "Lạng Sơn".into(),
        date: NaiveDate::from_ymd_opt(2026, 2, 5),
        kind: Some("Kế hoạch".into()),
        title: "Công tác phổ biến, giáo dục pháp luật năm 2026 trên địa bàn tỉnh".into(),
        addressees: Vec::new(),
        bases: vec!["Căn cứ Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13 ngày 20 tháng 6 năm 2012".into()],
        body,
        signature: Signature {
            authority: vec!["TM. Ủy ban nhân dân".into(), "KT. Chủ tịch".into()],
            position: "Phó Chủ tịch".into(),
            concurrent: None,
            name: Some("Hoàng Văn Mẫu".into()),
        },
        recipients: vec!["Các sở, ban, ngành".into(), "Ủy ban nhân dân các xã, phường".into(), "Lưu: VT, NC".into()],
        drafter: None,
        urgency: None,
        year: None,
        annexes: Vec::new(),
    }
}
