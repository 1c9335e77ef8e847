//! What calendar, map and coverage show.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

use super::{LINE, LINES, Line, ListFilter, Scope};

/// Activities of one day.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct DayCount {
    pub held_on: i64,
    pub n: i64,
    pub turns: i64,
}

/// How many on each day of a filter's span.
pub(crate) async fn day_counts(c: &impl ConnectionTrait, scope: &Scope, filter: &ListFilter) -> Result<Vec<DayCount>> {
    let mut params = Params::new();
    let conditions = filter.conditions(scope, &mut params);
    let sql = format!(
        "SELECT a.held_on, COUNT(*) AS n, CAST(SUM(a.turns) AS BIGINT) AS turns FROM activities a WHERE {conditions} \
         GROUP BY a.held_on ORDER BY a.held_on"
    );
    all(c, &sql, params.values()).await
}

/// The first `each` activities of every day of a filter's span.
pub(crate) async fn first_of_days(
    c: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ListFilter,
    each: i64,
) -> Result<Vec<Line>> {
    let mut params = Params::new();
    let conditions = filter.conditions(scope, &mut params);
    let each = params.mark(each);
    let sql = format!(
        "SELECT {LINE} FROM {LINES} JOIN (SELECT a.id AS first_id, ROW_NUMBER() OVER (PARTITION BY a.held_on ORDER BY a.turns DESC, a.id) \
         AS place_in_day FROM activities a WHERE {conditions}) f ON f.first_id = a.id WHERE f.place_in_day <= {each} \
         ORDER BY a.held_on, a.turns DESC, a.id"
    );
    all(c, &sql, params.values()).await
}

/// Activities at one place.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct UnitCount {
    pub unit_id: Uuid,
    pub n: i64,
    pub turns: i64,
    pub last_on: i64,
}

/// How many at each place.
pub(crate) async fn unit_counts(
    c: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ListFilter,
) -> Result<Vec<UnitCount>> {
    let mut params = Params::new();
    let conditions = filter.conditions(scope, &mut params);
    let sql = format!(
        "SELECT a.unit_id, COUNT(*) AS n, CAST(SUM(a.turns) AS BIGINT) AS turns, MAX(a.held_on) AS last_on FROM activities a \
         WHERE {conditions} AND a.unit_id IS NOT NULL GROUP BY a.unit_id"
    );
    all(c, &sql, params.values()).await
}

/// Activities at one place for one group (or about one field).
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct MarkCount {
    pub unit_id: Uuid,
    pub key: String,
    pub n: i64,
}

/// How many at each place for each mark of a kind ("group", "field").
pub(crate) async fn mark_counts(
    c: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ListFilter,
    kind: &str,
) -> Result<Vec<MarkCount>> {
    let mut params = Params::new();
    let conditions = filter.conditions(scope, &mut params);
    let kind = params.mark(kind);
    let sql = format!(
        "SELECT a.unit_id, k.key, COUNT(*) AS n FROM activities a JOIN activity_marks k ON k.activity_id = a.id AND k.kind = {kind} \
         WHERE {conditions} AND a.unit_id IS NOT NULL GROUP BY a.unit_id, k.key"
    );
    all(c, &sql, params.values()).await
}

/// Activities about one field, and by how many agencies.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct FieldCount {
    pub key: String,
    pub n: i64,
    pub turns: i64,
}

/// How many about each field of law.
pub(crate) async fn field_counts(
    c: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ListFilter,
) -> Result<Vec<FieldCount>> {
    let mut params = Params::new();
    let conditions = filter.conditions(scope, &mut params);
    let sql = format!(
        "SELECT k.key, COUNT(*) AS n, CAST(SUM(a.turns) AS BIGINT) AS turns FROM activities a \
         JOIN activity_marks k ON k.activity_id = a.id AND k.kind = 'field' WHERE {conditions} GROUP BY k.key"
    );
    all(c, &sql, params.values()).await
}
