//! `/tong-quan`, and what can be taken away from it.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Error, Page, Permit};
use platform::{
    App,
    web::{Chrome, Result, Take, page as show},
};

use crate::letterhead::Letterhead;

use super::{
    forms::OverviewQuery,
    policy::ReadOverview,
    service,
    views::{Figure, Kpi, figures as figures_of, kpis},
};

#[derive(Template)]
#[template(path = "overview/templates/overview.html")]
struct OverviewPage {
    p: Chrome,
    letterhead: Letterhead,
    query: OverviewQuery,
    kpis: Vec<Kpi>,
    figures: Vec<Figure>,
    agencies: Page<()>,
}

impl OverviewPage {
    /// Where a figure is taken away.
    fn away(&self, figure: &Figure) -> String {
        format!("?{}hinh={}&", self.query.kept(), figure.key)
    }
}

/// `GET /tong-quan`: the page, or one of its figures taken away.
pub(super) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadOverview>,
    Query(query): Query<OverviewQuery>,
    Query(take): Query<Take>,
) -> Result {
    let overview = service::overview(&app, &permit, query.paging()).await?;
    let figures = figures_of(&p, &overview, query.by_turns());
    if take.away() {
        let wanted = figures.into_iter().find(|figure| figure.key == query.hinh).ok_or(Error::NotFound)?;
        return Ok(take.file(wanted.takeaway()).await?);
    }
    let kpis = kpis(&p, &overview);
    let rows = overview.agencies.rows.iter().map(|_| ()).collect();
    let agencies = Page { rows, total: overview.agencies.total, paging: overview.agencies.paging };
    let letterhead = Letterhead::of(&app, permit.actor()).await?;
    show(&OverviewPage { p, letterhead, query, kpis, figures, agencies })
}
