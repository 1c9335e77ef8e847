//! Tasks and parties of a document.

use kernel::{Error, Result, Uuid};
use papers::{Deadline, DeadlineKind, Force, TaskClass};
use store::{ConnectionTrait, FromQueryResult, all, exec, insert, one};

use super::super::model::{self, PartyRole};

/// A task's row.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Task {
    pub id: Uuid,
    pub position: i64,
    pub anchor: String,
    pub heading: String,
    pub body: String,
    pub force: String,
    pub class: String,
    pub deadline_kind: String,
    pub deadline_value: String,
    pub deadline_text: String,
    pub deadline_start: i64,
    pub deadline_end: i64,
    pub deadlines_more: String,
    pub product: String,
    pub span_start: i64,
    pub span_end: i64,
    pub confidence: i64,
    pub origin: String,
    pub state: String,
}

impl Task {
    /// Ordered or asked.
    pub fn force(&self) -> Force {
        model::from_key(&self.force).unwrap_or(Force::Assign)
    }

    /// Content or organisation.
    pub fn class(&self) -> TaskClass {
        model::from_key(&self.class).unwrap_or(TaskClass::Task)
    }

    /// The rule of its due dates.
    pub fn deadline(&self) -> Deadline {
        let kind = model::from_key(&self.deadline_kind).unwrap_or(DeadlineKind::None);
        Deadline { kind, value: (!self.deadline_value.is_empty()).then(|| self.deadline_value.clone()) }
    }

    /// The rules of further due dates.
    pub fn deadlines_more(&self) -> Vec<Deadline> {
        serde_json::from_str(&self.deadlines_more).unwrap_or_default()
    }

    /// Sets them; those that say the same as another are left out.
    pub fn set_deadlines_more(&mut self, more: &[Deadline]) {
        let mut rules = vec![self.deadline()];
        for rule in more.iter().filter(|rule| rule.kind != DeadlineKind::None) {
            if !rules.contains(rule) {
                rules.push(rule.clone());
            }
        }
        self.deadlines_more = serde_json::to_string(rules.get(1..).unwrap_or_default()).unwrap_or_else(|_| "[]".into());
    }
}

/// A party's row.
#[derive(Debug, Clone, FromQueryResult)]
pub struct PartyRow {
    pub id: Uuid,
    pub task_id: Uuid,
    pub role: String,
    pub position: i64,
    pub words: String,
    pub force: String,
    pub span_start: i64,
    pub span_end: i64,
    pub confidence: i64,
    pub target: String,
    pub agency_id: Option<Uuid>,
    pub class_key: String,
    pub scope_id: Option<Uuid>,
    pub label: String,
    pub members: i64,
    pub candidates: String,
}

impl PartyRow {
    /// Leads or helps.
    pub fn role(&self) -> PartyRole {
        model::from_key(&self.role).unwrap_or(PartyRole::Coordinating)
    }

    /// Ordered or asked.
    pub fn force(&self) -> Force {
        model::from_key(&self.force).unwrap_or(Force::Assign)
    }

    /// Whom it means is not said yet: the words are unknown (`none`), or mean some of many (`related`).
    pub fn unresolved(&self) -> bool {
        self.target == "none" || self.target == "related"
    }

    /// Key under which heirs are kept: the agency, or the class in its scope.
    pub fn source(&self) -> Option<String> {
        source_key(&self.target, self.agency_id, &self.class_key, self.scope_id)
    }
}

/// See [`PartyRow::source`].
pub(in crate::documents) fn source_key(
    target: &str,
    agency: Option<Uuid>,
    class: &str,
    scope: Option<Uuid>,
) -> Option<String> {
    match target {
        "agency" => agency.map(|id| format!("agency:{id}")),
        "class" => scope.map(|scope| format!("class:{class}@{scope}")),
        _ => None,
    }
}

const TASK: &str = "id, position, anchor, heading, body, force, class, deadline_kind, deadline_value, deadline_text, \
                    deadline_start, deadline_end, deadlines_more, product, span_start, span_end, confidence, origin, state";
const PARTY: &str = "id, task_id, role, position, words, force, span_start, span_end, confidence, target, agency_id, \
                     class_key, scope_id, label, members, candidates";

