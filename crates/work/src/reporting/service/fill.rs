//! Filling in: cells arrive with what the sources say, people add and override, makers, checkers and heads pass it on.

use std::collections::BTreeMap;

use ::store::Tx;
use kernel::{Action, Actor, Error, FieldErrors, Permit, Result, Uuid, time};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::{
    draft::Around,
    sight::{self, Sight},
};
use crate::reporting::{
    model::{
        evaluate::Finding,
        flow::{Act, State},
        form::{Form, Severity},
        payload::{Frozen, Payload, current, put},
        value::{Value, Values},
    },
    policy::{CheckReports, FillReports, SignReports},
    store::{self, NewStep, Report},
};

/// What a person or a machine puts into a report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filling {
    /// Version that was seen.
    pub version: Option<i64>,
    /// Cells. A key without a value empties the cell; a cell that is not named stays.
    pub values: BTreeMap<String, Option<Value>>,
    /// Why cells say something else than their sources.
    pub reasons: BTreeMap<String, String>,
}

/// Puts values into a report; errors are by cell.
pub(super) fn apply(form: &Form, payload: &mut Payload, auto: &Values, filling: &Filling) -> Result<()> {
    let mut errors = FieldErrors::default();
    let before = current(form, payload, auto);
    payload.values = before;
    payload.auto = auto.clone();
    for (key, value) in &filling.values {
        let Some(cell) = form.cell(key).filter(|cell| !cell.source.computed()) else {
            errors.add(key, format!("Biểu không có ô “{key}” để điền."));
            continue;
        };
        let reason = filling.reasons.get(key).map_or("", String::as_str);
        if let Err(message) = put(cell, payload, auto, value.as_ref(), reason) {
            errors.add(key, message);
        }
    }
    errors.into_result(())
}

/// Saves figures.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when somebody else was faster or it is no longer with the maker, [`Error::Invalid`] by cell.
pub(crate) async fn save(app: &App, permit: &Permit<FillReports>, id: Uuid, filling: &Filling) -> Result<()> {
    let (row, round, form) = sight::for_agency(app, permit, id).await?;
    let around = Around::of(app, &row, &round, &form).await?;
    let next = filled(&around, &row, &form, permit.actor().user, filling)?;
    let tx = app.db.begin().await?;
    write(app, &tx, permit.actor(), (&row, &next), Act::Fill, "", &filled_detail(filling)).await?;
    tx.commit().await
}

pub(super) fn filled_detail(filling: &Filling) -> String {
    json!({ "cells": filling.values.keys().collect::<Vec<_>>(), "reasons": filling.reasons }).to_string()
}

/// The report with these figures.
pub(super) fn filled(around: &Around, row: &Report, form: &Form, maker: Uuid, filling: &Filling) -> Result<Report> {
    open_to_maker(row)?;
    if filling.version.is_some_and(|version| version != row.version) {
        return Err(Error::Conflict("Người khác vừa sửa báo cáo này. Hãy tải lại trang để xem rồi điền tiếp.".into()));
    }
    let mut payload = around.payload(row);
    apply(form, &mut payload, &around.auto, filling)?;
    let mut next = row.clone();
    next.payload = serde_json::to_string(&payload).map_err(Error::internal)?;
    next.maker_id = Some(maker);
    Ok(next)
}

/// Figures go into a report that is with its maker, at a level that fills any in.
pub(super) fn open_to_maker(row: &Report) -> Result<()> {
    step(row, Act::Fill)?;
    if row.fills {
        return Ok(());
    }
    Err(Error::Conflict("Cấp này chỉ tổng hợp số liệu của cấp dưới, không điền số.".into()))
}

pub(super) fn step(row: &Report, act: Act) -> Result<State> {
    row.state().after(act).ok_or_else(|| {
        Error::Conflict(format!("Báo cáo đang ở bước “{}”; không {} được lúc này.", row.state().label(), act.label()))
    })
}

/// Writes a change with its step in the history and the trail.
pub(super) async fn write(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    change: (&Report, &Report),
    act: Act,
    body: &str,
    detail: &str,
) -> Result<()> {
    let now = app.clock.now();
    let (old, new) = change;
    if !store::change_report(tx, old, new, now).await? {
        return Err(Error::Conflict("Người khác vừa thay đổi báo cáo này. Hãy tải lại trang rồi làm tiếp.".into()));
    }
    store::insert_steps(tx, now, &[NewStep { report: old.id, actor, kind: act.key(), body, detail }]).await?;
    audit::record_lines(&**tx, [trail(app, actor, new, act)]).await
}

