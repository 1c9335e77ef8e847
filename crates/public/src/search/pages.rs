//! The page of what was found, and suggestions while typing.

use askama::Template;
use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderValue, header},
    response::IntoResponse,
};
use platform::{
    App,
    search::{self, Asked as Wanted, Results},
    web::{Chrome, Result, page as rendered},
};

use crate::portal::{
    service::{Asked, site},
    views::Site,
};

#[derive(Template)]
#[template(path = "search/templates/search.html")]
struct SearchPage {
    site: Site,
    p: Chrome,
    results: Results,
}

/// `GET /tim-kiem`
pub(super) async fn page(State(app): State<App>, asked: Asked, Query(wanted): Query<Wanted>) -> Result {
    let site = site(&app, &asked).await?;
    let found = |query: &_, skip, count| search::find_public(&app, query, skip, count);
    let results = Results::of(&app, "/tim-kiem", wanted, found)?;
    rendered(&SearchPage { p: site.p.clone(), site, results })
}

/// `GET /tim-kiem/goi-y`: headings that begin like what was typed, as a list of JSON.
pub(super) async fn suggest(State(app): State<App>, Query(wanted): Query<Wanted>) -> Result {
    let all = search::suggest_public(&app, &wanted.q, 8)?;
    let titles: Vec<String> = all.into_iter().map(|(title, _)| title).collect();
    let cache = [(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"))];
    Ok((cache, Json(titles)).into_response())
}
