//! Accounts: lists, one, changes.

use kernel::{Page, Paging, Result, Role, Timestamp, Uuid, new_id, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one, scalar};

pub use super::reach::Reach;
use crate::accounts::model::{State, import::Place};

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
    /// Telephone number, or nothing.
    pub phone: &'a str,
    /// Agency that manages the account.
    pub home: Uuid,
    /// Hash; none for an invited account.
    pub password: Option<String>,
    /// A new password must be chosen at the first sign-in.
    pub must_change: bool,
}

/// Makes an account; its id.
pub(in crate::accounts) async fn insert_user(
    c: &impl ConnectionTrait,
    now: Timestamp,
    new: NewUser<'_>,
) -> Result<Uuid> {
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
        new.phone.into(),
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

/// What the list may be narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words of the name, the login name or the agency.
    pub words: String,
    /// Home agency or above.
    pub agency: Option<Uuid>,
    /// A role held today.
    pub role: Option<Role>,
    /// A state.
    pub state: Option<State>,
    /// Not signed in since.
    pub unseen_since: Option<Timestamp>,
}

/// An account in a list or on its page.
#[derive(Debug, Clone, FromQueryResult)]
pub struct UserRow {
    /// Which.
    pub id: Uuid,
    /// Login name.
    pub login: String,
    /// Full name.
    pub name: String,
    /// Position.
    pub position: String,
    /// Mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Home agency.
    pub home_agency: Uuid,
    /// Its name.
    pub agency_name: String,
    /// State.
    pub state: String,
    /// Locked until.
    pub locked_until: i64,
    /// Made at.
    pub created_at: i64,
    /// Last seen; equal to `created_at` before the first time.
    pub seen_at: i64,
    /// The second factor's secret; never shown.
    totp_secret: Option<String>,
}

impl UserRow {
    /// Has a second factor?
    pub fn has_totp(&self) -> bool {
        self.totp_secret.is_some()
    }
}

const COLUMNS: &str = "u.id, u.login, u.name, u.position, u.email, u.phone, u.home_agency, a.name AS agency_name, u.state, \
                       u.locked_until, u.created_at, u.seen_at, u.totp_secret";

fn conditions(params: &mut Params, reach: &Reach, filter: &Filter, today: i64) -> String {
    let mut sql = reach.holds(params, "u.home_agency", false);
    for word in text::fold(&filter.words).split(' ').filter(|word| !word.is_empty()) {
        let pattern = params.mark(format!("%{word}%"));
        sql.push_str(&format!(
            " AND (u.name_fold LIKE {pattern} OR u.login LIKE {pattern} OR a.name_fold LIKE {pattern})"
        ));
    }
    if let Some(agency) = filter.agency {
        let mark = params.mark(agency);
        sql.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM agency_closure f WHERE f.ancestor_id = {mark} AND f.descendant_id = u.home_agency)"
        ));
    }
    if let Some(role) = filter.role {
        let (role, day) = (params.mark(role.key()), params.mark(today));
        sql.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM holdings h WHERE h.user_id = u.id AND h.role = {role} \
             AND h.valid_from <= {day} AND h.valid_to > {day})"
        ));
    }
    if let Some(state) = filter.state {
        sql.push_str(&format!(" AND u.state = {}", params.mark(state.key())));
    }
    if let Some(since) = filter.unseen_since {
        sql.push_str(&format!(" AND u.state = 'active' AND u.seen_at < {}", params.mark(since.0)));
    }
    sql
}

/// A page of the list; `today` as yyyymmdd.
pub(in crate::accounts) async fn list(
    c: &impl ConnectionTrait,
    reach: &Reach,
    filter: &Filter,
    today: i64,
    paging: Paging,
) -> Result<Page<UserRow>> {
    let mut params = Params::new();
    let wanted = conditions(&mut params, reach, filter, today);
    let from = format!("FROM users u JOIN agencies a ON a.id = u.home_agency WHERE {wanted}");
    let total = scalar(c, &format!("SELECT COUNT(*) {from}"), params.values()).await?;
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!("SELECT {COLUMNS} {from} ORDER BY u.name_fold, u.id LIMIT {limit} OFFSET {offset}");
    let rows = all(c, &sql, params.values()).await?;
    Ok(Page { rows, total: u64::try_from(total).unwrap_or_default(), paging })
}

