//! Requests for information, as those who answer them see them.

use kernel::{Actor, Error, Paging, Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one};

/// A request with what its asker may see of it. Days are yyyymmdd, 0 when there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct OpenRequest {
    /// Its id.
    pub id: Uuid,
    /// Who is to answer it.
    pub agency_id: Uuid,
    /// Name of that agency.
    pub agency_name: String,
    /// Who asks.
    pub name: String,
    /// Mail or telephone.
    pub contact: String,
    /// See [`crate::disclosures::model::contact_key`].
    pub contact_key: String,
    /// Where the asker lives.
    pub address: String,
    /// What is asked for.
    pub asked: String,
    /// What for.
    pub purpose: String,
    /// Key of the way in which it is to be given.
    pub way: String,
    /// Key of the state.
    pub state: String,
    /// When it came to this agency.
    pub received_on: i64,
    /// Last day of the next step; 0 when it is closed.
    pub due_on: i64,
    /// Was the time limit extended?
    pub extended: bool,
    /// Key of the reason for which it was refused.
    pub refused_for: String,
    /// What was answered, or how the refusal was explained.
    pub answer: String,
    /// When it was closed.
    pub done_on: i64,
    /// The question as everybody reads it.
    pub public_question: String,
    /// The answer as everybody reads it.
    pub public_answer: String,
    /// When they were made public; 0 while they are not.
    pub public_at: i64,
    /// Counts changes.
    pub version: i64,
    /// Made by the program to show what it can do.
    pub generated: bool,
}

const REQUEST: &str = "SELECT r.id, r.agency_id, a.name AS agency_name, r.name, r.contact, r.contact_key, r.address, r.asked, r.purpose, r.way, \
                       r.state, r.received_on, r.due_on, r.extended, r.refused_for, r.answer, r.done_on, r.public_question, r.public_answer, \
                       r.public_at, r.version, r.generated FROM info_requests r JOIN agencies a ON a.id = r.agency_id";

pub(crate) async fn request(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<OpenRequest>> {
    one(c, &format!("{REQUEST} WHERE r.id = $1"), vec![id.into()]).await
}

/// The request with this code (its hash) and contact.
pub(crate) async fn request_by_code(
    c: &impl ConnectionTrait,
    code: &str,
    contact: &str,
) -> Result<Option<OpenRequest>> {
    let sql = format!("{REQUEST} WHERE r.code_hash = $1 AND r.contact_key = $2");
    one(c, &sql, vec![code.into(), contact.into()]).await
}

/// A new request.
pub(crate) async fn insert_request(
    c: &impl ConnectionTrait,
    row: &OpenRequest,
    code_hash: &str,
    now: Timestamp,
) -> Result<()> {
    let columns = [
        "id",
        "code_hash",
        "agency_id",
        "name",
        "contact",
        "contact_key",
        "address",
        "asked",
        "purpose",
        "way",
        "state",
        "received_on",
        "due_on",
        "extended",
        "refused_for",
        "answer",
        "done_on",
        "public_question",
        "public_answer",
        "public_at",
        "version",
        "generated",
        "created_at",
    ];
    insert("info_requests", &columns)
        .row([
            row.id.into(),
            code_hash.into(),
            row.agency_id.into(),
            row.name.as_str().into(),
            row.contact.as_str().into(),
            row.contact_key.as_str().into(),
            row.address.as_str().into(),
            row.asked.as_str().into(),
            row.purpose.as_str().into(),
            row.way.as_str().into(),
            row.state.as_str().into(),
            row.received_on.into(),
            row.due_on.into(),
            false.into(),
            "".into(),
            "".into(),
            0i64.into(),
            "".into(),
            "".into(),
            0i64.into(),
            0i64.into(),
            row.generated.into(),
            now.0.into(),
        ])
        .run(c)
        .await
}

/// Keeps what a step changed in a request that was read at its version.
pub(crate) async fn save_request(c: &impl ConnectionTrait, row: &OpenRequest) -> Result<()> {
    let sql = "UPDATE info_requests SET agency_id = $1, state = $2, received_on = $3, due_on = $4, extended = $5, refused_for = $6, answer = $7, \
               done_on = $8, public_question = $9, public_answer = $10, public_at = $11, version = version + 1 WHERE id = $12 AND version = $13";
    let values = vec![
        row.agency_id.into(),
        row.state.as_str().into(),
        row.received_on.into(),
        row.due_on.into(),
        row.extended.into(),
        row.refused_for.as_str().into(),
        row.answer.as_str().into(),
        row.done_on.into(),
        row.public_question.as_str().into(),
        row.public_answer.as_str().into(),
        row.public_at.into(),
        row.id.into(),
        row.version.into(),
    ];
    match exec(c, sql, values).await? {
        1 => Ok(()),
        _ => Err(Error::Conflict("Người khác vừa xử lý yêu cầu này. Hãy tải lại trang và làm lại.".into())),
    }
}

/// A request in a list, without anything of the asker.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct RequestLine {
    pub id: Uuid,
    pub agency_name: String,
    pub asked: String,
    pub way: String,
    pub state: String,
    pub received_on: i64,
    pub due_on: i64,
    pub public_at: i64,
}

