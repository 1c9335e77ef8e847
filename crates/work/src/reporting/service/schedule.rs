//! Rounds that open by themselves, because somebody of the receiving agency decided so.

use chrono::NaiveDate;
use kernel::{Error, Permit, Result, Uuid, periods::Rule, time};
use platform::{
    App,
    audit::{self, Entry},
    jobs,
};
use serde_json::json;

use super::{
    form_of, library,
    open::{Opening, check_opening, open_for},
    sight::at,
};
use crate::reporting::{
    model::schedule::{Opens, coming, due},
    policy::ManageReports,
    store::{self, FormHead, NewSchedule, Schedule},
};

/// The job that opens what is due.
pub(crate) const JOB: &str = "reporting.open_due";

/// Decides that rounds of a form open by themselves, beginning with the period of `first`. What is due already opens at once.
///
/// # Errors
/// [`Error::Invalid`] where the first round could not be opened, without a basis and for a single campaign; [`Error::Conflict`] when it was decided
/// before.
pub(crate) async fn schedule(
    app: &App,
    permit: &Permit<ManageReports>,
    first: &Opening,
    opens: Opens,
    basis: &str,
) -> Result<Uuid> {
    if matches!(first.rule, Rule::Campaign { .. }) {
        return Err(Error::invalid("ky", "Đợt chỉ có một kỳ, không có kỳ sau để tự động mở."));
    }
    if store::form(app.db.read(), first.form).await?.is_some() && form_of(app, first.form).await?.programme {
        return Err(Error::invalid(
            "bieu",
            "Biểu tổng kết một chương trình, đề án phải mở từng kỳ, không đặt lịch được.",
        ));
    }
    let checked = check_opening(app, permit, first).await?;
    if basis.is_empty() {
        return Err(Error::invalid("can_cu", "Hãy ghi văn bản quy định việc báo cáo định kỳ."));
    }
    let rule = first.rule.to_string();
    let new = NewSchedule {
        form_key: &checked.form.key,
        rule: &rule,
        owner: first.owner,
        owner_level: &checked.level,
        opens: &opens.to_string(),
        first_from: time::date_to_int(checked.period.from),
        basis,
        compared: if first.compared { checked.form.version } else { 0 },
    };
    let tx = app.db.begin().await?;
    let id = store::insert_schedule(&tx, new, permit.actor(), app.clock.now()).await.map_err(|error| match error {
        Error::Conflict(_) => {
            Error::Conflict("Biểu này đã có lịch tự động mở cho loại kỳ đó; hãy kết thúc lịch cũ trước.".into())
        }
        other => other,
    })?;
    let detail =
        json!({ "form": checked.form.key, "period": checked.period.key, "opens": opens.to_string(), "basis": basis });
    note(app, &tx, permit, "reporting.schedule", id, detail).await?;
    jobs::enqueue(&*tx, &*app.clock, JOB, &(), None).await?;
    tx.commit().await?;
    Ok(id)
}

async fn note(
    app: &App,
    tx: &::store::Tx,
    permit: &Permit<ManageReports>,
    action: &str,
    id: Uuid,
    detail: serde_json::Value,
) -> Result<()> {
    let entry = Entry { action, subject: "schedule", id: Some(id), detail };
    audit::record(&**tx, &*app.clock, permit.actor(), entry).await
}

/// What becomes of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Pause,
    Resume,
    End,
}

