//! What is worked out for the overview: months of a year, classes of a map.

use chrono::{Datelike, Months, NaiveDate};

/// The first days of the twelve months that end with the month of `today`.
pub(super) fn months(today: NaiveDate) -> Vec<NaiveDate> {
    let this = today.with_day(1).unwrap_or(today);
    (0..12).rev().filter_map(|back| this.checked_sub_months(Months::new(back))).collect()
}

/// A month as yyyymm.
pub(super) fn key(month: NaiveDate) -> i64 {
    i64::from(month.year()) * 100 + i64::from(month.month())
}

/// The last day of a month.
pub(super) fn last_day(month: NaiveDate) -> NaiveDate {
    month.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(month)
}

/// Upper ends of four classes that hold about equally many of the figures above nought; fewer when figures repeat.
pub(super) fn classes(figures: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut some: Vec<i64> = figures.filter(|figure| *figure > 0).collect();
    some.sort_unstable();
    let mut ends: Vec<i64> =
        (1..=4_usize).filter_map(|part| some.get((some.len() * part).div_ceil(4).saturating_sub(1)).copied()).collect();
    ends.dedup();
    ends
}

/// The class of a figure; none for nought.
pub(super) fn class(figure: i64, ends: &[i64]) -> Option<usize> {
    if figure <= 0 { None } else { ends.iter().position(|end| figure <= *end) }
}

/// In per cent, of nothing nought.
pub(super) fn share(part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { part * 100 / whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_end_with_this_one() {
        let months = months(NaiveDate::from_ymd_opt(2026, 11, 30).unwrap());
        assert_eq!(months.len(), 12);
        assert_eq!((key(months[0]), key(months[11])), (202_512, 202_611));
        assert_eq!(last_day(months[2]), NaiveDate::from_ymd_opt(2026, 2, 28).unwrap());
    }

    #[test]
    fn classes_hold_about_equally_many_and_nought_has_none() {
        let ends = classes([0, 1, 2, 3, 4, 5, 6, 7, 8].into_iter());
        assert_eq!(ends, [2, 4, 6, 8]);
        assert_eq!([0, 1, 4, 8].map(|figure| class(figure, &ends)), [None, Some(0), Some(1), Some(3)]);
        assert_eq!(classes([5, 5, 5].into_iter()), [5]);
        assert!(classes(std::iter::empty()).is_empty());
    }
}
