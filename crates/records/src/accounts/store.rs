//! Every query of the accounts slice.

use chrono::NaiveDate;
use kernel::{Actor, Holding, Result, Role, Timestamp, Uuid, new_id, text, time};
use store::{ConnectionTrait, FromQueryResult, all, exec, insert, one};

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

/// The account with this login name.
pub(super) async fn sign_in(c: &impl ConnectionTrait, login: &str) -> Result<Option<SignIn>> {
    let sql = "SELECT id, name, state, password, failures, locked_until, totp_secret FROM users WHERE login = $1";
    let row: Option<SignInRow> = one(c, sql, vec![login.into()]).await?;
    Ok(row.map(|row| SignIn {
        id: row.id,
        name: row.name,
        state: State::from_key(&row.state),
        password: row.password,
        failures: row.failures,
        locked_until: Timestamp(row.locked_until),
        has_totp: row.totp_secret.is_some(),
    }))
}

/// Notes a failure or, with zeros, clears them.
pub(super) async fn set_failures(c: &impl ConnectionTrait, id: Uuid, failures: i64, until: Timestamp) -> Result<()> {
    let sql = "UPDATE users SET failures = $1, locked_until = $2 WHERE id = $3";
    exec(c, sql, vec![failures.into(), until.0.into(), id.into()]).await.map(drop)
}

#[derive(FromQueryResult)]
struct HoldingRow {
    role: String,
    agency_id: Uuid,
    name: String,
}

/// The person with the roles held on a date, widest role first.
pub(super) async fn actor(c: &impl ConnectionTrait, user: Uuid, name: String, on: NaiveDate) -> Result<Actor> {
    let sql = "SELECT h.role, h.agency_id, a.name FROM holdings h JOIN agencies a ON a.id = h.agency_id \
               WHERE h.user_id = $1 AND h.valid_from <= $2 AND h.valid_to > $2 ORDER BY h.granted_at, h.id";
    let rows: Vec<HoldingRow> = all(c, sql, vec![user.into(), time::date_to_int(on).into()]).await?;
    let mut holdings: Vec<Holding> = rows
        .into_iter()
        .filter_map(|row| {
            Some(Holding { role: Role::from_key(&row.role)?, agency: row.agency_id, agency_name: row.name })
        })
        .collect();
    holdings.sort_by_key(|holding| holding.role);
    Ok(Actor { user, name, holdings })
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
    pub lang: String,
}

/// The session with this token hash.
pub(super) async fn session(c: &impl ConnectionTrait, token_hash: &str) -> Result<Option<SessionRow>> {
    let sql = "SELECT s.id, s.user_id, s.seen_at, s.expires_at, s.second_factor, u.name, u.state, u.must_change, \
               u.totp_secret, u.lang FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1";
    one(c, sql, vec![token_hash.into()]).await
}

/// Notes that a session was used.
pub(super) async fn touch_session(c: &impl ConnectionTrait, id: Uuid, user: Uuid, now: Timestamp) -> Result<()> {
    exec(c, "UPDATE sessions SET seen_at = $1 WHERE id = $2", vec![now.0.into(), id.into()]).await?;
    exec(c, "UPDATE users SET seen_at = $1 WHERE id = $2", vec![now.0.into(), user.into()]).await.map(drop)
}

/// Ends a session.
pub(super) async fn delete_session(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    exec(c, "DELETE FROM sessions WHERE id = $1", vec![id.into()]).await.map(drop)
}

/// A new session.
pub(super) struct NewSession<'a> {
    pub token_hash: String,
    pub user: Uuid,
    pub now: Timestamp,
    pub expires: Timestamp,
    pub second_factor: bool,
    pub address: &'a str,
    pub browser: &'a str,
}

/// Opens a session.
pub(super) async fn insert_session(c: &impl ConnectionTrait, new: NewSession<'_>) -> Result<()> {
    insert(
        "sessions",
        &["id", "token_hash", "user_id", "created_at", "seen_at", "expires_at", "second_factor", "address", "browser"],
    )
    .row([
        new_id().into(),
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
    .await
}

/// A new account.
#[derive(Debug)]
pub struct NewUser<'a> {
    /// Login name, lower case.
    pub login: &'a str,
    /// Full name.
    pub name: &'a str,
    /// Position in the agency.
    pub position: &'a str,
    /// Mail address, or nothing.
    pub email: &'a str,
    /// Agency that manages the account.
    pub home: Uuid,
    /// Hash; none for an invited account.
    pub password: Option<String>,
    /// A new password must be chosen at the first sign-in.
    pub must_change: bool,
}

/// Makes an account; its id.
pub(super) async fn insert_user(c: &impl ConnectionTrait, now: Timestamp, new: NewUser<'_>) -> Result<Uuid> {
    let id = new_id();
    let state = if new.password.is_some() { State::Active } else { State::Invited };
    insert(
        "users",
        &[
            "id",
            "login",
            "name",
            "name_fold",
            "position",
            "email",
            "phone",
            "home_agency",
            "state",
            "password",
            "must_change",
            "failures",
            "locked_until",
            "totp_step",
            "lang",
            "created_at",
            "seen_at",
        ],
    )
    .row([
        id.into(),
        new.login.into(),
        new.name.into(),
        text::fold(new.name).into(),
        new.position.into(),
        new.email.into(),
        "".into(),
        new.home.into(),
        state.key().into(),
        new.password.into(),
        new.must_change.into(),
        0i64.into(),
        0i64.into(),
        0i64.into(),
        "vi".into(),
        now.0.into(),
        now.0.into(),
    ])
    .run(c)
    .await?;
    Ok(id)
}

/// A role to be held.
#[derive(Debug, Clone, Copy)]
pub struct NewHolding {
    /// Who.
    pub user: Uuid,
    /// Over which subtree.
    pub agency: Uuid,
    /// As what.
    pub role: Role,
    /// First day.
    pub from: NaiveDate,
    /// First day on which it no longer holds; `None` while it lasts.
    pub to: Option<NaiveDate>,
}

/// Grants a role.
pub(super) async fn insert_holding(
    c: &impl ConnectionTrait,
    now: Timestamp,
    granted_by: Uuid,
    new: NewHolding,
    note: &str,
) -> Result<Uuid> {
    let id = new_id();
    insert(
        "holdings",
        &["id", "user_id", "agency_id", "role", "valid_from", "valid_to", "granted_by", "granted_at", "note"],
    )
    .row([
        id.into(),
        new.user.into(),
        new.agency.into(),
        new.role.key().into(),
        time::date_to_int(new.from).into(),
        new.to.map_or(99_991_231, time::date_to_int).into(),
        granted_by.into(),
        now.0.into(),
        note.into(),
    ])
    .run(c)
    .await?;
    Ok(id)
}
