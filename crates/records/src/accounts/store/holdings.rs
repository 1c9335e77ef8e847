//! Roles held over agencies, from a day to a day.

use chrono::NaiveDate;
use kernel::{Result, Role, Timestamp, Uuid, new_id, time};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one, scalar};

use super::users::Reach;

/// The end of what lasts.
pub const FOR_EVER: i64 = 99_991_231;

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
pub(in crate::accounts) async fn insert_holding(
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
        new.to.map_or(FOR_EVER, time::date_to_int).into(),
        granted_by.into(),
        now.0.into(),
        note.into(),
    ])
    .run(c)
    .await?;
    Ok(id)
}

/// A holding as shown; dates as yyyymmdd.
#[derive(Debug, Clone, FromQueryResult)]
pub struct HoldingRow {
    /// Which.
    pub id: Uuid,
    /// Who.
    pub user_id: Uuid,
    /// Over which subtree.
    pub agency_id: Uuid,
    /// Name of its top.
    pub agency_name: String,
    /// As what.
    pub role: String,
    /// First day.
    pub valid_from: i64,
    /// First day on which it no longer holds.
    pub valid_to: i64,
    /// Why.
    pub note: String,
}

impl HoldingRow {
    /// The role's name on screen.
    pub fn label(&self) -> &'static str {
        Role::from_key(&self.role).map_or("", Role::label)
    }

    /// Over on this day (yyyymmdd)?
    pub fn ended(&self, today: i64) -> bool {
        self.valid_to <= today
    }

    /// The first day, as written.
    pub fn since_text(&self) -> String {
        time::date_from_int(self.valid_from).map(time::display_date).unwrap_or_default()
    }

    /// The last day on which it holds, as written; nothing while it lasts.
    pub fn until_text(&self) -> String {
        if self.valid_to == FOR_EVER {
            return String::new();
        }
        let last = time::date_from_int(self.valid_to).and_then(|day| day.pred_opt());
        last.map(time::display_date).unwrap_or_default()
    }
}

const COLUMNS: &str = "h.id, h.user_id, h.agency_id, a.name AS agency_name, h.role, h.valid_from, h.valid_to, h.note";

/// Every holding of these people, past ones too, the newest first.
pub(in crate::accounts) async fn of(c: &impl ConnectionTrait, users: &[Uuid]) -> Result<Vec<HoldingRow>> {
    let mut params = Params::new();
    let list = params.list(users.iter().copied());
    let sql = format!(
        "SELECT {COLUMNS} FROM holdings h JOIN agencies a ON a.id = h.agency_id WHERE h.user_id IN ({list}) \
         ORDER BY h.valid_to DESC, h.valid_from DESC, h.id"
    );
    all(c, &sql, params.values()).await
}

/// A holding of this person over an agency within reach.
pub(in crate::accounts) async fn find(
    c: &impl ConnectionTrait,
    reach: &Reach,
    user: Uuid,
    id: Uuid,
) -> Result<Option<HoldingRow>> {
    let mut params = Params::new();
    let (who, which) = (params.mark(user), params.mark(id));
    let wanted = reach.holds(&mut params, "h.agency_id", false);
    let sql = format!(
        "SELECT {COLUMNS} FROM holdings h JOIN agencies a ON a.id = h.agency_id \
         WHERE h.user_id = {who} AND h.id = {which} AND {wanted}"
    );
    one(c, &sql, params.values()).await
}

/// Holdings of this person that are not over on this day and lie outside (or, `strictly`, not below) the reach.
pub(in crate::accounts) async fn outside(
    c: &impl ConnectionTrait,
    reach: &Reach,
    user: Uuid,
    today: i64,
    strictly: bool,
) -> Result<i64> {
    let mut params = Params::new();
    let (who, day) = (params.mark(user), params.mark(today));
    let wanted = reach.holds(&mut params, "h.agency_id", strictly);
    let sql =
        format!("SELECT COUNT(*) FROM holdings h WHERE h.user_id = {who} AND h.valid_to > {day} AND NOT ({wanted})");
    scalar(c, &sql, params.values()).await
}

/// Does this person hold this role over exactly this agency at any time from this day on?
pub(in crate::accounts) async fn overlaps(c: &impl ConnectionTrait, new: &NewHolding) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM holdings WHERE user_id = $1 AND agency_id = $2 AND role = $3 \
               AND valid_to > $4 AND valid_from < $5";
    let values = vec![
        new.user.into(),
        new.agency.into(),
        new.role.key().into(),
        time::date_to_int(new.from).into(),
        new.to.map_or(FOR_EVER, time::date_to_int).into(),
    ];
    Ok(scalar(c, sql, values).await? > 0)
}

/// Ends a holding: it no longer holds from this day on.
pub(in crate::accounts) async fn end(c: &impl ConnectionTrait, id: Uuid, to: NaiveDate, note: &str) -> Result<()> {
    let sql = "UPDATE holdings SET valid_to = $1, note = $2 WHERE id = $3";
    exec(c, sql, vec![time::date_to_int(to).into(), note.into(), id.into()]).await.map(drop)
}

/// Lets one transaction at a time decide about administrators.
pub(in crate::accounts) async fn lock_administrators(c: &impl ConnectionTrait, now: Timestamp) -> Result<()> {
    insert("settings", &["key", "value", "updated_at"])
        .row(["accounts.administrators".into(), "".into(), now.0.into()])
        .run_with(c, "ON CONFLICT (key) DO UPDATE SET updated_at = excluded.updated_at")
        .await
}

/// Agencies that would have no administrator in service without this person (or, if given, without this holding only).
pub(in crate::accounts) async fn left_alone(
    c: &impl ConnectionTrait,
    user: Uuid,
    holding: Option<Uuid>,
    today: i64,
) -> Result<i64> {
    let mut params = Params::new();
    let (who, day) = (params.mark(user), params.mark(today));
    let (which, other) = match holding {
        Some(id) => {
            let mark = params.mark(id);
            (format!("h.id = {mark}"), format!("o.id <> {mark}"))
        }
        None => ("1 = 1".into(), format!("o.user_id <> {who}")),
    };
    let sql = format!(
        "SELECT COUNT(*) FROM holdings h JOIN users hu ON hu.id = h.user_id WHERE h.user_id = {who} AND {which} \
         AND hu.state = 'active' AND h.role = 'administrator' AND h.valid_from <= {day} AND h.valid_to > {day} \
         AND NOT EXISTS (SELECT 1 FROM holdings o JOIN users u ON u.id = o.user_id \
         JOIN agency_closure c ON c.ancestor_id = o.agency_id AND c.descendant_id = h.agency_id \
         WHERE o.role = 'administrator' AND {other} AND u.state = 'active' \
         AND o.valid_from <= {day} AND o.valid_to > {day} AND o.valid_to >= h.valid_to)"
    );
    scalar(c, &sql, params.values()).await
}
