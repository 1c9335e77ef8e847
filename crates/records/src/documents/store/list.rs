//! The register, and finding documents.

use kernel::{Action, Page, Paging, Permit, Result, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, scalar};

use super::{owned, visible};
use crate::documents::policy::Prepare;

/// A line of the register.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Line {
    pub id: Uuid,
    pub state: String,
    pub audience: String,
    pub mode: String,
    pub number: String,
    pub kind: String,
    pub title: String,
    pub issued_on: i64,
    pub issuer: String,
    pub owner: String,
    pub tasks: i64,
    pub file_name: String,
    pub confirmed_on: i64,
}

/// Which documents, in which order.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words in number, title or text.
    pub q: String,
    /// Kind of paper.
    pub kind: String,
    /// Year of issue.
    pub year: Option<i64>,
    /// Words in the issuer's name.
    pub issuer: String,
    /// `draft` (everything unconfirmed), `confirmed`, `history`, `in_force`, `superseded`.
    pub state: String,
    /// Audience.
    pub audience: String,
    /// `date`, `number` or `received`.
    pub sort: String,
}

/// Condition on `d`: whatever the reader may know of: confirmed papers meant for her, and those she prepares.
fn known<A: Action>(params: &mut Params, read: &Permit<A>, prepare: Option<&Permit<Prepare>>) -> String {
    let visible = visible(params, read);
    match prepare {
        Some(prepare) => {
            let owned = owned(params, prepare);
            format!("({visible} OR (d.state IN ('reading', 'failed', 'draft') AND {owned}))")
        }
        None => visible,
    }
}

impl Filter {
    fn conditions(&self, params: &mut Params) -> String {
        let mut sql = String::new();
        // What is typed without a blank stays together: "12/KH-UBND".
        for word in self.q.split_whitespace().map(text::fold).filter(|word| !word.is_empty()).take(8) {
            let mark = params.mark(format!("% {word}%"));
            sql.push_str(&format!(" AND d.search_fold LIKE {mark}"));
        }
        if !self.kind.is_empty() {
            sql.push_str(&format!(" AND d.kind = {}", params.mark(self.kind.as_str())));
        }
        if let Some(year) = self.year {
            let (from, to) = (params.mark(year * 10_000), params.mark((year + 1) * 10_000));
            sql.push_str(&format!(" AND d.issued_on >= {from} AND d.issued_on < {to}"));
        }
        if !self.issuer.is_empty() {
            sql.push_str(&format!(" AND d.issuer = {}", params.mark(self.issuer.as_str())));
        }
        match self.state.as_str() {
            "draft" => sql.push_str(" AND d.state IN ('reading', 'failed', 'draft')"),
            state @ ("confirmed" | "superseded") => {
                sql.push_str(&format!(" AND d.state = {}", params.mark(state)));
            }
            mode @ ("history" | "in_force") => {
                sql.push_str(&format!(" AND d.state = 'confirmed' AND d.mode = {}", params.mark(mode)));
            }
            _ => {}
        }
        if !self.audience.is_empty() {
            sql.push_str(&format!(" AND d.audience = {}", params.mark(self.audience.as_str())));
        }
        sql
    }

    fn order(&self) -> &'static str {
        match self.sort.as_str() {
            "number" => "d.number_key, d.id",
            "received" => "d.created_at DESC, d.id DESC",
            _ => "CASE WHEN d.state IN ('reading', 'failed', 'draft') THEN 0 ELSE 1 END, d.issued_on DESC, d.id DESC",
        }
    }
}

/// One page of the register; two statements.
pub(in crate::documents) async fn list<A: Action>(
    c: &impl ConnectionTrait,
    read: &Permit<A>,
    prepare: Option<&Permit<Prepare>>,
    filter: &Filter,
    paging: Paging,
) -> Result<Page<Line>> {
    let mut params = Params::new();
    let rights = known(&mut params, read, prepare);
    let filters = filter.conditions(&mut params);
    let total =
        scalar(c, &format!("SELECT COUNT(*) FROM documents d WHERE {rights}{filters}"), params.values()).await?;
    let (limit, offset) = (params.mark(i64::from(paging.size)), params.mark(paging.offset() as i64));
    let sql = format!(
        "SELECT d.id, d.state, d.audience, d.mode, d.number, d.kind, d.title, d.issued_on, d.issuer, a.name AS owner, \
         d.tasks, d.file_name, d.confirmed_on FROM documents d JOIN agencies a ON a.id = d.owner_id \
         WHERE {rights}{filters} ORDER BY {} LIMIT {limit} OFFSET {offset}",
        filter.order()
    );
    let rows = all(c, &sql, params.values()).await?;
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0), paging })
}

/// A value that occurs in the register, and how often.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Facet {
    pub facet: String,
    pub value: String,
    pub n: i64,
}

