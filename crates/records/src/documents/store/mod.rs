//! Every query of the documents slice.

mod agencies;
mod citations;
mod confirm;
mod find;
mod list;
mod tasks;

pub(super) use agencies::*;
pub(super) use citations::*;
pub(super) use confirm::*;
pub(super) use find::*;
pub(super) use list::*;
pub(super) use tasks::*;

use chrono::NaiveDate;
use kernel::{Action, Error, Permit, Result, Timestamp, Uuid, time};
use papers::Span;
use store::{ConnectionTrait, FromQueryResult, Params, exec, insert, one, scalar};

use super::model::{self, Audience, Change, Mode, State};

/// A document's row.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Document {
    pub id: Uuid,
    pub state: String,
    pub owner_id: Uuid,
    pub audience: String,
    pub mode: String,
    pub number: String,
    pub number_key: String,
    pub kind: String,
    pub title: String,
    pub issued_on: i64,
    pub place: String,
    pub issuer: String,
    pub issuer_id: Option<Uuid>,
    pub parent_body: String,
    pub signer_authority: String,
    pub signer_position: String,
    pub signer_name: String,
    pub urgency: String,
    pub body: String,
    pub marks: String,
    pub problem: String,
    pub tasks: i64,
    pub file_name: String,
    pub file_hash: String,
    pub file_type: String,
    pub file_size: i64,
    pub once: Option<String>,
    pub previous_id: Option<Uuid>,
    pub amends_id: Option<Uuid>,
    pub amends_how: String,
    pub created_by: Uuid,
    pub created_at: i64,
    pub confirmed_name: String,
    pub confirmed_at: Option<i64>,
    pub confirmed_on: i64,
}

const COLUMNS: &str = "d.id, d.state, d.owner_id, d.audience, d.mode, d.number, d.number_key, d.kind, d.title, \
    d.issued_on, d.place, d.issuer, d.issuer_id, d.parent_body, d.signer_authority, d.signer_position, \
    d.signer_name, d.urgency, d.body, d.marks, d.problem, d.tasks, d.file_name, d.file_hash, d.file_type, \
    d.file_size, d.once, d.previous_id, d.amends_id, d.amends_how, d.created_by, d.created_at, d.confirmed_name, \
    d.confirmed_at, d.confirmed_on";

impl Document {
    /// Where it stands.
    pub fn state(&self) -> State {
        model::from_key(&self.state).unwrap_or(State::Failed)
    }

    /// Who may read it.
    pub fn audience(&self) -> Audience {
        model::from_key(&self.audience).unwrap_or(Audience::Internal)
    }

    /// What it is today, once confirmed.
    pub fn mode(&self) -> Option<Mode> {
        model::from_key(&self.mode)
    }

    /// What it does to [`Document::amends_id`].
    pub fn how(&self) -> Option<Change> {
        model::from_key(&self.amends_how)
    }

    /// Date of issue.
    pub fn date(&self) -> Option<NaiveDate> {
        time::date_from_int(self.issued_on)
    }

    /// "Kế hoạch 12/KH-UBND", or whatever of it is known.
    pub fn label(&self) -> String {
        label(&self.kind, &self.number, &self.file_name)
    }
}

/// "Kế hoạch 12/KH-UBND", or whatever of it is known.
pub(super) fn label(kind: &str, number: &str, file_name: &str) -> String {
    let text = format!("{kind} {number}");
    let text = text.trim();
    if text.is_empty() { file_name.to_owned() } else { text.to_owned() }
}

/// A stored span; none when it is empty.
pub(super) fn span(start: i64, end: i64) -> Option<Span> {
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    (start < end).then_some(Span { start, end })
}

/// `(start, end)` of a span as stored; two zeros for none.
pub(super) fn span_ends(span: Option<Span>) -> (i64, i64) {
    span.map_or((0, 0), |span| (span.start as i64, span.end as i64))
}

/// Condition on `d`: kept by an agency of the permit's subtrees.
fn owned<A: Action>(params: &mut Params, permit: &Permit<A>) -> String {
    if permit.everywhere() {
        return "1 = 1".into();
    }
    let roots = params.list(permit.roots().iter().copied());
    format!("EXISTS (SELECT 1 FROM agency_closure o WHERE o.descendant_id = d.owner_id AND o.ancestor_id IN ({roots}))")
}

