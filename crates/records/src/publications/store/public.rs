//! What readers see: live editions of publications that are not gone.

use kernel::{Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, one, scalar};

/// A publication in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Brief {
    /// Its id.
    pub id: Uuid,
    /// Its address.
    pub slug: String,
    /// Its kind.
    pub kind: String,
    /// Headline.
    pub title: String,
    /// Opening paragraph.
    pub lead: String,
    /// Whose it is.
    pub agency_id: Uuid,
    /// Name of the agency.
    pub agency_name: String,
    /// First published, milliseconds.
    pub first_at: i64,
    /// Of an event: yyyymmddhhmm, else 0.
    pub starts_at: i64,
    /// Of an event: where.
    pub place: String,
    /// The photo of the library that stands first in its words, while it is public.
    pub picture_id: Option<Uuid>,
    /// Width of that photo, pixels.
    pub picture_width: i64,
    /// What matters in that photo: percent from its left edge.
    pub focus_x: i64,
    /// See `focus_x`: percent from its upper edge.
    pub focus_y: i64,
    /// Made by the program to show what it can do.
    pub generated: bool,
}

/// A publication as readers see it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Article {
    /// Its id.
    pub id: Uuid,
    /// The edition that is shown.
    pub edition_id: Uuid,
    /// Its address.
    pub slug: String,
    /// Its kind.
    pub kind: String,
    /// Headline.
    pub title: String,
    /// Opening paragraph.
    pub lead: String,
    /// Markdown.
    pub body: String,
    /// Who signs it.
    pub byline: String,
    /// What this edition corrected.
    pub note: String,
    /// Number of the edition.
    pub number: i64,
    /// Whose it is.
    pub agency_id: Uuid,
    /// Name of the agency.
    pub agency_name: String,
    /// First published, milliseconds.
    pub first_at: i64,
    /// This edition published, milliseconds.
    pub published_at: i64,
    /// Of an event: yyyymmddhhmm, else 0.
    pub starts_at: i64,
    /// See `starts_at`.
    pub ends_at: i64,
    /// Of an event: where.
    pub place: String,
    /// Its language.
    pub lang: String,
    /// The original, if it is a version in another language.
    pub of_id: Option<Uuid>,
    /// Address of the original; empty without one.
    pub of_slug: String,
    /// What the original belongs to (its edition that is shown), else this edition.
    pub marked_id: Uuid,
    /// Was the original corrected after it was translated?
    pub outdated: bool,
    /// Who checked the words of a version.
    pub checker: String,
    /// The sound of the library in which it is read out, while that is public.
    pub audio_id: Option<Uuid>,
    /// The photo of the library that stands first in its words, while that is public.
    pub picture_id: Option<Uuid>,
    /// Its width, pixels.
    pub picture_width: i64,
    /// "", "withdrawn" or "error".
    pub gone: String,
    /// Why.
    pub gone_note: String,
    /// Where an error leads.
    pub gone_to: String,
    /// Since when, milliseconds.
    pub gone_at: i64,
    /// Made by the program to show what it can do.
    pub generated: bool,
}

/// Which publications a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A kind.
    pub kind: Option<String>,
    /// One of these kinds; any when empty.
    pub among: &'static [&'static str],
    /// (kind, key) of a mark: a section, a field of law, a target group.
    pub mark: Option<(&'static str, String)>,
    /// An agency.
    pub agency: Option<Uuid>,
    /// Agencies of the locality with this code, and of those below it.
    pub place: Option<String>,
    /// Not this one.
    pub but: Option<Uuid>,
}

const FROM: &str = "FROM publications p JOIN editions e ON e.id = p.live_id JOIN agencies a ON a.id = p.agency_id \
                    LEFT JOIN media m ON m.id = e.picture_id AND m.shown_at > 0 WHERE p.gone = '' AND p.of_id IS NULL";

