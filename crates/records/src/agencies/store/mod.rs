//! Every query of the agencies slice: here events, aliases, identifiers and versions; in [`project`] the tables made by replaying.

mod council;
mod named;
mod project;

use ::store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one, scalar};
use kernel::{Result, Timestamp, Uuid, new_id, time};

use super::model::{
    event::Event,
    letterhead::Letterhead,
    replay::{Origin, Recorded},
};

pub(super) use council::{SeatRow, add_seat, delete_seat, end_seat, seat, seats, seats_of};
pub use named::{Named, beside, named};
pub(super) use project::{Closure, MainRow, State, Succession, Trees, ids_by_code, put_main, settle};

/// Setting: changes with every change of the tree.
pub(super) const TREE_VERSION: &str = "agencies.tree";
/// Setting: changes with every change of the aliases.
pub(super) const ALIAS_VERSION: &str = "agencies.aliases";
/// Setting: keys of the provinces whose agencies were imported, as JSON; `["*"]` is the whole country.
pub(super) const PROVINCES: &str = "agencies.provinces";

/// Setting: the last day up to which the tables were brought up to date.
pub(super) const REFRESHED: &str = "agencies.refreshed";

#[derive(FromQueryResult)]
struct SettingRow {
    key: String,
    value: String,
}

/// The versions of tree and aliases: one short query.
pub(super) async fn versions(c: &impl ConnectionTrait) -> Result<(String, String)> {
    let sql = "SELECT key, value FROM settings WHERE key IN ($1, $2)";
    let rows: Vec<SettingRow> = all(c, sql, vec![TREE_VERSION.into(), ALIAS_VERSION.into()]).await?;
    let find = |key: &str| rows.iter().find(|row| row.key == key).map(|row| row.value.clone()).unwrap_or_default();
    Ok((find(TREE_VERSION), find(ALIAS_VERSION)))
}

/// The value of a setting.
pub(super) async fn setting(c: &impl ConnectionTrait, key: &str) -> Result<Option<String>> {
    let row: Option<SettingRow> = one(c, "SELECT key, value FROM settings WHERE key = $1", vec![key.into()]).await?;
    Ok(row.map(|row| row.value))
}

/// Sets a setting.
pub(super) async fn set(c: &impl ConnectionTrait, now: Timestamp, key: &str, value: String) -> Result<()> {
    let conflict = "ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at";
    let rows = insert("settings", &["key", "value", "updated_at"]);
    rows.row([key.into(), value.into(), now.0.into()]).run_with(c, conflict).await
}

/// Says to every process that the tree or the aliases are no longer what they were.
pub(super) async fn bump(c: &impl ConnectionTrait, now: Timestamp, key: &str) -> Result<()> {
    set(c, now, key, new_id().simple().to_string()).await
}

#[derive(Debug, FromQueryResult)]
struct EventRow {
    id: Uuid,
    event_date: i64,
    origin: String,
    title: String,
    basis: String,
    unverified: bool,
    withdrawn: bool,
    changes: String,
    position: i64,
}

/// An event as stored.
#[derive(Debug, Clone)]
pub(super) struct StoredEvent {
    /// Its row.
    pub id: Uuid,
    /// What it says.
    pub recorded: Recorded,
    /// Kept, not replayed.
    pub withdrawn: bool,
    /// Its place among the events of the day.
    pub position: i64,
}

impl StoredEvent {
    /// Has it a row of its own? An agency stored without an event gets one that lives in memory only.
    pub fn is_stored(&self) -> bool {
        self.position != PLAIN
    }
}

/// Place of agencies without an event among the events of a day: after those of the definitions, before those of people.
pub(super) const PLAIN: i64 = 500_000;

