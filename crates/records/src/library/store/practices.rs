//! The catalogue of models, exemplary collectives and persons.

use kernel::{Paging, Result, Timestamp, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, like_prefix, one, scalar};

use super::{PRACTICE_MARKS, faster, replace_marks};
use crate::library::model::PracticeDraft;

/// An entry of the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Practice {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub agency_id: Uuid,
    /// The name of that agency.
    pub agency_name: String,
    /// Of [`crate::library::model::PRACTICES`].
    pub kind: String,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// In a few sentences.
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// Markdown.
    pub results: String,
    /// What it costs, and who pays.
    pub cost: String,
    /// Whom to ask.
    pub contact: String,
    /// Where it was taken over, one a line.
    pub replicated: String,
    /// The year it began; 0: not known.
    pub since: i64,
    /// A photo or video of the library.
    pub media_id: Option<Uuid>,
    /// Since when it is public; 0: it is not.
    pub shown_at: i64,
    /// Made for a demonstration?
    pub generated: bool,
    /// Counts changes.
    pub version: i64,
    /// Who wrote it.
    pub written_name: String,
    /// When it was last changed.
    pub changed_at: i64,
}

const PRACTICE: &str = "SELECT d.id, d.agency_id, a.name AS agency_name, d.kind, d.slug, d.title, d.summary, d.body, d.results, d.cost, d.contact, \
                        d.replicated, d.since, d.media_id, d.shown_at, d.generated, d.version, d.written_name, d.changed_at \
                        FROM practices d JOIN agencies a ON a.id = d.agency_id";

/// Which entries a list shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct PracticeFilter {
    /// Tops of the subtrees that are seen; none: everything.
    pub roots: Option<Vec<Uuid>>,
    /// A kind.
    pub kind: String,
    /// Folded words.
    pub words: String,
    /// A mark that must be there.
    pub mark: Option<(&'static str, String)>,
    /// Public ones only, the newest in public first.
    pub public: bool,
}

impl PracticeFilter {
    fn conditions(&self, params: &mut Params) -> String {
        let mut out = vec!["1 = 1".to_owned()];
        if let Some(roots) = &self.roots {
            let roots = params.list(roots.iter().copied());
            out.push(format!(
                "d.agency_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))"
            ));
        }
        if !self.kind.is_empty() {
            out.push(format!("d.kind = {}", params.mark(self.kind.as_str())));
        }
        if self.public {
            out.push("d.shown_at > 0".into());
        }
        for word in self.words.split_whitespace() {
            let pattern = params.mark(format!("%{}", like_prefix(word)));
            out.push(format!("d.title_fold LIKE {pattern}"));
        }
        if let Some((kind, key)) = &self.mark {
            let (kind, key) = (params.mark(*kind), params.mark(key.as_str()));
            out.push(format!("d.id IN (SELECT practice_id FROM practice_marks WHERE kind = {kind} AND key = {key})"));
        }
        out.join(" AND ")
    }
}

pub(crate) async fn count_practices(c: &impl ConnectionTrait, filter: &PracticeFilter) -> Result<u64> {
    let mut params = Params::new();
    let sql = format!("SELECT COUNT(*) FROM practices d WHERE {}", filter.conditions(&mut params));
    Ok(u64::try_from(scalar(c, &sql, params.values()).await?).unwrap_or(0))
}

/// One page.
pub(crate) async fn practices(
    c: &impl ConnectionTrait,
    filter: &PracticeFilter,
    paging: Paging,
) -> Result<Vec<Practice>> {
    let mut params = Params::new();
    let conditions = filter.conditions(&mut params);
    let order = if filter.public { "d.shown_at" } else { "d.changed_at" };
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!("{PRACTICE} WHERE {conditions} ORDER BY {order} DESC, d.id LIMIT {limit} OFFSET {offset}");
    all(c, &sql, params.values()).await
}