/// Pauses, resumes or ends a decision. What came up while it was paused is not opened afterwards.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it does not stand so that this can be done.
pub(crate) async fn turn_schedule(app: &App, permit: &Permit<ManageReports>, id: Uuid, turn: Turn) -> Result<()> {
    let row = store::schedule(app.db.read(), id).await?.filter(|row| at(permit, row.owner_id));
    let row = row.ok_or(Error::NotFound)?;
    let (to, action) = match (turn, row.state.as_str()) {
        (Turn::Pause, "running") => ("paused", "reporting.schedule_pause"),
        (Turn::Resume, "paused") => ("running", "reporting.schedule_resume"),
        (Turn::End, "running" | "paused") => ("ended", "reporting.schedule_end"),
        _ => return Err(Error::Conflict("Lịch này vừa được người khác thay đổi; hãy xem lại danh sách.".into())),
    };
    let mut first = row.first_from;
    if turn == Turn::Resume
        && let Some((rule, opens, from)) = plan(&row)
    {
        first = coming(rule, opens, from, app.clock.today()).map_or(first, |period| time::date_to_int(period.from));
    }
    let tx = app.db.begin().await?;
    if store::move_schedule(&tx, &row, to, first, permit.actor(), app.clock.now()).await? == 0 {
        return Err(Error::Conflict("Lịch này vừa được người khác thay đổi; hãy xem lại danh sách.".into()));
    }
    note(app, &tx, permit, action, id, json!({ "form": row.form_key })).await?;
    tx.commit().await
}

/// When a decision opens what, from which day on.
pub(crate) fn plan(row: &Schedule) -> Option<(Rule, Opens, NaiveDate)> {
    Some((row.rule.parse().ok()?, row.opens.parse().ok()?, time::date_from_int(row.first_from)?))
}

/// Opens what is due today; repeating it opens nothing twice. What cannot be opened is noted with the reason and tried again the next day.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn open_due(app: &App) -> Result<()> {
    let rows = store::running_schedules(app.db.read()).await?;
    let forms = if rows.is_empty() { Vec::new() } else { library(app).await? };
    for row in rows {
        open_of(app, &row, &forms).await?;
    }
    Ok(())
}

async fn open_of(app: &App, row: &Schedule, forms: &[FormHead]) -> Result<()> {
    let Some((rule, opens, first)) = plan(row) else { return Ok(()) };
    let mut wanted = due(rule, opens, first, app.clock.today());
    if wanted.is_empty() {
        return Ok(());
    }
    let open = store::periods_open(app.db.read(), &row.form_key, &row.rule, row.owner_id).await?;
    wanted.retain(|period| !open.contains(&period.key));
    if wanted.is_empty() && row.failed {
        // Somebody has opened by hand what could not be opened.
        let tx = app.db.begin().await?;
        store::note_schedule(&tx, row.id, ("", false), None, app.clock.now()).await?;
        return tx.commit().await;
    }
    for period in wanted {
        let outcome = open_one(app, row, forms, rule, &period).await;
        let (text, failed, round) = match outcome {
            Ok(round) => (period.label.clone(), false, Some(round)),
            Err(Error::Conflict(_)) => continue,
            Err(Error::Invalid(errors)) => (format!("{}: {errors}", period.label), true, None),
            Err(error) => return Err(error),
        };
        if failed && text == row.outcome {
            continue;
        }
        let tx = app.db.begin().await?;
        store::note_schedule(&tx, row.id, (&text, failed), round, app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Opens the round of one period with the version of the form that is valid for it.
async fn open_one(
    app: &App,
    row: &Schedule,
    forms: &[FormHead],
    rule: Rule,
    period: &kernel::periods::Period,
) -> Result<Uuid> {
    if row.owner_until <= time::date_to_int(app.clock.today()) {
        return Err(Error::invalid("co_quan", "Cơ quan nhận báo cáo đã thôi hoạt động."));
    }
    let last = time::date_to_int(period.to);
    let valid = |head: &&FormHead| {
        head.form_key == row.form_key && head.state == "published" && head.valid_from <= last && last < head.valid_to
    };
    let head = forms.iter().find(valid);
    let head = head.ok_or_else(|| Error::invalid("bieu", "Không có bản nào của biểu áp dụng cho kỳ này."))?;
    let opening = Opening {
        plan: None,
        form: head.id,
        owner: row.owner_id,
        rule,
        period: period.key.clone(),
        estimate: false,
        on: None,
        compared: row.compared == head.version,
        generated: false,
    };
    open_for(app, &Permit::system(), opening, Some(&row.decided_name)).await
}
