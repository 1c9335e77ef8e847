//! Search for people who are signed in: what is not public and theirs to read.

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State},
};

use super::{
    find_inner,
    shown::{Asked, Results},
};
use crate::{
    App, Session,
    web::{Chrome, Result, guard, page as rendered},
};

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    p: Chrome,
    results: Results,
    /// The same words on the public side.
    public: String,
}

/// `GET /tra-cuu`
pub(super) async fn page(
    State(app): State<App>,
    p: Chrome,
    Extension(session): Extension<Session>,
    Query(asked): Query<Asked>,
) -> Result {
    let find = |query: &_, skip, count| find_inner(&app, &session.actor, query, skip, count);
    let public = format!("/tim-kiem?{}", guard::query([("q", asked.q.as_str())]).trim_end_matches('&'));
    let results = Results::of(&app, "/tra-cuu", asked, find)?;
    rendered(&SearchPage { p, results, public })
}
