//! What keeps the entry pages usable without a line: the service worker, the description for installing, the page of what waits to be sent.
//!
//! The browser keeps entry pages and what is typed into them, by person; the slices take it in with their own rules (`/api/…`).

use std::sync::LazyLock;

use askama::Template;
use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{Chrome, Result, assets, guard::SignedIn, page};

/// What a page that a reader saved needs besides itself.
const READING: [&str; 8] = [
    "fonts/be-vietnam-pro-latin-400-normal.woff2",
    "fonts/be-vietnam-pro-latin-600-normal.woff2",
    "fonts/be-vietnam-pro-vietnamese-400-normal.woff2",
    "fonts/be-vietnam-pro-vietnamese-600-normal.woff2",
    "mark.svg",
    "portal.css",
    "reading.js",
    "saved.js",
];

/// What a page for entry needs besides itself and that.
const SHELL: [&str; 8] =
    ["app.css", "app.js", "designsystemet.css", "htmx.min.js", "live.js", "offline.js", "rules.js", "theme.css"];

/// The worker of staff, who may read as well.
static WORKER: LazyLock<String> = LazyLock::new(|| script(&[&SHELL[..], &READING[..]].concat()));

/// The worker of readers: the same with less to fetch. Whoever signs in in that browser later gets the other one in its place.
static READER: LazyLock<String> = LazyLock::new(|| script(&READING));

fn script(shell: &[&str]) -> String {
    let shell: Vec<String> = shell.iter().map(|name| assets::url(name)).collect();
    format!("const SHELL = {};\n{}", json!(shell), assets::text("sw.js"))
}

/// `GET /sw.js`: stands at the root, so that it may answer for every page; asked for anew each time, so that a new release is noticed.
pub(crate) async fn worker() -> Response {
    served(&WORKER)
}

/// `GET /doc.js`: the worker of a browser whose reader saved something; it stands at the root for the same reason.
pub(crate) async fn reader() -> Response {
    served(&READER)
}

fn served(script: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, script).into_response()
}

/// `GET /cong.webmanifest`: how the portal is installed as an application.
pub(crate) async fn portal_manifest() -> Response {
    let picture = |size: u32| {
        let (src, sizes) = (assets::url(&format!("icon-{size}.png")), format!("{size}x{size}"));
        json!({ "src": src, "sizes": sizes, "type": "image/png", "purpose": "any maskable" })
    };
    let body = json!({
        "id": "/trang-chu",
        "name": "Cổng phổ biến, giáo dục pháp luật",
        "short_name": "Pháp luật",
        "lang": "vi",
        "start_url": "/trang-chu",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf7f1",
        "theme_color": "#1e3566",
        "icons": [
            { "src": assets::url("mark.svg"), "sizes": "any", "type": "image/svg+xml" }, picture(192), picture(512)
        ],
        "shortcuts": [{ "name": "Trang đã lưu", "url": "/da-luu" }, { "name": "Luật cho tôi", "url": "/luat-cho-toi" }],
    });
    manifest_of(&body)
}

fn manifest_of(body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, body.to_string()).into_response()
}

/// `GET /manifest.webmanifest`: how the site is installed as an application.
pub(crate) async fn manifest() -> Response {
    let icon = json!({ "src": assets::url("mark.svg"), "sizes": "any", "type": "image/svg+xml" });
    let shortcut = |name: &str, url: &str| json!({ "name": name, "url": url });
    let body = json!({
        "id": "/",
        "name": "Lan Tỏa: phổ biến, giáo dục pháp luật",
        "short_name": "Lan Tỏa",
        "lang": "vi",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#1e3566",
        "icons": [icon],
        "shortcuts": [shortcut("Ghi hoạt động", "/hoat-dong/moi"), shortcut("Chờ gửi", "/cho-gui")],
    });
    manifest_of(&body)
}

#[derive(Template)]
#[template(path = "waiting.html")]
struct Waiting {
    p: Chrome,
}

/// `GET /cho-gui`: what this browser keeps and has not sent; the list is made by the browser.
pub(crate) async fn waiting(p: Chrome, _: SignedIn) -> Result {
    page(&Waiting { p })
}

/// `GET /cho-gui/nguoi`: who is signed in, asked before anything is sent that another person of the same browser may have typed.
pub(crate) async fn who(SignedIn(actor): SignedIn) -> Json<Value> {
    Json(json!({ "person": actor.user }))
}