/// All tasks of a document, in its order.
pub(in crate::documents) async fn tasks(c: &impl ConnectionTrait, document: Uuid) -> Result<Vec<Task>> {
    let sql = format!("SELECT {TASK} FROM document_tasks WHERE document_id = $1 ORDER BY position");
    all(c, &sql, vec![document.into()]).await
}

/// One task of a document.
///
/// # Errors
/// [`Error::NotFound`].
pub(in crate::documents) async fn task(c: &impl ConnectionTrait, document: Uuid, id: Uuid) -> Result<Task> {
    let sql = format!("SELECT {TASK} FROM document_tasks WHERE document_id = $1 AND id = $2");
    one(c, &sql, vec![document.into(), id.into()]).await?.ok_or(Error::NotFound)
}

/// All parties of a document, in order within their tasks.
pub(in crate::documents) async fn parties(c: &impl ConnectionTrait, document: Uuid) -> Result<Vec<PartyRow>> {
    let sql = format!("SELECT {PARTY} FROM document_parties WHERE document_id = $1 ORDER BY position, id");
    all(c, &sql, vec![document.into()]).await
}

/// Parties of one task.
pub(in crate::documents) async fn parties_of(c: &impl ConnectionTrait, task: Uuid) -> Result<Vec<PartyRow>> {
    let sql = format!("SELECT {PARTY} FROM document_parties WHERE task_id = $1 ORDER BY position, id");
    all(c, &sql, vec![task.into()]).await
}

/// One party of a document.
///
/// # Errors
/// [`Error::NotFound`].
pub(in crate::documents) async fn party(c: &impl ConnectionTrait, document: Uuid, id: Uuid) -> Result<PartyRow> {
    let sql = format!("SELECT {PARTY} FROM document_parties WHERE document_id = $1 AND id = $2");
    one(c, &sql, vec![document.into(), id.into()]).await?.ok_or(Error::NotFound)
}

/// Adds tasks.
pub(in crate::documents) async fn insert_tasks(c: &impl ConnectionTrait, document: Uuid, tasks: &[Task]) -> Result<()> {
    let mut rows = insert(
        "document_tasks",
        &[
            "id",
            "document_id",
            "position",
            "anchor",
            "heading",
            "body",
            "force",
            "class",
            "deadline_kind",
            "deadline_value",
            "deadline_text",
            "deadline_start",
            "deadline_end",
            "deadlines_more",
            "product",
            "span_start",
            "span_end",
            "confidence",
            "origin",
            "state",
        ],
    );
    for task in tasks {
        rows.push([
            task.id.into(),
            document.into(),
            task.position.into(),
            task.anchor.as_str().into(),
            task.heading.as_str().into(),
            task.body.as_str().into(),
            task.force.as_str().into(),
            task.class.as_str().into(),
            task.deadline_kind.as_str().into(),
            task.deadline_value.as_str().into(),
            task.deadline_text.as_str().into(),
            task.deadline_start.into(),
            task.deadline_end.into(),
            task.deadlines_more.as_str().into(),
            task.product.as_str().into(),
            task.span_start.into(),
            task.span_end.into(),
            task.confidence.into(),
            task.origin.as_str().into(),
            task.state.as_str().into(),
        ]);
    }
    rows.run(c).await
}

/// Adds parties.
pub(in crate::documents) async fn insert_parties(
    c: &impl ConnectionTrait,
    document: Uuid,
    parties: &[PartyRow],
) -> Result<()> {
    let mut rows = insert(
        "document_parties",
        &[
            "id",
            "document_id",
            "task_id",
            "role",
            "position",
            "words",
            "force",
            "span_start",
            "span_end",
            "confidence",
            "target",
            "agency_id",
            "class_key",
            "scope_id",
            "label",
            "members",
            "candidates",
        ],
    );
    for party in parties {
        rows.push([
            party.id.into(),
            document.into(),
            party.task_id.into(),
            party.role.as_str().into(),
            party.position.into(),
            party.words.as_str().into(),
            party.force.as_str().into(),
            party.span_start.into(),
            party.span_end.into(),
            party.confidence.into(),
            party.target.as_str().into(),
            party.agency_id.into(),
            party.class_key.as_str().into(),
            party.scope_id.into(),
            party.label.as_str().into(),
            party.members.into(),
            party.candidates.as_str().into(),
        ]);
    }
    rows.run(c).await
}

