//! By when a level reports: days or working days after the period, or a fixed day of the year; moved off days of rest.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, NaiveDate};
use kernel::{periods::Period, workdays::Holidays};

/// A deadline as written in a definition: `+5` (days after the last day), `+5w` (working days), `06-18` (that day of the year in which the period
/// ends), `01-15+1` (of the year after).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// Days after the last day.
    Days(u64),
    /// Working days after the last day.
    WorkingDays(u64),
    /// A day of the year in which the period ends, or of a later one.
    Fixed {
        /// Month.
        month: u32,
        /// Day.
        day: u32,
        /// Years later.
        later: i32,
    },
}

/// The text is no deadline.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” không phải là thời hạn; dùng +5 (ngày), +5w (ngày làm việc), 06-18 (ngày trong năm) hoặc 01-15+1 (năm sau)"
)]
pub struct NoDeadline(pub String);

impl FromStr for Deadline {
    type Err = NoDeadline;

    fn from_str(text: &str) -> Result<Self, NoDeadline> {
        let bad = || NoDeadline(text.to_owned());
        if let Some(rest) = text.strip_prefix('+') {
            let (digits, working) = rest.strip_suffix('w').map_or((rest, false), |digits| (digits, true));
            let days = digits.parse().ok().filter(|days| *days <= 366).ok_or_else(bad)?;
            return Ok(if working { Deadline::WorkingDays(days) } else { Deadline::Days(days) });
        }
        let (day, later) = text.split_once('+').unwrap_or((text, "0"));
        let (month, day) = day.split_once('-').ok_or_else(bad)?;
        let (month, day) = (month.parse().map_err(|_| bad())?, day.parse().map_err(|_| bad())?);
        let later = later.parse().ok().filter(|later| (0..=5).contains(later)).ok_or_else(bad)?;
        NaiveDate::from_ymd_opt(2024, month, day).ok_or_else(bad)?;
        Ok(Deadline::Fixed { month, day, later })
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Deadline::Days(days) => write!(f, "{days} ngày sau kỳ"),
            Deadline::WorkingDays(days) => write!(f, "{days} ngày làm việc sau kỳ"),
            Deadline::Fixed { month, day, later: 0 } => write!(f, "ngày {day:02}/{month:02}"),
            Deadline::Fixed { month, day, later } => write!(f, "ngày {day:02}/{month:02}, {later} năm sau"),
        }
    }
}

impl Deadline {
    /// The last day for a period. One that falls on a day of rest moves to the next working day.
    pub fn date(self, period: &Period, holidays: &Holidays) -> NaiveDate {
        let date = match self {
            Deadline::Days(days) => period.to.checked_add_days(Days::new(days)),
            Deadline::WorkingDays(days) => Some(holidays.after(period.to, u32::try_from(days).unwrap_or(u32::MAX))),
            Deadline::Fixed { month, day, later } => {
                let year = period.to.year() + later;
                NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, month, day - 1))
            }
        };
        holidays.working(date.unwrap_or(period.to))
    }
}

#[cfg(test)]
mod tests {
    use kernel::periods::Rule;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn deadlines_fall_on_working_days() {
        let text = "worked = ['2026-06-20']\n[[rest]]\nname = 'Nghỉ lễ'\nfrom = '2026-06-15'\nto = '2026-06-16'\n";
        let holidays = super::super::holidays::read(text).unwrap();
        let period = Rule::HalfYear.find("2026-H1").unwrap();
        for (deadline, date) in [
            ("+1", day(2026, 6, 17)),  // the 15th and 16th are holidays
            ("+6", day(2026, 6, 20)),  // a Saturday that is worked
            ("+7", day(2026, 6, 22)),  // a Sunday
            ("+1w", day(2026, 6, 17)), // the first working day after the 14th
            ("+4w", day(2026, 6, 20)),
            ("06-18", day(2026, 6, 18)),
            ("01-15+1", day(2027, 1, 15)),
            ("02-29+1", day(2027, 3, 1)), // 28/02/2027 is a Sunday
        ] {
            assert_eq!(deadline.parse::<Deadline>().unwrap().date(&period, &holidays), date, "{deadline}");
        }
        for text in ["", "5", "+x", "13-01", "06-31", "01-15+9", "+999"] {
            assert!(text.parse::<Deadline>().is_err(), "{text}");
        }
    }
}
