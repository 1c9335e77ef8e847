//! Reading one activity, and looking for ones that are alike.

use std::collections::HashSet;

use kernel::{Result, Uuid, time};
use store::{ConnectionTrait, FromQueryResult, Params, all, like_prefix, one, scalar};

use crate::activities::model::activity::{Disseminated, Draft, Material, Partner, Reporter, Served};

/// An activity without what hangs on it.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Activity {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub owner_name: String,
    pub state: String,
    pub kind: String,
    pub title: String,
    pub held_on: i64,
    pub ends_on: i64,
    pub place: String,
    pub unit_id: Option<Uuid>,
    pub unit_name: Option<String>,
    pub online: bool,
    pub turns: i64,
    pub women: i64,
    pub minorities: i64,
    pub young: i64,
    pub cost: i64,
    pub summary: String,
    pub generated: bool,
    pub series_id: Option<Uuid>,
    pub reason: String,
    pub version: i64,
    pub created_name: String,
    pub created_at: i64,
    pub changed_at: i64,
}

const COLUMNS: &str = "a.id, a.owner_id, g.name AS owner_name, a.state, a.kind, a.title, a.held_on, a.ends_on, a.place, a.unit_id, \
                       u.name AS unit_name, a.online, a.turns, a.women, a.minorities, a.young, a.cost, a.summary, a.generated, \
                       a.series_id, a.reason, a.version, a.created_name, a.created_at, a.changed_at";
const FROM: &str = "activities a JOIN agencies g ON g.id = a.owner_id LEFT JOIN units u ON u.id = a.unit_id";

/// An activity with everything that hangs on it but its files.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    pub row: Activity,
    pub draft: Draft,
}

#[derive(FromQueryResult)]
struct Mark {
    kind: String,
    key: String,
}

#[derive(FromQueryResult)]
struct PartnerRow {
    agency_id: Option<Uuid>,
    name: String,
}

#[derive(FromQueryResult)]
struct ReporterRow {
    kind: String,
    name: String,
}

#[derive(FromQueryResult)]
struct MaterialRow {
    kind: String,
    title: String,
    copies: i64,
    online: bool,
}

#[derive(FromQueryResult)]
struct CostRow {
    source: String,
    amount: i64,
}

#[derive(FromQueryResult)]
struct DocumentRow {
    document_id: Option<Uuid>,
    title: String,
}

#[derive(FromQueryResult)]
struct SubjectRow {
    kind: String,
    subject_id: Uuid,
    label: String,
}

/// One activity; eight statements.
pub(crate) async fn whole(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Whole>> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE a.id = $1");
    let Some(row) = one::<Activity>(c, &sql, vec![id.into()]).await? else { return Ok(None) };
    let of = |columns: &str, table: &str, order: &str| {
        format!("SELECT {columns} FROM {table} WHERE activity_id = $1 ORDER BY {order}")
    };
    let key = || vec![id.into()];
    let marks: Vec<Mark> = all(c, &of("kind, key", "activity_marks", "kind, key"), key()).await?;
    let partners: Vec<PartnerRow> = all(c, &of("agency_id, name", "activity_partners", "position"), key()).await?;
    let reporters: Vec<ReporterRow> = all(c, &of("kind, name", "activity_reporters", "position"), key()).await?;
    let materials: Vec<MaterialRow> =
        all(c, &of("kind, title, copies, online", "activity_materials", "position"), key()).await?;
    let costs: Vec<CostRow> = all(c, &of("source, amount", "activity_costs", "source"), key()).await?;
    let documents: Vec<DocumentRow> =
        all(c, &of("document_id, title", "activity_documents", "position"), key()).await?;
    let subjects: Vec<SubjectRow> = all(c, &of("kind, subject_id, label", "activity_subjects", "label"), key()).await?;
    let keys = |kind: &str| marks.iter().filter(|mark| mark.kind == kind).map(|mark| mark.key.clone()).collect();
    let draft = Draft {
        owner: row.owner_id,
        kind: row.kind.clone(),
        title: row.title.clone(),
        held_on: time::date_from_int(row.held_on),
        ends_on: time::date_from_int(row.ends_on).filter(|_| row.ends_on != row.held_on),
        place: row.place.clone(),
        unit: row.unit_id,
        online: row.online,
        turns: row.turns,
        women: row.women,
        minorities: row.minorities,
        young: row.young,
        summary: row.summary.clone(),
        groups: keys("group"),
        fields: keys("field"),
        partners: partners.into_iter().map(|one| Partner { agency: one.agency_id, name: one.name }).collect(),
        reporters: reporters.into_iter().map(|one| Reporter { kind: one.kind, name: one.name }).collect(),
        materials: materials
            .into_iter()
            .map(|one| Material { kind: one.kind, title: one.title, copies: one.copies, online: one.online })
            .collect(),
        costs: costs.into_iter().map(|one| (one.source, one.amount)).collect(),
        documents: documents
            .into_iter()
            .map(|one| Disseminated { document: one.document_id, title: one.title })
            .collect(),
        subjects: subjects
            .into_iter()
            .map(|one| Served { kind: one.kind, id: one.subject_id, label: one.label })
            .collect(),
    };
    Ok(Some(Whole { row, draft }))
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The activity that was made with this key, if any.
pub(crate) async fn made_once(c: &impl ConnectionTrait, once: &str) -> Result<Option<Uuid>> {
    let found: Option<Id> = one(c, "SELECT id FROM activities WHERE once = $1", vec![once.into()]).await?;
    Ok(found.map(|row| row.id))
}

/// An activity that may be the same.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Near {
    pub id: Uuid,
    pub title: String,
    pub held_on: i64,
    pub place: String,
    pub unit_id: Option<Uuid>,
    pub turns: i64,
    pub created_name: String,
}

