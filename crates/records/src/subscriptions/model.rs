//! What a subscription may ask for, and when its next letter is due.

use chrono::{Datelike, Days, NaiveDate};
use kernel::{Timestamp, Uuid};

/// How often: key and name.
pub const PERIODS: [(&str, &str); 2] = [("daily", "Hằng ngày"), ("weekly", "Hằng tuần, vào thứ Hai")];

/// What somebody chose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// A key of [`PERIODS`].
    pub period: String,
    /// Sections.
    pub sections: Vec<Uuid>,
    /// Keys of fields of law.
    pub fields: Vec<String>,
    /// Agencies.
    pub agencies: Vec<Uuid>,
}

impl Choice {
    /// Marks as they are kept: kind and key.
    pub(crate) fn marks(&self) -> Vec<(&'static str, String)> {
        let sections = self.sections.iter().map(|id| ("section", id.to_string()));
        let fields = self.fields.iter().map(|key| ("field", key.clone()));
        let agencies = self.agencies.iter().map(|id| ("agency", id.to_string()));
        let mut marks: Vec<_> = sections.chain(fields).chain(agencies).collect();
        marks.sort();
        marks.dedup();
        marks
    }

    /// From what is kept.
    pub(crate) fn of(period: &str, marks: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut choice = Choice { period: period.to_owned(), ..Choice::default() };
        for (kind, key) in marks {
            match (kind.as_str(), Uuid::parse_str(&key)) {
                ("section", Ok(id)) => choice.sections.push(id),
                ("agency", Ok(id)) => choice.agencies.push(id),
                _ => choice.fields.push(key),
            }
        }
        choice
    }
}

/// Before which instants the last letter of a daily and of a weekly subscription must have been told to be due on a day: its beginning, that of its week.
pub(crate) fn due_before(today: NaiveDate) -> (Timestamp, Timestamp) {
    let monday = today.checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_monday())));
    (Timestamp::start_of(today), Timestamp::start_of(monday.unwrap_or(today)))
}

/// An address as it is kept: small letters, without blanks around it.
pub fn tidy(address: &str) -> String {
    address.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekly_letters_are_due_once_a_week_also_when_the_server_slept_on_monday() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let monday = Timestamp::start_of(day(9));
        assert_eq!(due_before(day(9)), (monday, monday));
        assert_eq!(due_before(day(12)), (Timestamp::start_of(day(12)), monday));
    }

    #[test]
    fn what_is_chosen_is_kept_once() {
        let id = Uuid::from_u128(7);
        let choice =
            Choice { period: "daily".into(), sections: vec![id, id], fields: vec!["dat-dai".into()], agencies: vec![] };
        let marks = choice.marks();
        assert_eq!(marks, [("field", "dat-dai".to_owned()), ("section", id.to_string())]);
        let kept = marks.into_iter().map(|(kind, key)| (kind.to_owned(), key));
        assert_eq!(Choice::of("daily", kept), Choice { sections: vec![id], ..choice });
    }
}
