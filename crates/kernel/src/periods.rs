//! Reporting periods by rule: month, quarter, half-year and year from the 15th to the 14th or by the calendar, and single campaigns.
//!
//! The names in definitions: `thang-15` (or another first day, `thang-21`), `quy-15`, `6-thang`, `nam`; by the calendar `thang-lich`, `quy-lich`,
//! `6-thang-lich`, `nam-lich`; `dot:2012-01-01..2026-12-31` for a campaign. The periods of a rule (a campaign has but one) tile time.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::time::display_date;

/// First day of periods that go from the middle of a month to the middle of another.
const MIDDLE: u32 = 15;

/// How time is cut into periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Rule {
    /// From this day (2 to 28) of the month before to the day before it.
    Month {
        /// First day.
        from_day: u32,
    },
    /// 15th of the month before to the 14th of the last month.
    Quarter,
    /// 15/12 to 14/06, 15/06 to 14/12.
    HalfYear,
    /// 15/12 of the year before to 14/12.
    Year,
    /// First to last day of a month.
    CalendarMonth,
    /// First to last day of a quarter.
    CalendarQuarter,
    /// 01/01 to 30/06, 01/07 to 31/12.
    CalendarHalfYear,
    /// 01/01 to 31/12.
    CalendarYear,
    /// One period only.
    Campaign {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
}

/// One period; both days belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// "2026", "2026-H1", "2026-Q3", "2026-T07"; "2012-2026" for a campaign.
    pub key: String,
    /// In Vietnamese: "Quý III năm 2026".
    pub label: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Period {
    /// "15/12/2025 – 14/06/2026".
    pub fn range(&self) -> String {
        format!("{} – {}", display_date(self.from), display_date(self.to))
    }

    /// Does the day belong to it?
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }
}

/// Why a name is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” không phải là loại kỳ; dùng thang-15, quy-15, 6-thang, nam, thang-lich, quy-lich, 6-thang-lich, nam-lich hoặc dot:2012-01-01..2026-12-31"
)]
pub struct UnknownRule(pub String);

impl Rule {
    /// What the kind of period is called.
    pub fn label(self) -> &'static str {
        match self {
            Rule::Month { .. } | Rule::CalendarMonth => "Tháng",
            Rule::Quarter | Rule::CalendarQuarter => "Quý",
            Rule::HalfYear | Rule::CalendarHalfYear => "6 tháng",
            Rule::Year | Rule::CalendarYear => "Năm",
            Rule::Campaign { .. } => "Đợt",
        }
    }

    /// The periods of a year, in order. A campaign belongs to the year in which it ends.
    pub fn periods(self, year: i32) -> Vec<Period> {
        if let Rule::Campaign { to, .. } = self {
            return if to.year() == year { self.campaign().into_iter().collect() } else { Vec::new() };
        }
        (1..=12 / self.months()).filter_map(|number| self.period(year, number)).collect()
    }

    /// The period to which a day belongs; `None` outside a campaign.
    pub fn containing(self, date: NaiveDate) -> Option<Period> {
        if matches!(self, Rule::Campaign { .. }) {
            return self.campaign().filter(|period| period.contains(date));
        }
        let year = date.year();
        [year, year + 1].into_iter().flat_map(|year| self.periods(year)).find(|period| period.contains(date))
    }

    /// The period with this key.
    pub fn find(self, key: &str) -> Option<Period> {
        if matches!(self, Rule::Campaign { .. }) {
            return self.campaign().filter(|period| period.key == key);
        }
        let year = key.get(..4)?.parse().ok()?;
        self.periods(year).into_iter().find(|period| period.key == key)
    }

    /// The period just before another of the same rule.
    pub fn before(self, period: &Period) -> Option<Period> {
        self.containing(period.from.checked_sub_days(Days::new(1))?)
    }

    /// Months of one period.
    fn months(self) -> u32 {
        match self {
            Rule::Month { .. } | Rule::CalendarMonth => 1,
            Rule::Quarter | Rule::CalendarQuarter => 3,
            Rule::HalfYear | Rule::CalendarHalfYear => 6,
            _ => 12,
        }
    }

    /// The first day in the month before; 1 is the calendar.
    fn first_day(self) -> u32 {
        match self {
            Rule::Month { from_day } => from_day,
            Rule::Quarter | Rule::HalfYear | Rule::Year => MIDDLE,
            _ => 1,
        }
    }

    fn period(self, year: i32, number: u32) -> Option<Period> {
        let (months, day) = (self.months(), self.first_day());
        let first_month = NaiveDate::from_ymd_opt(year, (number - 1) * months + 1, 1)?;
        let begin = |month: NaiveDate| if day == 1 { Some(month) } else { (month - Months::new(1)).with_day(day) };
        let from = begin(first_month)?;
        let to = begin(first_month + Months::new(months))?.pred_opt()?;
        const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];
        let roman = ROMAN.get(number as usize - 1).copied().unwrap_or_default();
        let (key, label) = match months {
            1 => (format!("{year}-T{number:02}"), format!("Tháng {number:02} năm {year}")),
            3 => (format!("{year}-Q{number}"), format!("Quý {roman} năm {year}")),
            6 if number == 1 => (format!("{year}-H1"), format!("6 tháng đầu năm {year}")),
            6 => (format!("{year}-H2"), format!("6 tháng cuối năm {year}")),
            _ => (year.to_string(), format!("Năm {year}")),
        };
        Some(Period { key, label, from, to })
    }

    fn campaign(self) -> Option<Period> {
        let Rule::Campaign { from, to } = self else { return None };
        let key = if from.year() == to.year() {
            format!("{}-D{:02}{:02}", from.year(), from.month(), from.day())
        } else {
            format!("{}-{}", from.year(), to.year())
        };
        Some(Period { key, label: format!("Đợt {} – {}", display_date(from), display_date(to)), from, to })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Month { from_day } => write!(f, "thang-{from_day}"),
            Rule::Quarter => f.write_str("quy-15"),
            Rule::HalfYear => f.write_str("6-thang"),
            Rule::Year => f.write_str("nam"),
            Rule::CalendarMonth => f.write_str("thang-lich"),
            Rule::CalendarQuarter => f.write_str("quy-lich"),
            Rule::CalendarHalfYear => f.write_str("6-thang-lich"),
            Rule::CalendarYear => f.write_str("nam-lich"),
            Rule::Campaign { from, to } => write!(f, "dot:{from}..{to}"),
        }
    }
}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let unknown = || UnknownRule(name.to_owned());
        Ok(match name {
            "quy-15" => Rule::Quarter,
            "6-thang" => Rule::HalfYear,
            "nam" => Rule::Year,
            "thang-lich" => Rule::CalendarMonth,
            "quy-lich" => Rule::CalendarQuarter,
            "6-thang-lich" => Rule::CalendarHalfYear,
            "nam-lich" => Rule::CalendarYear,
            _ => {
                if let Some(day) = name.strip_prefix("thang-") {
                    let from_day = day.parse().ok().filter(|day| (2..=28).contains(day)).ok_or_else(unknown)?;
                    return Ok(Rule::Month { from_day });
                }
                let days = name.strip_prefix("dot:").and_then(|days| days.split_once("..")).ok_or_else(unknown)?;
                let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| unknown());
                let (from, to) = (day(days.0)?, day(days.1)?);
                if from > to {
                    return Err(unknown());
                }
                Rule::Campaign { from, to }
            }
        })
    }
}