const BRIEF: &str = "p.id, p.slug, p.kind, e.title, e.lead, p.agency_id, a.name AS agency_name, p.first_at, e.starts_at, e.place, \
                     m.id AS picture_id, COALESCE(m.width, 0) AS picture_width, COALESCE(m.focus_x, 50) AS focus_x, \
                     COALESCE(m.focus_y, 50) AS focus_y, p.generated";

impl Wanted {
    fn conditions(&self, params: &mut Params) -> String {
        let mut out = String::new();
        if let Some(kind) = &self.kind {
            out += &format!(" AND p.kind = {}", params.mark(kind.as_str()));
        }
        if !self.among.is_empty() {
            out += &format!(" AND p.kind IN ({})", params.list(self.among.iter().copied()));
        }
        if let Some((kind, key)) = &self.mark {
            let (kind, key) = (params.mark(*kind), params.mark(key.as_str()));
            out += &format!(
                " AND p.live_id IN (SELECT edition_id FROM edition_marks WHERE kind = {kind} AND key = {key})"
            );
        }
        if let Some(agency) = self.agency {
            out += &format!(" AND p.agency_id = {}", params.mark(agency));
        }
        if let Some(code) = &self.place {
            let code = params.mark(code.as_str());
            out += &format!(
                " AND a.unit_id IN (SELECT u.id FROM units u LEFT JOIN units up ON up.id = u.parent_id WHERE u.code = {code} OR up.code = {code})"
            );
        }
        if let Some(but) = self.but {
            out += &format!(" AND p.id <> {}", params.mark(but));
        }
        out
    }
}

/// One page of a list, the newest first.
pub(crate) async fn briefs(c: &impl ConnectionTrait, wanted: &Wanted, paging: Paging) -> Result<Vec<Brief>> {
    let mut params = Params::new();
    let conditions = wanted.conditions(&mut params);
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!("SELECT {BRIEF} {FROM}{conditions} ORDER BY p.first_at DESC, p.id LIMIT {limit} OFFSET {offset}");
    all(c, &sql, params.values()).await
}

/// How many there are of a list.
pub(crate) async fn brief_count(c: &impl ConnectionTrait, wanted: &Wanted) -> Result<i64> {
    let mut params = Params::new();
    let conditions = wanted.conditions(&mut params);
    scalar(c, &format!("SELECT COUNT(*) {FROM}{conditions}"), params.values()).await
}

/// An agency that has published in a list, with how much.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Contributor {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// How many publications.
    pub n: i64,
}

/// Agencies that have published in a list, the busiest first.
pub(crate) async fn contributors(c: &impl ConnectionTrait, wanted: &Wanted) -> Result<Vec<Contributor>> {
    let mut params = Params::new();
    let conditions = wanted.conditions(&mut params);
    let sql = format!(
        "SELECT a.id, a.name, COUNT(*) AS n {FROM}{conditions} GROUP BY a.id, a.name, a.name_fold ORDER BY n DESC, a.name_fold, a.id LIMIT 60"
    );
    all(c, &sql, params.values()).await
}

/// These publications, those that are public, in no order.
pub(crate) async fn briefs_of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Brief>> {
    let mut params = Params::new();
    let ids = params.list(ids.iter().copied());
    all(c, &format!("SELECT {BRIEF} {FROM} AND p.id IN ({ids})"), params.values()).await
}

/// The publication at an address, gone or not, if it ever was public.
pub(crate) async fn article(c: &impl ConnectionTrait, slug: &str) -> Result<Option<Article>> {
    let gone =
        |field: &str| format!("CASE WHEN COALESCE(o.gone, '') <> '' THEN o.{field} ELSE p.{field} END AS {field}");
    let (gone, note, to, at) = (gone("gone"), gone("gone_note"), gone("gone_to"), gone("gone_at"));
    let sql = format!(
        "SELECT p.id, e.id AS edition_id, p.slug, p.kind, e.title, e.lead, e.body, e.byline, e.note, e.number, p.agency_id, \
         a.name AS agency_name, p.first_at, e.published_at, e.starts_at, e.ends_at, e.place, p.lang, p.of_id, COALESCE(o.slug, '') AS of_slug, \
         COALESCE(o.live_id, e.id) AS marked_id, COALESCE(oe.number, 0) > e.base AS outdated, e.checker, s.id AS audio_id, m.id AS picture_id, COALESCE(m.width, 0) AS picture_width, \
         {gone}, {note}, {to}, {at}, p.generated \
         FROM publications p JOIN editions e ON e.id = p.live_id JOIN agencies a ON a.id = p.agency_id \
         LEFT JOIN publications o ON o.id = p.of_id LEFT JOIN editions oe ON oe.id = o.live_id \
         LEFT JOIN media s ON s.id = e.audio_id AND s.shown_at > 0 LEFT JOIN media m ON m.id = e.picture_id AND m.shown_at > 0 WHERE p.slug = $1"
    );
    one(c, &sql, vec![slug.into()]).await
}