/// Condition on `d`: confirmed, and for the eyes of the permit's holder. Whoever has duties from a paper in force may read it.
pub(super) fn visible<A: Action>(params: &mut Params, permit: &Permit<A>) -> String {
    let owned = owned(params, permit);
    let named = params.list(permit.roots().iter().copied());
    format!(
        "(d.state IN ('confirmed', 'superseded') AND (d.audience = 'public' OR {owned} OR \
         ((d.audience = 'addressees' OR d.mode = 'in_force') AND EXISTS (SELECT 1 FROM document_readers r \
         JOIN agency_closure n ON n.descendant_id = r.agency_id WHERE r.document_id = d.id AND n.ancestor_id IN ({named})))))"
    )
}

/// A document of any state kept by an agency of the permit's subtrees.
///
/// # Errors
/// [`Error::NotFound`], also for one that belongs to others.
pub(super) async fn owned_document<A: Action>(
    c: &impl ConnectionTrait,
    permit: &Permit<A>,
    id: Uuid,
) -> Result<Document> {
    let mut params = Params::new();
    let (mark, scope) = (params.mark(id), owned(&mut params, permit));
    let sql = format!("SELECT {COLUMNS} FROM documents d WHERE d.id = {mark} AND {scope}");
    one(c, &sql, params.values()).await?.ok_or(Error::NotFound)
}

/// A confirmed document that the permit's holder may read.
///
/// # Errors
/// [`Error::NotFound`], also for one that is not for these eyes.
pub(super) async fn visible_document<A: Action>(
    c: &impl ConnectionTrait,
    permit: &Permit<A>,
    id: Uuid,
) -> Result<Document> {
    let mut params = Params::new();
    let (mark, scope) = (params.mark(id), visible(&mut params, permit));
    let sql = format!("SELECT {COLUMNS} FROM documents d WHERE d.id = {mark} AND {scope}");
    one(c, &sql, params.values()).await?.ok_or(Error::NotFound)
}

/// A document by id alone: for the program's own work.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn document(c: &impl ConnectionTrait, id: Uuid) -> Result<Document> {
    let sql = format!("SELECT {COLUMNS} FROM documents d WHERE d.id = $1");
    one(c, &sql, vec![id.into()]).await?.ok_or(Error::NotFound)
}

/// Is the agency in one of the permit's subtrees, and there today?
pub(super) async fn may_own<A: Action>(c: &impl ConnectionTrait, permit: &Permit<A>, agency: Uuid) -> Result<bool> {
    let mut params = Params::new();
    let mark = params.mark(agency);
    let scope = if permit.everywhere() {
        "1 = 1".into()
    } else {
        format!("ancestor_id IN ({})", params.list(permit.roots().iter().copied()))
    };
    let sql = format!("SELECT COUNT(*) FROM agency_closure WHERE descendant_id = {mark} AND {scope}");
    Ok(scalar(c, &sql, params.values()).await? > 0)
}

/// A new document, before or after reading.
pub(super) struct NewDocument<'a> {
    pub id: Uuid,
    pub state: State,
    pub owner: Uuid,
    pub audience: Audience,
    pub file_name: &'a str,
    pub file_hash: &'a str,
    pub file_type: &'a str,
    pub file_size: i64,
    pub problem: &'a str,
    pub created_by: Uuid,
    pub now: Timestamp,
}

