//! Citations and recipients of documents.

use kernel::{Result, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, all, insert};

/// A paper that a document names.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Citation {
    pub document_id: Uuid,
    pub position: i64,
    pub number: String,
    pub number_key: String,
    pub kind: String,
    pub name: String,
    pub issued_on: i64,
    pub relation: String,
    pub of_position: Option<i64>,
    pub span_start: i64,
    pub span_end: i64,
}

const CITATION: &str = "c.document_id, c.position, c.number, c.number_key, c.kind, c.name, c.issued_on, c.relation, \
                        c.of_position, c.span_start, c.span_end";

/// Papers that these documents name, each document's in printed order.
pub(in crate::documents) async fn citations(c: &impl ConnectionTrait, documents: &[Uuid]) -> Result<Vec<Citation>> {
    if documents.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {CITATION} FROM document_citations c WHERE c.document_id IN ({}) ORDER BY c.document_id, c.position",
        store::marks(1, documents.len())
    );
    all(c, &sql, documents.iter().map(|id| (*id).into()).collect()).await
}

#[derive(FromQueryResult)]
struct Cited {
    id: Uuid,
}

/// Registered documents, of every version, that these name by number (and date, where it is given).
pub(in crate::documents) async fn cited(c: &impl ConnectionTrait, documents: &[Uuid]) -> Result<Vec<Uuid>> {
    if documents.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT d.id FROM document_citations c JOIN documents d ON d.number_key = c.number_key \
         AND (c.issued_on = 0 OR d.issued_on = c.issued_on) WHERE c.document_id IN ({}) AND c.number_key <> '' \
         AND c.document_id <> d.id AND d.state IN ('confirmed', 'superseded') ORDER BY d.id",
        store::marks(1, documents.len())
    );
    let rows: Vec<Cited> = all(c, &sql, documents.iter().map(|id| (*id).into()).collect()).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Adds citations.
pub(in crate::documents) async fn insert_citations(c: &impl ConnectionTrait, citations: &[Citation]) -> Result<()> {
    let mut rows = insert(
        "document_citations",
        &[
            "id",
            "document_id",
            "position",
            "number",
            "number_key",
            "kind",
            "name",
            "issued_on",
            "relation",
            "of_position",
            "span_start",
            "span_end",
        ],
    );
    for one in citations {
        rows.push([
            new_id().into(),
            one.document_id.into(),
            one.position.into(),
            one.number.as_str().into(),
            one.number_key.as_str().into(),
            one.kind.as_str().into(),
            one.name.as_str().into(),
            one.issued_on.into(),
            one.relation.as_str().into(),
            one.of_position.into(),
            one.span_start.into(),
            one.span_end.into(),
        ]);
    }
    rows.run(c).await
}

/// Somebody to whom a document is addressed or sent.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Recipient {
    pub role: String,
    pub position: i64,
    pub words: String,
    pub span_start: i64,
    pub span_end: i64,
    pub confidence: i64,
    pub target: String,
    pub agency_id: Option<Uuid>,
    pub class_key: String,
    pub scope_id: Option<Uuid>,
}

/// Kính gửi and Nơi nhận of a document, in printed order.
pub(in crate::documents) async fn recipients(c: &impl ConnectionTrait, document: Uuid) -> Result<Vec<Recipient>> {
    let sql = "SELECT role, position, words, span_start, span_end, confidence, target, agency_id, class_key, scope_id \
               FROM document_recipients WHERE document_id = $1 ORDER BY position";
    all(c, sql, vec![document.into()]).await
}

/// Adds recipients.
pub(in crate::documents) async fn insert_recipients(
    c: &impl ConnectionTrait,
    document: Uuid,
    recipients: &[Recipient],
) -> Result<()> {
    let mut rows = insert(
        "document_recipients",
        &[
            "id",
            "document_id",
            "role",
            "position",
            "words",
            "span_start",
            "span_end",
            "confidence",
            "target",
            "agency_id",
            "class_key",
            "scope_id",
        ],
    );
    for one in recipients {
        rows.push([
            new_id().into(),
            document.into(),
            one.role.as_str().into(),
            one.position.into(),
            one.words.as_str().into(),
            one.span_start.into(),
            one.span_end.into(),
            one.confidence.into(),
            one.target.as_str().into(),
            one.agency_id.into(),
            one.class_key.as_str().into(),
            one.scope_id.into(),
        ]);
    }
    rows.run(c).await
}

/// A line of a document's history.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Trace {
    pub at: i64,
    pub actor_name: String,
    pub action: String,
}

/// What was done to a document, the newest first.
pub(in crate::documents) async fn history(c: &impl ConnectionTrait, document: Uuid) -> Result<Vec<Trace>> {
    let sql = "SELECT at, actor_name, action FROM audit WHERE subject_kind = 'document' AND subject_id = $1 \
               ORDER BY at DESC, id DESC LIMIT 200";
    all(c, sql, vec![document.into()]).await
}
