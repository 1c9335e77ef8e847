//! Which rounds and reports a person may see or act on. One acts for an agency only with a role at exactly that agency: nobody edits another's
//! figures; what is foreign is answered like what is not there.

use std::sync::Arc;

use kernel::{Action, Error, Permit, Result, Uuid};
use platform::App;
use records::agencies::is_below;

use super::form_of;
use crate::reporting::{
    model::form::Form,
    policy::{CheckReports, DecideReports, FillReports, ReadReports, SignReports},
    store::{self, Report, Round},
};

/// A report as one person sees it.
pub(crate) struct Sight {
    pub row: Report,
    pub round: Round,
    pub form: Arc<Form>,
    /// May fill it in.
    pub fills: bool,
    /// May check it.
    pub checks: bool,
    /// May send it.
    pub signs: bool,
    /// May decide on it for the agency that receives.
    pub decides: bool,
    /// Sees the figures: those of the agency always, those above once it is sent.
    pub figures: bool,
}

/// Has the person the action at exactly this agency?
pub(crate) fn at<A: Action>(permit: &Permit<A>, agency: Uuid) -> bool {
    permit.everywhere() || permit.roots().contains(&agency)
}

pub(super) fn may<A: Action>(permit: &Permit<ReadReports>, agency: Uuid) -> bool {
    permit.everywhere() || Permit::<A>::of(permit.actor()).is_some_and(|permit| at(&permit, agency))
}

/// The way of a round's reports up from an agency; none when one of the person's agencies is on it or above it in the tree.
async fn way_past<A: Action>(app: &App, permit: &Permit<A>, round: Uuid, agency: Uuid) -> Result<Option<Vec<Uuid>>> {
    let mut way = Vec::new();
    let mut node = agency;
    loop {
        if at(permit, node) || is_below(app.db.read(), permit.roots(), node).await? {
            return Ok(None);
        }
        way.push(node);
        match store::report_of(app.db.read(), round, node).await? {
            Some(row) if way.len() <= 6 => node = row.parent_id,
            _ => return Ok(Some(way)),
        }
    }
}

/// Is one of the person's agencies this one, above it in the tree, or above it on the way of the reports of a round? Who is may also write of it.
pub(crate) async fn reaches<A: Action>(app: &App, permit: &Permit<A>, round: Uuid, agency: Uuid) -> Result<bool> {
    Ok(way_past(app, permit, round, agency).await?.is_none())
}

/// May the person read the round at the agency: who [`reaches`] it, and to whom a signed paper has come that cites it there or above on that way.
pub(crate) async fn reads(app: &App, permit: &Permit<ReadReports>, round: Uuid, agency: Uuid) -> Result<bool> {
    match way_past(app, permit, round, agency).await? {
        Some(way) => store::is_cited(app.db.read(), round, &way, permit.roots()).await,
        None => Ok(true),
    }
}

async fn load(app: &App, id: Uuid) -> Result<(Report, Round)> {
    let held = store::held(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    Ok((held.report, held.round))
}

/// The report, when the person may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn sight(app: &App, permit: &Permit<ReadReports>, id: Uuid) -> Result<Sight> {
    let (row, round) = load(app, id).await?;
    let inside = at(permit, row.agency_id);
    if !inside && !reads(app, permit, row.round_id, row.agency_id).await? {
        return Err(Error::NotFound);
    }
    let form = form_of(app, round.form_id).await?;
    Ok(Sight {
        fills: row.live && may::<FillReports>(permit, row.agency_id),
        checks: row.live && may::<CheckReports>(permit, row.agency_id),
        signs: row.live && may::<SignReports>(permit, row.agency_id),
        decides: may::<DecideReports>(permit, row.parent_id),
        figures: inside || !row.state().with_agency(),
        row,
        round,
        form,
    })
}

/// The report, for one who acts for its agency.
///
/// # Errors
/// [`Error::NotFound`] for anybody else; [`Error::Conflict`] for an old revision.
pub(super) async fn for_agency<A: Action>(
    app: &App,
    permit: &Permit<A>,
    id: Uuid,
) -> Result<(Report, Round, Arc<Form>)> {
    let (row, round) = load(app, id).await?;
    if !at(permit, row.agency_id) {
        return Err(Error::NotFound);
    }
    if !row.live {
        return Err(Error::Conflict("Đây là bản cũ của báo cáo; hãy mở bản mới nhất.".into()));
    }
    let form = form_of(app, round.form_id).await?;
    Ok((row, round, form))
}

/// The report, for one who decides on it.
///
/// # Errors
/// [`Error::NotFound`] for anybody else.
pub(super) async fn for_receiver(
    app: &App,
    permit: &Permit<DecideReports>,
    id: Uuid,
) -> Result<(Report, Round, Arc<Form>)> {
    let (row, round) = load(app, id).await?;
    if !at(permit, row.parent_id) {
        return Err(Error::NotFound);
    }
    let form = form_of(app, round.form_id).await?;
    Ok((row, round, form))
}

/// The round, when it concerns the person's agencies.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn round_in_sight(app: &App, permit: &Permit<ReadReports>, id: Uuid) -> Result<Round> {
    let round = store::round(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let concerned = at(permit, round.owner_id)
        || is_below(app.db.read(), permit.roots(), round.owner_id).await?
        || store::round_concerns(app.db.read(), id, permit.roots()).await?
        || store::is_cited(app.db.read(), id, &[], permit.roots()).await?;
    if concerned { Ok(round) } else { Err(Error::NotFound) }
}

/// The newest rounds that concern the person's agencies.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn rounds_in_sight(app: &App, permit: &Permit<ReadReports>) -> Result<Vec<Round>> {
    store::rounds(app.db.read(), permit.roots(), kernel::Paging { number: 1, size: 60 }).await
}
