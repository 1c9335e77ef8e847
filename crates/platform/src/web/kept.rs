//! Pages for everybody are kept as they went over the wire and given again before anything else is done, until something that readers see changes.
//!
//! A handler marks its answer with [`Keep`]. What is given again has passed every layer once; only the number of the request is new.

use std::{
    collections::HashMap,
    convert::Infallible,
    future::{Ready, ready},
    hash::{BuildHasher, RandomState},
    net::SocketAddr,
    sync::{Arc, OnceLock, PoisonError, RwLock, atomic::Ordering},
    task::{Context, Poll},
    time::Instant,
};

use axum::{
    body::Body,
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    serve::IncomingStream,
};
use axum_prometheus::metrics::{self, Counter, Histogram};
use bytes::Bytes;
use futures::future::{BoxFuture, Either};
use kernel::time;
use tokio::{net::TcpListener, sync::Mutex};
use tower::Service;

use super::asked::{has, key};
use crate::{
    App,
    revision::{self, Watch},
    visits::{Seen, Views, Visits, robot},
};

/// On an answer: it is the same for everybody while this state of the public side lasts.
#[derive(Debug, Clone, Copy)]
pub struct Keep(pub Made);

/// For what a page was made: the state of the public side, and the day (yyyymmdd), since what is open or to come changes with it.
pub type Made = (i64, i64);

/// The state that holds now.
///
/// # Errors
/// When the database refuses.
pub async fn made(app: &App) -> kernel::Result<Made> {
    Ok((revision::current(app).await?, time::date_to_int(app.clock.today())))
}

/// Bytes that kept pages may take in all; then they are made anew.
const MOST: usize = 96 << 20;

/// Pages that are made at the same time; who asks for a page that is being made waits for it.
const MAKERS: usize = 64;

const ID: HeaderName = HeaderName::from_static("x-request-id");

/// A page as it went over the wire.
#[derive(Debug)]
struct Page {
    headers: HeaderMap,
    /// The headers of an answer that says only: you have it.
    unchanged: HeaderMap,
    body: Bytes,
    /// Where it is counted that somebody reads it.
    views: Option<Views>,
}

impl Page {
    fn size(&self) -> usize {
        self.body.len() + 2_000
    }
}

/// Pages that were made for one state and day.
#[derive(Default)]
struct Shelf {
    made: Made,
    bytes: usize,
    pages: HashMap<String, Arc<Page>>,
}

impl Shelf {
    /// Keeps a page made for a state; pages of older states are let go.
    fn put(&mut self, made: Made, key: String, page: Arc<Page>) {
        if made < self.made {
            return;
        }
        if made > self.made || self.bytes + page.size() > MOST {
            *self = Self { made, ..Self::default() };
        }
        self.bytes += page.size() + key.len();
        if let Some(before) = self.pages.insert(key, page) {
            self.bytes = self.bytes.saturating_sub(before.size());
        }
    }
}

/// What all connections share.
struct Shared {
    app: App,
    watch: Arc<Watch>,
    visits: Arc<Visits>,
    shelf: RwLock<Shelf>,
    makers: Vec<Mutex<()>>,
    hasher: RandomState,
    metered: bool,
}

impl Shared {
    fn get(&self, made: Made, key: &str) -> Option<Arc<Page>> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        if shelf.made == made { shelf.pages.get(key).cloned() } else { None }
    }

    /// The state that holds, where that is known without asking the database.
    fn known(&self) -> Option<Made> {
        Some((self.watch.fresh()?, time::date_to_int(self.app.clock.today())))
    }
}

/// The site with kept pages before it.
#[derive(Clone)]
pub struct Front<S> {
    shared: Arc<Shared>,
    inner: S,
    /// Who is at the other end of the connection; told to the site behind, which is asked only for what is not kept.
    peer: Option<SocketAddr>,
}

impl<S> Front<S> {
    /// `metered`: are pages that are given again to be measured?
    pub(super) fn new(app: &App, inner: S, metered: bool) -> Self {
        let shared = Shared {
            app: app.clone(),
            watch: app.memory.of::<Watch>(),
            visits: app.memory.of::<Visits>(),
            shelf: RwLock::default(),
            makers: (0..MAKERS).map(|_| Mutex::default()).collect(),
            hasher: RandomState::new(),
            metered,
        };
        Self { shared: Arc::new(shared), inner, peer: None }
    }

    fn told(&self, mut request: Request) -> Request {
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        request
    }
}

/// Gives each connection the site, without a router of its own before it.
impl<S: Clone> Service<IncomingStream<'_, TcpListener>> for Front<S> {
    type Response = Self;
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, stream: IncomingStream<'_, TcpListener>) -> Self::Future {
        ready(Ok(Self { peer: Some(*stream.remote_addr()), ..self.clone() }))
    }
}