/// How many are in each state; "late": open and due before the day.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct StateCount {
    pub state: String,
    pub n: i64,
    pub late: i64,
}

fn below(roots: &[Uuid], params: &mut Params) -> String {
    let roots = params.list(roots.iter().copied());
    format!("r.agency_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))")
}

pub(crate) async fn request_counts(c: &impl ConnectionTrait, roots: &[Uuid], today: i64) -> Result<Vec<StateCount>> {
    let mut params = Params::new();
    let below = below(roots, &mut params);
    let today = params.mark(today);
    let sql = format!(
        "SELECT r.state, COUNT(*) AS n, CAST(SUM(CASE WHEN r.due_on > 0 AND r.due_on < {today} THEN 1 ELSE 0 END) AS BIGINT) AS late \
         FROM info_requests r WHERE {below} GROUP BY r.state"
    );
    all(c, &sql, params.values()).await
}

/// One page of the requests at subtrees: what is due next first, what is closed last. `state` may be "late".
pub(crate) async fn requests(
    c: &impl ConnectionTrait,
    roots: &[Uuid],
    (state, today): (&str, i64),
    paging: Paging,
) -> Result<Vec<RequestLine>> {
    let mut params = Params::new();
    let mut conditions = below(roots, &mut params);
    if state == "late" {
        conditions += &format!(" AND r.due_on > 0 AND r.due_on < {}", params.mark(today));
    } else if !state.is_empty() {
        conditions += &format!(" AND r.state = {}", params.mark(state));
    }
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!(
        "SELECT r.id, a.name AS agency_name, r.asked, r.way, r.state, r.received_on, r.due_on, r.public_at FROM info_requests r \
         JOIN agencies a ON a.id = r.agency_id WHERE {conditions} \
         ORDER BY CASE r.due_on WHEN 0 THEN 1 ELSE 0 END, r.due_on, r.received_on DESC, r.id LIMIT {limit} OFFSET {offset}"
    );
    all(c, &sql, params.values()).await
}

/// Something that was done with a request.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Step {
    /// What.
    pub kind: String,
    /// What was said.
    pub body: String,
    /// Whose step it was.
    pub agency_name: String,
    /// Who did it; not for the asker.
    pub by_name: String,
    /// When.
    pub at: i64,
}

/// The history of a request, the newest first.
pub(crate) async fn steps(c: &impl ConnectionTrait, id: Uuid) -> Result<Vec<Step>> {
    let sql = "SELECT kind, body, agency_name, by_name, at FROM info_request_steps WHERE request_id = $1 ORDER BY at DESC, id DESC";
    all(c, sql, vec![id.into()]).await
}

pub(crate) async fn insert_step(
    c: &impl ConnectionTrait,
    (request, agency): (Uuid, &str),
    (kind, body): (&str, &str),
    by: &Actor,
    now: Timestamp,
) -> Result<()> {
    insert("info_request_steps", &["id", "request_id", "kind", "body", "agency_name", "by_id", "by_name", "at"])
        .row([
            new_id().into(),
            request.into(),
            kind.into(),
            body.into(),
            agency.into(),
            by.user.into(),
            by.name.as_str().into(),
            now.0.into(),
        ])
        .run(c)
        .await
}
