//! How an agency works inside.

use kernel::{Error, Permit, Result, Uuid};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::sight::at;
use crate::reporting::{policy::ManageReports, store};

/// Sets whether one person may be maker, checker and head in an agency.
///
/// # Errors
/// [`Error::NotFound`] for an agency that the person does not manage.
pub async fn set_combined(app: &App, permit: &Permit<ManageReports>, agency: Uuid, combined: bool) -> Result<()> {
    if !at(permit, agency) {
        return Err(Error::NotFound);
    }
    let tx = app.db.begin().await?;
    store::set_combined(&tx, agency, combined, permit.actor().user, app.clock.now()).await?;
    let detail = json!({ "combined": combined });
    let entry = Entry { action: "reporting.settings", subject: "agency", id: Some(agency), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await
}
