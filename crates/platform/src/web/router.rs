//! All slices' routes under one roof, with the layers every request goes through.

use std::time::Instant;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
};
use axum_prometheus::{PrometheusMetricLayer, metrics_exporter_prometheus::PrometheusHandle};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer};

use super::{errors, guard, kept::Front};
use crate::{App, audit};

/// The whole site, to be asked without a connection.
///
/// # Errors
/// When the public address cannot be an origin.
pub fn router(app: &App) -> kernel::Result<Router> {
    Ok(Router::new().fallback_service(Front::new(app, site(app)?, false)))
}

/// The whole site, to be served; where it is measured, the handle renders the metrics.
///
/// # Errors
/// See [`router`].
pub fn front(app: &App, measured: bool) -> kernel::Result<(Front<Router>, Option<PrometheusHandle>)> {
    if measured {
        let (layer, handle) = PrometheusMetricLayer::pair();
        Ok((Front::new(app, site(app)?.layer(layer), true), Some(handle)))
    } else {
        Ok((Front::new(app, site(app)?, false), None))
    }
}

/// Somebody without an account who looks at pages of this site, made anew each time and without being counted.
pub struct Onlooker(Router);

impl Onlooker {
    /// # Errors
    /// See [`router`].
    pub fn new(app: &App) -> kernel::Result<Self> {
        site(app).map(Self)
    }

    /// What is met at a path and where it leads, as HTTP has it; 401 where one is asked to sign in, 400 for what is no path.
    pub async fn meets(&self, path: &str) -> u16 {
        const HOPS: usize = 5;
        let mut path = path.to_owned();
        for _ in 0..HOPS {
            let Ok(request) = Request::builder().uri(&path).body(axum::body::Body::empty()) else { return 400 };
            let Ok(response) = tower::ServiceExt::oneshot(self.0.clone(), request).await;
            let leads = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
            if leads.starts_with("/dang-nhap") {
                return 401;
            }
            if !leads.starts_with('/') {
                return response.status().as_u16();
            }
            leads.clone_into(&mut path);
        }
        StatusCode::LOOP_DETECTED.as_u16()
    }
}

/// Every route with the layers.
fn site(app: &App) -> kernel::Result<Router> {
    let mut site: Router<App> = Router::new();
    for slice in app.slices {
        for route in (slice.routes)().0 {
            site = site.route(route.path, route.handler);
        }
    }
    let origin = app.config.server.public_url.trim_end_matches('/').to_owned();
    let csrf = CsrfLayer::new()
        .add_trusted_origin(&origin)
        .map_err(|e| kernel::Error::invalid("server.public_url", format!("Địa chỉ công khai không hợp lệ: {e}")))?;
    let limit = app.config.server.upload_mb.saturating_mul(1 << 20).saturating_add(1 << 20);
    Ok(site
        .fallback(|| async { super::Fail(kernel::Error::NotFound) })
        .layer(DefaultBodyLimit::max(limit))
        .layer(csrf)
        .layer(middleware::from_fn_with_state(app.clone(), errors::show))
        .layer(middleware::from_fn_with_state(app.clone(), guard::load_session))
        .layer(middleware::from_fn_with_state(app.clone(), security_headers))
        .layer(CatchPanicLayer::custom(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response()))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(trace))
        .with_state(app.clone()))
}

/// `GET /favicon.ico`
pub(crate) async fn favicon() -> Redirect {
    Redirect::permanent("/assets/mark.svg")
}

/// `GET /healthz`: does the database answer?
pub(crate) async fn health(State(app): State<App>) -> Response {
    match store::scalar(app.db.read(), "SELECT CAST(1 AS BIGINT)", vec![]).await {
        Ok(_) => (StatusCode::OK, [(header::CONTENT_TYPE, "text/plain")], "ok\n").into_response(),
        Err(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_TYPE, "text/plain")], "database\n").into_response()
        }
    }
}

/// `GET /ngon-ngu/{code}`: the language from here on, kept in a cookie.
pub(crate) async fn language(axum::extract::Path(code): axum::extract::Path<String>, request: Request) -> Response {
    let code = crate::Lang::from_code(&code).code();
    let cookie = format!("lang={code}; Path=/; SameSite=Lax; Max-Age=31536000");
    let back = guard::came_from(request.headers()).unwrap_or_else(|| "/".into());
    ([(header::SET_COOKIE, cookie)], Redirect::to(&back)).into_response()
}

async fn security_headers(State(app): State<App>, request: Request, next: Next) -> Response {
    const CSP: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                       object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    // What people sent is nothing but bytes to a browser, even when it is opened by itself.
    const INERT: &str = "default-src 'none'; sandbox; frame-ancestors 'self'";
    let inert = ["/anh/", "/tep/"].iter().any(|path| request.uri().path().starts_with(path));
    let asset = request.uri().path().starts_with(guard::ASSETS);
    let had_flash =
        request.headers().get_all(header::COOKIE).iter().any(|v| v.to_str().is_ok_and(|v| v.contains("flash=")));
    let mut response = next.run(request).await;
    let shown = had_flash && response.status().is_success() && !asset;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, if inert { INERT } else { CSP });
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    if shown {
        headers.append(header::SET_COOKIE, HeaderValue::from_static("flash=; Path=/; Max-Age=0"));
    }
    if app.config.secure() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
        only_over_tls(headers);
    }
    if !asset && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Every cookie goes over TLS only, whoever set it.
fn only_over_tls(headers: &mut HeaderMap) {
    let header::Entry::Occupied(mut cookies) = headers.entry(header::SET_COOKIE) else { return };
    for value in cookies.iter_mut() {
        let text = value.to_str().unwrap_or_default();
        if !text.split(';').any(|part| part.trim().eq_ignore_ascii_case("secure"))
            && let Ok(secure) = HeaderValue::from_str(&format!("{text}; Secure"))
        {
            *value = secure;
        }
    }
}

/// The number of a request: as whoever stands before this program gave it, or a new one.
pub(super) fn request_id(headers: &HeaderMap) -> String {
    headers
        .get("x-request-id")
        .and_then(|value| value.to_str().ok())
        .filter(|id| !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        .map_or_else(|| kernel::new_id().to_string(), str::to_owned)
}

async fn trace(request: Request, next: Next) -> Response {
    let id = request_id(request.headers());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let begun = Instant::now();
    let span = tracing::info_span!("request", id);
    let work = audit::REQUEST_ID.scope(id.clone(), next.run(request));
    let mut response = tracing::Instrument::instrument(work, span).await;
    let milliseconds = begun.elapsed().as_millis() as u64;
    tracing::info!(id, %method, path, status = response.status().as_u16(), milliseconds, "request");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
