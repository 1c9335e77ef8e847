//! The sections of one's own work: what is late, what comes next, what others wait for.

use super::{days_left, state::State};

/// One section. Every live duty stands in exactly one of [`Section::OWN`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// Proposals and pleas for time that the person decides.
    Decide,
    /// Reports of completion that the person confirms.
    Confirm,
    /// Interim and final reviews of plans that one's agencies own.
    Review,
    /// Past the due date.
    Late,
    /// Due within 7 days.
    In7,
    /// Due after that, within 30 days.
    In30,
    /// Due later.
    Later,
    /// What is never late: check-ins, requests, without a date.
    Standing,
    /// Reported as done, waiting for the plan's owner.
    Submitted,
    /// Not yet received, whatever its date.
    Fresh,
}

impl Section {
    /// All of them.
    pub const ALL: [Section; 10] = [
        Section::Decide,
        Section::Confirm,
        Section::Review,
        Section::Late,
        Section::In7,
        Section::In30,
        Section::Later,
        Section::Standing,
        Section::Submitted,
        Section::Fresh,
    ];

    /// Those of one's own duties, in the order of the page.
    pub const OWN: [Section; 6] =
        [Section::Late, Section::In7, Section::In30, Section::Later, Section::Standing, Section::Submitted];

    /// Stable key, as in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Section::Decide => "quyet-dinh",
            Section::Confirm => "xac-nhan",
            Section::Review => "so-ket",
            Section::Late => "cham",
            Section::In7 => "7",
            Section::In30 => "30",
            Section::Later => "sau",
            Section::Standing => "thuong-xuyen",
            Section::Submitted => "da-bao",
            Section::Fresh => "chua-tiep-nhan",
        }
    }

    /// Heading, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            Section::Decide => "Chờ tôi quyết định",
            Section::Confirm => "Chờ tôi xác nhận hoàn thành",
            Section::Review => "Sơ kết, tổng kết kế hoạch",
            Section::Late => "Quá hạn",
            Section::In7 => "Đến hạn trong 7 ngày",
            Section::In30 => "Đến hạn từ 8 đến 30 ngày tới",
            Section::Later => "Đến hạn sau 30 ngày",
            Section::Standing => "Định kỳ, đề nghị, không có thời hạn",
            Section::Submitted => "Đã báo hoàn thành, chờ xác nhận",
            Section::Fresh => "Chưa tiếp nhận",
        }
    }

    /// Class of its count.
    pub fn class(self) -> &'static str {
        match self {
            Section::Late => "late",
            Section::Decide | Section::Confirm | Section::In7 => "soon",
            _ => "plain",
        }
    }

    /// The section with this key.
    pub fn from_key(key: &str) -> Option<Section> {
        Section::ALL.into_iter().find(|section| section.key() == key)
    }

    /// Where a live duty stands.
    pub fn of(state: State, urgent: bool, due: i64, today: chrono::NaiveDate) -> Section {
        match days_left(due, today) {
            _ if state == State::Submitted => Section::Submitted,
            Some(left) if urgent && left < 0 => Section::Late,
            Some(left) if urgent && left <= 7 => Section::In7,
            Some(left) if urgent && left <= 30 => Section::In30,
            _ if urgent => Section::Later,
            _ => Section::Standing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duty_stands_in_one_section_by_its_days() {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let of = |urgent, due| Section::of(State::Doing, urgent, due, today);
        assert_eq!(of(true, 20_261_119), Section::Late);
        assert_eq!(of(true, 20_261_120), Section::In7);
        assert_eq!(of(true, 20_261_127), Section::In7);
        assert_eq!(of(true, 20_261_128), Section::In30);
        assert_eq!(of(true, 20_261_220), Section::In30);
        assert_eq!(of(true, 20_261_221), Section::Later);
        assert_eq!(of(false, 20_261_119), Section::Standing);
        assert_eq!(of(false, super::super::NEVER), Section::Standing);
        assert_eq!(Section::of(State::Submitted, false, 20_261_119, today), Section::Submitted);
    }

    #[test]
    fn keys_come_back_as_sections() {
        assert!(Section::ALL.into_iter().all(|section| Section::from_key(section.key()) == Some(section)));
    }
}
