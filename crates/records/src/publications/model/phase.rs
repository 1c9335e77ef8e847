//! Where a campaign or an event stands on a day.

use chrono::NaiveDate;
use kernel::time;

/// Before it, in it, after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Begins after so many days, at least one.
    Ahead(i64),
    /// Goes on.
    Now,
    /// Is over.
    Over,
}

impl Phase {
    /// Of what begins and ends on these days (yyyymmdd, 0: open). What is open for ever has no phase once it has begun, nor has what has no days.
    pub fn of(from: i64, to: i64, today: NaiveDate) -> Option<Phase> {
        if let Some(days) = time::date_from_int(from).map(|day| (day - today).num_days()).filter(|days| *days > 0) {
            return Some(Phase::Ahead(days));
        }
        let last = time::date_from_int(to)?;
        Some(if today <= last { Phase::Now } else { Phase::Over })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_to_the_first_one_and_the_last_one_belongs_to_it() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let of = |on| Phase::of(20_261_105, 20_261_109, day(on));
        assert_eq!([of(1), of(4)], [Some(Phase::Ahead(4)), Some(Phase::Ahead(1))]);
        assert_eq!([of(5), of(9), of(10)], [Some(Phase::Now), Some(Phase::Now), Some(Phase::Over)]);
        assert_eq!(Phase::of(20_261_101, 0, day(2)), None);
        assert_eq!(Phase::of(0, 0, day(2)), None);
    }
}
