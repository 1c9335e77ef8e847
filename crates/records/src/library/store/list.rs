//! Lists of items, for staff and for everybody, and what search is told.

use kernel::{Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, like_prefix, scalar};

/// Which items a list shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Tops of the subtrees that are seen; none: everything.
    pub roots: Option<Vec<Uuid>>,
    /// A kind.
    pub kind: String,
    /// A verdict, "hidden" or "shown".
    pub state: String,
    /// Folded words.
    pub words: String,
    /// Marks that all must be there.
    pub marks: Vec<(&'static str, String)>,
    /// Of this agency.
    pub agency: Option<Uuid>,
    /// In this language.
    pub lang: String,
    /// Only these.
    pub only: Option<Vec<Uuid>>,
    /// Public ones only, the newest in public first.
    pub public: bool,
}

/// An item in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Line {
    /// Its id.
    pub id: Uuid,
    /// Its address.
    pub slug: String,
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub title: String,
    /// What is in it.
    pub about: String,
    /// A photo in words.
    pub alt: String,
    /// Whose it is.
    pub agency_name: String,
    /// When it was made, yyyymmdd.
    pub taken_on: i64,
    /// Milliseconds.
    pub duration: i64,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// Bytes.
    pub size: i64,
    /// Is there a file?
    pub file_type: String,
    /// See [`super::Item::verdict`].
    pub verdict: String,
    /// See [`super::Item::work`].
    pub work: String,
    /// See [`super::Item::shown_at`].
    pub shown_at: i64,
    /// When it was put in.
    pub added_at: i64,
    /// The name of a small picture of it; none when there is none.
    pub picture: Option<String>,
}

impl Filter {
    fn conditions(&self, params: &mut Params) -> String {
        let mut out = vec!["1 = 1".to_owned()];
        if let Some(roots) = &self.roots {
            let roots = params.list(roots.iter().copied());
            out.push(format!(
                "m.agency_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))"
            ));
        }
        if !self.kind.is_empty() {
            out.push(format!("m.kind = {}", params.mark(self.kind.as_str())));
        }
        if let Some(agency) = self.agency {
            out.push(format!("m.agency_id = {}", params.mark(agency)));
        }
        if let Some(only) = &self.only {
            out.push(format!("m.id IN ({})", params.list(only.iter().copied())));
        }
        if !self.lang.is_empty() {
            out.push(format!("m.lang = {}", params.mark(self.lang.as_str())));
        }
        match self.state.as_str() {
            "" => {}
            "hidden" => out.push("m.shown_at = 0".into()),
            "shown" => out.push("m.shown_at > 0".into()),
            verdict => out.push(format!("m.verdict = {}", params.mark(verdict))),
        }
        if self.public {
            out.push("m.shown_at > 0".into());
        }
        for word in self.words.split_whitespace() {
            let pattern = params.mark(format!("%{}", like_prefix(word)));
            out.push(format!("m.title_fold LIKE {pattern}"));
        }
        for (kind, key) in &self.marks {
            let (kind, key) = (params.mark(*kind), params.mark(key.as_str()));
            out.push(format!("m.id IN (SELECT media_id FROM media_marks WHERE kind = {kind} AND key = {key})"));
        }
        out.join(" AND ")
    }
}

pub(crate) async fn count(c: &impl ConnectionTrait, filter: &Filter) -> Result<u64> {
    let mut params = Params::new();
    let sql = format!("SELECT COUNT(*) FROM media m WHERE {}", filter.conditions(&mut params));
    Ok(u64::try_from(scalar(c, &sql, params.values()).await?).unwrap_or(0))
}

const LINE: &str = "SELECT m.id, m.slug, m.kind, m.title, m.about, m.alt, a.name AS agency_name, m.taken_on, m.duration, m.width, m.height, m.size, m.file_type, \
                    m.verdict, m.work, m.shown_at, m.added_at, \
                    (SELECT MIN(r.name) FROM media_renditions r WHERE r.media_id = m.id AND r.name IN ('w320.webp', 'poster320.webp', 'page320.webp')) \
                    AS picture \
                    FROM media m JOIN agencies a ON a.id = m.agency_id";

/// One page.
pub(crate) async fn lines(c: &impl ConnectionTrait, filter: &Filter, paging: Paging) -> Result<Vec<Line>> {
    let mut params = Params::new();
    let conditions = filter.conditions(&mut params);
    let order = if filter.public { "m.shown_at" } else { "m.added_at" };
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!("{LINE} WHERE {conditions} ORDER BY {order} DESC, m.id LIMIT {limit} OFFSET {offset}");
    all(c, &sql, params.values()).await
}

/// How many items are of each kind and verdict.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Tally {
    pub kind: String,
    pub verdict: String,
    pub n: i64,
}

pub(crate) async fn tally(c: &impl ConnectionTrait, filter: &Filter) -> Result<Vec<Tally>> {
    let mut params = Params::new();
    let conditions = filter.conditions(&mut params);
    let sql =
        format!("SELECT m.kind, m.verdict, COUNT(*) AS n FROM media m WHERE {conditions} GROUP BY m.kind, m.verdict");
    all(c, &sql, params.values()).await
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Things of a table after an id, in order of id.
pub(crate) async fn ids(c: &impl ConnectionTrait, table: &str, after: Option<Uuid>, most: i64) -> Result<Vec<Uuid>> {
    let sql = format!("SELECT id FROM {table} WHERE id > $1 ORDER BY id LIMIT $2");
    let rows: Vec<Id> = all(c, &sql, vec![after.unwrap_or_default().into(), most.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// An agency, and one that is it or above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Above {
    pub agency: Uuid,
    pub above: Uuid,
}

/// These agencies with those above them.
pub(crate) async fn above(c: &impl ConnectionTrait, agencies: &[Uuid]) -> Result<Vec<Above>> {
    let mut params = Params::new();
    let agencies = params.list(agencies.iter().copied());
    let sql = format!(
        "SELECT descendant_id AS agency, ancestor_id AS above FROM agency_closure WHERE descendant_id IN ({agencies})"
    );
    all(c, &sql, params.values()).await
}

/// An address of a public thing, with when it became public.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Address {
    pub slug: String,
    pub shown_at: i64,
}

/// Every public address of a table.
pub(crate) async fn addresses(c: &impl ConnectionTrait, table: &str) -> Result<Vec<Address>> {
    let sql = format!("SELECT slug, shown_at FROM {table} WHERE shown_at > 0 ORDER BY shown_at DESC, slug LIMIT 20000");
    all(c, &sql, vec![]).await
}
