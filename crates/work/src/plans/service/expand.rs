//! From a confirmed paper to a plan, its tasks, assignments and obligations. Safe to repeat: the plan and its tasks are
//! made in one transaction, obligations in batches that never make one twice.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use kernel::{Permit, Result, Uuid, text, time};
use papers::{Force, TaskClass};
use platform::{
    App,
    audit::{self, Entry},
    jobs::JobContext,
};
use records::{
    agencies::only_asks,
    documents::{self, Confirmed, ConfirmedTask, Mode, PartyRole, Target},
};
use serde_json::json;

use super::{
    amend,
    directory::{ADDRESSEE, Members, RELATIVE, Span, meant},
    product, review,
};
use crate::plans::{
    model::{
        NEVER,
        due::{self, Due, Settings},
        kind::{self, PlanKind},
        state::State,
    },
    policy::ManagePlans,
    store::{self, Assignment, Event, NewObligation, NewPlan, Obligation, Plan, Slot, Task},
};

/// Obligations made in one transaction: a second's work at most, so that nobody waits long.
const BATCH: usize = 5_000;

/// The job on a confirmed document: its plan, and the duties whose product it is.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn expand_document(app: &App, context: &JobContext, document: Uuid) -> Result<()> {
    let paper = documents::confirmed(app.db.read(), document).await?;
    expand(app, &Permit::system(), &paper, Some(context)).await?;
    product::arrived(app, &Permit::system(), &paper).await
}

/// Makes the plan of a paper with everything in it; its id. A paper without tasks makes no plan unless it changes one.
///
/// # Errors
/// When the database refuses.
pub async fn expand(
    app: &App,
    permit: &Permit<ManagePlans>,
    paper: &Confirmed,
    job: Option<&JobContext>,
) -> Result<Option<Uuid>> {
    let known = store::plan_of_document(app.db.read(), paper.id).await?;
    let plan = match known {
        Some(plan) => Some(plan.id),
        None if paper.tasks.is_empty() => None,
        None => Some(make_plan(app, permit, paper).await?),
    };
    if let Some(id) = plan
        && let Some(plan) = store::plan(app.db.read(), id).await?
        && plan.state == "building"
    {
        fill(app, &plan, span(paper), job).await?;
        let tx = app.db.begin().await?;
        store::set_plan_state(&tx, id, if plan.history() { "historical" } else { "active" }, None).await?;
        tx.commit().await?;
    }
    amend::after_confirming(app, permit, paper, plan).await?;
    Ok(plan)
}

/// The agencies of its own time for a paper of the past, those of the day of confirming otherwise.
pub(super) fn span(paper: &Confirmed) -> Span {
    match paper.mode {
        Mode::History => Span::Past { on: paper.date.unwrap_or(paper.confirmed_on), filed: paper.confirmed_on },
        Mode::InForce => Span::Whole(paper.confirmed_on),
    }
}

