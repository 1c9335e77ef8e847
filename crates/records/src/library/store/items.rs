//! Items one by one.

use kernel::{Result, Timestamp, Uuid, text, time};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one};

use super::{MEDIA_MARKS, faster, replace_marks};
use crate::library::model::Draft;

/// An item of the library.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Item {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub agency_id: Uuid,
    /// The name of that agency.
    pub agency_name: String,
    /// Of [`crate::library::model::KINDS`].
    pub kind: String,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// What is in it.
    pub about: String,
    /// A photo in words.
    pub alt: String,
    /// Who made it.
    pub author: String,
    /// Of [`crate::library::model::RIGHTS`].
    pub rights: String,
    /// More about them.
    pub rights_note: String,
    /// Are people shown?
    pub people: bool,
    /// Have they agreed?
    pub consent: bool,
    /// Are there minors among them?
    pub minors: bool,
    /// When it was made, yyyymmdd.
    pub taken_on: i64,
    /// Where.
    pub place: String,
    /// Its language.
    pub lang: String,
    /// Where the tape or disc lies.
    pub carrier: String,
    /// The file's name as it came.
    pub file_name: String,
    /// Hash of the file; empty: none.
    pub file_hash: String,
    /// Its media type, by its bytes.
    pub file_type: String,
    /// Bytes.
    pub size: i64,
    /// Pixels of picture or photo, upright.
    pub width: i64,
    /// See [`Item::width`].
    pub height: i64,
    /// Milliseconds.
    pub duration: i64,
    /// Per cent from the left.
    pub focus_x: i64,
    /// Per cent from the top.
    pub focus_y: i64,
    /// What was measured, as JSON.
    pub facts: String,
    /// pass, warn, fail, unknown; empty: not looked at.
    pub verdict: String,
    /// Why, as JSON.
    pub findings: String,
    /// "", waiting, done, failed, lacking.
    pub work: String,
    /// A word on that.
    pub work_note: String,
    /// Since when it is public, milliseconds; 0: it is not.
    pub shown_at: i64,
    /// Made for a demonstration?
    pub generated: bool,
    /// Counts changes.
    pub version: i64,
    /// Who put it in.
    pub added_name: String,
    /// When.
    pub added_at: i64,
    /// When it was last changed.
    pub changed_at: i64,
}

const ITEM: &str = "SELECT m.id, m.agency_id, a.name AS agency_name, m.kind, m.slug, m.title, m.about, m.alt, m.author, m.rights, m.rights_note, m.people, \
                    m.consent, m.minors, m.taken_on, m.place, m.lang, m.carrier, m.file_name, m.file_hash, m.file_type, m.size, m.width, m.height, \
                    m.duration, m.focus_x, m.focus_y, m.facts, m.verdict, m.findings, m.work, m.work_note, m.shown_at, m.generated, m.version, \
                    m.added_name, m.added_at, m.changed_at FROM media m JOIN agencies a ON a.id = m.agency_id";

pub(crate) async fn item(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Item>> {
    one(c, &format!("{ITEM} WHERE m.id = $1"), vec![id.into()]).await
}

pub(crate) async fn item_at(c: &impl ConnectionTrait, slug: &str) -> Result<Option<Item>> {
    one(c, &format!("{ITEM} WHERE m.slug = $1"), vec![slug.into()]).await
}

/// Several, in order of their ids.
pub(crate) async fn items(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Item>> {
    let mut params = Params::new();
    let sql = format!("{ITEM} WHERE m.id IN ({}) ORDER BY m.id", params.list(ids.iter().copied()));
    all(c, &sql, params.values()).await
}

/// Another item with the same file, of an agency: the first.
pub(crate) async fn twin(c: &impl ConnectionTrait, agency: Uuid, hash: &str) -> Result<Option<Item>> {
    let sql = format!("{ITEM} WHERE m.agency_id = $1 AND m.file_hash = $2 ORDER BY m.id LIMIT 1");
    one(c, &sql, vec![agency.into(), hash.into()]).await
}

/// The file of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FileFacts {
    pub name: String,
    pub hash: String,
    pub media_type: String,
    pub size: i64,
}

/// Who keeps something, and when.
pub(crate) struct By<'a> {
    pub user: Uuid,
    pub name: &'a str,
    pub now: Timestamp,
}

