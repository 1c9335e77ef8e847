//! Reminders: one digest per person and day of everything, the duties of plans and the reports.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use kernel::{Result, Uuid, text, time};
use platform::App;

use crate::{
    plans::service::{Note, days_to_remind, notes_of_duties, send_daily},
    reporting::store::{self, Remindable},
};

/// Days before the due date on which a reminder goes out.
const BEFORE: [u64; 3] = [7, 1, 0];
/// Weeks for which a late report is spoken of, once a week from the day after.
const WEEKS: u64 = 12;

/// Sends today's digests, with what fell on days on which the server did not run; repeating it tells nobody twice.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn remind(app: App) -> Result<()> {
    let days = days_to_remind(&app).await?;
    let mut notes = notes_of_duties(&app, &days).await?;
    notes.extend(notes_of_reports(&app, &days).await?);
    send_daily(&app, notes).await.map(drop)
}

/// What people are to be told of their agencies' reports.
async fn notes_of_reports(app: &App, days: &[NaiveDate]) -> Result<Vec<Note>> {
    let due = |day: &NaiveDate| {
        let ahead = BEFORE.iter().filter_map(|days| day.checked_add_days(Days::new(*days)));
        let behind = (0..WEEKS).filter_map(|week| day.checked_sub_days(Days::new(week * 7 + 1)));
        ahead.chain(behind).map(time::date_to_int).collect::<Vec<_>>()
    };
    let mut dues: Vec<i64> = days.iter().flat_map(due).collect();
    dues.sort_unstable();
    dues.dedup();
    let today = time::date_to_int(app.clock.today());
    let mut people: BTreeMap<Uuid, Vec<Remindable>> = BTreeMap::new();
    for row in store::remindable(app.db.read(), &dues, today).await? {
        // Leaders are told of what waits for them and of what is late; the others of everything.
        if row.role != "leader" || row.state == "signing" || row.due_date < today {
            people.entry(row.user_id).or_default().push(row);
        }
    }
    let note = |(user, mut rows): (Uuid, Vec<Remindable>)| {
        rows.dedup_by_key(|row| row.id);
        let first = rows.first()?;
        let (name, email) = (first.user_name.clone(), first.email.clone());
        let (subject, body) = digest(&rows, today, &app.config.server.public_url);
        Some(Note { user, name, email, items: rows.len(), subject, body, path: "/bao-cao" })
    };
    Ok(people.into_iter().filter_map(note).collect())
}

fn digest(rows: &[Remindable], today: i64, url: &str) -> (String, String) {
    let late = rows.iter().filter(|row| row.due_date < today).count();
    let mut parts = Vec::new();
    if late > 0 {
        parts.push(format!("{late} báo cáo chậm"));
    }
    if rows.len() > late {
        parts.push(format!("{} báo cáo đến hạn hoặc sắp đến hạn", rows.len() - late));
    }
    let subject = parts.join(", ");
    let mut body = "\nBÁO CÁO\n".to_owned();
    for row in rows.iter().take(40) {
        let due = time::date_from_int(row.due_date).map(time::display_date).unwrap_or_default();
        let title = text::shorten(&row.title, 110);
        body.push_str(&format!("- {title}, {} – {}; hạn {due}\n", row.period_label, row.agency_name));
    }
    body.push_str(&format!("\nLập và gửi tại {}/bao-cao\n", url.trim_end_matches('/')));
    (subject, body)
}