/// Writes a task as changed by the reviewer.
pub(in crate::documents) async fn update_task(c: &impl ConnectionTrait, task: &Task) -> Result<()> {
    let sql = "UPDATE document_tasks SET heading = $1, body = $2, force = $3, class = $4, deadline_kind = $5, \
               deadline_value = $6, deadline_text = $7, deadline_start = $8, deadline_end = $9, product = $10, \
               span_start = $11, span_end = $12, confidence = $13, origin = $14, state = $15, deadlines_more = $16 WHERE id = $17";
    let values = vec![
        task.heading.as_str().into(),
        task.body.as_str().into(),
        task.force.as_str().into(),
        task.class.as_str().into(),
        task.deadline_kind.as_str().into(),
        task.deadline_value.as_str().into(),
        task.deadline_text.as_str().into(),
        task.deadline_start.into(),
        task.deadline_end.into(),
        task.product.as_str().into(),
        task.span_start.into(),
        task.span_end.into(),
        task.confidence.into(),
        task.origin.as_str().into(),
        task.state.as_str().into(),
        task.deadlines_more.as_str().into(),
        task.id.into(),
    ];
    exec(c, sql, values).await.map(drop)
}

/// Writes whom a party means.
pub(in crate::documents) async fn update_party(c: &impl ConnectionTrait, party: &PartyRow) -> Result<()> {
    let sql = "UPDATE document_parties SET words = $1, force = $2, confidence = $3, target = $4, agency_id = $5, \
               class_key = $6, scope_id = $7, label = $8, members = $9, candidates = $10 WHERE id = $11";
    let values = vec![
        party.words.as_str().into(),
        party.force.as_str().into(),
        party.confidence.into(),
        party.target.as_str().into(),
        party.agency_id.into(),
        party.class_key.as_str().into(),
        party.scope_id.into(),
        party.label.as_str().into(),
        party.members.into(),
        party.candidates.as_str().into(),
        party.id.into(),
    ];
    exec(c, sql, values).await.map(drop)
}

/// Accepts these tasks; how many there were.
pub(in crate::documents) async fn accept_tasks(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<u64> {
    let mut done = 0;
    for part in ids.chunks(500) {
        let sql = format!("UPDATE document_tasks SET state = 'accepted' WHERE id IN ({})", store::marks(1, part.len()));
        done += exec(c, &sql, part.iter().map(|id| (*id).into()).collect()).await?;
    }
    Ok(done)
}

/// Removes parties of a task.
pub(in crate::documents) async fn delete_parties(c: &impl ConnectionTrait, task: Uuid) -> Result<()> {
    exec(c, "DELETE FROM document_parties WHERE task_id = $1", vec![task.into()]).await.map(drop)
}

/// Removes a task and its parties.
pub(in crate::documents) async fn delete_task(c: &impl ConnectionTrait, task: Uuid) -> Result<()> {
    delete_parties(c, task).await?;
    exec(c, "DELETE FROM document_tasks WHERE id = $1", vec![task.into()]).await.map(drop)
}

/// Makes room for `by` tasks behind a position.
pub(in crate::documents) async fn shift_tasks(
    c: &impl ConnectionTrait,
    document: Uuid,
    after: i64,
    by: i64,
) -> Result<()> {
    let sql = "UPDATE document_tasks SET position = position + $1 WHERE document_id = $2 AND position > $3";
    exec(c, sql, vec![by.into(), document.into(), after.into()]).await.map(drop)
}

/// Counts the tasks that were not dropped into the document's row.
pub(in crate::documents) async fn count_tasks(c: &impl ConnectionTrait, document: Uuid) -> Result<()> {
    let sql = "UPDATE documents SET tasks = (SELECT COUNT(*) FROM document_tasks t WHERE t.document_id = documents.id \
               AND t.state <> 'dropped') WHERE id = $1";
    exec(c, sql, vec![document.into()]).await.map(drop)
}