impl TryFrom<String> for Rule {
    type Error = UnknownRule;

    fn try_from(name: String) -> Result<Self, UnknownRule> {
        name.parse()
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn rules() -> impl Strategy<Value = Rule> {
        prop_oneof![
            (2u32..=28).prop_map(|from_day| Rule::Month { from_day }),
            Just(Rule::Quarter),
            Just(Rule::HalfYear),
            Just(Rule::Year),
            Just(Rule::CalendarMonth),
            Just(Rule::CalendarQuarter),
            Just(Rule::CalendarHalfYear),
            Just(Rule::CalendarYear),
        ]
    }

    proptest! {
        #[test]
        fn periods_of_a_rule_tile_time(rule in rules(), year in 1990..2200i32) {
            let periods: Vec<Period> = [year, year + 1].into_iter().flat_map(|year| rule.periods(year)).collect();
            for pair in periods.windows(2) {
                prop_assert_eq!(pair[0].to.succ_opt(), Some(pair[1].from));
                prop_assert_eq!(rule.before(&pair[1]), Some(pair[0].clone()));
            }
            for period in &periods {
                prop_assert!(period.from <= period.to);
                prop_assert_eq!(rule.find(&period.key), Some(period.clone()));
            }
        }

        #[test]
        fn the_period_containing_a_day_contains_it(rule in rules(), days in 0u64..60_000) {
            let date = day(1990, 1, 1) + Days::new(days);
            let period = rule.containing(date).unwrap();
            prop_assert!(period.contains(date));
            let all: Vec<Period> = (date.year() - 1..=date.year() + 1).flat_map(|year| rule.periods(year)).collect();
            prop_assert_eq!(all.iter().filter(|period| period.contains(date)).count(), 1);
        }

        #[test]
        fn names_of_rules_are_read_back(rule in rules()) {
            prop_assert_eq!(rule.to_string().parse(), Ok(rule));
        }
    }

    #[test]
    fn the_official_windows() {
        let of = |rule: Rule, key: &str| rule.find(key).map(|period| (period.from, period.to, period.label)).unwrap();
        assert_eq!(of(Rule::HalfYear, "2026-H1"), (day(2025, 12, 15), day(2026, 6, 14), "6 tháng đầu năm 2026".into()));
        assert_eq!(of(Rule::Year, "2026"), (day(2025, 12, 15), day(2026, 12, 14), "Năm 2026".into()));
        assert_eq!(of(Rule::Quarter, "2026-Q3"), (day(2026, 6, 15), day(2026, 9, 14), "Quý III năm 2026".into()));
        let month = Rule::Month { from_day: 15 };
        assert_eq!(of(month, "2026-T07"), (day(2026, 6, 15), day(2026, 7, 14), "Tháng 07 năm 2026".into()));
        assert_eq!(of(Rule::CalendarYear, "2026").1, day(2026, 12, 31));
        assert_eq!(Rule::Year.containing(day(2025, 12, 15)).unwrap().key, "2026");
    }

    #[test]
    fn a_campaign_has_one_period() {
        let rule: Rule = "dot:2012-01-01..2026-12-31".parse().unwrap();
        assert_eq!(rule.containing(day(2020, 5, 1)).unwrap().key, "2012-2026");
        assert_eq!(rule.containing(day(2027, 1, 1)), None);
        assert_eq!(rule.periods(2026).len(), 1);
        assert_eq!(rule.periods(2025).len(), 0);
        assert!("dot:2026-01-02..2026-01-01".parse::<Rule>().is_err());
        assert!("tuan".parse::<Rule>().is_err());
        assert!("thang-31".parse::<Rule>().is_err());
    }
}
