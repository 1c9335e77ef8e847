//! What a quarter should be about.

use kernel::{Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert};

use super::Scope;

/// One topic of a quarter.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Topic {
    pub id: Uuid,
    pub agency_id: Uuid,
    pub agency_name: String,
    pub quarter: i64,
    pub position: i64,
    pub field: String,
    pub body: String,
}

const TOPIC: &str = "SELECT t.id, t.agency_id, g.name AS agency_name, t.quarter, t.position, t.field, t.body \
                     FROM activity_topics t JOIN agencies g ON g.id = t.agency_id";

/// Topics of a quarter that hold for `agencies`: set by one of them, one above, or the overseer of one's place (`overseers`: its codes).
pub(crate) async fn topics_for(
    c: &impl ConnectionTrait,
    quarter: i64,
    agencies: &[Uuid],
    overseers: &[String],
) -> Result<Vec<Topic>> {
    let mut params = Params::new();
    let quarter = params.mark(quarter);
    let agencies = params.list(agencies.iter().copied());
    let codes = params.list(overseers.iter().map(String::as_str));
    let sql = format!(
        "{TOPIC} WHERE t.quarter = {quarter} AND (g.code IN ({codes}) OR t.agency_id IN \
         (SELECT ancestor_id FROM agency_closure WHERE descendant_id IN ({agencies}))) ORDER BY g.code, t.position, t.id"
    );
    all(c, &sql, params.values()).await
}

/// Topics of a quarter set by agencies in sight.
pub(crate) async fn topics_in(c: &impl ConnectionTrait, quarter: i64, scope: &Scope) -> Result<Vec<Topic>> {
    let mut params = Params::new();
    let quarter = params.mark(quarter);
    let sight = if scope.all {
        String::new()
    } else {
        let roots = params.list(scope.roots.iter().copied());
        format!("AND t.agency_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))")
    };
    all(c, &format!("{TOPIC} WHERE t.quarter = {quarter} {sight} ORDER BY g.code, t.position, t.id"), params.values())
        .await
}

/// Replaces the topics of an agency for a quarter: field and words, in order.
pub(crate) async fn replace_topics(
    c: &impl ConnectionTrait,
    agency: Uuid,
    quarter: i64,
    topics: &[(String, String)],
    by: Uuid,
    now: Timestamp,
) -> Result<()> {
    let values = vec![agency.into(), quarter.into()];
    exec(c, "DELETE FROM activity_topics WHERE agency_id = $1 AND quarter = $2", values).await?;
    let columns = ["id", "agency_id", "quarter", "position", "field", "body", "created_by", "created_at"];
    let mut block = insert("activity_topics", &columns);
    for (at, (field, body)) in (0i64..).zip(topics) {
        block.push::<8>([
            kernel::new_id().into(),
            agency.into(),
            quarter.into(),
            at.into(),
            field.as_str().into(),
            body.as_str().into(),
            by.into(),
            now.0.into(),
        ]);
    }
    block.run(c).await
}
