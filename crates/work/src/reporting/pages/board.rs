//! `/ky-bao-cao/bang`: completeness and timeliness across periods.

use askama::Template;
use axum::extract::{Query, State};
use kernel::Permit;
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use crate::reporting::{forms::BoardForm, policy::ReadReports, service, views::BoardView};

#[derive(Template)]
#[template(path = "reporting/templates/board.html")]
struct BoardPage {
    p: Chrome,
    query: BoardForm,
    form: String,
    level: String,
    forms: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    board: BoardView,
}

/// `GET /ky-bao-cao/bang`
pub(in crate::reporting) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadReports>,
    Query(query): Query<BoardForm>,
) -> Result {
    let mut board = service::board(&app, &permit, &query.query()?).await?;
    let (forms, levels) = (std::mem::take(&mut board.forms), board.levels.clone());
    let form = board.rounds.last().map(|round| round.form_key.clone()).unwrap_or_default();
    let level = board.level.clone();
    let board = BoardView::of(&p, board, app.clock.today());
    show(&BoardPage { p, query, form, level, forms, levels, board })
}
