//! Obligations as what an activity may serve; its activities are their evidence.

use futures::future::BoxFuture;
use kernel::{Actor, Permit, Result, Uuid, text};
use platform::{App, Subject, SubjectDef};
use records::documents::place;

use super::object::may_act;
use crate::plans::{
    model::due::period_label,
    policy::ReportProgress,
    store::{self, Line},
    views::day,
};

/// Key of the kind, and first part of its pages' addresses.
pub(crate) const KIND: &str = "nghia-vu";

/// Most that are offered.
const MOST: i64 = 40;

/// What this slice offers.
pub(crate) const SUBJECTS: &[SubjectDef] =
    &[SubjectDef { kind: KIND, label: "Nhiệm vụ được giao", search, find }];

fn subject(line: &Line) -> Subject {
    let due = day(line.due_date);
    let due = if due.is_empty() { String::new() } else { format!("hạn {due}") };
    let period = period_label(&line.period);
    let parts = [line.plan_number.as_str(), period.as_str(), due.as_str()];
    let title = text::shorten(&line.title, 120);
    Subject {
        kind: KIND,
        id: line.id,
        label: format!("{} {title}", place(&line.anchor)).trim().to_owned(),
        note: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        within: Some(line.plan_id),
        path: format!("/{KIND}/{}", line.id),
    }
}

fn search<'a>(app: &'a App, actor: &'a Actor, words: &'a str) -> BoxFuture<'a, Result<Vec<Subject>>> {
    Box::pin(async move {
        let Some(permit) = Permit::<ReportProgress>::of(actor) else { return Ok(Vec::new()) };
        let lines = store::mine(app.db.read(), permit.roots(), MOST).await?;
        let words = text::fold(words);
        Ok(lines.iter().filter(|line| text::fold(&line.title).contains(&words)).map(subject).collect())
    })
}

fn find<'a>(app: &'a App, actor: &'a Actor, id: Uuid) -> BoxFuture<'a, Result<Option<Subject>>> {
    Box::pin(async move {
        let Some(permit) = Permit::<ReportProgress>::of(actor) else { return Ok(None) };
        match may_act(app, &permit, id).await {
            Ok(()) => Ok(store::line(app.db.read(), id).await?.as_ref().map(subject)),
            Err(kernel::Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    })
}
