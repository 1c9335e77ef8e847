//! The level above: returning with reasons by cell, approving, accepting. Sums move in the transaction that approves.

use std::collections::BTreeMap;

use ::store::Tx;
use kernel::{Error, Permit, Result, Uuid, time};
use platform::{App, audit};
use serde_json::json;

use super::{
    fill::{step, trail, write},
    sight,
};
use crate::{
    plans::service::notify,
    reporting::{
        model::{
            flow::{Act, State},
            form::Form,
            payload::Frozen,
            sums::Sums,
        },
        policy::DecideReports,
        store::{self, NewStep, Report},
    },
};

/// Returns a report with reasons, in all and by cell. One that was approved no longer counts.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`], [`Error::Invalid`] without any reason.
pub(crate) async fn return_report(
    app: &App,
    permit: &Permit<DecideReports>,
    id: Uuid,
    reason: &str,
    cells: &BTreeMap<String, String>,
) -> Result<()> {
    let (row, round, form) = sight::for_receiver(app, permit, id).await?;
    let act = if row.state() == State::Approved { Act::Reopen } else { Act::Return };
    let state = step(&row, act)?;
    if reason.is_empty() && cells.is_empty() {
        return Err(Error::invalid("ly_do", "Hãy nêu lý do trả lại: chung, hoặc ở từng ô."));
    }
    let mut next = row.clone();
    next.state = state.key().to_owned();
    next.counted = false;
    let people = store::people_of(app.db.read(), row.agency_id, time::date_to_int(app.clock.today())).await?;
    let notice = format!("{} trả lại báo cáo: {} ({})", row.parent_name, round.title, round.period_label);
    let tx = app.db.begin().await?;
    notify(app, &tx, &people, &notice, &format!("/bao-cao/{id}")).await?;
    let detail = json!({ "cells": cells }).to_string();
    write(app, &tx, permit.actor(), (&row, &next), act, reason, &detail).await?;
    if row.counted {
        shift(&tx, &row, &form, -1).await?;
        // The revision that counted before this one was approved counts again.
        if let Some(before) = earlier(app, &row).await? {
            recount(app, &tx, &before, &form, true).await?;
        }
    }
    tx.commit().await
}

/// The revision before, when it was approved.
async fn earlier(app: &App, row: &Report) -> Result<Option<Report>> {
    if row.revision < 2 {
        return Ok(None);
    }
    let before = store::revision(app.db.read(), row.round_id, row.agency_id, row.revision - 1).await?;
    Ok(before.filter(|before| before.state().counts()))
}

/// Makes an earlier revision count, or count no more.
async fn recount(app: &App, tx: &Tx, row: &Report, form: &Form, counted: bool) -> Result<()> {
    if row.counted == counted {
        return Ok(());
    }
    let mut next = row.clone();
    next.counted = counted;
    if !store::change_report(tx, row, &next, app.clock.now()).await? {
        return Err(Error::Conflict("Người khác vừa thay đổi báo cáo này. Hãy tải lại trang rồi làm tiếp.".into()));
    }
    shift(tx, row, form, if counted { 1 } else { -1 }).await
}

/// Adds the figures of a report to the sums of its receiver, or takes them away.
async fn shift(tx: &Tx, row: &Report, form: &Form, by: i64) -> Result<()> {
    let frozen: Frozen = serde_json::from_str(&row.frozen).map_err(Error::internal)?;
    let sums = store::locked_sums(tx, row.round_id, row.parent_id, by).await?;
    let sums = sums.ok_or_else(|| Error::internal("thiếu dòng tổng của kỳ báo cáo"))?;
    let mut kept: Sums = serde_json::from_str(&sums.payload).unwrap_or_default();
    if by > 0 {
        kept.add(form, &frozen.values);
    } else {
        kept.remove(form, &frozen.values);
    }
    let payload = serde_json::to_string(&kept).map_err(Error::internal)?;
    store::set_sums(tx, row.round_id, row.parent_id, &payload).await
}

