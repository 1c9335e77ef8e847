//! The list of plans, containers with what they hold.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use crate::letterhead::Letterhead;
use crate::plans::{
    forms::PlansQuery,
    policy::ReadPlans,
    service,
    store::{self, Plan, PlanCount, Scope},
    views::PlanRow,
};

#[derive(Template)]
#[template(path = "plans/templates/plans.html")]
struct PlansPage {
    p: Chrome,
    letterhead: Letterhead,
    query: PlansQuery,
    /// How many are followed now, and how many are of the past.
    counts: (usize, usize),
    rows: Vec<PlanRow>,
}

/// `GET /ke-hoach`
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Query(query): Query<PlansQuery>,
) -> Result {
    let scope = Scope::of(app.db.read(), &permit).await?;
    let mut plans = service::visible_plans(&app, &scope).await?;
    let past = plans.iter().filter(|plan| plan.history()).count();
    let counts = (plans.len() - past, past);
    match query.xem.as_str() {
        "tat-ca" => {}
        "lich-su" => plans.retain(Plan::history),
        _ => plans.retain(|plan| !plan.history()),
    }
    let ids: Vec<Uuid> = plans.iter().map(|plan| plan.id).collect();
    let days = service::days(app.clock.today());
    let done = store::plan_counts(app.db.read(), &ids, days.today, days.in_30).await?;
    let mut rows = Vec::with_capacity(plans.len());
    let top = |plan: &&Plan| plan.parent_id.is_none_or(|parent| !ids.contains(&parent));
    for plan in plans.iter().filter(top) {
        below(&p, &plans, &done, plan, 0, &mut rows);
    }
    let letterhead = Letterhead::of(&app, permit.actor()).await?;
    show(&PlansPage { p, letterhead, query, counts, rows })
}

fn below(p: &Chrome, plans: &[Plan], counts: &[PlanCount], plan: &Plan, depth: usize, out: &mut Vec<PlanRow>) {
    out.push(PlanRow::of(p, plan, counts.iter().find(|count| count.plan_id == plan.id), depth));
    if depth < 4 {
        for child in plans.iter().filter(|child| child.parent_id == Some(plan.id)) {
            below(p, plans, counts, child, depth + 1, out);
        }
    }
}
