//! Plans over HTTP.

mod amend;
mod asked;
mod clock;
mod events;
mod expand;
mod lists;
mod mine;
mod products;
mod remind;
mod reviews;
mod typed;

use chrono::NaiveDate;
use kernel::{Permit, Uuid, new_id};
use papers::{Deadline, DeadlineKind, Force, TaskClass};
use records::documents::{Confirmed, ConfirmedTask, Mode, Party, PartyRole, Target};
use store::{FromQueryResult, Params, all, scalar};
use testkit::TestApp;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

/// A task with a deadline and those it is given to.
pub(super) fn task(anchor: &str, text: &str, kind: DeadlineKind, value: &str, parties: Vec<Party>) -> ConfirmedTask {
    ConfirmedTask {
        id: new_id(),
        position: 0,
        anchor: anchor.into(),
        heading: "I. Nhiệm vụ trọng tâm".into(),
        text: text.into(),
        force: Force::Assign,
        class: TaskClass::Task,
        deadline: Deadline { kind, value: (!value.is_empty()).then(|| value.into()) },
        deadline_text: "như văn bản".into(),
        deadlines_more: Vec::new(),
        product: None,
        parties,
    }
}

pub(super) fn lead(agency: Uuid) -> Party {
    party(PartyRole::Lead, Force::Assign, Target::Agency(agency))
}

fn helps(agency: Uuid) -> Party {
    party(PartyRole::Coordinating, Force::Assign, Target::Agency(agency))
}

fn asked(agency: Uuid) -> Party {
    party(PartyRole::Lead, Force::Request, Target::Agency(agency))
}

/// Every agency of a kind below another.
fn every(role: PartyRole, kind: &str, scope: Uuid) -> Party {
    party(role, Force::Assign, Target::Class { key: format!("kind:{kind}"), scope })
}

fn party(role: PartyRole, force: Force, target: Target) -> Party {
    Party { role, text: "cơ quan được giao".into(), force, target }
}

/// A plan of 2026 in force from today.
pub(super) fn paper(app: &TestApp, owner: Uuid, tasks: Vec<ConfirmedTask>) -> Confirmed {
    let today = app.app.clock.today();
    let mut tasks = tasks;
    for (task, position) in tasks.iter_mut().zip(1..) {
        task.position = position;
    }
    Confirmed {
        id: new_id(),
        number: "12/KH-UBND".into(),
        kind: "Kế hoạch".into(),
        title: "Phổ biến, giáo dục pháp luật năm 2026".into(),
        date: Some(day(2026, 1, 15)),
        issuer_agency: Some(owner),
        owner_agency: owner,
        mode: Mode::InForce,
        confirmed_on: today,
        amends: None,
        how: None,
        corrects: None,
        addressees: Vec::new(),
        tasks,
    }
}

/// Confirms a paper; its plan.
pub(super) async fn expand(app: &TestApp, paper: &Confirmed) -> Uuid {
    work::plans::service::expand(&app.app, &Permit::system(), paper, None).await.expect("expanded").expect("a plan")
}

/// An obligation as tests look at it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
struct Found {
    id: Uuid,
    agency_id: Uuid,
    role: String,
    clock: String,
    period: String,
    due_date: i64,
    urgent: i64,
    force: String,
    state: String,
    mark: String,
    percent: i64,
    version: i64,
    moved_to: Option<Uuid>,
}

async fn obligations(app: &TestApp, plan: Uuid) -> Vec<Found> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT o.id, o.agency_id, o.role, o.clock, o.period, o.due_date, o.urgent, o.force, o.state, o.mark, o.percent, o.version, o.moved_to \
         FROM obligations o JOIN plan_tasks t ON t.id = o.task_id WHERE o.plan_id = {} ORDER BY t.position, o.role DESC, o.due_date, o.id",
        params.mark(plan)
    );
    all(app.app.db.read(), &sql, params.values()).await.expect("obligations")
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a count")
}

/// The totals say what the obligations say.
async fn totals_hold(app: &TestApp) {
    assert_eq!(
        work::plans::service::check_totals(&app.app).await.expect("a recount"),
        0,
        "totals differ from a recount"
    );
}
