//! When rounds open by themselves: on the first day of the period, some days before it ends, or on the day after it.

use std::{fmt, str::FromStr};

use chrono::{Days, NaiveDate};
use kernel::periods::{Period, Rule};

/// Most periods that are caught up at once, after a long time out of work.
const MOST: usize = 60;

/// The day on which the round of a period opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// The first day of the period.
    Begin,
    /// So many days before its last day.
    Before(u64),
    /// The day after its last day.
    End,
}

/// Most days before the end.
pub const MOST_DAYS: u64 = 60;

/// The text names no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” không phải là ngày mở kỳ")]
pub struct NoDay(pub String);

impl FromStr for Opens {
    type Err = NoDay;

    fn from_str(text: &str) -> Result<Self, NoDay> {
        let days = |rest: &str| rest.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
        match text {
            "begin" => Ok(Opens::Begin),
            "end" => Ok(Opens::End),
            _ => text.strip_prefix("before:").and_then(days).map(Opens::Before).ok_or_else(|| NoDay(text.to_owned())),
        }
    }
}

impl fmt::Display for Opens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Opens::Begin => f.write_str("begin"),
            Opens::Before(days) => write!(f, "before:{days}"),
            Opens::End => f.write_str("end"),
        }
    }
}

impl Opens {
    /// The day for a period.
    pub fn day(self, period: &Period) -> NaiveDate {
        match self {
            Opens::Begin => period.from,
            Opens::Before(days) => period.to.checked_sub_days(Days::new(days)).unwrap_or(period.from).max(period.from),
            Opens::End => period.to.succ_opt().unwrap_or(period.to),
        }
    }
}

/// The periods of a rule from the one that begins on or after a day, in order.
fn periods(rule: Rule, first: NaiveDate) -> impl Iterator<Item = Period> {
    let after = move |period: &Period| rule.containing(period.to.succ_opt()?);
    let begin =
        rule.containing(first).and_then(|period| if period.from < first { after(&period) } else { Some(period) });
    std::iter::successors(begin, after)
}

/// The periods whose round should be open today, the oldest first.
pub fn due(rule: Rule, opens: Opens, first: NaiveDate, today: NaiveDate) -> Vec<Period> {
    periods(rule, first).take_while(|period| opens.day(period) <= today).take(MOST).collect()
}

/// The first period whose round opens on or after a day.
pub fn coming(rule: Rule, opens: Opens, first: NaiveDate, day: NaiveDate) -> Option<Period> {
    let near = rule.containing(day).and_then(|period| rule.before(&period)).map_or(first, |period| period.from);
    periods(rule, first.max(near)).take(4).find(|period| opens.day(period) >= day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn keys(periods: &[Period]) -> Vec<&str> {
        periods.iter().map(|period| period.key.as_str()).collect()
    }

    #[test]
    fn a_round_opens_on_its_day_and_not_before() {
        // Quý IV: 15/09 – 14/12/2026.
        let first = day(2026, 9, 15);
        for (opens, before, on) in [
            (Opens::Begin, day(2026, 9, 14), day(2026, 9, 15)),
            (Opens::Before(10), day(2026, 12, 3), day(2026, 12, 4)),
            (Opens::End, day(2026, 12, 14), day(2026, 12, 15)),
        ] {
            assert!(due(Rule::Quarter, opens, first, before).is_empty(), "{opens}");
            assert_eq!(keys(&due(Rule::Quarter, opens, first, on)), ["2026-Q4"], "{opens}");
            assert_eq!(opens.to_string().parse(), Ok(opens));
        }
        assert!("before:0".parse::<Opens>().is_err() && "before:99".parse::<Opens>().is_err());
    }

    #[test]
    fn what_was_missed_is_caught_up_from_the_first_period_on() {
        let late = day(2027, 7, 1);
        assert_eq!(keys(&due(Rule::Quarter, Opens::End, day(2026, 9, 15), late)), ["2026-Q4", "2027-Q1", "2027-Q2"]);
        // A period that began before the first day is not asked for.
        assert_eq!(keys(&due(Rule::Quarter, Opens::End, day(2026, 9, 16), late)), ["2027-Q1", "2027-Q2"]);
    }

    #[test]
    fn the_coming_period_is_the_first_that_opens_from_a_day_on() {
        let coming = |opens, first, on| coming(Rule::Quarter, opens, first, on).map(|period| period.key).unwrap();
        assert_eq!(coming(Opens::Begin, day(2026, 9, 15), day(2026, 11, 9)), "2027-Q1");
        assert_eq!(coming(Opens::End, day(2026, 9, 15), day(2026, 11, 9)), "2026-Q4");
        assert_eq!(coming(Opens::End, day(2026, 3, 15), day(2026, 12, 15)), "2026-Q4");
        assert_eq!(coming(Opens::End, day(2026, 3, 15), day(2026, 12, 16)), "2027-Q1");
        assert_eq!(coming(Opens::Begin, day(2027, 12, 15), day(2026, 11, 9)), "2028-Q1");
    }

    #[test]
    fn days_before_the_end_never_reach_into_the_period_before() {
        let month = Rule::CalendarMonth.find("2026-T02").unwrap();
        assert_eq!(Opens::Before(60).day(&month), day(2026, 2, 1));
    }
}
