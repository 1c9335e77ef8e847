//! What the plan's owner decides: proposals, extensions, completions.

use chrono::NaiveDate;
use kernel::{Error, FieldErrors, Permit, Result, Uuid, time};
use platform::App;
use records::documents::place_label;
use serde_json::json;

use super::{object, report};
use crate::plans::{
    model::{NEVER, due::ClockKind, state::Act},
    policy::DecidePlans,
    store::{self, NewStep, Obligation, Plan},
};

/// What the owner says to a proposal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Decision {
    pub agreed: bool,
    /// The new due date.
    pub until: Option<NaiveDate>,
    /// What is to be done instead of, or besides, the paper's words.
    pub content: String,
    /// A word on it; the reason of a refusal.
    pub answer: String,
}

/// Decides a proposal or a plea for time; agreeing moves the due date, or notes what is to be done instead, or both.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it was decided already, [`Error::Invalid`] when a refusal has no reason or
/// nothing is agreed to.
pub(crate) async fn decide(app: &App, permit: &Permit<DecidePlans>, id: Uuid, decision: &Decision) -> Result<Uuid> {
    let request = store::request(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let (row, plan) = object::for_owner(app, permit, request.obligation_id).await?;
    let agreed = decision.agreed;
    let more_time = request.kind == Act::AskForTime.key();
    let due = decision.until.map(time::date_to_int).or(request.wanted_date.filter(|_| more_time)).filter(|_| agreed);
    let content = if agreed && !more_time { decision.content.as_str() } else { "" };
    check(app, &row, decision, (due, content))?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let state = if agreed { "agreed" } else { "refused" };
    if !store::decide_request(&tx, now, permit.actor().user, id, state, &decision.answer).await? {
        return Err(Error::Conflict("Đề nghị này đã được quyết định.".into()));
    }
    let next = adjusted(&row, (due, content));
    if next != row {
        store::change(&tx, &row, &next).await?;
    }
    let said = [("Nội dung điều chỉnh", content), ("Ý kiến", decision.answer.as_str())];
    let said = said.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| format!("{name}: {text}"));
    let said = said.collect::<Vec<_>>().join("\n");
    let step = NewStep { kind: state, body: &said, wanted_date: due, decides: Some(id), ..NewStep::default() };
    store::insert_step(&tx, now, permit.actor(), row.id, step).await?;
    let what = if more_time { "đề nghị gia hạn" } else { "kiến nghị điều chỉnh" };
    let word = if agreed { "đồng ý" } else { "không đồng ý" };
    let body = format!("Cơ quan giao nhiệm vụ {word} với {what} ({}).", plan.number);
    store::insert_notice(&tx, now, request.made_by, &body, &format!("/nghia-vu/{}", row.id)).await?;
    let detail = json!({ "request": id, "agreed": agreed, "until": due });
    report::note(app, &tx, permit, "plans.decide", row.id, detail).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// What is wrong with a decision.
fn check(app: &App, row: &Obligation, decision: &Decision, (due, content): (Option<i64>, &str)) -> Result<()> {
    let mut errors = FieldErrors::default();
    if !decision.agreed && decision.answer.is_empty() {
        errors.add("tra_loi", "Hãy nêu lý do không đồng ý.");
    }
    if decision.agreed && due.is_none() && content.is_empty() {
        errors.add("noi_dung", "Hãy điền nội dung được điều chỉnh, hạn mới, hoặc cả hai.");
    }
    let today = time::date_to_int(app.clock.today());
    match due {
        Some(due) if row.due_date < NEVER && due <= row.due_date => {
            errors.add("den_ngay", "Hạn mới phải sau hạn hiện nay.");
        }
        Some(due) if row.due_date >= NEVER && due < today => errors.add("den_ngay", "Hạn mới không được ở quá khứ."),
        _ => {}
    }
    errors.into_result(())
}

/// The duty as it is after an agreement.
fn adjusted(row: &Obligation, (due, content): (Option<i64>, &str)) -> Obligation {
    let mut next = row.clone();
    if !row.state().open() {
        return next;
    }
    if !content.is_empty() {
        next.adjusted = content.to_owned();
    }
    if let Some(due) = due {
        next.due_date = due;
        if row.due_date >= NEVER {
            // What had no day has one from now on.
            next.clock = ClockKind::Dated.key().to_owned();
            next.first_due = due;
        }
        next.settle();
    }
    next
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
        let body = format!("Cơ quan giao nhiệm vụ {said} {}, {}{word}", place_label(&anchor), plan.number);
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
