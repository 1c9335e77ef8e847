//! Every day: obligations of the coming year, of units that are new, and of units that are no more.

use kernel::{Actor, Result, time};
use platform::App;

use super::{
    directory::{self, Span},
    expand::fill,
    handover,
};
use crate::plans::store::{self, NewStep, Obligation};

/// Extends every plan in force and hands over what ended agencies left open; how many obligations were made.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn extend_all(app: &App) -> Result<usize> {
    let today = app.clock.today();
    let mut made = 0;
    for plan in store::active_plans(app.db.read()).await? {
        made += fill(app, &plan, Span::From(today), None).await?;
    }
    for row in store::orphans(app.db.read(), time::date_to_int(today)).await? {
        pass_on(app, row).await?;
    }
    Ok(made)
}

/// An open obligation of an agency that ended goes to its only successor; without one, the plan's owner is told.
async fn pass_on(app: &App, row: Obligation) -> Result<()> {
    let heirs = directory::heirs(app, row.agency_id, app.clock.today()).await?;
    let tx = app.db.begin().await?;
    if let [heir] = heirs.as_slice() {
        let said = "Cơ quan đã kết thúc hoạt động; chuyển cho cơ quan kế tục.";
        handover::give(app, &tx, &Actor::system(), &row, *heir, said).await?;
        return tx.commit().await;
    }
    let mut after = row.clone();
    after.mark = "orphan".into();
    after.settle();
    let body = "Cơ quan đã kết thúc hoạt động, chưa rõ cơ quan kế tục; chờ cơ quan giao nhiệm vụ quyết định.";
    store::change(&tx, &row, &after).await?;
    let step = NewStep { kind: "handover", body, ..NewStep::default() };
    store::insert_step(&tx, app.clock.now(), &Actor::system(), row.id, step).await?;
    tx.commit().await
}
