//! Figures that stand out, and questions about them.

use std::collections::BTreeMap;

use kernel::{Error, Permit, Result, Uuid, time};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::sight::{self, Sight};
use crate::{
    plans::service::notify,
    reporting::{
        model::{
            form::Form,
            outlier::{Standing, standing},
            payload::Frozen,
            value::Values,
        },
        policy::{DecideReports, FillReports},
        store::{self, Question, Report, Round},
    },
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
    let past = store::history(app.db.read(), row.agency_id, round).await?;
    let past: Vec<Values> = past.iter().map(|past| read(&past.frozen)).collect();
    let peers = store::reports_under(app.db.read(), round.id, row.parent_id).await?;
    let peers = peers.iter().filter(|peer| peer.agency_id != row.agency_id && peer.counted && peer.level == row.level);
    let peers: Vec<Values> = peers.map(|peer| read(&peer.frozen)).collect();
    Ok(standing_out(&sight.form, values, &past, &peers.iter().collect::<Vec<_>>()))
}

fn standing_out(form: &Form, values: &Values, past: &[Values], peers: &[&Values]) -> BTreeMap<String, Outlier> {
    let mut out = BTreeMap::new();
    for cell in form.cells.iter().filter(|cell| cell.kind.numeric()) {
        let number = |values: &Values| values.get(&cell.key).and_then(|value| value.number());
        let Some(figure) = number(values) else { continue };
        let own: Vec<f64> = past.iter().filter_map(number).collect();
        let peers: Vec<f64> = peers.iter().filter_map(|values| number(values)).collect();
        let found = Outlier { own: standing(figure, &own), peers: standing(figure, &peers) };
        if found.own.is_some() || found.peers.is_some() {
            out.insert(cell.key.clone(), found);
        }
    }
    out
}

fn read(frozen: &str) -> Values {
    serde_json::from_str::<Frozen>(frozen).unwrap_or_default().values
}

/// The figures that stand out in all sent reports of a round to one agency, by agency; two statements.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn all_outliers(
    app: &App,
    round: &Round,
    form: &Form,
    node: Uuid,
) -> Result<BTreeMap<Uuid, BTreeMap<String, Outlier>>> {
    let mut past: BTreeMap<Uuid, Vec<Values>> = BTreeMap::new();
    for row in store::earlier(app.db.read(), round, node).await? {
        past.entry(row.agency_id).or_default().push(read(&row.frozen));
    }
    let rows = store::reports_under(app.db.read(), round.id, node).await?;
    let rows: Vec<(&Report, Values)> =
        rows.iter().filter(|row| !row.frozen.is_empty()).map(|row| (row, read(&row.frozen))).collect();
    let mut out = BTreeMap::new();
    for (row, values) in rows.iter().filter(|(row, _)| row.live && !row.state().with_agency()) {
        let peer = |(other, _): &&(&Report, Values)| {
            other.agency_id != row.agency_id && other.counted && other.level == row.level
        };
        let peers: Vec<&Values> = rows.iter().filter(peer).map(|(_, values)| values).collect();
        let past = past.get(&row.agency_id).map(Vec::as_slice).unwrap_or_default();
        let found = standing_out(form, values, past, &peers);
        if !found.is_empty() {
            out.insert(row.agency_id, found);
        }
    }
    Ok(out)
}

/// Asks those who sent a report about a figure.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`] without words or for a cell that the form has not.
pub(crate) async fn ask(app: &App, permit: &Permit<DecideReports>, id: Uuid, cell: &str, body: &str) -> Result<()> {
    let (row, round, form) = sight::for_receiver(app, permit, id).await?;
    if form.cell(cell).is_none() || body.is_empty() {
        return Err(Error::invalid("cau_hoi", "Hãy chọn ô và viết câu hỏi."));
    }
    let label = form.named(cell);
    let people = store::people_of(app.db.read(), row.agency_id, time::date_to_int(app.clock.today())).await?;
    let notice = format!("{} hỏi về “{label}”, {} ({})", row.parent_name, round.title, round.period_label);
    let tx = app.db.begin().await?;
    notify(app, &tx, &people, &notice, &format!("/bao-cao/{id}#ask")).await?;
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
    let (row, round, form) = sight::for_agency(app, permit, report).await?;
    let question = of_report(app, report, id).await?;
    if body.is_empty() {
        return Err(Error::invalid("tra_loi", "Hãy viết câu trả lời."));
    }
    let label = form.named(&question.cell);
    let notice = format!("{} trả lời về “{label}”, {} ({})", row.agency_name, round.title, round.period_label);
    let tx = app.db.begin().await?;
    notify(app, &tx, &[question.asked_by], &notice, &format!("/bao-cao/{report}#ask")).await?;
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
    let detail = json!({ "cell": question.cell, "follow_up": !question.follow_up });
    let entry = Entry { action: "reporting.follow", subject: "report", id: Some(report), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await
}
