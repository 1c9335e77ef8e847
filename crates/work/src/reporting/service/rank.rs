//! Where an agency stands in a round: what papers and their templates depend on. For other slices.

use kernel::{Result, Uuid};
use platform::App;

use crate::reporting::store::{self, Round};

/// See the module.
pub(crate) struct Rank {
    /// Level of the form.
    pub level: String,
    /// Name of the agency to which it reports; none for the one that owns the round.
    pub receiver: Option<String>,
}

/// Where an agency stands in a round; `None` when it neither reports nor owns it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn rank(app: &App, round: &Round, agency: Uuid) -> Result<Option<Rank>> {
    if let Some(row) = store::report_of(app.db.read(), round.id, agency).await? {
        let receiver = (row.parent_id != agency).then_some(row.parent_name);
        return Ok(Some(Rank { level: row.level, receiver }));
    }
    Ok((round.owner_id == agency).then(|| Rank { level: round.owner_level.clone(), receiver: None }))
}
