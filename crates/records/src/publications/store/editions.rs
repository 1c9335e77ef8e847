//! Publications and their editions, one by one.

use kernel::{Error, Result, Timestamp, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one};

use crate::publications::model::{Draft, State, shows};

/// A publication as stored.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Publication {
    pub id: Uuid,
    pub agency_id: Uuid,
    pub agency_name: String,
    pub kind: String,
    pub slug: String,
    pub live_id: Option<Uuid>,
    pub first_at: i64,
    pub gone: String,
    pub gone_note: String,
    pub gone_to: String,
    pub gone_at: i64,
    pub lang: String,
    pub of_id: Option<Uuid>,
    pub generated: bool,
}

/// An edition as stored. `starts_at` and `ends_at` are yyyymmddhhmm, 0 when there is none; instants are milliseconds.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Edition {
    pub id: Uuid,
    pub publication_id: Uuid,
    pub number: i64,
    pub state: String,
    pub title: String,
    pub lead: String,
    pub body: String,
    pub byline: String,
    pub note: String,
    pub starts_at: i64,
    pub ends_at: i64,
    pub place: String,
    pub base: i64,
    pub checker: String,
    pub audio_id: Option<Uuid>,
    pub due_at: i64,
    pub forced: String,
    pub version: i64,
    pub written_by: Uuid,
    pub written_name: String,
}

impl Edition {
    pub(crate) fn state(&self) -> State {
        State::from_key(&self.state).unwrap_or(State::Dropped)
    }
}

#[derive(FromQueryResult)]
struct Mark {
    kind: String,
    key: String,
}

/// Sections, fields of law and target groups of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    pub sections: Vec<Uuid>,
    pub fields: Vec<String>,
    pub groups: Vec<String>,
}

const EDITION: &str = "SELECT id, publication_id, number, state, title, lead, body, byline, note, starts_at, ends_at, place, base, checker, audio_id, due_at, \
                       forced, version, written_by, written_name FROM editions";

