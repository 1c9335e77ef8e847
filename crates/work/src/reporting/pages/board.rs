//! `/ky-bao-cao/bang`: completeness and timeliness across periods.

use askama::Template;
use axum::extract::{Query, State};
use kernel::Permit;
use platform::{
    App,
    web::{Chrome, Result, Take, page as show},
};

use crate::reporting::{
    forms::BoardForm,
    policy::ReadReports,
    service,
    views::{BoardView, takeaway},
};

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

impl BoardPage {
    /// Where chart and table are taken away.
    fn away(&self) -> String {
        format!("?{}", self.query.kept())
    }
}

/// `GET /ky-bao-cao/bang`: the page, or its chart and table taken away.
pub(in crate::reporting) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadReports>,
    Query(query): Query<BoardForm>,
    Query(take): Query<Take>,
) -> Result {
    let mut board = service::board(&app, &permit, &query.query()?).await?;
    if take.away() {
        return Ok(take.file(takeaway(&p, &board)).await?);
    }
    let (forms, levels) = (std::mem::take(&mut board.forms), board.levels.clone());
    let form = board.rounds.last().map(|round| round.form_key.clone()).unwrap_or_default();
    let level = board.level.clone();
    let board = BoardView::of(&p, board, app.clock.today());
    show(&BoardPage { p, query, form, level, forms, levels, board })
}