#[derive(FromQueryResult)]
struct Count {
    state: String,
    n: i64,
}

/// How many accounts there are in each state.
pub(in crate::accounts) async fn state_counts(c: &impl ConnectionTrait, reach: &Reach) -> Result<Vec<(State, i64)>> {
    let mut params = Params::new();
    let wanted = reach.holds(&mut params, "u.home_agency", false);
    let sql = format!("SELECT u.state, COUNT(*) AS n FROM users u WHERE {wanted} GROUP BY u.state");
    let rows: Vec<Count> = all(c, &sql, params.values()).await?;
    Ok(rows.into_iter().map(|row| (State::from_key(&row.state), row.n)).collect())
}

/// The account with this id, when its home agency is within reach.
pub(in crate::accounts) async fn find(c: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<Option<UserRow>> {
    let mut params = Params::new();
    let which = params.mark(id);
    let wanted = reach.holds(&mut params, "u.home_agency", false);
    let sql = format!(
        "SELECT {COLUMNS} FROM users u JOIN agencies a ON a.id = u.home_agency WHERE u.id = {which} AND {wanted}"
    );
    one(c, &sql, params.values()).await
}

/// The account with this login name.
pub(in crate::accounts) async fn by_login(c: &impl ConnectionTrait, login: &str) -> Result<Option<UserRow>> {
    let sql = format!("SELECT {COLUMNS} FROM users u JOIN agencies a ON a.id = u.home_agency WHERE u.login = $1");
    one(c, &sql, vec![login.into()]).await
}

/// The account with this id, wherever it belongs.
pub(in crate::accounts) async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<UserRow>> {
    let sql = format!("SELECT {COLUMNS} FROM users u JOIN agencies a ON a.id = u.home_agency WHERE u.id = $1");
    one(c, &sql, vec![id.into()]).await
}

/// Is the account's agency below, and not one of, these tops?
pub(in crate::accounts) async fn is_strictly_below(c: &impl ConnectionTrait, reach: &Reach, id: Uuid) -> Result<bool> {
    let mut params = Params::new();
    let which = params.mark(id);
    let wanted = reach.holds(&mut params, "u.home_agency", true);
    let sql = format!("SELECT COUNT(*) FROM users u WHERE u.id = {which} AND {wanted}");
    Ok(scalar(c, &sql, params.values()).await? > 0)
}

/// Is there any account at all?
pub(in crate::accounts) async fn any(c: &impl ConnectionTrait) -> Result<bool> {
    Ok(scalar(c, "SELECT COUNT(*) FROM (SELECT id FROM users LIMIT 1) x", vec![]).await? > 0)
}

/// What can be corrected on an account.
#[derive(Debug)]
pub struct Details<'a> {
    /// Full name.
    pub name: &'a str,
    /// Position.
    pub position: &'a str,
    /// Mail address.
    pub email: &'a str,
    /// Telephone.
    pub phone: &'a str,
    /// Home agency.
    pub home: Uuid,
}

/// Corrects an account.
pub(in crate::accounts) async fn update(c: &impl ConnectionTrait, id: Uuid, new: &Details<'_>) -> Result<()> {
    let sql = "UPDATE users SET name = $1, name_fold = $2, position = $3, email = $4, phone = $5, home_agency = $6 \
               WHERE id = $7";
    let fold = text::fold(new.name);
    let values = vec![
        new.name.into(),
        fold.into(),
        new.position.into(),
        new.email.into(),
        new.phone.into(),
        new.home.into(),
        id.into(),
    ];
    exec(c, sql, values).await.map(drop)
}

