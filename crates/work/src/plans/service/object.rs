//! Which objects a person may see or act on; a foreign one is answered like one that is not there.

use kernel::{Action, Error, Permit, Result, Uuid};
use platform::App;
use records::agencies::is_below;

use crate::plans::{
    policy::{DecidePlans, ManagePlans, ReadPlans, ReportProgress},
    store::{self, Obligation, Plan, Scope},
};

/// An obligation as one person sees it.
pub(crate) struct Sight {
    pub row: Obligation,
    pub plan: Plan,
    /// May act for its agency.
    pub agency_side: bool,
    /// May decide for its plan.
    pub owner_side: bool,
}

/// Does the permit reach this agency?
pub(super) async fn reaches<A: Action>(app: &App, permit: &Permit<A>, agency: Uuid) -> Result<bool> {
    Ok(permit.everywhere() || is_below(app.db.read(), permit.roots(), agency).await?)
}

async fn load(app: &App, id: Uuid) -> Result<(Obligation, Plan)> {
    let row = store::obligation(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let plan = store::plan(app.db.read(), row.plan_id).await?.ok_or(Error::NotFound)?;
    Ok((row, plan))
}

/// The obligation, when the person may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn sight(app: &App, permit: &Permit<ReadPlans>, id: Uuid) -> Result<Sight> {
    let (row, plan) = load(app, id).await?;
    let agency_side = match Permit::<ReportProgress>::of(permit.actor()) {
        Some(report) => reaches(app, &report, row.agency_id).await?,
        None => false,
    };
    let owner_side = match Permit::<DecidePlans>::of(permit.actor()) {
        Some(decide) => reaches(app, &decide, plan.owner_id).await?,
        None => false,
    };
    if agency_side || owner_side || reaches(app, permit, row.agency_id).await? {
        Ok(Sight { row, plan, agency_side, owner_side })
    } else {
        Err(Error::NotFound)
    }
}

/// The obligation, when the person works for its agency.
pub(super) async fn for_agency(app: &App, permit: &Permit<ReportProgress>, id: Uuid) -> Result<(Obligation, Plan)> {
    let (row, plan) = load(app, id).await?;
    if reaches(app, permit, row.agency_id).await? { Ok((row, plan)) } else { Err(Error::NotFound) }
}

/// Does the person work for the agency of this obligation?
///
/// # Errors
/// [`Error::NotFound`] when not.
pub(crate) async fn may_act(app: &App, permit: &Permit<ReportProgress>, id: Uuid) -> Result<()> {
    for_agency(app, permit, id).await.map(drop)
}

/// The obligation, when the person decides for its plan.
pub(super) async fn for_owner(app: &App, permit: &Permit<DecidePlans>, id: Uuid) -> Result<(Obligation, Plan)> {
    let (row, plan) = load(app, id).await?;
    if reaches(app, permit, plan.owner_id).await? { Ok((row, plan)) } else { Err(Error::NotFound) }
}

/// The plan and what the person sees of plans, when this one concerns them.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn plan_in_sight(app: &App, permit: &Permit<ReadPlans>, id: Uuid) -> Result<(Plan, Scope)> {
    let plan = store::plan(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let scope = Scope::of(app.db.read(), permit).await?;
    let seen = scope.sees_whole(id)
        || reaches(app, permit, plan.owner_id).await?
        || store::plan_concerns(app.db.read(), id, &scope).await?;
    if seen { Ok((plan, scope)) } else { Err(Error::NotFound) }
}

/// The plan, when the person manages it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn plan_to_manage(app: &App, permit: &Permit<ManagePlans>, id: Uuid) -> Result<Plan> {
    let plan = store::plan(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if reaches(app, permit, plan.owner_id).await? { Ok(plan) } else { Err(Error::NotFound) }
}