/// Kinds, years, issuers and states that occur, for the filters; one statement.
pub(in crate::documents) async fn facets<A: Action>(
    c: &impl ConnectionTrait,
    read: &Permit<A>,
    prepare: Option<&Permit<Prepare>>,
) -> Result<Vec<Facet>> {
    let mut params = Params::new();
    let rights = known(&mut params, read, prepare);
    let sql = format!(
        "WITH mine AS (SELECT d.kind, d.issued_on, d.issuer, d.state FROM documents d WHERE {rights}) \
         SELECT 'kind' AS facet, kind AS value, COUNT(*) AS n FROM mine WHERE kind <> '' GROUP BY kind \
         UNION ALL SELECT 'year', CAST(issued_on / 10000 AS TEXT), COUNT(*) FROM mine WHERE issued_on > 0 \
         GROUP BY issued_on / 10000 \
         UNION ALL SELECT 'issuer', issuer, COUNT(*) FROM mine WHERE issuer <> '' GROUP BY issuer \
         UNION ALL SELECT 'state', state, COUNT(*) FROM mine GROUP BY state ORDER BY 1, 2"
    );
    all(c, &sql, params.values()).await
}

/// A registered document that another may amend.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Registered {
    pub id: Uuid,
    pub number: String,
    pub number_key: String,
    pub kind: String,
    pub title: String,
    pub issued_on: i64,
    pub issuer: String,
    pub mode: String,
    pub confirmed_on: i64,
}

/// Confirmed documents with one of these numbers that the reader may see.
pub(in crate::documents) async fn registered<A: Action>(
    c: &impl ConnectionTrait,
    permit: &Permit<A>,
    numbers: &[String],
) -> Result<Vec<Registered>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut params = Params::new();
    let rights = visible(&mut params, permit);
    let keys = params.list(numbers.iter().map(String::as_str));
    let sql = format!(
        "SELECT d.id, d.number, d.number_key, d.kind, d.title, d.issued_on, d.issuer, d.mode, d.confirmed_on \
         FROM documents d \
         WHERE d.state = 'confirmed' AND d.number_key IN ({keys}) AND {rights} ORDER BY d.issued_on, d.id"
    );
    all(c, &sql, params.values()).await
}

/// Confirmed documents that name one of these numbers, for the reader's eyes.
pub(in crate::documents) async fn citing<A: Action>(
    c: &impl ConnectionTrait,
    permit: &Permit<A>,
    numbers: &[String],
) -> Result<Vec<Registered>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut params = Params::new();
    let rights = visible(&mut params, permit);
    let keys = params.list(numbers.iter().map(String::as_str));
    let sql = format!(
        "SELECT d.id, d.number, d.number_key, d.kind, d.title, d.issued_on, d.issuer, d.mode, d.confirmed_on \
         FROM documents d \
         WHERE d.state = 'confirmed' AND {rights} AND EXISTS (SELECT 1 FROM document_citations c \
         WHERE c.document_id = d.id AND c.number_key IN ({keys})) ORDER BY d.issued_on, d.id LIMIT 60"
    );
    all(c, &sql, params.values()).await
}

/// Another version of a document.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Version {
    pub id: Uuid,
    pub state: String,
    pub previous_id: Option<Uuid>,
    pub confirmed_on: i64,
    pub confirmed_name: String,
}

/// All versions of a document, the first one first.
pub(in crate::documents) async fn versions(c: &impl ConnectionTrait, id: Uuid) -> Result<Vec<Version>> {
    let sql = "WITH RECURSIVE older (id, previous_id) AS ( \
               SELECT id, previous_id FROM documents WHERE id = $1 \
               UNION ALL SELECT d.id, d.previous_id FROM documents d JOIN older o ON d.id = o.previous_id), \
               newer (id) AS (SELECT id FROM documents WHERE id = $1 \
               UNION ALL SELECT d.id FROM documents d JOIN newer n ON d.previous_id = n.id) \
               SELECT d.id, d.state, d.previous_id, d.confirmed_on, d.confirmed_name FROM documents d \
               WHERE d.id IN (SELECT id FROM older) OR d.id IN (SELECT id FROM newer) ORDER BY d.created_at, d.id";
    all(c, sql, vec![id.into()]).await
}

/// Confirmed documents that change this one.
pub(in crate::documents) async fn amendments<A: Action>(
    c: &impl ConnectionTrait,
    permit: &Permit<A>,
    id: Uuid,
) -> Result<Vec<Amendment>> {
    let mut params = Params::new();
    let (mark, rights) = (params.mark(id), visible(&mut params, permit));
    let sql = format!(
        "SELECT d.id, d.number, d.kind, d.amends_how FROM documents d \
         WHERE d.amends_id = {mark} AND d.state = 'confirmed' AND {rights} ORDER BY d.issued_on, d.id"
    );
    all(c, &sql, params.values()).await
}

/// See [`amendments`].
#[derive(Debug, Clone, FromQueryResult)]
pub struct Amendment {
    pub id: Uuid,
    pub number: String,
    pub kind: String,
    pub amends_how: String,
}

/// Agencies to which the person may add documents: her roots that are there today.
pub(in crate::documents) async fn owners(c: &impl ConnectionTrait, permit: &Permit<Prepare>) -> Result<Vec<Owner>> {
    let mut params = Params::new();
    let roots = params.list(permit.roots().iter().copied());
    let sql = format!("SELECT id, name FROM agencies WHERE id IN ({roots}) ORDER BY position, name_fold");
    all(c, &sql, params.values()).await
}

/// See [`owners`].
#[derive(Debug, Clone, FromQueryResult)]
pub struct Owner {
    pub id: Uuid,
    pub name: String,
}