async fn make_plan(app: &App, permit: &Permit<ManagePlans>, paper: &Confirmed) -> Result<Uuid> {
    let id = store::next_id();
    let issued = issued(paper);
    let new = NewPlan {
        id,
        document: paper.id,
        kind: PlanKind::of_paper(&paper.kind, &paper.title).key(),
        number: &paper.number,
        title: &paper.title,
        owner: paper.owner_agency,
        issued,
        years: kind::years(&paper.title, issued),
        mode: mode_key(paper.mode),
        in_force_from: span(paper).day(),
        created_by: permit.actor().user,
        now: app.clock.now(),
    };
    let corrected = corrected(app, paper).await?;
    let tx = app.db.begin().await?;
    store::insert_plan(&tx, new).await?;
    if let Some(earlier) = corrected {
        store::inherit_settings(&tx, id, earlier.id).await?;
        review::inherit(&tx, id, earlier.id).await?;
    }
    let mut tasks = Vec::with_capacity(paper.tasks.len());
    let mut assignments = Vec::new();
    for (task, given) in rows_of(paper, id) {
        tasks.push(task);
        assignments.extend(given);
    }
    store::insert_tasks(&tx, &tasks).await?;
    store::insert_assignments(&tx, id, assignments).await?;
    let detail = json!({ "number": paper.number, "document": paper.id, "tasks": tasks.len() });
    let entry = Entry { action: "plans.expand", subject: "plan", id: Some(id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Its day of issue; the day of confirming where that is not known.
pub(super) fn issued(paper: &Confirmed) -> NaiveDate {
    paper.date.unwrap_or(paper.confirmed_on)
}

pub(super) fn mode_key(mode: Mode) -> &'static str {
    if mode == Mode::History { "history" } else { "in_force" }
}

/// The plan of the version that a paper corrects.
pub(super) async fn corrected(app: &App, paper: &Confirmed) -> Result<Option<Plan>> {
    match paper.corrects {
        Some(earlier) => store::plan_of_document(app.db.read(), earlier).await,
        None => Ok(None),
    }
}

/// The tasks of a paper as tasks of a plan, each with those it is given to.
pub(super) fn rows_of(paper: &Confirmed, plan: Uuid) -> Vec<(Task, Vec<Assignment>)> {
    let row = |task: &ConfirmedTask| {
        let row = task_row(plan, task);
        let given = assignments_of(paper, task, row.id);
        (row, given)
    };
    paper.tasks.iter().map(row).collect()
}

/// Who a task is given to. The addressees of the paper stand beside relative parties that nobody else is named with.
fn assignments_of(paper: &Confirmed, task: &ConfirmedTask, row: Uuid) -> Vec<Assignment> {
    let assignment = |role: &str, force: Force, words: &str, target: &Target| {
        let (target, agency_id, class_key, scope_id, basis) = match target {
            Target::Agency(agency) => ("agency", Some(*agency), String::new(), None, String::new()),
            Target::Class { key, scope } => ("class", None, key.clone(), Some(*scope), String::new()),
            Target::Relative { key } => (RELATIVE, None, key.clone(), None, String::new()),
            Target::Ended { basis } => ("ended", None, String::new(), None, basis.clone()),
            Target::None => ("none", None, String::new(), None, String::new()),
        };
        Assignment {
            id: store::next_id(),
            task_id: row,
            role: role.to_owned(),
            force: force_key(force).to_owned(),
            party: words.to_owned(),
            target: target.to_owned(),
            agency_id,
            class_key,
            scope_id,
            basis,
        }
    };
    let mut out: Vec<Assignment> = task
        .parties
        .iter()
        .map(|party| assignment(role_key(party.role), party.force, &party.text, &party.target))
        .collect();
    let relative = |one: &Assignment| one.target == RELATIVE;
    if out.iter().any(relative) && out.iter().all(relative) {
        let addressees = paper.addressees.iter();
        out.extend(addressees.map(|(words, target)| assignment(ADDRESSEE, task.force, words, target)));
    }
    out
}

fn role_key(role: PartyRole) -> &'static str {
    if role == PartyRole::Lead { "lead" } else { "coordinating" }
}

fn force_key(force: Force) -> &'static str {
    match force {
        Force::Assign => "assign",
        Force::Request => "request",
    }
}

fn task_row(plan: Uuid, task: &ConfirmedTask) -> Task {
    let product = task.product.clone().unwrap_or_default();
    let first = task.text.split(['\n', ';']).next().unwrap_or_default();
    let kind = serde_json::to_value(task.deadline.kind).ok();
    Task {
        id: store::next_id(),
        plan_id: plan,
        position: task.position,
        anchor: task.anchor.clone(),
        heading: text::shorten(&task.heading, 200),
        title: text::shorten(first.trim(), 160),
        body: task.text.clone(),
        source_id: Some(task.id),
        force: force_key(task.force).to_owned(),
        class: if task.class == TaskClass::Org { "org" } else { "task" }.to_owned(),
        deadline_kind: kind.and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_else(|| "none".into()),
        deadline_value: task.deadline.value.clone().unwrap_or_default(),
        deadline_text: task.deadline_text.clone(),
        deadlines_more: serde_json::to_string(&task.deadlines_more).unwrap_or_else(|_| "[]".into()),
        product_kind: kind::product_kind(&product).to_owned(),
        product,
        product_issuer: String::new(),
        per_locality: false,
    }
}

/// Makes the obligations that a plan lacks; how many.
pub(super) async fn fill(app: &App, plan: &Plan, span: Span, job: Option<&JobContext>) -> Result<usize> {
    let rows = wanted(app, plan, span).await?;
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let (mut done, mut made) = (0, 0);
    for batch in rows.chunks(BATCH) {
        let tx = app.db.begin().await?;
        store::lock_plan(&tx, plan.id).await?;
        made += store::insert_obligations(&tx, plan.id, batch).await?;
        done += i64::try_from(batch.len()).unwrap_or_default();
        if let Some(job) = job {
            job.progress(&*tx, app.clock.now(), done, total).await?;
        }
        tx.commit().await?;
    }
    Ok(made)
}

/// Last year whose duties are made now; a job makes those of later years in their time.
pub(super) fn through(app: &App) -> i32 {
    app.clock.today().year() + 1
}

async fn wanted(app: &App, plan: &Plan, span: Span) -> Result<Vec<NewObligation>> {
    let c = app.db.read();
    let held: HashSet<Slot> = store::slots(c, plan.id).await?.into_iter().collect();
    let mut by_task: HashMap<Uuid, Vec<Assignment>> = HashMap::new();
    for assignment in store::assignments(c, plan.id).await? {
        by_task.entry(assignment.task_id).or_default().push(assignment);
    }
    let events = store::events(c, plan.id).await?;
    let tasks = store::tasks(c, plan.id).await?.into_iter();
    let tasks =
        tasks.map(|task| (by_task.remove(&task.id).unwrap_or_default(), task)).map(|(given, task)| (task, given));
    let frame = Frame::of(app, plan).await?;
    duties(app, frame, span, (tasks.collect(), &events), held).await
}

