//! An article of law to be copied into a text.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Error, FieldErrors, Permit};
use platform::{
    App,
    web::{Chrome, Result, form, page as show, page_invalid},
};

use crate::publications::{
    forms::QuoteQuery,
    policy::WritePublications,
    service::{Quotable, quotable},
};

#[derive(Template)]
#[template(path = "publications/templates/quote.html")]
struct QuotePage {
    p: Chrome,
    query: QuoteQuery,
    errors: FieldErrors,
    found: Option<Quotable>,
}

/// `GET /toa-soan/trich-luat`
pub(in crate::publications) async fn page(
    State(app): State<App>,
    p: Chrome,
    _permit: Permit<WritePublications>,
    Query(query): Query<QuoteQuery>,
) -> Result {
    if query.so.is_empty() && query.dieu.is_empty() {
        return show(&QuotePage { p, query, errors: FieldErrors::default(), found: None });
    }
    let mut errors = FieldErrors::default();
    let number = form::required(&mut errors, "so", &query.so, 100);
    let article = form::required(&mut errors, "dieu", &query.dieu, 20);
    let day = form::date(&mut errors, "ngay", &query.ngay).unwrap_or_else(|| app.clock.today());
    let article = article.trim_start_matches("Điều ").trim_start_matches("điều ").to_lowercase();
    let outcome = match errors.into_result(()) {
        Ok(()) => quotable(&app, &number, &article, day).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(found) => show(&QuotePage { p, query, errors: FieldErrors::default(), found: Some(found) }),
        Err(Error::Invalid(errors)) => page_invalid(&QuotePage { p, query, errors, found: None }),
        Err(error) => Err(error.into()),
    }
}