/// Approves a report: from this moment on its figures count.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`].
pub(crate) async fn approve(app: &App, permit: &Permit<DecideReports>, id: Uuid) -> Result<()> {
    let (row, _, form) = sight::for_receiver(app, permit, id).await?;
    let mut next = row.clone();
    next.state = step(&row, Act::Approve)?.key().to_owned();
    next.counted = true;
    let before = earlier(app, &row).await?;
    let tx = app.db.begin().await?;
    write(app, &tx, permit.actor(), (&row, &next), Act::Approve, "", "{}").await?;
    if let Some(before) = before {
        recount(app, &tx, &before, &form, false).await?;
    }
    shift(&tx, &row, &form, 1).await?;
    tx.commit().await
}

/// Accepts everything that an agency has approved in a round; how many reports.
///
/// # Errors
/// [`Error::NotFound`] for another's round, [`Error::Conflict`] when nothing waits for it.
pub(crate) async fn accept_all(app: &App, permit: &Permit<DecideReports>, round: Uuid, node: Uuid) -> Result<usize> {
    if !sight::at(permit, node) || store::round(app.db.read(), round).await?.is_none() {
        return Err(Error::NotFound);
    }
    let (now, actor) = (app.clock.now(), permit.actor());
    let tx = app.db.begin().await?;
    let mut rows = store::reports_under(&*tx, round, node).await?;
    rows.retain(|row| row.live && row.state() == State::Approved);
    let mut next = rows.clone();
    for row in &mut next {
        row.state = step(row, Act::Accept)?.key().to_owned();
    }
    let mut accepted = 0;
    for (old, new) in rows.chunks(200).zip(next.chunks(200)) {
        let pairs: Vec<_> = old.iter().zip(new).collect();
        let changed = store::change_reports(&tx, &pairs, now).await?;
        let done = || new.iter().filter(|row| changed.contains(&row.id));
        let taken = |row: &Report| NewStep { report: row.id, actor, kind: Act::Accept.key(), body: "", detail: "{}" };
        store::insert_steps(&tx, now, &done().map(taken).collect::<Vec<_>>()).await?;
        audit::record_lines(&*tx, done().map(|row| trail(app, actor, row, Act::Accept))).await?;
        accepted += changed.len();
    }
    if accepted == 0 {
        return Err(Error::Conflict("Không có báo cáo đã duyệt nào chờ tiếp nhận ở đây.".into()));
    }
    tx.commit().await?;
    Ok(accepted)
}

/// Accepts an approved report: it is locked.
///
/// # Errors
/// See [`approve`].
pub(crate) async fn accept(app: &App, permit: &Permit<DecideReports>, id: Uuid) -> Result<()> {
    let (row, ..) = sight::for_receiver(app, permit, id).await?;
    let mut next = row.clone();
    next.state = step(&row, Act::Accept)?.key().to_owned();
    let tx = app.db.begin().await?;
    write(app, &tx, permit.actor(), (&row, &next), Act::Accept, "", "{}").await?;
    tx.commit().await
}

/// How many rows of sums differ from a recount of the reports.
///
/// # Errors
/// When the database refuses.
pub async fn check_sums(app: &App, round: Uuid) -> Result<usize> {
    let round = store::round(app.db.read(), round).await?.ok_or(Error::NotFound)?;
    let form = super::form_of(app, round.form_id).await?;
    let mut wrong = 0;
    for kept in store::all_sums(app.db.read(), round.id).await? {
        let mut sums = Sums::default();
        for row in store::reports_under(app.db.read(), round.id, kept.parent_id).await? {
            if row.counted {
                let frozen: Frozen = serde_json::from_str(&row.frozen).map_err(Error::internal)?;
                sums.add(&form, &frozen.values);
            }
        }
        let stored: Sums = serde_json::from_str(&kept.payload).unwrap_or_default();
        wrong += usize::from(stored != sums || kept.counted != sums.reports);
    }
    Ok(wrong)
}
