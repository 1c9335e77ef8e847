//! Recording, changing and withdrawing activities.

use ::store::Tx;
use chrono::Days;
use kernel::{Action, Error, FieldErrors, Permit, Result, Uuid, new_id, time};
use platform::{
    App,
    audit::{self, Entry as Trail},
};
use serde_json::json;

use super::{
    alike::{Candidate, alike},
    files::{Kept, Shown},
    sight::{may_record, records_for},
};
use crate::activities::{
    model::{
        activity::{Draft, Repeat},
        definitions::definitions,
    },
    policy::RecordActivities,
    store::{self, New, NewFile},
};

/// Most activities of one series.
const SERIES: u32 = 60;

/// What is to be recorded.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The activity.
    pub draft: Draft,
    /// Made by the client once; sending it twice makes one record.
    pub once: Option<String>,
    /// The one it was copied from.
    pub copied: Option<Uuid>,
    /// Several of the same, from the first day on.
    pub repeat: Option<(Repeat, u32)>,
    /// Record it although it looks like another.
    pub anyway: bool,
    /// Photos and papers; those of a series belong to its first activity.
    pub files: Vec<Kept>,
    /// What they show.
    pub shown: Shown,
    /// Made by the program to show what it can do.
    pub generated: bool,
}

/// What became of it.
#[derive(Debug)]
pub enum Created {
    /// Recorded under these ids.
    Recorded(Vec<Uuid>),
    /// This very entry was recorded before.
    Already(Uuid),
    /// Not yet: it looks like these.
    Alike(Vec<Candidate>),
}

/// The form of Điều 11 of a kind.
pub(crate) fn form_of(kind: &str) -> String {
    definitions().kind(kind).map(|kind| kind.form.clone()).unwrap_or_default()
}

/// Records an activity, or a series of them.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong.
pub async fn create(app: &App, permit: &Permit<RecordActivities>, entry: Entry) -> Result<Created> {
    let mut errors = FieldErrors::default();
    check(app, permit, &entry.draft, &mut errors).await?;
    let first = entry.draft.held_on;
    let days = match (entry.repeat, first) {
        (Some((_, times)), _) if !(2..=SERIES).contains(&times) => {
            errors.add("so_lan", format!("Số lần phải từ 2 đến {SERIES}."));
            Vec::new()
        }
        (Some((repeat, times)), Some(first)) => repeat.days(first, times),
        (None, first) => first.into_iter().collect(),
        (Some(_), None) => Vec::new(),
    };
    if let Some(last) = days.last().filter(|day| **day > app.clock.today()) {
        let last = time::display_date(*last);
        errors.add("so_lan", format!("Lần cuối sẽ vào ngày {last}, chưa đến; hãy giảm số lần."));
    }
    errors.into_result(())?;
    let once = entry.once.as_ref().filter(|key| !key.is_empty()).map(|key| format!("{}:{key}", permit.actor().user));
    if let Some(once) = &once
        && let Some(id) = store::made_once(app.db.read(), once).await?
    {
        return Ok(Created::Already(id));
    }
    if !entry.anyway {
        let alike = alike(app, permit, &entry.draft).await?;
        if !alike.is_empty() {
            // It may be this very entry, sent twice at the same moment and recorded since it was asked for.
            let made = match &once {
                Some(once) => store::made_once(app.db.read(), once).await?,
                None => None,
            };
            return Ok(made.map_or(Created::Alike(alike), Created::Already));
        }
    }
    let series = entry.repeat.is_some().then(new_id);
    let length = entry.draft.held_on.zip(entry.draft.ends_on).map(|(from, to)| (to - from).num_days());
    let length = Days::new(length.and_then(|days| u64::try_from(days).ok()).unwrap_or(0));
    let rows: Vec<New> = days
        .iter()
        .enumerate()
        .map(|(n, day)| {
            let ends = entry.draft.ends_on.and_then(|_| day.checked_add_days(length));
            New {
                id: new_id(),
                draft: Draft { held_on: Some(*day), ends_on: ends, ..entry.draft.clone() },
                form: form_of(&entry.draft.kind),
                once: once.as_ref().map(|key| if n == 0 { key.clone() } else { format!("{key}:{n}") }),
                series,
                copied: entry.copied,
                generated: entry.generated,
            }
        })
        .collect();
    let files: Vec<_> = entry.files.iter().map(|file| file.with(entry.shown)).collect();
    let written = async {
        let tx = app.db.begin().await?;
        write(app, &tx, permit, &rows, &files).await?;
        tx.commit().await
    };
    match written.await {
        // The same entry came twice at the same moment.
        Err(Error::Conflict(message)) => match once {
            Some(once) => {
                let made = store::made_once(app.db.read(), &once).await?;
                made.map(Created::Already).ok_or(Error::Conflict(message))
            }
            None => Err(Error::Conflict(message)),
        },
        Err(error) => Err(error),
        Ok(()) => Ok(Created::Recorded(rows.iter().map(|row| row.id).collect())),
    }
}