/// A publication in one of its languages.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Spoken {
    /// Its address.
    pub slug: String,
    /// Its language.
    pub lang: String,
}

/// Languages in which a publication can be read, in order of their codes, the original's among them.
pub(crate) async fn spoken(c: &impl ConnectionTrait, original: Uuid) -> Result<Vec<Spoken>> {
    let sql = "SELECT slug, lang FROM publications WHERE (id = $1 OR of_id = $1) AND gone = '' AND live_id IS NOT NULL ORDER BY lang";
    all(c, sql, vec![original.into()]).await
}

/// How many publications there are of a topic or a place.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Counted {
    /// Its key, as in addresses.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Publications.
    pub many: i64,
}

/// Fields of law with publications; their names are empty.
pub(crate) async fn topics(c: &impl ConnectionTrait) -> Result<Vec<Counted>> {
    let sql = "SELECT m.key, '' AS name, COUNT(*) AS many FROM publications p JOIN edition_marks m ON m.edition_id = p.live_id \
               WHERE p.gone = '' AND p.of_id IS NULL AND m.kind = 'field' GROUP BY m.key ORDER BY m.key";
    all(c, sql, vec![]).await
}

/// Localities of agencies with publications, in order of name.
pub(crate) async fn places(c: &impl ConnectionTrait) -> Result<Vec<Counted>> {
    let sql = "SELECT u.code AS key, u.name, COUNT(*) AS many FROM publications p JOIN editions e ON e.id = p.live_id \
               JOIN agencies a ON a.id = p.agency_id JOIN units u ON u.id = a.unit_id \
               WHERE p.gone = '' AND p.of_id IS NULL GROUP BY u.code, u.name, u.name_fold ORDER BY u.name_fold, u.code LIMIT 500";
    all(c, sql, vec![]).await
}

/// Name of the locality with a code.
pub(crate) async fn place_name(c: &impl ConnectionTrait, code: &str) -> Result<Option<Counted>> {
    one(c, "SELECT code AS key, name, position AS many FROM units WHERE code = $1", vec![code.into()]).await
}

#[derive(FromQueryResult)]
struct Slug {
    slug: String,
}

/// Addresses of every publication that ever was public, gone or not.
pub(crate) async fn ever_public(c: &impl ConnectionTrait) -> Result<Vec<String>> {
    let rows: Vec<Slug> = all(c, "SELECT slug FROM publications WHERE live_id IS NOT NULL", vec![]).await?;
    Ok(rows.into_iter().map(|row| row.slug).collect())
}

/// What an address map says of one page.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Address {
    /// Of a publication.
    pub slug: String,
    /// Last published, milliseconds.
    pub published_at: i64,
}

/// Addresses of everything public, the newest first, at most 45,000 (a site map holds 50,000).
pub(crate) async fn addresses(c: &impl ConnectionTrait) -> Result<Vec<Address>> {
    let sql = "SELECT p.slug, e.published_at FROM publications p JOIN editions e ON e.id = p.live_id LEFT JOIN publications o ON o.id = p.of_id \
               WHERE p.gone = '' AND COALESCE(o.gone, '') = '' ORDER BY p.first_at DESC, p.id LIMIT 45000";
    all(c, sql, vec![]).await
}
