//! What an agency asks of the plan's owner: an adjustment (kiến nghị điều chỉnh) or more time.

use chrono::NaiveDate;
use kernel::{Error, Permit, Result, Uuid, time};
use platform::App;
use serde_json::json;

use super::{object, report};
use crate::plans::{
    model::state::Act,
    policy::ReportProgress,
    store::{self, NewRequest, NewStep},
};

/// Proposes that the duty be changed.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`], [`Error::Invalid`] without a reason.
pub(crate) async fn propose(app: &App, permit: &Permit<ReportProgress>, id: Uuid, reason: &str) -> Result<()> {
    ask(app, permit, id, Act::Propose, reason, None).await
}

/// Asks for time until a day.
///
/// # Errors
/// Like [`propose`]; also when the day is not after the present one.
pub(crate) async fn ask_for_time(
    app: &App,
    permit: &Permit<ReportProgress>,
    id: Uuid,
    reason: &str,
    until: NaiveDate,
) -> Result<()> {
    ask(app, permit, id, Act::AskForTime, reason, Some(until)).await
}

async fn ask(
    app: &App,
    permit: &Permit<ReportProgress>,
    id: Uuid,
    act: Act,
    reason: &str,
    until: Option<NaiveDate>,
) -> Result<()> {
    let (row, _) = object::for_agency(app, permit, id).await?;
    let state = report::step_to(&row, act)?;
    if reason.is_empty() {
        return Err(Error::invalid("ly_do", "Hãy nêu lý do."));
    }
    let wanted = until.map(time::date_to_int);
    if wanted.is_some_and(|wanted| wanted <= row.due_date || wanted < time::date_to_int(app.clock.today())) {
        return Err(Error::invalid("den_ngay", "Ngày đề nghị gia hạn phải sau hạn hiện nay và không ở quá khứ."));
    }
    if store::requests(app.db.read(), id).await?.iter().any(|one| one.kind == act.key() && one.state == "open") {
        return Err(Error::Conflict("Đã có một đề nghị như vậy đang chờ quyết định.".into()));
    }
    let now = app.clock.now();
    let mut next = row.clone();
    next.set_state(state);
    next.received_at = row.received_at.or(Some(now.0));
    let tx = app.db.begin().await?;
    store::change(&tx, &row, &next).await?;
    let new = NewRequest { obligation: id, plan: row.plan_id, kind: act.key(), body: reason, wanted_date: wanted };
    store::insert_request(&tx, now, permit.actor().user, new).await?;
    let step = NewStep { kind: act.key(), body: reason, wanted_date: wanted, ..NewStep::default() };
    store::insert_step(&tx, now, permit.actor(), id, step).await?;
    report::note(app, &tx, permit, "plans.ask", id, json!({ "kind": act.key(), "until": wanted })).await?;
    tx.commit().await
}
