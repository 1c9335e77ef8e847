//! Which activities a person may see or change; a foreign one is answered like one that is not there.

use kernel::{Error, Permit, Result, Uuid};
use platform::App;

use super::scope_of;
use crate::activities::{
    model::activity::RECORDED,
    policy::{ReadActivities, RecordActivities},
    store::{self, File, Whole},
};

/// An activity as one person sees it.
pub(crate) struct Sight {
    pub whole: Whole,
    pub files: Vec<File>,
    /// May change it.
    pub mine: bool,
    /// One's own agency took part in it and does not count it.
    pub partner: bool,
}

/// May a person record for exactly this agency?
pub(crate) fn records_for(permit: &Permit<RecordActivities>, owner: Uuid) -> bool {
    permit.everywhere() || permit.roots().contains(&owner)
}

/// The activity, when the person may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn sight(app: &App, permit: &Permit<ReadActivities>, id: Uuid) -> Result<Sight> {
    let c = app.db.read();
    let whole = store::whole(c, id).await?.ok_or(Error::NotFound)?;
    let scope = scope_of(app, permit).await?;
    let partner = scope.took_part(c, id).await?;
    if !partner && !scope.covers(c, whole.row.owner_id).await? {
        return Err(Error::NotFound);
    }
    let mine =
        Permit::<RecordActivities>::of(permit.actor()).is_some_and(|permit| records_for(&permit, whole.row.owner_id));
    Ok(Sight { files: store::files(c, id).await?, mine: mine && whole.row.state == RECORDED, partner, whole })
}

/// The activity, when the person may change it.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it was withdrawn.
pub(crate) async fn may_record(app: &App, permit: &Permit<RecordActivities>, id: Uuid) -> Result<Whole> {
    let whole = store::whole(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if !records_for(permit, whole.row.owner_id) {
        return Err(Error::NotFound);
    }
    if whole.row.state != RECORDED {
        return Err(Error::Conflict("Hoạt động này đã rút nên không sửa được nữa.".into()));
    }
    Ok(whole)
}
