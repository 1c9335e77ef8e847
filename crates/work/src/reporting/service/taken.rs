//! Reports that came with a key: taken in once, answered the same each time, written together with others that came at the same moment.

use std::collections::HashSet;

use kernel::{Actor, Error, Result, Uuid};
use platform::{App, audit};

use super::fill::trail;
use crate::reporting::{
    model::flow::Act,
    store::{self, NewIntake, NewStep, Report},
};

/// A report to be written with the answer to its key.
pub(super) struct Taken {
    /// Made by the sender, see [`once`].
    pub key: String,
    /// Of what was sent.
    pub digest: String,
    /// What is answered.
    pub answer: String,
    /// The report as it was read.
    pub old: Report,
    /// The report as it is to be.
    pub new: Report,
    /// What was done to it, with particulars; without any, the answer alone is kept.
    pub steps: Vec<(Act, String)>,
}

impl Taken {
    /// Under what it is taken in once.
    fn id(&self) -> (Uuid, String) {
        (self.old.agency_id, self.key.clone())
    }
}

/// A report on its way to the database.
struct Pending {
    taken: Taken,
    actor: Actor,
    line: Option<audit::Line>,
}

/// The key under which something is taken in once.
pub(super) fn once(key: &str) -> Result<&str> {
    let key = key.trim();
    if (8..=100).contains(&key.len()) {
        return Ok(key);
    }
    Err(Error::invalid("key", "Cần khóa chống gửi trùng (key), từ 8 đến 100 ký tự."))
}

impl Pending {
    fn intake(&self) -> NewIntake<'_> {
        let Taken { key, digest, answer, old, .. } = &self.taken;
        NewIntake { agency: old.agency_id, key, report: old.id, digest, answer }
    }
}

/// What was answered when the same was taken in before.
pub(super) async fn answered(app: &App, agency: Uuid, key: &str, digest: &str) -> Result<Option<String>> {
    match store::intake(app.db.read(), agency, key).await? {
        Some(known) if known.digest == digest => Ok(Some(known.answer)),
        Some(_) => Err(Error::Conflict("Khóa (key) này đã dùng cho nội dung khác; mỗi lần gửi cần khóa riêng.".into())),
        None => Ok(None),
    }
}

/// Writes a report with the answer to its key; the answer.
///
/// # Errors
/// [`Error::Unavailable`] when somebody else wrote at the same moment: nothing was kept, it is to be sent again.
pub(super) async fn take_in(app: &App, actor: &Actor, taken: Taken) -> Result<String> {
    let (agency, key, digest) = (taken.old.agency_id, taken.key.clone(), taken.digest.clone());
    let answer = taken.answer.clone();
    let line = taken.steps.last().map(|(act, _)| trail(app, actor, &taken.new, *act));
    let pending = Pending { taken, actor: actor.clone(), line };
    let inside = app.clone();
    match app.db.queue().write(pending, move |all| write(inside, all)).await {
        Ok(()) => Ok(answer),
        Err(Error::Conflict(_)) => answered(app, agency, &key, &digest)
            .await?
            .ok_or_else(|| Error::Unavailable("Báo cáo đang được sửa; hãy gửi lại sau giây lát.".into())),
        Err(error) => Err(error),
    }
}

/// Writes those that wait in one transaction, each for itself: one that was overtaken leaves nothing behind.
async fn write(app: App, all: Vec<Pending>) -> Result<Vec<Result<()>>> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let intakes: Vec<NewIntake<'_>> = all.iter().map(Pending::intake).collect();
    let mut keys = store::insert_intakes(&tx, &intakes, now).await?;
    let fresh: Vec<bool> = all.iter().map(|Pending { taken, .. }| keys.remove(&taken.id())).collect();
    // Of two that change one report the second is overtaken, as if it had come later.
    let mut reports = HashSet::new();
    let due = all.iter().zip(&fresh).map(|(pending, fresh)| (&pending.taken, *fresh));
    let due = due.filter(|(taken, fresh)| *fresh && !taken.steps.is_empty() && reports.insert(taken.old.id));
    let changes: Vec<_> = due.map(|(taken, _)| (&taken.old, &taken.new)).collect();
    let mut changed = store::change_reports(&tx, &changes, now).await?;
    let mut outcomes = Vec::with_capacity(all.len());
    for (Pending { taken, .. }, fresh) in all.iter().zip(fresh) {
        let kept = fresh && (taken.steps.is_empty() || changed.remove(&taken.old.id));
        if fresh && !kept {
            store::delete_intake(&tx, taken.old.agency_id, &taken.key).await?;
        }
        outcomes.push(if kept {
            Ok(())
        } else {
            Err(Error::Conflict("Người khác vừa gửi hoặc sửa.".into()))
        });
    }
    let mut steps = Vec::new();
    for (Pending { taken, actor, .. }, _) in all.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_ok()) {
        for (act, detail) in &taken.steps {
            steps.push(NewStep { report: taken.old.id, actor, kind: act.key(), body: "", detail });
        }
    }
    store::insert_steps(&tx, now, &steps).await?;
    let lines = all.into_iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_ok());
    let lines: Vec<audit::Line> = lines.filter_map(|(pending, _)| pending.line).collect();
    audit::record_lines(&*tx, lines).await?;
    tx.commit().await?;
    Ok(outcomes)
}