/// All events of a tree, in the order in which they are replayed.
pub(super) async fn events(c: &impl ConnectionTrait, trees: Trees) -> Result<Vec<StoredEvent>> {
    let sql = format!(
        "SELECT id, event_date, origin, title, basis, unverified, withdrawn, changes, position FROM {} \
         ORDER BY event_date, position, id",
        trees.events
    );
    let rows: Vec<EventRow> = all(c, &sql, vec![]).await?;
    let damaged = |what: &str| kernel::Error::Internal(format!("sự kiện cơ quan bị hỏng: {what}"));
    let stored = |row: EventRow| {
        let date = time::date_from_int(row.event_date).ok_or_else(|| damaged("ngày"))?;
        let changes = serde_json::from_str(&row.changes).map_err(|e| damaged(&e.to_string()))?;
        let basis = Some(row.basis).filter(|basis| !basis.is_empty());
        let event = Event { date, title: row.title, basis, unverified: row.unverified, changes };
        let origin = if row.origin == Origin::BuiltIn.key() { Origin::BuiltIn } else { Origin::Person };
        let recorded = Recorded { origin, event };
        Ok(StoredEvent { id: row.id, recorded, withdrawn: row.withdrawn, position: row.position })
    };
    rows.into_iter().map(stored).collect()
}

/// An event to be stored.
pub(super) struct NewEvent {
    /// Its row.
    pub id: Uuid,
    /// Who says so.
    pub origin: Origin,
    /// What happened.
    pub event: Event,
    /// Its place among the events of the day.
    pub position: i64,
    /// Kept, not replayed.
    pub withdrawn: bool,
}

/// Stores events.
pub(super) async fn insert_events(
    c: &impl ConnectionTrait,
    trees: Trees,
    now: Timestamp,
    by: Uuid,
    events: Vec<NewEvent>,
) -> Result<()> {
    let columns = [
        "id",
        "event_date",
        "position",
        "origin",
        "title",
        "basis",
        "unverified",
        "withdrawn",
        "changes",
        "created_by",
        "created_at",
    ];
    let mut rows = insert(trees.events, &columns);
    for new in events {
        let changes = serde_json::to_string(&new.event.changes).map_err(kernel::Error::internal)?;
        rows.push([
            new.id.into(),
            time::date_to_int(new.event.date).into(),
            new.position.into(),
            new.origin.key().into(),
            new.event.title.into(),
            new.event.basis.unwrap_or_default().into(),
            new.event.unverified.into(),
            new.withdrawn.into(),
            changes.into(),
            by.into(),
            now.0.into(),
        ]);
    }
    rows.run(c).await
}

/// Removes what the definitions once said.
pub(super) async fn delete_built_in(c: &impl ConnectionTrait) -> Result<()> {
    exec(c, "DELETE FROM agency_events WHERE origin = $1", vec![Origin::BuiltIn.key().into()]).await.map(drop)
}

/// An alias as stored.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct AliasRow {
    pub id: Uuid,
    pub alias: String,
    pub scope_id: Option<Uuid>,
    pub agency_id: Option<Uuid>,
    pub class_key: Option<String>,
}

/// All aliases, oldest first.
pub(super) async fn aliases(c: &impl ConnectionTrait) -> Result<Vec<AliasRow>> {
    all(c, "SELECT id, alias, scope_id, agency_id, class_key FROM agency_aliases ORDER BY id", vec![]).await
}

/// Puts an alias in the place of an earlier one of the same name and scope; its id.
pub(super) async fn put_alias(
    c: &impl ConnectionTrait,
    now: Timestamp,
    by: Uuid,
    (alias, key): (&str, &str),
    scope: Option<Uuid>,
    (agency, class): (Option<Uuid>, Option<&str>),
) -> Result<Uuid> {
    let same = "DELETE FROM agency_aliases WHERE alias_key = $1 AND (scope_id = $2 OR (scope_id IS NULL AND $3))";
    exec(c, same, vec![key.into(), scope.into(), scope.is_none().into()]).await?;
    let id = new_id();
    let columns = ["id", "alias", "alias_key", "scope_id", "agency_id", "class_key", "created_by", "created_at"];
    insert("agency_aliases", &columns)
        .row([
            id.into(),
            alias.into(),
            key.into(),
            scope.into(),
            agency.into(),
            class.map(ToOwned::to_owned).into(),
            by.into(),
            now.0.into(),
        ])
        .run(c)
        .await?;
    Ok(id)
}

