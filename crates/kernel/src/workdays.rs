//! Days of rest, days worked instead, and time limits in working days.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

/// Days of rest and days worked instead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Holidays {
    /// Days of rest, in order.
    pub rest: Vec<Rest>,
    /// Saturdays and Sundays that are worked, in order.
    pub worked: Vec<NaiveDate>,
}

/// Days of rest from one day to another, both included.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rest {
    /// Why.
    pub name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Holidays {
    /// Why nobody works on this day; `None` for a working day.
    pub fn rest_on(&self, date: NaiveDate) -> Option<&str> {
        if let Some(rest) = self.rest.iter().find(|rest| rest.from <= date && date <= rest.to) {
            return Some(&rest.name);
        }
        match date.weekday() {
            Weekday::Sat | Weekday::Sun if !self.worked.contains(&date) => Some("nghỉ hằng tuần"),
            _ => None,
        }
    }

    /// The day itself or the first working day after it (Bộ luật Dân sự 2015, Điều 148 khoản 5).
    pub fn working(&self, date: NaiveDate) -> NaiveDate {
        date.iter_days().take(60).find(|day| self.rest_on(*day).is_none()).unwrap_or(date)
    }

    /// The `days`-th working day after a day, which itself does not count (Bộ luật Dân sự 2015, Điều 147 khoản 2); the day itself for 0.
    pub fn after(&self, date: NaiveDate, days: u32) -> NaiveDate {
        let mut worked = date.iter_days().skip(1).filter(|day| self.rest_on(*day).is_none());
        if days == 0 { date } else { worked.nth(days as usize - 1).unwrap_or(date) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_leave_out_rest_and_count_days_worked_instead() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let rest = Rest { name: "Lễ".into(), from: day(10), to: day(11) };
        let days = Holidays { rest: vec![rest], worked: vec![day(14)] };
        // Monday the 9th; the 10th and 11th rest, Saturday the 14th is worked.
        assert_eq!(days.after(day(9), 0), day(9));
        assert_eq!(days.after(day(9), 1), day(12));
        assert_eq!(days.after(day(9), 3), day(14));
        assert_eq!(days.after(day(9), 4), day(16));
        assert_eq!(days.working(day(15)), day(16));
        assert_eq!(days.working(day(14)), day(14));
    }
}
