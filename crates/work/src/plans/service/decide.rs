//! What the plan's owner decides: proposals, extensions, completions.

use chrono::NaiveDate;
use kernel::{Error, Permit, Result, Uuid, time};
use platform::App;
use serde_json::json;

use super::{object, report};
use crate::plans::{
    model::state::Act,
    policy::DecidePlans,
    store::{self, NewStep, Obligation, Plan},
};

/// Decides a proposal or a plea for time; agreeing to one with a date moves the due date.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it was decided already, [`Error::Invalid`] when a refusal has no reason.
pub(crate) async fn decide(
    app: &App,
    permit: &Permit<DecidePlans>,
    id: Uuid,
    agreed: bool,
    until: Option<NaiveDate>,
    answer: &str,
) -> Result<Uuid> {
    let request = store::request(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let (row, plan) = object::for_owner(app, permit, request.obligation_id).await?;
    if !agreed && answer.is_empty() {
        return Err(Error::invalid("tra_loi", "Hãy nêu lý do không đồng ý."));
    }
    let due = until.map(time::date_to_int).or(request.wanted_date);
    if agreed && due.is_some_and(|due| due <= row.due_date) {
        return Err(Error::invalid("den_ngay", "Hạn mới phải sau hạn hiện nay."));
    }
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let state = if agreed { "agreed" } else { "refused" };
    if !store::decide_request(&tx, now, permit.actor().user, id, state, answer).await? {
        return Err(Error::Conflict("Đề nghị này đã được quyết định.".into()));
    }
    if let Some(due) = due.filter(|_| agreed && row.state().open()) {
        let mut next = row.clone();
        next.due_date = due;
        if next.mark == "past" && due >= plan.in_force_from {
            // Its own day was gone by; the one now agreed is not.
            next.mark.clear();
            next.settle();
        }
        store::change(&tx, &row, &next).await?;
    }
    let wanted_date = due.filter(|_| agreed);
    let step = NewStep { kind: state, body: answer, wanted_date, decides: Some(id), ..NewStep::default() };
    store::insert_step(&tx, now, permit.actor(), row.id, step).await?;
    let what = if request.kind == Act::AskForTime.key() { "gia hạn" } else { "điều chỉnh" };
    let word = if agreed { "đồng ý" } else { "không đồng ý" };
    let body = format!("Đơn vị giao việc {word} với đề nghị {what} ({}).", plan.number);
    store::insert_notice(&tx, now, request.made_by, &body, &format!("/nghia-vu/{}", row.id)).await?;
    let detail = json!({ "request": id, "agreed": agreed, "until": wanted_date });
    report::note(app, &tx, permit, "plans.decide", row.id, detail).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Confirms that a duty is done.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when nothing waits for it.
pub(crate) async fn confirm(app: &App, permit: &Permit<DecidePlans>, id: Uuid, word: &str) -> Result<()> {
    let (row, plan) = object::for_owner(app, permit, id).await?;
    let mut next = row.clone();
    next.set_state(report::step_to(&row, Act::Confirm)?);
    end(app, permit, &plan, (&row, &next), Act::Confirm, word).await
}

/// Gives a duty back that is not done.
///
/// # Errors
/// Like [`confirm`]; also without a reason.
pub(crate) async fn give_back(app: &App, permit: &Permit<DecidePlans>, id: Uuid, reason: &str) -> Result<()> {
    let (row, plan) = object::for_owner(app, permit, id).await?;
    let state = report::step_to(&row, Act::Return)?;
    if reason.is_empty() {
        return Err(Error::invalid("tra_loi", "Hãy nêu lý do trả lại."));
    }
    let mut next = row.clone();
    next.set_state(state);
    // As far as the agency last said before it thought that all was done.
    next.percent = store::last_step(app.db.read(), id, Act::Report.key()).await?.map_or(0, |(_, percent)| percent);
    next.done_on = None;
    end(app, permit, &plan, (&row, &next), Act::Return, reason).await
}

async fn end(
    app: &App,
    permit: &Permit<DecidePlans>,
    plan: &Plan,
    (row, next): (&Obligation, &Obligation),
    act: Act,
    word: &str,
) -> Result<()> {
    let sender = store::last_step(app.db.read(), row.id, Act::Submit.key()).await?;
    let anchor = store::task(app.db.read(), row.task_id).await?.map(|task| task.anchor).unwrap_or_default();
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    store::change(&tx, row, next).await?;
    let step = NewStep { kind: act.key(), percent: Some(next.percent), body: word, ..NewStep::default() };
    store::insert_step(&tx, now, permit.actor(), row.id, step).await?;
    if act == Act::Confirm {
        store::drop_requests(&tx, row.id).await?;
    }
    if let Some((who, _)) = sender {
        let said = if act == Act::Confirm { "xác nhận hoàn thành" } else { "trả lại báo cáo hoàn thành" };
        let word = if word.is_empty() { String::new() } else { format!(": {word}") };
        let body = format!("Đơn vị giao việc {said} mục {anchor}, {}{word}", plan.number);
        store::insert_notice(&tx, now, who, &body, &format!("/nghia-vu/{}", row.id)).await?;
    }
    report::note(
        app,
        &tx,
        permit,
        if act == Act::Confirm { "plans.confirm" } else { "plans.return" },
        row.id,
        json!({}),
    )
    .await?;
    tx.commit().await
}