/// An agency's row, for those that no event made.
#[derive(Debug, FromQueryResult)]
pub(super) struct AgencyRow {
    pub id: Uuid,
    pub code: String,
    pub kind: String,
    pub name: String,
    pub parent_id: Option<Uuid>,
    pub valid_from: i64,
}

/// Identifiers and codes of all agencies with what is needed to place one that no event made.
pub(super) async fn agencies(c: &impl ConnectionTrait) -> Result<Vec<AgencyRow>> {
    all(c, "SELECT id, code, kind, name, parent_id, valid_from FROM agencies WHERE valid_to > valid_from ORDER BY valid_from, position, id", vec![])
        .await
}

/// Takes an event back or puts it in force.
pub(super) async fn set_withdrawn(c: &impl ConnectionTrait, trees: Trees, id: Uuid, withdrawn: bool) -> Result<()> {
    let sql = format!("UPDATE {} SET withdrawn = $1 WHERE id = $2", trees.events);
    exec(c, &sql, vec![withdrawn.into(), id.into()]).await.map(drop)
}

/// Notes the paper with which an event was compared.
pub(super) async fn set_verified(c: &impl ConnectionTrait, trees: Trees, id: Uuid, basis: &str) -> Result<()> {
    let sql = format!("UPDATE {} SET unverified = $1, basis = $2 WHERE id = $3", trees.events);
    exec(c, &sql, vec![false.into(), basis.into(), id.into()]).await.map(drop)
}

/// Events in force with a first day after `since` and up to `today`.
pub(super) async fn count_events(c: &impl ConnectionTrait, trees: Trees, since: i64, today: i64) -> Result<i64> {
    let sql =
        format!("SELECT COUNT(*) FROM {} WHERE event_date > $1 AND event_date <= $2 AND NOT withdrawn", trees.events);
    scalar(c, &sql, vec![since.into(), today.into()]).await
}

/// How many of these codes stand below one of the roots.
pub(super) async fn count_inside(c: &impl ConnectionTrait, roots: &[Uuid], codes: &[String]) -> Result<i64> {
    let mut inside = 0;
    for part in codes.chunks(500) {
        let mut params = Params::new();
        let (codes, roots) = (params.list(part.iter().cloned()), params.list(roots.iter().copied()));
        let sql = format!(
            "SELECT COUNT(*) FROM agencies a WHERE a.code IN ({codes}) AND EXISTS (SELECT 1 FROM agency_closure c \
             WHERE c.ancestor_id IN ({roots}) AND c.descendant_id = a.id)"
        );
        inside += scalar(c, &sql, params.values()).await?;
    }
    Ok(inside)
}

/// How many of these codes do not stand below one of the roots.
pub(super) async fn count_outside(c: &impl ConnectionTrait, roots: &[Uuid], codes: &[&str]) -> Result<i64> {
    let mut outside = 0;
    for part in codes.chunks(500) {
        let mut params = Params::new();
        let (codes, roots) = (params.list(part.iter().copied()), params.list(roots.iter().copied()));
        let sql = format!(
            "SELECT COUNT(*) FROM agencies a WHERE a.code IN ({codes}) AND NOT EXISTS (SELECT 1 FROM agency_closure c \
             WHERE c.ancestor_id IN ({roots}) AND c.descendant_id = a.id)"
        );
        outside += scalar(c, &sql, params.values()).await?;
    }
    Ok(outside)
}

#[derive(FromQueryResult)]
struct HeadRow {
    name: String,
    kind: String,
    superior: Option<String>,
    place: Option<String>,
}

/// The head of papers of an agency.
///
/// # Errors
/// When the database refuses.
pub async fn letterhead(c: &impl ConnectionTrait, agency: Uuid) -> Result<Option<Letterhead>> {
    let sql = "SELECT a.name, a.kind, u.name AS superior, p.name AS place FROM agencies a LEFT JOIN agencies u ON u.id = a.parent_id \
               LEFT JOIN units p ON p.id = a.unit_id WHERE a.id = $1";
    let row: Option<HeadRow> = one(c, sql, vec![agency.into()]).await?;
    Ok(row.map(|row| Letterhead::of(&row.name, &row.kind, row.superior.as_deref(), row.place.as_deref())))
}

