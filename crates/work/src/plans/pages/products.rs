//! Products that tasks expect, and who is how far with theirs.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use serde::Deserialize;

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
    /// Key of the stage asked for; nothing for all that are not out yet.
    stage: Option<&'static str>,
}

impl ProductsPage {
    /// Every stage: address, name, is it the one asked for?
    fn steps(&self) -> [(&'static str, &'static str, bool); 4] {
        Stage::ALL.map(|stage| (address(&stage), stage.label(), self.stage == Some(address(&stage))))
    }
}

struct Product {
    task: Task,
    path: String,
    /// How many agencies are at each stage.
    stages: Vec<(Stage, i64)>,
    /// Those that have not brought theirs out, the least advanced first; or those at the stage asked for.
    rows: Vec<Row>,
    more: i64,
}

/// Rows shown of one product.
const ROWS: usize = 100;

/// Which stage is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::plans) struct Wanted {
    buoc: String,
}

/// Key of a stage in an address.
fn address(stage: &Stage) -> &'static str {
    match stage {
        Stage::Nothing => "chua",
        Stage::Drafting => "tham-muu",
        Stage::Submitted => "trinh",
        Stage::Issued => "ban-hanh",
    }
}

/// `GET /ke-hoach/{id}/san-pham`
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Path(id): Path<Uuid>,
    Query(wanted): Query<Wanted>,
) -> Result {
    let c = app.db.read();
    let (plan, scope) = service::plan_in_sight(&app, &permit, id).await?;
    let today = app.clock.today();
    let stage = Stage::ALL.into_iter().find(|stage| address(stage) == wanted.buoc);
    let counts = store::product_stages(c, &scope, id).await?;
    let lines = store::product_lines(c, &scope, id, stage.map(Stage::key)).await?;
    let expecting = store::tasks(c, id).await?.into_iter().filter(Task::expects_product);
    let products = expecting.map(|task| {
        let own: Vec<_> = lines.iter().filter(|line| line.task_id == task.id).collect();
        let at = |stage: Stage| {
            let here = counts.iter().filter(|one| one.task_id == task.id && one.product_stage == stage.key());
            (stage, here.map(|one| one.n).sum())
        };
        Product {
            path: format!("/ke-hoach/{id}/nhiem-vu/{}", task.id),
            stages: Stage::ALL.map(at).into(),
            more: i64::try_from(own.len().saturating_sub(ROWS)).unwrap_or(0),
            rows: own.into_iter().take(ROWS).map(|line| Row::of(&p, line, today)).collect(),
            task,
        }
    });
    let products = products.collect();
    let stage = stage.as_ref().map(address);
    show(&ProductsPage { head: Head::of(&app, &p, &permit, &plan).await?, products, stage, p })
}