pub(crate) async fn publication(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Publication>> {
    let sql = "SELECT p.id, p.agency_id, a.name AS agency_name, p.kind, p.slug, p.live_id, p.first_at, p.gone, p.gone_note, p.gone_to, p.gone_at, p.lang, p.of_id, p.generated \
               FROM publications p JOIN agencies a ON a.id = p.agency_id WHERE p.id = $1";
    one(c, sql, vec![id.into()]).await
}

/// Every edition of a publication, the newest first.
pub(crate) async fn editions(c: &impl ConnectionTrait, publication: Uuid) -> Result<Vec<Edition>> {
    all(c, &format!("{EDITION} WHERE publication_id = $1 ORDER BY number DESC"), vec![publication.into()]).await
}

/// Editions whose time has come.
pub(crate) async fn due(c: &impl ConnectionTrait, now: Timestamp) -> Result<Vec<Edition>> {
    let sql = format!("{EDITION} WHERE state = 'scheduled' AND due_at <= $1 ORDER BY due_at, id LIMIT 200");
    all(c, &sql, vec![now.0.into()]).await
}

pub(crate) async fn marks(c: &impl ConnectionTrait, edition: Uuid) -> Result<Marks> {
    let sql = "SELECT kind, key FROM edition_marks WHERE edition_id = $1 ORDER BY kind, key";
    let rows: Vec<Mark> = all(c, sql, vec![edition.into()]).await?;
    let mut out = Marks::default();
    for row in rows {
        match row.kind.as_str() {
            "section" => out.sections.extend(Uuid::parse_str(&row.key).ok()),
            "field" => out.fields.push(row.key),
            _ => out.groups.push(row.key),
        }
    }
    Ok(out)
}

pub(crate) async fn insert_publication(
    c: &impl ConnectionTrait,
    id: Uuid,
    draft: &Draft,
    slug: &str,
    (now, generated): (Timestamp, bool),
) -> Result<()> {
    let columns = [
        "id",
        "agency_id",
        "kind",
        "slug",
        "first_at",
        "changed_at",
        "gone",
        "gone_note",
        "gone_to",
        "gone_at",
        "lang",
        "of_id",
        "generated",
    ];
    insert("publications", &columns)
        .row([
            id.into(),
            draft.agency.into(),
            draft.kind.as_str().into(),
            slug.into(),
            0i64.into(),
            now.0.into(),
            "".into(),
            "".into(),
            "".into(),
            0i64.into(),
            draft.lang.as_str().into(),
            draft.of.into(),
            generated.into(),
        ])
        .run(c)
        .await
}

fn minute(at: Option<chrono::NaiveDateTime>) -> i64 {
    use chrono::{Datelike, Timelike};
    at.map_or(0, |at| {
        let day = i64::from(at.year()) * 10_000 + i64::from(at.month()) * 100 + i64::from(at.day());
        day * 10_000 + i64::from(at.hour()) * 100 + i64::from(at.minute())
    })
}

/// A new edition by somebody.
pub(crate) async fn insert_edition(
    c: &impl ConnectionTrait,
    (id, publication, number): (Uuid, Uuid, i64),
    draft: &Draft,
    by: (Uuid, &str),
    now: Timestamp,
) -> Result<()> {
    let columns = [
        "id",
        "publication_id",
        "number",
        "state",
        "title",
        "title_fold",
        "lead",
        "body",
        "byline",
        "note",
        "starts_at",
        "ends_at",
        "place",
        "base",
        "checker",
        "picture_id",
        "audio_id",
        "due_at",
        "published_at",
        "published_name",
        "forced",
        "version",
        "written_by",
        "written_name",
        "created_at",
        "changed_at",
    ];
    insert("editions", &columns)
        .row([
            id.into(),
            publication.into(),
            number.into(),
            State::Draft.key().into(),
            draft.title.as_str().into(),
            text::fold(&draft.title).into(),
            draft.lead.as_str().into(),
            draft.body.as_str().into(),
            draft.byline.as_str().into(),
            draft.note.as_str().into(),
            minute(draft.starts).into(),
            minute(draft.ends).into(),
            draft.place.as_str().into(),
            draft.base.into(),
            draft.checker.as_str().into(),
            draft.picture().into(),
            draft.audio.into(),
            0i64.into(),
            0i64.into(),
            "".into(),
            "".into(),
            0i64.into(),
            by.0.into(),
            by.1.into(),
            now.0.into(),
            now.0.into(),
        ])
        .run(c)
        .await?;
    replace_marks(c, id, draft).await
}

async fn replace_marks(c: &impl ConnectionTrait, edition: Uuid, draft: &Draft) -> Result<()> {
    exec(c, "DELETE FROM edition_marks WHERE edition_id = $1", vec![edition.into()]).await?;
    let mut block = insert("edition_marks", &["edition_id", "kind", "key"]);
    let sections = draft.sections.iter().map(|id| ("section", id.to_string()));
    let fields = draft.fields.iter().map(|key| ("field", key.clone()));
    let groups = draft.groups.iter().map(|key| ("group", key.clone()));
    for (kind, key) in sections.chain(fields).chain(groups) {
        block.push::<3>([edition.into(), kind.into(), key.into()]);
    }
    block.run_with(c, "ON CONFLICT DO NOTHING").await?;
    exec(c, "DELETE FROM edition_media WHERE edition_id = $1", vec![edition.into()]).await?;
    let mut block = insert("edition_media", &["edition_id", "media_id"]);
    for id in shows(&draft.body, draft.audio) {
        block.push::<2>([edition.into(), id.into()]);
    }
    block.run_with(c, "ON CONFLICT DO NOTHING").await
}

/// An edition that shows an item of the library.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Showing {
    pub publication_id: Uuid,
    pub title: String,
    pub state: String,
}

/// The newest edition of each publication that shows an item, of subtrees or everywhere.
pub(crate) async fn showing(c: &impl ConnectionTrait, media: Uuid, roots: Option<&[Uuid]>) -> Result<Vec<Showing>> {
    let mut params = Params::new();
    let media = params.mark(media);
    let below = roots.map_or(String::new(), |roots| {
        let roots = params.list(roots.iter().copied());
        format!("AND p.agency_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))")
    });
    let sql = format!(
        "SELECT e.publication_id, e.title, e.state FROM edition_media x JOIN editions e ON e.id = x.edition_id \
         JOIN publications p ON p.id = e.publication_id WHERE x.media_id = {media} AND e.state NOT IN ('past', 'dropped') {below} \
         ORDER BY e.changed_at DESC, e.id LIMIT 50"
    );
    all(c, &sql, params.values()).await
}

