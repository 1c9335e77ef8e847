//! Products that tasks expect, and who still lacks theirs.

use askama::Template;
use axum::extract::{Path, State};
use kernel::{Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use super::Head;
use crate::plans::{
    model::kind::Stage,
    policy::ReadPlans,
    service,
    store::{self, Task},
    views::Row,
};

#[derive(Template)]
#[template(path = "plans/templates/products.html")]
struct ProductsPage {
    p: Chrome,
    head: Head,
    products: Vec<Product>,
}

struct Product {
    task: Task,
    path: String,
    /// How many agencies are at each stage.
    stages: Vec<(&'static str, i64)>,
    /// Those that have not issued theirs, the least advanced first.
    lacking: Vec<Row>,
    more: i64,
}

/// Rows shown of one product.
const ROWS: usize = 100;

/// `GET /ke-hoach/{id}/san-pham`
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Path(id): Path<Uuid>,
) -> Result {
    let c = app.db.read();
    let (plan, scope) = service::plan_in_sight(&app, &permit, id).await?;
    let today = app.clock.today();
    let lines = store::product_lines(c, &scope, id).await?;
    let expecting =
        store::tasks(c, id).await?.into_iter().filter(|task| !task.product.is_empty() || !task.product_kind.is_empty());
    let products = expecting.map(|task| {
        let own: Vec<_> = lines.iter().filter(|line| line.task_id == task.id).collect();
        let at = |stage: Stage| own.iter().filter(|line| line.product_stage == stage.key()).count();
        let lacking: Vec<_> = own.iter().filter(|line| line.product_stage != Stage::Issued.key()).collect();
        Product {
            path: format!("/ke-hoach/{id}/nhiem-vu/{}", task.id),
            stages: Stage::ALL.map(|stage| (stage.label(), i64::try_from(at(stage)).unwrap_or(0))).into(),
            more: i64::try_from(lacking.len().saturating_sub(ROWS)).unwrap_or(0),
            lacking: lacking.into_iter().take(ROWS).map(|line| Row::of(&p, line, today)).collect(),
            task,
        }
    });
    let products = products.collect();
    show(&ProductsPage { head: Head::of(&app, &p, &permit, &plan).await?, products, p })
}
