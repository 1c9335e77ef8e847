//! What the reviewer does to a draft: fields, tasks, parties.

use std::collections::HashMap;

use kernel::{Error, Permit, Result, Uuid, new_id};
use papers::{Deadline, Force, TaskClass};
use platform::App;
use serde_json::json;

use super::{
    directory::{Directory, Meaning, directory},
    read::mean,
    upload::note,
};
use crate::documents::{
    model::{self, PartyRole, State, reading::Reading, task::Standing},
    policy::Prepare,
    store::{self, Document, Facts, PartyRow, Task},
};

/// A task with the parties it names.
#[derive(Debug, Clone)]
pub struct Assigned {
    /// The task.
    pub task: Task,
    /// Who, in printed order.
    pub parties: Vec<PartyRow>,
}

impl Assigned {
    /// What the review needs to know.
    pub(in crate::documents) fn standing(&self) -> Standing {
        Standing {
            state: self.task.state.clone(),
            confidence: self.task.confidence,
            leads: self.parties.iter().filter(|party| party.role() == PartyRole::Lead).count(),
            unresolved: self.parties.iter().filter(|party| party.unresolved()).count(),
            least: self.parties.iter().map(|party| party.confidence).min().unwrap_or(100),
        }
    }
}

/// The tasks of a document with their parties; two statements.
pub(in crate::documents) async fn assigned(c: &impl ::store::ConnectionTrait, document: Uuid) -> Result<Vec<Assigned>> {
    let mut parties: HashMap<Uuid, Vec<PartyRow>> = HashMap::new();
    for party in store::parties(c, document).await? {
        parties.entry(party.task_id).or_default().push(party);
    }
    let tasks = store::tasks(c, document).await?.into_iter();
    Ok(tasks.map(|task| Assigned { parties: parties.remove(&task.id).unwrap_or_default(), task }).collect())
}

/// The draft, locked for this change by being read inside its transaction.
pub(super) async fn draft(tx: &::store::Tx, permit: &Permit<Prepare>, id: Uuid) -> Result<Document> {
    let document = store::owned_document(&**tx, permit, id).await?;
    match document.state() {
        State::Draft => Ok(document),
        State::Reading | State::Failed => Err(Error::Conflict("Văn bản chưa đọc xong nên chưa rà soát được.".into())),
        State::Confirmed | State::Superseded => Err(Error::Conflict(
            "Văn bản đã xác nhận, không sửa được nữa. Chỗ cần chữa hãy lập thành bản đính chính.".into(),
        )),
    }
}

/// Writes the fields as the reviewer has them; those that changed count as certain.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is no draft.
pub async fn edit_facts(app: &App, permit: &Permit<Prepare>, id: Uuid, mut facts: Facts) -> Result<()> {
    let directory = directory(app).await?;
    let tx = app.db.begin().await?;
    let document = draft(&tx, permit, id).await?;
    let mut reading = Reading::from_json(&document.marks);
    let mut changed = Vec::new();
    let mut compare = |field: &'static str, old: &str, new: &str| {
        if old != new {
            changed.push(field);
        }
    };
    compare("number", &document.number, &facts.number);
    compare("kind", &document.kind, &facts.kind);
    compare("title", &document.title, &facts.title);
    compare("date", &format!("{:?}", document.date()), &format!("{:?}", facts.date));
    compare("place", &document.place, &facts.place);
    compare("issuer", &document.issuer, &facts.issuer);
    compare("parent_body", &document.parent_body, &facts.parent_body);
    compare("signer_authority", &document.signer_authority, &facts.signer_authority);
    compare("signer_position", &document.signer_position, &facts.signer_position);
    compare("signer_name", &document.signer_name, &facts.signer_name);
    compare("urgency", &document.urgency, &facts.urgency);
    facts.issuer_id = directory.issuer(&facts.issuer, facts.date);
    // Whoever saves the form has seen every field in it.
    let shown: Vec<String> = reading.marks.iter().map(|mark| mark.field.clone()).collect();
    for field in shown.iter().map(String::as_str).chain(changed.iter().copied()) {
        reading.settle(field);
    }
    store::set_facts(&*tx, id, &facts, &reading.to_json(), &document.body).await?;
    note(&tx, app, permit.actor(), "documents.edit", id, json!({ "fields": changed })).await?;
    tx.commit().await
}

