//! What the overview of leaders takes from plans.

use kernel::{Actor, Page, Paging, Permit, Result, Uuid};
use platform::App;

use super::{days, visible_plans};
use crate::plans::{
    policy::ReadPlans,
    store::{self, Scope},
};

/// How a plan stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlanProgress {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub total: i64,
    pub done: i64,
    pub late: i64,
    pub soon: i64,
}

/// Plans in force that a person sees, and how they stand, from the kept totals.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn plans_progress(app: &App, actor: &Actor) -> Result<Vec<PlanProgress>> {
    let Some(permit) = Permit::<ReadPlans>::of(actor) else { return Ok(Vec::new()) };
    let c = app.db.read();
    let scope = Scope::of(c, &permit).await?;
    let mut plans = visible_plans(app, &scope).await?;
    plans.retain(|plan| plan.active() && !plan.history());
    let ids: Vec<Uuid> = plans.iter().map(|plan| plan.id).collect();
    let days = days(app.clock.today());
    let counts = store::plan_counts(c, &ids, days.today, days.in_30).await?;
    let row = |plan: store::Plan| {
        let count = counts.iter().find(|count| count.plan_id == plan.id).cloned().unwrap_or_default();
        PlanProgress {
            id: plan.id,
            number: plan.number,
            title: plan.title,
            total: count.total,
            done: count.done,
            late: count.late,
            soon: count.soon,
        }
    };
    Ok(plans.into_iter().map(row).collect())
}

/// An agency, and what became of its obligations.
pub(crate) use crate::plans::store::AgencyProgress;

/// The agencies whose obligations a person sees, those with most late first.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn agencies_progress(app: &App, actor: &Actor, paging: Paging) -> Result<Page<AgencyProgress>> {
    let Some(permit) = Permit::<ReadPlans>::of(actor) else {
        return Ok(Page { rows: Vec::new(), total: 0, paging });
    };
    let c = app.db.read();
    let scope = Scope::of(c, &permit).await?;
    let rows = store::agencies_progress(c, &scope, days(app.clock.today()).today, paging).await?;
    let total = store::agencies_in_sight(c, &scope).await?;
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0), paging })
}
