//! A paper that tasks wait for came into the register: whoever owes it has brought it out.

use std::collections::HashMap;

use kernel::{Permit, Result, Uuid, text::fold, time};
use platform::App;
use records::{
    agencies::{Dir, Who, directory},
    documents::{self, Confirmed},
};

use crate::plans::{
    model::{NEVER, kind::Stage, matching::alike},
    policy::ManagePlans,
    store::{self, NewStep, Obligation, Plan, Task},
};

/// Notes the paper on the duties whose product it is: of its kind, brought out by who was to bring it out, in a plan that
/// it cites or that stands in the line of papers that it cites. Where several tasks wait for such a paper, the one whose
/// words are nearest; between equals a person decides. Repeating it changes nothing more.
///
/// # Errors
/// When the database refuses, or somebody changed an obligation meanwhile (then it is tried again).
pub(super) async fn arrived(app: &App, permit: &Permit<ManagePlans>, paper: &Confirmed) -> Result<()> {
    let c = app.db.read();
    if !store::fulfilled_by(c, paper.id).await?.is_empty() {
        return Ok(());
    }
    let rows = match paper.corrects {
        Some(earlier) => store::fulfilled_by(c, earlier).await?,
        None => Vec::new(),
    };
    let rows = if rows.is_empty() { fulfilled(app, paper).await? } else { rows };
    if rows.is_empty() {
        return Ok(());
    }
    let date = paper.date.map(|date| format!(" ngày {}", time::display_date(date))).unwrap_or_default();
    let body = format!("{} {}{date} đã có trong sổ văn bản.", paper.kind, paper.number);
    let steps: Vec<(Uuid, Uuid)> = rows.iter().map(|row| (store::next_id(), row.id)).collect();
    let changes: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let mut after = row.clone();
            after.product_stage = Stage::Issued.key().to_owned();
            after.product_number = paper.number.clone();
            after.product_document_id = Some(paper.id);
            (row, after)
        })
        .collect();
    let tx = app.db.begin().await?;
    store::change_many(&tx, &changes).await?;
    let step = NewStep { kind: "product", body: &body, ..NewStep::default() };
    store::insert_steps(&tx, app.clock.now(), permit.actor(), &steps, step).await?;
    tx.commit().await
}

/// The duties whose product the paper is.
async fn fulfilled(app: &App, paper: &Confirmed) -> Result<Vec<Obligation>> {
    let c = app.db.read();
    let Some(issuer) = paper.issuer_agency else { return Ok(Vec::new()) };
    let cited = documents::cited(c, paper.id).await?;
    let plans = if cited.is_empty() { Vec::new() } else { store::plans_of_documents(c, &cited).await? };
    let mut tasks: HashMap<Uuid, (Task, Plan)> = HashMap::new();
    for plan in plans {
        for task in store::tasks(c, plan.id).await? {
            if !task.product_kind.is_empty() && fold(&task.product_kind) == fold(&paper.kind) {
                tasks.insert(task.id, (task, plan.clone()));
            }
        }
    }
    if tasks.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = tasks.keys().copied().collect();
    let issuers = Issuers { dir: &*directory(app).await?, issuer, today: app.clock.today() };
    let mut by_task: HashMap<Uuid, Vec<Obligation>> = HashMap::new();
    for row in store::awaiting(c, &ids).await? {
        if let Some((task, plan)) = tasks.get(&row.task_id)
            && issuers.brings_out(task, plan, row.agency_id)
        {
            by_task.entry(row.task_id).or_default().push(row);
        }
    }
    let day = time::date_to_int(paper.date.unwrap_or(paper.confirmed_on));
    Ok(nearest(&tasks, by_task, &paper.title).map(|rows| one_each(rows, day)).unwrap_or_default())
}

/// The duties of the task whose words are nearest to the title; of none when two are equally near.
fn nearest(
    tasks: &HashMap<Uuid, (Task, Plan)>,
    by_task: HashMap<Uuid, Vec<Obligation>>,
    title: &str,
) -> Option<Vec<Obligation>> {
    let near = |id: &Uuid| {
        let words = tasks.get(id).map(|(task, _)| format!("{} {}", task.product, task.title));
        words.map_or(0.0, |words| alike(&words, title))
    };
    let mut ranked: Vec<(f64, Vec<Obligation>)> = by_task.into_iter().map(|(id, rows)| (near(&id), rows)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    match ranked.as_slice() {
        [first, second, ..] if first.0 - second.0 < 0.01 => None,
        _ => ranked.into_iter().next().map(|(_, rows)| rows),
    }
}

/// Of each agency the duty whose day is nearest.
fn one_each(rows: Vec<Obligation>, day: i64) -> Vec<Obligation> {
    let away = |row: &Obligation| {
        let (due, day) = (time::date_from_int(row.due_date).filter(|_| row.due_date < NEVER), time::date_from_int(day));
        due.zip(day).map_or(i64::MAX, |(due, day)| (due - day).num_days().abs())
    };
    let mut best: HashMap<Uuid, Obligation> = HashMap::new();
    for row in rows {
        if best.get(&row.agency_id).is_none_or(|known| away(&row) < away(known)) {
            best.insert(row.agency_id, row);
        }
    }
    let mut rows: Vec<Obligation> = best.into_values().collect();
    rows.sort_by_key(|row| row.id);
    rows
}

/// Who brings out what is waited for.
struct Issuers<'a> {
    dir: &'a Dir,
    issuer: Uuid,
    today: chrono::NaiveDate,
}

impl Issuers<'_> {
    /// Is the issuer of the paper the one that was to bring out the product that this agency owes? Without a word on that:
    /// the agency itself, or the plan's owner, for whom it drafts. With one per locality: a body of the same place.
    fn brings_out(&self, task: &Task, plan: &Plan, agency: Uuid) -> bool {
        if task.product_issuer.is_empty() {
            return agency == self.issuer || !task.per_locality && plan.owner_id == self.issuer;
        }
        match self.dir.resolve(&task.product_issuer, plan.owner_id, self.today).who {
            Who::Agency(named) => named == self.issuer,
            Who::Relative { key, .. } => self.dir.members(&key, agency, self.today).contains(&self.issuer),
            Who::Class { key, .. } => {
                let member = self.dir.members(&key, plan.owner_id, self.today).contains(&self.issuer);
                member && (!task.per_locality || self.of_same_place(agency))
            }
            _ => agency == self.issuer,
        }
    }

    fn of_same_place(&self, agency: Uuid) -> bool {
        let relatives = self.dir.classes().into_iter().filter(|(key, _)| key.starts_with("relative:"));
        agency == self.issuer
            || relatives.into_iter().any(|(key, _)| self.dir.members(&key, agency, self.today).contains(&self.issuer))
    }
}
