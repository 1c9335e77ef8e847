//! A year of reports for the demonstration, each marked as generated.

use chrono::{Datelike, Days, NaiveDate};
use kernel::{FixedClock, Permit, Result, time};
use platform::App;

use super::{service, store};

/// What stands in every generated report.
const MARK: &str = "Đã thực hiện theo kế hoạch (số liệu trình diễn, do máy tạo).";

/// Reports on most of what was due before `until`, each a few days before its date: of ten, seven are done and
/// confirmed, one waits for confirmation, one is under way, one is left untouched. How many.
///
/// # Errors
/// When the database refuses.
pub async fn report_a_year(app: &App, clock: &FixedClock, until: NaiveDate) -> Result<usize> {
    let (agency, owner) = (Permit::system(), Permit::system());
    let due = store::urgent_before(app.db.read(), until).await?;
    for (n, obligation) in due.iter().enumerate() {
        let date = time::date_from_int(obligation.due_date).unwrap_or(until);
        let early = date.checked_sub_days(Days::new(2 + u64::from(date.day()) % 5)).unwrap_or(date);
        clock.set(early.min(until));
        let (percent, done) = match n % 10 {
            9 => continue,
            8 => (40 + 10 * (n as i64 % 5), false),
            _ => (100, true),
        };
        let report = service::Report {
            version: obligation.version,
            percent,
            result: MARK.into(),
            done,
            ..service::Report::default()
        };
        service::report(app, &agency, obligation.id, report).await?;
        if n % 10 < 7 {
            service::confirm(app, &owner, obligation.id, "").await?;
        }
    }
    Ok(due.len())
}
