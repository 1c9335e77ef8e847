//! Reminders: one digest per person per day, in the application and by mail; never one mail per obligation.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use kernel::{Action, Permit, Result, Role, Uuid, text, time};
use platform::{
    App,
    audit::{self, Entry},
    jobs,
};
use records::documents::place;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::object;
use crate::plans::{
    model::days_left,
    policy::ManagePlans,
    store::{self, Contact, DueOf, DueReview, NewReminder, Remindable},
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

/// Days that are looked back on after a pause of the server.
const CATCH_UP: u64 = 14;

/// What one person is to be told in a digest, as one of the slices says it.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub user: Uuid,
    pub name: String,
    pub email: String,
    pub items: usize,
    /// In a few words: "2 việc chậm".
    pub subject: String,
    /// Line by line, with the address where it is done.
    pub body: String,
    /// Where the notice leads.
    pub path: &'static str,
}

/// The days after the last round of digests until today, of which duties and reports have milestones; only today when it was run today already.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn days_to_remind(app: &App) -> Result<Vec<NaiveDate>> {
    let today = app.clock.today();
    let yesterday = today.pred_opt().unwrap_or(today);
    let earliest = today.checked_sub_days(Days::new(CATCH_UP)).unwrap_or(yesterday);
    let last = store::last_reminded(app.db.read()).await?.and_then(time::date_from_int).unwrap_or(yesterday);
    let last = last.clamp(earliest, yesterday);
    Ok(last.iter_days().skip(1).take_while(|day| *day <= today).collect())
}

/// What people are to be told today of their agencies' duties.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn notes_of_duties(app: &App, days: &[NaiveDate]) -> Result<Vec<Note>> {
    let due = |day: &NaiveDate| {
        let ahead = BEFORE.iter().filter_map(|days| day.checked_add_days(Days::new(*days)));
        let behind = AFTER.iter().copied().chain((2..=WEEKS).map(|week| week * 7));
        let behind = behind.filter_map(|days| day.checked_sub_days(Days::new(days)));
        ahead.chain(behind).map(time::date_to_int).collect::<Vec<_>>()
    };
    let mut dues: Vec<i64> = days.iter().flat_map(due).collect();
    dues.sort_unstable();
    dues.dedup();
    let days: Vec<i64> = days.iter().copied().map(time::date_to_int).collect();
    let mut rows = store::remindable(app.db.read(), &dues, &days).await?;
    let reviews = store::due_reviews(app.db.read(), DueOf::Days(&dues)).await?;
    rows.extend(reviews.into_iter().map(remindable));
    notes(app, &rows).await
}

/// Stands for the clock of a review: no duty, but told in the same digest.
const REVIEW: &str = "review";

/// A review as a line of the digest of those who work for the plan's owner.
fn remindable(review: DueReview) -> Remindable {
    Remindable {
        id: review.plan_id,
        agency_id: review.owner_id,
        anchor: review.label().to_owned(),
        agency_name: review.owner_name,
        title: review.title,
        plan_number: review.plan_number,
        clock: REVIEW.to_owned(),
        due_date: review.due_date,
    }
}

/// Sends each person one digest of everything there is to say today; how many were told. Repeating it tells nobody twice.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn send_daily(app: &App, notes: Vec<Note>) -> Result<usize> {
    let told = send(app, "daily", notes).await?;
    let tx = app.db.begin().await?;
    store::set_reminded(&tx, app.clock.now()).await?;
    tx.commit().await?;
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
    let told = send(app, &format!("manual:{}", plan.id), notes(app, &rows).await?).await?;
    let tx = app.db.begin().await?;
    let detail = json!({ "agencies": agencies.len(), "people": told });
    let entry = Entry { action: "plans.remind", subject: "plan", id: Some(plan.id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok((agencies.len(), told))
}

/// What these duties say to the people of their agencies: to leaders only what is long late.
async fn notes(app: &App, rows: &[Remindable]) -> Result<Vec<Note>> {
    let today = app.clock.today();
    let mut by_agency: HashMap<Uuid, Vec<&Remindable>> = HashMap::new();
    for row in rows {
        by_agency.entry(row.agency_id).or_default().push(row);
    }
    let mut agencies: Vec<Uuid> = by_agency.keys().copied().collect();
    agencies.sort_unstable();
    let mut people: BTreeMap<Uuid, (Contact, Vec<&Remindable>)> = BTreeMap::new();
    for contact in store::contacts(app.db.read(), &agencies, time::date_to_int(today)).await? {
        let items = by_agency.get(&contact.agency_id).into_iter().flatten();
        let role = Role::from_key(&contact.role);
        let leader = role == Some(Role::Leader);
        let records = leader || role.is_some_and(|role| ManagePlans::DEF.roles.contains(&role));
        let known = people.entry(contact.user_id).or_insert_with(|| (contact.clone(), Vec::new()));
        for item in items {
            let late = days_left(item.due_date, today).is_some_and(|left| left <= -LADDER);
            let for_them = (!leader || late) && (records || item.clock != REVIEW);
            if for_them && !known.1.iter().any(|other| (other.id, &other.anchor) == (item.id, &item.anchor)) {
                known.1.push(item);
            }
        }
    }
    let told = people.into_values().filter(|(_, items)| !items.is_empty());
    let note = told.map(|(contact, items)| {
        let (subject, body) = digest(&items, today, &app.config.server.public_url);
        let (user, name, email) = (contact.user_id, contact.name, contact.email);
        Note { user, name, email, items: items.len(), subject, body, path: "/viec-cua-toi" }
    });
    Ok(note.collect())
}

/// Puts together what each person is told, and notes, shows and mails it; how many had not had one of this stage today.
async fn send(app: &App, stage: &str, notes: Vec<Note>) -> Result<usize> {
    let mut people: BTreeMap<Uuid, Vec<Note>> = BTreeMap::new();
    for note in notes {
        people.entry(note.user).or_default().push(note);
    }
    let mut told = 0;
    for notes in people.into_values() {
        told += usize::from(deliver(app, stage, &notes).await?);
    }
    Ok(told)
}

/// Tells people something, as a notice, in the transaction that makes it so.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn notify(app: &App, tx: &::store::Tx, people: &[Uuid], body: &str, path: &str) -> Result<()> {
    for user in people {
        store::insert_notice(tx, app.clock.now(), *user, body, path).await?;
    }
    Ok(())
}

