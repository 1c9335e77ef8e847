//! Readers: connections that stay open and ask again and again.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

pub(crate) fn request(path: &str) -> Vec<u8> {
    // What calls itself nothing would be a robot, whose reading is not counted.
    format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36\r\n\
         Accept-Encoding: gzip, deflate, br\r\nAccept: text/html\r\n\r\n"
    )
    .into_bytes()
}

/// One connection that asks again and again.
pub(crate) struct Reader {
    stream: TcpStream,
    pub(crate) buffer: Vec<u8>,
}

impl Reader {
    pub(crate) async fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("an option");
        Self { stream, buffer: vec![0; 256 << 10] }
    }

    /// Sends the bytes and reads one answer: status, end of the head, length in all.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> (u16, usize, usize) {
        self.stream.write_all(request).await.expect("sent");
        let (mut have, mut head, mut whole) = (0, 0, usize::MAX);
        while have < whole {
            let read = self.stream.read(&mut self.buffer[have..]).await.expect("an answer");
            assert!(read > 0, "the connection was closed");
            have += read;
            if head == 0
                && let Some(at) = self.buffer[..have].windows(4).position(|four| four == b"\r\n\r\n")
            {
                head = at + 4;
                let text = String::from_utf8_lossy(&self.buffer[..at]).to_ascii_lowercase();
                let length =
                    text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
                whole = head + length.unwrap_or(0);
                if whole > self.buffer.len() {
                    self.buffer.resize(whole, 0);
                }
            }
        }
        let status = std::str::from_utf8(&self.buffer[9..12]).ok().and_then(|code| code.parse().ok()).unwrap_or(0);
        (status, head, whole)
    }
}

/// What readers met in some seconds.
#[derive(Default)]
pub(crate) struct Met {
    pub(crate) per_second: f64,
    /// Milliseconds, in order.
    times: Vec<f64>,
}

impl Met {
    pub(crate) fn at(&self, part: f64) -> f64 {
        let last = self.times.len().saturating_sub(1);
        self.times.get((last as f64 * part) as usize).copied().unwrap_or(0.0)
    }
}

/// Readers that ask without a pause, or (`pause`) with one.
pub(crate) async fn readers(
    address: &str,
    count: usize,
    paths: &[String],
    seconds: u64,
    pause: Option<Duration>,
) -> Met {
    let requests: Arc<Vec<Vec<u8>>> = Arc::new(paths.iter().map(|path| request(path)).collect());
    let begun = Instant::now();
    let end = begun + Duration::from_secs(seconds);
    let mut all = JoinSet::new();
    for n in 0..count {
        let (requests, address) = (requests.clone(), address.to_owned());
        all.spawn(async move {
            let mut reader = Reader::to(&address).await;
            let mut times = Vec::new();
            let mut at = n;
            if let Some(pause) = pause {
                tokio::time::sleep(pause.mul_f64(n as f64 / count as f64)).await;
            }
            while Instant::now() < end {
                let asked = Instant::now();
                let (status, ..) = reader.ask(&requests[at % requests.len()]).await;
                assert_eq!(status, 200);
                times.push(asked.elapsed().as_secs_f64() * 1000.0);
                at += 1;
                if let Some(pause) = pause {
                    tokio::time::sleep(pause).await;
                }
            }
            times
        });
    }
    let mut times: Vec<f64> = all.join_all().await.into_iter().flatten().collect();
    let per_second = times.len() as f64 / begun.elapsed().as_secs_f64();
    times.sort_unstable_by(f64::total_cmp);
    Met { per_second, times }
}
