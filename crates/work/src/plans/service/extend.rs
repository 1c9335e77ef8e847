//! Every day: obligations of the coming year, of units that are new, and of units that are no more.

use kernel::{Actor, Result, time};
use platform::App;

use super::{
    directory,
    expand::{Span, fill},
};
use crate::plans::{
    model::state::State,
    store::{self, NewStep, Obligation, Slot},
};

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
        hand_over(app, row).await?;
    }
    Ok(made)
}

/// An open obligation of an agency that ended goes to its only successor; without one, the plan's owner is told.
async fn hand_over(app: &App, row: Obligation) -> Result<()> {
    let heirs = directory::heirs(app, row.agency_id, app.clock.today()).await?;
    let tx = app.db.begin().await?;
    let mut after = row.clone();
    let said = match heirs.as_slice() {
        [heir] => {
            let slot =
                Slot { task_id: row.task_id, agency_id: *heir, role: row.role.clone(), period: row.period.clone() };
            match store::at_slot(&*tx, &slot).await? {
                // The successor has the same duty already: one of the two is enough.
                Some(own) => {
                    after.set_state(State::Ended);
                    after.moved_to = Some(own.id);
                    "Cơ quan đã kết thúc hoạt động; cơ quan kế tục đã có nghĩa vụ này."
                }
                None => {
                    after.agency_id = *heir;
                    "Chuyển cho cơ quan kế tục."
                }
            }
        }
        _ => {
            after.mark = "orphan".into();
            after.settle();
            "Cơ quan đã kết thúc hoạt động, chưa rõ cơ quan kế tục; chờ đơn vị giao việc quyết định."
        }
    };
    store::change(&tx, &row, &after).await?;
    let step = NewStep { kind: "handover", body: said, ..NewStep::default() };
    store::insert_step(&tx, app.clock.now(), &Actor::system(), row.id, step).await?;
    tx.commit().await
}
