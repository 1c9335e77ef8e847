//! From an activity upwards: the reports that count it, each with the figures to which it adds and the signed papers that tell them.

use std::sync::Arc;

use futures::future::BoxFuture;
use kernel::{Actor, Permit, Result, Uuid, time};
use platform::{App, Use, UseDef, UsedFigure};
use records::activities::{self, Measure};

use super::{draft::payload_of, form_of, sight::at};
use crate::{
    outgoing::policy::ReadPapers,
    plans::service::{KIND, wholes_of},
    reporting::{
        model::{
            form::{Form, Source},
            payload::Frozen,
            value::{Value, Values, display},
        },
        policy::ReadReports,
        store::{self, Counting, OnWay, Report, Round, Telling},
    },
};

/// What this slice counts of other slices.
pub(crate) const USES: &[UseDef] = &[UseDef { kind: activities::KIND, tell }];

fn tell<'a>(app: &'a App, actor: &'a Actor, id: Uuid) -> BoxFuture<'a, Result<Vec<Use>>> {
    Box::pin(async move {
        let Some(permit) = Permit::<ReadReports>::of(actor) else { return Ok(Vec::new()) };
        let c = app.db.read();
        let Some(one) = activities::counted(c, id).await?.filter(|one| one.held_on <= app.clock.today()) else {
            return Ok(Vec::new());
        };
        let rows = store::counting(c, one.owner, time::date_to_int(one.held_on)).await?;
        let reports: Vec<Uuid> = rows.iter().map(|row| row.held.report.id).collect();
        let way = Way { all: permit.everywhere(), steps: store::way(c, &reports, permit.roots()).await? };
        let programmes = programmes(app, &rows, &one).await?;
        let mut counting: Vec<(Counting, Arc<Form>)> = Vec::new();
        for row in rows {
            let round = &row.held.round;
            if way.seen(round.id, 0) && round.plan_id.is_none_or(|plan| programmes.contains(&plan)) {
                let form = form_of(app, round.form_id).await?;
                counting.push((row, form));
            }
        }
        let asked: Vec<Measure> =
            counting.iter().flat_map(|(_, form)| measured(form).map(|(_, asked)| asked.clone())).collect();
        let mut adds = activities::adds(c, &one, &asked).await?.into_iter();
        let papers = papers(app, actor, &counting, &way).await?;
        let uses = counting.iter().filter_map(|(row, form)| {
            let cells = measured(form).map(|(key, _)| key).zip(adds.by_ref()).filter(|(_, adds)| *adds != 0);
            let cells: Vec<(&str, i64)> = cells.collect();
            if cells.is_empty() {
                return None;
            }
            let missed = !row.held.report.state().with_maker() && row.finished_at < one.recorded_at.0;
            Some(Use {
                missed,
                figures: if missed { Vec::new() } else { figures(&permit, &row.held.report, form, &cells) },
                papers: if missed { Vec::new() } else { of_report(row, &papers, &way) },
                ..named(&row.held.report, &row.held.round)
            })
        });
        Ok(uses.collect())
    })
}

/// The cells of a form that count activities.
fn measured(form: &Form) -> impl Iterator<Item = (&str, &Measure)> {
    form.cells.iter().filter_map(|cell| match &cell.source {
        Source::Activities(measure) => Some((cell.key.as_str(), measure)),
        _ => None,
    })
}

/// Of the programmes that these rounds look back on those that the activity serves.
async fn programmes(app: &App, rows: &[Counting], one: &activities::Counted) -> Result<Vec<Uuid>> {
    let plans: Vec<Uuid> = rows.iter().filter_map(|row| row.held.round.plan_id).collect();
    if plans.is_empty() {
        return Ok(plans);
    }
    let parts: Vec<Uuid> = one.subjects.iter().filter(|one| one.kind == KIND).filter_map(|one| one.within).collect();
    wholes_of(app, &plans, &parts).await
}

/// The way of the figures as a person sees it.
struct Way {
    all: bool,
    steps: Vec<OnWay>,
}

impl Way {
    /// Is the person at or above an agency on the way from this step on? Who is sees the report, or the signed paper, that stands there.
    fn seen(&self, round: Uuid, from: i64) -> bool {
        self.all || self.steps.iter().any(|step| step.round_id == round && step.step >= from && step.seen != 0)
    }

    fn step(&self, round: Uuid, agency: Uuid) -> Option<i64> {
        self.steps.iter().find(|step| step.round_id == round && step.agency_id == agency).map(|step| step.step)
    }
}

/// The signed papers of the rounds that the person may see.
async fn papers(app: &App, actor: &Actor, counting: &[(Counting, Arc<Form>)], way: &Way) -> Result<Vec<Telling>> {
    if Permit::<ReadPapers>::of(actor).is_none() {
        return Ok(Vec::new());
    }
    let rounds: Vec<Uuid> = counting.iter().map(|(row, _)| row.held.round.id).collect();
    let nodes: Vec<Uuid> = way.steps.iter().map(|step| step.agency_id).collect();
    let mut papers = store::telling(app.db.read(), &rounds, &nodes).await?;
    papers.retain(|paper| way.step(paper.round_id, paper.node_id).is_some_and(|step| way.seen(paper.round_id, step)));
    Ok(papers)
}

/// Those that tell the figures of a report: signed by its own agency since it was closed, or above since it was approved.
fn of_report(row: &Counting, papers: &[Telling], way: &Way) -> Vec<(String, String)> {
    let tells = |paper: &&Telling| {
        let since = match way.step(paper.round_id, paper.node_id) {
            Some(0) => row.finished_at,
            _ => row.approved_at,
        };
        paper.round_id == row.held.round.id && since != 0 && since <= paper.signed_at
    };
    let named = |paper: &Telling| {
        let number = paper.number.map_or_else(String::new, |number| format!("{number:02}/{} – ", paper.symbol));
        (format!("{number}{}", paper.title), format!("/van-ban-di/{}", paper.id))
    };
    papers.iter().filter(tells).map(named).collect()
}

/// A report without its figures.
fn named(row: &Report, round: &Round) -> Use {
    let mut period = round.period_label.clone();
    if !round.plan_name.is_empty() {
        period = format!("{period}, tổng kết {}", round.plan_name);
    }
    if round.stage == "estimate" {
        period = format!("{period} (số ước tính)");
    }
    Use {
        label: format!("{} – {}", round.title, row.agency_name),
        path: format!("/bao-cao/{}", row.id),
        within: (period, format!("/ky-bao-cao/{}", round.id)),
        state: row.state().label(),
        missed: false,
        figures: Vec::new(),
        papers: Vec::new(),
    }
}

/// The figures of a report, for those who see them: its own agency, and those above once it is sent.
fn figures(permit: &Permit<ReadReports>, row: &Report, form: &Form, cells: &[(&str, i64)]) -> Vec<UsedFigure> {
    if row.state().with_agency() && !at(permit, row.agency_id) {
        return Vec::new();
    }
    let values = if row.state().with_maker() {
        Values::new()
    } else if row.frozen.is_empty() {
        payload_of(row).values
    } else {
        serde_json::from_str::<Frozen>(&row.frozen).unwrap_or_default().values
    };
    let figure = |(key, adds): &(&str, i64)| UsedFigure {
        label: form.named(key),
        path: format!("/bao-cao/{}/o/{key}", row.id),
        adds: *adds,
        value: values.get(*key).and_then(Value::number).map(display),
    };
    cells.iter().map(figure).collect()
}
