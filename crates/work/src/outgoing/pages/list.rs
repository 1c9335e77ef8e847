//! The list of papers.

use askama::Template;
use axum::extract::{Query, State as Ctx};
use kernel::Permit;
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use crate::outgoing::{
    forms::ListQuery,
    model::State,
    policy::{DraftPapers, ReadPapers},
    service,
    views::Row,
};

#[derive(Template)]
#[template(path = "outgoing/templates/list.html")]
struct ListPage {
    p: Chrome,
    rows: Vec<Row>,
    state: Option<State>,
    drafts: bool,
}

/// `GET /van-ban-di`
pub(in crate::outgoing) async fn page(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<ReadPapers>,
    Query(query): Query<ListQuery>,
) -> Result {
    let state = State::from_key(&query.tt);
    let rows = service::list(&app, &permit, state).await?.iter().map(Row::of).collect();
    let drafts = Permit::<DraftPapers>::of(permit.actor()).is_some();
    show(&ListPage { p, rows, state, drafts })
}
