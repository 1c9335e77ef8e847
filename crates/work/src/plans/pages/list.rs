//! The list of obligations, of one plan and over all, and the same as a workbook.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Page, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Result, XLSX, download, page as show},
};

use super::Head;
use crate::letterhead::Letterhead;
use crate::plans::{
    forms::ListQuery,
    model::state::State as Stage,
    policy::ReadPlans,
    service::{self, Counts},
    store::Plan,
    views::{Row, number},
};

#[derive(Template)]
#[template(path = "plans/templates/list.html")]
struct ListPage {
    p: Chrome,
    head: Option<Head>,
    letterhead: Letterhead,
    base: String,
    query: ListQuery,
    list: Page<Row>,
    counts: Counts,
    plans: Vec<Plan>,
    waiting: i64,
    fresh: i64,
    /// Duties of papers of the past, which are left out unless they are asked for.
    past: i64,
    /// Too many agencies have the name that is asked for.
    cut: bool,
}

impl ListPage {
    /// What stands behind a plan to choose: how many there are, unless one is chosen.
    fn plan_note(&self, plan: &Plan) -> String {
        if plan.history() {
            return format!("({})", self.p.t("hồ sơ lịch sử"));
        }
        let n = self.counts.plans.get(&plan.id).copied().unwrap_or(0);
        if self.query.kh.is_empty() { format!("({})", number(n)) } else { String::new() }
    }
}

async fn list(app: App, p: Chrome, permit: Permit<ReadPlans>, plan: Option<Uuid>, query: ListQuery) -> Result {
    let listing = service::listing(&app, &permit, &query.query(plan), query.paging()).await?;
    let today = app.clock.today();
    let head = match listing.plan.as_ref().filter(|_| plan.is_some()) {
        Some(plan) => Some(Head::of(&app, &p, &permit, plan).await?),
        None => None,
    };
    let letterhead = match &head {
        Some(head) => head.letterhead.clone(),
        None => Letterhead::of(&app, permit.actor()).await?,
    };
    let rows = Row::with_activities(&app, &p, &listing.page.rows, today).await?;
    let state = |key: Stage| listing.counts.states.iter().find(|(state, _)| *state == key).map_or(0, |(_, n)| *n);
    let view = ListPage {
        base: plan.map_or_else(|| "/nhiem-vu".to_owned(), |id| format!("/ke-hoach/{id}/danh-sach")),
        past: state(Stage::Historical),
        head,
        letterhead,
        query,
        list: Page { rows, total: listing.page.total, paging: listing.page.paging },
        waiting: state(Stage::Submitted),
        fresh: state(Stage::New),
        counts: listing.counts,
        plans: listing.plans,
        cut: listing.cut,
        p,
    };
    show(&view)
}

/// `GET /ke-hoach/{id}/danh-sach`
pub(in crate::plans) async fn of_plan(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Path(id): Path<Uuid>,
    Query(query): Query<ListQuery>,
) -> Result {
    list(app, p, permit, Some(id), query).await
}

/// `GET /nhiem-vu`
pub(in crate::plans) async fn of_all(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Query(query): Query<ListQuery>,
) -> Result {
    list(app, p, permit, None, query).await
}

/// `GET /ke-hoach/{id}/danh-sach.xlsx`
pub(in crate::plans) async fn workbook_of_plan(
    State(app): State<App>,
    permit: Permit<ReadPlans>,
    Path(id): Path<Uuid>,
    Query(query): Query<ListQuery>,
) -> Result {
    let bytes = service::export(&app, &permit, &query.query(Some(id))).await?;
    Ok(download("nhiem-vu.xlsx", XLSX, bytes))
}

/// `GET /nhiem-vu.xlsx`
pub(in crate::plans) async fn workbook_of_all(
    State(app): State<App>,
    permit: Permit<ReadPlans>,
    Query(query): Query<ListQuery>,
) -> Result {
    let bytes = service::export(&app, &permit, &query.query(None)).await?;
    Ok(download("nhiem-vu.xlsx", XLSX, bytes))
}
