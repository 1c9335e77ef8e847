//! Pages of the activities slice.

pub(super) mod activity;
pub(super) mod calendar;
pub(super) mod coverage;
pub(super) mod entry;
pub(super) mod import;
pub(super) mod list;
pub(super) mod map;
pub(super) mod topics;

use kernel::{Permit, Result};
use platform::App;

use super::{
    policy::ReadActivities,
    service::scope_of,
    store::{self, Place},
};

/// The province that map and coverage show, and those to choose from.
pub(super) async fn provinces(
    app: &App,
    permit: &Permit<ReadActivities>,
    chosen: &str,
) -> Result<(Option<Place>, Vec<Place>)> {
    let c = app.db.read();
    let scope = scope_of(app, permit).await?;
    let today = kernel::time::date_to_int(app.clock.today());
    let all = store::provinces_of(c, &scope, today).await?;
    let one = all.iter().find(|place| place.code == chosen).or_else(|| all.first()).cloned();
    Ok((one, all))
}
