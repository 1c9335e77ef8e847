//! Lists of activities: conditions, totals, a page, everything for export.

use kernel::{Paging, Result, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, like_prefix, one};

use super::Scope;

/// A list's filter.
#[derive(Debug, Clone, Default)]
pub(crate) struct ListFilter {
    /// Only a kind.
    pub kind: String,
    /// Only a form of Điều 11.
    pub form: String,
    /// From this day (0: any).
    pub from: i64,
    /// To this day (0: any).
    pub to: i64,
    /// Only agencies below one of these.
    pub agencies: Option<Vec<Uuid>>,
    /// Only at one of these places or inside them.
    pub units: Option<Vec<Uuid>>,
    /// Only for a target group.
    pub group: String,
    /// Only about a field of law.
    pub field: String,
    /// Words.
    pub words: String,
    /// Those in which one took part instead of those one owns.
    pub partner: bool,
    /// Withdrawn ones instead of those that count.
    pub withdrawn: bool,
}

impl ListFilter {
    /// Conditions on `a`.
    pub(super) fn conditions(&self, scope: &Scope, params: &mut Params) -> String {
        let mut out = vec![if self.withdrawn { "a.state = 'withdrawn'" } else { "a.state = 'recorded'" }.to_owned()];
        if self.partner {
            out.push(scope.partner_condition(params));
        } else {
            out.push(scope.condition("a.owner_id", params));
        }
        for (column, value) in [("a.kind", &self.kind), ("a.form", &self.form)] {
            if !value.is_empty() {
                out.push(format!("{column} = {}", params.mark(value.as_str())));
            }
        }
        for (sign, day) in [(">=", self.from), ("<=", self.to)] {
            if day > 0 {
                out.push(format!("a.held_on {sign} {}", params.mark(day)));
            }
        }
        if let Some(agencies) = &self.agencies {
            let list = params.list(agencies.iter().copied());
            out.push(format!("a.owner_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({list}))"));
        }
        if let Some(units) = &self.units {
            let list = params.list(units.iter().copied());
            out.push(format!(
                "(a.unit_id IN ({list}) OR a.unit_id IN (SELECT id FROM units WHERE parent_id IN ({list})))"
            ));
        }
        for (kind, key) in [("group", &self.group), ("field", &self.field)] {
            if !key.is_empty() {
                out.push(format!(
                    "EXISTS (SELECT 1 FROM activity_marks m WHERE m.activity_id = a.id AND m.kind = '{kind}' AND m.key = {})",
                    params.mark(key.as_str())
                ));
            }
        }
        for word in text::fold(&self.words).split_whitespace().take(8) {
            out.push(format!("a.search_fold LIKE {}", params.mark(format!("% {}", like_prefix(word)))));
        }
        out.join(" AND ")
    }
}

/// Totals of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Totals {
    pub n: i64,
    pub turns: i64,
    pub women: i64,
    pub minorities: i64,
    pub young: i64,
    pub cost: i64,
}

/// Totals of a list; one statement.
pub(crate) async fn totals(c: &impl ConnectionTrait, scope: &Scope, filter: &ListFilter) -> Result<Totals> {
    let mut params = Params::new();
    let conditions = filter.conditions(scope, &mut params);
    let sum = |column: &str| format!("COALESCE(CAST(SUM(a.{column}) AS BIGINT), 0) AS {column}");
    let sums = ["turns", "women", "minorities", "young", "cost"].map(sum).join(", ");
    let sql = format!("SELECT COUNT(*) AS n, {sums} FROM activities a WHERE {conditions}");
    Ok(one(c, &sql, params.values()).await?.unwrap_or_default())
}

/// One line of a list.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Line {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub owner_name: String,
    pub kind: String,
    pub title: String,
    pub held_on: i64,
    pub ends_on: i64,
    pub place: String,
    pub unit_name: Option<String>,
    pub online: bool,
    pub turns: i64,
    pub women: i64,
    pub minorities: i64,
    pub young: i64,
    pub cost: i64,
    pub generated: bool,
}

pub(super) const LINE: &str = "a.id, a.owner_id, g.name AS owner_name, a.kind, a.title, a.held_on, a.ends_on, a.place, \
                               u.name AS unit_name, a.online, a.turns, a.women, a.minorities, a.young, a.cost, a.generated";
pub(super) const LINES: &str =
    "activities a JOIN agencies g ON g.id = a.owner_id LEFT JOIN units u ON u.id = a.unit_id";

/// One page of a list, the latest first.
pub(crate) async fn lines(
    c: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ListFilter,
    paging: Paging,
) -> Result<Vec<Line>> {
    let mut params = Params::new();
    let conditions = filter.conditions(scope, &mut params);
    let sql = format!(
        "SELECT {LINE} FROM {LINES} WHERE {conditions} ORDER BY a.held_on DESC, a.id DESC LIMIT {} OFFSET {}",
        paging.size,
        paging.offset()
    );
    all(c, &sql, params.values()).await
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Agencies whose name has these words, at most 200.
pub(crate) async fn agencies_named(c: &impl ConnectionTrait, words: &str) -> Result<Vec<Uuid>> {
    let pattern = format!("%{}", like_prefix(&text::fold(words)));
    let sql = "SELECT id FROM agencies WHERE name_fold LIKE $1 ORDER BY name_fold, id LIMIT 200";
    let rows: Vec<Id> = all(c, sql, vec![pattern.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Places whose name has these words, at most 500.
pub(crate) async fn units_named(c: &impl ConnectionTrait, words: &str) -> Result<Vec<Uuid>> {
    let pattern = format!("%{}", like_prefix(&text::fold(words)));
    let sql = "SELECT id FROM units WHERE name_fold LIKE $1 ORDER BY name_fold, id LIMIT 500";
    let rows: Vec<Id> = all(c, sql, vec![pattern.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
