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

/// A report in which the activity has its part: the cells with what it adds to them.
struct Part {
    row: Counting,
    form: Arc<Form>,
    cells: Vec<(String, i64)>,
    /// Had it left its maker before the activity was recorded?
    missed: bool,
}

impl Part {
    fn round(&self) -> &Round {
        &self.row.held.round
    }

    fn report(&self) -> &Report {
        &self.row.held.report
    }
}

fn tell<'a>(app: &'a App, actor: &'a Actor, id: Uuid) -> BoxFuture<'a, Result<Vec<Use>>> {
    Box::pin(async move {
        let Some(permit) = Permit::<ReadReports>::of(actor) else { return Ok(Vec::new()) };
        let Some(one) = activities::counted(app.db.read(), id).await?.filter(|one| one.held_on <= app.clock.today())
        else {
            return Ok(Vec::new());
        };
        let mut parts = counting(app, &one).await?;
        let steps = way(app, &permit, &parts).await?.steps;
        parts.extend(taking(app, &parts, &steps).await?);
        let way = way(app, &permit, &parts).await?;
        parts.retain(|part| way.seen(part.round().id, 0));
        let papers = papers(app, actor, &parts, &way).await?;
        let told = |part: &Part| Use {
            missed: part.missed,
            figures: if part.missed { Vec::new() } else { figures(&permit, part) },
            papers: if part.missed { Vec::new() } else { of_report(&part.row, &papers, &way) },
            ..named(part.report(), part.round())
        };
        Ok(parts.iter().map(told).collect())
    })
}

/// The reports that count the activity themselves.
async fn counting(app: &App, one: &activities::Counted) -> Result<Vec<Part>> {
    let rows = store::counting(app.db.read(), one.owner, time::date_to_int(one.held_on)).await?;
    let programmes = programmes(app, &rows, one).await?;
    let mut found: Vec<(Counting, Arc<Form>)> = Vec::new();
    for row in rows {
        if row.held.round.plan_id.is_none_or(|plan| programmes.contains(&plan)) {
            let form = form_of(app, row.held.round.form_id).await?;
            found.push((row, form));
        }
    }
    let asked: Vec<Measure> =
        found.iter().flat_map(|(_, form)| measured(form).map(|(_, asked)| asked.clone())).collect();
    let mut adds = activities::adds(app.db.read(), one, &asked).await?.into_iter();
    let part = |(row, form): (Counting, Arc<Form>)| {
        let cells = measured(&form).map(|(key, _)| key.to_owned()).zip(adds.by_ref()).filter(|(_, adds)| *adds != 0);
        let cells: Vec<_> = cells.collect();
        let missed = !row.held.report.state().with_maker() && row.finished_at < one.recorded_at.0;
        Part { row, form, cells, missed }
    };
    Ok(found.into_iter().map(part).filter(|part| !part.cells.is_empty()).collect())
}

/// The reports by other forms that take over the totals of these: at agencies on the way, of the same period.
async fn taking(app: &App, parts: &[Part], steps: &[OnWay]) -> Result<Vec<Part>> {
    let parts: Vec<&Part> = parts.iter().filter(|part| !part.missed).collect();
    let rounds: Vec<Uuid> = parts.iter().map(|part| part.round().id).collect();
    let nodes: Vec<Uuid> = steps.iter().map(|step| step.agency_id).collect();
    let mut out = Vec::new();
    for row in store::taking(app.db.read(), &rounds, &nodes).await? {
        let form = form_of(app, row.held.round.form_id).await?;
        let reached = |part: &&&Part| {
            let (from, to) = (part.round(), &row.held.round);
            let same = from.period_key == to.period_key && from.date_to == to.date_to;
            let step = steps
                .iter()
                .find(|step| step.round_id == from.id && step.agency_id == row.held.report.agency_id)
                .map(|step| step.step);
            let open = row.held.report.state().with_maker();
            let since = step.map_or(0, |step| part.row.since(step));
            same && ["", to.plan_name.as_str()].contains(&from.plan_name.as_str())
                && since != 0
                && (open || since <= row.finished_at)
        };
        let reached: Vec<_> = parts.iter().filter(reached).collect();
        let cells = form.cells.iter().filter_map(|cell| {
            let Source::Below { form: key, cell: other } = &cell.source else { return None };
            let from = reached.iter().filter(|part| part.form.key == *key).flat_map(|part| &part.cells);
            // An estimate and the official figure after it are the same activity.
            let adds = from.filter(|(key, _)| key == other).map(|(_, adds)| *adds).max()?;
            Some((cell.key.clone(), adds))
        });
        let cells: Vec<_> = cells.collect();
        if !cells.is_empty() {
            out.push(Part { row, form, cells, missed: false });
        }
    }
    Ok(out)
}

/// The way of the figures of these reports.
async fn way(app: &App, permit: &Permit<ReadReports>, parts: &[Part]) -> Result<Way> {
    let reports: Vec<Uuid> = parts.iter().map(|part| part.report().id).collect();
    Ok(Way { all: permit.everywhere(), steps: store::way(app.db.read(), &reports, permit.roots()).await? })
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
async fn papers(app: &App, actor: &Actor, parts: &[Part], way: &Way) -> Result<Vec<Telling>> {
    if Permit::<ReadPapers>::of(actor).is_none() {
        return Ok(Vec::new());
    }
    let rounds: Vec<Uuid> = parts.iter().map(|part| part.round().id).collect();
    let nodes: Vec<Uuid> = way.steps.iter().map(|step| step.agency_id).collect();
    let mut papers = store::telling(app.db.read(), &rounds, &nodes).await?;
    papers.retain(|paper| way.step(paper.round_id, paper.node_id).is_some_and(|step| way.seen(paper.round_id, step)));
    Ok(papers)
}

/// Those that tell the figures of a report: signed where they stood already.
fn of_report(row: &Counting, papers: &[Telling], way: &Way) -> Vec<(String, String)> {
    let tells = |paper: &&Telling| {
        let since = way.step(paper.round_id, paper.node_id).map_or(0, |step| row.since(step));
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
fn figures(permit: &Permit<ReadReports>, part: &Part) -> Vec<UsedFigure> {
    let row = part.report();
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
    let figure = |(key, adds): &(String, i64)| UsedFigure {
        label: part.form.named(key),
        path: format!("/bao-cao/{}/o/{key}", row.id),
        adds: *adds,
        value: values.get(key).and_then(Value::number).map(display),
    };
    part.cells.iter().map(figure).collect()
}