/// What of a plan its duties depend on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub settings: Settings,
    pub history: bool,
    /// Whose word it is.
    pub issuer: Uuid,
}

impl Frame {
    async fn of(app: &App, plan: &Plan) -> Result<Self> {
        let issuer = match plan.document_id {
            Some(document) => documents::issuer(app.db.read(), document).await?,
            None => None,
        };
        let issuer = issuer.unwrap_or(plan.owner_id);
        Ok(Self { settings: plan.settings(), history: plan.history(), issuer })
    }
}

/// The duties of these tasks, given the events that took place, that are not `held` yet.
pub(super) async fn duties(
    app: &App,
    frame: Frame,
    span: Span,
    (tasks, events): (Vec<(Task, Vec<Assignment>)>, &[Event]),
    mut held: HashSet<Slot>,
) -> Result<Vec<NewObligation>> {
    let mut members = Members::on(app, span.day());
    let mut out = Vec::new();
    for (task, given) in tasks {
        let dues = task.dues(events, frame.settings, through(app)).into_iter().filter(|due| span.holds(due));
        let dues: Vec<Due> = dues.collect();
        add(&mut out, &mut held, frame, &dues, meant(app, &mut members, given, span).await?);
    }
    ask(app, frame.issuer, &mut out).await?;
    Ok(out)
}

/// The obligations that an event opens for the agencies of today, besides those that waited for it.
pub(super) async fn opened(
    app: &App,
    plan: &Plan,
    event: &Event,
    waiting: &[Obligation],
) -> Result<Vec<NewObligation>> {
    let today = app.clock.today();
    let given = store::assignments(app.db.read(), plan.id).await?;
    let given = given.into_iter().filter(|assignment| assignment.task_id == event.task_id).collect();
    let slot = |row: &Obligation| Slot {
        task_id: row.task_id,
        agency_id: row.agency_id,
        role: row.role.clone(),
        period: event.period.clone(),
    };
    let mut held = waiting.iter().map(slot).collect();
    let meant = meant(app, &mut Members::on(app, today), given, Span::From(today)).await?;
    let mut out = Vec::new();
    let frame = Frame::of(app, plan).await?;
    add(&mut out, &mut held, frame, &[event.due()], meant);
    ask(app, frame.issuer, &mut out).await?;
    Ok(out)
}

/// Adds what one task asks of the agencies meant, where it is not held yet.
fn add(
    out: &mut Vec<NewObligation>,
    held: &mut HashSet<Slot>,
    frame: Frame,
    dues: &[Due],
    meant: Vec<(Assignment, Vec<Uuid>)>,
) {
    let mut leads: HashSet<Uuid> = HashSet::new();
    for (assignment, agencies) in meant {
        let lead = assignment.role == "lead";
        for agency in agencies {
            if lead {
                leads.insert(agency);
            } else if leads.contains(&agency) {
                // Nobody coordinates with itself.
                continue;
            }
            for due in dues {
                let slot = Slot {
                    task_id: assignment.task_id,
                    agency_id: agency,
                    role: assignment.role.clone(),
                    period: due.period.clone(),
                };
                if held.insert(slot.clone()) {
                    out.push(new_obligation(frame, &assignment, slot, due));
                }
            }
        }
    }
}

/// Turns into requests what was given to bodies that the issuer can only ask, however they were named.
async fn ask(app: &App, issuer: Uuid, rows: &mut [NewObligation]) -> Result<()> {
    let agencies = rows.iter().map(|row| row.slot.agency_id).chain([issuer]);
    let kinds = store::agency_kinds(app.db.read(), agencies).await?;
    let kind = |agency: Uuid| kinds.get(&agency).map(String::as_str).unwrap_or_default();
    for row in rows.iter_mut().filter(|row| only_asks(kind(issuer), kind(row.slot.agency_id))) {
        row.force = "request";
    }
    Ok(())
}

/// A duty of the past is there to be read: of a paper of the past, or due before the plan was in force.
fn new_obligation(frame: Frame, assignment: &Assignment, slot: Slot, due: &Due) -> NewObligation {
    let past = due::past(due, frame.settings);
    NewObligation {
        id: store::next_id(),
        slot,
        assignment_id: assignment.id,
        force: if assignment.force == "request" { "request" } else { "assign" },
        clock: due.clock,
        due_date: due.date.map_or(NEVER, time::date_to_int),
        state: if past || frame.history { State::Historical } else { State::New },
        mark: if past { "past" } else { "" },
    }
}