pub(crate) async fn practice(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Practice>> {
    one(c, &format!("{PRACTICE} WHERE d.id = $1"), vec![id.into()]).await
}

pub(crate) async fn practice_at(c: &impl ConnectionTrait, slug: &str) -> Result<Option<Practice>> {
    one(c, &format!("{PRACTICE} WHERE d.slug = $1"), vec![slug.into()]).await
}

/// Several, in order of their ids.
pub(crate) async fn practices_of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Practice>> {
    let mut params = Params::new();
    let sql = format!("{PRACTICE} WHERE d.id IN ({}) ORDER BY d.id", params.list(ids.iter().copied()));
    all(c, &sql, params.values()).await
}

/// Entries that show an item.
pub(crate) async fn practices_with(c: &impl ConnectionTrait, media: Uuid) -> Result<Vec<Practice>> {
    all(c, &format!("{PRACTICE} WHERE d.media_id = $1 ORDER BY d.title_fold LIMIT 50"), vec![media.into()]).await
}

pub(crate) async fn insert_practice(
    c: &impl ConnectionTrait,
    (id, slug): (Uuid, &str),
    draft: &PracticeDraft,
    (by, generated): (&str, bool),
    now: Timestamp,
) -> Result<()> {
    let columns = [
        "id",
        "agency_id",
        "kind",
        "slug",
        "title",
        "title_fold",
        "summary",
        "body",
        "results",
        "cost",
        "contact",
        "replicated",
        "since",
        "media_id",
        "shown_at",
        "generated",
        "version",
        "written_name",
        "changed_at",
    ];
    insert("practices", &columns)
        .row([
            id.into(),
            draft.agency.into(),
            draft.kind.as_str().into(),
            slug.into(),
            draft.title.as_str().into(),
            text::fold(&draft.title).into(),
            draft.summary.as_str().into(),
            draft.body.as_str().into(),
            draft.results.as_str().into(),
            draft.cost.as_str().into(),
            draft.contact.as_str().into(),
            draft.replicated.as_str().into(),
            draft.since.into(),
            draft.media.into(),
            0i64.into(),
            generated.into(),
            0i64.into(),
            by.into(),
            now.0.into(),
        ])
        .run(c)
        .await?;
    replace_marks(c, PRACTICE_MARKS, id, marks_of(draft)).await
}

fn marks_of(draft: &PracticeDraft) -> impl Iterator<Item = (&'static str, String)> {
    let fields = draft.fields.iter().map(|key| ("field", key.clone()));
    fields.chain(draft.groups.iter().map(|key| ("group", key.clone())))
}

pub(crate) async fn update_practice(
    c: &impl ConnectionTrait,
    (id, version): (Uuid, i64),
    draft: &PracticeDraft,
    by: &str,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE practices SET kind = $1, title = $2, title_fold = $3, summary = $4, body = $5, results = $6, cost = $7, contact = $8, replicated = $9, \
               since = $10, media_id = $11, written_name = $12, changed_at = $13, version = version + 1 WHERE id = $14 AND version = $15";
    let values = vec![
        draft.kind.as_str().into(),
        draft.title.as_str().into(),
        text::fold(&draft.title).into(),
        draft.summary.as_str().into(),
        draft.body.as_str().into(),
        draft.results.as_str().into(),
        draft.cost.as_str().into(),
        draft.contact.as_str().into(),
        draft.replicated.as_str().into(),
        draft.since.into(),
        draft.media.into(),
        by.into(),
        now.0.into(),
        id.into(),
        version.into(),
    ];
    faster(exec(c, sql, values).await?)?;
    replace_marks(c, PRACTICE_MARKS, id, marks_of(draft)).await
}

/// Makes an entry public from an instant on, or (0) takes it back.
pub(crate) async fn show_practice(c: &impl ConnectionTrait, id: Uuid, at: i64) -> Result<bool> {
    let before = if at == 0 { "shown_at > 0" } else { "shown_at = 0" };
    let sql = format!("UPDATE practices SET shown_at = $1, version = version + 1 WHERE id = $2 AND {before}");
    Ok(exec(c, &sql, vec![at.into(), id.into()]).await? == 1)
}