/// Opens or closes an account; opening counts as being seen, so that it is not closed again the next night.
pub(in crate::accounts) async fn set_state(
    c: &impl ConnectionTrait,
    id: Uuid,
    state: State,
    seen: Option<Timestamp>,
) -> Result<()> {
    exec(c, "UPDATE users SET state = $1 WHERE id = $2", vec![state.key().into(), id.into()]).await?;
    if let Some(now) = seen {
        let sql = "UPDATE users SET seen_at = $1, failures = 0, locked_until = 0 WHERE id = $2";
        exec(c, sql, vec![now.0.into(), id.into()]).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct PlaceRow {
    id: Uuid,
    code: String,
    name: String,
    short: Option<String>,
    parent: Option<String>,
}

/// The living agencies within reach.
pub(in crate::accounts) async fn places(c: &impl ConnectionTrait, reach: &Reach, today: i64) -> Result<Vec<Place>> {
    let mut params = Params::new();
    let day = params.mark(today);
    let wanted = reach.holds(&mut params, "a.id", false);
    let sql = format!(
        "SELECT a.id, a.code, a.name, s.short, p.name AS parent FROM agencies a LEFT JOIN agencies p ON p.id = a.parent_id \
         LEFT JOIN agency_states s ON s.agency_id = a.id AND s.valid_from <= {day} AND s.valid_to > {day} \
         WHERE a.valid_from <= {day} AND a.valid_to > {day} AND {wanted} ORDER BY a.name_fold, a.id"
    );
    let rows: Vec<PlaceRow> = all(c, &sql, params.values()).await?;
    let place = |row: PlaceRow| Place {
        id: row.id,
        code: row.code,
        name: row.name,
        short: row.short.unwrap_or_default(),
        parent: row.parent.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(place).collect())
}

/// Are all of these agencies within reach?
pub(in crate::accounts) async fn covers(c: &impl ConnectionTrait, reach: &Reach, agency: Uuid) -> Result<bool> {
    let mut params = Params::new();
    let which = params.mark(agency);
    let wanted = reach.holds(&mut params, "a.id", false);
    Ok(scalar(c, &format!("SELECT COUNT(*) FROM agencies a WHERE a.id = {which} AND {wanted}"), params.values())
        .await?
        > 0)
}

#[derive(FromQueryResult)]
struct Person {
    login: String,
    name_fold: String,
    home_agency: Uuid,
}

/// Accounts among these that wait for their slip, within reach and with no role outside it.
pub(in crate::accounts) async fn invited(
    c: &impl ConnectionTrait,
    reach: &Reach,
    ids: &[Uuid],
    today: i64,
) -> Result<Vec<UserRow>> {
    let mut params = Params::new();
    let list = params.list(ids.iter().copied());
    let day = params.mark(today);
    let home = reach.holds(&mut params, "u.home_agency", false);
    let held = reach.holds(&mut params, "h.agency_id", false);
    let sql = format!(
        "SELECT {COLUMNS} FROM users u JOIN agencies a ON a.id = u.home_agency WHERE u.id IN ({list}) \
         AND u.state = 'invited' AND {home} AND NOT EXISTS \
         (SELECT 1 FROM holdings h WHERE h.user_id = u.id AND h.valid_to > {day} AND NOT ({held})) \
         ORDER BY a.name_fold, u.name_fold, u.id"
    );
    all(c, &sql, params.values()).await
}

/// Everybody: login name, folded name, home agency; for an invitation list.
pub(in crate::accounts) async fn everybody(c: &impl ConnectionTrait) -> Result<Vec<(String, String, Uuid)>> {
    let rows: Vec<Person> = all(c, "SELECT login, name_fold, home_agency FROM users", vec![]).await?;
    Ok(rows.into_iter().map(|row| (row.login, row.name_fold, row.home_agency)).collect())
}

#[derive(FromQueryResult)]
struct Unused {
    id: Uuid,
    login: String,
}

/// Active accounts not seen since.
pub(in crate::accounts) async fn unused(c: &impl ConnectionTrait, since: Timestamp) -> Result<Vec<(Uuid, String)>> {
    let sql = "SELECT id, login FROM users WHERE state = 'active' AND seen_at < $1 ORDER BY seen_at, id";
    let rows: Vec<Unused> = all(c, sql, vec![since.0.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.login)).collect())
}

/// Is it still active and not seen since?
pub(in crate::accounts) async fn is_unused(c: &impl ConnectionTrait, id: Uuid, since: Timestamp) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM users WHERE id = $1 AND state = 'active' AND seen_at < $2";
    Ok(scalar(c, sql, vec![id.into(), since.0.into()]).await? > 0)
}