/// A task as the reviewer writes it.
#[derive(Debug, Clone)]
pub struct TaskEdit {
    /// Nearest heading.
    pub heading: String,
    /// Its words.
    pub body: String,
    /// Ordered or asked.
    pub force: Force,
    /// Content or organisation.
    pub class: TaskClass,
    /// The rule of its due dates.
    pub deadline: Deadline,
    /// Rules of further due dates.
    pub deadlines_more: Vec<Deadline>,
    /// Product expected.
    pub product: String,
    /// Who leads, as called on paper.
    pub lead: Vec<String>,
    /// Who helps.
    pub coordinating: Vec<String>,
}

impl TaskEdit {
    fn apply(self, task: &mut Task) -> [(PartyRole, Vec<String>); 2] {
        task.heading = self.heading;
        task.body = self.body;
        task.force = model::key(&self.force);
        task.class = model::key(&self.class);
        task.deadline_kind = model::key(&self.deadline.kind);
        task.deadline_value = self.deadline.value.unwrap_or_default();
        task.set_deadlines_more(&self.deadlines_more);
        task.product = self.product;
        task.confidence = 100;
        [(PartyRole::Lead, self.lead), (PartyRole::Coordinating, self.coordinating)]
    }
}

fn new_party(task: &Task, role: PartyRole, words: String, meaning: Meaning) -> PartyRow {
    let mut row = PartyRow {
        id: new_id(),
        task_id: task.id,
        role: model::key(&role),
        position: 0,
        words,
        force: task.force.clone(),
        span_start: 0,
        span_end: 0,
        confidence: 100,
        target: "none".into(),
        agency_id: None,
        class_key: String::new(),
        scope_id: None,
        label: String::new(),
        members: 0,
        candidates: "[]".into(),
    };
    mean(&mut row, Meaning { sure: true, ..meaning });
    row
}

/// Parties by the words now given; those that were there before keep their place in the text and their meaning.
fn parties_from(
    named: [(PartyRole, Vec<String>); 2],
    mut old: Vec<PartyRow>,
    task: &Task,
    directory: &Directory,
    document: &Document,
) -> Vec<PartyRow> {
    let place = directory.place(document.issuer_id, document.owner_id, document.date());
    let mut rows: Vec<PartyRow> = Vec::new();
    for (role, names) in named {
        for words in names {
            let known = old.iter().position(|party| party.words == words);
            let found: Vec<PartyRow> = match known.map(|at| old.swap_remove(at)) {
                Some(row) => vec![PartyRow { role: model::key(&role), confidence: 100, ..row }],
                None => {
                    let meant = directory.meanings(&words, place).into_iter();
                    meant.map(|(words, meaning)| new_party(task, role, words, meaning)).collect()
                }
            };
            for row in found {
                rows.push(PartyRow { id: new_id(), task_id: task.id, position: rows.len() as i64 + 1, ..row });
            }
        }
    }
    rows
}

/// Changes a task; it counts as accepted then.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is no draft.
pub async fn edit_task(app: &App, permit: &Permit<Prepare>, id: Uuid, task: Uuid, edit: TaskEdit) -> Result<()> {
    let directory = directory(app).await?;
    let tx = app.db.begin().await?;
    let document = draft(&tx, permit, id).await?;
    let mut task = store::task(&*tx, id, task).await?;
    let old = store::parties_of(&*tx, task.id).await?;
    let named = edit.apply(&mut task);
    task.state = "accepted".into();
    let parties = parties_from(named, old, &task, &directory, &document);
    store::update_task(&*tx, &task).await?;
    store::delete_parties(&*tx, task.id).await?;
    store::insert_parties(&*tx, id, &parties).await?;
    store::count_tasks(&*tx, id).await?;
    note(&tx, app, permit.actor(), "documents.edit_task", id, json!({ "task": task.anchor })).await?;
    tx.commit().await
}

