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
    pub agency_code: String,
    pub quarter: i64,
    pub position: i64,
    pub field: String,
    pub body: String,
}

const TOPIC: &str = "SELECT t.id, t.agency_id, g.name AS agency_name, g.code AS agency_code, t.quarter, t.position, t.field, t.body \
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
    let seen = scope.condition("t.agency_id", &mut params);
    let sql = format!("{TOPIC} WHERE t.quarter = {quarter} AND {seen} ORDER BY g.code, t.position, t.id");
    all(c, &sql, params.values()).await
}

/// An agency of which a quarter's orientation asks something, below one that was asked about.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Asked {
    pub root: Uuid,
    pub id: Uuid,
    pub name: String,
}

/// Agencies in sight that live on a day and are of an asked level and kind or recorded something from that span, below each of `roots`;
/// `None`: once, under the nil id, wherever they are.
pub(crate) async fn asked(
    c: &impl ConnectionTrait,
    roots: Option<&[Uuid]>,
    scope: &Scope,
    kinds: &[String],
    (day, from, to): (i64, i64, i64),
) -> Result<Vec<Asked>> {
    let mut params = Params::new();
    let (day, from, to) = (params.mark(day), params.mark(from), params.mark(to));
    let kinds = params.list(kinds.iter().map(String::as_str));
    let seen = scope.condition("a.id", &mut params);
    let (root, below) = match roots {
        Some(roots) => {
            let roots = params.list(roots.iter().copied());
            ("c.ancestor_id", format!("JOIN agency_closure c ON c.descendant_id = a.id AND c.ancestor_id IN ({roots})"))
        }
        None => ("a.id", String::new()),
    };
    let sql = format!(
        "SELECT {root} AS root, a.id, a.name FROM agencies a {below} LEFT JOIN units u ON u.id = a.unit_id \
         WHERE a.valid_from <= {day} AND a.valid_to > {day} AND {seen} AND (COALESCE(u.level, 'central') || '/' || a.kind IN ({kinds}) \
         OR EXISTS (SELECT 1 FROM activities x WHERE x.owner_id = a.id AND x.held_on >= {from} AND x.held_on <= {to} \
         AND x.state = 'recorded')) ORDER BY a.name_fold, a.id"
    );
    let mut rows: Vec<Asked> = all(c, &sql, params.values()).await?;
    if roots.is_none() {
        rows.iter_mut().for_each(|row| row.root = Uuid::nil());
    }
    Ok(rows)
}

/// A field of law about which an agency recorded something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, FromQueryResult)]
pub(crate) struct Treated {
    pub owner_id: Uuid,
    pub key: String,
}

/// Who recorded something about which of these fields, of what is in sight and counts.
pub(crate) async fn treated(
    c: &impl ConnectionTrait,
    scope: &Scope,
    fields: &[&str],
    (from, to): (i64, i64),
) -> Result<Vec<Treated>> {
    let mut params = Params::new();
    let (from, to) = (params.mark(from), params.mark(to));
    let fields = params.list(fields.iter().copied());
    let seen = scope.condition("a.owner_id", &mut params);
    let sql = format!(
        "SELECT DISTINCT a.owner_id, m.key FROM activities a JOIN activity_marks m ON m.activity_id = a.id AND m.kind = 'field' \
         WHERE m.key IN ({fields}) AND a.held_on >= {from} AND a.held_on <= {to} AND a.state = 'recorded' AND {seen}"
    );
    all(c, &sql, params.values()).await
}

#[derive(FromQueryResult)]
struct Whole {
    id: Uuid,
    code: String,
}

/// The agency under which a whole province stands, by the key of its place.
pub(crate) async fn wholes(c: &impl ConnectionTrait, places: &[&str]) -> Result<Vec<(String, Uuid)>> {
    let mut params = Params::new();
    let codes = params.list(places.iter().map(|place| format!("{place}/dia-ban")));
    let rows: Vec<Whole> =
        all(c, &format!("SELECT id, code FROM agencies WHERE code IN ({codes})"), params.values()).await?;
    let place = |code: &str| code.rsplit_once('/').map_or(code, |(place, _)| place).to_owned();
    Ok(rows.into_iter().map(|row| (place(&row.code), row.id)).collect())
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