impl<S> Service<Request> for Front<S>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, BoxFuture<'static, Result<Response, Infallible>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A clone of the inner service is made ready where one is needed.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let begun = Instant::now();
        let Some(key) = key(&request) else {
            let shared = self.shared.clone();
            let inner = self.inner.clone();
            let counted = request.method() == Method::GET && !robot(request.headers());
            let request = self.told(request);
            return Either::Right(Box::pin(async move {
                let response = tower::ServiceExt::oneshot(inner, request).await?;
                if counted {
                    count(&shared, &response);
                }
                Ok(response)
            }));
        };
        if let Some(page) = self.shared.known().and_then(|made| self.shared.get(made, &key)) {
            return Either::Left(ready(Ok(given(&self.shared, &page, &request, begun))));
        }
        let (shared, inner) = (self.shared.clone(), self.inner.clone());
        let request = self.told(request);
        Either::Right(Box::pin(async move {
            let maker = shared.hasher.hash_one(&key) as usize % MAKERS;
            let turn = match shared.makers.get(maker) {
                Some(maker) => Some(maker.lock().await),
                None => None,
            };
            // Somebody else may have made it meanwhile.
            if let Ok(made) = made(&shared.app).await
                && let Some(page) = shared.get(made, &key)
            {
                return Ok(given(&shared, &page, &request, begun));
            }
            let counted = !robot(request.headers());
            let response = tower::ServiceExt::oneshot(inner, request).await?;
            if counted {
                count(&shared, &response);
            }
            let response = keep(&shared, key, response).await;
            drop(turn);
            Ok(response)
        }))
    }
}

/// A kept page, given again.
fn given(shared: &Shared, page: &Page, request: &Request, begun: Instant) -> Response {
    let unchanged = page.headers.get(header::ETAG).is_some_and(|etag| has(request.headers(), etag));
    let (status, headers, body) = if unchanged {
        (StatusCode::NOT_MODIFIED, &page.unchanged, Body::empty())
    } else {
        (StatusCode::OK, &page.headers, Body::from(page.body.clone()))
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    headers.clone_into(response.headers_mut());
    if let Some(views) = &page.views
        && !robot(request.headers())
    {
        views.fetch_add(1, Ordering::Relaxed);
    }
    let id = super::router::request_id(request.headers());
    let path = request.uri().path();
    tracing::info!(id, method = "GET", path, status = status.as_u16(), milliseconds = 0u64, "request");
    if let Ok(value) = HeaderValue::try_from(id) {
        response.headers_mut().insert(ID, value);
    }
    if shared.metered {
        measure(unchanged, begun);
    }
    response
}

/// Counts a kept page as the other layers count the rest.
fn measure(unchanged: bool, begun: Instant) {
    static METERS: OnceLock<[(Counter, Histogram); 2]> = OnceLock::new();
    let meters = METERS.get_or_init(|| {
        ["200", "304"].map(|status| {
            let labels = [("method", "GET"), ("status", status), ("endpoint", "kept")];
            (
                metrics::counter!("axum_http_requests_total", &labels),
                metrics::histogram!("axum_http_requests_duration_seconds", &labels),
            )
        })
    });
    let [whole, short] = meters;
    let (count, duration) = if unchanged { short } else { whole };
    count.increment(1);
    duration.record(begun.elapsed().as_secs_f64());
}

/// Counts an answer that shows something to a reader and was not kept before.
fn count(shared: &Shared, response: &Response) {
    if let Some(seen) = response.extensions().get::<Seen>()
        && response.status() == StatusCode::OK
    {
        let today = time::date_to_int(shared.app.clock.today());
        shared.visits.of(today, *seen).fetch_add(1, Ordering::Relaxed);
    }
}

/// Keeps what a handler marked.
async fn keep(shared: &Shared, key: String, response: Response) -> Response {
    let Some(Keep(made)) = response.extensions().get::<Keep>().copied() else { return response };
    if response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = match axum::body::to_bytes(body, MOST).await {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "trang công khai");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let mut headers = parts.headers.clone();
    headers.remove(ID);
    headers.remove(header::CONTENT_LENGTH);
    let mut unchanged = headers.clone();
    unchanged.remove(header::CONTENT_TYPE);
    unchanged.remove(header::CONTENT_ENCODING);
    let views = parts.extensions.get::<Seen>().map(|seen| shared.visits.of(made.1, *seen));
    let page = Arc::new(Page { headers, unchanged, body: body.clone(), views });
    shared.shelf.write().unwrap_or_else(PoisonError::into_inner).put(made, key, page);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Arc<Page> {
        Arc::new(Page {
            headers: HeaderMap::new(),
            unchanged: HeaderMap::new(),
            body: Bytes::from_static(b"xin"),
            views: None,
        })
    }

    #[test]
    fn a_page_is_kept_for_its_state_only() {
        let mut shelf = Shelf::default();
        shelf.put((3, 20_261_109), "a".into(), page());
        shelf.put((4, 20_261_109), "b".into(), page());
        assert_eq!(shelf.pages.keys().collect::<Vec<_>>(), ["b"]);
        shelf.put((3, 20_261_109), "a".into(), page());
        assert_eq!((shelf.pages.len(), shelf.made), (1, (4, 20_261_109)));
        shelf.put((4, 20_261_110), "c".into(), page());
        assert_eq!(shelf.pages.keys().collect::<Vec<_>>(), ["c"]);
    }
}
