//! Instants, legal dates and the clock that is passed in.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// An instant: milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The civil date in Vietnam (UTC+7, no summer time) at this instant.
    pub fn date(self) -> NaiveDate {
        self.local().date_naive()
    }

    /// This instant on a Vietnamese clock.
    pub fn local(self) -> DateTime<FixedOffset> {
        let utc = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default();
        utc.with_timezone(&vietnam())
    }

    /// This instant moved by `seconds`.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// `dd/mm/yyyy HH:MM` on a Vietnamese clock.
    pub fn display(self) -> String {
        self.local().format("%d/%m/%Y %H:%M").to_string()
    }

    /// Midnight in Vietnam at the start of `date`.
    pub fn start_of(date: NaiveDate) -> Self {
        let midnight = date.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc().timestamp_millis();
        Self(midnight - i64::from(vietnam().local_minus_utc()) * 1000)
    }
}

fn vietnam() -> FixedOffset {
    FixedOffset::east_opt(7 * 3600).unwrap_or_else(|| unreachable!("seven hours is a valid offset"))
}

/// Where "now" comes from.
pub trait Clock: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> Timestamp;

    /// Today in Vietnam.
    fn today(&self) -> NaiveDate {
        self.now().date()
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
        Timestamp(Utc::now().timestamp_millis())
    }
}

/// A clock that stands still until it is moved; clones share the time.
#[derive(Debug, Clone)]
pub struct FixedClock(Arc<AtomicI64>);

impl FixedClock {
    /// Stands at noon in Vietnam on `date`.
    pub fn at(date: NaiveDate) -> Self {
        Self(Arc::new(AtomicI64::new(Timestamp::start_of(date).0 + 12 * 3_600_000)))
    }

    /// Moves to noon on `date`.
    pub fn set(&self, date: NaiveDate) {
        self.0.store(Timestamp::start_of(date).0 + 12 * 3_600_000, Ordering::SeqCst);
    }

    /// Moves forward.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// A civil date as the number yyyymmdd: how dates are stored, so that year, month and quarter can be taken by
/// arithmetic on either database (ADR 2).
pub fn date_to_int(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// The inverse of [`date_to_int`]; `None` when the number is no date.
pub fn date_from_int(number: i64) -> Option<NaiveDate> {
    let year = i32::try_from(number / 10_000).ok()?;
    let month = u32::try_from(number / 100 % 100).ok()?;
    NaiveDate::from_ymd_opt(year, month, u32::try_from(number % 100).ok()?)
}

/// `dd/mm/yyyy`.
pub fn display_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// Reads `dd/mm/yyyy` (also `d/m/yyyy`, `-` or `.` between) or ISO `yyyy-mm-dd`.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).map(str::trim).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_the_vietnamese_day() {
        let late_evening_utc = Timestamp(1_767_200_400_000); // 2025-12-31 17:00 UTC
        assert_eq!(late_evening_utc.date(), NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
    }

    #[test]
    fn dates_are_read_both_ways() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        assert_eq!(parse_date("09/03/2026"), Some(day));
        assert_eq!(parse_date(" 9/3/2026 "), Some(day));
        assert_eq!(parse_date("2026-03-09"), Some(day));
        assert_eq!(parse_date("31/02/2026"), None);
        assert_eq!(date_from_int(date_to_int(day)), Some(day));
        assert_eq!(Timestamp::start_of(day).date(), day);
    }
}