/// The line of the trail about what was done to a report.
pub(super) fn trail(app: &App, actor: &Actor, new: &Report, act: Act) -> audit::Line {
    let action = format!("reporting.{}", act.key());
    let detail = json!({ "state": new.state });
    audit::line(&*app.clock, actor, Entry { action: &action, subject: "report", id: Some(new.id), detail })
}

/// Everything that still keeps a report from being sent.
fn blocking(found: &[Finding]) -> Result<()> {
    let mut errors = FieldErrors::default();
    for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
        let field = finding.cells.first().cloned().unwrap_or_default();
        errors.add(&field, finding.message.clone());
    }
    errors.into_result(())
}

/// The maker passes the report on, with the figures as they are now.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`], [`Error::Invalid`] with what is still to be put right.
pub(crate) async fn finish(app: &App, permit: &Permit<FillReports>, id: Uuid) -> Result<()> {
    let (row, round, form) = sight::for_agency(app, permit, id).await?;
    let around = Around::of(app, &row, &round, &form).await?;
    let next = finished(&around, &row, &form, permit.actor().user)?;
    let tx = app.db.begin().await?;
    write(app, &tx, permit.actor(), (&row, &next), Act::Finish, "", "{}").await?;
    tx.commit().await
}

/// The report as the maker passes it on.
pub(super) fn finished(around: &Around, row: &Report, form: &Form, maker: Uuid) -> Result<Report> {
    let mut next = row.clone();
    next.state = step(row, Act::Finish)?.key().to_owned();
    let now = around.draft(row, form)?;
    blocking(&now.findings)?;
    let payload = Payload { values: now.values, auto: now.auto, reasons: now.reasons, cover: now.cover };
    next.payload = serde_json::to_string(&payload).map_err(Error::internal)?;
    next.frozen = String::new();
    next.maker_id = Some(maker);
    (next.checker_id, next.head_id) = (None, None);
    Ok(next)
}

/// Why a person whose role has the act may not do it to this report, and who may: one person is several of maker, checker and head, and another than a
/// leader is the head, only where the agency says so.
pub(crate) fn refusal(row: &Report, actor: &Actor, act: Act) -> Option<&'static str> {
    let who = Some(actor.user);
    let leads = || actor.holdings.iter().any(|held| held.agency == row.agency_id && held.role == kernel::Role::Leader);
    match act {
        _ if row.combined => None,
        Act::Check if row.maker_id == who => Some(
            "Cần người khác kiểm tra: bạn đã lập báo cáo này. Thư ký cho phép kiêm nhiệm được ở mục Thiết lập báo cáo.",
        ),
        Act::Send if !leads() => {
            Some("Cần lãnh đạo của cơ quan duyệt và gửi. Thư ký cho phép kiêm nhiệm được ở mục Thiết lập báo cáo.")
        }
        Act::Send if [row.maker_id, row.checker_id].contains(&who) => Some(
            "Cần lãnh đạo khác duyệt và gửi: bạn đã lập hoặc kiểm tra báo cáo này. Thư ký cho phép kiêm nhiệm được ở mục Thiết lập báo cáo.",
        ),
        _ => None,
    }
}

/// The state after an act of this person.
fn step_of(row: &Report, actor: &Actor, act: Act) -> Result<State> {
    let state = step(row, act)?;
    refusal(row, actor, act).map_or(Ok(state), |message| Err(Error::Conflict(message.into())))
}

/// The checker passes the report on.
///
/// # Errors
/// See [`finish`].
pub(crate) async fn check(app: &App, permit: &Permit<CheckReports>, id: Uuid) -> Result<()> {
    let (row, ..) = sight::for_agency(app, permit, id).await?;
    let next = checked(&row, permit.actor())?;
    let tx = app.db.begin().await?;
    write(app, &tx, permit.actor(), (&row, &next), Act::Check, "", "{}").await?;
    tx.commit().await
}

pub(super) fn checked(row: &Report, actor: &Actor) -> Result<Report> {
    let mut next = row.clone();
    next.state = step_of(row, actor, Act::Check)?.key().to_owned();
    next.checker_id = Some(actor.user);
    Ok(next)
}

/// The head sends the report: from here on its figures are frozen.
///
/// # Errors
/// See [`finish`].
pub(crate) async fn send(app: &App, permit: &Permit<SignReports>, id: Uuid) -> Result<()> {
    let (row, round, form) = sight::for_agency(app, permit, id).await?;
    let around = Around::of(app, &row, &round, &form).await?;
    let next = sent(app, &around, &row, &form, permit.actor())?;
    let tx = app.db.begin().await?;
    write(app, &tx, permit.actor(), (&row, &next), Act::Send, "", "{}").await?;
    tx.commit().await
}

