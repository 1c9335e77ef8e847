//! From a deadline rule to due dates, for every kind of deadline.
//!
//! | kind | due |
//! | --- | --- |
//! | date, month, quarter | its last day; `A/B`: the end of B; `A/..`: every year from A on, at the year's end |
//! | year | the year's end, one for each year |
//! | annual | the plan's year end, or its own day, or the last day of its month; one for each of a list |
//! | continuous | a check-in every quarter, never late |
//! | periodic | its day of every month; without a day, or by week or quarter, a check-in, never late |
//! | event | waits until somebody records the event; each one opens a period of its own |
//! | none | no clock |

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate};
use kernel::text::fold;
use papers::{Deadline, DeadlineKind};

/// What a due date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClockKind {
    /// Late after the day.
    Dated,
    /// To be reported on the day, never late.
    CheckIn,
    /// Waits for an event.
    Event,
    /// Without a day.
    None,
}

impl ClockKind {
    /// Stable key, as stored.
    pub fn key(self) -> &'static str {
        match self {
            ClockKind::Dated => "dated",
            ClockKind::CheckIn => "checkin",
            ClockKind::Event => "event",
            ClockKind::None => "none",
        }
    }

    /// The clock with this key.
    pub fn from_key(key: &str) -> ClockKind {
        match key {
            "dated" => ClockKind::Dated,
            "checkin" => ClockKind::CheckIn,
            "event" => ClockKind::Event,
            _ => ClockKind::None,
        }
    }
}

/// One duty in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which one of its task: `2026`, `2026-Q3`, `2026-11-15`, `2026-W05`, `event`, `-`.
    pub period: String,
    /// The day; `None` without a clock.
    pub date: Option<NaiveDate>,
    /// What the day means.
    pub clock: ClockKind,
    /// One of a row that repeats?
    pub recurring: bool,
}

/// Month and day on which the year of a plan ends unless its owner sets another.
pub const YEAR_END: u32 = 1231;

/// What a plan says about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// First year of the plan.
    pub year_from: i32,
    /// Last year of the plan.
    pub year_to: i32,
    /// Month and day on which its year ends: 1214 or 1231.
    pub year_end: u32,
    /// First day on which duties count; earlier recurring ones are left out.
    pub in_force_from: Option<NaiveDate>,
}

impl Settings {
    fn year_end(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.year_end / 100, self.year_end % 100)
    }
}

/// Every duty of a deadline in years up to `through`, without repetition, by date.
pub fn dues(deadline: &Deadline, settings: Settings, through: i32) -> Vec<Due> {
    let value = deadline.value.as_deref().map(str::trim).unwrap_or_default();
    let years = settings.year_from..=settings.year_to.min(through);
    let read = match deadline.kind {
        DeadlineKind::Date | DeadlineKind::Month | DeadlineKind::Quarter => single(value, settings, through),
        DeadlineKind::Year => by_year(value, settings, through),
        DeadlineKind::Annual => Some(years.flat_map(|year| annual(value, settings, year)).collect()),
        DeadlineKind::Continuous => Some(years.flat_map(|year| quarterly(settings, year)).collect()),
        DeadlineKind::Periodic => Some(years.flat_map(|year| periodic(value, settings, year)).collect()),
        DeadlineKind::Event => Some(vec![without_day("event", ClockKind::Event)]),
        DeadlineKind::None => None,
    };
    // Nothing readable: the duty stands, without a clock.
    let mut out = read.unwrap_or_else(|| vec![without_day("-", ClockKind::None)]);
    let counts = |date: NaiveDate| settings.in_force_from.is_none_or(|from| date >= from);
    out.retain(|due| !due.recurring || due.date.is_none_or(counts));
    out.sort_by(|a, b| a.date.cmp(&b.date).then_with(|| a.period.cmp(&b.period)));
    out.dedup_by(|a, b| a.period == b.period);
    out
}

