//! Lists of the newsroom.

use kernel::{Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, like_prefix};

/// Which contributions a list of the newsroom shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Tops of the subtrees that are seen; none: everything.
    pub roots: Option<Vec<Uuid>>,
    /// State of the newest edition, or "gone".
    pub state: String,
    /// A kind.
    pub kind: String,
    /// Folded words of the headline.
    pub words: String,
    /// Written by this person.
    pub mine: Option<Uuid>,
}

/// A contribution in a list.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Line {
    pub id: Uuid,
    pub agency_name: String,
    pub kind: String,
    pub title: String,
    pub state: String,
    pub first_at: i64,
    pub gone: String,
    pub due_at: i64,
    pub written_name: String,
    pub changed_at: i64,
    pub lang: String,
}

/// How many are in each state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct StateCount {
    pub state: String,
    pub n: i64,
}

/// The newest edition of each publication that is not given up; the live one when every later one is.
const FROM: &str = "FROM publications p JOIN agencies a ON a.id = p.agency_id JOIN editions e ON e.publication_id = p.id AND e.number = \
                    (SELECT MAX(x.number) FROM editions x WHERE x.publication_id = p.id AND (x.state <> 'dropped' OR x.number = 1))";

impl Filter {
    fn conditions(&self, params: &mut Params) -> String {
        let mut out = vec!["1 = 1".to_owned()];
        if let Some(roots) = &self.roots {
            let roots = params.list(roots.iter().copied());
            out.push(format!(
                "p.agency_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))"
            ));
        }
        if !self.kind.is_empty() {
            out.push(format!("p.kind = {}", params.mark(self.kind.as_str())));
        }
        if let Some(person) = self.mine {
            out.push(format!("e.written_by = {}", params.mark(person)));
        }
        for word in self.words.split_whitespace() {
            let pattern = params.mark(format!("%{}", like_prefix(word)));
            out.push(format!("e.title_fold LIKE {pattern}"));
        }
        out.join(" AND ")
    }
}

/// Numbers by state under a filter's other conditions; "gone" is a state of its own.
pub(crate) async fn state_counts(c: &impl ConnectionTrait, filter: &Filter) -> Result<Vec<StateCount>> {
    let mut params = Params::new();
    let conditions = filter.conditions(&mut params);
    let sql = format!(
        "SELECT state, COUNT(*) AS n FROM (SELECT CASE WHEN p.gone <> '' THEN 'gone' ELSE e.state END AS state {FROM} WHERE {conditions}) AS x \
         GROUP BY state"
    );
    all(c, &sql, params.values()).await
}

/// One page, what was touched last first.
pub(crate) async fn lines(c: &impl ConnectionTrait, filter: &Filter, paging: Paging) -> Result<Vec<Line>> {
    let mut params = Params::new();
    let mut conditions = filter.conditions(&mut params);
    if filter.state == "gone" {
        conditions += " AND p.gone <> ''";
    } else if !filter.state.is_empty() {
        conditions += &format!(" AND p.gone = '' AND e.state = {}", params.mark(filter.state.as_str()));
    }
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!(
        "SELECT p.id, a.name AS agency_name, p.kind, e.title, e.state, p.first_at, p.gone, e.due_at, e.written_name, p.changed_at, p.lang \
         {FROM} WHERE {conditions} ORDER BY p.changed_at DESC, p.id LIMIT {limit} OFFSET {offset}"
    );
    all(c, &sql, params.values()).await
}

/// What an agency has contributed in a span of days; of no kind: versions in other languages.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Tally {
    pub agency_id: Uuid,
    pub agency_name: String,
    pub kind: String,
    pub n: i64,
}

/// How many publications are about a field of law.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct FieldTally {
    pub key: String,
    pub n: i64,
}

pub(super) fn below(roots: Option<&[Uuid]>, params: &mut Params) -> String {
    roots.map_or(String::new(), |roots| {
        let roots = params.list(roots.iter().copied());
        format!("AND p.agency_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))")
    })
}

/// Publications by field of law, as [`tally`] counts them.
pub(crate) async fn field_tally(
    c: &impl ConnectionTrait,
    roots: Option<&[Uuid]>,
    (from, to): (i64, i64),
) -> Result<Vec<FieldTally>> {
    let mut params = Params::new();
    let (from, to) = (params.mark(from), params.mark(to));
    let below = below(roots, &mut params);
    let sql = format!(
        "SELECT m.key, COUNT(*) AS n FROM publications p JOIN edition_marks m ON m.edition_id = p.live_id AND m.kind = 'field' \
         WHERE p.first_at >= {from} AND p.first_at < {to} AND p.gone <> 'error' AND p.of_id IS NULL {below} GROUP BY m.key"
    );
    all(c, &sql, params.values()).await
}

/// Contributions by agency and kind, first published between two instants (the second not included), of subtrees or everywhere.
pub(crate) async fn tally(
    c: &impl ConnectionTrait,
    roots: Option<&[Uuid]>,
    (from, to): (i64, i64),
) -> Result<Vec<Tally>> {
    let mut params = Params::new();
    let (from, to) = (params.mark(from), params.mark(to));
    let below = below(roots, &mut params);
    let sql = format!(
        "SELECT p.agency_id, a.name AS agency_name, CASE WHEN p.of_id IS NULL THEN p.kind ELSE '' END AS kind, COUNT(*) AS n FROM publications p JOIN agencies a ON a.id = p.agency_id \
         WHERE p.first_at >= {from} AND p.first_at < {to} AND p.gone <> 'error' {below} \
         GROUP BY p.agency_id, a.name, a.name_fold, CASE WHEN p.of_id IS NULL THEN p.kind ELSE '' END ORDER BY a.name_fold, p.agency_id, kind"
    );
    all(c, &sql, params.values()).await
}
