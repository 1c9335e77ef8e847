//! Figures that stand out, and questions about them.

use std::collections::BTreeMap;

use kernel::{Error, Permit, Result, Uuid};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::sight::{self, Sight};
use crate::reporting::{
    model::{
        outlier::{Standing, standing},
        payload::Frozen,
        value::Values,
    },
    policy::{DecideReports, FillReports},
    store::{self, Question},
};

/// A figure that stands out: against the agency's own earlier reports, against its peers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outlier {
    pub own: Option<Standing>,
    pub peers: Option<Standing>,
}

/// The figures of a sent report that stand out; two statements.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn outliers(app: &App, sight: &Sight, values: &Values) -> Result<BTreeMap<String, Outlier>> {
    let (row, round) = (&sight.row, &sight.round);
    let read = |text: &str| serde_json::from_str::<Frozen>(text).unwrap_or_default().values;
    let past = store::history(app.db.read(), row.agency_id, &round.form_key, &round.rule, round.date_to).await?;
    let past: Vec<Values> = past.iter().map(|past| read(&past.frozen)).collect();
    let peers = store::reports_under(app.db.read(), round.id, row.parent_id).await?;
    let peers = peers.iter().filter(|peer| peer.agency_id != row.agency_id && peer.counted && peer.level == row.level);
    let peers: Vec<Values> = peers.map(|peer| read(&peer.frozen)).collect();
    let mut out = BTreeMap::new();
    for cell in sight.form.cells.iter().filter(|cell| cell.kind.numeric()) {
        let number = |values: &Values| values.get(&cell.key).and_then(|value| value.number());
        let Some(figure) = number(values) else { continue };
        let among = |others: &[Values]| standing(figure, &others.iter().filter_map(number).collect::<Vec<_>>());
        let found = Outlier { own: among(&past), peers: among(&peers) };
        if found.own.is_some() || found.peers.is_some() {
            out.insert(cell.key.clone(), found);
        }
    }
    Ok(out)
}

/// Asks those who sent a report about a figure.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`] without words or for a cell that the form has not.
pub(crate) async fn ask(app: &App, permit: &Permit<DecideReports>, id: Uuid, cell: &str, body: &str) -> Result<()> {
    let (row, _, form) = sight::for_receiver(app, permit, id).await?;
    if body.is_empty() || form.cell(cell).is_none() {
        return Err(Error::invalid("cau_hoi", "Hãy chọn ô và viết câu hỏi."));
    }
    let tx = app.db.begin().await?;
    store::insert_question(&tx, row.id, cell, body, permit.actor(), app.clock.now()).await?;
    let entry = Entry { action: "reporting.ask", subject: "report", id: Some(id), detail: json!({ "cell": cell }) };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await
}

async fn of_report(app: &App, report: Uuid, id: Uuid) -> Result<Question> {
    let question = store::question(app.db.read(), id).await?;
    question.filter(|question| question.report_id == report).ok_or(Error::NotFound)
}

/// Answers a question about one's own report.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`] without words.
pub(crate) async fn answer(app: &App, permit: &Permit<FillReports>, report: Uuid, id: Uuid, body: &str) -> Result<()> {
    sight::for_agency(app, permit, report).await?;
    let question = of_report(app, report, id).await?;
    if body.is_empty() {
        return Err(Error::invalid("tra_loi", "Hãy viết câu trả lời."));
    }
    let tx = app.db.begin().await?;
    store::set_answer(&tx, question.id, body, permit.actor(), app.clock.now()).await?;
    let detail = json!({ "cell": question.cell });
    let entry = Entry { action: "reporting.answer", subject: "report", id: Some(report), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await
}

/// Takes the flag off a question, or sets it again.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn follow(app: &App, permit: &Permit<DecideReports>, report: Uuid, id: Uuid) -> Result<()> {
    sight::for_receiver(app, permit, report).await?;
    let question = of_report(app, report, id).await?;
    let tx = app.db.begin().await?;
    store::set_follow_up(&tx, question.id, !question.follow_up).await?;
    tx.commit().await
}