/// Every duty of several deadlines of one task. Two that mean the same period are one: the first that has a date that can
/// be missed; what has no clock counts only where nothing else does.
pub fn all_dues(deadlines: &[Deadline], settings: Settings, through: i32) -> Vec<Due> {
    let mut out: Vec<Due> = Vec::new();
    for due in deadlines.iter().flat_map(|deadline| dues(deadline, settings, through)) {
        match out.iter_mut().find(|known| known.period == due.period) {
            Some(known) if known.clock != ClockKind::Dated && due.clock == ClockKind::Dated => *known = due,
            Some(_) => {}
            None => out.push(due),
        }
    }
    if out.iter().any(|due| due.clock != ClockKind::None) {
        out.retain(|due| due.clock != ClockKind::None);
    }
    out.sort_by(|a, b| a.date.cmp(&b.date).then_with(|| a.period.cmp(&b.period)));
    out
}

fn without_day(period: &str, clock: ClockKind) -> Due {
    Due { period: period.into(), date: None, clock, recurring: false }
}

fn dated(period: String, date: Option<NaiveDate>, recurring: bool) -> Option<Due> {
    Some(Due { period, date: Some(date?), clock: ClockKind::Dated, recurring })
}

fn check_in(period: String, date: Option<NaiveDate>) -> Option<Due> {
    Some(Due { period, date: Some(date?), clock: ClockKind::CheckIn, recurring: true })
}

/// A day, month or quarter; the end of a range; every year's end of an open range. `None` when unreadable.
fn single(value: &str, settings: Settings, through: i32) -> Option<Vec<Due>> {
    if let Some(from) = value.strip_suffix("/..") {
        let years = last_day(from)?.year().max(settings.year_from)..=settings.year_to.min(through);
        return Some(years.filter_map(|year| dated(year.to_string(), settings.year_end(year), true)).collect());
    }
    let days: Vec<Due> = value
        .split(',')
        .filter_map(|part| {
            let end = part.trim().rsplit('/').next().unwrap_or_default();
            dated(end.to_owned(), last_day(end), false)
        })
        .collect();
    (!days.is_empty()).then_some(days)
}

fn by_year(value: &str, settings: Settings, through: i32) -> Option<Vec<Due>> {
    let one = |text: &str| text.trim().parse::<i32>().ok().filter(|year| (1900..=2200).contains(year));
    let mut years: Vec<i32> = Vec::new();
    for part in value.split(',') {
        match part.split_once('/') {
            Some((from, "..")) => {
                let last = settings.year_to.min(2200);
                years.extend(one(from).into_iter().flat_map(|from| from.max(settings.year_from)..=last));
            }
            Some((from, to)) => years.extend(one(from).zip(one(to)).into_iter().flat_map(|(from, to)| from..=to)),
            None => years.extend(one(part)),
        }
    }
    let several = years.len() > 1 || value.ends_with("/..");
    let due = |year: &i32| dated(year.to_string(), settings.year_end(*year), several);
    let readable = value.ends_with("/..") || !years.is_empty();
    readable.then(|| years.iter().filter(|year| **year <= through).filter_map(due).collect())
}

fn annual(value: &str, settings: Settings, year: i32) -> Vec<Due> {
    if value.is_empty() {
        return dated(year.to_string(), settings.year_end(year), true).into_iter().collect();
    }
    value
        .split(',')
        .filter_map(|part| {
            let part = part.trim();
            let period = format!("{year}-{part}");
            let date = last_day(&period).or(settings.year_end(year));
            dated(period, date, true)
        })
        .collect()
}

fn quarterly(settings: Settings, year: i32) -> Vec<Due> {
    let year_end = settings.year_end(year);
    let due = |quarter: u32| {
        let period = format!("{year}-Q{quarter}");
        let date = last_day(&period)?;
        check_in(period, Some(year_end.filter(|_| quarter == 4).unwrap_or(date)))
    };
    (1..=4).filter_map(due).collect()
}

fn periodic(value: &str, settings: Settings, year: i32) -> Vec<Due> {
    let (unit, at) = value.split_once('-').unwrap_or((value, ""));
    match unit {
        "monthly" => {
            let due = |month: u32| {
                let last = last_of_month(year, month)?;
                let period = format!("{year}-{month:02}");
                match at.parse::<u32>() {
                    Ok(day) => dated(period, Some(NaiveDate::from_ymd_opt(year, month, day).unwrap_or(last)), true),
                    Err(_) => check_in(period, Some(last)),
                }
            };
            (1..=12).filter_map(due).collect()
        }
        "weekly" => weekly(at.parse().unwrap_or(5), year..=year),
        _ => quarterly(settings, year),
    }
}