/// Records activities, the first with these files.
pub(super) async fn write(
    app: &App,
    tx: &Tx,
    permit: &Permit<RecordActivities>,
    rows: &[New],
    files: &[NewFile],
) -> Result<()> {
    let actor = permit.actor();
    store::insert_activities(&**tx, rows, (actor.user, &actor.name), app.clock.now()).await?;
    for row in rows {
        let detail = json!({ "title": row.draft.title, "owner": row.draft.owner });
        note(app, tx, permit, "activities.create", row.id, detail).await?;
    }
    if let Some(first) = rows.first().filter(|_| !files.is_empty()) {
        store::insert_files(&**tx, first.id, files, actor.user, app.clock.now()).await?;
        note(app, tx, permit, "activities.file", first.id, json!({ "files": files.len() })).await?;
    }
    Ok(())
}

/// What is wrong with a draft, beyond what its fields say by themselves.
pub(super) async fn check(
    app: &App,
    permit: &Permit<RecordActivities>,
    draft: &Draft,
    errors: &mut FieldErrors,
) -> Result<()> {
    draft.check(definitions(), app.clock.today(), errors);
    if !records_for(permit, draft.owner) {
        errors.add("co_quan", "Hãy chọn cơ quan mà tài khoản này được ghi hoạt động.");
    }
    if let Some(unit) = draft.unit
        && store::place(app.db.read(), unit).await?.is_none()
    {
        errors.add("dia_ban", "Không có địa bàn này; hãy chọn trong danh sách.");
    }
    Ok(())
}

/// Changes an activity that was read at `version`.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when somebody else was faster, [`Error::Invalid`].
pub async fn edit(app: &App, permit: &Permit<RecordActivities>, id: Uuid, version: i64, draft: &Draft) -> Result<()> {
    let before = may_record(app, permit, id).await?;
    let mut errors = FieldErrors::default();
    check(app, permit, draft, &mut errors).await?;
    errors.into_result(())?;
    let tx = app.db.begin().await?;
    store::update_activity(&*tx, id, version, (draft, &form_of(&draft.kind)), app.clock.now()).await?;
    let was = &before.draft;
    let detail = json!({
        "title": draft.title,
        "turns": [was.turns, draft.turns],
        "held_on": [was.held_on, draft.held_on],
        "owner": [was.owner, draft.owner],
    });
    note(app, &tx, permit, "activities.edit", id, detail).await?;
    tx.commit().await
}

/// Takes an activity back.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when somebody else was faster, [`Error::Invalid`] without a reason.
pub async fn withdraw(
    app: &App,
    permit: &Permit<RecordActivities>,
    id: Uuid,
    version: i64,
    reason: &str,
) -> Result<()> {
    may_record(app, permit, id).await?;
    if reason.is_empty() {
        return Err(Error::invalid("ly_do", "Hãy nêu lý do rút."));
    }
    let tx = app.db.begin().await?;
    store::withdraw_activity(&*tx, id, version, reason, app.clock.now()).await?;
    note(app, &tx, permit, "activities.withdraw", id, json!({ "reason": reason })).await?;
    tx.commit().await
}

/// Records what was done to an activity.
pub(super) async fn note<A: Action>(
    app: &App,
    tx: &Tx,
    permit: &Permit<A>,
    action: &str,
    id: Uuid,
    detail: serde_json::Value,
) -> Result<()> {
    let entry = Trail { action, subject: "activity", id: Some(id), detail };
    audit::record(&**tx, &*app.clock, permit.actor(), entry).await
}
