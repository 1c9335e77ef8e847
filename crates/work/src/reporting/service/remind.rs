//! Reminders of reports: one digest per person and day, as for obligations.

use std::collections::BTreeMap;

use chrono::Days;
use kernel::{Result, Uuid, text, time};
use platform::App;

use crate::{
    plans::service::{Digest, deliver},
    reporting::store::{self, Remindable},
};

/// Days before the due date on which a reminder goes out.
const BEFORE: [u64; 3] = [7, 1, 0];
/// Weeks for which a late report is spoken of, once a week from the day after.
const WEEKS: u64 = 12;

/// Sends today's digests; repeating it tells nobody twice.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn remind(app: App) -> Result<()> {
    let today = app.clock.today();
    let ahead = BEFORE.iter().filter_map(|days| today.checked_add_days(Days::new(*days)));
    let behind = (0..WEEKS).filter_map(|week| today.checked_sub_days(Days::new(week * 7 + 1)));
    let days: Vec<i64> = ahead.chain(behind).map(time::date_to_int).collect();
    let day = time::date_to_int(today);
    let mut people: BTreeMap<Uuid, Vec<Remindable>> = BTreeMap::new();
    for row in store::remindable(app.db.read(), &days, day).await? {
        // Leaders are told of what waits for them and of what is late; the others of everything.
        if row.role != "leader" || row.state == "signing" || row.due_date < day {
            people.entry(row.user_id).or_default().push(row);
        }
    }
    for (user, mut rows) in people {
        rows.dedup_by_key(|row| row.id);
        let Some(first) = rows.first().cloned() else { continue };
        let (subject, body) = digest(&first.user_name, &rows, day, &app.config.server.public_url);
        let digest = Digest {
            user,
            email: &first.email,
            stage: "reports",
            items: rows.len(),
            subject: &subject,
            body: &body,
            path: "/bao-cao",
        };
        deliver(&app, day, digest).await?;
    }
    Ok(())
}

fn digest(name: &str, rows: &[Remindable], today: i64, url: &str) -> (String, String) {
    let late = rows.iter().filter(|row| row.due_date < today).count();
    let mut parts = Vec::new();
    if late > 0 {
        parts.push(format!("{late} báo cáo chậm"));
    }
    if rows.len() > late {
        parts.push(format!("{} báo cáo đến hạn hoặc sắp đến hạn", rows.len() - late));
    }
    let subject = parts.join(", ");
    let mut body = format!("Kính gửi {name},\n\n{subject}:\n\n");
    for row in rows.iter().take(40) {
        let due = time::date_from_int(row.due_date).map(time::display_date).unwrap_or_default();
        let title = text::shorten(&row.title, 110);
        body.push_str(&format!("- {title}, {} – {}; hạn {due}\n", row.period_label, row.agency_name));
    }
    body.push_str(&format!("\nLập và gửi tại {}/bao-cao\n", url.trim_end_matches('/')));
    (subject, body)
}