/// Activities of an owner and a kind between two days.
pub(crate) async fn near(
    c: &impl ConnectionTrait,
    owner: Uuid,
    kind: &str,
    (from, to): (i64, i64),
) -> Result<Vec<Near>> {
    let sql = "SELECT id, title, held_on, place, unit_id, turns, created_name FROM activities WHERE owner_id = $1 \
               AND held_on >= $2 AND held_on <= $3 AND kind = $4 AND state = 'recorded' ORDER BY held_on, id LIMIT 50";
    all(c, sql, vec![owner.into(), from.into(), to.into(), kind.into()]).await
}

/// An activity as an import compares it.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Owned {
    pub id: Uuid,
    pub kind: String,
    pub title: String,
    pub held_on: i64,
}

/// What an owner recorded between two days.
pub(crate) async fn owned_between(c: &impl ConnectionTrait, owner: Uuid, (from, to): (i64, i64)) -> Result<Vec<Owned>> {
    let sql = "SELECT id, kind, title, held_on FROM activities WHERE owner_id = $1 AND held_on >= $2 AND held_on <= $3 \
               AND state = 'recorded' ORDER BY held_on, id LIMIT 20000";
    all(c, sql, vec![owner.into(), from.into(), to.into()]).await
}

#[derive(FromQueryResult)]
struct Once {
    once: String,
}

/// Keys of activities that begin like this.
pub(crate) async fn made_with(c: &impl ConnectionTrait, beginning: &str) -> Result<HashSet<String>> {
    let sql = "SELECT once FROM activities WHERE once LIKE $1";
    let rows: Vec<Once> = all(c, sql, vec![like_prefix(beginning).into()]).await?;
    Ok(rows.into_iter().map(|row| row.once).collect())
}

/// A file of an activity.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct File {
    pub id: Uuid,
    pub activity_id: Uuid,
    pub file_name: String,
    pub file_hash: String,
    pub file_type: String,
    pub file_size: i64,
    pub people: bool,
    pub consent: bool,
    pub minors: bool,
}

const FILE: &str = "id, activity_id, file_name, file_hash, file_type, file_size, people, consent, minors";

/// Files of an activity.
pub(crate) async fn files(c: &impl ConnectionTrait, activity: Uuid) -> Result<Vec<File>> {
    let sql = format!("SELECT {FILE} FROM activity_files WHERE activity_id = $1 ORDER BY added_at, id");
    all(c, &sql, vec![activity.into()]).await
}

/// One file.
pub(crate) async fn file(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<File>> {
    one(c, &format!("SELECT {FILE} FROM activity_files WHERE id = $1"), vec![id.into()]).await
}

/// Activities made together with this one.
pub(crate) async fn series_size(c: &impl ConnectionTrait, series: Uuid) -> Result<i64> {
    scalar(c, "SELECT COUNT(*) FROM activities WHERE series_id = $1 AND state = 'recorded'", vec![series.into()]).await
}

/// A confirmed document by its number.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Numbered {
    pub id: Uuid,
    pub number_key: String,
}

/// Confirmed documents with these numbers that one of `agencies` owns or was sent.
pub(crate) async fn documents_numbered(
    c: &impl ConnectionTrait,
    keys: &[String],
    agencies: &[Uuid],
) -> Result<Vec<Numbered>> {
    let mut params = Params::new();
    let keys = params.list(keys.iter().map(String::as_str));
    let agencies = params.list(agencies.iter().copied());
    let sql = format!(
        "SELECT d.id, d.number_key FROM documents d WHERE d.state = 'confirmed' AND d.number_key IN ({keys}) \
         AND (d.owner_id IN ({agencies}) OR EXISTS (SELECT 1 FROM document_readers r WHERE r.document_id = d.id \
         AND r.agency_id IN ({agencies}))) ORDER BY d.issued_on DESC, d.id"
    );
    all(c, &sql, params.values()).await
}
