//! Reading one activity, and looking for ones that are alike.

use std::collections::HashSet;

use kernel::{Result, Uuid, time};
use store::{ConnectionTrait, FromQueryResult, Params, all, like_prefix, one, scalar};

use super::{Scope, parts};
use crate::activities::model::activity::Draft;

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
    pub generated: bool,
    pub series_id: Option<Uuid>,
    pub reason: String,
    pub version: i64,
    pub created_name: String,
    pub created_at: i64,
    pub changed_at: i64,
}

const COLUMNS: &str = "a.id, a.owner_id, g.name AS owner_name, a.state, a.kind, a.title, a.held_on, a.ends_on, a.place, a.unit_id, \
                       u.name AS unit_name, a.online, a.turns, a.women, a.minorities, a.young, a.cost, a.generated, \
                       a.series_id, a.reason, a.version, a.created_name, a.created_at, a.changed_at";
const FROM: &str = "activities a JOIN agencies g ON g.id = a.owner_id LEFT JOIN units u ON u.id = a.unit_id";

/// An activity with everything that hangs on it but its files.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    pub row: Activity,
    pub draft: Draft,
}

/// One activity; nine statements.
pub(crate) async fn whole(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Whole>> {
    Ok(several(c, &[id]).await?.pop())
}

/// Those of these activities that there are; nine statements for up to 10,000.
pub(crate) async fn several(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Whole>> {
    let mut params = Params::new();
    let list = params.list(ids.iter().copied());
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE a.id IN ({list}) ORDER BY a.id");
    let rows: Vec<Activity> = all(c, &sql, params.values()).await?;
    let mut parts = parts(c, ids).await?;
    let whole = |row: Activity| Whole {
        draft: Draft {
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
            ..parts.remove(&row.id).unwrap_or_default()
        },
        row,
    };
    Ok(rows.into_iter().map(whole).collect())
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
    pub owner_id: Uuid,
    pub owner_name: String,
    pub kind: String,
    pub title: String,
    pub held_on: i64,
    pub place: String,
    pub unit_id: Option<Uuid>,
    pub turns: i64,
    pub created_name: String,
    /// 1 when the agency that asks took part.
    pub partner: i64,
    /// 1 when the person sees it.
    pub seen: i64,
}

/// Activities on these days that `agency` owns or took part in, and those at one of these places in sight or in the commune that it serves itself; its
/// own first.
pub(crate) async fn near(
    c: &impl ConnectionTrait,
    (agency, home): (Uuid, Option<Uuid>),
    (units, scope): (&[Uuid], &Scope),
    days: &[i64],
) -> Result<Vec<Near>> {
    let mut params = Params::new();
    let (agency, days) = (params.mark(agency), params.list(days.iter().copied()));
    let part = format!("(SELECT activity_id FROM activity_partners WHERE agency_id = {agency})");
    let mut whose = vec![format!("a.owner_id = {agency}"), format!("a.id IN {part}")];
    let seen = format!("({} OR {})", whose.join(" OR "), scope.condition("a.owner_id", &mut params));
    if !units.is_empty() {
        let units = params.list(units.iter().copied());
        let own = home.map_or(String::new(), |home| format!("a.unit_id = {} OR ", params.mark(home)));
        whose.push(format!("(a.unit_id IN ({units}) AND ({own}{seen}))"));
    }
    let sql = format!(
        "SELECT a.id, a.owner_id, g.name AS owner_name, a.kind, a.title, a.held_on, a.place, a.unit_id, a.turns, a.created_name, \
         CAST(CASE WHEN a.id IN {part} THEN 1 ELSE 0 END AS BIGINT) AS partner, \
         CAST(CASE WHEN {seen} THEN 1 ELSE 0 END AS BIGINT) AS seen FROM activities a JOIN agencies g ON g.id = a.owner_id \
         WHERE a.state = 'recorded' AND a.held_on IN ({days}) AND ({}) \
         ORDER BY CASE WHEN a.owner_id = {agency} THEN 0 ELSE 1 END, a.held_on, a.id LIMIT 20000",
        whose.join(" OR ")
    );
    all(c, &sql, params.values()).await
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