/// Adds a document of which only the file is known; the same file twice for one owner is a conflict.
pub(super) async fn insert_document(c: &impl ConnectionTrait, new: &NewDocument<'_>) -> Result<()> {
    let blank = || "".into();
    insert(
        "documents",
        &[
            "id",
            "state",
            "owner_id",
            "audience",
            "mode",
            "number",
            "number_key",
            "kind",
            "title",
            "issued_on",
            "place",
            "issuer",
            "parent_body",
            "signer_authority",
            "signer_position",
            "signer_name",
            "urgency",
            "search_fold",
            "body",
            "marks",
            "problem",
            "tasks",
            "file_name",
            "file_hash",
            "file_type",
            "file_size",
            "once",
            "amends_how",
            "created_by",
            "created_at",
            "confirmed_name",
            "confirmed_on",
        ],
    )
    .row([
        new.id.into(),
        model::key(&new.state).into(),
        new.owner.into(),
        model::key(&new.audience).into(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        0i64.into(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        kernel::text::fold(new.file_name).into(),
        blank(),
        "[]".into(),
        new.problem.into(),
        0i64.into(),
        new.file_name.into(),
        new.file_hash.into(),
        new.file_type.into(),
        new.file_size.into(),
        format!("{}:{}", new.owner, new.file_hash).into(),
        blank(),
        new.created_by.into(),
        new.now.0.into(),
        blank(),
        0i64.into(),
    ])
    .run(c)
    .await
}

/// What a document says of itself, as read or as edited.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    pub number: String,
    pub kind: String,
    pub title: String,
    pub date: Option<NaiveDate>,
    pub place: String,
    pub issuer: String,
    pub issuer_id: Option<Uuid>,
    pub parent_body: String,
    pub signer_authority: String,
    pub signer_position: String,
    pub signer_name: String,
    pub urgency: String,
}

/// Writes them, with the words that the register searches.
pub(super) async fn set_facts(
    c: &impl ConnectionTrait,
    id: Uuid,
    facts: &Facts,
    marks: &str,
    body: &str,
) -> Result<()> {
    let sql = "UPDATE documents SET number = $1, number_key = $2, kind = $3, title = $4, issued_on = $5, place = $6, \
               issuer = $7, issuer_id = $8, parent_body = $9, signer_authority = $10, signer_position = $11, \
               signer_name = $12, urgency = $13, search_fold = $14, marks = $15 WHERE id = $16";
    let key = if facts.number.is_empty() { String::new() } else { papers::number_key(&facts.number) };
    // A blank before each word, so that a pattern "% word%" finds beginnings of words.
    let head = format!("{} {} {} {}", facts.number, facts.kind, facts.title, facts.issuer);
    let search = format!(" {} {}", kernel::text::fold(&head), kernel::text::fold(body));
    let values = vec![
        facts.number.as_str().into(),
        key.into(),
        facts.kind.as_str().into(),
        facts.title.as_str().into(),
        facts.date.map_or(0, time::date_to_int).into(),
        facts.place.as_str().into(),
        facts.issuer.as_str().into(),
        facts.issuer_id.into(),
        facts.parent_body.as_str().into(),
        facts.signer_authority.as_str().into(),
        facts.signer_position.as_str().into(),
        facts.signer_name.as_str().into(),
        facts.urgency.as_str().into(),
        search.into(),
        marks.into(),
        id.into(),
    ];
    exec(c, sql, values).await.map(drop)
}

/// Notes that the paper was read (`draft`, with its text) or why not (`failed`).
pub(super) async fn set_read(
    c: &impl ConnectionTrait,
    id: Uuid,
    state: State,
    body: &str,
    problem: &str,
) -> Result<()> {
    let sql = "UPDATE documents SET state = $1, body = $2, problem = $3 WHERE id = $4";
    exec(c, sql, vec![model::key(&state).into(), body.into(), problem.into(), id.into()]).await.map(drop)
}

/// Removes a document that was never confirmed, with everything of it.
pub(super) async fn delete_document(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    for table in ["document_parties", "document_tasks", "document_recipients", "document_citations"] {
        exec(c, &format!("DELETE FROM {table} WHERE document_id = $1"), vec![id.into()]).await?;
    }
    exec(c, "DELETE FROM documents WHERE id = $1", vec![id.into()]).await.map(drop)
}

/// The document kept for this file, among those that the permit's holder may see.
pub(super) async fn document_of_file<A: Action>(
    c: &impl ConnectionTrait,
    permit: &Permit<A>,
    hash: &str,
) -> Result<Option<Document>> {
    let mut params = Params::new();
    let (mark, owned) = (params.mark(hash), owned(&mut params, permit));
    let visible = visible(&mut params, permit);
    let sql = format!(
        "SELECT {COLUMNS} FROM documents d WHERE d.file_hash = {mark} AND ({owned} OR {visible}) \
         ORDER BY CASE d.state WHEN 'confirmed' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, d.created_at LIMIT 1"
    );
    one(c, &sql, params.values()).await
}

/// Notes what kind of file it turned out to be.
pub(super) async fn set_file_type(c: &impl ConnectionTrait, id: Uuid, media: &str) -> Result<()> {
    exec(c, "UPDATE documents SET file_type = $1 WHERE id = $2", vec![media.into(), id.into()]).await.map(drop)
}

/// Leaves nothing of a refused file but the reason.
pub(super) async fn blank_file(c: &impl ConnectionTrait, id: Uuid, problem: &str) -> Result<()> {
    let sql = "UPDATE documents SET state = 'failed', file_name = 'tệp đã xóa', file_hash = '', file_size = 0, \
               search_fold = '', once = NULL, problem = $1 WHERE id = $2";
    exec(c, sql, vec![problem.into(), id.into()]).await.map(drop)
}

#[derive(FromQueryResult)]
struct Name {
    name: String,
}

/// Full name of a person, for the trail.
pub(super) async fn user_name(c: &impl ConnectionTrait, user: Uuid) -> Result<String> {
    let row: Option<Name> = one(c, "SELECT name FROM users WHERE id = $1", vec![user.into()]).await?;
    Ok(row.map(|row| row.name).unwrap_or_default())
}