/// Every week's day (Monday is 1) in these years, named by its ISO week.
fn weekly(weekday: u32, years: RangeInclusive<i32>) -> Vec<Due> {
    let Some(first) = NaiveDate::from_ymd_opt(*years.start(), 1, 1) else { return Vec::new() };
    let ahead = (7 + weekday.clamp(1, 7) - first.weekday().number_from_monday()) % 7;
    let start = first.checked_add_days(Days::new(u64::from(ahead)));
    std::iter::successors(start, |day| day.checked_add_days(Days::new(7)))
        .take_while(|day| years.contains(&day.year()))
        .filter_map(|day| {
            let week = day.iso_week();
            check_in(format!("{}-W{:02}", week.year(), week.week()), Some(day))
        })
        .collect()
}

/// The last day of `2026-11-15`, `2026-11`, `2026-Q3` or `2026`.
pub fn last_day(period: &str) -> Option<NaiveDate> {
    let mut parts = period.trim().split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let Some(second) = parts.next() else { return NaiveDate::from_ymd_opt(year, 12, 31) };
    if let Some(quarter) = second.strip_prefix('Q') {
        let quarter: u32 = quarter.parse().ok()?;
        return (1..=4).contains(&quarter).then(|| last_of_month(year, quarter * 3)).flatten();
    }
    let month: u32 = second.parse().ok()?;
    match parts.next() {
        // A day that a month does not have (31/9) means its last one.
        Some(day) => {
            let day: u32 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
            NaiveDate::from_ymd_opt(year, month, day).or_else(|| last_of_month(year, month))
        }
        None => last_of_month(year, month),
    }
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    (1..=12).contains(&month).then(|| NaiveDate::from_ymd_opt(next_year, next, 1)?.pred_opt()).flatten()
}

/// Is the day of a duty that stands alone before the plan's duties begin? Such a duty is kept, but not chased.
pub fn past(due: &Due, settings: Settings) -> bool {
    !due.recurring && settings.in_force_from.zip(due.date).is_some_and(|(from, date)| date < from)
}

/// A period as people say it.
pub fn period_label(period: &str) -> String {
    let parts: Vec<&str> = period.split('-').collect();
    match parts.as_slice() {
        ["event"] => "theo sự kiện".into(),
        ["", ""] => "không định kỳ".into(),
        [year] => format!("năm {year}"),
        [year, part] => match (part.strip_prefix('Q'), part.strip_prefix('W')) {
            (Some(quarter), _) => format!("quý {}/{year}", roman(quarter)),
            (_, Some(week)) => format!("tuần {week}/{year}"),
            _ => format!("tháng {part}/{year}"),
        },
        [year, month, day] => format!("{day}/{month}/{year}"),
        [year, month, day, _] => format!("sự kiện ngày {day}/{month}/{year}"),
        _ => period.to_owned(),
    }
}

/// Days that the words of a deadline give after an event: "Trong thời hạn 30 ngày sau khi …"; none for working days.
pub fn days_after(words: &str) -> Option<u64> {
    let folded = fold(words);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let unit = |after: &[&str]| match after {
        ["ngay", "lam", "viec", ..] => None,
        ["ngay", next, ..] if next.starts_with(|c: char| c.is_ascii_digit()) => None,
        ["ngay", ..] => Some(1),
        ["tuan", ..] => Some(7),
        _ => None,
    };
    (0..words.len()).find_map(|at| {
        let number: u64 = words.get(at)?.parse().ok().filter(|number| (1..=365).contains(number))?;
        unit(words.get(at + 1..)?).map(|days| number * days)
    })
}

fn roman(quarter: &str) -> &str {
    match quarter {
        "1" => "I",
        "2" => "II",
        "3" => "III",
        _ => "IV",
    }
}

#[cfg(test)]
#[path = "due_tests.rs"]
mod tests;
