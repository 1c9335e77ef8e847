//! Queries on the audit trail.

use kernel::{Action, Page, Paging, Permit, Result, Timestamp, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, one, scalar};

/// What the trail may be narrowed by.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    /// Words of the person's name.
    pub words: String,
    /// The action, or the beginning of it when it ends in a dot.
    pub action: String,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
    /// Sealed or not yet.
    pub sealed: Option<bool>,
    /// On this thing.
    pub subject: Option<Uuid>,
}

/// A line.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Row {
    pub at: i64,
    pub actor_name: String,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: Option<Uuid>,
    pub detail: String,
    pub request_id: String,
    pub seal: Option<i64>,
}

fn conditions<A: Action>(params: &mut Params, permit: &Permit<A>, filter: &Filter) -> String {
    let mut sql = if permit.everywhere() {
        "1 = 1".to_owned()
    } else {
        let roots = params.list(permit.roots().iter().copied());
        format!(
            "(EXISTS (SELECT 1 FROM agency_closure c WHERE c.ancestor_id IN ({roots}) AND c.descendant_id = a.agency_id) \
             OR (a.agency_id IS NULL AND EXISTS (SELECT 1 FROM agency_closure t WHERE t.descendant_id IN ({roots}) \
             AND NOT EXISTS (SELECT 1 FROM agency_closure u WHERE u.descendant_id = t.descendant_id \
             AND u.ancestor_id <> t.descendant_id))))"
        )
    };
    for word in text::fold(&filter.words).split(' ').filter(|word| !word.is_empty()) {
        sql.push_str(&format!(" AND a.actor_fold LIKE {}", params.mark(format!("%{word}%"))));
    }
    if let Some(start) = filter.action.strip_suffix('.') {
        sql.push_str(&format!(" AND a.action LIKE {}", params.mark(format!("{}.%", start.replace(['%', '_'], "")))));
    } else if !filter.action.is_empty() {
        sql.push_str(&format!(" AND a.action = {}", params.mark(filter.action.as_str())));
    }
    if let Some(from) = filter.from {
        sql.push_str(&format!(" AND a.at >= {}", params.mark(from.0)));
    }
    if let Some(to) = filter.to {
        sql.push_str(&format!(" AND a.at < {}", params.mark(to.0)));
    }
    match filter.sealed {
        Some(true) => sql.push_str(" AND a.seal IS NOT NULL"),
        Some(false) => sql.push_str(" AND a.seal IS NULL"),
        None => {}
    }
    if let Some(subject) = filter.subject {
        sql.push_str(&format!(" AND a.subject_id = {}", params.mark(subject)));
    }
    sql
}

/// A page of the trail, newest first.
pub(super) async fn list<A: Action>(
    c: &impl ConnectionTrait,
    permit: &Permit<A>,
    filter: &Filter,
    paging: Paging,
) -> Result<Page<Row>> {
    let mut params = Params::new();
    let wanted = conditions(&mut params, permit, filter);
    let total = scalar(c, &format!("SELECT COUNT(*) FROM audit a WHERE {wanted}"), params.values()).await?;
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!(
        "SELECT a.at, a.actor_name, a.action, a.subject_kind, a.subject_id, a.detail, a.request_id, a.seal \
         FROM audit a WHERE {wanted} ORDER BY a.at DESC, a.id DESC LIMIT {limit} OFFSET {offset}"
    );
    let rows = all(c, &sql, params.values()).await?;
    Ok(Page { rows, total: u64::try_from(total).unwrap_or_default(), paging })
}

/// The last seal: its number, when it was set, its hash.
#[derive(Debug, FromQueryResult)]
pub(super) struct LastSeal {
    pub seal: i64,
    pub at: i64,
    pub hash: String,
}

/// The last seal, once there is one.
pub(super) async fn last_seal(c: &impl ConnectionTrait) -> Result<Option<LastSeal>> {
    one(c, "SELECT seal, at, hash FROM audit_seals ORDER BY seal DESC LIMIT 1", vec![]).await
}
