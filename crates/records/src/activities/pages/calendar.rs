//! A month of activities.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{FieldErrors, Permit};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use crate::activities::{
    forms::ListQuery,
    policy::ReadActivities,
    service::{self, DayCell},
    views::Row,
};

/// One day as shown.
struct Day {
    number: u32,
    full: String,
    iso: String,
    name: &'static str,
    inside: bool,
    today: bool,
    n: i64,
    first: Vec<Row>,
}

#[derive(Template)]
#[template(path = "activities/templates/calendar.html")]
struct CalendarPage {
    p: Chrome,
    query: ListQuery,
    year: i32,
    month: u32,
    before: String,
    after: String,
    weeks: Vec<Vec<Day>>,
    total: i64,
    turns: i64,
}

const NAMES: [&str; 7] = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"];

fn shown(cell: &DayCell, today: chrono::NaiveDate) -> Day {
    use chrono::Datelike;
    let at = cell.day.weekday().num_days_from_monday() as usize;
    Day {
        number: cell.day.day(),
        full: kernel::time::display_date(cell.day),
        iso: cell.day.to_string(),
        name: NAMES.get(at).copied().unwrap_or_default(),
        inside: cell.inside,
        today: cell.day == today,
        n: cell.n,
        first: cell.first.iter().map(Row::of).collect(),
    }
}

/// `GET /hoat-dong/lich`
pub(in crate::activities) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadActivities>,
    Query(query): Query<ListQuery>,
) -> Result {
    let today = app.clock.today();
    let (year, month) = query.month(today);
    let mut errors = FieldErrors::default();
    let wanted = ListQuery { tu: String::new(), den: String::new(), ..query.clone() }.query(&mut errors);
    let weeks = service::calendar(&app, &permit, &wanted, (year, month)).await?;
    let cells = || weeks.iter().flatten();
    let moved = |year: i32, month: u32| format!("{year}-{month:02}");
    show(&CalendarPage {
        before: if month == 1 { moved(year - 1, 12) } else { moved(year, month - 1) },
        after: if month == 12 { moved(year + 1, 1) } else { moved(year, month + 1) },
        total: cells().map(|day| day.n).sum(),
        turns: cells().map(|day| day.turns).sum(),
        weeks: weeks.iter().map(|week| week.iter().map(|cell| shown(cell, today)).collect()).collect(),
        year,
        month,
        query,
        p,
    })
}