pub(super) fn sent(app: &App, around: &Around, row: &Report, form: &Form, actor: &Actor) -> Result<Report> {
    let mut next = row.clone();
    next.state = step_of(row, actor, Act::Send)?.key().to_owned();
    let now = around.draft(row, form)?;
    blocking(&now.findings)?;
    let frozen = Frozen {
        values: now.values,
        total: now.total,
        auto: now.auto,
        reasons: now.reasons,
        cover: now.cover,
        total_cover: now.total_cover,
    };
    next.frozen = serde_json::to_string(&frozen).map_err(Error::internal)?;
    let today = time::date_to_int(app.clock.today());
    next.head_id = Some(actor.user);
    next.submitted_on = Some(today);
    next.first_submitted_on = row.first_submitted_on.or(Some(today));
    Ok(next)
}

/// Checker or head give the report back to the maker.
///
/// # Errors
/// See [`finish`]; [`Error::Invalid`] without a reason.
pub(crate) async fn give_back<A: Action>(app: &App, permit: &Permit<A>, id: Uuid, reason: &str) -> Result<()> {
    let (row, ..) = sight::for_agency(app, permit, id).await?;
    let mut next = row.clone();
    next.state = step(&row, Act::GiveBack)?.key().to_owned();
    if reason.is_empty() {
        return Err(Error::invalid("ly_do", "Hãy nêu lý do trả lại."));
    }
    let tx = app.db.begin().await?;
    write(app, &tx, permit.actor(), (&row, &next), Act::GiveBack, reason, "{}").await?;
    tx.commit().await
}

/// Begins a corrected revision of an accepted report; the accepted one goes on counting until the new one is approved.
///
/// # Errors
/// See [`give_back`]. The id of the new revision, and whether figures are filled into it.
pub(crate) async fn correct(app: &App, permit: &Permit<FillReports>, id: Uuid, reason: &str) -> Result<(Uuid, bool)> {
    let (row, ..) = sight::for_agency(app, permit, id).await?;
    step(&row, Act::Correct)?;
    if reason.is_empty() {
        return Err(Error::invalid("ly_do", "Hãy nêu lý do đính chính."));
    }
    let mut old = row.clone();
    old.live = false;
    let new = Report {
        id: kernel::new_id(),
        revision: row.revision + 1,
        state: State::Draft.key().to_owned(),
        maker_id: Some(permit.actor().user),
        ..row.clone()
    };
    let tx = app.db.begin().await?;
    write(app, &tx, permit.actor(), (&row, &old), Act::Correct, reason, "{}").await?;
    store::insert_revision(&tx, &new, app.clock.now()).await?;
    let (actor, kind) = (permit.actor(), Act::Correct.key());
    let step = NewStep { report: new.id, actor, kind, body: reason, detail: "{}" };
    store::insert_steps(&tx, app.clock.now(), &[step]).await?;
    tx.commit().await?;
    Ok((new.id, new.fills))
}

/// The issue before this one and what changed since: the revision before, else the estimate of the same period.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn issue_before(app: &App, sight: &Sight) -> Result<Option<(String, Frozen)>> {
    let (row, round) = (&sight.row, &sight.round);
    let (name, found) = if row.revision > 1 {
        let found = store::revision(app.db.read(), row.round_id, row.agency_id, row.revision - 1).await?;
        (format!("bản {}", row.revision - 1), found.map(|report| report.frozen))
    } else if round.stage == "official" {
        let (named, estimate) = ((round.form_key.as_str(), round.period_key.as_str()), Some("estimate"));
        let found =
            store::report_named(app.db.read(), row.agency_id, named, estimate, store::Over::Like(round)).await?;
        ("bản ước tính".to_owned(), found.map(|held| held.report.frozen))
    } else {
        return Ok(None);
    };
    let frozen = found.and_then(|frozen| serde_json::from_str(&frozen).ok());
    Ok(frozen.map(|frozen| (name, frozen)))
}

/// The last time the report came back: the reason, and reasons by cell; empty when it was sent again since.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn last_return(app: &App, sight: &Sight) -> Result<(String, BTreeMap<String, String>)> {
    if !matches!(sight.row.state(), State::Returned | State::Draft) {
        return Ok(Default::default());
    }
    let steps = store::steps(app.db.read(), sight.row.id).await?;
    let acts = [Act::Return.key(), Act::Reopen.key(), Act::GiveBack.key()];
    let Some(step) = steps.iter().find(|step| acts.contains(&step.kind.as_str())) else {
        return Ok(Default::default());
    };
    let detail: serde_json::Value = serde_json::from_str(&step.detail).unwrap_or_default();
    let cells = detail.get("cells").cloned().unwrap_or_default();
    Ok((step.body.clone(), serde_json::from_value(cells).unwrap_or_default()))
}