/// Notes a digest, shows it as a notice and queues its mail; `false` when the person already had one of this stage today.
async fn deliver(app: &App, stage: &str, notes: &[Note]) -> Result<bool> {
    let Some(first) = notes.first() else { return Ok(false) };
    let today = app.clock.today();
    let part = |of: fn(&Note) -> &str, between: &str| notes.iter().map(of).collect::<Vec<_>>().join(between);
    let subject = part(|note| &note.subject, ", ");
    let hail = format!("Kính gửi {},\n\nTại ngày {}: {subject}.\n", first.name, time::display_date(today));
    let body = hail + &part(|note| &note.body, "");
    let tx = app.db.begin().await?;
    let new = NewReminder {
        user: first.user,
        day: time::date_to_int(today),
        stage,
        obligations: i64::try_from(notes.iter().map(|note| note.items).sum::<usize>()).unwrap_or(i64::MAX),
        email: &first.email,
        subject: &subject,
        body: &body,
    };
    let Some(reminder) = store::insert_reminder(&tx, new).await? else { return Ok(false) };
    for note in notes {
        store::insert_notice(&tx, app.clock.now(), note.user, &note.subject, note.path).await?;
    }
    if !first.email.is_empty() {
        jobs::enqueue(&*tx, &*app.clock, "plans.mail", &Mailing { reminder }, None).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Subject and text of the duties of one person.
fn digest(items: &[&Remindable], today: NaiveDate, url: &str) -> (String, String) {
    let left = |item: &&&Remindable| days_left(item.due_date, today).unwrap_or(0);
    let check_in = |item: &&&Remindable| item.clock == "checkin";
    let review = |item: &&&Remindable| item.clock == REVIEW;
    let duty = |item: &&&Remindable| !check_in(item) && !review(item);
    let late: Vec<_> = items.iter().filter(|item| duty(item) && left(item) < 0).collect();
    let near: Vec<_> = items.iter().filter(|item| duty(item) && left(item) >= 0).collect();
    let reviews: Vec<_> = items.iter().filter(review).collect();
    let periods: Vec<_> = items.iter().filter(check_in).collect();
    let mut parts = Vec::new();
    for (rows, what) in [
        (&late, "nhiệm vụ chậm"),
        (&near, "nhiệm vụ đến hạn hoặc sắp đến hạn"),
        (&periods, "nhiệm vụ cần ghi nhận kỳ này"),
        (&reviews, "cuộc sơ kết, tổng kết cần tổ chức"),
    ] {
        if !rows.is_empty() {
            parts.push(format!("{} {what}", rows.len()));
        }
    }
    let subject = parts.join(", ");
    let mut body = String::new();
    for (rows, title) in
        [(late, "CHẬM"), (near, "ĐẾN HẠN, SẮP ĐẾN HẠN"), (periods, "GHI NHẬN KỲ NÀY"), (reviews, "SƠ KẾT, TỔNG KẾT")]
    {
        if rows.is_empty() {
            continue;
        }
        body.push_str(&format!("\n{title}\n"));
        for item in rows.iter().take(LINES) {
            let when = match days_left(item.due_date, today).unwrap_or(0) {
                days if days < 0 && item.clock == "checkin" => "đã đến kỳ".to_owned(),
                days if days < 0 => format!("chậm {} ngày", -days),
                0 => "hôm nay".to_owned(),
                days => format!("còn {days} ngày"),
            };
            let due = time::date_from_int(item.due_date).map(time::display_date).unwrap_or_default();
            let title = text::shorten(&item.title, 110);
            body.push_str(&format!(
                "- {} {title} ({}) – {}; hạn {due}, {when}\n",
                place(&item.anchor),
                item.plan_number,
                item.agency_name
            ));
        }
        if rows.len() > LINES {
            body.push_str(&format!("… và {} việc khác.\n", rows.len() - LINES));
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
