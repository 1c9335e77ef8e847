//! Do the totals say what the obligations say?

use kernel::{Error, Permit, Result};
use platform::App;

use crate::plans::{
    policy::ManagePlans,
    store::{self, Shift},
};

/// How many totals differ from a recount; 0 when all is well.
///
/// # Errors
/// When the database refuses.
pub async fn check_totals(app: &App) -> Result<usize> {
    store::total_differences(app.db.read()).await.map(|rows| rows.len())
}

/// Sets the totals right; how many differed. Only for the program itself (`lantoa doctor`).
///
/// # Errors
/// [`Error::Denied`] for a person.
pub async fn repair_totals(app: &App, permit: &Permit<ManagePlans>) -> Result<usize> {
    if !permit.everywhere() {
        return Err(Error::Denied);
    }
    let tx = app.db.begin().await?;
    let differences = store::total_differences(&*tx).await?;
    let count = differences.len();
    let mut shift = Shift::new();
    for (key, n) in differences {
        shift.add(key, n);
    }
    shift.apply(&tx).await?;
    store::drop_empty_totals(&tx).await?;
    tx.commit().await?;
    Ok(count)
}
