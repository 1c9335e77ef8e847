//! What must be public, requests and their time limits, as the definition file has them.

use std::sync::OnceLock;

use chrono::{Days, NaiveDate};
use kernel::workdays::Holidays;
use serde::Deserialize;

/// The definition file. See the README beside it.
const FILE: &str = include_str!("../../../../definitions/disclosure/tiep-can-thong-tin.toml");

/// The law that the definitions come from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// First day on which it holds.
    pub from: NaiveDate,
    /// Last day, when it is known.
    pub to: Option<NaiveDate>,
    /// How far the content was checked.
    pub certainty: String,
}

/// A kind of information that must be public, or a reason to refuse.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Stable key, as stored.
    pub key: String,
    /// Name on screen.
    pub name: String,
    /// Article of the law.
    pub basis: String,
}

/// How information is given, with the time limits. Days are counted from the day after the request came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// Stable key, as stored.
    pub key: String,
    /// Name on screen.
    pub name: String,
    /// Article of the law.
    pub basis: String,
    /// Working days for what is simple and at hand.
    pub simple: u32,
    /// Working days for what must be gathered or asked for elsewhere.
    pub complex: u32,
    /// Working days within which the asker is told by when, where the law says so.
    pub notice: Option<u32>,
    /// Days by which the limit may be extended, once.
    pub extension: u32,
    /// Are those working days?
    pub extension_working: bool,
}

impl Way {
    /// Last day for accepting a request that came on a day.
    pub fn accept_by(&self, received: NaiveDate, holidays: &Holidays) -> NaiveDate {
        holidays.after(received, self.notice.unwrap_or(self.complex))
    }

    /// Last day for answering it; an answer due at once is due on the next working day when it came on a day of rest.
    pub fn answer_by(&self, received: NaiveDate, simple: bool, holidays: &Holidays) -> NaiveDate {
        holidays.working(holidays.after(received, if simple { self.simple } else { self.complex }))
    }

    /// The last day to which a limit can be extended.
    pub fn extended(&self, due: NaiveDate, holidays: &Holidays) -> NaiveDate {
        if self.extension_working {
            return holidays.after(due, self.extension);
        }
        holidays.working(due.checked_add_days(Days::new(self.extension.into())).unwrap_or(due))
    }
}

/// Everything in the file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definitions {
    /// The law.
    pub law: Law,
    /// What must be public.
    #[serde(rename = "kind")]
    pub kinds: Vec<Entry>,
    /// How information is given.
    #[serde(rename = "way")]
    pub ways: Vec<Way>,
    /// Why a request may be refused.
    #[serde(rename = "refusal")]
    pub refusals: Vec<Entry>,
}

impl Definitions {
    /// The way with this key.
    pub fn way(&self, key: &str) -> Option<&Way> {
        self.ways.iter().find(|way| way.key == key)
    }

    /// The kind with this key.
    pub fn kind(&self, key: &str) -> Option<&Entry> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// The reason with this key.
    pub fn refusal(&self, key: &str) -> Option<&Entry> {
        self.refusals.iter().find(|refusal| refusal.key == key)
    }
}

/// The definitions, which a test reads.
pub fn definitions() -> &'static Definitions {
    static ALL: OnceLock<Definitions> = OnceLock::new();
    ALL.get_or_init(|| toml::from_str(FILE).unwrap_or_default())
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It came and nobody has said by when it is answered.
    Received,
    /// It is being worked on.
    Accepted,
    /// The information was given.
    Answered,
    /// It was refused with a reason of the law.
    Refused,
}

impl State {
    /// In the order of a request's life.
    pub const ALL: [State; 4] = [State::Received, State::Accepted, State::Answered, State::Refused];

    /// As stored.
    pub fn key(self) -> &'static str {
        match self {
            State::Received => "received",
            State::Accepted => "accepted",
            State::Answered => "answered",
            State::Refused => "refused",
        }
    }

    /// On screen.
    pub fn label(self) -> &'static str {
        match self {
            State::Received => "Mới nhận",
            State::Accepted => "Đang giải quyết",
            State::Answered => "Đã cung cấp",
            State::Refused => "Đã từ chối",
        }
    }

    /// The state with this key; what is unknown is taken as new.
    pub fn from_key(key: &str) -> State {
        State::ALL.into_iter().find(|state| state.key() == key).unwrap_or(State::Received)
    }

    /// Is something still to be done?
    pub fn open(self) -> bool {
        matches!(self, State::Received | State::Accepted)
    }
}

/// What can be done with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Say by when it is answered.
    Accept,
    /// Take more time, once.
    Extend,
    /// Give the information.
    Answer,
    /// Refuse.
    Refuse,
    /// Give it to another agency.
    HandOn,
    /// Show question and answer to everybody, or take them back.
    Publish,
}

impl Act {
    /// Can it be done in this state?
    pub fn fits(self, state: State, extended: bool) -> bool {
        match self {
            Act::Accept => state == State::Received,
            Act::Extend => state == State::Accepted && !extended,
            Act::Answer => state == State::Accepted,
            Act::Refuse | Act::HandOn => state.open(),
            Act::Publish => state == State::Answered,
        }
    }
}

/// A contact in one way of writing: an address of mail in small letters, or the digits of a telephone number. None for what is neither.
pub fn contact_key(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some((name, host)) = text.split_once('@') {
        let sound = !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
        let plain = !text.contains(char::is_whitespace) && !host.contains('@');
        return (sound && plain).then(|| text.to_lowercase());
    }
    if text.chars().any(|c| !c.is_ascii_digit() && !" .-+()".contains(c)) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = if text.starts_with('+') {
        digits.strip_prefix("84").map_or(digits.clone(), |rest| format!("0{rest}"))
    } else {
        digits
    };
    (9..=12).contains(&digits.len()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn the_definitions_can_be_read_and_every_entry_has_its_article() {
        let all: Definitions = toml::from_str(FILE).unwrap();
        assert_eq!((all.kinds.len(), all.ways.len(), all.refusals.len()), (15, 3, 6));
        assert!(all.kinds.iter().chain(&all.refusals).all(|entry| entry.basis.starts_with("Điều ")));
    }

    #[test]
    fn time_limits_follow_the_way_of_giving() {
        let days = Holidays::default();
        let way = |key| definitions().way(key).unwrap();
        // Received on Monday 2 November 2026.
        assert_eq!(way("mang").accept_by(day(2), &days), day(5));
        assert_eq!(way("mang").answer_by(day(2), true, &days), day(5));
        assert_eq!(way("mang").answer_by(day(2), false, &days), day(23));
        assert_eq!(way("buu-chinh").answer_by(day(2), true, &days), day(9));
        assert_eq!(way("truc-tiep").answer_by(day(2), true, &days), day(2));
        assert_eq!(way("truc-tiep").answer_by(day(2), false, &days), day(16));
        // Working days, and days that end on a Sunday.
        assert_eq!(way("truc-tiep").extended(day(2), &days), day(16));
        assert_eq!(way("mang").extended(day(7), &days), day(23));
    }

    #[test]
    fn a_contact_is_the_same_however_it_is_written() {
        assert_eq!(contact_key(" Lan@Vi-Du.vn "), Some("lan@vi-du.vn".into()));
        assert_eq!(contact_key("+84 912 345 678"), contact_key("0912.345.678"));
        for wrong in ["", "lan@", "lan", "12345", "@vi.du", "a b@c.d"] {
            assert_eq!(contact_key(wrong), None, "{wrong}");
        }
    }
}
