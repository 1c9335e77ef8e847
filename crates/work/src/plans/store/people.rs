//! Whom to tell, what was told, and when.

use kernel::{Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, Params, Tx, all, exec, insert, one, scalar};

/// A person who works for an agency.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Contact {
    pub user_id: Uuid,
    pub name: String,
    pub email: String,
    pub agency_id: Uuid,
    pub role: String,
}

/// People with a working or leading role at exactly these agencies on a day.
pub(crate) async fn contacts(c: &impl ConnectionTrait, agencies: &[Uuid], on: i64) -> Result<Vec<Contact>> {
    let mut out = Vec::new();
    for part in agencies.chunks(5000) {
        let mut params = Params::new();
        let on = params.mark(on);
        let sql = format!(
            "SELECT h.user_id, u.name, u.email, h.agency_id, h.role FROM holdings h JOIN users u ON u.id = h.user_id \
             WHERE u.state = 'active' AND h.valid_from <= {on} AND h.valid_to > {on} \
             AND h.role IN ('focal_point', 'contributor', 'secretariat', 'leader') AND h.agency_id IN ({}) \
             ORDER BY h.user_id, h.agency_id, h.role",
            params.list(part.iter().copied())
        );
        out.extend(all::<Contact>(c, &sql, params.values()).await?);
    }
    Ok(out)
}

/// An obligation that a reminder speaks of.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Remindable {
    pub id: Uuid,
    pub agency_id: Uuid,
    pub agency_name: String,
    pub anchor: String,
    pub title: String,
    pub plan_number: String,
    pub clock: String,
    pub due_date: i64,
}

/// Obligations due on one of these days, and check-ins of some days.
pub(crate) async fn remindable(c: &impl ConnectionTrait, dues: &[i64], days: &[i64]) -> Result<Vec<Remindable>> {
    let mut params = Params::new();
    let columns = "o.id AS id, o.agency_id, a.name AS agency_name, t.anchor AS anchor, t.title, p.number AS plan_number, o.clock, o.due_date AS due_date";
    let joins = super::list::JOINS;
    let (dues, days) = (params.list(dues.iter().copied()), params.list(days.iter().copied()));
    let sql = format!(
        "SELECT {columns} FROM obligations o {joins} WHERE o.urgent = 1 AND o.due_date IN ({dues}) AND p.state = 'active' \
         UNION ALL SELECT {columns} FROM obligations o {joins} WHERE o.urgent = 0 AND o.due_date IN ({days}) AND o.clock = 'checkin' \
         AND o.force = 'assign' AND o.state IN ('new', 'received', 'doing') AND p.state = 'active' ORDER BY due_date, anchor, id"
    );
    all(c, &sql, params.values()).await
}

/// Late obligations of a plan, of these agencies or of all.
pub(crate) async fn late_of_plan(
    c: &impl ConnectionTrait,
    plan: Uuid,
    agencies: Option<&[Uuid]>,
    today: i64,
) -> Result<Vec<Remindable>> {
    let mut params = Params::new();
    let (plan, today) = (params.mark(plan), params.mark(today));
    let which =
        agencies.map_or(String::new(), |ids| format!("AND o.agency_id IN ({})", params.list(ids.iter().copied())));
    let sql = format!(
        "SELECT o.id, o.agency_id, a.name AS agency_name, t.anchor, t.title, p.number AS plan_number, o.clock, o.due_date \
         FROM obligations o {} WHERE o.plan_id = {plan} AND o.urgent = 1 AND o.due_date < {today} {which} \
         ORDER BY o.due_date, t.position, o.id",
        super::list::JOINS
    );
    all(c, &sql, params.values()).await
}

/// How many agencies of a plan are late.
pub(crate) async fn late_agencies(c: &impl ConnectionTrait, plan: Uuid, today: i64) -> Result<i64> {
    let sql = "SELECT COUNT(DISTINCT agency_id) FROM obligations WHERE plan_id = $1 AND urgent = 1 AND due_date < $2";
    scalar(c, sql, vec![plan.into(), today.into()]).await
}

/// Key of the day of the last round of digests.
const REMINDED: &str = "plans.reminded";

/// The day of the last round of digests.
pub(crate) async fn last_reminded(c: &impl ConnectionTrait) -> Result<Option<i64>> {
    let row: Option<Setting> = one(c, "SELECT value FROM settings WHERE key = $1", vec![REMINDED.into()]).await?;
    Ok(row.and_then(|row| row.value.parse().ok()))
}

#[derive(FromQueryResult)]
struct Setting {
    value: String,
}

/// Notes that everybody was told.
pub(crate) async fn set_reminded(tx: &Tx, now: Timestamp) -> Result<()> {
    let day = kernel::time::date_to_int(now.date()).to_string();
    insert("settings", &["key", "value", "updated_at"])
        .row([REMINDED.into(), day.into(), now.0.into()])
        .run_with(&**tx, "ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at")
        .await
}

/// A reminder to be sent.
pub(crate) struct NewReminder<'a> {
    pub user: Uuid,
    pub day: i64,
    pub stage: &'a str,
    pub obligations: i64,
    pub email: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
}

/// Notes a reminder unless the person had one of this stage on this day; its id when it is new.
pub(crate) async fn insert_reminder(tx: &Tx, new: NewReminder<'_>) -> Result<Option<Uuid>> {
    let id = new_id();
    let sql = "INSERT INTO reminders (id, user_id, day, stage, obligations, email, subject, body) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (user_id, day, stage) DO NOTHING";
    let values = vec![
        id.into(),
        new.user.into(),
        new.day.into(),
        new.stage.into(),
        new.obligations.into(),
        new.email.into(),
        new.subject.into(),
        new.body.into(),
    ];
    Ok((exec(&**tx, sql, values).await? > 0).then_some(id))
}

/// A reminder that may still have to be mailed.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Reminder {
    pub email: String,
    pub subject: String,
    pub body: String,
    pub sent_at: Option<i64>,
}

/// One reminder.
pub(crate) async fn reminder(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Reminder>> {
    one(c, "SELECT email, subject, body, sent_at FROM reminders WHERE id = $1", vec![id.into()]).await
}

/// Notes that a reminder was mailed.
pub(crate) async fn set_sent(tx: &Tx, id: Uuid, now: Timestamp) -> Result<()> {
    exec(&**tx, "UPDATE reminders SET sent_at = $1 WHERE id = $2", vec![now.0.into(), id.into()]).await.map(drop)
}

/// A message in the application.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Notice {
    pub body: String,
    pub path: String,
}

/// Tells a person something.
pub(crate) async fn insert_notice(tx: &Tx, now: Timestamp, user: Uuid, body: &str, path: &str) -> Result<()> {
    insert("notices", &["id", "user_id", "at", "body", "path"])
        .row([new_id().into(), user.into(), now.0.into(), body.into(), path.into()])
        .run(&**tx)
        .await
}

/// Unread messages of a person, the newest first.
pub(crate) async fn notices(c: &impl ConnectionTrait, user: Uuid) -> Result<Vec<Notice>> {
    let sql =
        "SELECT body, path FROM notices WHERE user_id = $1 AND read_at IS NULL ORDER BY at DESC, id DESC LIMIT 20";
    all(c, sql, vec![user.into()]).await
}

/// Marks a person's messages as read.
pub(crate) async fn read_notices(tx: &Tx, user: Uuid, now: Timestamp) -> Result<()> {
    let sql = "UPDATE notices SET read_at = $1 WHERE user_id = $2 AND read_at IS NULL";
    exec(&**tx, sql, vec![now.0.into(), user.into()]).await.map(drop)
}
