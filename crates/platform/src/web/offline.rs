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

/// What a page needs besides itself.
const SHELL: [&str; 11] = [
    "app.css",
    "app.js",
    "designsystemet.css",
    "fonts/be-vietnam-pro-latin-400-normal.woff2",
    "fonts/be-vietnam-pro-vietnamese-400-normal.woff2",
    "htmx.min.js",
    "live.js",
    "mark.svg",
    "offline.js",
    "rules.js",
    "theme.css",
];

static WORKER: LazyLock<String> = LazyLock::new(|| {
    let shell = SHELL.map(assets::url);
    format!("const SHELL = {};\n{}", json!(shell), assets::text("sw.js"))
});

/// `GET /sw.js`: stands at the root, so that it may answer for every page; asked for anew each time, so that a new release is noticed.
pub(crate) async fn worker() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, WORKER.as_str()).into_response()
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
    let headers = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, body.to_string()).into_response()
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
