//! `/tong-quan` and what can be taken away from it.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Error, Page, Permit};
use platform::{
    App,
    web::{Chrome, Result, download, page as show},
};

use crate::letterhead::Letterhead;

use super::{
    forms::OverviewQuery,
    policy::ReadOverview,
    service,
    views::{Figure, Kpi, figures as figures_of, kpis},
};

/// Width of a picture that is taken away.
const WIDTH: u32 = 1600;

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

/// `GET /tong-quan`
pub(super) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadOverview>,
    Query(query): Query<OverviewQuery>,
) -> Result {
    let overview = service::overview(&app, &permit, query.paging()).await?;
    let (kpis, figures) = (kpis(&p, &overview), figures_of(&p, &overview, query.by_turns()));
    let rows = overview.agencies.rows.iter().map(|_| ()).collect();
    let agencies = Page { rows, total: overview.agencies.total, paging: overview.agencies.paging };
    let letterhead = Letterhead::of(&app, permit.actor()).await?;
    show(&OverviewPage { p, letterhead, query, kpis, figures, agencies })
}

async fn one(app: &App, p: &Chrome, permit: &Permit<ReadOverview>, query: &OverviewQuery) -> kernel::Result<Figure> {
    let overview = service::overview(app, permit, query.paging()).await?;
    let mut all = figures_of(p, &overview, query.by_turns()).into_iter();
    let wanted = if query.hinh.is_empty() { "hoat-dong" } else { query.hinh.as_str() };
    all.find(|figure| figure.key == wanted).ok_or(Error::NotFound)
}

/// `GET /tong-quan/hinh.png`
pub(super) async fn picture(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadOverview>,
    Query(query): Query<OverviewQuery>,
) -> Result {
    let figure = one(&app, &p, &permit, &query).await?;
    if figure.svg.is_empty() {
        return Err(Error::NotFound.into());
    }
    let name = format!("{}.png", figure.key);
    // Drawing takes a while: not on a thread that answers requests.
    let drawn = tokio::task::spawn_blocking(move || press::chart::png(&figure.svg, WIDTH)).await;
    let bytes = drawn.map_err(Error::internal)?.map_err(Error::internal)?;
    Ok(download(&name, "image/png", bytes))
}

/// `GET /tong-quan/so-lieu.csv`
pub(super) async fn figures(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadOverview>,
    Query(query): Query<OverviewQuery>,
) -> Result {
    let figure = one(&app, &p, &permit, &query).await?;
    Ok(download(&format!("{}.csv", figure.key), "text/csv; charset=utf-8", press::write_csv(&figure.sheet())))
}
