//! Documents, what they do to each other, and files that wait.

use kernel::{Error, Paging, Result, Timestamp, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, like_prefix, one, scalar};

/// A document. Days are yyyymmdd, 0 when not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Law {
    /// Its id.
    pub id: Uuid,
    /// Number and symbol.
    pub number: String,
    /// Its address.
    pub slug: String,
    /// Its kind.
    pub kind: String,
    /// Its title, without the kind.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// When it was issued.
    pub issued_on: i64,
    /// First day of effect.
    pub effect_from: i64,
    /// First day without effect.
    pub ended_on: i64,
    /// Last day for which somebody, or the source, says what is known.
    pub checked_on: i64,
    /// First day on which words of it changed or ceased.
    pub changed_on: i64,
    /// Where it was read.
    pub source: String,
    /// Written for a demonstration.
    pub sample: bool,
    /// Counts changes.
    pub version: i64,
    /// When it came onto the shelf, milliseconds.
    pub added_at: i64,
    /// When it was last changed, milliseconds.
    pub changed_at: i64,
}

const LAW: &str = "SELECT id, number, slug, kind, title, issuer, issued_on, effect_from, ended_on, checked_on, changed_on, source, sample, version, \
                   added_at, changed_at FROM laws";

/// Which documents a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// One kind; empty: all.
    pub kind: String,
    /// Words of number or title.
    pub words: String,
}

impl Wanted {
    fn conditions(&self, params: &mut Params) -> String {
        let mut out = "1 = 1".to_owned();
        if !self.kind.is_empty() {
            out += &format!(" AND kind = {}", params.mark(self.kind.as_str()));
        }
        for word in text::fold(&self.words).split_whitespace().take(8) {
            out += &format!(" AND title_fold LIKE {}", params.mark(format!("% {}", like_prefix(word))));
        }
        out
    }
}

/// One page, the newest first.
pub(crate) async fn laws(c: &impl ConnectionTrait, wanted: &Wanted, paging: Paging) -> Result<Vec<Law>> {
    let mut params = Params::new();
    let conditions = wanted.conditions(&mut params);
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!("{LAW} WHERE {conditions} ORDER BY issued_on DESC, slug LIMIT {limit} OFFSET {offset}");
    all(c, &sql, params.values()).await
}

/// How many there are of a list.
pub(crate) async fn law_count(c: &impl ConnectionTrait, wanted: &Wanted) -> Result<i64> {
    let mut params = Params::new();
    let conditions = wanted.conditions(&mut params);
    scalar(c, &format!("SELECT COUNT(*) FROM laws WHERE {conditions}"), params.values()).await
}

/// How many documents of a kind there are.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct KindCount {
    pub kind: String,
    pub n: i64,
}

/// Documents by kind.
pub(crate) async fn kinds(c: &impl ConnectionTrait) -> Result<Vec<KindCount>> {
    all(c, "SELECT kind, COUNT(*) AS n FROM laws GROUP BY kind", vec![]).await
}

/// The last that came onto the shelf.
pub(crate) async fn newest(c: &impl ConnectionTrait, limit: i64) -> Result<Vec<Law>> {
    all(c, &format!("{LAW} ORDER BY added_at DESC, slug LIMIT $1"), vec![limit.into()]).await
}

/// Every address with its last change, the newest first, at most 20,000.
pub(crate) async fn all_addresses(c: &impl ConnectionTrait) -> Result<Vec<Law>> {
    all(c, &format!("{LAW} ORDER BY added_at DESC, slug LIMIT 20000"), vec![]).await
}

pub(crate) async fn law_at(c: &impl ConnectionTrait, slug: &str) -> Result<Option<Law>> {
    one(c, &format!("{LAW} WHERE slug = $1"), vec![slug.into()]).await
}

/// Documents at these addresses, in no order.
pub(crate) async fn laws_at(c: &impl ConnectionTrait, slugs: &[String]) -> Result<Vec<Law>> {
    let mut params = Params::new();
    let sql = format!("{LAW} WHERE slug IN ({})", params.list(slugs.iter().map(String::as_str)));
    all(c, &sql, params.values()).await
}