fn faster(changed: u64) -> Result<()> {
    if changed == 1 {
        return Ok(());
    }
    Err(Error::Conflict("Người khác vừa thay đổi bài này. Hãy tải lại trang và làm lại.".into()))
}

/// New words for an edition that was read at `version`; its state becomes draft.
pub(crate) async fn update_words(
    c: &impl ConnectionTrait,
    (id, version): (Uuid, i64),
    draft: &Draft,
    by: (Uuid, &str),
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE editions SET state = 'draft', title = $1, title_fold = $2, lead = $3, body = $4, byline = $5, note = $6, starts_at = $7, \
               ends_at = $8, place = $9, base = $10, checker = $11, picture_id = $12, audio_id = $13, written_by = $14, written_name = $15, \
               changed_at = $16, version = version + 1 WHERE id = $17 AND version = $18 AND state IN ('draft', 'returned')";
    let values = vec![
        draft.title.as_str().into(),
        text::fold(&draft.title).into(),
        draft.lead.as_str().into(),
        draft.body.as_str().into(),
        draft.byline.as_str().into(),
        draft.note.as_str().into(),
        minute(draft.starts).into(),
        minute(draft.ends).into(),
        draft.place.as_str().into(),
        draft.base.into(),
        draft.checker.as_str().into(),
        draft.picture().into(),
        draft.audio.into(),
        by.0.into(),
        by.1.into(),
        now.0.into(),
        id.into(),
        version.into(),
    ];
    faster(exec(c, sql, values).await?)?;
    replace_marks(c, id, draft).await
}

/// Moves an edition that was read at `version` to another state; `due`: when it goes live by itself.
pub(crate) async fn move_edition(
    c: &impl ConnectionTrait,
    (id, version): (Uuid, i64),
    state: State,
    due: i64,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE editions SET state = $1, due_at = $2, changed_at = $3, version = version + 1 WHERE id = $4 AND version = $5";
    let values = vec![state.key().into(), due.into(), now.0.into(), id.into(), version.into()];
    faster(exec(c, sql, values).await?)
}

/// Makes an edition the one that readers see; the one before becomes a past one.
pub(crate) async fn make_live(
    c: &impl ConnectionTrait,
    edition: &Edition,
    (by, forced): (&str, &str),
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE editions SET state = 'past', version = version + 1 WHERE publication_id = $1 AND state = 'live'";
    exec(c, sql, vec![edition.publication_id.into()]).await?;
    let sql = "UPDATE editions SET state = 'live', due_at = 0, published_at = $1, published_name = $2, forced = $3, version = version + 1 \
               WHERE id = $4 AND version = $5 AND state IN ('accepted', 'scheduled')";
    let values = vec![now.0.into(), by.into(), forced.into(), edition.id.into(), edition.version.into()];
    faster(exec(c, sql, values).await?)?;
    let sql = "UPDATE publications SET live_id = $1, first_at = CASE WHEN first_at = 0 THEN $2 ELSE first_at END, changed_at = $2, gone = '', \
               gone_note = '', gone_to = '', gone_at = 0 WHERE id = $3";
    exec(c, sql, vec![edition.id.into(), now.0.into(), edition.publication_id.into()]).await.map(drop)
}

/// Takes a publication away from readers, or (`gone` empty) gives it back.
pub(crate) async fn set_gone(
    c: &impl ConnectionTrait,
    id: Uuid,
    (gone, note, to): (&str, &str, &str),
    now: Timestamp,
) -> Result<()> {
    let sql =
        "UPDATE publications SET gone = $1, gone_note = $2, gone_to = $3, gone_at = $4, changed_at = $4 WHERE id = $5";
    exec(c, sql, vec![gone.into(), note.into(), to.into(), now.0.into(), id.into()]).await.map(drop)
}

/// Moves a publication up in the lists of the newsroom.
pub(crate) async fn touch(c: &impl ConnectionTrait, id: Uuid, draft: Option<&Draft>, now: Timestamp) -> Result<()> {
    let mut params = Params::new();
    let now = params.mark(now.0);
    let kind = draft.map_or(String::new(), |draft| format!(", kind = {}", params.mark(draft.kind.as_str())));
    let id = params.mark(id);
    exec(c, &format!("UPDATE publications SET changed_at = {now}{kind} WHERE id = {id}"), params.values())
        .await
        .map(drop)
}
