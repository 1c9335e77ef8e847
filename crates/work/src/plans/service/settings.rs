//! What can be set on a plan and on the product a task expects.

use std::collections::HashMap;

use chrono::Datelike;
use kernel::{Error, Permit, Result, Uuid, time};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::{directory::Span, expand::fill, object};
use crate::plans::{
    policy::ManagePlans,
    store::{self, Plan, PlanSettings, Which},
};

/// Sets kind, container, years, the end of its year and the reviews of a plan. Obligations already made stay; what the
/// new settings ask for besides is added.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`].
pub(crate) async fn set_settings(
    app: &App,
    permit: &Permit<ManagePlans>,
    id: Uuid,
    settings: PlanSettings,
) -> Result<()> {
    let plan = object::plan_to_manage(app, permit, id).await?;
    if let Some(parent) = settings.parent {
        let found = store::plan(app.db.read(), parent).await?;
        if found.is_none() || store::plan_is_above(app.db.read(), plan.id, parent).await? {
            return Err(Error::invalid("thuoc", "Kế hoạch bao trùm không hợp lệ: không thể nằm trong chính nó."));
        }
    }
    let tx = app.db.begin().await?;
    store::set_plan_settings(&tx, id, &settings).await?;
    let detail = json!({ "kind": settings.kind, "parent": settings.parent, "years": settings.years, "year_end": settings.year_end,
        "interim": settings.interim, "final": settings.finale });
    let entry = Entry { action: "plans.settings", subject: "plan", id: Some(id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    if plan.state == "active"
        && let Some(plan) = store::plan(app.db.read(), id).await?
    {
        redate(app, &plan).await?;
        fill(app, &plan, Span::From(app.clock.today()), None).await?;
    }
    Ok(())
}

/// Moves open duties to the days that the settings now give, except those whose day was decided by somebody.
async fn redate(app: &App, plan: &Plan) -> Result<()> {
    let c = app.db.read();
    let through = app.clock.today().year() + 1;
    let mut days: HashMap<(Uuid, String), i64> = HashMap::new();
    let events = store::events(c, plan.id).await?;
    for task in store::tasks(c, plan.id).await? {
        for due in task.dues(&events, plan.settings(), through) {
            if let Some(date) = due.date {
                days.insert((task.id, due.period), time::date_to_int(date));
            }
        }
    }
    let live = store::obligations_of(c, plan.id, Which::Live).await?;
    let moved = live.into_iter().filter_map(|row| {
        let day = *days.get(&(row.task_id, row.period.clone()))?;
        let mut next = row.clone();
        (next.due_date, next.first_due) = (day, day);
        (row.due_date == row.first_due && row.due_date != day && row.state().open()).then_some((row, next))
    });
    let moved: Vec<_> = moved.collect();
    let tx = app.db.begin().await?;
    store::change_many(&tx, &moved).await?;
    tx.commit().await
}

/// Sets the product that a task expects: its words, kind of paper, who issues it, one per locality or not.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn set_product(
    app: &App,
    permit: &Permit<ManagePlans>,
    task: Uuid,
    values: [&str; 3],
    per_locality: bool,
) -> Result<Uuid> {
    let task = store::task(app.db.read(), task).await?.ok_or(Error::NotFound)?;
    let plan = object::plan_to_manage(app, permit, task.plan_id).await?;
    let tx = app.db.begin().await?;
    store::set_product(&tx, task.id, values, per_locality).await?;
    let detail = json!({ "task": task.id, "product": values, "per_locality": per_locality });
    let entry = Entry { action: "plans.product", subject: "plan", id: Some(plan.id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok(plan.id)
}
