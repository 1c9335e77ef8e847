//! Lists of activities.

use kernel::{Action, Page, Paging, Permit, Result, Uuid, time};
use platform::App;

use crate::activities::{
    model::definitions::definitions,
    policy::ReadActivities,
    store::{self, Line, ListFilter, Scope, Totals},
};
use crate::agencies::is_below;

/// What a list asks for, as typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    pub kind: String,
    pub form: String,
    pub from: Option<chrono::NaiveDate>,
    pub to: Option<chrono::NaiveDate>,
    /// Id, or words of a name; then everything below.
    pub agency: String,
    /// Id, or words of a name; then everything inside.
    pub place: String,
    pub group: String,
    pub field: String,
    pub words: String,
    pub partner: bool,
    pub withdrawn: bool,
}

/// A list as shown.
pub(crate) struct Listing {
    pub page: Page<Line>,
    pub totals: Totals,
    /// Those in which one took part, when another list is shown.
    pub partner: i64,
}

/// Whose activities a permit shows.
pub(crate) async fn scope_of(app: &App, permit: &Permit<ReadActivities>) -> Result<Scope> {
    if permit.everywhere() {
        return Ok(Scope::everything());
    }
    Scope::of(app.db.read(), permit.roots(), &definitions().overseers).await
}

/// Agencies below which these see everything, the justice authority of a place the whole of it; none: everything there is.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn overseen_by(app: &App, roots: &[Uuid]) -> Result<Option<Vec<Uuid>>> {
    let scope = Scope::of(app.db.read(), roots, &definitions().overseers).await?;
    Ok((!scope.all).then_some(scope.roots))
}

/// Has the person the action at exactly this agency?
pub(crate) fn at<A: Action>(permit: &Permit<A>, agency: Uuid) -> bool {
    permit.everywhere() || permit.roots().contains(&agency)
}

/// Has the person the action at this agency, above it, or at the justice authority of its place?
///
/// # Errors
/// When the database refuses.
pub(crate) async fn above<A: Action>(app: &App, permit: &Permit<A>, agency: Uuid) -> Result<bool> {
    if at(permit, agency) {
        return Ok(true);
    }
    match overseen_by(app, permit.roots()).await? {
        Some(roots) => is_below(app.db.read(), &roots, agency).await,
        None => Ok(true),
    }
}

/// The query with its words looked up.
pub(crate) async fn filter_of(app: &App, query: &Query) -> Result<ListFilter> {
    let c = app.db.read();
    let agencies = match (query.agency.trim(), Uuid::parse_str(query.agency.trim())) {
        ("", _) => None,
        (_, Ok(id)) => Some(vec![id]),
        (words, _) => Some(store::agencies_named(c, words).await?),
    };
    let units = match (query.place.trim(), Uuid::parse_str(query.place.trim())) {
        ("", _) => None,
        (_, Ok(id)) => Some(vec![id]),
        (words, _) => Some(store::units_named(c, words).await?),
    };
    Ok(ListFilter {
        kind: query.kind.clone(),
        form: query.form.clone(),
        from: query.from.map_or(0, time::date_to_int),
        to: query.to.map_or(0, time::date_to_int),
        agencies,
        units,
        group: query.group.clone(),
        field: query.field.clone(),
        words: query.words.clone(),
        partner: query.partner,
        withdrawn: query.withdrawn,
    })
}

/// One page of a list with its totals; the number of statements does not depend on what is in it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn listing(
    app: &App,
    permit: &Permit<ReadActivities>,
    query: &Query,
    paging: Paging,
) -> Result<Listing> {
    let c = app.db.read();
    let scope = scope_of(app, permit).await?;
    let filter = filter_of(app, query).await?;
    let totals = store::totals(c, &scope, &filter).await?;
    let rows = store::lines(c, &scope, &filter, paging).await?;
    let partner = store::totals(c, &scope, &ListFilter { partner: true, withdrawn: false, ..filter }).await?.n;
    let total = u64::try_from(totals.n).unwrap_or(0);
    Ok(Listing { page: Page { rows, total, paging }, totals, partner })
}