/// Is one of `roots` this agency or above it?
///
/// # Errors
/// When the database refuses.
pub async fn is_below(c: &impl ConnectionTrait, roots: &[Uuid], agency: Uuid) -> Result<bool> {
    let mut params = Params::new();
    let (agency, roots) = (params.mark(agency), params.list(roots.iter().copied()));
    let sql =
        format!("SELECT COUNT(*) FROM agency_closure WHERE descendant_id = {agency} AND ancestor_id IN ({roots})");
    Ok(scalar(c, &sql, params.values()).await? > 0)
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Agencies of a kind below another on a day (yyyymmdd), in order of the list.
///
/// # Errors
/// When the database refuses.
pub async fn members_by_kind(c: &impl ConnectionTrait, kind: &str, scope: Uuid, on: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT a.id FROM agency_closure c JOIN agencies a ON a.id = c.descendant_id WHERE c.ancestor_id = $1 \
               AND a.id <> $1 AND a.kind = $2 AND a.valid_from <= $3 AND a.valid_to > $3 ORDER BY a.position, a.name, a.id";
    let rows: Vec<Id> = all(c, sql, vec![scope.into(), kind.into(), on.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// How many of these agencies have no superior.
pub(super) async fn count_top(c: &impl ConnectionTrait, roots: &[Uuid]) -> Result<i64> {
    let mut params = Params::new();
    let roots = params.list(roots.iter().copied());
    let sql = format!("SELECT COUNT(*) FROM agencies WHERE id IN ({roots}) AND parent_id IS NULL");
    scalar(c, &sql, params.values()).await
}

/// Units that no event makes any more end on the day they began; they are nobody's superior and nobody's subordinate.
pub(super) async fn end_at_birth(c: &impl ConnectionTrait, trees: Trees, codes: &[&str]) -> Result<()> {
    let Trees { main, states, owner, successions, .. } = trees;
    for part in codes.chunks(500) {
        let mut params = Params::new();
        let codes = params.list(part.iter().copied());
        let of = format!("SELECT id FROM {main} WHERE code IN ({codes})");
        for sql in [
            format!("DELETE FROM {states} WHERE {owner} IN ({of})"),
            format!("DELETE FROM {successions} WHERE from_id IN ({of}) OR to_id IN ({of})"),
            format!("DELETE FROM agency_closure WHERE ancestor_id IN ({of}) AND descendant_id NOT IN ({of})"),
            format!("DELETE FROM agency_closure WHERE descendant_id IN ({of}) AND ancestor_id NOT IN ({of})"),
            format!("UPDATE {main} SET valid_to = valid_from, parent_id = NULL WHERE code IN ({codes})"),
        ] {
            exec(c, &sql, params.values()).await?;
        }
    }
    Ok(())
}

/// Holders of a role over an agency today.
pub(super) async fn count_people(c: &impl ConnectionTrait, agency: Uuid, today: i64) -> Result<i64> {
    let sql =
        "SELECT COUNT(DISTINCT user_id) FROM holdings WHERE agency_id = $1 AND valid_from <= $2 AND valid_to > $2";
    scalar(c, sql, vec![agency.into(), today.into()]).await
}

/// Aliases of an agency.
pub(super) async fn aliases_of(c: &impl ConnectionTrait, agency: Uuid) -> Result<Vec<AliasRow>> {
    let sql =
        "SELECT id, alias, scope_id, agency_id, class_key FROM agency_aliases WHERE agency_id = $1 ORDER BY alias, id";
    all(c, sql, vec![agency.into()]).await
}

/// An alias by its id.
pub(super) async fn alias(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<AliasRow>> {
    one(c, "SELECT id, alias, scope_id, agency_id, class_key FROM agency_aliases WHERE id = $1", vec![id.into()]).await
}

/// Forgets an alias.
pub(super) async fn delete_alias(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    exec(c, "DELETE FROM agency_aliases WHERE id = $1", vec![id.into()]).await.map(drop)
}
