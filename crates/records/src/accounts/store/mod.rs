//! Every query of the accounts slice: signing in and sessions here, the rest beside.

pub(super) mod access;
pub(super) mod activations;
pub(super) mod holdings;
mod reach;
pub(super) mod users;

use chrono::NaiveDate;
use kernel::{Actor, Holding, Result, Role, Timestamp, Uuid, new_id, time};
use store::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, all, exec, insert, one};

use super::model::{SignIn, State};

#[derive(FromQueryResult)]
struct SignInRow {
    id: Uuid,
    name: String,
    state: String,
    password: Option<String>,
    failures: i64,
    locked_until: i64,
    totp_secret: Option<String>,
}

impl From<SignInRow> for SignIn {
    fn from(row: SignInRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            state: State::from_key(&row.state),
            password: row.password,
            failures: row.failures,
            locked_until: Timestamp(row.locked_until),
            has_totp: row.totp_secret.is_some(),
        }
    }
}

/// The account with this login name.
pub(super) async fn sign_in(c: &impl ConnectionTrait, login: &str) -> Result<Option<SignIn>> {
    let sql = "SELECT id, name, state, password, failures, locked_until, totp_secret FROM users WHERE login = $1";
    let row: Option<SignInRow> = one(c, sql, vec![login.into()]).await?;
    Ok(row.map(SignIn::from))
}

/// The same account by its id, its row held until the transaction ends, so that guesses cannot run side by side.
pub(super) async fn sign_in_held(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<SignIn>> {
    exec(c, "UPDATE users SET failures = failures WHERE id = $1", vec![id.into()]).await?;
    let sql = "SELECT id, name, state, password, failures, locked_until, totp_secret FROM users WHERE id = $1";
    let row: Option<SignInRow> = one(c, sql, vec![id.into()]).await?;
    Ok(row.map(SignIn::from))
}

/// Notes a failure or, with zeros, clears them.
pub(super) async fn set_failures(c: &impl ConnectionTrait, id: Uuid, failures: i64, until: Timestamp) -> Result<()> {
    let sql = "UPDATE users SET failures = $1, locked_until = $2 WHERE id = $3";
    exec(c, sql, vec![failures.into(), until.0.into(), id.into()]).await.map(drop)
}

/// A role held; empty for who holds none.
#[derive(FromQueryResult)]
struct HoldingRow {
    role: Option<String>,
    agency_id: Option<Uuid>,
    agency_name: Option<String>,
}

fn person(user: Uuid, name: String, rows: Vec<HoldingRow>) -> Actor {
    let holding = |row: HoldingRow| {
        Some(Holding { role: Role::from_key(&row.role?)?, agency: row.agency_id?, agency_name: row.agency_name? })
    };
    let mut holdings: Vec<Holding> = rows.into_iter().filter_map(holding).collect();
    holdings.sort_by_key(|holding| holding.role);
    Actor { user, name, holdings }
}

/// The person with the roles held on a date, widest role first.
pub(super) async fn actor(c: &impl ConnectionTrait, user: Uuid, name: String, on: NaiveDate) -> Result<Actor> {
    let sql = "SELECT h.role, h.agency_id, a.name AS agency_name FROM holdings h JOIN agencies a ON a.id = h.agency_id \
               WHERE h.user_id = $1 AND h.valid_from <= $2 AND h.valid_to > $2 ORDER BY h.granted_at, h.id";
    let rows = all(c, sql, vec![user.into(), time::date_to_int(on).into()]).await?;
    Ok(person(user, name, rows))
}

/// A session joined with its account.
#[derive(Debug, FromQueryResult)]
pub(super) struct SessionRow {
    pub id: Uuid,
    pub user_id: Uuid,
    pub seen_at: i64,
    pub expires_at: i64,
    pub second_factor: bool,
    pub name: String,
    pub state: String,
    pub must_change: bool,
    pub totp_secret: Option<String>,
    /// When an administrator's password was set; a kept hash says it.
    pub password_at: Option<i64>,
    pub lang: String,
}

/// A session with one of the roles of its person.
struct Signed {
    session: SessionRow,
    holding: HoldingRow,
}

impl FromQueryResult for Signed {
    fn from_query_result(row: &QueryResult, pre: &str) -> std::result::Result<Self, DbErr> {
        let (session, holding) = (SessionRow::from_query_result(row, pre)?, HoldingRow::from_query_result(row, pre)?);
        Ok(Self { session, holding })
    }
}

/// The session with this token hash and its person with the roles held on a date: what every page asks, in one statement.
pub(super) async fn session(
    c: &impl ConnectionTrait,
    token_hash: &str,
    on: NaiveDate,
) -> Result<Option<(SessionRow, Actor)>> {
    let sql = "SELECT s.id, s.user_id, s.seen_at, s.expires_at, s.second_factor, u.name, u.state, u.must_change, \
               u.totp_secret, CASE WHEN h.role = 'administrator' THEN (SELECT MAX(o.at) FROM old_passwords o WHERE o.user_id = u.id) END AS password_at, \
               u.lang, h.role, h.agency_id, a.name AS agency_name FROM sessions s JOIN users u ON u.id = s.user_id \
               LEFT JOIN holdings h ON h.user_id = u.id AND h.valid_from <= $2 AND h.valid_to > $2 \
               LEFT JOIN agencies a ON a.id = h.agency_id WHERE s.token_hash = $1 ORDER BY h.granted_at, h.id";
    let rows: Vec<Signed> = all(c, sql, vec![token_hash.into(), time::date_to_int(on).into()]).await?;
    let mut session: Option<SessionRow> = None;
    let mut holdings = Vec::with_capacity(rows.len());
    for row in rows {
        let password_at = row.session.password_at;
        let session = session.get_or_insert(row.session);
        session.password_at = session.password_at.max(password_at);
        holdings.push(row.holding);
    }
    Ok(session.map(|session| {
        let actor = person(session.user_id, session.name.clone(), holdings);
        (session, actor)
    }))
}

/// Notes that a session was used.
pub(super) async fn touch_session(c: &impl ConnectionTrait, id: Uuid, user: Uuid, now: Timestamp) -> Result<()> {
    exec(c, "UPDATE sessions SET seen_at = $1 WHERE id = $2", vec![now.0.into(), id.into()]).await?;
    exec(c, "UPDATE users SET seen_at = $1 WHERE id = $2", vec![now.0.into(), user.into()]).await.map(drop)
}

/// Notes that a person signed in.
pub(super) async fn touch_user(c: &impl ConnectionTrait, user: Uuid, now: Timestamp) -> Result<()> {
    exec(c, "UPDATE users SET seen_at = $1 WHERE id = $2", vec![now.0.into(), user.into()]).await.map(drop)
}

/// Ends a session.
pub(super) async fn delete_session(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    exec(c, "DELETE FROM sessions WHERE id = $1", vec![id.into()]).await.map(drop)
}

/// Ends a session of this person; whether there was one.
pub(super) async fn delete_session_of(c: &impl ConnectionTrait, user: Uuid, id: Uuid) -> Result<bool> {
    let sql = "DELETE FROM sessions WHERE id = $1 AND user_id = $2";
    Ok(exec(c, sql, vec![id.into(), user.into()]).await? > 0)
}

/// Ends every session of a person, except perhaps one; how many.
pub(super) async fn delete_sessions(c: &impl ConnectionTrait, user: Uuid, except: Option<Uuid>) -> Result<u64> {
    let sql = "DELETE FROM sessions WHERE user_id = $1 AND id <> $2";
    exec(c, sql, vec![user.into(), except.unwrap_or_else(Uuid::nil).into()]).await
}

/// Forgets sessions and slips whose time is over.
pub(super) async fn delete_expired(c: &impl ConnectionTrait, now: Timestamp) -> Result<()> {
    exec(c, "DELETE FROM sessions WHERE expires_at <= $1", vec![now.0.into()]).await?;
    exec(c, "DELETE FROM activations WHERE expires_at <= $1", vec![now.0.into()]).await.map(drop)
}

/// An open session, as its owner sees it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct OpenSession {
    /// Its row.
    pub id: Uuid,
    /// Since.
    pub created_at: i64,
    /// Last used.
    pub seen_at: i64,
    /// From which address.
    pub address: String,
    /// What the browser calls itself.
    pub browser: String,
}