pub(crate) async fn insert_item(
    c: &impl ConnectionTrait,
    (id, slug): (Uuid, &str),
    draft: &Draft,
    file: &FileFacts,
    (by, generated): (&By<'_>, bool),
) -> Result<()> {
    let columns = [
        "id",
        "agency_id",
        "kind",
        "slug",
        "title",
        "title_fold",
        "about",
        "alt",
        "author",
        "rights",
        "rights_note",
        "people",
        "consent",
        "minors",
        "taken_on",
        "place",
        "lang",
        "carrier",
        "file_name",
        "file_hash",
        "file_type",
        "size",
        "width",
        "height",
        "duration",
        "focus_x",
        "focus_y",
        "facts",
        "verdict",
        "findings",
        "work",
        "work_note",
        "shown_at",
        "generated",
        "version",
        "added_by",
        "added_name",
        "added_at",
        "changed_at",
    ];
    insert("media", &columns)
        .row([
            id.into(),
            draft.agency.into(),
            draft.kind.as_str().into(),
            slug.into(),
            draft.title.as_str().into(),
            text::fold(&draft.title).into(),
            draft.about.as_str().into(),
            draft.alt.as_str().into(),
            draft.author.as_str().into(),
            draft.rights.as_str().into(),
            draft.rights_note.as_str().into(),
            draft.people.into(),
            draft.consent.into(),
            draft.minors.into(),
            draft.taken.map_or(0, time::date_to_int).into(),
            draft.place.as_str().into(),
            draft.lang.as_str().into(),
            draft.carrier.as_str().into(),
            file.name.as_str().into(),
            file.hash.as_str().into(),
            file.media_type.as_str().into(),
            file.size.into(),
            0i64.into(),
            0i64.into(),
            0i64.into(),
            draft.focus.0.into(),
            draft.focus.1.into(),
            "".into(),
            "".into(),
            "[]".into(),
            if file.hash.is_empty() { "" } else { "waiting" }.into(),
            "".into(),
            0i64.into(),
            generated.into(),
            0i64.into(),
            by.user.into(),
            by.name.into(),
            by.now.0.into(),
            by.now.0.into(),
        ])
        .run(c)
        .await?;
    replace_marks(c, MEDIA_MARKS, id, marks_of(draft)).await
}

fn marks_of(draft: &Draft) -> impl Iterator<Item = (&'static str, String)> {
    let fields = draft.fields.iter().map(|key| ("field", key.clone()));
    let groups = draft.groups.iter().map(|key| ("group", key.clone()));
    fields.chain(groups).chain(draft.collections.iter().map(|id| ("collection", id.to_string())))
}

/// Other words for an item that was read at `version`; agency, kind and file stay.
pub(crate) async fn update_item(
    c: &impl ConnectionTrait,
    (id, version): (Uuid, i64),
    draft: &Draft,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE media SET title = $1, title_fold = $2, about = $3, alt = $4, author = $5, rights = $6, rights_note = $7, people = $8, consent = $9, \
               minors = $10, taken_on = $11, place = $12, lang = $13, carrier = $14, focus_x = $15, focus_y = $16, changed_at = $17, \
               version = version + 1 WHERE id = $18 AND version = $19";
    let values = vec![
        draft.title.as_str().into(),
        text::fold(&draft.title).into(),
        draft.about.as_str().into(),
        draft.alt.as_str().into(),
        draft.author.as_str().into(),
        draft.rights.as_str().into(),
        draft.rights_note.as_str().into(),
        draft.people.into(),
        draft.consent.into(),
        draft.minors.into(),
        draft.taken.map_or(0, time::date_to_int).into(),
        draft.place.as_str().into(),
        draft.lang.as_str().into(),
        draft.carrier.as_str().into(),
        draft.focus.0.into(),
        draft.focus.1.into(),
        now.0.into(),
        id.into(),
        version.into(),
    ];
    faster(exec(c, sql, values).await?)?;
    replace_marks(c, MEDIA_MARKS, id, marks_of(draft)).await
}

/// Gives a file to an item that has none.
pub(crate) async fn give_file(c: &impl ConnectionTrait, id: Uuid, file: &FileFacts, now: Timestamp) -> Result<()> {
    let sql = "UPDATE media SET file_name = $1, file_hash = $2, file_type = $3, size = $4, work = 'waiting', changed_at = $5, version = version + 1 \
               WHERE id = $6 AND file_hash = ''";
    let values = vec![
        file.name.as_str().into(),
        file.hash.as_str().into(),
        file.media_type.as_str().into(),
        file.size.into(),
        now.0.into(),
        id.into(),
    ];
    faster(exec(c, sql, values).await?)
}

/// Makes an item public from an instant on, or (0) takes it back.
pub(crate) async fn set_shown(c: &impl ConnectionTrait, id: Uuid, at: i64) -> Result<bool> {
    let before = if at == 0 { "shown_at > 0" } else { "shown_at = 0" };
    let sql = format!("UPDATE media SET shown_at = $1, version = version + 1 WHERE id = $2 AND {before}");
    Ok(exec(c, &sql, vec![at.into(), id.into()]).await? == 1)
}

/// What a job found in a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    pub width: i64,
    pub height: i64,
    pub duration: i64,
    pub facts: String,
    pub verdict: &'static str,
    pub findings: String,
    pub work: &'static str,
    pub note: String,
    /// Name, hash, media type and size of what was made.
    pub renditions: Vec<(String, String, &'static str, i64)>,
}

/// Keeps what was found; what was made before is forgotten.
pub(crate) async fn keep_outcome(c: &impl ConnectionTrait, id: Uuid, outcome: &Outcome) -> Result<()> {
    let sql = "UPDATE media SET width = $1, height = $2, duration = $3, facts = $4, verdict = $5, findings = $6, work = $7, work_note = $8 WHERE id = $9";
    let values = vec![
        outcome.width.into(),
        outcome.height.into(),
        outcome.duration.into(),
        outcome.facts.as_str().into(),
        outcome.verdict.into(),
        outcome.findings.as_str().into(),
        outcome.work.into(),
        outcome.note.as_str().into(),
        id.into(),
    ];
    exec(c, sql, values).await?;
    exec(c, "DELETE FROM media_renditions WHERE media_id = $1", vec![id.into()]).await?;
    let mut block = insert("media_renditions", &["media_id", "name", "file_hash", "media_type", "size"]);
    for (name, hash, media_type, size) in &outcome.renditions {
        block.push::<5>([id.into(), name.as_str().into(), hash.as_str().into(), (*media_type).into(), (*size).into()]);
    }
    block.run(c).await
}

/// Says that a file is to be looked at again.
pub(crate) async fn set_waiting(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    let sql = "UPDATE media SET work = 'waiting', work_note = '' WHERE id = $1 AND file_hash <> ''";
    exec(c, sql, vec![id.into()]).await.map(drop)
}

/// Something made of a file.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Rendition {
    pub media_id: Uuid,
    pub name: String,
    pub hash: String,
    pub media_type: String,
    pub size: i64,
}

pub(crate) async fn renditions(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Rendition>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT media_id, name, file_hash AS hash, media_type, size FROM media_renditions WHERE media_id IN ({}) ORDER BY media_id, name",
        params.list(ids.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// What serving a rendition asks for.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Served {
    pub hash: String,
    pub media_type: String,
    pub size: i64,
    pub shown_at: i64,
    pub agency_id: Uuid,
}

/// A rendition by its name.
pub(crate) async fn served(c: &impl ConnectionTrait, id: Uuid, name: &str) -> Result<Option<Served>> {
    let sql = "SELECT r.file_hash AS hash, r.media_type, r.size, m.shown_at, m.agency_id FROM media_renditions r JOIN media m ON m.id = r.media_id \
               WHERE r.media_id = $1 AND r.name = $2";
    one(c, sql, vec![id.into(), name.into()]).await
}
