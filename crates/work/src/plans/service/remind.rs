//! Reminders: one digest per person per day, in the application and by mail; never one mail per obligation.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use kernel::{Permit, Result, Uuid, text, time};
use platform::{
    App,
    audit::{self, Entry},
    jobs,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::object;
use crate::plans::{
    model::days_left,
    policy::ManagePlans,
    store::{self, Contact, NewReminder, Remindable},
};

/// Days before the due date on which a reminder goes out.
const BEFORE: [u64; 3] = [7, 1, 0];
/// Days after it; from the last of them on every week.
const AFTER: [u64; 2] = [1, 7];
/// From this many days on the leader of the agency is told too.
const LADDER: i64 = 7;
/// Weeks for which a late duty is spoken of.
const WEEKS: u64 = 104;
/// Lines of one kind in a digest.
const LINES: usize = 40;

/// Payload of the mailing job.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Mailing {
    reminder: Uuid,
}

/// Sends today's digests; how many persons were told. Repeating it tells nobody twice.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn remind_daily(app: &App) -> Result<usize> {
    let today = app.clock.today();
    let ahead = BEFORE.iter().filter_map(|days| today.checked_add_days(Days::new(*days)));
    let behind = AFTER.iter().copied().chain((2..=WEEKS).map(|week| week * 7));
    let behind = behind.filter_map(|days| today.checked_sub_days(Days::new(days)));
    let days: Vec<i64> = ahead.chain(behind).map(time::date_to_int).collect();
    let rows = store::remindable(app.db.read(), &days, time::date_to_int(today)).await?;
    let told = tell(app, &rows, "daily", today).await?;
    Ok(told)
}