/// The open sessions of a person that were used since an instant, last used first.
pub(super) async fn open_sessions(
    c: &impl ConnectionTrait,
    user: Uuid,
    now: Timestamp,
    since: Timestamp,
) -> Result<Vec<OpenSession>> {
    let sql = "SELECT id, created_at, seen_at, address, browser FROM sessions \
               WHERE user_id = $1 AND expires_at > $2 AND seen_at >= $3 ORDER BY seen_at DESC, id";
    all(c, sql, vec![user.into(), now.0.into(), since.0.into()]).await
}

/// A new session.
#[derive(Debug)]
pub(super) struct NewSession<'a> {
    pub token_hash: String,
    pub user: Uuid,
    pub now: Timestamp,
    pub expires: Timestamp,
    pub second_factor: bool,
    pub address: &'a str,
    pub browser: &'a str,
}

/// Opens a session; its id.
pub(super) async fn insert_session(c: &impl ConnectionTrait, new: NewSession<'_>) -> Result<Uuid> {
    let id = new_id();
    insert(
        "sessions",
        &["id", "token_hash", "user_id", "created_at", "seen_at", "expires_at", "second_factor", "address", "browser"],
    )
    .row([
        id.into(),
        new.token_hash.into(),
        new.user.into(),
        new.now.0.into(),
        new.now.0.into(),
        new.expires.0.into(),
        new.second_factor.into(),
        new.address.into(),
        new.browser.into(),
    ])
    .run(c)
    .await?;
    Ok(id)
}