/// Adds a task that the reader missed, behind another or at the end; its id.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is no draft.
pub async fn add_task(
    app: &App,
    permit: &Permit<Prepare>,
    id: Uuid,
    after: Option<Uuid>,
    anchor: &str,
    edit: TaskEdit,
) -> Result<Uuid> {
    let directory = directory(app).await?;
    let tx = app.db.begin().await?;
    let document = draft(&tx, permit, id).await?;
    let tasks = store::tasks(&*tx, id).await?;
    let before = match after {
        Some(after) => Some(tasks.iter().find(|task| task.id == after).ok_or(Error::NotFound)?),
        None => tasks.last(),
    };
    let position = before.map_or(0, |task| task.position);
    let mut task = blank(position + 1, &free_anchor(&tasks, anchor));
    let named = edit.apply(&mut task);
    let parties = parties_from(named, Vec::new(), &task, &directory, &document);
    store::shift_tasks(&*tx, id, position, 1).await?;
    store::insert_tasks(&*tx, id, std::slice::from_ref(&task)).await?;
    store::insert_parties(&*tx, id, &parties).await?;
    store::count_tasks(&*tx, id).await?;
    note(&tx, app, permit.actor(), "documents.add_task", id, json!({ "task": task.anchor })).await?;
    tx.commit().await?;
    Ok(task.id)
}

fn blank(position: i64, anchor: &str) -> Task {
    Task {
        id: new_id(),
        position,
        anchor: anchor.to_owned(),
        heading: String::new(),
        body: String::new(),
        force: String::new(),
        class: String::new(),
        deadline_kind: String::new(),
        deadline_value: String::new(),
        deadline_text: String::new(),
        deadline_start: 0,
        deadline_end: 0,
        deadlines_more: "[]".into(),
        product: String::new(),
        span_start: 0,
        span_end: 0,
        confidence: 100,
        origin: "added".into(),
        state: "accepted".into(),
    }
}

/// The anchor, with "#2", "#3"… where it is taken.
pub(super) fn free_anchor(tasks: &[Task], wanted: &str) -> String {
    let wanted = if wanted.is_empty() { "thêm" } else { wanted };
    let taken = |anchor: &str| tasks.iter().any(|task| task.anchor == anchor);
    if !taken(wanted) {
        return wanted.to_owned();
    }
    let stem = wanted.split('#').next().unwrap_or(wanted);
    (2..).map(|n| format!("{stem}#{n}")).find(|anchor| !taken(anchor)).unwrap_or_default()
}

/// Accepts (`accepted`), drops (`dropped`) or reopens (`open`) a task.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is no draft.
pub async fn set_task_state(
    app: &App,
    permit: &Permit<Prepare>,
    id: Uuid,
    task: Uuid,
    state: &'static str,
) -> Result<()> {
    let tx = app.db.begin().await?;
    draft(&tx, permit, id).await?;
    let mut task = store::task(&*tx, id, task).await?;
    task.state = state.into();
    store::update_task(&*tx, &task).await?;
    store::count_tasks(&*tx, id).await?;
    note(&tx, app, permit.actor(), "documents.mark_task", id, json!({ "task": task.anchor, "state": state })).await?;
    tx.commit().await
}

/// Accepts every open task that is certain; how many.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is no draft.
pub async fn accept_sure(app: &App, permit: &Permit<Prepare>, id: Uuid) -> Result<u64> {
    let tx = app.db.begin().await?;
    draft(&tx, permit, id).await?;
    let tasks = assigned(&*tx, id).await?;
    let sure: Vec<Uuid> = tasks.iter().filter(|one| one.standing().sure()).map(|one| one.task.id).collect();
    let done = store::accept_tasks(&*tx, &sure).await?;
    note(&tx, app, permit.actor(), "documents.accept_sure", id, json!({ "tasks": done })).await?;
    tx.commit().await?;
    Ok(done)
}

/// Everything of a document that the review shows; four statements.
pub struct SheetOf {
    /// The document.
    pub document: Document,
    /// Its tasks with their parties, in its order.
    pub tasks: Vec<Assigned>,
    /// Kính gửi and Nơi nhận.
    pub recipients: Vec<store::Recipient>,
    /// Papers that it names.
    pub citations: Vec<store::Citation>,
}

/// A document under review.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn sheet(app: &App, permit: &Permit<Prepare>, id: Uuid) -> Result<SheetOf> {
    let document = store::owned_document(app.db.read(), permit, id).await?;
    sheet_of(app, document).await
}

/// Everything of a document already found.
pub(in crate::documents) async fn sheet_of(app: &App, document: Document) -> Result<SheetOf> {
    let c = app.db.read();
    Ok(SheetOf {
        tasks: assigned(c, document.id).await?,
        recipients: store::recipients(c, document.id).await?,
        citations: store::citations(c, &[document.id]).await?,
        document,
    })
}
