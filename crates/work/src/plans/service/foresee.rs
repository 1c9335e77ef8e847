//! What confirming a paper would make, told beforehand: the same expansion, with nothing written.

use std::collections::HashSet;

use futures::future::BoxFuture;
use kernel::{Actor, Error, Permit, Result, Uuid};
use platform::{App, Forecast, ForecastDef};
use records::documents::{CONFIRMED, Confirmed, Mode};
use serde::Deserialize;
use serde_json::Value;

use super::{
    expand::{Frame, corrected, duties, issued, mode_key, rows_of, span, through},
    object::plan_in_sight,
};
use crate::plans::{
    model::{
        due::{Settings, YEAR_END},
        kind,
        state::State,
    },
    policy::ReadPlans,
    store::{self, Plan},
};

/// What this slice tells.
pub(crate) const FORECASTS: &[ForecastDef] = &[ForecastDef { kind: CONFIRMED, tell, made }];

fn tell<'a>(app: &'a App, paper: &'a Value) -> BoxFuture<'a, Result<Forecast>> {
    Box::pin(async move { foresee(app, &Confirmed::deserialize(paper).map_err(Error::internal)?).await })
}

/// The board of the plan that a paper became.
fn made<'a>(app: &'a App, actor: &'a Actor, document: Uuid) -> BoxFuture<'a, Result<Option<String>>> {
    Box::pin(async move {
        let Some(permit) = Permit::<ReadPlans>::of(actor) else { return Ok(None) };
        let Some(plan) = store::plan_of_document(app.db.read(), document).await? else { return Ok(None) };
        match plan_in_sight(app, &permit, plan.id).await {
            Ok(_) => Ok(Some(format!("/ke-hoach/{}", plan.id))),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    })
}

async fn foresee(app: &App, paper: &Confirmed) -> Result<Forecast> {
    let settings = settings(paper, corrected(app, paper).await?);
    let tasks = rows_of(paper, store::next_id());
    let through = through(app);
    let recurring = |task: &store::Task| task.dues(&[], settings, through).iter().any(|due| due.recurring);
    let repeated: HashSet<Uuid> =
        tasks.iter().map(|(task, _)| task).filter(|one| recurring(one)).map(|one| one.id).collect();
    let count = tasks.len();
    let issuer = paper.issuer_agency.unwrap_or(paper.owner_agency);
    let frame = Frame { settings, history: paper.mode == Mode::History, issuer };
    let mut made = duties(app, frame, span(paper), (tasks, &[]), HashSet::new()).await?;
    // Days gone by are kept to be read: no duty of today.
    made.retain(|one| frame.history || one.state != State::Historical);
    let agencies: HashSet<Uuid> = made.iter().map(|one| one.slot.agency_id).collect();
    let busy: HashSet<Uuid> = made.iter().map(|one| one.slot.task_id).collect();
    let more = settings.year_to > through && !busy.is_disjoint(&repeated);
    Ok(Forecast {
        duties: made.len(),
        agencies: agencies.len(),
        idle: count - busy.len(),
        through: more.then_some(through),
    })
}

/// As the plan of this paper would have them.
fn settings(paper: &Confirmed, earlier: Option<Plan>) -> Settings {
    let in_force_from = (paper.mode == Mode::InForce).then_some(paper.confirmed_on);
    match earlier {
        Some(plan) if plan.mode == mode_key(paper.mode) => plan.settings(),
        Some(plan) => Settings { in_force_from, ..plan.settings() },
        None => {
            let (year_from, year_to) = kind::years(&paper.title, issued(paper));
            Settings { year_from, year_to, year_end: YEAR_END, in_force_from }
        }
    }
}
