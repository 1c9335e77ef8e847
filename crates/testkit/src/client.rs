//! A browser: keeps cookies, sends forms and files, follows nothing by itself.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use bytes::Bytes;
use tower::ServiceExt;

/// A browser of one person.
#[derive(Clone)]
pub struct Client {
    site: Router,
    cookies: BTreeMap<String, String>,
    scripted: bool,
    further: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Answer {
    /// Body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Fails the test unless the status is this.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}\n{}", self.location(), self.text());
        self
    }

    /// Fails the test unless the page says this.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.text().contains(words), "the page does not say {words:?}:\n{}", self.text());
        self
    }
}

impl Client {
    pub(crate) fn new(site: Router) -> Self {
        Self { site, cookies: BTreeMap::new(), scripted: false, further: Vec::new() }
    }

    /// Signs in; the test fails when that is refused.
    pub async fn sign_in(&mut self, login: &str, password: &str) {
        self.post("/dang-nhap", &[("login", login), ("password", password)]).await.expect(303);
    }

    /// Sends this header too, until the next [`Client::ask`].
    pub fn header(&mut self, name: &str, value: &str) {
        self.further.push((name.to_owned(), value.to_owned()));
    }

    /// The token of its session.
    pub fn session(&self) -> Option<String> {
        self.cookies.get(platform::web::guard::COOKIE).cloned()
    }

    /// Takes over this token.
    pub fn set_session(&mut self, token: &str) {
        self.cookies.insert(platform::web::guard::COOKIE.to_owned(), token.to_owned());
    }

    /// `GET`
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// A request without a body by another method, or with further headers.
    pub async fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send_bytes(method, path, headers, Vec::new()).await
    }

    /// A request with these bytes and headers.
    pub async fn send_bytes(&mut self, method: &str, path: &str, headers: &[(&str, &str)], bytes: Vec<u8>) -> Answer {
        self.with_headers(method, path, headers, Body::from(bytes)).await
    }

    /// A request whose line breaks after these bytes.
    pub async fn send_broken(&mut self, method: &str, path: &str, headers: &[(&str, &str)], bytes: Vec<u8>) -> Answer {
        let broken = Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
        let pieces = futures::stream::iter([Ok(Bytes::from(bytes)), broken]);
        self.with_headers(method, path, headers, Body::from_stream(pieces)).await
    }

    async fn with_headers(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        self.further = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let method = method.parse().expect("a method");
        let answer = self.send(method, path, None, body).await;
        self.further.clear();
        answer
    }

    /// `POST` of a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| platform::web::guard::encode(text).replace('/', "%2F");
        let body: Vec<String> = fields.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect();
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded".into()), Body::from(body.join("&")))
            .await
    }

    /// `POST` of JSON.
    pub async fn post_json(&mut self, path: &str, body: &serde_json::Value) -> Answer {
        self.send(Method::POST, path, Some("application/json".into()), Body::from(body.to_string())).await
    }

    /// `POST` of a form with files: (field, file name, content).
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        const EDGE: &str = "----lantoa-test-edge";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, file, content) in files {
            let head = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{EDGE}--\r\n").bytes());
        self.send(Method::POST, path, Some(format!("multipart/form-data; boundary={EDGE}")), Body::from(body)).await
    }

    /// Like [`Client::upload`], as the script of the page does it: the answer is one line of the list of uploads.
    pub async fn upload_scripted(&mut self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Answer {
        self.scripted = true;
        let answer = self.upload(path, fields, &[file]).await;
        self.scripted = false;
        answer
    }

    async fn send(&mut self, method: Method, path: &str, kind: Option<String>, body: Body) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:8080");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if self.scripted {
            request = request.header("x-upload", "1");
        }
        for (name, value) in &self.further {
            request = request.header(name, value);
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let response = self.site.clone().oneshot(request.body(body).expect("a request")).await.expect("an answer");
        let (parts, body) = response.into_parts();
        for value in parts.headers.get_all(header::SET_COOKIE) {
            let text = value.to_str().unwrap_or_default();
            let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
            if let Some((name, value)) = pair.split_once('=') {
                if attributes.contains("Max-Age=0") {
                    self.cookies.remove(name);
                } else {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        Answer { status: parts.status, headers: parts.headers, body }
    }
}