/// Documents with these ids, in no order.
pub(crate) async fn laws_of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Law>> {
    let mut params = Params::new();
    let sql = format!("{LAW} WHERE id IN ({})", params.list(ids.iter().copied()));
    all(c, &sql, params.values()).await
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Ids after one, in their order.
pub(crate) async fn law_ids(c: &impl ConnectionTrait, after: Option<Uuid>, limit: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM laws WHERE id > $1 ORDER BY id LIMIT $2";
    let found: Vec<Id> = all(c, sql, vec![after.unwrap_or_default().into(), limit.into()]).await?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// Changes facts of a document that was read at its version.
pub(crate) async fn save_facts(c: &impl ConnectionTrait, law: &Law, now: Timestamp) -> Result<()> {
    let sql = "UPDATE laws SET kind = $1, title = $2, title_fold = $3, issuer = $4, issued_on = $5, effect_from = $6, ended_on = $7, checked_on = $8, \
               changed_at = $9, version = version + 1 WHERE id = $10 AND version = $11";
    let values = vec![
        law.kind.as_str().into(),
        law.title.as_str().into(),
        super::folded(&law.kind, &law.number, &law.title).into(),
        law.issuer.as_str().into(),
        law.issued_on.into(),
        law.effect_from.into(),
        law.ended_on.into(),
        law.checked_on.into(),
        now.0.into(),
        law.id.into(),
        law.version.into(),
    ];
    match exec(c, sql, values).await? {
        1 => Ok(()),
        _ => Err(Error::Conflict("Người khác vừa thay đổi văn bản này. Hãy tải lại trang và làm lại.".into())),
    }
}

/// What one document does to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Tie {
    /// Address of the one that acts.
    pub from_slug: String,
    /// `amends`, `replaces` or `repeals`.
    pub relation: String,
    /// Address of the other.
    pub to_slug: String,
    /// Number of the one that acts.
    pub from_number: String,
    /// Number of the other.
    pub to_number: String,
    /// Since when, yyyymmdd; 0 when not known.
    pub from_on: i64,
    /// Title of the one of the two that was not asked for, when it is on the shelf; else empty.
    pub title: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
}

/// What others do to these documents.
pub(crate) async fn ties_to(c: &impl ConnectionTrait, slugs: &[String]) -> Result<Vec<Tie>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT k.from_slug, k.relation, k.to_slug, k.from_number, k.to_number, k.from_on, l.title, l.kind FROM law_links k \
         LEFT JOIN laws l ON l.slug = k.from_slug WHERE k.to_slug IN ({}) AND k.origin <> 'removed' \
         ORDER BY k.from_on, k.from_slug, k.relation",
        params.list(slugs.iter().map(String::as_str))
    );
    all(c, &sql, params.values()).await
}

/// What a document does to others.
pub(crate) async fn ties_from(c: &impl ConnectionTrait, slug: &str) -> Result<Vec<Tie>> {
    let sql = "SELECT k.from_slug, k.relation, k.to_slug, k.from_number, k.to_number, k.from_on, l.title, l.kind FROM law_links k \
               LEFT JOIN laws l ON l.slug = k.to_slug WHERE k.from_slug = $1 AND k.origin <> 'removed' \
               ORDER BY k.from_on, k.to_slug, k.relation";
    all(c, sql, vec![slug.into()]).await
}

/// A file that waits for somebody's confirmation.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Draft {
    pub id: Uuid,
    pub file_name: String,
    pub body: String,
    pub by_name: String,
    pub added_at: i64,
}

pub(crate) async fn insert_draft(c: &impl ConnectionTrait, draft: &Draft) -> Result<()> {
    insert("law_drafts", &["id", "file_name", "body", "by_name", "added_at"])
        .row([
            draft.id.into(),
            draft.file_name.as_str().into(),
            draft.body.as_str().into(),
            draft.by_name.as_str().into(),
            draft.added_at.into(),
        ])
        .run(c)
        .await
}

pub(crate) async fn draft(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Draft>> {
    one(c, "SELECT id, file_name, body, by_name, added_at FROM law_drafts WHERE id = $1", vec![id.into()]).await
}

/// Files that wait, the newest first, without their words.
pub(crate) async fn drafts(c: &impl ConnectionTrait) -> Result<Vec<Draft>> {
    let sql = "SELECT id, file_name, '' AS body, by_name, added_at FROM law_drafts ORDER BY added_at DESC, id LIMIT 50";
    all(c, sql, vec![]).await
}

/// Takes a file away; how many there were.
pub(crate) async fn delete_draft(c: &impl ConnectionTrait, id: Uuid) -> Result<u64> {
    exec(c, "DELETE FROM law_drafts WHERE id = $1", vec![id.into()]).await
}
