//! What an agency asks of the plan's owner: an adjustment (kiến nghị điều chỉnh) or more time.

use chrono::NaiveDate;
use kernel::{Error, FieldErrors, Permit, Result, Uuid, time};
use platform::App;
use serde_json::json;

use super::{object, report};
use crate::plans::{
    model::{NEVER, state::Act},
    policy::ReportProgress,
    store::{self, NewRequest, NewStep, Obligation},
};

/// What an agency wants changed, and why.
#[derive(Debug, Clone, Default)]
pub(crate) struct Proposal {
    /// What is to be done instead, who is to do it.
    pub content: String,
    /// Another due date, if that is wanted too.
    pub until: Option<NaiveDate>,
    pub reason: String,
}

/// Proposes that the duty be changed.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`], [`Error::Invalid`] without words on what and why.
pub(crate) async fn propose(app: &App, permit: &Permit<ReportProgress>, id: Uuid, what: &Proposal) -> Result<()> {
    ask(app, permit, id, Act::Propose, what).await
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
    let what = Proposal { content: String::new(), until: Some(until), reason: reason.to_owned() };
    ask(app, permit, id, Act::AskForTime, &what).await
}

fn check(row: &Obligation, act: Act, what: &Proposal, today: i64) -> Result<()> {
    let mut errors = FieldErrors::default();
    if act == Act::Propose && what.content.is_empty() {
        errors.add("noi_dung", "Hãy nêu nội dung đề nghị điều chỉnh.");
    }
    if what.reason.is_empty() {
        errors.add("ly_do", "Hãy nêu lý do.");
    }
    let wanted = what.until.map(time::date_to_int);
    if wanted.is_some_and(|wanted| wanted < today || (row.due_date < NEVER && wanted <= row.due_date)) {
        errors.add("den_ngay", "Ngày đề nghị phải sau hạn hiện nay và không ở quá khứ.");
    }
    errors.into_result(())
}

async fn ask(app: &App, permit: &Permit<ReportProgress>, id: Uuid, act: Act, what: &Proposal) -> Result<()> {
    let (row, _) = object::for_agency(app, permit, id).await?;
    let state = report::step_to(&row, act)?;
    check(&row, act, what, time::date_to_int(app.clock.today()))?;
    if store::requests(app.db.read(), id).await?.iter().any(|one| one.kind == act.key() && one.state == "open") {
        return Err(Error::Conflict("Đã có một đề nghị như vậy đang chờ quyết định.".into()));
    }
    let now = app.clock.now();
    let wanted_date = what.until.map(time::date_to_int);
    let mut next = row.clone();
    next.set_state(state);
    next.received_at = row.received_at.or(Some(now.0));
    let tx = app.db.begin().await?;
    store::change(&tx, &row, &next).await?;
    report::received(&tx, now, permit, &row).await?;
    let new = NewRequest {
        obligation: id,
        plan: row.plan_id,
        kind: act.key(),
        proposal: &what.content,
        body: &what.reason,
        wanted_date,
    };
    store::insert_request(&tx, now, permit.actor().user, new).await?;
    let said = [what.content.as_str(), what.reason.as_str()].into_iter().filter(|text| !text.is_empty());
    let said = said.collect::<Vec<_>>().join("\nLý do: ");
    let step = NewStep { kind: act.key(), body: &said, wanted_date, ..NewStep::default() };
    store::insert_step(&tx, now, permit.actor(), id, step).await?;
    report::note(app, &tx, permit, "plans.ask", id, json!({ "kind": act.key(), "until": wanted_date })).await?;
    tx.commit().await
}