/// Reminds every agency of a plan that is late, at the word of its owner; (agencies, persons told).
///
/// # Errors
/// [`kernel::Error::NotFound`] for a plan that the person does not manage.
pub(crate) async fn remind_late(app: &App, permit: &Permit<ManagePlans>, plan: Uuid) -> Result<(usize, usize)> {
    let plan = object::plan_to_manage(app, permit, plan).await?;
    let today = app.clock.today();
    let rows = store::late_of_plan(app.db.read(), plan.id, None, time::date_to_int(today)).await?;
    let mut agencies: Vec<Uuid> = rows.iter().map(|row| row.agency_id).collect();
    agencies.sort_unstable();
    agencies.dedup();
    let told = tell(app, &rows, &format!("manual:{}", plan.id), today).await?;
    let tx = app.db.begin().await?;
    let detail = json!({ "agencies": agencies.len(), "people": told });
    let entry = Entry { action: "plans.remind", subject: "plan", id: Some(plan.id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok((agencies.len(), told))
}

async fn tell(app: &App, rows: &[Remindable], stage: &str, today: NaiveDate) -> Result<usize> {
    let mut by_agency: HashMap<Uuid, Vec<&Remindable>> = HashMap::new();
    for row in rows {
        by_agency.entry(row.agency_id).or_default().push(row);
    }
    let mut agencies: Vec<Uuid> = by_agency.keys().copied().collect();
    agencies.sort_unstable();
    let day = time::date_to_int(today);
    let mut people: BTreeMap<Uuid, (Contact, Vec<&Remindable>)> = BTreeMap::new();
    for contact in store::contacts(app.db.read(), &agencies, day).await? {
        let items = by_agency.get(&contact.agency_id).into_iter().flatten();
        let leader = contact.role == "leader";
        let known = people.entry(contact.user_id).or_insert_with(|| (contact.clone(), Vec::new()));
        for item in items {
            let late = days_left(item.due_date, today).is_some_and(|left| left <= -LADDER);
            if (!leader || late) && !known.1.iter().any(|other| other.id == item.id) {
                known.1.push(item);
            }
        }
    }
    let mut told = 0;
    for (contact, items) in people.into_values().filter(|(_, items)| !items.is_empty()) {
        let (subject, body) = digest(&contact.name, &items, today, &app.config.server.public_url);
        let told_now = Digest {
            user: contact.user_id,
            email: &contact.email,
            stage,
            items: items.len(),
            subject: &subject,
            body: &body,
            path: "/viec-cua-toi",
        };
        told += usize::from(deliver(app, day, told_now).await?);
    }
    Ok(told)
}

/// A digest for one person.
pub(crate) struct Digest<'a> {
    pub user: Uuid,
    pub email: &'a str,
    /// What kind of digest it is: no person gets two of one kind on a day.
    pub stage: &'a str,
    pub items: usize,
    pub subject: &'a str,
    pub body: &'a str,
    /// Where the notice leads.
    pub path: &'a str,
}

/// Notes a digest, shows it as a notice and queues its mail; `false` when the person already had one of this kind on this day.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn deliver(app: &App, day: i64, digest: Digest<'_>) -> Result<bool> {
    let tx = app.db.begin().await?;
    let new = NewReminder {
        user: digest.user,
        day,
        stage: digest.stage,
        obligations: i64::try_from(digest.items).unwrap_or(i64::MAX),
        email: digest.email,
        subject: digest.subject,
        body: digest.body,
    };
    let Some(reminder) = store::insert_reminder(&tx, new).await? else { return Ok(false) };
    store::insert_notice(&tx, app.clock.now(), digest.user, digest.subject, digest.path).await?;
    if !digest.email.is_empty() {
        jobs::enqueue(&*tx, &*app.clock, "plans.mail", &Mailing { reminder }, None).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Subject and text of a digest.
fn digest(name: &str, items: &[&Remindable], today: NaiveDate, url: &str) -> (String, String) {
    let left = |item: &&&Remindable| days_left(item.due_date, today).unwrap_or(0);
    let check_in = |item: &&&Remindable| item.clock == "checkin";
    let late: Vec<_> = items.iter().filter(|item| !check_in(item) && left(item) < 0).collect();
    let near: Vec<_> = items.iter().filter(|item| !check_in(item) && left(item) >= 0).collect();
    let periods: Vec<_> = items.iter().filter(check_in).collect();
    let mut parts = Vec::new();
    for (rows, what) in [
        (&late, "nhiệm vụ chậm"),
        (&near, "nhiệm vụ đến hạn hoặc sắp đến hạn"),
        (&periods, "nhiệm vụ cần ghi nhận kỳ này"),
    ] {
        if !rows.is_empty() {
            parts.push(format!("{} {what}", rows.len()));
        }
    }
    let subject = parts.join(", ");
    let mut body = format!("Kính gửi {name},\n\nTại ngày {}: {subject}.\n", time::display_date(today));
    for (rows, title) in [(late, "CHẬM"), (near, "ĐẾN HẠN, SẮP ĐẾN HẠN"), (periods, "GHI NHẬN KỲ NÀY")]
    {
        if rows.is_empty() {
            continue;
        }
        body.push_str(&format!("\n{title}\n"));
        for item in rows.iter().take(LINES) {
            let when = match days_left(item.due_date, today).unwrap_or(0) {
                days if days < 0 => format!("chậm {} ngày", -days),
                0 => "hôm nay".to_owned(),
                days => format!("còn {days} ngày"),
            };
            let due = time::date_from_int(item.due_date).map(time::display_date).unwrap_or_default();
            let title = text::shorten(&item.title, 110);
            body.push_str(&format!(
                "- {} {title} ({}) – {}; hạn {due}, {when}\n",
                item.anchor, item.plan_number, item.agency_name
            ));
        }
        if rows.len() > LINES {
            body.push_str(&format!("… và {} nhiệm vụ khác.\n", rows.len() - LINES));
        }
    }
    body.push_str(&format!("\nXem và báo cáo tại {}/viec-cua-toi\n", url.trim_end_matches('/')));
    (subject, body)
}

/// Mails one digest unless that was done.
///
/// # Errors
/// [`kernel::Error::Unavailable`] when the mail server does not take it; the job is tried again.
pub(crate) async fn mail(app: &App, mailing: &Mailing) -> Result<()> {
    let Some(reminder) = store::reminder(app.db.read(), mailing.reminder).await? else { return Ok(()) };
    if reminder.sent_at.is_some() {
        return Ok(());
    }
    app.mail.send(&reminder.email, &format!("Lan Tỏa: {}", reminder.subject), reminder.body).await?;
    let tx = app.db.begin().await?;
    store::set_sent(&tx, mailing.reminder, app.clock.now()).await?;
    tx.commit().await
}
