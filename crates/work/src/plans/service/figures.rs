//! What other slices count of obligations.

use kernel::{Page, Paging, Permit, Result, Uuid};
use platform::App;

use super::list::visible_plans;
pub(crate) use crate::plans::store::{Due, Line, Part};
use crate::plans::{
    policy::ReadPlans,
    store::{self, Figures, Scope},
};

/// What became of these obligations until `today`.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn figures(app: &App, due: Due<'_>, today: i64) -> Result<Figures> {
    store::figures(app.db.read(), due, today).await
}

/// The obligations behind one of these figures.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn behind_figure(app: &App, due: Due<'_>, part: (Part, i64), paging: Paging) -> Result<Page<Line>> {
    store::behind_figure(app.db.read(), due, part, paging).await
}

/// Difficulties that were reported with these obligations, the newest first.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn difficulties(app: &App, due: Due<'_>, limit: i64) -> Result<Vec<store::Difficulty>> {
    store::difficulties(app.db.read(), due, limit).await
}

/// A plan with everything that belongs to it: the plans below it, and earlier versions of all of them.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn with_parts(app: &App, plan: Uuid) -> Result<Vec<Uuid>> {
    let parts = store::with_parts(app.db.read(), &[plan]).await?;
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}

/// Of these plans those to which one of `parts` belongs.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn wholes_of(app: &App, plans: &[Uuid], parts: &[Uuid]) -> Result<Vec<Uuid>> {
    let found = store::with_parts(app.db.read(), plans).await?;
    Ok(found.into_iter().filter(|(_, part)| parts.contains(part)).map(|(plan, _)| plan).collect())
}

/// Plans that a person may name: id and name, the newest first.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn to_name(app: &App, permit: &Permit<ReadPlans>) -> Result<Vec<(Uuid, String)>> {
    let scope = Scope::of(app.db.read(), permit).await?;
    let plans = visible_plans(app, &scope).await?;
    let current = plans.into_iter().filter(|plan| plan.state != "replaced");
    Ok(current.map(|plan| (plan.id, plan.named())).collect())
}
